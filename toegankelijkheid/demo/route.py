"""A way between two facilities that is known from end to end, with two knelpunten in it. All made up."""

from __future__ import annotations

import itertools
import random
from datetime import datetime

from kern.geo import Punt
from kern.termijnen import local_date

from ..actions.knelpunten import put_in_place
from ..actions.prioriteit import propose
from ..models import Knelpunt, Meting, Opname, Screeningsobject, Voorziening, Voorzieningsoort, Woonzorgzone
from ..queries.boek import book
from ..rules.woorden import Dimensie, Ernst, Groep, Kant, Onderwerp
from . import metingen

LINKS = 6
# Some 70 metres to the east, each link.
STEP = 0.001
WRONG = {2: ("Boordsteen van 12 cm zonder helling", Dimensie.DREMPEL), 4: ("Paal: nog 68 cm vrij", Dimensie.DOORGANG)}
ENDS = (("Woonzorgcentrum Het Begin (demo)", "woonzorgcentrum", 0), ("Buurtwinkel Het Einde (demo)", "winkel", -1))
ON_WHEELS = [Groep.ROLSTOEL, Groep.ROLLATOR, Groep.KINDERWAGEN]


def fill(now: datetime, dice: random.Random) -> None:
    """Six stretches with a crossing half-way, from a care centre to a market, in the first zone."""
    zone = Woonzorgzone.objects.select_related("niveau").prefetch_related("wijken").order_by("pk").first()
    if zone is None or zone.kern is None:
        return
    wijk = zone.wijken.first()
    corners = [Punt(round(zone.kern.lon + STEP * at, 6), zone.kern.lat) for at in range(LINKS + 1)]
    for naam, code, at in ENDS:
        soort = Voorzieningsoort.objects.get(code=code)
        Voorziening.objects.create(naam=naam, soort=soort, plaats=corners[at], wijk=wijk, is_fictief=True)
    shared = {"zone": zone, "wijk": wijk, "niveau": zone.niveau, "straat": "Voorbeeldstraat", "gemaakt_op": now}
    objects = [
        Screeningsobject(
            onderwerp=Onderwerp.LOOPROUTE,
            naam=f"Voetpad Voorbeeldstraat, deel {number} (demo)",
            lijn=(begin, end),
            plaats=Punt(round((begin.lon + end.lon) / 2, 6), begin.lat),
            kant=Kant.RECHTS,
            **shared,
        )
        for number, (begin, end) in enumerate(itertools.pairwise(corners), 1)
    ]
    crossing = Screeningsobject(
        onderwerp=Onderwerp.OVERSTEEKPLAATS,
        naam="Oversteek Voorbeeldstraat (demo)",
        plaats=corners[LINKS // 2],
        **shared,
    )
    objects.append(crossing)
    Screeningsobject.objects.bulk_create(objects)
    _measure([*objects[:-2], crossing], now, dice)
    for number, (titel, dimensie) in WRONG.items():
        _bottleneck(objects[number - 1], f"{titel} (fictief)", dimensie, now)


def _measure(objects: list[Screeningsobject], now: datetime, dice: random.Random) -> None:
    """All but one were screened, and are in order."""
    boek = book(local_date(now))
    visits = [
        Opname(object=obj, gemeten_op=now, ontvangen_op=now, soort=Opname.Soort.GOED, omschrijving=metingen.GOOD[0])
        for obj in objects
    ]
    Opname.objects.bulk_create(visits)
    rows = [row for obj, visit in zip(objects, visits, strict=True) for row in metingen.measure(obj, visit, boek, dice)]
    Meting.objects.bulk_create(rows)
    for obj in objects:
        obj.gescreend_op, obj.oordeel = local_date(now), "voldoet"
    Screeningsobject.objects.bulk_update(objects, ["gescreend_op", "oordeel"])


def _bottleneck(obj: Screeningsobject, titel: str, dimensie: Dimensie, now: datetime) -> None:
    row = Knelpunt(
        object=obj,
        onderwerp=obj.onderwerp,
        dimensie=dimensie,
        titel=titel,
        plaats=obj.plaats,
        adres=obj.straat,
        vastgesteld_op=local_date(now),
        ernst=Ernst.ONMOGELIJK,
        groepen=ON_WHEELS,
        openbaar=True,
    )
    put_in_place(row)
    row.save()
    Screeningsobject.objects.filter(pk=obj.pk).update(knelpunten_open=1, oordeel="voldoet_niet", ernst=row.ernst)
    propose(numbers=[row.pk], at=now)
