"""The steps of a conversation: planned, entered from its paper sheet, looked at."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where a conversation stands."""

    GEPLAND = "gepland", "gepland"
    INGEVOERD = "ingevoerd", "ingevoerd, wacht op nazicht"
    NAGEKEKEN = "nagekeken", "nagekeken"
    AFGELAST = "afgelast", "gaat niet door"


STEPS: dict[Status, frozenset[Status]] = {
    Status.GEPLAND: frozenset({Status.INGEVOERD, Status.AFGELAST}),
    Status.INGEVOERD: frozenset({Status.NAGEKEKEN, Status.GEPLAND}),
    Status.NAGEKEKEN: frozenset({Status.INGEVOERD}),
    Status.AFGELAST: frozenset({Status.GEPLAND}),
}

# It was held, and what was said is in the portal.
GEHOUDEN = frozenset({Status.INGEVOERD, Status.NAGEKEKEN})


def allowed(van: str, naar: str) -> bool:
    """Whether a conversation may go from one status to another. Staying is not a step."""
    return Status(naar) in STEPS[Status(van)]


def pairs() -> list[tuple[str, str]]:
    """Every allowed step as (from, to), for the database trigger."""
    return [(van.value, naar.value) for van, targets in STEPS.items() for naar in sorted(targets)]
