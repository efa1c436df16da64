"""What is due in the screening at a given moment: a module per subject, each with its own `register_all`."""

from . import adviezen, monitoring, screening

__all__ = ["adviezen", "monitoring", "register_all", "screening"]


def register_all() -> None:
    """Make all of it known to the rounds; called once, when the app is ready."""
    screening.register_all()
    monitoring.register_all()
    adviezen.register_all()
