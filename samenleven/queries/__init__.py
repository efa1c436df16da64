"""Page-shaped reads of this room, a module per subject."""
