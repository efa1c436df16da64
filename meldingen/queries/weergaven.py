"""Saved views: which ones somebody has, with which columns, how many reports each holds, and what entered them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from kern.gebruikers.models import Gebruiker
from wijken.queries import Bereik

from ..models import Kolomkeuze, Melding, Seintje, Uitvoerplan, Weergave
from ..models.weergave import WeergaveQuerySet

SHOWN = 30
"""So many views stand above the list at most."""


def views_for(user: Gebruiker, reach: Bereik) -> list[Weergave]:
    """The views above somebody's list, each with the columns that this person wants there (one query)."""
    own = Kolomkeuze.objects.filter(gebruiker=user, weergave=OuterRef("pk")).values("kolommen")
    rows = Weergave.objects.in_use().visible_to(user, reach)
    return list(rows.annotate(mijn_kolommen=Subquery(own[:1]))[:SHOWN])


def columns_of_lists(user: Gebruiker) -> list[str]:
    """The columns that somebody wants in the plain lists; none for the usual ones (one query)."""
    own = Kolomkeuze.objects.filter(gebruiker=user, weergave=None).values_list("kolommen", flat=True).first()
    return own or []


def overview(user: Gebruiker, reach: Bereik) -> WeergaveQuerySet:
    """Everything that somebody can use or change, with what this person asked of it."""
    told = Seintje.objects.filter(gebruiker=user, weergave=OuterRef("pk"))
    planned = Uitvoerplan.objects.filter(eigenaar=user, weergave=OuterRef("pk"), is_actief=True)
    rows = Weergave.objects.kept().visible_to(user, reach) | Weergave.objects.kept().changeable_by(user, reach)
    return rows.select_related("eigenaar", "team").annotate(
        krijgt_seintje=Exists(told), heeft_plan=Exists(planned)
    )


def thrown_away(user: Gebruiker, reach: Bereik) -> WeergaveQuerySet:
    """What this person may put back, the last first."""
    return Weergave.objects.exclude(verwijderd_op=None).changeable_by(user, reach).order_by("-verwijderd_op")


def capped_counts(lists: Sequence[QuerySet[Any]], limit: int) -> list[int]:
    """How many rows each of these lists has, counting no further than `limit` + 1 in each (one query for all)."""
    parts, values, at = [], [], []
    for number, rows in enumerate(lists):
        try:
            sql, params = rows.order_by().values("pk")[: limit + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"(SELECT count(*) FROM ({sql}) AS lijst)")
        values += params
        at.append(number)
    counts = [0] * len(lists)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", values)
            for number, count in zip(at, cursor.fetchone(), strict=True):
                counts[number] = count
    return counts


def subscribers() -> list[Seintje]:
    """Who wants to hear of which view: of people who work here, in views that are in use (two queries).

    Each person comes with their roles, so that asking for them costs nothing more.
    """
    rows = list(
        Seintje.objects.filter(gebruiker__is_active=True, weergave__is_actief=True, weergave__verwijderd_op=None)
        .select_related("gebruiker", "weergave")
        .order_by("gebruiker", "weergave__volgorde", "weergave__naam", "pk")
    )
    with_roles(row.gebruiker for row in rows)
    return rows


def with_roles(people: Iterable[Gebruiker]) -> None:
    """Read the roles of all these people at once (one query)."""
    people = list(people)
    found = Gebruiker.objects.filter(pk__in={person.pk for person in people}, is_superuser=False)
    roles = dict(found.annotate(namen=ArrayAgg("groups__name")).values_list("pk", "namen"))
    for person in people:
        if person.pk in roles:
            person.rollen = frozenset(filter(None, roles[person.pk]))


def plans_due(on: date) -> list[Uitvoerplan]:
    """The scheduled exports of people who work here, with the view and its owner (two queries)."""
    rows = list(
        Uitvoerplan.objects.filter(
            is_actief=True, eigenaar__is_active=True, weergave__is_actief=True, weergave__verwijderd_op=None
        ).select_related("eigenaar", "weergave")
    )
    with_roles(row.eigenaar for row in rows)
    return rows


def entered(rows: QuerySet[Melding], seintje: Seintje, most: int) -> tuple[QuerySet[Melding], list[int] | None]:
    """What entered a view since somebody last heard of it, and the numbers to remember (None: too many).

    Entering is: it is in the view now and was not there then, whether it is new, was changed, or became late. A view
    with more than `most` reports is not remembered one by one: there only what was received since then entered.
    """
    now = list(rows.order_by().values_list("pk", flat=True)[: most + 1])
    if len(now) > most or seintje.gezien is None:
        return rows.filter(ontvangen_op__gt=seintje.gezien_op), now if len(now) <= most else None
    return rows.filter(pk__in=set(now) - set(seintje.gezien)), now
