"""What is due about wijken at a given moment: a module per subject, each with its own `register_all`."""

from . import needs, netwerk, partners

__all__ = ["needs", "netwerk", "partners", "register_all"]


def register_all() -> None:
    """Make all of it known to the rounds; called once, when the app is ready."""
    needs.register_all()
    partners.register_all()
    netwerk.register_all()
