"""What is due about wijken at a given moment: a module per subject, each with its own `register_all`."""

from . import bijeenkomsten, needs, netwerk, overdrachten, partners, werking

__all__ = [
    "bijeenkomsten",
    "needs",
    "netwerk",
    "overdrachten",
    "partners",
    "register_all",
    "werking",
]


def register_all() -> None:
    """Make all of it known to the rounds; called once, when the app is ready."""
    needs.register_all()
    partners.register_all()
    bijeenkomsten.register_all()
    werking.register_all()
    netwerk.register_all()
    overdrachten.register_all()
