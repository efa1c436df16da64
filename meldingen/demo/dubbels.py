"""Invented reports of the same thing: some merged, some that the night proposes, some that keep coming back."""

from __future__ import annotations

import random
import uuid
from datetime import datetime, timedelta

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt
from kern.termijnen import local_date
from wijken import actions as wijken
from wijken.models import Behoefte, Straat, Teamlid
from wijken.queries import wijkmanagers_of

from .. import actions
from ..models import Categorie, Melding
from ..reminders import dubbels as night
from ..states import Sluitreden
from .reports import RESIDENTS, by_day, in_working_hours, photo

METRE = 1 / 111_195
SAME = (
    ("sluikstort", "Er liggen vuilniszakken naast de glasbol.", "Alweer zakken naast de glasbol, en een matras."),
    ("losse-tegel", "Losse tegel op het voetpad, ik struikelde.", "De tegel op het voetpad ligt nog altijd los."),
    ("volle-vuilnisbak", "De vuilnisbak aan de bushalte is vol.", "Vuilnisbak aan de halte loopt over."),
    ("put-in-de-weg", "Diepe put in de rijweg voor de oversteek.", "Put in de weg aan de oversteekplaats."),
)
AGAIN = (("zwerfvuil", "Blikjes en zakjes in het gras naast de bank."), ("rioolkolk", "Het putje is weer verstopt."))
WORDS = "Iemand anders meldde hetzelfde. We werken aan één melding verder."


def fill(now: datetime, dice: random.Random) -> None:
    """Three pairs for the queue, two merged ones, one that was taken back, and three needs to decide on."""
    streets = list(Straat.objects.select_related("wijk").exclude(wijk=None).order_by("pk"))
    dice.shuffle(streets)
    for code, first, second in SAME:
        street = streets.pop()
        for number, words in enumerate((first, second, first)[: dice.choice((2, 2, 3))]):
            _report(code, words, street, now - timedelta(days=5 - number), dice, metres=12 * number)
    for number, (code, first, second) in enumerate(SAME[:3]):
        street = streets.pop()
        main = _report(code, first, street, now - timedelta(days=9), dice)
        double = _report(code, second, street, now - timedelta(days=7), dice, metres=6)
        door = _somebody(main)
        if door is None:
            continue
        at = in_working_hours(now - timedelta(days=6))
        actions.merge(melding=double, hoofdmelding=main, toelichting=WORDS, door=door, at=at)
        if number == 2:
            reden = "De mijne staat aan de overkant van de weg."
            actions.separate(melding=double, reden=reden, at=in_working_hours(now - timedelta(days=4)))
        else:
            actions.start(melding=main, door=door, at=in_working_hours(at + timedelta(hours=6)))
    for code, words in (*AGAIN, AGAIN[0]):
        street = streets.pop()
        for number, days in enumerate((160, 95, 40, 12)):
            row = _report(code, words, street, now - timedelta(days=days), dice, metres=5 * number)
            if days > 12 and (door := _somebody(row)):
                closed = in_working_hours(now - timedelta(days=days - 4))
                reason, text = Sluitreden.OPGELOST, "Onze ploeg heeft het opgelost."
                actions.close(melding=row, sluitreden=reason, toelichting=text, door=door, at=closed)
    night.propose_duplicates(now)
    night.propose_needs(now)
    _decide(now)


def _report(code: str, words: str, street: Straat, at: datetime, dice: random.Random, metres: float = 0) -> Melding:
    place = Punt(street.plaats.lon, round(street.plaats.lat + metres * METRE, 6))
    name = dice.choice(RESIDENTS)
    return actions.submit(
        inzending=uuid.UUID(int=dice.getrandbits(128), version=4),
        categorie=Categorie.objects.select_related("team").get(code=code),
        omschrijving=words,
        plaats=place,
        adres=f"{street.naam} {2 + 2 * int(metres / 5)}",
        wijk=street.wijk,
        beelden=[photo(words[:24], dice)] if dice.random() < 0.4 else [],
        naam=f"{name} (demo)",
        email=f"buur{dice.randint(1000, 9999)}@demo.genk-wijk.example",
        at=by_day(at, dice),
    )[0]


def _somebody(melding: Melding) -> Gebruiker | None:
    members = Teamlid.objects.on(local_date(melding.ontvangen_op)).filter(team=melding.team)
    member = members.select_related("gebruiker").first()
    return member.gebruiker if member else None


def _decide(now: datetime) -> None:
    """One need is confirmed and one rejected, so that each list has something; the rest waits."""
    drafts = list(Behoefte.objects.filter(status=Behoefte.Status.CONCEPT).order_by("pk"))
    for draft, reject in zip(drafts[1:3], (False, True), strict=False):
        managers = wijkmanagers_of({draft.wijk_id}, local_date(now)).get(draft.wijk_id)
        if not managers:
            continue
        common = {"behoefte": draft, "door": managers[0], "at": now, "versie": draft.versie}
        if reject:
            wijken.reject_need(**common, reden="Hier komt in het voorjaar al een nieuwe aanleg.")
        else:
            wijken.confirm_need(**common)
