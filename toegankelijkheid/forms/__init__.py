"""The shapes in which the screening comes in."""
