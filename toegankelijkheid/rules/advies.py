"""Recommendations to services: who sees and answers them, and what they cost. Fetches nothing."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ..states import Adviesstatus
from . import recht
from .monitoring import can_work

if TYPE_CHECKING:
    from wijken.queries import Bereik

# Words of the form that services and partners share.
ANSWER, REASON = _("Antwoord"), _("Waarom?")
AS_A_WHOLE = _("zoals het geheel")
CHOOSE, SAY_WHY = _("Kies een antwoord."), _("Zeg waarom.")
REASON_WITHOUT_ANSWER = _("Kies hier ook een antwoord, of wis de reden.")
# Calendar days after the term that the link of a partner still opens.
LINK_DAYS = 60
# Working days before (below 0) or after the term that a partner is mailed once more.
PARTNER_REMINDERS = (-5, 0, 5)


def may_see(user: Any, reach: Bereik, *, team_id: int | None, status: str) -> bool:
    """Whether somebody may read it: who sees all of the screening, and a service what was sent to it."""
    if recht.sees_all(user):
        return True
    works_here = bool(user.is_active) and bool(user.rollen)
    return works_here and status != Adviesstatus.CONCEPT and team_id in reach.team_ids


def may_answer(user: Any, reach: Bereik, *, team_id: int | None) -> bool:
    """Whether somebody may answer: the service itself, and who manages the screening (an answer given by phone)."""
    return recht.may_manage(user) or (can_work(user) and team_id in reach.team_ids)


def cost(hoeveelheid: Decimal, prijs: int | None) -> int | None:
    """Quantity times unit price in whole euros; None without a price."""
    return None if prijs is None else int((hoeveelheid * prijs).quantize(Decimal(1), ROUND_HALF_UP))
