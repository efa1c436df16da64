"""Every write on the editions of De Genksenaar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from kern.gebruikers.models import Gebruiker

from ..models import Citaat, Editie, Editieblok, Signaal, Toestemming, Traject, Waarvoor
from ..states.editie import Status, allowed
from .toestemming import give_consent
from .uitdagers import Gewijzigd


class Leeg(ValueError):
    """An edition without anything to read in it cannot appear."""


@transaction.atomic
def start_edition(*, traject: Traject, titel: str, inleiding: str, at: datetime) -> Editie:
    """Begin the next number of the newspaper."""
    last = Editie.objects.select_for_update().order_by("-nummer").first()
    return Editie.objects.create(
        traject=traject,
        nummer=last.nummer + 1 if last else 1,
        titel=titel,
        inleiding=inleiding,
        gemaakt_op=at,
        gewijzigd_op=at,
    )


@transaction.atomic
def retitle(*, editie: Editie, titel: str, inleiding: str, at: datetime, versie: int) -> Editie:
    """Change the front page. Raises Gewijzigd."""
    row = _locked(editie)
    if row.versie != versie:
        raise Gewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.titel, row.inleiding, row.gewijzigd_op = titel, inleiding, at
    row.versie += 1
    row.save()
    return row


@transaction.atomic
def add_signal(*, editie: Editie, signaal: Signaal, at: datetime) -> Editieblok:
    """Put something that was said at the end of the edition; once. Raises ValueError when it may not be read."""
    if not Signaal.objects.public().filter(pk=signaal.pk).exists():
        raise ValueError("dit mag niet iedereen lezen")
    return _append(editie, at, soort=Editieblok.Soort.SIGNAAL, signaal=signaal)


@transaction.atomic
def add_quote(*, editie: Editie, citaat: Citaat, at: datetime) -> Editieblok:
    """Put a quote at the end of the edition; once. Raises ValueError when it may not be read."""
    if not Citaat.objects.public().filter(pk=citaat.pk).exists():
        raise ValueError("dit mag niet iedereen lezen")
    return _append(editie, at, soort=Editieblok.Soort.CITAAT, citaat=citaat)


@transaction.atomic
def add_text(
    *, editie: Editie, soort: str, titel: str, tekst: str, van_iemand: bool, door: Gebruiker, at: datetime
) -> Editieblok:
    """Put a heading or a story at the end; the story of somebody comes with the consent that staff vouch for."""
    blok = _append(editie, at, soort=soort, titel=titel, tekst=tekst, is_van_iemand=van_iemand)
    if van_iemand:
        give_consent(over=blok, waarvoor=Waarvoor.WOORDEN, via=Toestemming.Via.MONDELING, at=at, door=door)
    return blok


@transaction.atomic
def edit_text(*, blok: Editieblok, titel: str, tekst: str, at: datetime) -> Editieblok:
    """Change the words of a heading or a story."""
    _touch(blok.editie, at)
    blok.titel, blok.tekst = titel, tekst
    blok.save(update_fields=["titel", "tekst"])
    return blok


@transaction.atomic
def take_out(*, blok: Editieblok, at: datetime) -> None:
    """Leave a block out of the edition."""
    _touch(blok.editie, at)
    blok.delete()


@transaction.atomic
def move(*, blok: Editieblok, omlaag: bool, at: datetime) -> None:
    """Let a block change places with its neighbour above or below; at the edge it stays."""
    _touch(blok.editie, at)
    order = list(Editieblok.objects.filter(editie=blok.editie_id).order_by("volgorde").values_list("pk", flat=True))
    here = order.index(blok.pk)
    there = here + (1 if omlaag else -1)
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        _write_order(order)


@transaction.atomic
def reorder(*, editie: Editie, volgorde: Sequence[int], at: datetime) -> None:
    """Put the blocks in this order; those that are not named keep theirs, after the others."""
    row = _touch(editie, at)
    known = list(row.blokken.order_by("volgorde").values_list("pk", flat=True))
    named = [pk for pk in dict.fromkeys(volgorde) if pk in set(known)]
    _write_order([*named, *(pk for pk in known if pk not in set(named))])


@transaction.atomic
def publish(*, editie: Editie, door: Gebruiker, at: datetime, versie: int) -> Editie:
    """Let the edition appear. Raises Gewijzigd, and Leeg when there is nothing to read."""
    row = _locked(editie)
    if row.versie != versie or not allowed(row.status, Status.GEPUBLICEERD):
        raise Gewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    if not row.blokken.readable().exclude(soort=Editieblok.Soort.TUSSENTITEL).exists():  # type: ignore[attr-defined]
        raise Leeg("er staat nog niets in deze editie")
    row.status, row.gepubliceerd_op, row.gepubliceerd_door = Status.GEPUBLICEERD, row.gepubliceerd_op or at, door
    row.gewijzigd_op = at
    row.versie += 1
    row.save()
    return row


@transaction.atomic
def take_back(*, editie: Editie, at: datetime, versie: int) -> Editie:
    """Take an edition off the site to work on it. Raises Gewijzigd."""
    row = _locked(editie)
    if row.versie != versie or not allowed(row.status, Status.CONCEPT):
        raise Gewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.status, row.gewijzigd_op = Status.CONCEPT, at
    row.versie += 1
    row.save()
    return row


def _append(editie: Editie, at: datetime, **fields: object) -> Editieblok:
    row = _touch(editie, at)
    for name in ("signaal", "citaat"):
        if name in fields and (known := row.blokken.filter(**{name: fields[name]}).first()):
            return known
    last = row.blokken.aggregate(last=Max("volgorde"))["last"] or 0
    return Editieblok.objects.create(editie=row, volgorde=last + 1, **fields)


def _write_order(order: Sequence[int]) -> None:
    rows = Editieblok.objects.in_bulk(order)
    for place, pk in enumerate(order, 1):
        rows[pk].volgorde = place
    Editieblok.objects.bulk_update(rows.values(), ["volgorde"])


def _touch(editie: Editie, at: datetime) -> Editie:
    """The edition, locked; what is done to its blocks makes it newer for who follows."""
    row = _locked(editie)
    row.gewijzigd_op = at
    row.save(update_fields=["gewijzigd_op"])
    return row


def _locked(editie: Editie) -> Editie:
    return Editie.objects.select_for_update(of=("self",)).get(pk=editie.pk)
