"""The steps of a meeting, and of a registration for one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a meeting stands. Moving it to another day is no step: it stays announced."""

    CONCEPT = "concept", _("concept")
    AANGEKONDIGD = "aangekondigd", _("aangekondigd")
    AFGELAST = "afgelast", _("afgelast")
    GEHOUDEN = "gehouden", _("gehouden")
    AFGESLOTEN = "afgesloten", _("afgesloten")


STEPS: dict[Status, frozenset[Status]] = {
    Status.CONCEPT: frozenset({Status.AANGEKONDIGD}),
    Status.AANGEKONDIGD: frozenset({Status.AFGELAST, Status.GEHOUDEN}),
    Status.AFGELAST: frozenset(),
    Status.GEHOUDEN: frozenset({Status.AFGESLOTEN}),
    Status.AFGESLOTEN: frozenset({Status.GEHOUDEN}),  # to mend the minutes or the counts
}

# What everybody may see.
OPENBAAR = frozenset(Status) - {Status.CONCEPT}
VOORBIJ = frozenset({Status.GEHOUDEN, Status.AFGESLOTEN})


class Plaats(TextChoices):
    """What somebody who registered has: a place, a turn on the waiting list, or nothing any more."""

    BEVESTIGD = "bevestigd", _("ingeschreven")
    WACHTLIJST = "wachtlijst", _("op de wachtlijst")
    GEANNULEERD = "geannuleerd", _("geannuleerd")


PLAATS_STEPS: dict[Plaats, frozenset[Plaats]] = {
    Plaats.BEVESTIGD: frozenset({Plaats.GEANNULEERD}),
    Plaats.WACHTLIJST: frozenset({Plaats.BEVESTIGD, Plaats.GEANNULEERD}),
    Plaats.GEANNULEERD: frozenset(),
}


def allowed(van: str, naar: str) -> bool:
    """Whether a meeting may go from one status to another. Staying where it is, is not a step."""
    return Status(naar) in STEPS[Status(van)]


def pairs() -> list[tuple[str, str]]:
    """Every allowed step of a meeting as (from, to), for the database trigger."""
    return [(van.value, naar.value) for van, targets in STEPS.items() for naar in sorted(targets)]


def place_pairs() -> list[tuple[str, str]]:
    """The same for the steps of a registration."""
    return [(van.value, naar.value) for van, targets in PLAATS_STEPS.items() for naar in sorted(targets)]
