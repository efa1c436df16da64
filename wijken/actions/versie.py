"""What every change shares: the row as it was on screen, and a step that the table lets through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model, TextChoices

from ..models import Beleidsdomein, Doelstelling
from ..states import draad as states

Rij = TypeVar("Rij", bound=Model)


class Gewijzigd(ValueError):
    """Somebody else changed it since the page was opened."""

    def __init__(self) -> None:
        super().__init__("iemand anders was je voor: kijk na wat er nu staat")


class StapKanNiet(ValueError):
    """The table of steps does not let it go there from where it stands."""


def locked(model: type[Rij], pk: int, versie: int | None) -> Rij:
    """The row, locked, as it was on screen, with its next version. Raises Gewijzigd."""
    row: Any = model._default_manager.select_for_update().get(pk=pk)
    if versie is not None and row.versie != versie:
        raise Gewijzigd
    row.versie += 1
    return row  # type: ignore[no-any-return]


def set_goals(row: Any, domeinen: Iterable[Beleidsdomein], doelstellingen: Iterable[Doelstelling]) -> None:
    """Say which domains and goals it serves."""
    row.domeinen.set(domeinen)
    row.doelstellingen.set(doelstellingen)


def step(row: Any, naar: str, steps: Mapping[Any, frozenset[Any]]) -> None:
    """Put the row in this status. Raises StapKanNiet."""
    if not states.allowed(steps, row.status, naar):
        statuses: type[TextChoices] = type(next(iter(steps)))
        raise StapKanNiet(f"van “{statuses(row.status).label}” kan dit niet naar “{statuses(naar).label}”")
    row.status = naar
