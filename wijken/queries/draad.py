"""What led to what: the thread from what residents said to what came of it, walked both ways."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models

from kern.gebruikers.models import Gebruiker

from .. import registry
from ..models import Draad
from ..rules import Bereik

THREAD_LIMIT = 200
# More than this is no thread any more; the walk stops there, so that no page hangs on one.
WALK_LIMIT = 5000
SHOWN = 5

Sleutel = tuple[int, int]
"""A thing in a thread: the id of its content type, and its number."""

# UNION (and not UNION ALL) leaves out what was reached before: a circle ends by itself.
_WALK = """
    WITH RECURSIVE keten (soort, nummer) AS (
        SELECT * FROM unnest(%s::bigint[], %s::bigint[])
        UNION
        SELECT d.{naar}_type_id, d.{naar}_id FROM wijken_draad d
        JOIN keten k ON d.{van}_type_id = k.soort AND d.{van}_id = k.nummer
    )
    SELECT d.{van}_type_id, d.{van}_id, d.{naar}_type_id, d.{naar}_id FROM wijken_draad d
    JOIN keten k ON d.{van}_type_id = k.soort AND d.{van}_id = k.nummer
    ORDER BY d.id DESC LIMIT %s
"""


@dataclass(frozen=True)
class Bronnen:
    """Things of one kind that lead to another: those that a person may see, and how many there are besides."""

    naam: str
    knopen: list[registry.Knoop]
    verborgen: int


@dataclass(frozen=True)
class Halte:
    """A stop of a thread: things of one kind, as a person may see them. `is_hier`: the thing the page is about."""

    naam: str
    knopen: list[registry.Knoop]
    verborgen: int
    is_hier: bool = False

    @property
    def eerste(self) -> list[registry.Knoop]:
        return self.knopen[:SHOWN]

    @property
    def verder(self) -> list[registry.Knoop]:
        return self.knopen[SHOWN:]

    @property
    def aantal(self) -> int:
        return len(self.knopen) + self.verborgen


def key_of(obj: models.Model) -> Sleutel:
    """The thing as it stands in a thread."""
    return ContentType.objects.get_for_model(obj).pk, obj.pk


def walk(starts: Collection[Sleutel], *, terug: bool = False) -> dict[Sleutel, set[Sleutel]]:
    """From each thing that is reached to those it leads to directly; `terug`: to those that lead to it (one query)."""
    if not starts:
        return {}
    van, naar = ("naar", "van") if terug else ("van", "naar")
    kinds, numbers = zip(*starts, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_WALK.format(van=van, naar=naar), [list(kinds), list(numbers), WALK_LIMIT])
        rows = cursor.fetchall()
    found: dict[Sleutel, set[Sleutel]] = {}
    for kind, number, to_kind, to_number in rows:
        found.setdefault((kind, number), set()).add((to_kind, to_number))
    return found


def walk_both(start: Sleutel) -> tuple[dict[Sleutel, set[Sleutel]], dict[Sleutel, set[Sleutel]]]:
    """`walk` from one thing, back and onward (one query for the two)."""
    back, onward = _WALK.format(van="naar", naar="van"), _WALK.format(van="van", naar="naar")
    params: tuple[list[int], list[int], int] = ([start[0]], [start[1]], WALK_LIMIT)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1, b.* FROM ({back}) b UNION ALL SELECT 0, o.* FROM ({onward}) o", [*params, *params])  # noqa: S608
        rows = cursor.fetchall()
    found: tuple[dict[Sleutel, set[Sleutel]], dict[Sleutel, set[Sleutel]]] = ({}, {})
    for is_back, kind, number, to_kind, to_number in rows:
        found[0 if is_back else 1].setdefault((kind, number), set()).add((to_kind, to_number))
    return found


def reached(steps: dict[Sleutel, set[Sleutel]], starts: Iterable[Sleutel]) -> set[Sleutel]:
    """All that these things lead to in the end, without themselves."""
    begin = set(starts)
    todo, seen = list(begin), set[Sleutel]()
    while todo:
        for further in steps.get(todo.pop(), ()):
            if further not in seen:
                seen.add(further)
                todo.append(further)
    return seen - begin


def in_a_thread(model: type[models.Model]) -> models.ExpressionWrapper[models.Q]:
    """For a query on this model: whether a row leads to something, or something led to it."""
    kind = ContentType.objects.get_for_model(model).pk
    onward = Draad.objects.filter(van_type=kind, van_id=models.OuterRef("pk"))
    back = Draad.objects.filter(naar_type=kind, naar_id=models.OuterRef("pk"))
    return models.ExpressionWrapper(
        models.Q(models.Exists(onward)) | models.Q(models.Exists(back)), output_field=models.BooleanField()
    )


def thread_of(obj: models.Model, user: Gebruiker, reach: Bereik) -> list[Halte]:
    """The whole thread of a thing: what led to it, itself, and what came of it; empty when it is in none.

    A query, and those that each kind needs to be shown.
    """
    here = key_of(obj)
    back, onward = walk_both(here)
    before, after = reached(back, [here]), reached(onward, [here])
    if not before and not after:
        return []
    return [
        *_stops(before, user, reach),
        *_stops({here}, user, reach, is_hier=True),
        *_stops(after - before, user, reach),
    ]


def _stops(keys: set[Sleutel], user: Gebruiker, reach: Bereik, *, is_hier: bool = False) -> list[Halte]:
    found = []
    for kind, numbers in by_kind(keys):
        knots = kind.tonen(numbers, user, reach)
        name = kind.een if len(numbers) == 1 and kind.een else kind.naam
        found.append(Halte(name, knots, len(numbers) - len(knots), is_hier))
    return found


def by_kind(keys: Iterable[Sleutel]) -> list[tuple[registry.Draadsoort, list[int]]]:
    """The numbers of things by their kind, in the order in which a thread is told; unknown kinds are left out."""
    numbers: dict[int, list[int]] = {}
    for kind, number in sorted(keys):
        numbers.setdefault(kind, []).append(number)
    known = [
        (shown, found)
        for kind, found in numbers.items()
        if (shown := registry.thread_kind(ContentType.objects.get_for_id(kind).model_class()))
    ]
    return sorted(known, key=lambda pair: (pair[0].volgorde, pair[0].naam))


def thread_into(obj: models.Model, user: Gebruiker, reach: Bereik) -> list[Bronnen]:
    """What leads to this object, by kind, as this person may see it; the newest two hundred.

    A query, and those that each kind needs to be shown.
    """
    newest = Draad.objects.into(obj).order_by("-sinds", "-pk").values_list("van_type_id", "van_id")[:THREAD_LIMIT]
    found = []
    for kind, numbers in by_kind(newest):
        knots = kind.tonen(numbers, user, reach)
        found.append(Bronnen(kind.naam, knots, len(numbers) - len(knots)))
    return found


def public_steps(obj: models.Model) -> list[registry.PubliekeStap]:
    """What came of a thing, in plain words for everybody, from first to last (a query, and one or two a kind)."""
    after = reached(walk([key_of(obj)]), [key_of(obj)])
    steps = [step for kind, numbers in by_kind(after) if kind.publiek for step in kind.publiek(numbers)]
    return sorted(steps, key=lambda step: step.op)
