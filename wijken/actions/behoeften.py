"""Every write on what a wijk needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model

from kern import historiek
from kern.gebruikers.models import Gebruiker
from kern.geo import Punt
from kern.geo.fields import within

from ..models import Behoefte, Wijk
from ..queries import moved
from ..rules import PROPOSE_AGAIN_DAYS
from .draad import tie


class BehoefteGewijzigd(ValueError):
    """Somebody else changed or decided on the need since the page was opened."""


@transaction.atomic
def propose_need(
    *,
    wijk: Wijk,
    kenmerk: str,
    plaats: Punt,
    metres: float,
    titel: str,
    toelichting: str,
    bronnen: Iterable[Model],
    at: datetime,
) -> tuple[Behoefte | None, bool]:
    """Draft a need of a place from what keeps coming back there; the draft, and whether it is a new one.

    One draft for one `kenmerk` and place: while it waits, what comes in is tied to it. A need that somebody decided on
    is not proposed again for twelve months, and then the answer is None.
    """
    known = within(Behoefte.objects.select_for_update().filter(kenmerk=kenmerk), plaats, metres)
    found = list(known)
    draft = next((row for row in found if row.is_concept), None)
    since = at - timedelta(days=PROPOSE_AGAIN_DAYS)
    if draft is None and any(row.besloten_op and row.besloten_op > since for row in found):
        return None, False
    if new := draft is None:
        draft = Behoefte.objects.create(
            wijk=wijk,
            titel=titel,
            toelichting=toelichting,
            herkomst=Behoefte.Herkomst.MELDINGEN,
            kenmerk=kenmerk,
            plaats=plaats,
            gemaakt_op=at,
        )
    tie(van=bronnen, naar=draft, at=at)
    return draft, new


@transaction.atomic
def edit_need(*, behoefte: Behoefte, titel: str, toelichting: str, versie: int) -> Behoefte:
    """Change the words of a draft. Raises BehoefteGewijzigd."""
    row = _draft(behoefte, versie)
    row.titel, row.toelichting = titel, toelichting
    row.save()
    return row


@transaction.atomic
def confirm_need(*, behoefte: Behoefte, door: Gebruiker, at: datetime, versie: int, reden: str = "") -> Behoefte:
    """The wijkmanager says that the wijk needs this. Raises BehoefteGewijzigd."""
    return _decide(_draft(behoefte, versie), Behoefte.Status.BEVESTIGD, reden, door=door, at=at)


@transaction.atomic
def reject_need(*, behoefte: Behoefte, reden: str, door: Gebruiker, at: datetime, versie: int) -> Behoefte:
    """The wijkmanager says that this is no need, and why. Raises BehoefteGewijzigd, and ValueError without a reason."""
    if not reden.strip():
        raise ValueError("verwerpen vraagt een reden")
    return _decide(_draft(behoefte, versie), Behoefte.Status.VERWORPEN, reden, door=door, at=at)


def _decide(row: Behoefte, status: str, reden: str, *, door: Gebruiker, at: datetime) -> Behoefte:
    row.status, row.reden = status, reden
    row.besloten_op, row.besloten_door = at, door
    with historiek.reason(f"{row.get_status_display().capitalize()}{': ' if reden else ''}{reden}"):
        row.save()
    return row


def _draft(behoefte: Behoefte, versie: int) -> Behoefte:
    """The draft, locked, as it was on screen; with its next version."""
    row = Behoefte.objects.select_for_update().get(pk=behoefte.pk)
    if row.versie != versie or not row.is_concept:
        raise BehoefteGewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.versie += 1
    return row


@transaction.atomic
def reassign_needs() -> int:
    """Give each draft with a place the wijk it now lies in; outside every wijk it stays as it is. How many moved."""
    count = 0
    with historiek.reason("Nieuwe omtrekken van de wijken"):
        for wijk, needs in moved(Behoefte.objects.filter(status=Behoefte.Status.CONCEPT)).items():
            if wijk is not None:
                count += Behoefte.objects.filter(pk__in=needs).update(wijk=wijk)
    return count
