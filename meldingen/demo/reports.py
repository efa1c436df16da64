"""Invented reports for the demo, each with a believable story. No real person, place or event is meant.

Everything goes through the same actions as on the portal, at moments in the past, so terms, history and
mails are what they would have been.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from kern.beelden import actions as beelden
from kern.gebruikers.models import Gebruiker
from kern.geo import Punt
from kern.termijnen import add_working_days, load_calendar, local_date
from wijken.models import Straat, Teamlid
from wijken.queries import wijk_at

from .. import actions
from ..models import Categorie, Melding, MeldingBeeld
from ..states import Sluitreden

DAYS_BACK = 75
RESIDENTS = ("Ayşe", "Jan", "Fatima", "Luca", "Katarzyna", "Sofie", "Mehmet", "Giovanna", "Pieter", "Nora")

TEXTS: dict[str, tuple[str, ...]] = {
    "zwerfvuil": (
        "Er liggen al een week blikjes en papier in de berm.",
        "Na de markt blijft er veel plastic liggen op het grasveld.",
        "Peuken en zakjes aan de bushalte, elke dag opnieuw.",
    ),
    "sluikstort": (
        "Iemand heeft een zetel en vier zakken achtergelaten naast de glasbol.",
        "Bouwafval tegen de gevel van het lege huis.",
    ),
    "volle-vuilnisbak": ("De vuilnisbak in het parkje zit al dagen vol.", "Het deksel van de vuilnisbak is kapot."),
    "hondenpoep": ("Op het pad naar de school ligt altijd hondenpoep.",),
    "rioolkolk": ("Bij regen staat hier een grote plas, het rooster zit vol bladeren.",),
    "losse-tegel": (
        "Twee tegels liggen los, mijn buurvrouw is er bijna over gevallen.",
        "Een wortel duwt het voetpad omhoog. Met de buggy kom je er niet over.",
    ),
    "put-in-de-weg": ("Diepe put net na de bocht, fietsers wijken uit.",),
    "verkeersbord": ("Het bord van de zone 30 staat scheef.", "Een paaltje ligt plat na een aanrijding."),
    "toegankelijkheid": (
        "De boordsteen aan de oversteek is te hoog voor mijn rolstoel.",
        "De kast van de telefoon staat midden op het voetpad, ik geraak er niet langs met mijn rollator.",
    ),
    "onkruid": ("Het gras staat kniehoog, je ziet de kinderen niet meer oversteken.",),
    "boom": ("Er hangt een dode tak boven het voetpad.",),
    "bank": ("De zitbank mist twee latten.",),
    "speeltuin": ("De schommel hangt aan één ketting.",),
    "fout-geparkeerd": ("Elke ochtend staan er auto's op het voetpad aan de school.",),
    "onveilig": ("Auto's rijden hier veel te snel, ook aan het zebrapad.",),
    "fietswrak": ("Aan het rek hangt al maanden een fiets zonder wielen.",),
    "graffiti": ("De onderdoorgang is volgespoten.",),
    "ratten": ("Ik zag drie ratten bij de composthoop van het plein.",),
    "lawaai": ("Elke nacht luide muziek op het pleintje.",),
    "leegstand": ("Het huis op de hoek staat leeg en de deur staat open.",),
    "idee": (
        "Kunnen we op het pleintje een bank en een picknicktafel krijgen?",
        "Een buurtfeest met alle straten samen?",
    ),
    "weet-niet": ("Er loopt water uit de muur van de tunnel, ik weet niet van wie dat is.",),
}
SOLVED = (
    "We zijn langs geweest en hebben het opgeruimd.",
    "Het is hersteld. Bedankt dat je het gemeld hebt.",
    "Onze ploeg heeft het deze week in orde gebracht.",
)
COLOURS = ("#6b3a6f", "#3c6e47", "#b5502a", "#41576b", "#8a7440")


@dataclass
class Verhaal:
    """What happens to one report, from one moment to the next."""

    melding: Melding
    door: Gebruiker
    at: datetime
    now: datetime

    def later(self, days: float) -> bool:
        """Go on in time, to hours in which people work; False when that would be in the future."""
        self.at = in_working_hours(self.at + timedelta(days=days))
        return self.at < self.now

    def do(self, action: Callable[..., Melding], **fields: object) -> None:
        self.melding = action(melding=self.melding, door=self.door, at=self.at, **fields)


def in_working_hours(at: datetime) -> datetime:
    """The moment itself when it is between 8 and 17 h on a weekday, else the morning after."""
    local = timezone.localtime(at)
    if local.hour >= 17:
        local = (local + timedelta(days=1)).replace(hour=8)
    local = local.replace(hour=max(local.hour, 8))
    return local + timedelta(days=max(0, 7 - local.weekday()) if local.weekday() >= 5 else 0)


def by_day(at: datetime, dice: random.Random) -> datetime:
    """The same day between 7 and 22 h: few people report anything at night."""
    return timezone.localtime(at).replace(hour=dice.randint(7, 21))


def fill(now: datetime, dice: random.Random, count: int) -> None:
    """Add `count` invented reports, from weeks ago to just now."""
    categories = list(Categorie.objects.filter(code__in=TEXTS).select_related("hoofdcategorie", "team"))
    streets = list(Straat.objects.select_related("wijk").order_by("pk"))
    days = (now - timedelta(days=dice.triangular(0, DAYS_BACK, 5)) for _ in range(count))
    moments = sorted(min(by_day(day, dice), now - timedelta(minutes=5)) for day in days)
    for number, moment in enumerate(moments):
        story = _submit(number, moment, now, dice, categories, streets)
        if story:
            _happen(number, story, dice)


def _submit(
    number: int,
    at: datetime,
    now: datetime,
    dice: random.Random,
    categories: list[Categorie],
    streets: list[Straat],
) -> Verhaal | None:
    categorie, street = dice.choice(categories), dice.choice(streets)
    place = Punt(
        round(street.plaats.lon + dice.uniform(-6e-4, 6e-4), 6), round(street.plaats.lat + dice.uniform(-4e-4, 4e-4), 6)
    )
    wijk = wijk_at(place)
    if wijk is None:
        place, wijk = street.plaats, street.wijk
    name = dice.choice(RESIDENTS)
    photo = number % 7 == 3
    melding, _ = actions.submit(
        inzending=uuid.UUID(int=dice.getrandbits(128), version=4),
        categorie=categorie,
        omschrijving=dice.choice(TEXTS[categorie.code]),
        plaats=place,
        adres=f"{street.naam} {dice.randint(1, 120)}",
        wijk=wijk,
        naam=f"{name} (demo)" if number % 4 else "",
        email=f"bewoner{number}@demo.genk-wijk.example" if number % 3 == 0 else "",
        telefoon="",
        taal="nl" if number % 9 else dice.choice(["fr", "en"]),
        bron=dice.choices(list(Melding.Bron), weights=[73, 6, 4, 5, 2, 10])[0],
        beelden=[demo_photo(categorie.naam, dice)] if photo else [],
        at=at,
    )
    member = Teamlid.objects.on(local_date(now)).filter(team=melding.team).select_related("gebruiker").first()
    return Verhaal(melding, member.gebruiker, at, now) if member else None


def _happen(number: int, story: Verhaal, dice: random.Random) -> None:
    """Let the report go some way: most are solved, some wait, some are late, some stay untouched."""
    fate = dice.random()
    sensitive = story.melding.categorie.is_gevoelig
    if not sensitive and dice.random() < 0.7 and story.later(dice.uniform(0.1, 1.5)):
        photos = list(MeldingBeeld.objects.filter(melding=story.melding).values_list("pk", flat=True))
        text = story.melding.omschrijving
        story.do(actions.release, openbaar=True, openbare_tekst=text, beelden=photos)
    if fate < 0.12 or not story.later(dice.uniform(0.3, 3)):
        return
    if fate < 0.2:
        actions.assign(
            melding=story.melding, team=story.melding.team, behandelaar=story.door, door=story.door, at=story.at
        )
        return
    if fate < 0.3 and story.melding.melder.email:
        story.do(actions.ask, vraag="Aan welke kant van de straat is het precies?")
        if dice.random() < 0.4 and story.later(dice.uniform(1, 4)):
            actions.resident.answer(melding=story.melding, tekst="Aan de kant van de school.", at=story.at)
        return
    if fate < 0.32:
        actions.note(melding=story.melding, tekst="Ik ga donderdag kijken op mijn ronde.", door=story.door, at=story.at)
    if fate < 0.55:
        day = add_working_days(local_date(story.at), dice.randint(2, 12), load_calendar())
        late = day > story.melding.oplossing_uiterlijk
        story.do(actions.plan, gepland_op=day, toelichting="De ploeg is deze week elders nodig." if late else "")
    else:
        story.do(actions.start)
    if dice.random() < 0.25 and number % 2:
        actions.follow(melding=story.melding, sleutel=uuid.UUID(int=dice.getrandbits(128), version=4), at=story.at)
    if fate > 0.9 or not story.later(dice.uniform(1, 14)):
        return
    reason = dice.choices(list(Sluitreden), weights=[82, 4, 6, 4, 4, 0])[0]
    words = dice.choice(SOLVED) if reason == Sluitreden.OPGELOST else "We leggen uit waarom in de brief aan je straat."
    story.do(actions.close, sluitreden=reason, toelichting=words)
    if fate > 0.86 and story.later(dice.uniform(1, 9)):
        actions.resident.reopen(melding=story.melding, reden="Het ligt er opnieuw.", at=story.at)


def demo_photo(words: str, dice: random.Random) -> uuid.UUID:
    """A drawing that says it is none of a real place."""
    image = Image.new("RGB", (1200, 900), "#e9e2d0")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 560, 1200, 900), fill="#b9b2a1")
    for _ in range(14):
        x, y, size = dice.randint(0, 1100), dice.randint(380, 780), dice.randint(30, 130)
        draw.ellipse((x, y, x + size, y + size // 2), fill=dice.choice(COLOURS))
    draw.text((40, 40), f"Demofoto: {words}", fill="#23303a", font_size=54)
    file = BytesIO()
    image.save(file, "JPEG", quality=80)
    upload = ContentFile(file.getvalue(), name="demo.jpg")
    return beelden.store(upload, alt_tekst=f"Getekende demofoto: {words}").pk
