"""The shape of what goes in and out of the JSON interface."""
