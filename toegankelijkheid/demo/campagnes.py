"""Campaigns: one that is over, two that run (one of them late), one that is planned."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from kern.gebruikers.models import Gebruiker, Rol
from kern.termijnen import local_date

from ..actions import campagnes as actions
from ..models import Campagne, Kwaliteitsniveau, Woonzorgzone
from ..rules.woorden import Instrument, Onderwerp
from ..states import Campagnestatus

O = Onderwerp  # noqa: E741
STREETS = [O.LOOPROUTE, O.OVERSTEEKPLAATS, O.HELLINGSBAAN]
# Begin of the name, days from today until begin and end, subjects, steps, level.
ROUNDS = (
    ("Eerste ronde", -420, -390, list(O), [Campagnestatus.LOPEND, Campagnestatus.AFGEROND], None),
    ("Tweede ronde", -20, 25, list(O), [Campagnestatus.LOPEND], None),
    ("Straten", -50, -5, STREETS, [Campagnestatus.LOPEND], None),
    ("Haltes", 30, 50, [O.HALTE], [], "comfort"),
    ("Parkeerplaatsen", -80, -60, [O.PARKEERPLAATS], [Campagnestatus.LOPEND, Campagnestatus.ONDERBROKEN], None),
)


def fill(now: datetime, dice: random.Random) -> None:
    """One campaign in each of the first zones."""
    on = local_date(now)
    surveyors = list(Gebruiker.objects.filter(is_demo=True, groups__name=Rol.SCREENER).order_by("pk"))
    coordinator = (
        Gebruiker.objects.filter(is_demo=True, groups__name=Rol.TOEGANKELIJKHEIDSCOORDINATOR).order_by("pk").first()
    )
    for zone, (naam, van, tot, onderwerpen, steps, niveau) in zip(
        Woonzorgzone.objects.order_by("pk"), ROUNDS, strict=False
    ):
        campagne = actions.save(
            campagne=Campagne(
                naam=f"{naam} {zone.naam}",
                zone=zone,
                niveau=Kwaliteitsniveau.objects.filter(code=niveau).first() if niveau else None,
                onderwerpen=[onderwerp.value for onderwerp in onderwerpen],
                coordinator=coordinator,
                van=on + timedelta(days=van),
                tot=on + timedelta(days=tot),
                instrument=Instrument.WATERPAS,
                opdracht="Meet op een droge dag. Neem een foto van wat niet in orde is, zonder mensen of nummerplaten.",
            ),
            screeners=surveyors,
        )
        for target in steps:
            reden = "Wegenwerken in de buurt (demo)." if target == Campagnestatus.ONDERBROKEN else ""
            actions.step(campagne=campagne, naar=target, reden=reden, at=now)
