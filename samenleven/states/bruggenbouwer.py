"""The steps of a bruggenbouwer: from a nomination to the label 100% Genks; and those of a round of the jury."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where a nomination stands."""

    VOORGEDRAGEN = "voorgedragen", "wacht op een ja"
    INGESTEMD = "ingestemd", "zoekt twee mensen die steunen"
    GESTEUND = "gesteund", "klaar voor de jury"
    BIJ_DE_JURY = "bij_de_jury", "bij de jury"
    LABEL = "label", "100% Genks"
    NIET_GEKOZEN = "niet_gekozen", "niet gekozen"
    GEWEIGERD = "geweigerd", "wilde niet"
    INGETROKKEN = "ingetrokken", "ingetrokken"


STEPS: dict[Status, frozenset[Status]] = {
    Status.VOORGEDRAGEN: frozenset({Status.INGESTEMD, Status.GEWEIGERD}),
    Status.INGESTEMD: frozenset({Status.GESTEUND, Status.INGETROKKEN}),
    Status.GESTEUND: frozenset({Status.BIJ_DE_JURY, Status.INGETROKKEN}),
    # Back when the round is changed before it opens.
    Status.BIJ_DE_JURY: frozenset({Status.GESTEUND, Status.LABEL, Status.NIET_GEKOZEN, Status.INGETROKKEN}),
    Status.LABEL: frozenset({Status.INGETROKKEN}),
    # A later round may see it otherwise.
    Status.NIET_GEKOZEN: frozenset({Status.GESTEUND, Status.INGETROKKEN}),
    # Whoever said no or withdrew is forgotten: there is nobody left to come back.
    Status.GEWEIGERD: frozenset(),
    Status.INGETROKKEN: frozenset(),
}

# Somebody may still say that they support it.
ZOEKT_STEUN = frozenset({Status.VOORGEDRAGEN, Status.INGESTEMD, Status.GESTEUND})
# A second nomination of the same person is one and the same thing.
LOOPT = frozenset({*ZOEKT_STEUN, Status.BIJ_DE_JURY, Status.LABEL})


class Rondestatus(TextChoices):
    """Where a round of the jury stands."""

    CONCEPT = "concept", "in voorbereiding"
    OPEN = "open", "de jury leest"
    GESLOTEN = "gesloten", "gesloten"


RONDE_STEPS: dict[Rondestatus, frozenset[Rondestatus]] = {
    Rondestatus.CONCEPT: frozenset({Rondestatus.OPEN}),
    Rondestatus.OPEN: frozenset({Rondestatus.GESLOTEN}),
    # Reasons that came too late: the round can be opened again, as long as the decisions are not taken.
    Rondestatus.GESLOTEN: frozenset({Rondestatus.OPEN}),
}


def allowed(van: str, naar: str) -> bool:
    """Whether a nomination may go from one status to another. Staying is not a step."""
    return Status(naar) in STEPS[Status(van)]


def ronde_allowed(van: str, naar: str) -> bool:
    """Whether a round may go from one status to another. Staying is not a step."""
    return Rondestatus(naar) in RONDE_STEPS[Rondestatus(van)]


def pairs() -> list[tuple[str, str]]:
    """Every allowed step of a nomination as (from, to), for the database trigger."""
    return [(van.value, naar.value) for van, targets in STEPS.items() for naar in sorted(targets)]


def ronde_pairs() -> list[tuple[str, str]]:
    """Every allowed step of a round as (from, to), for the database trigger."""
    return [(van.value, naar.value) for van, targets in RONDE_STEPS.items() for naar in sorted(targets)]
