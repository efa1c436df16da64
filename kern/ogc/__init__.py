"""The portal's data for maps and other programs: OGC API - Features (Part 1 Core 1.0.1, Part 2 CRS 1.0.1) at /ogc/.

An app declares its collections in a module `ogc.py` and registers them (`registry`). How each collection becomes JSON,
HTML or a file, is done here, and mostly by PostgreSQL itself.
"""
