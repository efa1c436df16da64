"""An earlier round in three zones, so that there is a trend; and drawn photos of good examples that everybody sees."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from kern.beelden import actions as beelden
from kern.gebruikers.models import Gebruiker, Rol
from kern.termijnen import local_date

from ..actions import campagnes as actions
from ..models import Campagne, GoedVoorbeeld, Meting, Opname, OpnameBeeld, Screeningsobject, Woonzorgzone
from ..queries.boek import book
from ..rules.woorden import Instrument, Onderwerp
from ..states import Campagnestatus
from . import metingen

ZONES, PHOTOS = 3, 12
DAYS_AGO, LENGTH = 1200, 30


def fill(now: datetime, dice: random.Random) -> None:
    """The first measurement of some objects, long ago; the value of today stays the one that counts."""
    boek = book(local_date(now))
    surveyor = Gebruiker.objects.filter(is_demo=True, groups__name=Rol.SCREENER).order_by("pk").first()
    for zone in Woonzorgzone.objects.order_by("pk")[:ZONES]:
        campagne = _campaign(zone, surveyor, now)
        again = Screeningsobject.objects.filter(zone=zone, gescreend_op__isnull=False)
        visited: list[tuple[Screeningsobject, Opname]] = []
        for obj in again.select_related("niveau").order_by("pk")[::2]:
            moment = now - timedelta(days=DAYS_AGO - dice.randint(0, LENGTH - 1))
            visit = Opname(
                object=obj, campagne=campagne, door=surveyor, gemeten_op=moment, ontvangen_op=moment, weer="droog"
            )
            visited.append((obj, visit))
        Opname.objects.bulk_create(visit for _obj, visit in visited)
        rows = [row for obj, visit in visited for row in metingen.measure(obj, visit, boek, dice)]
        for row in rows:
            row.is_actueel, row.hercontrole_op = False, None
        Meting.objects.bulk_create(rows, batch_size=1000)
    _photos(dice)


def _campaign(zone: Woonzorgzone, surveyor: Gebruiker | None, now: datetime) -> Campagne:
    begin = local_date(now) - timedelta(days=DAYS_AGO)
    campagne = actions.save(
        campagne=Campagne(
            naam=f"Nulmeting {zone.naam}",
            zone=zone,
            onderwerpen=[onderwerp.value for onderwerp in Onderwerp],
            van=begin,
            tot=begin + timedelta(days=LENGTH),
            instrument=Instrument.MEETLAT,
        ),
        screeners=[surveyor] if surveyor else [],
    )
    for target in (Campagnestatus.LOPEND, Campagnestatus.AFGEROND):
        actions.step(campagne=campagne, naar=target, reden="", at=now)
    return campagne


def _photos(dice: random.Random) -> None:
    """A drawing that says it is one, for some of the good examples that everybody may see."""
    rows = GoedVoorbeeld.objects.public().filter(opname__isnull=False).order_by("pk")
    for row in rows[:PHOTOS]:
        beeld = beelden.store(drawing(row.titel, dice), alt_tekst=f"Getekende demofoto: {row.titel}"[:200])
        OpnameBeeld.objects.create(opname=row.opname, beeld=beeld, openbaar=True)


def drawing(words: str, dice: random.Random) -> ContentFile[bytes]:
    """A photo that says it was drawn."""
    image = Image.new("RGB", (1200, 900), "#dfe6ea")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 520, 1200, 900), fill="#b9b2a1")
    edge = dice.randint(500, 700)
    draw.polygon([(0, 900), (edge, 520), (edge + 120, 520), (700, 900)], fill="#8c8577")
    for step in range(9):
        draw.rectangle((720 + step * 50, 700, 744 + step * 50, 860), fill="#f4f0e6")
    draw.text((40, 40), "Demofoto (getekend)", fill="#23303a", font_size=54)
    draw.text((40, 120), words[:52], fill="#23303a", font_size=36)
    file = BytesIO()
    image.save(file, "JPEG", quality=80)
    return ContentFile(file.getvalue(), name="demo.jpg")
