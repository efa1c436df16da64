"""The steps of a draft at a denktafel: forms offer from this table, actions check it, the database enforces it."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where a draft stands."""

    ONTWERP = "ontwerp", "in ontwerp"
    BESPROKEN = "besproken", "ter bespreking"
    AANGENOMEN = "aangenomen", "aangenomen"
    VOORGESTELD = "voorgesteld", "voorgesteld aan de stad"


STEPS: dict[Status, frozenset[Status]] = {
    Status.ONTWERP: frozenset({Status.BESPROKEN}),
    Status.BESPROKEN: frozenset({Status.ONTWERP, Status.AANGENOMEN}),
    Status.AANGENOMEN: frozenset({Status.ONTWERP, Status.VOORGESTELD}),
    Status.VOORGESTELD: frozenset(),
}


def allowed(van: str, naar: str) -> bool:
    """Whether a draft may go there from where it stands."""
    return Status(naar) in STEPS[Status(van)]


def pairs() -> list[tuple[str, str]]:
    """Every allowed step as (from, to), for the database trigger."""
    return [(van.value, naar.value) for van, targets in STEPS.items() for naar in sorted(targets)]
