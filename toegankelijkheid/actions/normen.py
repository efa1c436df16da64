"""Change the norm book: each change is a new version, and what was measured before is judged again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from kern.gebruikers.models import Gebruiker
from kern.opdrachten import actions as opdrachten
from kern.opdrachten.actions import Voortgang
from kern.opdrachten.models import Opdracht
from kern.termijnen import local_date

from ..models import Criterium, Herberekening, Meting, Norm, Oordeelwijziging, Screeningsobject
from ..queries.boek import book
from .oordelen import judge_object

JOB = "normen_herbereken"
# Up to so many objects are judged while somebody waits for the page.
AT_ONCE = 50
CHUNK = 100
# What makes another version; the rest (words, certainty) is corrected in place.
DECISIVE = (
    "niveau_id", "operator", "minimum", "maximum", "streef_minimum", "streef_maximum", "hangt_af_van_id", "vanaf",
    "vanaf_inbegrepen", "tot", "tot_inbegrepen", "context", "kracht", "ernst_minstens",
)  # fmt: skip


@transaction.atomic
def revise(
    *, norm: Norm, velden: Mapping[str, Any], vanaf: date, door: Gebruiker, at: datetime, nu: bool = False
) -> Norm:
    """End a version the day before `vanaf` and begin the next one with these fields; judge again when it holds today.

    A version that began on that same day is corrected in place, since it never held on another one. ValueError when
    `norm` is not the last version, or `vanaf` lies before its begin.
    """
    row = Norm.objects.select_for_update().get(pk=norm.pk)
    if row.geldig_tot is not None:
        raise ValueError("only the last version of a norm can be followed by another")
    if vanaf < row.geldig_van:
        raise ValueError("a new version cannot begin before the one it follows")
    if vanaf == row.geldig_van:
        new = row
    else:
        Norm.objects.filter(pk=row.pk).update(geldig_tot=vanaf - timedelta(days=1))
        new = Norm.objects.get(pk=row.pk)
        new.pk, new.versie, new.geldig_tot = None, row.versie + 1, None
        new._state.adding = True
    for name, value in velden.items():
        setattr(new, name, value)
    new.geldig_van, new.gemaakt_door = vanaf, door
    new.save()
    if vanaf <= local_date(at):
        recalculate(reden=f"{new.code} kreeg versie {new.versie}.", norm=new, door=door, at=at, nu=nu)
    return new


def is_decisive(before: Norm, after: Norm) -> bool:
    """Whether a change can make a verdict another one."""
    return any(getattr(before, name) != getattr(after, name) for name in DECISIVE)


@transaction.atomic
def recalculate(
    *, reden: str, norm: Norm | None, door: Gebruiker | None, at: datetime, nu: bool = False
) -> Herberekening:
    """Judge what was measured again by the norms of `at`: at once (`nu`) or for few objects, else by a worker."""
    row = Herberekening.objects.create(reden=reden, norm=norm, door=door, gevraagd_op=at)
    count = _touched(row).count()
    if count > AT_ONCE and door is not None and not nu:
        row.opdracht = opdrachten.start(
            soort=JOB,
            eigenaar=door,
            invoer={"herberekening": row.pk},
            at=at,
            titel=f"Metingen opnieuw beoordelen: {reden}",
            totaal=count,
            sleutel=f"herberekening-{row.pk}",
        )
        row.save(update_fields=["opdracht"])
    else:
        _run(row, at, None)
    return row


def run_job(opdracht: Opdracht, voortgang: Voortgang) -> Mapping[str, Any]:
    """The same by a worker, a hundred objects at a time; taken up again, it goes on after the last one."""
    row = Herberekening.objects.get(pk=opdracht.invoer["herberekening"])
    return _run(row, voortgang.nu(), voortgang)


def _touched(row: Herberekening) -> Any:
    """The objects whose verdicts may change: those with a current measurement of what the norm is about."""
    metingen = Meting.objects.current()
    if row.norm is not None:
        about = [row.norm.criterium_id, *([row.norm.hangt_af_van_id] if row.norm.hangt_af_van_id else [])]
        metingen = metingen.filter(criterium__in=about)
    return Screeningsobject.objects.filter(pk__in=metingen.values("object")).order_by("pk")


def _run(row: Herberekening, at: datetime, voortgang: Voortgang | None) -> dict[str, Any]:
    boek = book(local_date(at))
    last = voortgang.resultaat.get("tot", 0) if voortgang else 0
    todo = _touched(row)
    if voortgang:
        voortgang.begin(todo.count(), todo.filter(pk__lte=last).count())
    while pks := list(todo.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            for obj in Screeningsobject.objects.filter(pk__in=pks):
                changes = judge_object(object=obj, boek=boek, at=at)
                Oordeelwijziging.objects.bulk_create(
                    (
                        Oordeelwijziging(
                            herberekening=row,
                            meting=c.meting,
                            van=c.van,
                            naar=c.meting.oordeel,
                            ernst_van=c.ernst_van,
                            ernst_naar=c.meting.ernst,
                        )
                        for c in changes
                    ),
                    ignore_conflicts=True,
                )
            Herberekening.objects.filter(pk=row.pk).update(bekeken=F("bekeken") + len(pks))
        last = pks[-1]
        if voortgang:
            voortgang.resultaat["tot"] = last
            voortgang.stap(len(pks))
    Herberekening.objects.filter(pk=row.pk).update(klaar_op=at)
    return {"tot": last, "gewijzigd": row.wijzigingen.count()}


def start_due(at: datetime) -> dict[str, int]:
    """Judge again by norms that begin or end today; once for each, by its own line in the book of recalculations."""
    on = local_date(at)
    counts = {"normen": 0}
    due = Norm.objects.filter(Q(geldig_van=on) | Q(geldig_tot=on - timedelta(days=1)), gemaakt_op__date__lt=on)
    for norm in due.order_by("pk"):
        reden = f"{norm.code} versie {norm.versie} geldt sinds {on:%d-%m-%Y}."
        if norm.geldig_tot is not None:
            reden = f"{norm.code} versie {norm.versie} liep af op {norm.geldig_tot:%d-%m-%Y}."
        if not Herberekening.objects.filter(norm=norm, reden=reden).exists():
            recalculate(reden=reden, norm=norm, door=norm.gemaakt_door, at=at)
            counts["normen"] += 1
    return counts


@transaction.atomic
def change_recheck(*, criterium: Criterium) -> int:
    """Move the days on which a criterium is measured again after its interval changed; how many measurements."""
    from .opnemen import recheck_on

    rows = list(Meting.objects.current().filter(criterium=criterium, hercontrole_op__isnull=False))
    for row in rows:
        row.hercontrole_op = recheck_on(row.gemeten_op, criterium.hercontrole_maanden)
    Meting.objects.bulk_update(rows, ["hercontrole_op"], batch_size=500)
    for obj in Screeningsobject.objects.filter(pk__in={row.object_id for row in rows}):
        days = obj.metingen.current().values_list("hercontrole_op", flat=True)
        first = min(day for day in days if day is not None)
        Screeningsobject.objects.filter(pk=obj.pk).update(hercontrole_op=first)
    return len(rows)
