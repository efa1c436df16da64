"""The work of every night: what came in since the last one is held against what lies near."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from kern.gezondheid.models import Taakuitvoering
from kern.herinneringen.registry import LichteTaak, register_light

from ..actions import voorstellen
from ..queries import terugkeer

DUPLICATES, AGAIN = "meldingen: misschien dubbel", "meldingen: komt terug"
# Reports that were being written while the last run looked.
OVERLAP = timedelta(hours=1)
FIRST_TIME = timedelta(days=terugkeer.SAME_DAYS)


def propose_duplicates(at: datetime) -> Mapping[str, int]:
    """Propose what may be the same among the open reports, as far as it has to do with what is new."""
    closed = voorstellen.close_proposals(at=at)
    pairs = terugkeer.new_pairs(_since(DUPLICATES, at), at)
    return {"voorstellen": voorstellen.propose_duplicates(paren=pairs, at=at), "afgehandeld": closed}


def propose_needs(at: datetime) -> Mapping[str, int]:
    """Draft needs for the places where something new was the third time within a year."""
    return voorstellen.propose_needs(plaatsen=terugkeer.kept_coming(_since(AGAIN, at), at), at=at)


def _since(code: str, at: datetime) -> datetime:
    """From when this job has to look: since it last went well, and at most thirty days back."""
    runs = Taakuitvoering.objects.succeeded(code).filter(gestart_op__lt=at).order_by("-gestart_op")
    last = runs.values_list("gestart_op", flat=True).first()
    return max(last - OVERLAP if last else at - FIRST_TIME, at - FIRST_TIME)


def register_all() -> None:
    """Make the work of the night known to the rounds."""
    register_light(LichteTaak(DUPLICATES, propose_duplicates, daily=True))
    register_light(LichteTaak(AGAIN, propose_needs, daily=True))
