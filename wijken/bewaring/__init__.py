"""What the rules of keeping can be about, for wijken."""

from . import bewoners, netwerk


def register_all() -> None:
    """Make them known to the nightly round; called once, when the app is ready."""
    for room in (bewoners, netwerk):
        room.register_all()
