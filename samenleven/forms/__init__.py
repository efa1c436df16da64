"""What comes in through forms, a module per subject."""
