"""The pages about living together in the menu of staff."""

from kern.menu import Punt, register, register_group, with_role

from .rules import ROLES

GROEP = "Samenleven"


def register_all() -> None:
    """Make them known to the menu; called once, when the app is ready."""
    wie = with_role(*ROLES)
    register_group(GROEP, 40)
    register(
        Punt("Bereik van de gesprekken", "samenleven:bereik", "info", GROEP, 10, wie=wie),
        Punt("Cijfers", "samenleven:cijfers_werk", "info", GROEP, 15, wie=wie),
        Punt("Gesprekken", "samenleven:gesprekken", "bericht", GROEP, 20, wie=wie),
        Punt("Wat er gezegd werd", "samenleven:signalen", "lijst", GROEP, 30, wie=wie),
        Punt("Uitdagers", "samenleven:uitdagers", "team", GROEP, 40, wie=wie),
        Punt("Vormingen", "samenleven:vormingen", "kalender", GROEP, 50, wie=wie),
        Punt("De Genksenaar", "samenleven:edities_werk", "label", GROEP, 60, wie=wie),
        Punt("Denktafels", "samenleven:denktafels_werk", "team", GROEP, 65, wie=wie),
        Punt("Aanbevelingen", "samenleven:aanbevelingen_werk", "lijst", GROEP, 70, wie=wie),
        Punt("Halfjaarbrieven", "samenleven:brieven_werk", "mail", GROEP, 75, wie=wie),
        Punt("Bruggenbouwers", "samenleven:brug_lijst", "team", GROEP, 80, wie=wie),
        Punt("Juryrondes", "samenleven:jury_rondes", "label", GROEP, 85, wie=wie),
        Punt("Voorstellen voor activiteiten", "samenleven:activiteiten_werk", "kalender", GROEP, 90, wie=wie),
    )
