"""Keeping the figures small and right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kern.herinneringen.registry import LichteTaak, register_light

from .. import actions


def fold(at: datetime) -> Mapping[str, int]:
    """Move the changes since the last round into the cells of the figures."""
    return {"cellen": actions.cijfers.fold()}


def recount(at: datetime) -> Mapping[str, int]:
    """Count all anew, once a day."""
    return {"cellen": actions.cijfers.recount()}


def register_all() -> None:
    register_light(LichteTaak("meldingen: cijfers bijwerken", fold))
    register_light(LichteTaak("meldingen: cijfers natellen", recount, daily=True))
