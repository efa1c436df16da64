"""Every write on half-year letters: prepared by the clock, looked over and sent by staff, carried out in pieces."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date
from wijken.actions.versie import Gewijzigd, StapKanNiet, locked

from ..mails import brieven as mails
from ..models import Halfjaarbrief
from ..queries import brieven as queries

__all__ = ["Gewijzigd", "StapKanNiet", "deliver", "introduce", "prepare", "send"]

AT_ONCE = 500


def prepare(*, at: datetime) -> Halfjaarbrief | None:
    """Begin the letter about the half year that is over, once; None when it is there, or nothing is public."""
    begin = queries.half_year_before(local_date(at))
    brief, made = Halfjaarbrief(vanaf=begin, gemaakt_op=at), False
    if queries.content(brief, local_date(at)):
        brief, made = Halfjaarbrief.objects.get_or_create(vanaf=begin, defaults={"gemaakt_op": at})
    return brief if made else None


@transaction.atomic
def introduce(*, brief: Halfjaarbrief, inleiding: str, versie: int) -> Halfjaarbrief:
    """Write the words on top. Raises Gewijzigd, and StapKanNiet once it is sent."""
    row = _unsent(brief, versie)
    row.inleiding = inleiding
    row.save()
    return row


@transaction.atomic
def send(*, brief: Halfjaarbrief, door: Gebruiker, at: datetime, versie: int) -> Halfjaarbrief:
    """Freeze what it says and let it go out; the round carries it to everybody. Raises Gewijzigd, StapKanNiet."""
    row = _unsent(brief, versie)
    row.inhoud = queries.content(row, local_date(at))
    row.verzonden_op, row.verzonden_door = at, door
    row.save()
    return row


@transaction.atomic
def deliver(*, at: datetime) -> int:
    """Put the letters that were sent in the outbox, so many addresses at once; how many mails.

    An address that follows several recommendations gets one: its key is that of the letter and the address.
    """
    brief = (
        Halfjaarbrief.objects.select_for_update(skip_locked=True)
        .filter(verzonden_op__isnull=False, is_rond=False)
        .order_by("vanaf")
        .first()
    )
    if brief is None:
        return 0
    rows = list(queries.followers().filter(pk__gt=brief.laatste).order_by("pk")[:AT_ONCE])
    count = sum(mails.letter(brief, row) for row in rows)
    brief.laatste = rows[-1].pk if rows else brief.laatste
    brief.is_rond = len(rows) < AT_ONCE
    brief.save(update_fields=["laatste", "is_rond"])
    return count


def _unsent(brief: Halfjaarbrief, versie: int) -> Halfjaarbrief:
    row = locked(Halfjaarbrief, brief.pk, versie)
    if row.verzonden_op is not None:
        raise StapKanNiet("de brief is al verzonden en verandert niet meer")
    return row


def first_day(year: int, half: int) -> date:
    """The day on which a half year begins."""
    return date(year, 1 if half == 1 else 7, 1)
