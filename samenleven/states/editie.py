"""The steps of an edition of the newspaper."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where an edition stands."""

    CONCEPT = "concept", "in de maak"
    GEPUBLICEERD = "gepubliceerd", "verschenen"


STEPS: dict[Status, frozenset[Status]] = {
    Status.CONCEPT: frozenset({Status.GEPUBLICEERD}),
    Status.GEPUBLICEERD: frozenset({Status.CONCEPT}),
}


def allowed(van: str, naar: str) -> bool:
    """Whether an edition may go from one status to another. Staying is not a step."""
    return Status(naar) in STEPS[Status(van)]


def pairs() -> list[tuple[str, str]]:
    """Every allowed step as (from, to), for the database trigger."""
    return [(van.value, naar.value) for van, targets in STEPS.items() for naar in sorted(targets)]
