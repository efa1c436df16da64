"""What the rules of keeping can be about, for living together."""

from . import activiteiten, bruggen, denktafels, gesprekken


def register_all() -> None:
    """Make them known to the nightly round; called once, when the app is ready."""
    for room in (activiteiten, bruggen, denktafels, gesprekken):
        room.register_all()
