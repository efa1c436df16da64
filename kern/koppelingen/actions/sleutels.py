"""Make a key, note its use, take it back; and keep what was answered to a request that may come twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from kern.gebruikers.models import Gebruiker
from kern.toevoegen import add

from .. import rules
from ..models import Antwoord, Sleutel, check_rights

# How exactly “last used” is kept: a busy key costs one write a minute, not one a request.
USED_EVERY = timedelta(minutes=1)


@transaction.atomic
def make_key(
    *,
    naam: str,
    eigenaar: Gebruiker,
    rechten: Iterable[str],
    at: datetime,
    verloopt_op: datetime | None = None,
    per_minuut: int = 120,
    tekst: str | None = None,
    is_demo: bool = False,
) -> tuple[Sleutel, str]:
    """A new key and its text, which nobody can read back afterwards.

    `tekst` is for the demo's fixed keys alone. Raises ValidationError for an unknown right, and for one of staff
    without an end; ValueError for a fixed text outside the demo.
    """
    if tekst and not is_demo:
        raise ValueError("only a key of the demo has a fixed text")
    rights = sorted(set(rechten))
    check_rights(rights, verloopt_op)
    text = tekst or rules.make_key()
    row = Sleutel.objects.create(
        naam=naam,
        eigenaar=eigenaar,
        rechten=rights,
        begin=rules.shown_part(text),
        hash=rules.hashed(text),
        verloopt_op=verloopt_op,
        per_minuut=per_minuut,
        aangemaakt_op=at,
        is_demo=is_demo,
    )
    return row, text


def mark_used(*, sleutel: Sleutel, at: datetime) -> bool:
    """Note that the key was used, once a minute at most; whether it was written."""
    if sleutel.laatst_gebruikt_op and sleutel.laatst_gebruikt_op > at - USED_EVERY:
        return False
    stale = Q(laatst_gebruikt_op__isnull=True) | Q(laatst_gebruikt_op__lte=at - USED_EVERY)
    return bool(Sleutel.objects.filter(stale, pk=sleutel.pk).update(laatst_gebruikt_op=at))


@transaction.atomic
def revoke(*, pks: list[int], at: datetime) -> int:
    """Take keys back for good, from now; how many still held."""
    return Sleutel.objects.filter(pk__in=pks, ingetrokken_op=None).update(ingetrokken_op=at)


def keep_answer(*, sleutel: str, vraag: str, inhoud: dict[str, Any], at: datetime) -> Antwoord:
    """Keep what was answered to the request with this (hashed) key, in the transaction of what it did.

    Raises IntegrityError when there is an answer already.
    """
    answer = Antwoord(sleutel=sleutel, vraag=vraag, inhoud=inhoud, gemaakt_op=at)
    add(answer)
    return answer
