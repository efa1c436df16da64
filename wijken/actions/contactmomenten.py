"""Every write on contact moments, what was heard there, and who wants to hear what comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from kern import historiek
from kern.gebruikers.models import Gebruiker

from .. import mails, queries, registry
from ..models import Behoefte, Contactmoment, Gehoord, Opdehoogte, Thema, Wijk
from ..rules import CONSENT_VERSION
from .draad import tie
from .versie import locked


@transaction.atomic
def note_moment(
    *,
    inzending: UUID,
    wijk: Wijk,
    gehoord: Iterable[str] = (),
    begeleiders: Iterable[Gebruiker] = (),
    themas: Iterable[Thema] = (),
    door: Gebruiker,
    at: datetime,
    **fields: Any,
) -> tuple[Contactmoment, bool]:
    """Write down a contact moment with what was heard; whether it is new: once for an `inzending`.

    The point is looked up when the address leads to exactly one place in the wijk.
    """
    try:
        with transaction.atomic():
            row = Contactmoment.objects.create(
                inzending=inzending, wijk=wijk, gemaakt_op=at, gemaakt_door=door, **fields
            )
    except IntegrityError:
        if found := Contactmoment.objects.filter(inzending=inzending).first():
            return found, False
        raise
    _place(row)
    row.begeleiders.set(list(begeleiders) or [door])
    row.themas.set(themas)
    _hear(row, gehoord)
    return row, True


@transaction.atomic
def edit_moment(
    *,
    moment: Contactmoment,
    versie: int,
    begeleiders: Iterable[Gebruiker],
    themas: Iterable[Thema],
    gehoord: Iterable[str] = (),
    **fields: Any,
) -> Contactmoment:
    """Change a contact moment; what was heard besides is added. Raises Gewijzigd."""
    row = locked(Contactmoment, moment.pk, versie)
    moved = row.adres != fields.get("adres", row.adres) or row.wijk_id != fields.get("wijk", row.wijk).pk
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    if moved:
        _place(row)
    row.begeleiders.set(begeleiders)
    row.themas.set(themas)
    _hear(row, gehoord)
    return row


def _place(row: Contactmoment) -> None:
    found = [place for place in queries.search_address(row.adres) if place.wijk == row.wijk] if row.adres else []
    plaats = found[0].punt if len(found) == 1 else None
    if plaats != row.plaats:
        row.plaats = plaats
        row.save(update_fields=["plaats"])


def _hear(row: Contactmoment, texts: Iterable[str]) -> None:
    begin = row.gehoord.count()
    words = [text.strip() for text in texts if text.strip()]
    Gehoord.objects.bulk_create(
        Gehoord(contactmoment=row, volgorde=begin + number, tekst=text) for number, text in enumerate(words, 1)
    )


@transaction.atomic
def keep_as_note(*, gehoord: Gehoord) -> Gehoord:
    """It stays what it is: something that was said. A second click changes nothing."""
    return _becomes(gehoord, Gehoord.Werd.NOTA)


@transaction.atomic
def make_need_of(
    *, gehoord: Gehoord, door: Gebruiker, at: datetime, behoefte: Behoefte | None = None
) -> Behoefte | None:
    """Draft a need out of what was heard, or count it with a need there is; None when it became something before."""
    row = _open(gehoord)
    if row is None:
        return None
    moment = row.contactmoment
    need = behoefte or Behoefte.objects.create(
        wijk=moment.wijk,
        titel=_title(row.tekst),
        toelichting=row.tekst,
        herkomst=Behoefte.Herkomst.CONTACT,
        plaats=moment.plaats,
        gemaakt_op=at,
        gemaakt_door=door,
    )
    tie(van=[row], naar=need, at=at, door=door)
    _becomes(row, Gehoord.Werd.BEHOEFTE)
    return need


@transaction.atomic
def make_report_of(*, gehoord: Gehoord, soort: int | None, door: Gebruiker, at: datetime) -> Any:
    """Have a report made out of what was heard; None when it became something before, or no room makes reports."""
    row, maker = _open(gehoord), registry.report_maker()
    if row is None or maker is None:
        return None
    report = maker.maak(soort, row.tekst, row.contactmoment, door, at)
    tie(van=[row], naar=report, at=at, door=door)
    _becomes(row, Gehoord.Werd.MELDING)
    return report


def _open(gehoord: Gehoord) -> Gehoord | None:
    row = Gehoord.objects.select_for_update(of=("self",)).select_related("contactmoment__wijk").get(pk=gehoord.pk)
    return row if row.werd in (Gehoord.Werd.OPEN, Gehoord.Werd.NOTA) else None


def _becomes(gehoord: Gehoord, werd: str) -> Gehoord:
    row = Gehoord.objects.select_for_update().get(pk=gehoord.pk)
    if row.werd in (Gehoord.Werd.OPEN, Gehoord.Werd.NOTA) and row.werd != werd:
        row.werd = werd
        row.save(update_fields=["werd"])
    return row


def _title(text: str) -> str:
    line = text.strip().splitlines()[0]
    return line if len(line) <= 160 else f"{line[:159]}…"


@transaction.atomic
def keep_informed(*, moment: Contactmoment, email: str, naam: str, taal: str, at: datetime) -> Opdehoogte:
    """Somebody asks to hear what comes of it: kept apart, with the text they agreed to, and confirmed by mail.

    The same address twice at one moment is one.
    """
    row, made = Opdehoogte.objects.get_or_create(
        contactmoment=moment,
        email=email.strip().lower(),
        defaults={
            "naam": naam.strip(),
            "taal": taal,
            "toestemming_op": at,
            "toestemming_versie": CONSENT_VERSION,
        },
    )
    if made:
        mails.informed(row)
    return row


@transaction.atomic
def stop_informing(*, persoon: Opdehoogte, at: datetime) -> Opdehoogte:
    """Consent is taken back: name, address and mails go at once. A second click changes nothing."""
    row = Opdehoogte.objects.select_for_update().get(pk=persoon.pk)
    if row.ingetrokken_op is None:
        mails.forget_informed(row)
        row.ingetrokken_op, row.naam, row.email = at, "", ""
        with historiek.reason("Toestemming ingetrokken"):
            row.save()
    return row


@transaction.atomic
def forget_informed(pks: Iterable[int], at: datetime) -> dict[str, int]:
    """The rule of keeping: who was to be kept informed of a moment long ago is forgotten."""
    count = 0
    for row in Opdehoogte.objects.filter(pk__in=list(pks), ingetrokken_op__isnull=True):
        stop_informing(persoon=row, at=at)
        count += 1
    return {"mensen vergeten": count}
