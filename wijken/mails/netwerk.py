"""To partners about what they report and what they took upon them, and to colleagues about their answers."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from kern.berichten import actions as berichten
from kern.gebruikers.models import Gebruiker
from kern.prive import link_token
from kern.termijnen import local_date

from ..models import Afspraak, Halfjaarverslag
from ..queries import wijkmanagers_of

REPORT_SALT = "wijken.halfjaarverslag"
TASK_SALT = "wijken.afspraak"
REPORT = {
    "partner": "naam van de partner",
    "waarover": "titel van de overeenkomst",
    "van": "begin van het half jaar",
    "tot": "einde van het half jaar",
    "tegen": "dag waarop we het verslag verwachten",
    "link": "de pagina van het verslag",
}
TASK = {
    "partner": "naam van de partner",
    "wat": "wat er afgesproken is",
    "wijk": "naam van de wijk",
    "waar": "waar het afgesproken is",
    "tegen": "de afgesproken dag",
    "link": "de pagina om te antwoorden",
}
KINDS = {
    "partner_verslag": ("Partner: vraag naar het halfjaarverslag", REPORT),
    "partner_verslag_herinnering": ("Partner: herinnering aan het halfjaarverslag", REPORT),
    "partner_verslag_terug": ("Partner: vraag bij het halfjaarverslag", {**REPORT, "vraag": "wat er nog ontbreekt"}),
    "partner_afspraak": ("Partner: zachte herinnering aan een afspraak", TASK),
    "staf_verslag": (
        "Collega: een halfjaarverslag kwam binnen",
        {"naam": "naam van de collega", **REPORT},
    ),
    "staf_afspraak": (
        "Collega: een partner antwoordde over een afspraak",
        {"naam": "naam van de collega", **TASK, "antwoord": "wat de partner zei", "woorden": "woorden van de partner"},
    ),
}
EXAMPLES = {
    "partner": "Voorbeeldpartner",
    "waarover": "Buurtwerk in drie wijken",
    "van": "1 januari",
    "tot": "30 juni",
    "tegen": "vrijdag 31 juli",
    "link": f"{settings.PORTAL_URL}/",
    "vraag": "Hoeveel mensen namen deel?",
    "wat": "De sleutel van de zaal bezorgen",
    "wijk": "Voorbeeldwijk",
    "waar": "wijkteam",
    "naam": "An Voorbeeld",
    "antwoord": "gedaan",
    "woorden": "De sleutel ligt klaar.",
}


def report_link(verslag: Halfjaarverslag) -> str:
    """The address of the partner's page for this report."""
    return _absolute("wijken:partner_report", link_token(verslag.sleutel, REPORT_SALT))


def task_link(afspraak: Afspraak) -> str:
    """The address of the partner's page for this task."""
    return _absolute("wijken:partner_task", link_token(afspraak.sleutel, TASK_SALT))


def report_asked(verslag: Halfjaarverslag) -> None:
    """The half year is over: the link to the report."""
    _report(verslag, "partner_verslag", "gevraagd")


def report_reminder(verslag: Halfjaarverslag, today: date) -> None:
    """The day comes near, is today or is over; each time once for each day that the report is due."""
    occasion = f"herinnering-{verslag.uiterlijk:%Y%m%d}-{verslag.herinneringen}"
    _report(verslag, "partner_verslag_herinnering", occasion)


def report_sent_back(verslag: Halfjaarverslag, at: datetime) -> None:
    """The city asks for more."""
    _report(verslag, "partner_verslag_terug", f"terug-{at:%Y%m%d%H%M%S}", vraag=verslag.vraag)


def report_came_in(verslag: Halfjaarverslag, at: datetime) -> None:
    """To who follows the agreement: the report is in."""
    row = verslag.overeenkomst
    for person in _followers(verslag, local_date(at)):
        berichten.enqueue(
            sleutel=f"verslag:{verslag.pk}:in-{at:%Y%m%d%H%M%S}:{person.pk}",
            soort="staf_verslag",
            aan=person.email,
            taal="nl",
            context={
                **_report_facts(verslag, "nl"),
                "naam": person.naam,
                "link": settings.PORTAL_URL.rstrip("/") + row.get_absolute_url(),
            },
            over=row,
        )


def task_reminder(afspraak: Afspraak, today: date) -> None:
    """Before the day and after it, in words that ask and do not order."""
    partner = afspraak.partner
    if partner is None or not afspraak.email:
        return
    berichten.enqueue(
        sleutel=f"afspraak:{afspraak.pk}:{afspraak.uiterlijk:%Y%m%d}:{afspraak.herinneringen}",
        soort="partner_afspraak",
        aan=afspraak.email,
        taal=partner.taal,
        context=_task_facts(afspraak, partner.taal),
        context_nl=None if partner.taal == "nl" else _task_facts(afspraak, "nl"),
        over=afspraak,
    )


def task_answered(afspraak: Afspraak, antwoord: str, woorden: str, at: datetime) -> None:
    """To who made the task: what the partner said."""
    person = afspraak.gemaakt_door
    if person is None or not person.is_active:
        return
    berichten.enqueue(
        sleutel=f"afspraak:{afspraak.pk}:antwoord-{afspraak.versie}",
        soort="staf_afspraak",
        aan=person.email,
        taal="nl",
        context={
            **_task_facts(afspraak, "nl"),
            "naam": person.naam,
            "antwoord": antwoord,
            "woorden": woorden or "–",
            "link": settings.PORTAL_URL.rstrip("/") + afspraak.get_absolute_url(),
        },
        over=afspraak,
    )


def _report(verslag: Halfjaarverslag, soort: str, occasion: str, **extra: str) -> None:
    row = verslag.overeenkomst
    person = row.persoon if row.persoon and row.persoon.is_actief and row.persoon.email else None
    address, taal = (person.email if person else row.partner.email), row.partner.taal
    if not address:
        return
    berichten.enqueue(
        sleutel=f"verslag:{verslag.pk}:{occasion}",
        soort=soort,
        aan=address,
        taal=taal,
        context={**_report_facts(verslag, taal), **extra},
        context_nl=None if taal == "nl" else {**_report_facts(verslag, "nl"), **extra},
        over=row,
    )


def _followers(verslag: Halfjaarverslag, on: date) -> list[Gebruiker]:
    row = verslag.overeenkomst
    if row.verantwoordelijke and row.verantwoordelijke.is_active:
        return [row.verantwoordelijke]
    found = wijkmanagers_of(list(row.wijken.values_list("pk", flat=True)), on)
    return list({person.pk: person for people in found.values() for person in people}.values())


def _report_facts(verslag: Halfjaarverslag, taal: str) -> dict[str, str]:
    row = verslag.overeenkomst
    return {
        "partner": row.partner.naam,
        "waarover": row.titel,
        "van": _day(verslag.van, taal, "j F Y"),
        "tot": _day(verslag.tot, taal, "j F Y"),
        "tegen": _day(verslag.uiterlijk, taal),
        "link": report_link(verslag),
    }


def _task_facts(afspraak: Afspraak, taal: str) -> dict[str, str]:
    return {
        "partner": str(afspraak.partner or ""),
        "wat": afspraak.wat,
        "wijk": afspraak.wijk.naam,
        "waar": afspraak.waar,
        "tegen": _day(afspraak.uiterlijk, taal),
        "link": task_link(afspraak),
    }


def _day(day: date, taal: str, form: str = "l j F Y") -> str:
    with translation.override(taal):
        return date_format(day, form)


def _absolute(name: str, token: str) -> str:
    return settings.PORTAL_URL.rstrip("/") + reverse(name, args=[token])
