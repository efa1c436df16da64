"""What the pages of the wijken need besides: inhabitants, faces of the team, and hand-overs, all made up."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageDraw, ImageFont

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld
from kern.beelden.rules import check
from kern.termijnen import local_date

from .. import actions
from ..models import Overdracht, Team, Teamlid, Wijk
from ..queries import overdracht, reach, wijkmanagers_of

SOURCE = "verzonnen voor de demo"
HOURS = "werkdagen van 8 tot 16 uur"
# Made-up inhabitants per km²: the wijken get one after the other of these.
DENSITY = (1450, 620, 2100, 880, 340, 1750)
COLOURS = ((110, 74, 126), (58, 96, 84), (74, 84, 110), (128, 82, 60))
NOTES = (
    "Demo: bel eerst Rita van het buurthuis. Het overleg over het plein loopt al een jaar en de buren zijn ongeduldig.",
    "Demo: de ouders van de school komen elke eerste dinsdag samen. Ga langs, ze rekenen erop.",
)


def fill(now: datetime) -> None:
    """Fill what is still empty; again does no harm."""
    _inhabitants()
    _faces(now)
    _handovers(now)


def _inhabitants() -> None:
    """Of all wijken but the last, so that the map of silence shows what it says without."""
    wijken = list(Wijk.objects.filter(inwoners__isnull=True).order_by("code"))
    if len(wijken) < Wijk.objects.count():
        return
    for number, wijk in enumerate(wijken[:-1]):
        wijk.inwoners = round((wijk.oppervlakte_km2 or 1) * DENSITY[number % len(DENSITY)] / 10) * 10
        wijk.inwoners_bron = SOURCE
    Wijk.objects.bulk_update(wijken[:-1], ["inwoners", "inwoners_bron"])


def _faces(now: datetime) -> None:
    """A drawn face for the wijkmanagers, and the buurttoezichters by name."""
    if Teamlid.objects.filter(foto__isnull=False).exists():
        return
    today = local_date(now)
    kinds = [Team.Soort.WIJKMANAGEMENT, Team.Soort.BUURTTOEZICHT]
    rows = Teamlid.objects.on(today).filter(team__soort__in=kinds, gebruiker__is_demo=True)
    for number, lid in enumerate(rows.select_related("gebruiker", "team").order_by("pk")):
        if lid.is_leider and lid.team.soort == Team.Soort.BUURTTOEZICHT:
            continue
        made = _face(lid.gebruiker.naam, COLOURS[number % len(COLOURS)])
        shown = actions.show_member(
            lid=lid, toon=True, bereikbaar=lid.bereikbaar or HOURS, foto=check(ContentFile(made, "gezicht.jpg"))
        )
        beelden.process(beeld_id=Beeld.objects.get(pk=shown.foto_id).pk)


def _face(name: str, colour: tuple[int, int, int]) -> bytes:
    """Somebody drawn with two shapes, and the first letter of the name: nobody's face."""
    picture = Image.new("RGB", (480, 480), tuple(min(255, part + 120) for part in colour))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((160, 90, 320, 250), fill=colour)
    pen.ellipse((80, 270, 400, 700), fill=colour)
    pen.text((240, 170), name[:1], fill="white", anchor="mm", font=ImageFont.load_default(96))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=85)
    return written.getvalue()


@transaction.atomic
def _handovers(now: datetime) -> None:
    """One wijk that was handed over, and one of which the hand-over waits for a signature."""
    wijken = list(Wijk.objects.order_by("-is_impulswijk", "naam")[:3])
    if Overdracht.objects.exists() or len(wijken) < 3:
        return
    today = local_date(now)
    managers = wijkmanagers_of(Wijk.objects.values_list("pk", flat=True), today, with_deputies=False)
    everybody = list({person.pk: person for people in managers.values() for person in people}.values())
    for number, wijk in enumerate(wijken[1:]):
        mine = next(iter(managers.get(wijk.pk, [])), None)
        other = next((person for person in everybody if person != mine), None)
        if mine is None or other is None:
            continue
        is_done = number == 0
        row = actions.prepare_handover(
            wijk=wijk,
            van=other if is_done else mine,
            naar=mine if is_done else other,
            op=today - timedelta(days=90) if is_done else today + timedelta(days=14),
            nota=NOTES[number],
            door=other if is_done else mine,
            at=now - timedelta(days=97) if is_done else now,
        )
        if is_done:
            pack = overdracht.pack(wijk, mine, reach(mine, today), today)
            actions.take_over(
                overdracht=row,
                inhoud=pack.as_content(),
                op_naam=False,
                door=mine,
                at=now - timedelta(days=90),
            )
