"""Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2): city apps and FixMyStreet send and follow reports.

`shapes` is what is told, `formats` how it is written, `views` the addresses. What may be seen and sent stands in
`meldingen/queries/open311.py` and `meldingen/forms/open311.py`.
"""
