"""PostgreSQL and Redis from Python wheels, for demo, development and tests: nothing to install by hand."""
