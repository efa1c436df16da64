"""What is tied to the goals of Samen Stad maken and to the policy domains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kern.gebruikers.models import Gebruiker

from .. import registry
from ..models import Beleidsdomein, Doelstelling
from ..rules import Bereik


@dataclass(frozen=True)
class Doelregel:
    """A goal or domain, and how many things of each kind are tied to it, in the order of the kinds."""

    rij: Doelstelling | Beleidsdomein
    aantallen: list[int]


@dataclass(frozen=True)
class Doelrapport:
    """The kinds, and a line for each goal and each domain."""

    soorten: list[registry.Doelsoort]
    doelen: list[Doelregel]
    domeinen: list[Doelregel]


def goal_report(user: Gebruiker, reach: Bereik) -> Doelrapport:
    """How much is tied to each goal and domain, as far as this person may see it.

    Two queries, and two for each kind of thing.
    """
    kinds = registry.goal_kinds()

    def lines(model: Any) -> list[Doelregel]:
        counts = [kind.count(model, user, reach) for kind in kinds]
        rows = [row for row in model.objects.all() if row.is_actief or any(found.get(row.pk) for found in counts)]
        return [Doelregel(row, [found.get(row.pk, 0) for found in counts]) for row in rows]

    return Doelrapport(kinds, lines(Doelstelling), lines(Beleidsdomein))


def goal_lists(
    doel: Doelstelling | Beleidsdomein, user: Gebruiker, reach: Bereik
) -> list[tuple[registry.Doelsoort, list[registry.Knoop], int]]:
    """What is tied to one goal or domain: per kind the newest things and how many there are (two queries each)."""
    found = []
    for kind in registry.goal_kinds():
        knots, count = kind.show(doel, user, reach)
        if count:
            found.append((kind, knots, count))
    return found
