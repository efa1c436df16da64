"""Every decision on a knelpunt: what is planned, the steps, not to act, photos, and the reports it goes with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from kern import historiek
from kern.beelden import actions as beelden
from kern.beelden.rules import Foto
from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date
from wijken.actions import Gewijzigd, tie
from wijken.actions.versie import locked

from ..mails import bewoners as mails
from ..models import Knelpunt, KnelpuntBeeld, Screeningsobject
from ..queries import monitoring
from ..queries.zones import place_of
from ..rules import monitoring as rules
from ..states import CLOSED, STEPS, Knelpuntstatus
from .prioriteit import propose, settle

__all__ = [
    "Gewijzigd",
    "StapMagNiet",
    "add_by_hand",
    "add_photos",
    "answer_refusal",
    "change",
    "correct",
    "from_report",
    "link",
    "step",
]

S = Knelpuntstatus
# What can be changed beside a step.
PLANNED = (
    "oplossing", "haalbaarheid", "haalbaarheidsreden", "prioriteit", "prioriteit_reden", "planning", "planjaar",
    "uiterlijk", "dienst", "verantwoordelijke", "kost_laag", "kost_hoog", "budgetlijn", "subsidie", "werkdossier",
    "jaarstappen", "wegbeheerder",
)  # fmt: skip


class StapMagNiet(ValueError):
    """Why a step cannot be taken, in words for the page."""


@transaction.atomic
def change(
    *, knelpunt: Knelpunt, fields: Mapping[str, Any], at: datetime, versie: int | None, reden: str = ""
) -> Knelpunt:
    """Plan it: write these fields, and the priority that follows. Raises Gewijzigd when somebody was first."""
    row = locked(Knelpunt, knelpunt.pk, versie)
    _write(row, fields)
    with historiek.reason(reden):
        _save(row)
    return row


@transaction.atomic
def correct(*, knelpunt: Knelpunt, fields: Mapping[str, Any], versie: int | None) -> Knelpunt:
    """Write what was found of one that no measurement tells; a new place brings its wijk, zone and level."""
    row = locked(Knelpunt, knelpunt.pk, versie)
    for name, value in fields.items():
        setattr(row, name, value)
    if "plaats" in fields:
        put_in_place(row)
    _save(row)
    return row


@transaction.atomic
def step(
    *,
    knelpunt: Knelpunt,
    naar: str,
    door: Gebruiker,
    at: datetime,
    versie: int | None,
    reden: str = "",
    fields: Mapping[str, Any] | None = None,
    fotos: Sequence[tuple[Foto, str]] = (),
) -> Knelpunt:
    """Take a step. Raises Gewijzigd, and StapMagNiet with what is missing.

    `niet_uitvoeren` is only proposed here; somebody else decides with `answer_refusal`. What is carried out asks the
    residents who reported it, in the same transaction.
    """
    row = locked(Knelpunt, knelpunt.pk, versie)
    _write(row, fields or {})
    if refusal := missing(row, naar, reden=reden):
        raise StapMagNiet(refusal)
    today = local_date(at)
    if naar == S.NIET_UITVOEREN:
        row.niet_reden, row.niet_voorgesteld_door, row.niet_voorgesteld_op = reden.strip(), door, today
        row.niet_goedgekeurd_door = row.niet_goedgekeurd_op = None
    else:
        _reach(row, naar, reden.strip(), today)
    with historiek.reason(reden.strip()):
        _save(row)
    _count_open(row)
    add_photos(knelpunt=row, fotos=fotos, moment="na", door=door, at=at)
    if row.status == S.UITGEVOERD and naar == S.UITGEVOERD:
        mails.ask_residents(row, at)
    return row


def missing(row: Knelpunt, naar: str, *, reden: str = "") -> str:
    """What the row lacks to take this step, in words; empty when nothing."""
    if naar not in STEPS[S(row.status)]:
        return f"Van “{row.get_status_display()}” kan dit niet naar “{S(naar).label}”."
    if naar in rules.NEEDS_A_REASON and not reden.strip():
        return "Zeg waarom."
    if naar == S.BEOORDEELD and row.haalbaarheid is None:
        return "Zeg eerst hoe haalbaar de oplossing is."
    if naar == S.DOORVERWEZEN and not row.doorverwezen_naar:
        return "Zeg naar wie je het doorverwijst."
    if naar == S.GEPLAND:
        if not (row.planning and row.planjaar):
            return "Zeg op welke termijn, en in welk jaar."
        if row.dienst_id is None and row.verantwoordelijke_id is None:
            return "Zeg wie het uitvoert: een dienst of een collega."
    if naar == S.UITGEVOERD and row.uitgevoerd_op is None:
        return "Zeg wanneer het uitgevoerd is."
    if naar == S.GECONTROLEERD and row.criterium_id:
        return "Dit werd gemeten: meet het opnieuw, dan volgt de controle vanzelf."
    if naar == S.GECONTROLEERD and not reden.strip():
        return "Zeg wat je ter plaatse zag."
    return ""


@transaction.atomic
def answer_refusal(
    *, knelpunt: Knelpunt, akkoord: bool, door: Gebruiker, at: datetime, versie: int | None, reden: str = ""
) -> Knelpunt:
    """Agree not to act, or not. Raises StapMagNiet for who proposed it, and when nothing was proposed."""
    row = locked(Knelpunt, knelpunt.pk, versie)
    if not row.waits_for_approval:
        raise StapMagNiet("Er is niets voorgesteld.")
    if akkoord:
        if row.niet_voorgesteld_door_id == door.pk:
            raise StapMagNiet("Je stelde dit zelf voor. Iemand anders moet akkoord gaan.")
        if S.NIET_UITVOEREN not in STEPS[S(row.status)]:
            raise StapMagNiet(f"Van “{row.get_status_display()}” kan dit niet meer.")
        row.niet_goedgekeurd_door, row.niet_goedgekeurd_op = door, local_date(at)
        row.status, row.statusreden = S.NIET_UITVOEREN, row.niet_reden
    else:
        if row.niet_voorgesteld_door_id != door.pk and not reden.strip():
            raise StapMagNiet("Zeg waarom je niet akkoord gaat.")
        row.niet_voorgesteld_door = row.niet_voorgesteld_op = None
        row.niet_reden = ""
    with historiek.reason(reden.strip() or row.niet_reden):
        _save(row)
    _count_open(row)
    return row


@transaction.atomic
def add_photos(
    *, knelpunt: Knelpunt, fotos: Iterable[tuple[Foto, str]], moment: str, door: Gebruiker | None, at: datetime
) -> None:
    """Keep photos from before or after the work, each with what is to be seen on it."""
    for foto, alt in fotos:
        beeld = beelden.store(foto, alt_tekst=alt)
        KnelpuntBeeld.objects.create(
            knelpunt=knelpunt, beeld=beeld, moment=moment, genomen_op=local_date(at), door=door
        )


@transaction.atomic
def link(*, knelpunt: Knelpunt, melding: Model, door: Gebruiker, at: datetime) -> bool:
    """Tie a report to a knelpunt, and let its priority follow; whether it is new."""
    new = tie(van=[melding], naar=knelpunt, at=at, door=door)
    propose(numbers=[knelpunt.pk], at=at)
    return bool(new)


@transaction.atomic
def from_report(*, knelpunt: Knelpunt, melding: Model, door: Gebruiker, at: datetime) -> Knelpunt:
    """Keep a knelpunt that a report told of (unsaved, with its place), in its wijk, zone and level, and tie the two.

    A second click finds the first one: a report becomes at most one knelpunt.
    """
    type(melding)._default_manager.select_for_update().only("pk").get(pk=melding.pk)
    earlier: Knelpunt | None = Knelpunt.objects.filter(externe_id=f"melding-{melding.pk}").first()
    if earlier is not None:
        return earlier
    knelpunt.externe_id = f"melding-{melding.pk}"
    put_in_place(knelpunt)
    knelpunt.vastgesteld_op = knelpunt.vastgesteld_op or local_date(at)
    with historiek.reason(f"Gemaakt van melding {melding.pk}."):
        knelpunt.save()
    link(knelpunt=knelpunt, melding=melding, door=door, at=at)
    knelpunt.refresh_from_db()
    return knelpunt


@transaction.atomic
def add_by_hand(
    *, knelpunt: Knelpunt, inzending: UUID, fotos: Sequence[tuple[Foto, str]], door: Gebruiker, at: datetime
) -> Knelpunt:
    """Keep a knelpunt that somebody saw and nobody measured (unsaved), in its wijk, zone and level. Twice is once."""
    earlier: Knelpunt | None = Knelpunt.objects.filter(externe_id=f"gezien-{inzending}").first()
    if earlier is not None:
        return earlier
    knelpunt.externe_id = f"gezien-{inzending}"
    put_in_place(knelpunt)
    knelpunt.vastgesteld_op = knelpunt.vastgesteld_op or local_date(at)
    with historiek.reason("Gezien, niet gemeten."):
        knelpunt.save()
    add_photos(knelpunt=knelpunt, fotos=fotos, moment="voor", door=door, at=at)
    propose(numbers=[knelpunt.pk], at=at)
    knelpunt.refresh_from_db()
    return knelpunt


def put_in_place(row: Knelpunt) -> None:
    """Write the wijk, zone and level of its place (unsaved)."""
    place = place_of(row.plaats)
    row.wijk, row.zone, row.niveau = place.wijk, place.zone, place.niveau


def _write(row: Knelpunt, fields: Mapping[str, Any]) -> None:
    allowed = {*PLANNED, "doorverwezen_naar", "overgedragen_op", "uitgevoerd_op"}
    if unknown := set(fields) - allowed:
        raise ValueError(f"not a field of the planning: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(row, name, value)


def _reach(row: Knelpunt, naar: str, reden: str, today: date) -> None:
    row.status, row.statusreden = naar, reden
    if naar == S.DOORVERWEZEN:
        row.overgedragen_op = row.overgedragen_op or today
    if naar == S.GEPLAND and row.uiterlijk is None and row.planjaar:
        row.uiterlijk = date(row.planjaar, 12, 31)
    if naar != S.NIET_UITVOEREN:
        # A decision not to act, or a proposal for it, ends with whatever else is decided.
        row.niet_voorgesteld_door = row.niet_voorgesteld_op = row.niet_goedgekeurd_door = row.niet_goedgekeurd_op = None
        row.niet_reden = ""
    if naar == S.HEROPEND:
        row.uitgevoerd_op = None


def _save(row: Knelpunt) -> None:
    settle(row, monitoring.settings_row().regels)
    row.save()


def _count_open(row: Knelpunt) -> None:
    if row.object_id:
        count = Knelpunt.objects.filter(object=row.object_id).exclude(status__in=CLOSED).count()
        Screeningsobject.objects.filter(pk=row.object_id).exclude(knelpunten_open=count).update(knelpunten_open=count)
