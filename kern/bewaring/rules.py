"""Which rule holds for what. Plain functions: they fetch and write nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Bewaarregel

# How long something stands on the list before it goes.
NOTICE_DAYS = 7


def exactness(regel: Bewaarregel) -> tuple[bool, bool]:
    """How exact a rule is: a subject weighs more than a state."""
    return bool(regel.onderwerp), bool(regel.toestand)


def more_exact(regel: Bewaarregel, others: Iterable[Bewaarregel]) -> list[Bewaarregel]:
    """The rules for the same thing and the same treatment that go before this one where both apply.

    A rule with a longer term that is more exact keeps its rows longer, so it must be left out of this one.
    """
    return [
        other
        for other in others
        if other.soort == regel.soort
        and other.wat == regel.wat
        and other.pk != regel.pk
        and exactness(other) > exactness(regel)
    ]
