"""Do a bulk change, row by row, and take it back.

Each row is a transaction of its own that also writes what came of it: a run that is interrupted goes on with the rows
that still wait, and no row is done twice. Up to AT_ONCE rows are done in the request; more by a worker.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kern import historiek
from kern.berichten import actions as berichten
from kern.berichten.models import Bericht
from kern.gebruikers.models import Gebruiker
from kern.opdrachten import actions as opdrachten
from kern.opdrachten.models import Opdracht
from kern.termijnen import local_date
from wijken.queries import Bereik, reach

from ... import mails
from ...models import Bulk, BulkRij, Handeling, Melding
from ...queries.staff import visible
from ...rules import UNDO, handles
from ..lock import Gewijzigd, StapNietMogelijk
from ..spoor import BULK_UNDO, in_bulk
from ..undo import NietTerug, take_back
from .soorten import ACTIES, Kennis, Velden, from_json
from .voorbeeld import CHANGED, NOT_YOURS, knowledge

AT_ONCE = 100
# A run in a request takes seconds; one that still runs after this was cut off.
CUT_OFF = timedelta(minutes=10)
# Choices that nobody confirmed, and what came of each row of what was done.
KEEP = timedelta(days=30)

Status = Bulk.Status
Rij = BulkRij.Status


@transaction.atomic
def confirm(*, bulk: Bulk, at: datetime, verzoek: str = "") -> bool:
    """Begin to do it; False when somebody did already (a second click).

    `verzoek` names the request in the history, the same for every row. With more than AT_ONCE rows a worker does it;
    else the caller goes on with `run`, outside this transaction.
    """
    row = Bulk.objects.select_for_update().get(pk=bulk.pk)
    if not row.is_voorstel or row.actie not in ACTIES:
        return False
    row.status, row.gedaan_op, row.verzoek = Status.BEZIG, at, verzoek
    row.save(update_fields=["status", "gedaan_op", "verzoek"])
    if row.aantal > AT_ONCE:
        _to_worker(row, "bulk", at)
    return True


def run(*, bulk: Bulk, at: datetime, step: Callable[[], None] = lambda: None) -> Bulk:
    """Do every row that still waits; `step` is called after each. Call it outside a transaction."""
    bulk = Bulk.objects.select_related("door").get(pk=bulk.pk)
    if bulk.status != Status.BEZIG:
        return bulk
    velden, far = from_json(bulk.invoer), reach(bulk.door, local_date(at))
    with historiek.acting(door=bulk.door, verzoek=bulk.verzoek), in_bulk(bulk):
        todo = list(bulk.rijen.filter(status=Rij.WACHT).order_by("pk").values_list("pk", "melding_id"))
        # Read once: a report whose pauses or labels change meanwhile gets another version, and is left alone.
        kennis = knowledge([melding for _pk, melding in todo])
        for pk, _melding in todo:
            _do_row(bulk, pk, velden, kennis, far, at)
            step()
    _finish(bulk, velden, at)
    return bulk


def can_undo(bulk: Bulk, at: datetime) -> bool:
    """Whether a bulk change can still be taken back, as far as the clock goes."""
    return bulk.status == Status.KLAAR and bulk.gedaan_op is not None and at <= bulk.gedaan_op + BULK_UNDO


@transaction.atomic
def undo(*, bulk: Bulk, at: datetime) -> bool:
    """Begin to take it back; False when somebody did already. Then goes on as `confirm` does, with `run_undo`.

    Raises NietTerug when it is too late, and when the colleague who got the reports was told by mail.
    """
    row = Bulk.objects.select_for_update().get(pk=bulk.pk)
    if row.status in (Status.TERUG, Status.TERUG_BEZIG):
        return False
    if not can_undo(row, at):
        raise NietTerug(_("de tijd om dit terug te draaien is voorbij"))
    try:
        berichten.withdraw(prefixes=[f"bulk:{row.pk}:"])
    except berichten.Vertrokken as error:
        raise NietTerug(_("de collega kreeg er al een mail over")) from error
    row.status = Status.TERUG_BEZIG
    row.save(update_fields=["status"])
    if row.aantal > AT_ONCE:
        _to_worker(row, "bulk_terug", at)
    return True


def run_undo(*, bulk: Bulk, at: datetime, verzoek: str = "", step: Callable[[], None] = lambda: None) -> Bulk:
    """Take back every row that can be; a row that cannot keeps what was done, with the reason why."""
    bulk = Bulk.objects.select_related("door").get(pk=bulk.pk)
    if bulk.status != Status.TERUG_BEZIG:
        return bulk
    with historiek.acting(door=bulk.door, verzoek=verzoek or f"bulk-terug-{bulk.pk}"):
        todo = bulk.rijen.filter(status=Rij.GEDAAN, reden="").order_by("-pk")
        for pk in todo.values_list("pk", flat=True):
            _undo_row(bulk, pk, at)
            step()
    Bulk.objects.filter(pk=bulk.pk, status=Status.TERUG_BEZIG).update(status=Status.TERUG)
    bulk.status = Status.TERUG
    return bulk


def run_job(opdracht: Opdracht, voortgang: opdrachten.Voortgang) -> dict[str, Any]:
    """What the worker does for a bulk change of many rows."""
    bulk = Bulk.objects.get(pk=opdracht.invoer["bulk"])
    try:
        voortgang.begin(bulk.aantal, bulk.aantal - bulk.rijen.filter(status=Rij.WACHT).count())
        run(bulk=bulk, at=voortgang.nu(), step=voortgang.stap)
    except opdrachten.Gestopt:
        _stopped(bulk, opdracht, voortgang.nu())
        raise
    return {"gedaan": bulk.rijen.filter(status=Rij.GEDAAN).count()}


def run_undo_job(opdracht: Opdracht, voortgang: opdrachten.Voortgang) -> dict[str, Any]:
    """What the worker does to take back a bulk change of many rows."""
    bulk = Bulk.objects.get(pk=opdracht.invoer["bulk"])
    todo = bulk.rijen.filter(status=Rij.GEDAAN, reden="").count()
    voortgang.begin(bulk.aantal, bulk.aantal - todo)
    run_undo(bulk=bulk, at=voortgang.nu(), step=voortgang.stap)
    return {"terug": bulk.rijen.filter(status=Rij.TERUG).count()}


def resume(at: datetime) -> dict[str, int]:
    """Give to a worker what a request began and never finished."""
    cut = Bulk.objects.filter(status__in=[Status.BEZIG, Status.TERUG_BEZIG], opdracht=None, gedaan_op__lt=at - CUT_OFF)
    count = 0
    for bulk in cut:
        _to_worker(bulk, "bulk" if bulk.status == Status.BEZIG else "bulk_terug", at)
        count += 1
    return {"hervat": count}


def forget_old(at: datetime) -> dict[str, int]:
    """Drop choices that nobody confirmed, and the rows of old changes; the story keeps that it was a bulk."""
    old = Bulk.objects.filter(gekozen_op__lt=at - KEEP)
    rows = BulkRij.objects.filter(bulk__in=old).delete()[0]
    return {"rijen": rows, "keuzes": old.filter(status=Status.VOORSTEL).delete()[0]}


def _stopped(bulk: Bulk, opdracht: Opdracht, at: datetime) -> None:
    """Its owner stopped it: what waits stays as it is. When another worker has it now, that one goes on."""
    if Opdracht.objects.filter(pk=opdracht.pk, stop_gevraagd=True).exists():
        bulk.rijen.filter(status=Rij.WACHT).update(status=Rij.GEWEIGERD, reden=_("je stopte de opdracht"))
        _finish(bulk, from_json(bulk.invoer), at)


def _to_worker(bulk: Bulk, soort: str, at: datetime) -> None:
    name = ACTIES[bulk.actie].naam
    titel = _("%(wat)s: %(n)d meldingen") % {"wat": name, "n": bulk.aantal}
    bulk.opdracht = opdrachten.start(
        soort=soort,
        eigenaar=bulk.door,
        invoer={"bulk": bulk.pk},
        titel=titel if soort == "bulk" else _("Terugdraaien: %(wat)s") % {"wat": titel},
        totaal=bulk.aantal,
        sleutel=f"{soort}:{bulk.pk}",
        at=at,
    )
    bulk.save(update_fields=["opdracht"])


@transaction.atomic
def _do_row(bulk: Bulk, pk: int, velden: Velden, kennis: Kennis, far: Bereik, at: datetime) -> None:
    rij = BulkRij.objects.select_for_update(skip_locked=True).filter(pk=pk, status=Rij.WACHT).first()
    if rij is None:
        return
    rij.reden = _try_row(bulk, rij, velden, kennis, far, at)
    rij.status = Rij.GEWEIGERD if rij.reden else Rij.GEDAAN
    if not rij.reden:
        rij.handeling = Handeling.objects.filter(melding=rij.melding_id, op=at, door=bulk.door).last()
        lines = rij.handeling.lijnen if rij.handeling else []
        rij.mails = sum(_waiting(rij.melding_id, line) for line in lines)
    rij.save()


def _try_row(bulk: Bulk, rij: BulkRij, velden: Velden, kennis: Kennis, far: Bereik, at: datetime) -> str:
    """Do it, or the words why not."""
    rows = visible(bulk.door, far).select_related("categorie", "team", "behandelaar", "melder")
    melding = rows.filter(pk=rij.melding_id).first() if handles(bulk.door) else None
    if melding is None:
        return _(NOT_YOURS)
    if melding.versie != rij.versie:
        return _(CHANGED)
    actie = ACTIES[bulk.actie]
    if why := actie.weigert(melding, velden, kennis):
        return why
    try:
        with transaction.atomic():
            actie.doe(melding, velden, bulk.door, at, rij.versie)
    except Gewijzigd:
        return _(CHANGED)
    except (StapNietMogelijk, ValueError) as error:
        return str(error)[:250]
    return ""


def _waiting(melding: int, line: int) -> int:
    return Bericht.objects.filter(sleutel__startswith=f"melding:{melding}:{line}:").count()


@transaction.atomic
def _finish(bulk: Bulk, velden: Velden, at: datetime) -> None:
    """Close the run once, and tell the colleague who got the reports."""
    done = bulk.rijen.filter(status=Rij.GEDAAN)
    closed = {"status": Status.KLAAR, "aantal_gedaan": done.count()}
    if not Bulk.objects.filter(pk=bulk.pk, status=Status.BEZIG).update(**closed):
        return
    bulk.status = Status.KLAAR
    colleague: Gebruiker | None = velden.get("behandelaar")
    if colleague and colleague != bulk.door:
        rows = Melding.objects.filter(pk__in=done.values("melding")).select_related("categorie").order_by("pk")
        mails.assigned_many(bulk, colleague, list(rows), not_before=at + UNDO)


@transaction.atomic
def _undo_row(bulk: Bulk, pk: int, at: datetime) -> None:
    rij = BulkRij.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, status=Rij.GEDAAN).first()
    if rij is None:
        return
    rij.reden = _try_undo(bulk, rij, at)
    if not rij.reden:
        rij.status = Rij.TERUG
    rij.save(update_fields=["status", "reden"])


def _try_undo(bulk: Bulk, rij: BulkRij, at: datetime) -> str:
    """Take it back, or the words why not. Who gave a sensitive report away no longer sees it, but takes that back."""
    step = rij.handeling
    if not handles(bulk.door):
        return _(NOT_YOURS)
    if step is None:
        return _("de tijd om dit terug te draaien is voorbij")
    try:
        with transaction.atomic():
            take_back(handeling=step, door=bulk.door, at=at)
    except NietTerug as error:
        return str(error)[:250]
    return ""
