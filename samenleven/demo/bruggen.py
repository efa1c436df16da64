"""Invented bruggenbouwers in every state: a round of the jury that is over, one that reads now, and one being asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageDraw

from kern.beelden import rules as photo_rules

from ..actions import bruggenbouwers as actions
from ..actions import jury
from ..models import Bruggenbouwer, Juryronde
from .degenks import wijken

MADE_UP = "Deze tekst is verzonnen voor de demo."
# Name, place among the wijken, why, which worlds, their own story.
MENSEN = [
    (
        "Aylin Voorbeeld",
        0,
        "Aylin zet elke eerste zaterdag een lange tafel op het plein. Iedereen brengt iets mee uit de eigen keuken.",
        "De straat boven en de straat onder het plein, jong en oud.",
        "Het begon met twee tafels en een pot soep. Nu komen er soms zestig mensen. Wie alleen komt, gaat met een "
        "telefoonnummer naar huis.",
    ),
    (
        "Bram Voorbeeld",
        4,
        "Bram herstelt fietsen samen met jongeren en brengt ze daarna naar gezinnen die er geen hebben.",
        "De jongeren van het pleintje en de gepensioneerden van het atelier.",
        "Een fiets herstel je nooit alleen. De ene houdt vast, de andere draait. Ondertussen praat je.",
    ),
    (
        "Carmela Voorbeeld",
        12,
        "Carmela leest voor in de bibliotheek, telkens met iemand die hetzelfde verhaal in een andere taal leest.",
        "Ouders van twee scholen die elkaar niet kenden.",
        "Kinderen horen dat een verhaal in elke taal even spannend is. De ouders blijven nadien voor koffie.",
    ),
    (
        "Dries Voorbeeld",
        9,
        "Dries hield de moestuin open toen de vereniging stopte, en belde aan bij alle nieuwe buren.",
        "De oude mijnwerkershuizen en de nieuwe appartementen.",
        "",
    ),
    (
        "Elif Voorbeeld",
        2,
        "Elif brengt de voetbalclub en het woonzorgcentrum samen: elke maand spelen ze samen petanque.",
        "Een jeugdploeg en bewoners van het woonzorgcentrum.",
        "",
    ),
    (
        "Faruk Voorbeeld",
        6,
        "Faruk gaat mee naar het loket met wie dat lastig vindt, en leert het daarna een ander.",
        "Nieuwkomers en mensen die al lang in de straat wonen.",
        "",
    ),
    (
        "Greet Voorbeeld",
        7,
        "Greet begon een ruilkast in haar voortuin. Nu staan er vijf in de wijk.",
        "Mensen die elkaar alleen van zien kenden.",
        "",
    ),
    ("Hamid Voorbeeld", 1, "Hamid organiseert een loop waarin niemand wint.", "Lopers en wandelaars.", ""),
]
LABELS, READING, READY = 3, 2, 1


@transaction.atomic
def fill(now: datetime) -> int:
    """Add them where there are none yet; how many there are then."""
    if Bruggenbouwer.objects.exists():
        return Bruggenbouwer.objects.count()
    rows = [_nominated(place, now) for place in range(len(MENSEN))]
    _labels(rows[:LABELS], now)
    _reading(rows[LABELS : LABELS + READING], now)
    Bruggenbouwer.objects.update(is_demo=True)
    return len(rows)


def _nominated(place: int, now: datetime) -> Bruggenbouwer:
    """Somebody put forward; all but the last said yes, and all but the last two have enough support."""
    naam, where, waarom, werelden, _verhaal = MENSEN[place]
    places = wijken()
    at = now - timedelta(days=110 if place < LABELS else 30 - place)
    row = actions.nominate(
        inzending=uuid4(),
        naam=f"{naam} (demo)",
        email=f"bruggenbouwer{place + 1}@demo.genk-wijk.example",
        wijk=places[where % len(places)],
        waarom=f"{waarom} {MADE_UP}",
        werelden=werelden,
        door_naam="Buur (demo)",
        door_email=f"buur{place + 1}@demo.genk-wijk.example",
        taal="nl",
        at=at,
    )
    if place == len(MENSEN) - 1:
        return row
    row = actions.agree(bruggenbouwer=row, at=at + timedelta(days=2))
    enough = place < LABELS + READING + READY
    for number in range(2 if enough else 1):
        given = actions.support(
            bruggenbouwer=row,
            naam=f"Steun {number + 1} (demo)",
            email=f"steun{place + 1}-{number + 1}@demo.genk-wijk.example",
            waarom="Ik was er zelf bij en kom elke keer terug." if number == 0 else "",
            taal="nl",
            at=at + timedelta(days=3),
        )
        if given:
            actions.confirm_support(steun=given, at=at + timedelta(days=4))
    return Bruggenbouwer.objects.get(pk=row.pk)


def _round(naam: str, rows: list[Bruggenbouwer], at: datetime, days: int) -> Juryronde:
    ronde = jury.save_round(
        ronde=Juryronde(),
        naam=naam,
        lezen_tot=(at + timedelta(days=days)).date(),
        leden=[(f"Jurylid {n} (demo)", f"jury{n}@demo.genk-wijk.example") for n in (1, 2, 3)],
        kandidaten=rows,
        versie=1,
        at=at,
    )
    return jury.open_round(ronde=ronde, versie=ronde.versie)


def _labels(rows: list[Bruggenbouwer], now: datetime) -> None:
    """A round of some months ago, with the labels it gave."""
    at = now - timedelta(days=90)
    ronde = _round("Eerste ronde (demo)", rows, at, 14)
    for row in rows:
        for lid in ronde.juryleden.all():
            jury.judge(
                jurylid=lid,
                bruggenbouwer=row,
                keuze="ja",
                reden="Hier ontmoeten mensen elkaar die elkaar anders niet zien.",
                at=at + timedelta(days=6),
            )
    jury.close_round(ronde=ronde, versie=ronde.versie)
    for place, row in enumerate(rows):
        fresh = Bruggenbouwer.objects.get(pk=row.pk)
        decided = actions.decide(
            bruggenbouwer=fresh,
            label=True,
            reden="Je maakt van buren bekenden, en je doet het al jaren.",
            at=at + timedelta(days=16),
            versie=fresh.versie,
        )
        told = actions.tell_story(
            bruggenbouwer=decided,
            verhaal=f"{MENSEN[place][4]} {MADE_UP}",
            foto=_drawing(place),
            foto_alt="Getekende demofoto: mensen aan een lange tafel",
            beeld_mag=True,
            at=at + timedelta(days=18),
        )
        actions.show_story(bruggenbouwer=told, versie=told.versie, shown=place != LABELS - 1)


def _reading(rows: list[Bruggenbouwer], now: datetime) -> None:
    """A round that the jury reads now; one of them is done."""
    ronde = _round("Ronde van nu (demo)", rows, now - timedelta(days=5), 20)
    first = ronde.juryleden.all()[0]
    jury.judge(
        jurylid=first,
        bruggenbouwer=rows[0],
        keuze="ja",
        reden="Twee groepen die nooit samen kwamen, doen het nu elke maand.",
        at=now - timedelta(days=2),
    )


def _drawing(place: int) -> photo_rules.Foto:
    """A drawn photo: nobody real is on it."""
    picture = Image.new("RGB", (900, 700), ["#dcebe0", "#f1e4d2", "#e6dff0"][place % 3])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((80, 430, 820, 480), fill="#7a5a3a")
    for number in range(5):
        left = 120 + 145 * number
        pen.ellipse((left, 260, left + 80, 340), fill="#c98f6b" if number % 2 else "#8a5a3c")
        pen.rectangle((left - 10, 340, left + 90, 430), fill=["#6b2c7a", "#2f6f4f", "#b5502a"][(number + place) % 3])
    written = BytesIO()
    picture.save(written, "JPEG", quality=80)
    return photo_rules.check(ContentFile(written.getvalue(), name="demo.jpg"))
