"""What the rules of keeping can be about, for wijken."""

from __future__ import annotations

from kern.bewaring.models import Wat
from kern.bewaring.registry import Soort, register

from .actions import forget_informed
from .queries import contactmomenten


def register_all() -> None:
    """Make them known to the nightly round; called once, when the app is ready."""
    register(
        Soort(
            "opdehoogte",
            "wie op de hoogte wil blijven na een contactmoment",
            contactmomenten.long_ago,
            contactmomenten.name_informed,
            {Wat.ANONIMISEER: forget_informed},
        )
    )
