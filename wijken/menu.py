"""The pages about the wijken in the menu of staff."""

from kern.menu import Punt, register, register_group, with_role

GROEP = "Wijken"


def register_all() -> None:
    """Make them known to the menu; called once, when the app is ready."""
    register_group(GROEP, 20)
    register(
        Punt("Wijken en cijfers", "wijken:dashboard", "wijk", GROEP, 1),
        Punt("Stille wijken", "wijken:silence", "info", GROEP, 85),
        Punt("Behoeften", "wijken:needs", "wijk", GROEP, 10),
        Punt("Doelen en domeinen", "wijken:goals", "vlag", GROEP, 70),
        Punt("Meerjarenplan", "wijken:plans", "label", GROEP, 75),
        Punt("Impulswijken en cijfers", "wijken:impuls", "info", GROEP, 80),
        Punt("Bestanden inlezen", "inlezen:overview", "in", GROEP, 95, wie=with_role("beheerder")),
        Punt("Contactmomenten", "wijken:moments", "bericht", GROEP, 5),
        Punt("Actievoorstellen", "wijken:proposals", "potlood", GROEP, 20),
        Punt("Acties", "wijken:actions", "vink", GROEP, 30),
        Punt("Agenda", "wijken:staff_agenda", "kalender", GROEP, 40),
        Punt("Bijeenkomsten", "wijken:staff_meetings", "mens", GROEP, 45),
        Punt("Partners", "wijken:partners", "team", GROEP, 60),
        Punt("Overeenkomsten", "wijken:agreements", "bericht", GROEP, 62),
        Punt("Afspraken", "wijken:tasks", "kalender", GROEP, 64),
    )
