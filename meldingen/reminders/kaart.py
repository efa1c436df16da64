"""Keeping the cells of the map together: what changes left loose is folded every few minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kern.herinneringen.registry import LichteTaak, register_light

from ..models.kaartvak import fold

BATCH, MOST = 500, 50


def fold_cells(at: datetime) -> Mapping[str, int]:
    """Fold the cells that changed, by parts: each part is a statement of its own, at most 25,000 cells a round."""
    done = 0
    for _ in range(MOST):
        folded = fold(BATCH)
        done += folded
        if not folded:
            break
    return {"samengevoegd": done}


def register_all() -> None:
    """Make it known to the light round; called once, when the app is ready."""
    register_light(LichteTaak("meldingen: vakken van de kaart", fold_cells))
