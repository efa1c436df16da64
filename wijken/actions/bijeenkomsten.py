"""Every write on meetings, from the first plan to the minutes. Who is registered hears of each change once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from kern import historiek
from kern.berichten import actions as berichten
from kern.gebruikers.models import Gebruiker

from .. import mails
from ..models import Behoefte, Besluit, Bijeenkomst, Draad, Inschrijving, Mixtelling, Wijk
from ..rules import REMIND_HOURS
from ..states.bijeenkomst import VOORBIJ, Status, allowed
from .draad import tie
from .inschrijvingen import promote

# What a copy to another day takes along.
PLANNED = (
    "soort", "titel", "beschrijving", "is_openbaar", "vorm", "locatie", "adres", "plaats", "hint", "online_link",
    "team_id", "samen_met", "hoort_bij_type_id", "hoort_bij_id", "met_inschrijving", "capaciteit", "gereserveerd",
    "tolktalen", "met_kinderopvang", "is_rolstoeltoegankelijk", "met_gebarentaal",
)  # fmt: skip
# What needs a word to everybody when it changes: then it is moved.
MOVES = ("begin", "einde", "vorm", "locatie", "adres", "plaats", "hint", "online_link")


class BijeenkomstGewijzigd(ValueError):
    """Somebody else changed the meeting since the page was opened, or it stands otherwise by now."""


@transaction.atomic
def plan_meeting(
    *,
    door: Gebruiker | None,
    at: datetime,
    wijken: Iterable[Wijk] = (),
    organisatoren: Iterable[Gebruiker] = (),
    hoort_bij: Model | None = None,
    **fields: Any,
) -> Bijeenkomst:
    """Draft a meeting; nobody outside sees it yet."""
    row = Bijeenkomst(gemaakt_door=door, gewijzigd_op=at, hoort_bij=hoort_bij, **fields)
    row.save()
    row.wijken.set(wijken)
    row.organisatoren.set(organisatoren)
    return row


@transaction.atomic
def edit_meeting(
    *,
    bijeenkomst: Bijeenkomst,
    versie: int,
    at: datetime,
    wijken: Iterable[Wijk] | None = None,
    organisatoren: Iterable[Gebruiker] | None = None,
    **fields: Any,
) -> Bijeenkomst:
    """Change what is told of a meeting that is still to come. Raises BijeenkomstGewijzigd.

    Of an announced one when and where it is held do not change here but by `move_meeting`, which tells everybody
    (ValueError). More places go to who waits, at once.
    """
    row = _locked(bijeenkomst, versie, {Status.CONCEPT, Status.AANGEKONDIGD})
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    if not row.is_concept and set(changed) & set(MOVES):
        raise ValueError("een aangekondigde bijeenkomst verplaats je, dan weet iedereen het")
    for name in changed:
        setattr(row, name, fields[name])
    if not row.is_concept and changed:
        row.volgnummer += 1
    row.gewijzigd_op = at
    row.save()
    if wijken is not None:
        row.wijken.set(wijken)
    if organisatoren is not None:
        row.organisatoren.set(organisatoren)
    promote(row, at)
    return row


@transaction.atomic
def announce_meeting(*, bijeenkomst: Bijeenkomst, versie: int, at: datetime) -> Bijeenkomst:
    """Put it in the agenda, open for who wants to come. Raises BijeenkomstGewijzigd; ValueError when it has begun."""
    row = _locked(bijeenkomst, versie, {Status.CONCEPT})
    if row.begin <= at:
        raise ValueError("het begin is al voorbij: kies eerst een andere dag")
    row.status, row.aangekondigd_op, row.gewijzigd_op = Status.AANGEKONDIGD, at, at
    with historiek.reason("Aangekondigd"):
        row.save()
    return row


@transaction.atomic
def drop_meeting(*, bijeenkomst: Bijeenkomst, versie: int) -> None:
    """Throw a draft away. Raises BijeenkomstGewijzigd."""
    _locked(bijeenkomst, versie, {Status.CONCEPT}).delete()


@transaction.atomic
def move_meeting(
    *, bijeenkomst: Bijeenkomst, versie: int, toelichting: str, at: datetime, **fields: Any
) -> Bijeenkomst:
    """Hold an announced meeting at another moment or place; who is registered or waits hears it once.

    Reminders of the old moment that did not leave yet are taken back. When registering ends moves along. Raises
    BijeenkomstGewijzigd; ValueError when nothing changed, or when the new moment is over.
    """
    row = _locked(bijeenkomst, versie, {Status.AANGEKONDIGD})
    changed = {name: value for name, value in fields.items() if name in MOVES and getattr(row, name) != value}
    if not changed:
        raise ValueError("er verandert niets: kies een ander moment of een andere plaats")
    if changed.get("begin", row.begin) <= at:
        raise ValueError("dat moment is al voorbij")
    before = row.begin
    for name, value in changed.items():
        setattr(row, name, value)
    if row.begin != before:
        row.verplaatst_van = before
        if row.inschrijven_tot:
            row.inschrijven_tot = _as_long_before(row.begin, before, row.inschrijven_tot)
        _forget_reminders(row, at)
    row.volgnummer += 1
    row.toelichting, row.gewijzigd_op = toelichting, at
    with historiek.reason(f"Verplaatst: {toelichting}" if toelichting else "Verplaatst"):
        row.save()
    for registration in row.inschrijvingen.standing().exclude(email=""):
        mails.meeting_moved(row, registration, before)
    return row


@transaction.atomic
def call_off_meeting(*, bijeenkomst: Bijeenkomst, versie: int, reden: str, at: datetime) -> Bijeenkomst:
    """Call an announced meeting off; who is registered or waits hears it once, with the reason.

    Raises BijeenkomstGewijzigd, and ValueError without a reason.
    """
    if not reden.strip():
        raise ValueError("afgelasten vraagt een reden")
    row = _locked(bijeenkomst, versie, {Status.AANGEKONDIGD})
    row.status, row.toelichting, row.gewijzigd_op = Status.AFGELAST, reden, at
    row.volgnummer += 1
    _forget_reminders(row, at)
    with historiek.reason(f"Afgelast: {reden}"):
        row.save()
    for registration in row.inschrijvingen.standing().exclude(email=""):
        mails.meeting_called_off(row, registration)
    return row


@transaction.atomic
def set_capacity(*, bijeenkomst: Bijeenkomst, capaciteit: int | None, gereserveerd: int, at: datetime) -> int:
    """Give a meeting more or fewer places; how many registrations got one from the waiting list.

    Nobody loses a place: with fewer places than people no new ones come in.
    """
    row = Bijeenkomst.objects.select_for_update().get(pk=bijeenkomst.pk)
    row.capaciteit, row.gereserveerd = capaciteit, gereserveerd
    row.versie += 1
    row.save()
    return promote(row, at)


@transaction.atomic
def copy_meeting(*, bijeenkomst: Bijeenkomst, begin: datetime, door: Gebruiker, at: datetime) -> Bijeenkomst:
    """A draft of the same meeting on another day, as long, for the same people to organise."""
    source = Bijeenkomst.objects.get(pk=bijeenkomst.pk)
    copy = Bijeenkomst(
        **{name: getattr(source, name) for name in PLANNED},
        begin=begin,
        einde=begin + (source.einde - source.begin),
        gemaakt_door=door,
        gewijzigd_op=at,
    )
    copy.save()
    copy.wijken.set(source.wijken.all())
    copy.organisatoren.set(source.organisatoren.all())
    return copy


def hold_due(*, at: datetime) -> int:
    """Announced meetings that are over were held; how many. Twice changes nothing."""
    with historiek.reason("De bijeenkomst is voorbij"):
        return Bijeenkomst.objects.filter(status=Status.AANGEKONDIGD, einde__lte=at).update(status=Status.GEHOUDEN)


@transaction.atomic
def record_meeting(
    *,
    bijeenkomst: Bijeenkomst,
    versie: int,
    at: datetime,
    mix: Mapping[tuple[str, str], int] | None = None,
    besluiten: Sequence[Mapping[str, Any]] | None = None,
    sluit_af: bool = False,
    **fields: Any,
) -> Bijeenkomst:
    """Write down how a meeting went: counts, minutes, decisions, costs; and round it off when asked.

    `mix` has a count per (kenmerk, groep); `besluiten` the decisions with tekst, wie and tegen, and the pk of one that
    exists. What is left out of either is removed, but a decision that led to something stays. Raises
    BijeenkomstGewijzigd, also while it has not begun, and ValueError when it is rounded off without a count.
    """
    row = _locked(bijeenkomst, versie, {Status.AANGEKONDIGD, *VOORBIJ})
    if row.begin > at:
        raise BijeenkomstGewijzigd("de bijeenkomst moet nog beginnen")
    for name, value in fields.items():
        setattr(row, name, value)
    if sluit_af and row.aanwezigen is None:
        raise ValueError("vul in hoeveel mensen er waren, al was het niemand")
    if row.is_aangekondigd:
        row.status = Status.GEHOUDEN
        row.save()
    if sluit_af and allowed(row.status, Status.AFGESLOTEN):
        row.status = Status.AFGESLOTEN
    if row.verslag_openbaar:
        row.gewijzigd_op = at  # to who follows by feed or calendar this is news, and the rest is not
    row.save()
    if mix is not None:
        _count_mix(row, mix)
    if besluiten is not None:
        _write_decisions(row, besluiten, at)
    return row


@transaction.atomic
def reopen_meeting(*, bijeenkomst: Bijeenkomst, versie: int) -> Bijeenkomst:
    """Mend what was written of a meeting that is rounded off. Raises BijeenkomstGewijzigd."""
    row = _locked(bijeenkomst, versie, {Status.AFGESLOTEN})
    row.status = Status.GEHOUDEN
    with historiek.reason("Opnieuw geopend"):
        row.save()
    return row


@transaction.atomic
def need_of_decision(*, besluit: Besluit, wijk: Wijk, titel: str, door: Gebruiker, at: datetime) -> Behoefte:
    """Draft a need of a wijk from what a meeting decided, tied to it; a second click finds the first one."""
    row = Besluit.objects.select_for_update().select_related("bijeenkomst").get(pk=besluit.pk)
    known = [piece.naar for piece in Draad.objects.out_of(row) if isinstance(piece.naar, Behoefte)]
    if same := next((need for need in known if need.wijk_id == wijk.pk), None):
        return same
    need = Behoefte.objects.create(
        wijk=wijk,
        titel=titel,
        toelichting=row.tekst,
        herkomst=Behoefte.Herkomst.TEAM,
        plaats=None,
        gemaakt_op=at,
        gemaakt_door=door,
    )
    tie(van=[row], naar=need, at=at, door=door)
    return need


def _as_long_before(begin: datetime, was: datetime, until: datetime) -> datetime:
    """The moment as many days and hours before the new begin as it was before the old one, on the clock of Brussels."""
    return timezone.localtime(begin) - (timezone.localtime(was) - timezone.localtime(until))


def _locked(bijeenkomst: Bijeenkomst, versie: int, wanted: Collection[str]) -> Bijeenkomst:
    """The meeting, locked, as it was on screen; with its next version."""
    row = Bijeenkomst.objects.select_for_update().get(pk=bijeenkomst.pk)
    if row.versie != versie or row.status not in wanted:
        raise BijeenkomstGewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.versie += 1
    return row


def _forget_reminders(row: Bijeenkomst, at: datetime) -> None:
    """Nobody was reminded of the new moment, and what waits about the old one does not leave any more."""
    keys = list(row.inschrijvingen.standing().values_list("pk", flat=True))
    berichten.drop_waiting(soort=mails.REMINDER, about=Inschrijving, keys=keys)
    # Within 48 hours the mail about the change says enough.
    soon = row.begin if row.begin - at <= timedelta(hours=REMIND_HOURS) else None
    row.inschrijvingen.filter(pk__in=keys).update(herinnerd_voor=soon)


def _count_mix(row: Bijeenkomst, mix: Mapping[tuple[str, str], int]) -> None:
    row.mix.all().delete()
    Mixtelling.objects.bulk_create(
        Mixtelling(bijeenkomst=row, kenmerk=kenmerk, groep=groep, aantal=aantal)
        for (kenmerk, groep), aantal in mix.items()
    )


def _write_decisions(row: Bijeenkomst, besluiten: Sequence[Mapping[str, Any]], at: datetime) -> None:
    known = {besluit.pk: besluit for besluit in row.besluiten.all()}
    kept = {fields.get("pk") for fields in besluiten}
    for besluit in known.values():
        if besluit.pk not in kept and not Draad.objects.out_of(besluit).exists():
            besluit.delete()
    number = row.besluiten.aggregate(n=Max("nummer"))["n"] or 0
    for fields in besluiten:
        found = known.get(fields.get("pk") or 0)
        number += found is None
        besluit = found or Besluit(bijeenkomst=row, nummer=number, genomen_op=at)
        tegen: date | None = fields.get("tegen")
        besluit.tekst, besluit.wie, besluit.tegen = fields["tekst"], fields.get("wie", ""), tegen
        besluit.save()
