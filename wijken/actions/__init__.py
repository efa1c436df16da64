"""Every write of this room: one verb, one function, a module per subject."""

from .behoeften import BehoefteGewijzigd, confirm_need, edit_need, propose_need, reassign_needs, reject_need
from .draad import tie
from .gebied import (
    Resultaat,
    WijkFinder,
    import_outlines,
    import_streets,
    place_street,
    reassign_places,
    reassign_streets,
)
from .partners import ask_contact, ask_due_contacts, confirm_contact, correct_contact, settle_contact

__all__ = [
    "BehoefteGewijzigd",
    "Resultaat",
    "WijkFinder",
    "ask_contact",
    "ask_due_contacts",
    "confirm_contact",
    "confirm_need",
    "correct_contact",
    "edit_need",
    "import_outlines",
    "import_streets",
    "place_street",
    "propose_need",
    "reassign_needs",
    "reassign_places",
    "reassign_streets",
    "reject_need",
    "settle_contact",
    "tie",
]
