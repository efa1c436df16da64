"""The steps of what lives in this room, a module per subject: one table that forms offer from, actions check and the
database enforces.
"""
