"""The pages about reports in the menu of staff."""

from kern.menu import Punt, register, register_group, with_role

from .rules import HANDLING_ROLES

GROEP = "Opvolging"


def register_all() -> None:
    """Make them known to the menu; called once, when the app is ready."""
    leads = with_role("beheerder", "teamleider")
    register_group(GROEP, 10)
    register(
        Punt("Je werk", "meldingen:work", "huis", volgorde=10),
        Punt("Meldingen", "meldingen:staff_list", "lijst", volgorde=20),
        Punt("Nieuwe melding", "meldingen:staff_new", "plus", volgorde=30, toets="n"),
        Punt("Kaart", "meldingen:staff_map", "kaart", GROEP, 10),
        Punt("Cijfers", "meldingen:figures", "info", GROEP, 20),
        Punt("Deeltaken", "meldingen:deeltaken", "vink", GROEP, 30),
        Punt("Meldingen bij partners", "meldingen:at_partners", "verwijs", GROEP, 40),
        Punt("Partners", "meldingen:partners", "team", "Wijken", 60),
        Punt("Misschien dubbel", "meldingen:proposals", "herhaal", GROEP, 50, wie=with_role(*HANDLING_ROLES)),
        Punt("Wat bewoners ervan vinden", "meldingen:feedback_list", "bericht", GROEP, 60, wie=leads),
        Punt("Je weergaven", "meldingen:staff_views", "label", GROEP, 70),
        Punt("Routeregels en teksten", "meldingen:route_list", "gereedschap", GROEP, 80, wie=leads),
    )
