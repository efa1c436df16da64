"""Every write of this room: one verb, one function, a module per subject."""
