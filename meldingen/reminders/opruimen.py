"""What is kept for a while only: the traces of steps that can no longer be taken back."""

from __future__ import annotations

from kern.herinneringen.registry import LichteTaak, register_light

from ..actions import bulk, undo


def register_all() -> None:
    """Make these known to the light round."""
    register_light(LichteTaak("sporen wissen", undo.forget_old, daily=True))
    register_light(LichteTaak("bulk hervatten", bulk.resume))
    register_light(LichteTaak("bulk wissen", bulk.forget_old, daily=True))
