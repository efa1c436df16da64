"""The steps of a hand-over of a wijk: prepared, then taken over or taken back."""

from __future__ import annotations

from django.db.models import TextChoices


class Overdrachtstatus(TextChoices):
    """Where a hand-over stands."""

    KLAAR = "klaar", "staat klaar"
    OVERGENOMEN = "overgenomen", "overgenomen"
    INGETROKKEN = "ingetrokken", "ingetrokken"


# A receipt stays a receipt: what was taken over goes back by a new hand-over.
OVERDRACHT_STEPS: dict[Overdrachtstatus, frozenset[Overdrachtstatus]] = {
    Overdrachtstatus.KLAAR: frozenset({Overdrachtstatus.OVERGENOMEN, Overdrachtstatus.INGETROKKEN}),
    Overdrachtstatus.OVERGENOMEN: frozenset(),
    Overdrachtstatus.INGETROKKEN: frozenset(),
}
