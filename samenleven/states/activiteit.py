"""The steps of a proposal for an activity: from the form to the agenda."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where a proposal stands."""

    AANGEMELD = "aangemeld", "wacht op bevestiging per mail"
    NIEUW = "nieuw", "te bekijken"
    AANVAARD = "aanvaard", "aanvaard"
    GEWEIGERD = "geweigerd", "niet aanvaard"
    INGETROKKEN = "ingetrokken", "ingetrokken"


STEPS: dict[Status, frozenset[Status]] = {
    Status.AANGEMELD: frozenset({Status.NIEUW, Status.INGETROKKEN}),
    Status.NIEUW: frozenset({Status.AANVAARD, Status.GEWEIGERD, Status.INGETROKKEN}),
    # On second thoughts.
    Status.GEWEIGERD: frozenset({Status.NIEUW, Status.INGETROKKEN}),
    Status.AANVAARD: frozenset({Status.INGETROKKEN}),
    # Whoever withdrew is forgotten.
    Status.INGETROKKEN: frozenset(),
}


def allowed(van: str, naar: str) -> bool:
    """Whether a proposal may go from one status to another. Staying is not a step."""
    return Status(naar) in STEPS[Status(van)]


def pairs() -> list[tuple[str, str]]:
    """Every allowed step as (from, to), for the database trigger."""
    return [(van.value, naar.value) for van, targets in STEPS.items() for naar in sorted(targets)]
