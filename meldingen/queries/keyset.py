"""Paging that costs the same on page 1 and on page 1,000: each page starts where the one before it ended.

The place of a row in a list is its `Plek`: the value it is sorted by and its number. Nothing is skipped with
OFFSET and nothing is counted to its end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet, Value

from ..models import Melding
from ..models.melding import TERM

SIZE = 50
COUNT_LIMIT = 1_000


@dataclass(frozen=True)
class Volgorde:
    """A way to sort reports. The expression is never empty and the number decides between equals."""

    code: str
    expression: Any
    parse: Callable[[str], Any]

    @property
    def descending(self) -> bool:
        return self.code.startswith("-")

    def sorted(self, rows: QuerySet[Melding], *, backwards: bool = False) -> QuerySet[Melding]:
        sign = "-" if self.descending != backwards else ""
        return rows.annotate(sorteer=self.expression).order_by(f"{sign}sorteer", f"{sign}pk")

    def place(self, row: Any) -> str:
        """Where this row of a sorted list stands, as text for a URL."""
        return f"{self.code}~{row.sorteer.isoformat()}~{row.pk}"

    def read(self, place: str) -> tuple[Any, int] | None:
        """The value and the number of a place; None for a place of another order or no place."""
        try:
            code, value, pk = place.split("~")
            key, number = self.parse(value), int(pk)
        except ValueError:
            return None
        return (key, number) if code == self.code else None

    def beyond(self, place: str, *, backwards: bool = False) -> Q | None:
        """The rows after a place (before it, when `backwards`); None for a place of another order or no place."""
        found = self.read(place)
        if found is None:
            return None
        key, number = found
        side = "lt" if self.descending != backwards else "gt"
        equal_side = Q(**{f"pk__{side}": number}, sorteer=key)
        # The bound by itself lets the index start at the place; the rest settles the rows with an equal key.
        return Q(**{f"sorteer__{side}e": key}) & (Q(**{f"sorteer__{side}": key}) | equal_side)


ORDERS = {
    order.code: order
    for order in (
        Volgorde("termijn", TERM, date.fromisoformat),
        Volgorde("-termijn", TERM, date.fromisoformat),
        Volgorde("ontvangen", F("ontvangen_op"), datetime.fromisoformat),
        Volgorde("-ontvangen", F("ontvangen_op"), datetime.fromisoformat),
    )
}


@dataclass(frozen=True)
class Bladzijde:
    """One page of a list, with the places to go on from; an empty place means that the list ends there."""

    rows: Sequence[Melding]
    vorige: str
    volgende: str


Dress = Callable[[Any], QuerySet[Any]]


def page(
    rows: QuerySet[Melding],
    order: Volgorde,
    *,
    dress: Dress | None = None,
    na: str = "",
    voor: str = "",
    size: int = SIZE,
) -> Bladzijde:
    """The page after the place `na`, before the place `voor`, or the first one (one query).

    `dress` adds what a row needs: joined to the rows of the page alone. Where the database has to sort, sorting
    thousands of whole rows with their names takes longer than all the rest.
    """
    backwards = bool(voor) and order.beyond(voor, backwards=True) is not None
    bound = order.beyond(voor, backwards=True) if backwards else order.beyond(na)
    found = order.sorted(rows, backwards=backwards)
    found = (found if bound is None else found.filter(bound))[: size + 1]
    if dress is not None:
        whole = dress(rows.model._default_manager.filter(pk__in=found.values("pk")))
        found = order.sorted(whole, backwards=backwards)
    batch = list(found)
    more, batch = len(batch) > size, batch[:size]
    if backwards:
        batch.reverse()
    if not batch:
        return Bladzijde([], "", "")
    before, after = (more, True) if backwards else (bound is not None, more)
    return Bladzijde(batch, order.place(batch[0]) if before else "", order.place(batch[-1]) if after else "")


def page_with(
    rows: QuerySet[Melding], order: Volgorde, place: str, shown: Bladzijde, *, dress: Dress | None = None
) -> Bladzijde:
    """The page that was shown when the place lies on it, else the one that begins there (two queries more)."""
    here = order.read(place)
    if here is None or not shown.rows:
        return shown
    first, last = ((row.sorteer, row.pk) for row in (shown.rows[0], shown.rows[-1]))  # type: ignore[attr-defined]
    if min(first, last) <= here <= max(first, last):
        return shown
    back = order.beyond(place, backwards=True)
    before = order.sorted(rows, backwards=True).filter(back or Q()).first()
    return page(rows, order, dress=dress, na=order.place(before) if before else "")


def page_of(
    parts: Sequence[QuerySet[Melding]],
    order: Volgorde,
    dress: Dress,
    *,
    na: str = "",
    voor: str = "",
    size: int = SIZE,
) -> Bladzijde:
    """The page of several lists put together, that share no row; each is asked for by itself, along its own index.

    `dress` adds what a row needs. A query for each part.
    """
    pages = [page(dress(part), order, na=na, voor=voor, size=size) for part in parts]
    rows: list[Any] = sorted(
        (row for found in pages for row in found.rows), key=lambda row: (row.sorteer, row.pk), reverse=order.descending
    )
    backwards = bool(voor) and order.beyond(voor, backwards=True) is not None
    more = len(rows) > size or any(found.vorige if backwards else found.volgende for found in pages)
    rows = rows[-size:] if backwards else rows[:size]
    if not rows:
        return Bladzijde([], "", "")
    before, after = (more, True) if backwards else (order.beyond(na) is not None, more)
    return Bladzijde(rows, order.place(rows[0]) if before else "", order.place(rows[-1]) if after else "")


def neighbours(rows: QuerySet[Melding], order: Volgorde, place: str, but: int) -> tuple[Melding | None, Melding | None]:
    """The rows before and after a place in a list, leaving out report `but` (one query; none without a place).

    Of each only the number and what it is sorted by.
    """
    ahead, back = order.beyond(place), order.beyond(place, backwards=True)
    if ahead is None or back is None:
        return None, None
    others = rows.exclude(pk=but).only("pk")
    before = order.sorted(others, backwards=True).filter(back)[:1]
    after = order.sorted(others).filter(ahead)[:1]
    found = {row.is_na: row for row in (*_marked(before, after),)}
    return found.get(False), found.get(True)


def _marked(before: QuerySet[Melding], after: QuerySet[Melding]) -> list[Any]:
    return list(before.annotate(is_na=Value(False)).union(after.annotate(is_na=Value(True)), all=True))


def capped_count(rows: QuerySet[Any], limit: int = COUNT_LIMIT, order: Volgorde | None = None) -> int:
    """How many rows there are, counting no further than `limit` + 1; with an order along its index."""
    found: QuerySet[Any] = rows.order_by() if order is None else order.sorted(rows)
    names = ["pk"] if order is None else ["sorteer", "pk"]
    return found.values(*names)[: limit + 1].count()


@dataclass(frozen=True)
class Telling:
    """A statement that counts several lists at once. It holds no answer, so it can be made once and asked often."""

    sql: str
    values: tuple[Any, ...]
    at: tuple[int, ...]
    lists: int

    @classmethod
    def of(cls, lists: Sequence[QuerySet[Any]], limit: int) -> Telling:
        """Count these lists, each no further than `limit` + 1."""
        parts: list[str] = []
        values: list[Any] = []
        at: list[int] = []
        for number, rows in enumerate(lists):
            try:
                sql, params = rows.order_by().values("pk")[: limit + 1].query.sql_with_params()
            except EmptyResultSet:
                continue
            parts.append(f"(SELECT count(*) FROM ({sql}) AS lijst)")  # noqa: S608 (the ORM's own statement)
            values += params
            at.append(number)
        return cls(f"SELECT {', '.join(parts)}", tuple(values), tuple(at), len(lists))

    def counts(self) -> list[int]:
        """How many rows each list has now (one query for all)."""
        counts = [0] * self.lists
        if self.at:
            with connection.cursor() as cursor:
                cursor.execute(self.sql, self.values)
                for number, count in zip(self.at, cursor.fetchone(), strict=True):
                    counts[number] = count
        return counts


def capped_counts(lists: Sequence[QuerySet[Any]], limit: int) -> list[int]:
    """How many rows each of these lists has, counting no further than `limit` + 1 in each (one query for all)."""
    return Telling.of(lists, limit).counts()


def count_words(count: int, limit: int = COUNT_LIMIT) -> str:
    """A capped count as people read it: 12, 1.204, 10.000+."""
    shown = f"{min(count, limit):,}".replace(",", ".")
    return f"{shown}+" if count > limit else shown
