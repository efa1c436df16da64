"""The steps of a report: the one table that forms offer from, actions check and the database enforces."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where a report stands."""

    NIEUW = "nieuw", "nieuw"
    TOEGEWEZEN = "toegewezen", "toegewezen"
    IN_BEHANDELING = "in_behandeling", "in behandeling"
    INGEPLAND = "ingepland", "ingepland"
    WACHT_OP_MELDER = "wacht_op_melder", "wacht op de melder"
    BIJ_PARTNER = "bij_partner", "bij een partner"
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
# In these somebody outside the city has to do something first: the clock of the solution stands still.
PAUSED = frozenset({Status.WACHT_OP_MELDER, Status.BIJ_PARTNER})

_WORK = frozenset(
    {Status.IN_BEHANDELING, Status.INGEPLAND, Status.WACHT_OP_MELDER, Status.BIJ_PARTNER, Status.AFGESLOTEN}
)
STEPS: dict[Status, frozenset[Status]] = {
    Status.NIEUW: _WORK | {Status.TOEGEWEZEN},
    Status.TOEGEWEZEN: _WORK | {Status.NIEUW},
    Status.IN_BEHANDELING: _WORK - {Status.IN_BEHANDELING} | {Status.NIEUW, Status.TOEGEWEZEN},
    Status.INGEPLAND: _WORK - {Status.INGEPLAND} | {Status.NIEUW, Status.TOEGEWEZEN},
    Status.WACHT_OP_MELDER: frozenset({Status.IN_BEHANDELING, Status.INGEPLAND, Status.AFGESLOTEN}),
    Status.BIJ_PARTNER: frozenset({Status.IN_BEHANDELING, Status.AFGESLOTEN}),
    Status.AFGESLOTEN: frozenset({Status.HEROPEND}),
    Status.HEROPEND: _WORK | {Status.NIEUW, Status.TOEGEWEZEN},
}


class Opdrachtstatus(TextChoices):
    """Where a task stands that the city gave to a partner."""

    VERSTUURD = "verstuurd", "verstuurd"
    AANGENOMEN = "aangenomen", "aangenomen"
    GEPLAND = "gepland", "gepland"
    UITGEVOERD = "uitgevoerd", "uitgevoerd"
    NIET_VOOR_ONS = "niet_voor_ons", "niet voor ons"
    INGETROKKEN = "ingetrokken", "teruggenomen door de stad"


OPDRACHT_OPEN = frozenset({Opdrachtstatus.VERSTUURD, Opdrachtstatus.AANGENOMEN, Opdrachtstatus.GEPLAND})


class Deelstatus(TextChoices):
    """Where a sub-task of a report stands."""

    OPEN = "open", "open"
    BEZIG = "bezig", "bezig"
    KLAAR = "klaar", "klaar"
    VERVALLEN = "vervallen", "vervallen"


DEEL_OPEN = frozenset({Deelstatus.OPEN, Deelstatus.BEZIG})
DEEL_STEPS: dict[Deelstatus, frozenset[Deelstatus]] = {
    Deelstatus.OPEN: frozenset({Deelstatus.BEZIG, Deelstatus.KLAAR, Deelstatus.VERVALLEN}),
    Deelstatus.BEZIG: frozenset({Deelstatus.OPEN, Deelstatus.KLAAR, Deelstatus.VERVALLEN}),
    Deelstatus.KLAAR: frozenset({Deelstatus.OPEN}),
    Deelstatus.VERVALLEN: frozenset({Deelstatus.OPEN}),
}


class Stopstatus(TextChoices):
    """Where a report stands in a round on foot."""

    OPEN = "open", "nog te doen"
    GEDAAN = "gedaan", "gedaan"
    NIET_GELUKT = "niet_gelukt", "niet gelukt"
    OVERGESLAGEN = "overgeslagen", "niet aan toegekomen"


STOP_STEPS: dict[Stopstatus, frozenset[Stopstatus]] = {
    Stopstatus.OPEN: frozenset({Stopstatus.GEDAAN, Stopstatus.NIET_GELUKT, Stopstatus.OVERGESLAGEN}),
    # Taken back, or the round goes on after all.
    Stopstatus.GEDAAN: frozenset({Stopstatus.OPEN}),
    Stopstatus.NIET_GELUKT: frozenset({Stopstatus.OPEN}),
    Stopstatus.OVERGESLAGEN: frozenset({Stopstatus.OPEN}),
}


def allowed(van: str, naar: str) -> bool:
    """Whether a report may go from one status to another. Staying where it is, is not a step."""
    return Status(naar) in STEPS[Status(van)]


def pairs() -> list[tuple[str, str]]:
    """Every allowed step as (from, to), for the database trigger."""
    return [(van.value, naar.value) for van, targets in STEPS.items() for naar in sorted(targets)]


def sub_task_pairs() -> list[tuple[str, str]]:
    """The same for the steps of a sub-task."""
    return [(van.value, naar.value) for van, targets in DEEL_STEPS.items() for naar in sorted(targets)]


def stop_pairs() -> list[tuple[str, str]]:
    """The same for the stops of a round."""
    return [(van.value, naar.value) for van, targets in STOP_STEPS.items() for naar in sorted(targets)]
