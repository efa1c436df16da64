"""What partners and teams wrote about reports goes when the words of the reports go."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..models import Deeltaak, Partnerantwoord, Partneropdracht
from . import wissen


def words(pks: Collection[int]) -> Mapping[str, int]:
    """Wipe the texts of tasks, answers and sub-tasks of these reports; what counts and when stays."""
    tasks = Partneropdracht.objects.filter(melding__in=pks)
    return {
        "opdrachten": tasks.update(tekst=wissen.GONE, met_contact=False),
        "antwoorden van partners": Partnerantwoord.objects.filter(opdracht__melding__in=pks).update(tekst=""),
        "deeltaken": Deeltaak.objects.filter(melding__in=pks).update(titel=wissen.GONE, tekst="", afloop=wissen.GONE),
    }
