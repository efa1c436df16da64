"""What is due about living together at a given moment."""

from . import aanbevelingen, brieven, labels


def register_all() -> None:
    aanbevelingen.register_all()
    brieven.register_all()
    labels.register_all()
