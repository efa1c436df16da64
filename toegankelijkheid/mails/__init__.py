"""Mails of this room, a module per subject."""

from . import adviezen, bewoners

__all__ = ["adviezen", "bewoners", "register"]


def register() -> None:
    """Make them known; called once, when the app is ready."""
    bewoners.register()
    adviezen.register()
