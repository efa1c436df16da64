"""Every write of the screening: a module per subject."""
