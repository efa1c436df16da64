"""What the city answers to a recommendation, and the rungs of the evidence that something came of it."""

from django.db.models import IntegerChoices, TextChoices


class Antwoord(TextChoices):
    """What the city says. An answer may change, always with a reason; it is never taken back to none."""

    WACHT = "wacht", "wacht op een antwoord"
    OVERGENOMEN = "overgenomen", "overgenomen"
    GEDEELTELIJK = "gedeeltelijk", "gedeeltelijk overgenomen"
    NIET = "niet", "niet overgenomen"


_GIVEN = frozenset({Antwoord.OVERGENOMEN, Antwoord.GEDEELTELIJK, Antwoord.NIET})
STEPS: dict[Antwoord, frozenset[Antwoord]] = {
    Antwoord.WACHT: _GIVEN,
    **{antwoord: _GIVEN - {antwoord} for antwoord in sorted(_GIVEN)},
}


class Trede(IntegerChoices):
    """The evidence ladder: from words to what residents saw for themselves."""

    GEZEGD = 1, "gezegd"
    BESLIST = 2, "beslist"
    BEGROOT = 3, "begroot"
    GESTART = 4, "gestart"
    ZICHTBAAR = 5, "zichtbaar"
    NAGEGAAN = 6, "nagegaan door bewoners"


def allowed(van: str, naar: str) -> bool:
    """Whether an answer may become another. Staying is not a step."""
    return Antwoord(naar) in STEPS[Antwoord(van)]


def pairs() -> list[tuple[str, str]]:
    """Every allowed step as (from, to), for the database trigger."""
    return [(van.value, naar.value) for van, targets in STEPS.items() for naar in sorted(targets)]
