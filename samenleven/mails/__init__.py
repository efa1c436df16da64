"""What people outside the city get in their mail box about conversations."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from kern.berichten import actions as berichten
from kern.berichten.registry import register_folder
from kern.prive import link_token

from ..models import Gesprek, Uitdager, Vormingsdeelname

UITDAGER_SALT, BLAD_SALT = "samenleven.uitdager", "samenleven.blad"
_PERSON = {"naam": "naam van de uitdager", "traject": "naam van het traject", "link": "eigen pagina van de uitdager"}
_SHEET = {
    **_PERSON,
    "gesprek": "waarover het gesprek gaat",
    "datum": "dag van het gesprek",
    "nummer": "nummer op het blad",
}
KINDS = {
    "uitdager_bevestig": ("Uitdager: bevestig je adres", _PERSON),
    "uitdager_welkom": ("Uitdager: welkom", {**_PERSON, "coach": "wie je bijstaat"}),
    "uitdager_niet_gekozen": ("Uitdager: niet gekozen", _PERSON),
    "uitdager_bedankt": (
        "Uitdager: bedankt",
        {**_PERSON, "gesprekken": "hoeveel gesprekken", "mensen": "hoeveel mensen"},
    ),
    "uitdager_vorming": (
        "Uitdager: uitgenodigd voor een vorming",
        {**_PERSON, "vorming": "titel van de vorming", "wanneer": "dag en uur", "waar": "plaats"},
    ),
    "gesprek_blad": ("Gesprek: link naar het blad", _SHEET),
    "gesprek_vraag": ("Gesprek: vraag over het blad", {**_SHEET, "vraag": "wat er ontbreekt"}),
    "gesprek_ingevoerd": ("Gesprek: het blad is aangekomen", _SHEET),
}
EXAMPLES = {
    "naam": "An",
    "traject": "100% Genks",
    "link": f"{settings.PORTAL_URL}/",
    "coach": "Sam",
    "gesprekken": "3",
    "mensen": "24",
    "vorming": "Een goed gesprek leiden",
    "wanneer": "donderdag 30 juli 2026 om 19.00 uur",
    "waar": "Buurthuis",
    "gesprek": "Buren",
    "datum": "donderdag 30 juli 2026",
    "nummer": "G0042",
    "vraag": "Hoeveel mensen waren er?",
}


def register() -> None:
    """Make the mails known; called once, when the app is ready."""
    register_folder(Path(__file__).parent.parent / "mailteksten", KINDS, EXAMPLES)


def uitdager_token(uitdager: Uitdager) -> str:
    return link_token(uitdager.sleutel, UITDAGER_SALT)


def blad_token(gesprek: Gesprek) -> str:
    return link_token(gesprek.sleutel, BLAD_SALT)


def absolute(name: str, *args: object) -> str:
    """A full address of the portal, for a mail or a code on paper."""
    return settings.PORTAL_URL.rstrip("/") + reverse(name, args=args)


def confirm_address(uitdager: Uitdager, *, occasion: str = "") -> None:
    """Ask whether the address is theirs; `occasion` when somebody who is known signs up again."""
    _to_person("uitdager_bevestig", uitdager, f"bevestig:{occasion}")


def welcome(uitdager: Uitdager) -> None:
    coach = uitdager.coach.naam if uitdager.coach else "–"
    _to_person("uitdager_welkom", uitdager, f"welkom:{uitdager.versie}", coach=coach)


def declined(uitdager: Uitdager) -> None:
    _to_person("uitdager_niet_gekozen", uitdager, f"niet_gekozen:{uitdager.versie}")


def thanks(uitdager: Uitdager) -> None:
    """With what their conversations gave: how many, and how many people."""
    held = uitdager.gesprekken.held()  # type: ignore[attr-defined]
    people = held.aggregate(n=Sum("aanwezigen"))["n"] or 0
    _to_person(
        "uitdager_bedankt",
        uitdager,
        f"bedankt:{uitdager.versie}",
        gesprekken=str(held.count()),
        mensen=str(people),
    )


def training(row: Vormingsdeelname) -> None:
    """An invitation; again when the training moves."""
    _to_person(
        "uitdager_vorming",
        row.uitdager,
        f"vorming:{row.vorming_id}:{row.vorming.versie}",
        vorming=row.vorming.titel,
        wanneer=row.vorming.begin,
        waar=row.vorming.locatie,
    )


def sheet(gesprek: Gesprek, uitdager: Uitdager) -> None:
    """The link to enter the sheet, once for each host."""
    _about_sheet("gesprek_blad", gesprek, uitdager, f"blad:{gesprek.pk}")


def sheet_question(gesprek: Gesprek, uitdager: Uitdager) -> None:
    """What is missing on the sheet, with the same link."""
    _about_sheet("gesprek_vraag", gesprek, uitdager, f"vraag:{gesprek.pk}:{gesprek.versie}", vraag=gesprek.opmerking)


def entered(gesprek: Gesprek) -> None:
    """To every host: the sheet has arrived."""
    for uitdager in gesprek.uitdagers.all():
        _about_sheet("gesprek_ingevoerd", gesprek, uitdager, f"ingevoerd:{gesprek.pk}:{gesprek.versie}")


def _about_sheet(soort: str, gesprek: Gesprek, uitdager: Uitdager, occasion: str, **extra: str) -> None:
    with translation.override(uitdager.taal):
        day = date_format(gesprek.datum, "l j F Y")
    _to_person(
        soort,
        uitdager,
        occasion,
        link=absolute("samenleven:blad", blad_token(gesprek)),
        gesprek=gesprek.titel,
        datum=day,
        nummer=gesprek.nummer,
        **extra,
    )


def _to_person(soort: str, uitdager: Uitdager, occasion: str, **extra: str | datetime) -> None:
    """Nothing goes to who has no address any more, or has not said yet that it is theirs."""
    if not uitdager.email:
        return
    berichten.enqueue(
        sleutel=f"uitdager:{uitdager.pk}:{occasion}",
        soort=soort,
        aan=uitdager.email,
        taal=uitdager.taal,
        context=_context(uitdager, uitdager.taal, extra),
        context_nl=None if uitdager.taal == "nl" else _context(uitdager, "nl", extra),
        over=uitdager,
    )


def _context(uitdager: Uitdager, taal: str, extra: dict[str, str | datetime]) -> dict[str, str]:
    with translation.override(taal):
        words = {
            name: date_format(timezone.localtime(value), "l j F Y, H:i") if isinstance(value, datetime) else value
            for name, value in extra.items()
        }
    return {
        "naam": uitdager.naam,
        "traject": uitdager.traject.naam,
        "link": absolute("samenleven:mijn", uitdager_token(uitdager)),
        **words,
    }
