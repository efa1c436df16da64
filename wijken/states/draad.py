"""The steps from a need over a proposal to an action: the tables that forms offer from, actions check and the database
enforces.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices


class Behoeftestatus(TextChoices):
    """Where a need stands."""

    CONCEPT = "concept", "concept"
    BEVESTIGD = "bevestigd", "bevestigd"
    VERWORPEN = "verworpen", "verworpen"


class Voorstelstatus(TextChoices):
    """Where a proposal for an action stands."""

    CONCEPT = "concept", "concept"
    OVERLEG = "overleg", "in overleg"
    AANVAARD = "aanvaard", "aanvaard"
    BIJGESTUURD = "bijgestuurd", "aanvaard, maar bijgestuurd"
    AFGEWEZEN = "afgewezen", "afgewezen"


class Actiestatus(TextChoices):
    """Where an action stands."""

    GEPLAND = "gepland", "nog niet gestart"
    GAAND = "gaand", "gaand"
    AFGEROND = "afgerond", "afgerond"
    STOPGEZET = "stopgezet", "stopgezet"


class Mijlpaalstatus(TextChoices):
    """Where a milestone of an action stands."""

    OPEN = "open", "nog te doen"
    GEHAALD = "gehaald", "gehaald"
    VERVALLEN = "vervallen", "vervallen"


# A confirmed need can still turn out to be none; what was rejected stays rejected, and may be proposed again.
BEHOEFTE_STEPS: dict[Behoeftestatus, frozenset[Behoeftestatus]] = {
    Behoeftestatus.CONCEPT: frozenset({Behoeftestatus.BEVESTIGD, Behoeftestatus.VERWORPEN}),
    Behoeftestatus.BEVESTIGD: frozenset({Behoeftestatus.VERWORPEN}),
    Behoeftestatus.VERWORPEN: frozenset(),
}

DECIDED = frozenset({Voorstelstatus.AANVAARD, Voorstelstatus.BIJGESTUURD, Voorstelstatus.AFGEWEZEN})
ACCEPTED = frozenset({Voorstelstatus.AANVAARD, Voorstelstatus.BIJGESTUURD})
# Nobody decides before others were asked, except to let it be.
VOORSTEL_STEPS: dict[Voorstelstatus, frozenset[Voorstelstatus]] = {
    Voorstelstatus.CONCEPT: frozenset({Voorstelstatus.OVERLEG, Voorstelstatus.AFGEWEZEN}),
    Voorstelstatus.OVERLEG: DECIDED | {Voorstelstatus.CONCEPT},
    Voorstelstatus.AANVAARD: frozenset(),
    Voorstelstatus.BIJGESTUURD: frozenset(),
    Voorstelstatus.AFGEWEZEN: frozenset(),
}

RUNNING = frozenset({Actiestatus.GEPLAND, Actiestatus.GAAND})
ENDED = frozenset({Actiestatus.AFGEROND, Actiestatus.STOPGEZET})
ACTIE_STEPS: dict[Actiestatus, frozenset[Actiestatus]] = {
    Actiestatus.GEPLAND: frozenset({Actiestatus.GAAND, Actiestatus.STOPGEZET}),
    Actiestatus.GAAND: ENDED,
    Actiestatus.AFGEROND: frozenset(),
    Actiestatus.STOPGEZET: frozenset(),
}

MIJLPAAL_STEPS: dict[Mijlpaalstatus, frozenset[Mijlpaalstatus]] = {
    Mijlpaalstatus.OPEN: frozenset({Mijlpaalstatus.GEHAALD, Mijlpaalstatus.VERVALLEN}),
    Mijlpaalstatus.GEHAALD: frozenset({Mijlpaalstatus.OPEN}),
    Mijlpaalstatus.VERVALLEN: frozenset({Mijlpaalstatus.OPEN}),
}

TABLES: dict[str, Mapping[Any, frozenset[Any]]] = {
    "behoefte": BEHOEFTE_STEPS,
    "actievoorstel": VOORSTEL_STEPS,
    "actie": ACTIE_STEPS,
    "mijlpaal": MIJLPAAL_STEPS,
}


def allowed(steps: Mapping[Any, frozenset[Any]], van: str, naar: str) -> bool:
    """Whether this table lets something go from one status to another. Staying where it is, is not a step."""
    return any(source == van and naar in targets for source, targets in steps.items())


def pairs(steps: Mapping[Any, frozenset[Any]]) -> list[tuple[str, str]]:
    """Every allowed step of a table as (from, to), for its database trigger."""
    return [(str(van.value), str(naar.value)) for van, targets in steps.items() for naar in sorted(targets)]
