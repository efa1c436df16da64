"""What is kept for a while only: the traces of steps that can no longer be taken back."""

from __future__ import annotations

from kern.herinneringen.registry import LichteTaak, register_light

from ..actions import undo


def register_all() -> None:
    register_light(LichteTaak("sporen wissen", undo.forget_old, daily=True))
