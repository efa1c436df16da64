"""The pages about the screening in the menu of staff."""

from kern.menu import Punt, register, register_group

GROEP = "Toegankelijkheid"


def register_all() -> None:
    """Make them known to the menu; called once, when the app is ready."""
    register_group(GROEP, 30)
    register(
        Punt("Screening", "toegankelijkheid:start", "vlag", GROEP, 10),
        Punt("Objecten", "toegankelijkheid:objects", "plaats", GROEP, 20),
        Punt("Monitoringtabel", "toegankelijkheid:monitoring", "lijst", GROEP, 25),
        Punt("Actieplannen", "toegankelijkheid:action_plans", "lijst", GROEP, 27),
        Punt("Open een route", "toegankelijkheid:route", "pijl", GROEP, 28),
        Punt("Aanbevelingen aan diensten", "toegankelijkheid:advices", "bericht", GROEP, 28),
        Punt("Vormingen toegankelijkheid", "toegankelijkheid:trainings", "kalender", GROEP, 29),
        Punt("Bevindingen", "toegankelijkheid:findings", "let-op", GROEP, 30),
        Punt("Opnieuw te meten", "toegankelijkheid:due", "herhaal", GROEP, 40),
        Punt("Woonzorgzones", "toegankelijkheid:zones", "kaart", GROEP, 50),
        Punt("Gewijzigde normen", "toegankelijkheid:recalculations", "lijst", GROEP, 60),
        Punt("Cijfers van de screening", "toegankelijkheid:figures", "info", GROEP, 70),
    )
