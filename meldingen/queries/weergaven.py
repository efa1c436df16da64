"""Saved views: which ones somebody has, with which columns, how many reports each holds, and what entered them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from kern.gebruikers.models import Gebruiker
from wijken.queries import Bereik

from ..models import Kolomkeuze, Melding, Seintje, Uitvoerplan, Weergave
from ..models.weergave import WeergaveQuerySet
from .keyset import capped_count

SHOWN = 30
"""So many views stand above the list at most."""
MOST = 5000
"""So many reports of a view are remembered one by one for who wants to hear of it."""


def views_for(user: Gebruiker, reach: Bereik) -> list[Weergave]:
    """The views above somebody's list, each with the columns that this person wants there (one query)."""
    own = Kolomkeuze.objects.filter(gebruiker=user, weergave=OuterRef("pk")).values("kolommen")
    rows = Weergave.objects.in_use().visible_to(user, reach)
    return list(rows.annotate(mijn_kolommen=Subquery(own[:1]))[:SHOWN])


def columns_of_lists(user: Gebruiker) -> list[str]:
    """The columns that somebody wants in the plain lists; none for the usual ones (one query)."""
    own = Kolomkeuze.objects.filter(gebruiker=user, weergave=None).values_list("kolommen", flat=True).first()
    return own or []


def columns_of(user: Gebruiker, weergave: Weergave) -> list[str]:
    """The columns of a view for somebody: their own choice, else those of the view (one query)."""
    own = Kolomkeuze.objects.filter(gebruiker=user, weergave=weergave).values_list("kolommen", flat=True).first()
    return list(own or weergave.kolommen)


def overview(user: Gebruiker, reach: Bereik) -> WeergaveQuerySet:
    """Everything that somebody can use or change, with what this person asked of it."""
    told = Seintje.objects.filter(gebruiker=user, weergave=OuterRef("pk"))
    planned = Uitvoerplan.objects.filter(eigenaar=user, weergave=OuterRef("pk"), is_actief=True)
    rows = Weergave.objects.kept().visible_to(user, reach) | Weergave.objects.kept().changeable_by(user, reach)
    return rows.select_related("eigenaar", "team").annotate(krijgt_seintje=Exists(told), heeft_plan=Exists(planned))


def thrown_away(user: Gebruiker, reach: Bereik) -> WeergaveQuerySet:
    """What this person may put back, the last first."""
    return Weergave.objects.exclude(verwijderd_op=None).changeable_by(user, reach).order_by("-verwijderd_op")


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


def plans() -> list[Uitvoerplan]:
    """The scheduled exports of people who work here, with the view and its owner (two queries)."""
    rows = list(
        Uitvoerplan.objects.filter(
            is_actief=True, eigenaar__is_active=True, weergave__is_actief=True, weergave__verwijderd_op=None
        ).select_related("eigenaar", "weergave")
    )
    with_roles(row.eigenaar for row in rows)
    return rows


@dataclass(frozen=True)
class Nieuw:
    """What entered a view: the reports, how many (no further than 1,000), and the numbers to remember."""

    rows: QuerySet[Melding]
    aantal: int
    gezien: list[int] | None


def entered(rows: QuerySet[Melding], seintje: Seintje) -> Nieuw:
    """What entered a view since somebody last heard of it.

    Entering is: it is in the view now and was not there then, whether it is new, was changed, or became late. Of a view
    with more than MOST reports the numbers are not remembered; there, what was received since then entered.
    """
    now = remembered(rows)
    if now is None or seintje.gezien is None:
        late_comers = rows.filter(ontvangen_op__gt=seintje.gezien_op)
        return Nieuw(late_comers, capped_count(late_comers, 999), now)
    new = set(now) - set(seintje.gezien)
    return Nieuw(rows.filter(pk__in=new), len(new), now)


def remembered(rows: QuerySet[Melding]) -> list[int] | None:
    """The numbers of all reports in a view; None when they are more than MOST (one query)."""
    found = list(rows.order_by().values_list("pk", flat=True)[: MOST + 1])
    return found if len(found) <= MOST else None
