"""The portal as `manage.py meet` runs it: the same, with an empty page and a count of queries on every answer."""
