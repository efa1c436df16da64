"""Start the whole portal without installing anything: PostgreSQL and Redis from Python wheels, and their supervisor.

`folder` says where everything lies, `postgres` and `redis` are the two servers, `servers` starts both,
`supervisor` runs the portal (`manage.py start`), `lifeline` ties every process to the one that started it.
"""
