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

from ..models import Behoefte, Beleidsdomein, Doelstelling, Wijk
from ..queries import moved
from ..rules import PROPOSE_AGAIN_DAYS
from ..states.draad import BEHOEFTE_STEPS, Behoeftestatus, allowed
from .afloop import tell_outcome
from .draad import tie
from .versie import set_goals

WAS_FIRST = "iemand anders was je voor: kijk na wat er nu staat"


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
def make_need(
    *,
    wijk: Wijk,
    titel: str,
    toelichting: str,
    door: Gebruiker,
    at: datetime,
    herkomst: str = Behoefte.Herkomst.TEAM,
    bronnen: Iterable[Model] = (),
    plaats: Punt | None = None,
    domeinen: Iterable[Beleidsdomein] = (),
    doelstellingen: Iterable[Doelstelling] = (),
) -> Behoefte:
    """Somebody of the team drafts a need by hand, with what it comes from."""
    row = Behoefte.objects.create(
        wijk=wijk,
        titel=titel,
        toelichting=toelichting,
        herkomst=herkomst,
        plaats=plaats,
        gemaakt_op=at,
        gemaakt_door=door,
    )
    set_goals(row, domeinen, doelstellingen)
    tie(van=bronnen, naar=row, at=at, door=door)
    return row


@transaction.atomic
def add_sources(*, behoefte: Behoefte, bronnen: Iterable[Model], door: Gebruiker, at: datetime) -> int:
    """Say what the need comes from as well; how many are new. Raises BehoefteGewijzigd for one that was rejected."""
    row = Behoefte.objects.select_for_update().get(pk=behoefte.pk)
    if row.status == Behoeftestatus.VERWORPEN:
        raise BehoefteGewijzigd("deze behoefte is verworpen")
    return tie(van=bronnen, naar=row, at=at, door=door)


@transaction.atomic
def edit_need(*, behoefte: Behoefte, titel: str, toelichting: str, versie: int) -> Behoefte:
    """Change the words of a draft. Raises BehoefteGewijzigd."""
    row = _draft(behoefte, versie)
    row.titel, row.toelichting = titel, toelichting
    row.save()
    return row


@transaction.atomic
def confirm_need(
    *, behoefte: Behoefte, door: Gebruiker, at: datetime, versie: int, reden: str = "", uitkomst: str = ""
) -> Behoefte:
    """The wijkmanager says that the wijk needs this; residents hear when something comes of it.

    Raises BehoefteGewijzigd.
    """
    return _decide(_draft(behoefte, versie), Behoefte.Status.BEVESTIGD, reden, door=door, at=at)


@transaction.atomic
def reject_need(
    *, behoefte: Behoefte, reden: str, door: Gebruiker, at: datetime, versie: int, uitkomst: str = ""
) -> Behoefte:
    """The wijkmanager says that this is no need, or none any more, and why.

    Words for residents (`uitkomst`) are mailed to everybody of whose word nothing goes on any more; without them nobody
    hears of it, because nobody knew.

    Raises BehoefteGewijzigd, and ValueError without a reason.
    """
    if not reden.strip():
        raise ValueError("verwerpen vraagt een reden")
    row = _locked(behoefte, versie)
    if not allowed(BEHOEFTE_STEPS, row.status, Behoeftestatus.VERWORPEN):
        raise BehoefteGewijzigd(WAS_FIRST)
    row.uitkomst = uitkomst.strip()
    _decide(row, Behoefte.Status.VERWORPEN, reden, door=door, at=at)
    if row.uitkomst:
        tell_outcome(row)
    return row


def _decide(row: Behoefte, status: str, reden: str, *, door: Gebruiker, at: datetime) -> Behoefte:
    row.status, row.reden = status, reden
    row.besloten_op, row.besloten_door = at, door
    with historiek.reason(f"{row.get_status_display().capitalize()}{': ' if reden else ''}{reden}"):
        row.save()
    return row


def _draft(behoefte: Behoefte, versie: int) -> Behoefte:
    """The draft, locked, as it was on screen; with its next version."""
    row = _locked(behoefte, versie)
    if not row.is_concept:
        raise BehoefteGewijzigd(WAS_FIRST)
    return row


def _locked(behoefte: Behoefte, versie: int) -> Behoefte:
    row = Behoefte.objects.select_for_update().get(pk=behoefte.pk)
    if row.versie != versie:
        raise BehoefteGewijzigd(WAS_FIRST)
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
