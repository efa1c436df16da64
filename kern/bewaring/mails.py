"""The mail to administrators that something will go."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from kern.berichten import actions as berichten
from kern.berichten.registry import MailSoort, Tekst, register
from kern.gebruikers.models import Gebruiker, Rol
from kern.termijnen import local_date

from .rules import NOTICE_DAYS

SOORT = "bewaring_aankondiging"

register(
    MailSoort(
        SOORT,
        "Beheerder: gegevens die binnenkort weggaan",
        {
            "naam": "naam van de beheerder",
            "aantal": "hoeveel er nieuw op de lijst staan",
            "dag": "vanaf welke dag ze weggaan",
            "link": "adres van de lijst",
        },
        {
            "nl": Tekst(
                "Vanaf {dag} gaan gegevens weg ({aantal})",
                "Dag {naam}\n\nVolgens de bewaarregels staan er {aantal} zaken nieuw op de lijst. Vanaf {dag} worden "
                "ze anoniem gemaakt of verwijderd.\n\nMoet er iets langer blijven? Houd het in, met een reden.\n\n"
                "Bekijk de lijst\n{link}",
            )
        },
    )
)


def announced(count: int, at: datetime) -> None:
    """Tell every administrator once a day what was put on the list."""
    today = local_date(at)
    day = date_format(today + timedelta(days=NOTICE_DAYS), "l j F")
    link = settings.PORTAL_URL.rstrip("/") + reverse("admin:bewaring_aankondiging_changelist")
    for who in Gebruiker.objects.filter(is_active=True, groups__name=Rol.BEHEERDER).distinct():
        berichten.enqueue(
            sleutel=f"bewaring:{today:%Y%m%d}:{who.pk}",
            soort=SOORT,
            aan=who.email,
            context={"naam": who.naam, "aantal": str(count), "dag": day, "link": link},
        )
