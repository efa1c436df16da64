"""Requests that wait for a number, should the task of every few seconds have missed them; and old tokens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kern.herinneringen.registry import LichteTaak, register_light

from ..actions import open311


def process(at: datetime) -> Mapping[str, int]:
    return {"meldingen": open311.process_waiting(at=at)}


def register_all() -> None:
    """Make both jobs known to the light round; called once, when the app is ready."""
    register_light(LichteTaak("open311: maak meldingen", process))
    register_light(LichteTaak("open311: oude bewijzen", open311.forget_tokens, daily=True))
