"""The steps of a report: the one table that forms offer from, actions check and the database enforces."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where a report stands."""

    NIEUW = "nieuw", "nieuw"
    TOEGEWEZEN = "toegewezen", "toegewezen"
    IN_BEHANDELING = "in_behandeling", "in behandeling"
    INGEPLAND = "ingepland", "ingepland"
    WACHT_OP_MELDER = "wacht_op_melder", "wacht op de melder"
    AFGESLOTEN = "afgesloten", "afgesloten"
    HEROPEND = "heropend", "heropend"


class Sluitreden(TextChoices):
    """Why a report was closed; only OPGELOST may be called solved."""

    OPGELOST = "opgelost", "opgelost"
    DUBBEL = "dubbel", "dubbel gemeld"
    NIET_GEVONDEN = "niet_gevonden", "niet gevonden"
    NIET_BEVOEGD = "niet_bevoegd", "niet voor de stad"
    NIET_UITGEVOERD = "niet_uitgevoerd", "niet uitgevoerd"
    INGETROKKEN = "ingetrokken", "ingetrokken door de melder"


OPEN = frozenset(Status) - {Status.AFGESLOTEN}

STEPS: dict[Status, frozenset[Status]] = {
    Status.NIEUW: frozenset(
        {Status.TOEGEWEZEN, Status.IN_BEHANDELING, Status.INGEPLAND, Status.WACHT_OP_MELDER, Status.AFGESLOTEN}
    ),
    Status.TOEGEWEZEN: frozenset(
        {Status.NIEUW, Status.IN_BEHANDELING, Status.INGEPLAND, Status.WACHT_OP_MELDER, Status.AFGESLOTEN}
    ),
    Status.IN_BEHANDELING: frozenset(
        {Status.NIEUW, Status.TOEGEWEZEN, Status.INGEPLAND, Status.WACHT_OP_MELDER, Status.AFGESLOTEN}
    ),
    Status.INGEPLAND: frozenset(
        {Status.NIEUW, Status.TOEGEWEZEN, Status.IN_BEHANDELING, Status.WACHT_OP_MELDER, Status.AFGESLOTEN}
    ),
    Status.WACHT_OP_MELDER: frozenset({Status.IN_BEHANDELING, Status.INGEPLAND, Status.AFGESLOTEN}),
    Status.AFGESLOTEN: frozenset({Status.HEROPEND}),
    Status.HEROPEND: frozenset(
        {
            Status.NIEUW,
            Status.TOEGEWEZEN,
            Status.IN_BEHANDELING,
            Status.INGEPLAND,
            Status.WACHT_OP_MELDER,
            Status.AFGESLOTEN,
        }
    ),
}


def allowed(van: str, naar: str) -> bool:
    """Whether a report may go from one status to another. Staying where it is, is not a step."""
    return Status(naar) in STEPS[Status(van)]


def pairs() -> list[tuple[str, str]]:
    """Every allowed step as (from, to), for the database trigger."""
    return [(van.value, naar.value) for van, targets in STEPS.items() for naar in sorted(targets)]
