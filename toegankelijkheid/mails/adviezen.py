"""About a recommendation: to the service or partner it is for, and to who wrote it when it is answered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from kern.berichten import actions as berichten
from kern.berichten.registry import register_folder
from kern.prive import link_token
from kern.termijnen import local_date
from wijken.queries import leaders_of, members_of

from ..models import Dienstadvies

SALT = "toegankelijkheid.dienstadvies"
TO_SERVICE, TO_PARTNER, AGAIN = "dienstadvies_dienst", "dienstadvies_partner", "dienstadvies_herinnering"
WITHDRAWN, ANSWERED = "dienstadvies_ingetrokken", "dienstadvies_antwoord"
_TITLE = {"titel": "titel van de aanbeveling", "aan": "dienst of partner"}
_ASK = _TITLE | {"tegen": "dag waarop het antwoord gevraagd wordt", "link": "pagina om te antwoorden"}
_ANSWER = _TITLE | {"antwoord": "wat er geantwoord werd", "link": "pagina van de aanbeveling"}
KINDS = {
    TO_SERVICE: ("Collega: aanbeveling aan je dienst", _ASK),
    TO_PARTNER: ("Partner: aanbeveling over toegankelijkheid", _ASK),
    AGAIN: ("Partner: herinnering aan een aanbeveling", _ASK),
    WITHDRAWN: ("Partner: aanbeveling ingetrokken", _TITLE),
    ANSWERED: (
        "Collega: antwoord op een aanbeveling",
        _TITLE | {"antwoord": "wat er geantwoord werd", "link": "pagina"},
    ),
}
EXAMPLES = {
    "titel": "Boordstenen in Menos",
    "aan": "Wegen en groen",
    "tegen": "donderdag 23 juli 2026",
    "antwoord": "overgenomen",
    "link": f"{settings.PORTAL_URL}/",
}


def register() -> None:
    """Make the mails known; called once, when the app is ready."""
    register_folder(Path(__file__).parent.parent / "mailteksten", KINDS, EXAMPLES)


def sent(advies: Dienstadvies) -> None:
    """Mail whom it is for: the leaders of a service (or all of it without one), or the desk of a partner."""
    if advies.partner:
        _to_partner(advies, TO_PARTNER, f"dienstadvies:{advies.pk}:verzonden")
        return
    day = advies.verzonden_op or local_date(advies.gemaakt_op)
    team = advies.team_id or 0
    people = leaders_of({team}, day).get(team) or members_of({team}, day).get(team) or []
    for person in people:
        berichten.enqueue(
            sleutel=f"dienstadvies:{advies.pk}:verzonden:{person.pk}",
            soort=TO_SERVICE,
            aan=person.email,
            context=_context(advies, TO_SERVICE, advies.get_absolute_url(), "nl"),
            over=advies,
        )


def remind(advies: Dienstadvies, werkdagen: int) -> bool:
    """Mail the partner once more, once for each step of each term; whether it is new."""
    return _to_partner(advies, AGAIN, f"dienstadvies:{advies.pk}:{advies.antwoord_tegen}:{werkdagen}")


def withdrawn(advies: Dienstadvies) -> None:
    """Tell a partner that nothing is asked any more; a service sees it in its list."""
    if advies.partner:
        _to_partner(advies, WITHDRAWN, f"dienstadvies:{advies.pk}:ingetrokken")


def answered(advies: Dienstadvies) -> None:
    """Tell who wrote it, unless that person gave the answer."""
    writer = advies.opgesteld_door
    if writer is None or not writer.is_active or writer.pk == advies.beantwoord_door_id:
        return
    berichten.enqueue(
        sleutel=f"dienstadvies:{advies.pk}:antwoord",
        soort=ANSWERED,
        aan=writer.email,
        context=_context(advies, ANSWERED, advies.get_absolute_url(), "nl"),
        over=advies,
    )


def partner_path(advies: Dienstadvies) -> str:
    """The page of the partner's signed link."""
    return reverse("toegankelijkheid:advice_partner", args=[link_token(advies.sleutel, SALT)])


def _to_partner(advies: Dienstadvies, soort: str, sleutel: str) -> bool:
    partner = advies.partner
    if partner is None or not partner.email:
        return False
    path = partner_path(advies)
    made = berichten.enqueue(
        sleutel=sleutel,
        soort=soort,
        aan=partner.email,
        taal=partner.taal,
        context=_context(advies, soort, path, partner.taal),
        context_nl=None if partner.taal == "nl" else _context(advies, soort, path, "nl"),
        over=advies,
    )
    return made is not None


def _context(advies: Dienstadvies, soort: str, path: str, taal: str) -> dict[str, str]:
    with translation.override(taal):
        known = {
            "titel": advies.titel,
            "aan": str(advies.aan),
            "tegen": _day(advies.antwoord_tegen),
            "antwoord": str(advies.get_antwoord_display()),
            "link": settings.PORTAL_URL.rstrip("/") + path,
        }
    return {name: known[name] for name in KINDS[soort][1]}


def _day(day: date | None) -> str:
    return date_format(day, "l j F Y") if day else ""
