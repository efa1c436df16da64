"""Six invented zones over the wijken of the demo, with facilities and one part that was drawn by hand."""

from __future__ import annotations

import random
from datetime import datetime

from kern.geo import Punt
from wijken.models import Stadsdeel, Wijk

from ..actions import zones as actions
from ..models import Kwaliteitsniveau, Voorziening, Voorzieningsoort, Woonzorgzone, Zonedeel
from ..rules.plek import circle

# Only the first name is a real one; which wijken belong to it is a guess.
ZONES = {
    "Oost (Menos)": ("Oost",),
    "Zone Noord (demo)": ("Noord", "Noordoost"),
    "Zone Noordwest (demo)": ("Noordwest",),
    "Zone West (demo)": ("West", "Zuidwest"),
    "Zone Centrum (demo)": ("Centrum",),
    "Zone Zuid (demo)": ("Zuid",),
}
FACILITIES = (
    ("woonzorgcentrum", "Woonzorgcentrum De Voorbeeldhof {}"),
    ("dienstencentrum", "Dienstencentrum 't Proefstuk {}"),
    ("school", "Basisschool De Testbank {}"),
    ("winkel", "Winkels {}"),
    ("halte", "Halte {} Kerk"),
    ("begraafplaats", "Begraafplaats {}"),
    ("parkeerplaats", "Aangepaste plaats {} Plein"),
)


def fill(now: datetime, dice: random.Random) -> None:
    """Zones, each with a core, its wijken and three or four facilities a wijk."""
    levels = {row.code: row for row in Kwaliteitsniveau.objects.all()}
    kinds = {row.code: row for row in Voorzieningsoort.objects.all()}
    parts = {row.naam.removesuffix(" (demo)"): row for row in Stadsdeel.objects.all()}
    for naam, names in ZONES.items():
        wijken = list(
            Wijk.objects.filter(stadsdeel__in=[parts[n] for n in names if n in parts])
            .prefetch_related("ringen")
            .order_by("code")
        )
        if not wijken:
            continue
        Voorziening.objects.bulk_create(_facilities(wijken, kinds, dice))
        actions.save_zone(
            zone=Woonzorgzone(
                naam=naam,
                kern=wijken[0].centrum,
                kern_naam=f"het plein van {wijken[0].naam}",
                omschrijving=(
                    "In deze zone kun je blijven wonen als je zorg nodig hebt. Winkels, haltes en ontmoetingsplaatsen "
                    "liggen dichtbij. De omtrek en de plaatsen zijn verzonnen voor de demo."
                ),
                niveau=levels["comfort" if naam.startswith("Zone Centrum") else "basis"],
                is_fictief=not naam.startswith("Oost"),
            ),
            wijken=wijken,
            ringen=[(row.ring, row.is_gat) for wijk in wijken for row in wijk.ringen.all()],
            at=now,
        )
    first = Woonzorgzone.objects.order_by("pk").first()
    if first is not None and first.kern is not None:
        actions.save_part(
            deel=Zonedeel(
                zone=first,
                naam="Marktplein (demo)",
                niveau=levels["plus"],
                ring=circle(first.kern, 120),
                reden="Hier is elke week markt, en de ouderenvereniging komt er samen.",
            ),
            at=now,
        )


def _facilities(wijken: list[Wijk], kinds: dict[str, Voorzieningsoort], dice: random.Random) -> list[Voorziening]:
    return [
        Voorziening(
            naam=naam.format(wijk.naam),
            soort=kinds[code],
            plaats=near(wijk.centrum, 0.004, dice),
            wijk=wijk,
            is_fictief=True,
        )
        for wijk in wijken
        for code, naam in dice.sample(FACILITIES, dice.randint(3, 4))
    ]


def near(punt: Punt, degrees: float, dice: random.Random) -> Punt:
    """A place within so many degrees of latitude."""
    return Punt(
        round(punt.lon + dice.uniform(-degrees, degrees) * 1.5, 6), round(punt.lat + dice.uniform(-degrees, degrees), 6)
    )
