"""Judge what was measured, and let the knelpunten follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from kern.termijnen import local_date

from ..models import Criterium, Knelpunt, Meting, Norm, Screeningsobject
from ..queries.boek import Boek, book
from ..rules import tekst
from ..rules.oordeel import Plek, Uitspraak, judge_all, overall
from ..rules.woorden import Ernst, Meetwijze, Oordeel
from ..states import CLOSED, STEPS, Knelpuntstatus
from .prioriteit import propose

VERDICT_FIELDS = ["oordeel", "norm", "niveau", "afwijking", "ernst", "groepen"]
# A verdict that takes a knelpunt away when nothing was done about it.
GOOD = frozenset({Oordeel.VOLDOET, Oordeel.AANDACHTSPUNT, Oordeel.GEEN_NORM})


@dataclass(frozen=True)
class Wijziging:
    """A verdict that became another one."""

    meting: Meting
    van: str
    ernst_van: int | None


@transaction.atomic
def judge_object(*, object: Screeningsobject, boek: Boek | None = None, at: datetime) -> list[Wijziging]:
    """Judge all current measurements of an object by the norms of `at`; what changed.

    Keeps the verdict of the object and its knelpunten in step. Asks the same whether it runs once or twice.
    """
    row = Screeningsobject.objects.select_for_update(of=("self",)).select_related("niveau").get(pk=object.pk)
    boek = boek or book(local_date(at))
    metingen = list(row.metingen.current().select_related("criterium", "opname"))
    uitspraken = verdicts(row, metingen, boek)
    written, changes = [], []
    for meting in metingen:
        was, ernst = meting.oordeel, meting.ernst
        if write_verdict(meting, uitspraken[meting.criterium.code], row):
            written.append(meting)
            if (was, ernst) != (meting.oordeel, meting.ernst):
                changes.append(Wijziging(meting, was, ernst))
    Meting.objects.bulk_update(written, VERDICT_FIELDS)
    _follow(row, metingen, boek, at)
    _sum_up(row, metingen)
    return changes


def verdicts(row: Screeningsobject, metingen: Iterable[Meting], boek: Boek) -> dict[str, Uitspraak]:
    """The verdict on each measurement, by code of its criterium."""
    rows = list(metingen)
    plek = Plek(row.niveau.volgorde, row.context, row.in_bebouwde_kom)
    values = {m.criterium.code: m.waarde for m in rows if m.waarde is not None}
    found = judge_all(boek.maten.values(), values, plek)
    return {
        m.criterium.code: found.get(m.criterium.code, Uitspraak(Oordeel.GEEN_NORM))
        if m.waarde is not None
        else Uitspraak(Oordeel.NIET_MEETBAAR)
        for m in rows
    }


def write_verdict(meting: Meting, uitspraak: Uitspraak, row: Screeningsobject) -> bool:
    """Put the verdict on the measurement (unsaved); whether anything is other than it was."""
    new = (
        uitspraak.oordeel.value,
        uitspraak.grens.pk if uitspraak.grens else None,
        row.niveau_id,
        uitspraak.afwijking,
        uitspraak.ernst.value if uitspraak.ernst else None,
        list(uitspraak.groepen),
    )
    names = ["oordeel", "norm_id", "niveau_id", "afwijking", "ernst", "groepen"]
    old = tuple(getattr(meting, name) for name in names)
    for name, value in zip(names, new, strict=True):
        setattr(meting, name, value)
    return old != new


def describe(criterium: Criterium, waarde: Decimal | None, norm: Norm | None) -> tuple[str, str]:
    """The title of a knelpunt and what was asked, in words: 'Helling van de afrit: 13 %, gevraagd hoogstens 12 %'."""
    is_yes_no = criterium.meetwijze == Meetwijze.JA_NEE
    asked = tekst.limit(norm.operator, norm.minimum, norm.maximum, criterium.eenheid) if norm else ""
    naam = criterium.naam.rstrip("?")
    if is_yes_no:
        return f"{naam}: {tekst.value(waarde, '', ja_nee=True)}", asked
    return f"{naam}: {tekst.with_unit(waarde, criterium.eenheid)}, gevraagd {asked}", asked


def fill_in(knelpunt: Knelpunt, meting: Meting, row: Screeningsobject, boek: Boek) -> None:
    """Write the finding of a measurement on its knelpunt (unsaved)."""
    criterium = boek.criteria.get(meting.criterium.code, meting.criterium)
    norm = boek.normen.get(meting.norm_id or 0)
    knelpunt.titel, knelpunt.vereist = describe(criterium, meting.waarde, norm)
    knelpunt.titel = knelpunt.titel[:200]
    knelpunt.onderwerp, knelpunt.dimensie = row.onderwerp, criterium.dimensie
    knelpunt.plaats, knelpunt.adres = row.plaats, row.adres or row.straat
    knelpunt.wijk_id, knelpunt.zone_id, knelpunt.niveau_id = row.wijk_id, row.zone_id, row.niveau_id
    knelpunt.wegbeheerder = row.wegbeheerder
    knelpunt.meting, knelpunt.opname_id, knelpunt.norm = meting, meting.opname_id, norm
    knelpunt.gemeten, knelpunt.eenheid, knelpunt.afwijking = meting.waarde, meting.eenheid, meting.afwijking
    knelpunt.ernst, knelpunt.groepen = meting.ernst or Ernst.HINDER, meting.groepen
    knelpunt.vastgesteld_op = knelpunt.vastgesteld_op or local_date(meting.gemeten_op)
    knelpunt.oplossing = knelpunt.oplossing or criterium.oplossing
    opname = meting.opname
    knelpunt.tags = knelpunt.tags or opname.tags
    knelpunt.is_tijdelijk, knelpunt.tijdelijk_tot = opname.is_tijdelijk, opname.tijdelijk_tot
    knelpunt.alternatief, knelpunt.omweg_m = opname.alternatief, opname.omweg_m
    knelpunt.omschrijving = knelpunt.omschrijving or opname.omschrijving


def _follow(row: Screeningsobject, metingen: list[Meting], boek: Boek, at: datetime) -> None:
    """Make, update, reopen or drop the knelpunten of the object, one per criterium."""
    known = {k.criterium_id: k for k in row.knelpunten.select_for_update(of=("self",)).filter(criterium__isnull=False)}
    written = []
    for meting in metingen:
        knelpunt = known.get(meting.criterium_id)
        if meting.oordeel == Oordeel.VOLDOET_NIET:
            if knelpunt is None:
                knelpunt = Knelpunt(object=row, criterium_id=meting.criterium_id)
            elif knelpunt.meting_id == meting.pk and knelpunt.is_open and _same(knelpunt, meting):
                continue
            fill_in(knelpunt, meting, row, boek)
            _reopen(knelpunt, meting)
            knelpunt.versie += 1 if knelpunt.pk else 0
            knelpunt.save()
            written.append(knelpunt.pk)
        elif knelpunt is not None and meting.oordeel in GOOD:
            _drop(knelpunt, meting, at)
    propose(numbers=written, at=at)


def _same(knelpunt: Knelpunt, meting: Meting) -> bool:
    return (knelpunt.norm_id, knelpunt.ernst, knelpunt.afwijking, knelpunt.gemeten) == (
        meting.norm_id,
        meting.ernst,
        meting.afwijking,
        meting.waarde,
    )


def _reopen(knelpunt: Knelpunt, meting: Meting) -> None:
    """A measurement that fails opens what was closed or done before it; a decision not to act stays."""
    done = knelpunt.status == Knelpuntstatus.UITGEVOERD and (
        knelpunt.uitgevoerd_op is None or local_date(meting.gemeten_op) >= knelpunt.uitgevoerd_op
    )
    if knelpunt.pk and (done or knelpunt.status in (Knelpuntstatus.GECONTROLEERD, Knelpuntstatus.VERVALLEN)):
        knelpunt.status = Knelpuntstatus.HEROPEND
        knelpunt.statusreden = f"Opnieuw gemeten op {local_date(meting.gemeten_op):%d-%m-%Y}: voldoet niet."


def _drop(knelpunt: Knelpunt, meting: Meting, at: datetime) -> None:
    """A measurement that is good checks what was done, and drops what nobody worked on."""
    day = f"{local_date(meting.gemeten_op):%d-%m-%Y}"
    new_value = knelpunt.meting_id != meting.pk
    if knelpunt.status == Knelpuntstatus.UITGEVOERD and new_value:
        knelpunt.status, knelpunt.statusreden = Knelpuntstatus.GECONTROLEERD, f"Gemeten op {day}: in orde."
    elif Knelpuntstatus.VERVALLEN in STEPS[Knelpuntstatus(knelpunt.status)]:
        knelpunt.status = Knelpuntstatus.VERVALLEN
        knelpunt.statusreden = (
            f"Opnieuw gemeten op {day}: in orde."
            if new_value
            else f"De norm veranderde: de meting van {day} is in orde sinds {local_date(at):%d-%m-%Y}."
        )
    else:
        return
    knelpunt.meting, knelpunt.gemeten, knelpunt.afwijking = meting, meting.waarde, meting.afwijking
    knelpunt.versie += 1
    knelpunt.save()


def _sum_up(row: Screeningsobject, metingen: list[Meting]) -> None:
    """The verdict on the object: that of its worst part."""
    visited: date | None = None
    if metingen:
        visited = local_date(max(m.gemeten_op for m in metingen))
    elif (last := row.opnames.order_by("-gemeten_op").first()) is not None:
        visited = local_date(last.gemeten_op)
    oordeel = overall(m.oordeel for m in metingen)
    if visited and oordeel == Oordeel.NIET_GESCREEND:
        oordeel = Oordeel.ONVOLLEDIG
    Screeningsobject.objects.filter(pk=row.pk).update(
        gescreend_op=visited,
        oordeel=oordeel,
        ernst=max((m.ernst for m in metingen if m.ernst), default=None),
        groepen=sorted({g for m in metingen if m.oordeel == Oordeel.VOLDOET_NIET for g in m.groepen}),
        hercontrole_op=min((m.hercontrole_op for m in metingen if m.hercontrole_op), default=None),
        knelpunten_open=row.knelpunten.exclude(status__in=CLOSED).count(),
        gewijzigd_op=timezone.now(),
    )
