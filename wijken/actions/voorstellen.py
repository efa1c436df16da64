"""Every write on proposals for actions and on what others think of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kern import historiek
from kern.gebruikers.models import Gebruiker
from kern.termijnen import Calendar, add_working_days

from .. import mails
from ..models import Actievoorstel, Advies, Behoefte, Beleidsdomein, Doelstelling, Partner, Team, Wijk
from ..rules import ADVICE_REMINDERS
from ..states.draad import VOORSTEL_STEPS, Voorstelstatus
from .afloop import tell_outcome
from .draad import tie
from .versie import StapKanNiet, locked, set_goals, step


@transaction.atomic
def make_proposal(
    *,
    wijk: Wijk,
    behoeften: Iterable[Behoefte] = (),
    domeinen: Iterable[Beleidsdomein] = (),
    doelstellingen: Iterable[Doelstelling] = (),
    door: Gebruiker,
    at: datetime,
    **fields: Any,
) -> Actievoorstel:
    """Draft a proposal, tied to the needs that it answers."""
    row = Actievoorstel.objects.create(wijk=wijk, gemaakt_op=at, gemaakt_door=door, **fields)
    set_goals(row, domeinen, doelstellingen)
    tie_needs(voorstel=row, behoeften=behoeften, door=door, at=at)
    return row


@transaction.atomic
def tie_needs(*, voorstel: Actievoorstel, behoeften: Iterable[Behoefte], door: Gebruiker, at: datetime) -> int:
    """Say which needs the proposal answers as well; how many are new."""
    return tie(van=behoeften, naar=voorstel, at=at, door=door)


@transaction.atomic
def edit_proposal(
    *,
    voorstel: Actievoorstel,
    versie: int,
    domeinen: Iterable[Beleidsdomein] = (),
    doelstellingen: Iterable[Doelstelling] = (),
    **fields: Any,
) -> Actievoorstel:
    """Change a draft. Raises Gewijzigd, and StapKanNiet when others are looking at it already."""
    row = locked(Actievoorstel, voorstel.pk, versie)
    if not row.is_concept:
        raise StapKanNiet("dit voorstel is geen concept meer: haal het eerst terug uit het overleg")
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    set_goals(row, domeinen, doelstellingen)
    return row


@transaction.atomic
def consult(
    *,
    voorstel: Actievoorstel,
    partners: Iterable[Partner],
    teams: Iterable[Team],
    tegen: date,
    at: datetime,
    versie: int | None = None,
) -> Actievoorstel:
    """Ask partners by mail and services in the portal what they think; in consultation already: ask these as well.

    Who was asked before is not asked again. Raises Gewijzigd, StapKanNiet, and ValueError when nobody is asked.
    """
    row = locked(Actievoorstel, voorstel.pk, versie)
    if row.status != Voorstelstatus.OVERLEG:
        step(row, Voorstelstatus.OVERLEG, VOORSTEL_STEPS)
    asked: list[dict[str, Any]] = [{"partner": one} for one in partners]
    asked += [{"team": one} for one in teams]
    if not asked and not row.adviezen.exists():
        raise ValueError("kies minstens één partner of dienst")
    row.advies_tegen = tegen
    row.save()
    for who in asked:
        Advies.objects.get_or_create(voorstel=row, **who)
    for advies in row.adviezen.filter(is_gevraagd=False).select_related("partner", "team", "voorstel__wijk"):
        advies.is_gevraagd, advies.gevraagd_op, advies.uiterlijk = True, at, tegen
        advies.save()
        mails.advice_asked(advies)
    return row


@transaction.atomic
def take_back_proposal(*, voorstel: Actievoorstel, reden: str, versie: int) -> Actievoorstel:
    """Back to a draft to rework it: what was said stays, and everybody is asked again when it goes out again.

    Raises Gewijzigd, StapKanNiet, and ValueError without a reason.
    """
    if not reden.strip():
        raise ValueError("zeg waarom je het terughaalt")
    row = locked(Actievoorstel, voorstel.pk, versie)
    step(row, Voorstelstatus.CONCEPT, VOORSTEL_STEPS)
    row.advies_tegen = None
    with historiek.reason(reden):
        row.save()
        row.adviezen.update(is_gevraagd=False, herinneringen=0)
    return row


@transaction.atomic
def give_advice(
    *, advies: Advies, standpunt: str, tekst: str, naam: str, at: datetime, door: Gebruiker | None = None
) -> Advies:
    """A partner or a service says what it thinks; again before the decision: the last word counts, late ones too.

    Raises StapKanNiet when the proposal is not talked about any more.
    """
    voorstel = Actievoorstel.objects.select_for_update().get(pk=advies.voorstel_id)
    row = Advies.objects.select_for_update().get(pk=advies.pk)
    if not voorstel.in_overleg or not row.is_gevraagd:
        raise StapKanNiet("over dit voorstel wordt niet meer overlegd")
    row.standpunt, row.tekst, row.naam = standpunt, tekst.strip(), naam.strip()
    row.gegeven_op, row.gegeven_door = at, door
    row.save()
    return row


@transaction.atomic
def remind_adviser(*, advies: Advies, today: date, calendar: Calendar) -> bool:
    """Mail the partner the last reminder that is due for its day, once; whether there was one."""
    row = Advies.objects.select_for_update(of=("self",)).select_related("partner", "voorstel__wijk").get(pk=advies.pk)
    if row.partner is None or row.uiterlijk is None or not Advies.objects.waiting().filter(pk=row.pk).exists():
        return False
    due = sum(add_working_days(row.uiterlijk, days, calendar) <= today for days in ADVICE_REMINDERS)
    if due <= row.herinneringen:
        return False
    row.herinneringen = due
    row.save(update_fields=["herinneringen"])
    mails.advice_reminder(row, today)
    return True


@transaction.atomic
def decide(
    *,
    voorstel: Actievoorstel,
    status: str,
    reden: str,
    door: Gebruiker,
    at: datetime,
    versie: int,
    beslist_in: str = "",
    uitkomst: str = "",
) -> Actievoorstel:
    """Decide, with why; the partners who were asked hear it. A refusal that ends the thread is told to everybody.

    Raises Gewijzigd, StapKanNiet, and ValueError without a reason, or without words for residents at a refusal.
    """
    if not reden.strip():
        raise ValueError("zeg waarom zo beslist is")
    if status == Voorstelstatus.AFGEWEZEN and not uitkomst.strip():
        raise ValueError("schrijf wat bewoners ervan horen")
    row = locked(Actievoorstel, voorstel.pk, versie)
    step(row, status, VOORSTEL_STEPS)
    row.reden, row.uitkomst, row.beslist_in = reden.strip(), uitkomst.strip(), beslist_in.strip()
    row.beslist_op, row.beslist_door = at, door
    with historiek.reason(f"{row.get_status_display().capitalize()}: {row.reden}"):
        row.save()
    for advies in row.adviezen.filter(is_gevraagd=True, partner__isnull=False).select_related("partner"):
        mails.decided(row, advies)
    if row.status == Voorstelstatus.AFGEWEZEN:
        tell_outcome(row)
    return row
