"""What led to what."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models

from kern.gebruikers.models import Gebruiker

from .. import registry
from ..models import Draad
from ..rules import Bereik

THREAD_LIMIT = 200


@dataclass(frozen=True)
class Bronnen:
    """Things of one kind that lead to another: those that a person may see, and how many there are besides."""

    naam: str
    knopen: list[registry.Knoop]
    verborgen: int


def thread_into(obj: models.Model, user: Gebruiker, reach: Bereik) -> list[Bronnen]:
    """What leads to this object, by kind, as this person may see it; the newest two hundred.

    A query, and those that each kind needs to be shown.
    """
    by_type: dict[int, list[int]] = {}
    newest = Draad.objects.into(obj).order_by("-sinds", "-pk").values_list("van_type_id", "van_id")[:THREAD_LIMIT]
    for kind, number in newest:
        by_type.setdefault(kind, []).append(number)
    found = []
    for kind, numbers in by_type.items():
        if shown := registry.thread_kind(ContentType.objects.get_for_id(kind).model_class()):
            knots = shown.tonen(numbers, user, reach)
            found.append(Bronnen(shown.naam, knots, len(numbers) - len(knots)))
    return found
