"""The pages about bruggenbouwers and activities in the menu of staff."""

from kern.menu import Punt, register, with_role

from .menu import GROEP
from .rules import ROLES


def register_all() -> None:
    """Make them known to the menu; called once, when the app is ready."""
    wie = with_role(*ROLES)
    register(
        Punt("Bruggenbouwers", "samenleven:brug_lijst", "team", GROEP, 80, wie=wie),
        Punt("Juryrondes", "samenleven:jury_rondes", "label", GROEP, 85, wie=wie),
        Punt("Voorstellen voor activiteiten", "samenleven:activiteiten_werk", "kalender", GROEP, 90, wie=wie),
    )
