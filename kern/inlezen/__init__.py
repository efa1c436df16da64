"""Files that staff read in: every row is looked at first, and all of them come in or none."""
