"""The JSON interface, /api/v1/: send and follow a report, and what staff do, for other programs.

Whatever is allowed or refused here is so by the forms, rules and actions of the pages: an address is another door to
the same room. `docs/openapi.yaml` is what it promises.
"""
