"""What the rules of keeping can be about, for living together."""

from . import activiteiten, bruggen, gesprekken


def register_all() -> None:
    """Make them known to the nightly round; called once, when the app is ready."""
    for room in (activiteiten, bruggen, gesprekken):
        room.register_all()
