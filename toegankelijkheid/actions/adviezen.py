"""Every write on a recommendation to a service or partner: draft, change, send, answer, withdraw, throw away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from kern import historiek
from kern.gebruikers.models import Gebruiker
from kern.termijnen import add_working_days, local_date
from wijken.actions import Gewijzigd
from wijken.actions.versie import locked

from ..mails import adviezen as mails
from ..models import Adviesregel, Dienstadvies, Knelpunt, Standaardoplossing
from ..queries.adviezen import Voorstellen
from ..states import ADVIES_STEPS, Adviesstatus

__all__ = ["AdviesMagNiet", "Gewijzigd", "Inhoud", "answer", "discard", "draft", "save", "send", "withdraw", "write"]

S = Adviesstatus


class AdviesMagNiet(ValueError):
    """Why this cannot be done with the recommendation, in words for the page."""


@dataclass(frozen=True)
class Inhoud:
    """What a line recommends."""

    oplossing: Standaardoplossing | None
    tekst: str
    hoeveelheid: Decimal
    eenheid: str
    prijs_laag: int | None
    prijs_hoog: int | None


def _step(row: Dienstadvies, naar: Adviesstatus) -> None:
    if naar not in ADVIES_STEPS[S(row.status)]:
        raise AdviesMagNiet(f"Deze aanbeveling is {row.get_status_display()}: dit kan niet meer.")
    row.status = naar


def _concept(advies: Dienstadvies, versie: int | None) -> Dienstadvies:
    row = locked(Dienstadvies, advies.pk, versie)
    if not row.is_concept:
        raise AdviesMagNiet(f"Deze aanbeveling is {row.get_status_display()} en verandert niet meer.")
    return row


@transaction.atomic
def draft(*, advies: Dienstadvies, knelpunten: Collection[Knelpunt], at: datetime) -> Dienstadvies:
    """Keep a new recommendation, with a line per knelpunt drafted from what usually solves it."""
    advies.gemaakt_op = at
    advies.save()
    proposals = Voorstellen()
    Adviesregel.objects.bulk_create(proposals.line(advies, row) for row in knelpunten)
    return advies


@transaction.atomic
def save(*, advies: Dienstadvies, versie: int | None) -> Dienstadvies:
    """Write the title, to whom and the term of a concept. Raises Gewijzigd and AdviesMagNiet."""
    advies.versie = _concept(advies, versie).versie
    advies.save()
    return advies


@transaction.atomic
def write(
    *, advies: Dienstadvies, regels: Mapping[int, Inhoud], weg: Collection[int] = (), versie: int | None = None
) -> int:
    """Write what lines (by key) of a concept recommend and take lines out; how many changed."""
    row = _concept(advies, versie)
    changed, _kinds = row.regels.filter(pk__in=weg).delete()
    for line in row.regels.select_for_update(of=("self",)).filter(pk__in=regels):
        for name, value in vars(regels[line.pk]).items():
            setattr(line, name, value)
        line.save()
        changed += 1
    row.save()
    return changed


@transaction.atomic
def send(*, advies: Dienstadvies, at: datetime, versie: int | None) -> Dienstadvies:
    """Send it: the term begins, and the service or partner gets a mail in the same transaction."""
    row = locked(Dienstadvies, advies.pk, versie)
    _step(row, S.VERZONDEN)
    if not row.regels.exists():
        raise AdviesMagNiet("Er staat geen knelpunt in.")
    if row.partner and not row.partner.email:
        raise AdviesMagNiet(f"Van {row.partner} is geen mailadres bekend. Vul het in bij de partner.")
    row.verzonden_op = local_date(at)
    row.antwoord_tegen = add_working_days(row.verzonden_op, row.werkdagen)
    row.save()
    mails.sent(row)
    return row


@transaction.atomic
def answer(
    *,
    advies: Dienstadvies,
    antwoord: str,
    reden: str,
    regels: Mapping[int, tuple[str, str]],
    door: Gebruiker | None,
    at: datetime,
    versie: int | None = None,
) -> Dienstadvies:
    """Answer it: as a whole, and other than that for lines (by key). `door` is None for a partner.

    Who wrote it hears of it by mail. Raises AdviesMagNiet without a reason, and when it was answered or withdrawn.
    """
    row = locked(Dienstadvies, advies.pk, versie)
    _step(row, S.BEANTWOORD)
    if not reden.strip() or any(not why.strip() for _said, why in regels.values()):
        raise AdviesMagNiet("Zeg bij elk antwoord waarom.")
    row.antwoord, row.antwoord_reden = antwoord, reden.strip()
    row.beantwoord_op, row.beantwoord_door = at, door
    row.save()
    for line in row.regels.select_for_update(of=("self",)):
        said, why = regels.get(line.pk, (antwoord, row.antwoord_reden[:500]))
        line.antwoord, line.reden = said, why.strip()
        line.save(update_fields=["antwoord", "reden"])
    mails.answered(row)
    return row


@transaction.atomic
def withdraw(*, advies: Dienstadvies, reden: str, versie: int | None) -> Dienstadvies:
    """Take it back before it is answered; the link of a partner then says so."""
    row = locked(Dienstadvies, advies.pk, versie)
    _step(row, S.INGETROKKEN)
    if not reden.strip():
        raise AdviesMagNiet("Zeg waarom.")
    row.intrekreden = reden.strip()
    with historiek.reason(row.intrekreden):
        row.save()
    mails.withdrawn(row)
    return row


@transaction.atomic
def discard(*, advies: Dienstadvies, versie: int | None) -> None:
    """Throw a concept away."""
    _concept(advies, versie).delete()
