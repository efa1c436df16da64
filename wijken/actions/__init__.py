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
from .impuls import (
    PuntGewijzigd,
    agree,
    begin_impuls,
    change_agreement,
    end_impuls,
    move_agreement,
    settle_impuls,
)
from .partners import ask_contact, ask_due_contacts, confirm_contact, correct_contact, settle_contact
from .plan import plan_of, tie_to_plan, untie_from_plan

__all__ = [
    "BehoefteGewijzigd",
    "PuntGewijzigd",
    "Resultaat",
    "WijkFinder",
    "agree",
    "ask_contact",
    "ask_due_contacts",
    "begin_impuls",
    "change_agreement",
    "confirm_contact",
    "confirm_need",
    "correct_contact",
    "edit_need",
    "end_impuls",
    "import_outlines",
    "import_streets",
    "move_agreement",
    "place_street",
    "plan_of",
    "propose_need",
    "reassign_needs",
    "reassign_places",
    "reassign_streets",
    "reject_need",
    "settle_contact",
    "settle_impuls",
    "tie",
    "tie_to_plan",
    "untie_from_plan",
]
