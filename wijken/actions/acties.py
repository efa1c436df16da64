"""Every write on actions, their milestones, partners and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kern import historiek
from kern.gebruikers.models import Gebruiker

from ..models import (
    Actie,
    Actiepartner,
    Actievoorstel,
    Beleidsdomein,
    Besluit,
    Bewijs,
    Doelstelling,
    Mijlpaal,
    Partner,
    Wijk,
)
from ..states.draad import ACTIE_STEPS, MIJLPAAL_STEPS, Actiestatus, Mijlpaalstatus
from .afloop import tell_outcome
from .draad import tie
from .versie import StapKanNiet, locked, set_goals, step


@transaction.atomic
def make_action(
    *,
    wijk: Wijk,
    ook_in: Iterable[Wijk] = (),
    voorstel: Actievoorstel | None = None,
    besluit: Besluit | None = None,
    domeinen: Iterable[Beleidsdomein] = (),
    doelstellingen: Iterable[Doelstelling] = (),
    door: Gebruiker,
    at: datetime,
    **fields: Any,
) -> Actie:
    """Make an action, tied to the proposal or the decision of a meeting that it carries out.

    The partners that advised on a proposal are not its partners yet.

    Raises StapKanNiet for a proposal that was not accepted.
    """
    if voorstel is not None:
        voorstel = Actievoorstel.objects.select_for_update().get(pk=voorstel.pk)
        if not voorstel.is_aanvaard:
            raise StapKanNiet("een actie komt van een voorstel dat aanvaard is")
    row = Actie.objects.create(wijk=wijk, gemaakt_op=at, gemaakt_door=door, **fields)
    row.ook_in.set(other for other in ook_in if other != wijk)
    set_goals(row, domeinen, doelstellingen)
    if sources := [source for source in (voorstel, besluit) if source is not None]:
        tie(van=sources, naar=row, at=at, door=door)
    return row


@transaction.atomic
def edit_action(
    *,
    actie: Actie,
    ook_in: Iterable[Wijk],
    versie: int,
    domeinen: Iterable[Beleidsdomein] = (),
    doelstellingen: Iterable[Doelstelling] = (),
    **fields: Any,
) -> Actie:
    """Change an action that goes on. Raises Gewijzigd, StapKanNiet when it ended."""
    row = _going(actie, versie)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    row.ook_in.set(other for other in ook_in if other != row.wijk)
    set_goals(row, domeinen, doelstellingen)
    return row


@transaction.atomic
def start_action(*, actie: Actie, versie: int) -> Actie:
    """It begins. Raises Gewijzigd, StapKanNiet."""
    row = locked(Actie, actie.pk, versie)
    step(row, Actiestatus.GAAND, ACTIE_STEPS)
    row.save()
    return row


@transaction.atomic
def end_action(*, actie: Actie, status: str, uitkomst: str, door: Gebruiker, at: datetime, versie: int) -> Actie:
    """Finish or stop it; everybody of whose word nothing goes on any more hears once what came of it.

    Raises Gewijzigd, StapKanNiet (also for a milestone that still has to be reached), and ValueError without words.
    """
    if not uitkomst.strip():
        raise ValueError("schrijf wat ervan kwam")
    row = locked(Actie, actie.pk, versie)
    step(row, status, ACTIE_STEPS)
    if status == Actiestatus.AFGEROND and row.mijlpalen.filter(status=Mijlpaalstatus.OPEN).exists():
        raise StapKanNiet("er zijn nog mijlpalen te halen: vink ze af of laat ze vervallen")
    row.uitkomst, row.beeindigd_op, row.beeindigd_door = uitkomst.strip(), at, door
    with historiek.reason(f"{row.get_status_display().capitalize()}: {row.uitkomst}"):
        row.save()
    tell_outcome(row)
    return row


@transaction.atomic
def add_milestone(*, actie: Actie, titel: str, uiterlijk: date) -> Mijlpaal:
    """One more point to reach. Raises StapKanNiet when the action ended."""
    return Mijlpaal.objects.create(actie=_going(actie), titel=titel, uiterlijk=uiterlijk)


@transaction.atomic
def edit_milestone(*, mijlpaal: Mijlpaal, titel: str, uiterlijk: date) -> Mijlpaal:
    """Change what is to be reached, or when. Raises StapKanNiet when it was reached, or the action ended."""
    row = _point(mijlpaal)
    if not row.is_open:
        raise StapKanNiet("deze mijlpaal is niet meer open")
    row.titel, row.uiterlijk = titel, uiterlijk
    row.save()
    return row


@transaction.atomic
def move_milestone(*, mijlpaal: Mijlpaal, status: str, op: date, reden: str = "") -> Mijlpaal:
    """Reached on a day, dropped with a reason, or open again.

    Raises StapKanNiet, also when the action ended, and ValueError when it is dropped without a reason.
    """
    row = _point(mijlpaal)
    step(row, status, MIJLPAAL_STEPS)
    if status == Mijlpaalstatus.VERVALLEN and not reden.strip():
        raise ValueError("zeg waarom de mijlpaal vervalt")
    row.gehaald_op = op if status == Mijlpaalstatus.GEHAALD else None
    row.reden = reden.strip() if status == Mijlpaalstatus.VERVALLEN else ""
    row.save()
    return row


@transaction.atomic
def add_evidence(
    *, mijlpaal: Mijlpaal, door: Gebruiker, at: datetime, tekst: str = "", link: str = "", beelden: Iterable[UUID] = ()
) -> list[Bewijs]:
    """What shows that it was reached: words and a link together, and each photo by itself (ids of `Beeld`)."""
    rows = [Bewijs(mijlpaal=mijlpaal, tekst=tekst, link=link, op=at, door=door)] if tekst or link else []
    rows += [Bewijs(mijlpaal=mijlpaal, beeld_id=pk, op=at, door=door) for pk in beelden]
    return Bewijs.objects.bulk_create(rows)


@transaction.atomic
def add_partner(*, actie: Actie, partner: Partner, rol: str) -> Actiepartner:
    """A partner takes part; again: in another role. Raises StapKanNiet when the action ended."""
    row, _made = Actiepartner.objects.update_or_create(actie=_going(actie), partner=partner, defaults={"rol": rol})
    return row


@transaction.atomic
def remove_partner(*, actie: Actie, pk: int) -> bool:
    """A partner does not take part any more; whether it did. Raises StapKanNiet when the action ended."""
    return bool(_going(actie).actiepartners.filter(pk=pk).delete()[0])


def _going(actie: Actie, versie: int | None = None) -> Actie:
    row = locked(Actie, actie.pk, versie)
    if not row.is_lopend:
        raise StapKanNiet(f"deze actie is {row.get_status_display()} en verandert niet meer")
    return row


def _point(mijlpaal: Mijlpaal) -> Mijlpaal:
    row = Mijlpaal.objects.select_for_update(of=("self",)).select_related("actie").get(pk=mijlpaal.pk)
    if not row.actie.is_lopend:
        raise StapKanNiet(f"deze actie is {row.actie.get_status_display()} en verandert niet meer")
    return row
