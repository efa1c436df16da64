"""Pages of the screening: the public ones, and those of staff under /werk/screening/."""
