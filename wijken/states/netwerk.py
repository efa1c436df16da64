"""The steps of agreements with partners, of their half-year reports, and of tasks that were agreed on."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices


class Overeenkomststatus(TextChoices):
    """Where an agreement with an external organisation stands."""

    ONTWERP = "ontwerp", "in ontwerp"
    LOPEND = "lopend", "loopt"
    AFGELOPEN = "afgelopen", "afgelopen"
    STOPGEZET = "stopgezet", "stopgezet"


OVEREENKOMST_STEPS: dict[Overeenkomststatus, frozenset[Overeenkomststatus]] = {
    Overeenkomststatus.ONTWERP: frozenset({Overeenkomststatus.LOPEND, Overeenkomststatus.STOPGEZET}),
    Overeenkomststatus.LOPEND: frozenset({Overeenkomststatus.AFGELOPEN, Overeenkomststatus.STOPGEZET}),
    Overeenkomststatus.AFGELOPEN: frozenset({Overeenkomststatus.LOPEND}),
    Overeenkomststatus.STOPGEZET: frozenset(),
}


class Verslagstatus(TextChoices):
    """Where a half-year report stands."""

    GEPLAND = "gepland", "nog niet gevraagd"
    GEVRAAGD = "gevraagd", "gevraagd"
    INGEDIEND = "ingediend", "ingediend"
    AANVAARD = "aanvaard", "nagekeken"
    VERVALLEN = "vervallen", "vervallen"


VERSLAG_STEPS: dict[Verslagstatus, frozenset[Verslagstatus]] = {
    Verslagstatus.GEPLAND: frozenset({Verslagstatus.GEVRAAGD, Verslagstatus.VERVALLEN}),
    Verslagstatus.GEVRAAGD: frozenset({Verslagstatus.INGEDIEND, Verslagstatus.VERVALLEN}),
    # Sent back with a question, or looked at.
    Verslagstatus.INGEDIEND: frozenset({Verslagstatus.GEVRAAGD, Verslagstatus.AANVAARD}),
    Verslagstatus.AANVAARD: frozenset(),
    Verslagstatus.VERVALLEN: frozenset(),
}


class Afspraakstatus(TextChoices):
    """Where a task stands that people agreed on."""

    OPEN = "open", "afgesproken"
    GEDAAN = "gedaan", "gedaan"
    NIET_GEDAAN = "niet_gedaan", "niet gelukt"
    VERVALLEN = "vervallen", "niet meer nodig"


AFSPRAAK_STEPS: dict[Afspraakstatus, frozenset[Afspraakstatus]] = {
    Afspraakstatus.OPEN: frozenset({Afspraakstatus.GEDAAN, Afspraakstatus.NIET_GEDAAN, Afspraakstatus.VERVALLEN}),
    Afspraakstatus.GEDAAN: frozenset({Afspraakstatus.OPEN}),
    Afspraakstatus.NIET_GEDAAN: frozenset({Afspraakstatus.OPEN}),
    Afspraakstatus.VERVALLEN: frozenset({Afspraakstatus.OPEN}),
}


def pairs(steps: Mapping[TextChoices, frozenset[TextChoices]]) -> list[tuple[str, str]]:
    """Every step of a table as (from, to), for the database trigger."""
    return [(str(van.value), str(naar.value)) for van, targets in steps.items() for naar in sorted(targets)]
