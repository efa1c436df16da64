"""Tell everybody what came of it when a thread ends."""

from __future__ import annotations

from .. import mails
from ..models import Actie, Actievoorstel, Behoefte
from ..queries.afloop import outcome


def tell_outcome(ding: Actie | Actievoorstel | Behoefte) -> int:
    """Mail each person who reported, follows or took part once, in the transaction that ends it; how many."""
    return sum(mails.outcome(ding, people) for people in outcome(ding).mensen.values())
