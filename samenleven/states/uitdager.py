"""The steps of an uitdager: from signing up to the thanks."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where somebody stands who wants to hold conversations."""

    AANGEMELD = "aangemeld", "wacht op bevestiging per mail"
    KANDIDAAT = "kandidaat", "kandidaat"
    ACTIEF = "actief", "uitdager"
    NIET_GEKOZEN = "niet_gekozen", "niet gekozen"
    GESTOPT = "gestopt", "gestopt en bedankt"
    INGETROKKEN = "ingetrokken", "ingetrokken"


STEPS: dict[Status, frozenset[Status]] = {
    Status.AANGEMELD: frozenset({Status.KANDIDAAT, Status.INGETROKKEN}),
    Status.KANDIDAAT: frozenset({Status.ACTIEF, Status.NIET_GEKOZEN, Status.INGETROKKEN}),
    Status.NIET_GEKOZEN: frozenset({Status.KANDIDAAT, Status.INGETROKKEN}),
    Status.ACTIEF: frozenset({Status.GESTOPT, Status.INGETROKKEN}),
    Status.GESTOPT: frozenset({Status.ACTIEF, Status.INGETROKKEN}),
    # Whoever withdrew is forgotten: there is nobody left to come back.
    Status.INGETROKKEN: frozenset(),
}

# Nothing more is expected of them; their contact data are no longer needed after a while.
VOORBIJ = frozenset({Status.NIET_GEKOZEN, Status.GESTOPT, Status.INGETROKKEN})


def allowed(van: str, naar: str) -> bool:
    """Whether an uitdager may go from one status to another. Staying is not a step."""
    return Status(naar) in STEPS[Status(van)]


def pairs() -> list[tuple[str, str]]:
    """Every allowed step as (from, to), for the database trigger."""
    return [(van.value, naar.value) for van, targets in STEPS.items() for naar in sorted(targets)]
