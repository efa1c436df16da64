"""Which step of an agreement in the programme of an impulswijk may follow which. Imports nothing of ours."""

from django.db.models import TextChoices


class Puntstatus(TextChoices):
    """Where an agreement stands."""

    AFGESPROKEN = "afgesproken", "afgesproken"
    LOOPT = "loopt", "loopt"
    KLAAR = "klaar", "klaar"
    GESTOPT = "gestopt", "gestopt"


OPEN = frozenset({Puntstatus.AFGESPROKEN, Puntstatus.LOOPT})
STEPS: dict[Puntstatus, frozenset[Puntstatus]] = {
    Puntstatus.AFGESPROKEN: frozenset({Puntstatus.LOOPT, Puntstatus.KLAAR, Puntstatus.GESTOPT}),
    Puntstatus.LOOPT: frozenset({Puntstatus.KLAAR, Puntstatus.GESTOPT}),
    Puntstatus.KLAAR: frozenset({Puntstatus.LOOPT}),
    Puntstatus.GESTOPT: frozenset({Puntstatus.AFGESPROKEN}),
}
# Going back and giving up ask why.
ASKS_WHY = frozenset({(Puntstatus.KLAAR, Puntstatus.LOOPT), (Puntstatus.GESTOPT, Puntstatus.AFGESPROKEN)}) | {
    (van, Puntstatus.GESTOPT) for van in OPEN
}


def allowed(van: str, naar: str) -> bool:
    """Whether an agreement may go from one status to another."""
    return Puntstatus(naar) in STEPS[Puntstatus(van)]


def pairs() -> list[tuple[str, str]]:
    """Every allowed step as (from, to), for the database trigger."""
    return [(van.value, naar.value) for van, targets in STEPS.items() for naar in sorted(targets)]
