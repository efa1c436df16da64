"""What is due about living together at a given moment."""

from . import aanbevelingen, labels


def register_all() -> None:
    aanbevelingen.register_all()
    labels.register_all()
