"""What is due about reports at a given moment: a module per subject, each with its own `register_all`."""

from . import belofte, cijfers, deeltaken, dubbels, kaart, open311, opruimen, partner, terms, terugkoppeling
from .terms import BRON, end_waiting, open_items, remind_residents

__all__ = ["BRON", "end_waiting", "open_items", "register_all", "remind_residents"]


def register_all() -> None:
    """Make all of it known to the rounds; called once, when the app is ready."""
    terms.register_all()
    opruimen.register_all()
    dubbels.register_all()
    open311.register_all()
    belofte.register_all()
    terugkoppeling.register_all()
    cijfers.register_all()
    partner.register_all()
    deeltaken.register_all()
    kaart.register_all()
