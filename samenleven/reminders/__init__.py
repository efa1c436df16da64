"""What is due about living together at a given moment."""
