"""Every write on the impulswijken: since when, and what is agreed there."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from kern import historiek
from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date

from ..models import Doelstelling, Impulsperiode, Programmapunt, Wijk
from ..states.programma import ASKS_WHY, OPEN, Puntstatus, allowed


class PuntGewijzigd(ValueError):
    """Somebody else changed the agreement since the page was opened."""


@transaction.atomic
def begin_impuls(*, wijk: Wijk, van: date, reden: str, on: date, tot: date | None = None) -> Impulsperiode:
    """Make a wijk an impulswijk from a day on. Raises ValueError when it is one on some of those days already."""
    if not reden.strip():
        raise ValueError("zeg waarom deze wijk een impulswijk wordt")
    if tot is not None and tot < van:
        raise ValueError("de laatste dag ligt voor de eerste")
    row = Wijk.objects.select_for_update().get(pk=wijk.pk)
    meets = Q(tot=None) | Q(tot__gte=van)
    if tot is not None:
        meets &= Q(van__lte=tot)
    if row.impulsperiodes.filter(meets).exists():
        raise ValueError("in die periode is deze wijk al een impulswijk")
    with historiek.reason(reden.strip()):
        period = Impulsperiode.objects.create(wijk=row, van=van, tot=tot, reden=reden.strip())
        _settle(row, on)
    return period


@transaction.atomic
def end_impuls(*, wijk: Wijk, tot: date, reden: str, on: date) -> Impulsperiode:
    """Say until when a wijk is an impulswijk. Raises ValueError when it is none, or the day is before its begin."""
    if not reden.strip():
        raise ValueError("zeg waarom het stopt")
    row = Wijk.objects.select_for_update().get(pk=wijk.pk)
    period = row.impulsperiodes.filter(tot=None).first()
    if period is None:
        raise ValueError("deze wijk heeft geen periode zonder einde")
    if tot < period.van:
        raise ValueError("dat is voor de wijk een impulswijk werd")
    period.tot = tot
    with historiek.reason(reden.strip()):
        period.save()
        _settle(row, on)
    return period


@transaction.atomic
def settle_impuls(at: datetime) -> dict[str, int]:
    """Let each wijk say what its periods say today; how many changed."""
    on, changed = local_date(at), 0
    with historiek.acting(taak="impulswijken bijwerken"):
        for wijk in Wijk.objects.select_for_update().order_by("pk"):
            changed += _settle(wijk, on)
    return {"gewijzigd": changed}


@transaction.atomic
def add_point(
    *,
    wijk: Wijk,
    sleutel: uuid.UUID,
    door: Gebruiker,
    at: datetime,
    doelstellingen: Iterable[Doelstelling] = (),
    **fields: Any,
) -> Programmapunt:
    """Write down an agreement in the programme of a wijk; the same form twice is one agreement."""
    point, made = Programmapunt.objects.get_or_create(
        sleutel=sleutel, defaults={"wijk": wijk, "gemaakt_door": door, "gemaakt_op": at, **fields}
    )
    if made:
        point.doelstellingen.set(doelstellingen)
    return point


@transaction.atomic
def change_point(
    *, punt: Programmapunt, versie: int, doelstellingen: Iterable[Doelstelling], **fields: Any
) -> Programmapunt:
    """Change what was agreed. Raises PuntGewijzigd."""
    row = _locked(punt, versie)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    row.doelstellingen.set(doelstellingen)
    return row


@transaction.atomic
def move_point(
    *, punt: Programmapunt, naar: str, versie: int, at: datetime, reden: str = "", resultaat: str = ""
) -> Programmapunt:
    """Take a step. Raises PuntGewijzigd; ValueError for a step that may not follow, or that asks why."""
    row = _locked(punt, versie)
    if not allowed(row.status, naar):
        raise ValueError("deze stap kan nu niet")
    if (row.status, naar) in ASKS_WHY and not reden.strip():
        raise ValueError("zeg waarom")
    with historiek.reason(reden.strip() or Puntstatus(naar).label.capitalize()):
        row.status, row.reden = naar, reden.strip()
        row.klaar_op = None if naar in OPEN else at
        row.resultaat = resultaat.strip() or row.resultaat
        row.save()
    return row


def _settle(wijk: Wijk, on: date) -> bool:
    period = wijk.impulsperiodes.on(on).first()  # type: ignore[attr-defined]
    now = (period is not None, period.van if period else None)
    if (wijk.is_impulswijk, wijk.impulswijk_sinds) == now:
        return False
    wijk.is_impulswijk, wijk.impulswijk_sinds = now
    wijk.save(update_fields=["is_impulswijk", "impulswijk_sinds"])
    return True


def _locked(punt: Programmapunt, versie: int) -> Programmapunt:
    row = Programmapunt.objects.select_for_update().get(pk=punt.pk)
    if row.versie != versie:
        raise PuntGewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.versie += 1
    return row
