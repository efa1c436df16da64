"""What stands on the paper form of a subject."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..rules import tekst
from ..rules.woorden import Meetwijze, Onderwerp
from .boek import book
from .normen import condition


def sheet(onderwerp: str, on: date) -> dict[str, Any]:
    """The criteria of a subject with how to measure them, and the limits per level (three queries)."""
    boek = book(on)
    limits: dict[int, list[str]] = {}
    for norm in boek.normen.values():
        words = tekst.limit(norm.operator, norm.minimum, norm.maximum, norm.criterium.eenheid)
        when = condition(norm)
        limits.setdefault(norm.criterium_id, []).append(f"{norm.niveau.naam}: {words}{f' ({when})' if when else ''}")
    rows = [
        {
            "naam": c.naam,
            "hulp": c.hulp,
            "eenheid": tekst.unit(c.eenheid).strip(),
            "ja_nee": c.meetwijze == Meetwijze.JA_NEE,
            "grenzen": limits.get(c.pk, []),
        }
        for c in boek.of_subject(onderwerp)
        if c.meetwijze != Meetwijze.BEREKEND
    ]
    return {"onderwerp": str(Onderwerp(onderwerp).label), "criteria": rows, "dag": on}
