"""To who registered for a meeting: a place or a turn, what changed, and a reminder two days before."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kern.berichten import actions as berichten
from kern.prive import link_token

from ..models import Bijeenkomst, Inschrijving
from ..wanneer import people, when

REGISTRATION_SALT = "wijken.inschrijving"
INVITATION_SALT = "wijken.uitnodiging"
REMINDER = "bijeenkomst_herinnering"

_FACTS = {
    "titel": "titel van de bijeenkomst",
    "wanneer": "dag en uur",
    "waar": "plaats, of hoe je online meedoet",
    "aantal": "voor hoeveel personen",
    "team": "wie de bijeenkomst organiseert",
    "link": "pagina om alles te zien, te wijzigen of te annuleren",
    "annuleer_link": "pagina om met één klik te annuleren",
    "agenda_link": "bestand om in een agenda te zetten",
}
KINDS = {
    "inschrijving_bevestigd": ("Bijeenkomst: je bent ingeschreven", _FACTS),
    "inschrijving_wachtlijst": (
        "Bijeenkomst: je staat op de wachtlijst",
        {**_FACTS, "voor_jou": "hoeveel inschrijvingen er eerst aan de beurt zijn"},
    ),
    "inschrijving_plaats": ("Bijeenkomst: er is een plaats voor je", _FACTS),
    "inschrijving_geannuleerd": ("Bijeenkomst: je inschrijving is geannuleerd", _FACTS),
    "inschrijving_link": ("Bijeenkomst: nog eens de link van je inschrijving", _FACTS),
    "bijeenkomst_verplaatst": (
        "Bijeenkomst: ze is verplaatst",
        {**_FACTS, "was": "wanneer ze eerst was", "toelichting": "uitleg van wie organiseert"},
    ),
    "bijeenkomst_afgelast": ("Bijeenkomst: ze gaat niet door", {**_FACTS, "toelichting": "de reden"}),
    REMINDER: ("Bijeenkomst: herinnering twee dagen vooraf", {**_FACTS, "hint": "hoe je de plaats vindt"}),
}
EXAMPLES = {
    "titel": "Wijkvergadering over het park",
    "wanneer": "donderdag 17 september 2026 van 19.30 tot 21.30 uur",
    "waar": "Buurthuis De Voorbeeldzaal, Lindenstraat 1",
    "aantal": "2 personen",
    "team": "Wijkmanagement Voorbeeld",
    "voor_jou": "3",
    "was": "dinsdag 15 september 2026 van 19.30 tot 21.30 uur",
    "toelichting": "De zaal is die avond niet vrij.",
    "hint": "De ingang is aan de kant van het park.",
    **dict.fromkeys(("link", "annuleer_link", "agenda_link"), f"{settings.PORTAL_URL}/agenda/"),
}


def registered(row: Inschrijving) -> None:
    """The registration arrived: with a place, or with a turn on the waiting list."""
    if row.is_bevestigd:
        _send(row, "inschrijving_bevestigd", "bevestigd")
    else:
        before = Inschrijving.objects.waiting().filter(bijeenkomst=row.bijeenkomst_id, pk__lt=row.pk).count()
        _send(row, "inschrijving_wachtlijst", "wachtlijst", voor_jou=str(before))


def promoted(row: Inschrijving) -> None:
    """Somebody on the waiting list got a place."""
    _send(row, "inschrijving_plaats", "plaats")


def cancelled(row: Inschrijving) -> None:
    """They come not after all."""
    _send(row, "inschrijving_geannuleerd", "geannuleerd")


def link_again(row: Inschrijving, at: datetime) -> None:
    """Where to find the registration that they made before; once an hour at most."""
    _send(row, "inschrijving_link", f"link:{at:%Y%m%d%H}")


def meeting_moved(meeting: Bijeenkomst, row: Inschrijving, was: datetime) -> None:
    """Another moment or place; once for each change."""
    row.bijeenkomst = meeting
    before = "" if was == meeting.begin else was
    _send(
        row, "bijeenkomst_verplaatst", f"verplaatst:{meeting.volgnummer}", was=before, toelichting=meeting.toelichting
    )


def meeting_called_off(meeting: Bijeenkomst, row: Inschrijving) -> None:
    """It will not be held."""
    row.bijeenkomst = meeting
    _send(row, "bijeenkomst_afgelast", "afgelast", toelichting=meeting.toelichting)


def reminder(row: Inschrijving) -> None:
    """Two days before; once for each moment that it was planned on."""
    begin = timezone.localtime(row.bijeenkomst.begin)
    _send(row, REMINDER, f"herinnering:{begin:%Y%m%dT%H%M}", hint=row.bijeenkomst.hint)


def preview_of(
    meeting: Bijeenkomst, soort: str, *, toelichting: str, was: datetime | None = None
) -> berichten.Voorbeeld:
    """How the mail about a change would read for somebody with a place, in Dutch; nothing is sent."""
    row = Inschrijving(bijeenkomst=meeting, aantal=1, status="bevestigd")
    return berichten.preview(soort, _context(row, "nl", was=was or "", toelichting=toelichting))


def token_of(row: Inschrijving) -> str:
    """The signed key of a registration, as it stands in the address of its page."""
    return link_token(row.sleutel, REGISTRATION_SALT)


def invitation_path(meeting: Bijeenkomst) -> str:
    """The address of the page of a meeting that is not for everybody."""
    return reverse("wijken:invitation", args=[link_token(meeting.sleutel, INVITATION_SALT)])


def _send(row: Inschrijving, soort: str, occasion: str, **extra: str | datetime) -> None:
    if not row.email:
        return
    berichten.enqueue(
        sleutel=f"inschrijving:{row.pk}:{occasion}",
        soort=soort,
        aan=row.email,
        taal=row.taal,
        context=_context(row, row.taal, **extra),
        context_nl=None if row.taal == "nl" else _context(row, "nl", **extra),
        over=row,
    )


def _context(row: Inschrijving, taal: str, **extra: str | datetime) -> dict[str, str]:
    meeting, token = row.bijeenkomst, token_of(row)
    length = meeting.einde - meeting.begin
    with translation.override(taal):
        told = {name: value if isinstance(value, str) else when(value, value + length) for name, value in extra.items()}
        return {
            "titel": meeting.titel,
            "wanneer": when(meeting.begin, meeting.einde),
            "waar": _where(meeting, row),
            "aantal": people(row.aantal),
            "team": meeting.team.naam,
            "link": _absolute("wijken:registration", token),
            "annuleer_link": _absolute("wijken:registration_cancel", token),
            "agenda_link": _absolute("wijken:registration_ics", token),
            **told,
        }


def _where(meeting: Bijeenkomst, row: Inschrijving) -> str:
    parts = [meeting.waar] if meeting.waar else []
    if meeting.is_online:
        online = _("online, via %(link)s") % {"link": meeting.online_link} if meeting.online_link else _("online")
        parts.append(online if row.is_bevestigd else _("online"))
    return f" {_('of')} ".join(parts) or "–"


def _absolute(name: str, *args: object) -> str:
    return settings.PORTAL_URL.rstrip("/") + reverse(name, args=args)
