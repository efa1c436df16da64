"""Measure the portal at sizes that hurt: fill a scratch database with believable reports, and time the running web.

`stad` invents the city, `rijen` says in SQL what a report looks like, `vullen` writes them; `kladblok` has the scratch
servers and the running portal, `bezoeker` asks the pages, `metingen` says which, `tabel` prints what came of it.
"""
