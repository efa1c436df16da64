"""Which step may follow which, a module per subject."""
