"""The norm book as its file tells it, for tests of rules that need no database."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from toegankelijkheid.rules.oordeel import Grens, Maat, Voorwaarde

LEVELS = {"basis": 1, "comfort": 2, "plus": 3}
FILE = Path(__file__).parents[1] / "data" / "normenboek.json"
BOOK = json.loads(FILE.read_text(encoding="utf-8"))


def _number(text):
    return None if text is None else Decimal(text)


def limit_of(row) -> Grens:
    condition = row["voorwaarde"]
    return Grens(
        code=row["code"],
        operator=row["operator"],
        minimum=_number(row["minimum"]),
        maximum=_number(row["maximum"]),
        streef_minimum=_number(row["streef_minimum"]),
        streef_maximum=_number(row["streef_maximum"]),
        niveau=LEVELS[row["niveau"]],
        kracht=row["kracht"],
        context=row["context"],
        ernst_minstens=row["ernst_minstens"],
        voorwaarde=condition
        and Voorwaarde(
            condition["hangt_af_van"],
            _number(condition["vanaf"]),
            condition["vanaf_inbegrepen"],
            _number(condition["tot"]),
            condition["tot_inbegrepen"],
        ),
    )


def measures() -> dict[str, Maat]:
    """Every criterium of the book with its limits, by code."""
    limits: dict[str, list[Grens]] = {}
    for row in BOOK["normen"]:
        limits.setdefault(row["criterium"], []).append(limit_of(row))
    return {
        row["code"]: Maat(
            code=row["code"],
            dimensie=row["dimensie"],
            groepen=tuple(row["groepen"]),
            ernst_bij_nee=row["ernst_bij_nee"],
            standaard=_number(row["standaard"]),
            formule=row["formule"],
            uit=tuple(row["uit"]),
            grenzen=tuple(limits.get(row["code"], ())),
        )
        for row in BOOK["criteria"]
    }
