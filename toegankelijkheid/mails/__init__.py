"""Mails of this room, a module per subject."""

from . import bewoners

__all__ = ["bewoners", "register"]


def register() -> None:
    """Make them known; called once, when the app is ready."""
    bewoners.register()
