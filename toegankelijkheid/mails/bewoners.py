"""To residents who reported a knelpunt: the question whether it is in order now that the work is done."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format

from kern.berichten import actions as berichten
from kern.berichten.registry import register_folder
from kern.prive import link_token
from wijken.registry import Deelnemer, register_resident_mail

from ..models import Bewonersvraag, Knelpunt
from ..queries.monitoring import report_kind, reports_of

SALT = "toegankelijkheid.bewonersvraag"
ASKED = "knelpunt_opgelost"
KINDS = {
    ASKED: (
        "Bewoner: is het opgelost",
        {
            "waarover": "wat deze bewoner meldde of volgde",
            "dag": "dag waarop het werk klaar was",
            "link": "pagina om te antwoorden",
        },
    ),
}
EXAMPLES = {
    "waarover": "melding 12: moeilijk voor rolstoel of rollator, Lindenstraat",
    "dag": "donderdag 23 juli 2026",
    "link": f"{settings.PORTAL_URL}/",
}


def register() -> None:
    """Make the mail known; called once, when the app is ready."""
    register_folder(Path(__file__).parent.parent / "mailteksten", KINDS, EXAMPLES)
    register_resident_mail(ASKED)


def ask_residents(knelpunt: Knelpunt, at: datetime) -> int:
    """Ask everybody who reported it and wants mail once per work that was done; how many are asked now.

    The mail is about no object, and the row of the question knows no address: who wants to be forgotten is found by
    the kind of mail.
    """
    kind, reports = report_kind(), reports_of([knelpunt.pk])
    if knelpunt.uitgevoerd_op is None or kind is None or kind.deelnemers is None or not reports:
        return 0
    people: dict[str, Deelnemer] = {}
    for person in kind.deelnemers(sorted(reports[knelpunt.pk])):
        if person.aan:
            people.setdefault(person.aan.lower(), person)
    day = knelpunt.uitgevoerd_op
    return sum(_ask(knelpunt, day, address, person, at) for address, person in sorted(people.items()))


def _ask(knelpunt: Knelpunt, day: date, address: str, person: Deelnemer, at: datetime) -> bool:
    digest = salted_hmac(SALT, f"{knelpunt.pk}:{day}:{address}", algorithm="sha256").hexdigest()
    question, new = Bewonersvraag.objects.get_or_create(
        sleutel=UUID(digest[:32]),
        defaults={
            "knelpunt": knelpunt,
            "taal": person.taal,
            "uitgevoerd_op": day,
            "gevraagd_op": at,
        },
    )
    if not new:
        return False
    contexts = {taal: _context(question, person, taal) for taal in {person.taal, "nl"}}
    made = berichten.enqueue(
        sleutel=f"knelpunt:opgelost:{question.sleutel.hex}",
        soort=ASKED,
        aan=person.aan,
        taal=person.taal,
        context=contexts[person.taal],
        context_nl=None if person.taal == "nl" else contexts["nl"],
        kopteksten=person.kopteksten,
    )
    return made is not None


def _context(question: Bewonersvraag, person: Deelnemer, taal: str) -> dict[str, str]:
    path = reverse("toegankelijkheid:solved", args=[link_token(question.sleutel, SALT)])
    with translation.override(taal):
        return {
            "waarover": person.waarover(),
            "dag": date_format(question.uitgevoerd_op, "l j F Y"),
            "link": settings.PORTAL_URL.rstrip("/") + path,
        }
