"""The pages about the wijken in the menu of staff."""

from kern.menu import Punt, register, register_group

GROEP = "Wijken"


def register_all() -> None:
    """Make them known to the menu; called once, when the app is ready."""
    register_group(GROEP, 20)
    register(
        Punt("Behoeften", "wijken:needs", "wijk", GROEP, 10),
    )
