"""Page-shaped reads of the screening."""
