"""The yearly report: the tables of the page of figures, of every traject that everybody may read about."""

from __future__ import annotations

from datetime import date
from typing import Any

from kern.documenten import pdf

from ..models import Aanbeveling, Traject
from ..queries import bereik, cijfers


def report(jaar: int, today: date, adres: str) -> bytes:
    """The report of one year; the year that runs is told up to today."""
    end = min(date(jaar, 12, 31), today)
    trajecten = [_of(row, jaar, end) for row in Traject.objects.public().filter(van__year__lte=jaar).order_by("van")]
    data = {
        "jaar": jaar,
        "tot": end,
        "loopt": end == today,
        "trajecten": [row for row in trajecten if row["tabellen"] or row["feiten"]],
        "stad": [_table(table) for table in cijfers.of_city(jaar, end)],
    }
    return pdf.render(
        "samenleven/documenten/jaarverslag.typ", data, titel=f"Samenleven in Genk: jaarverslag {jaar}", adres=adres
    )


def _of(row: Traject, jaar: int, end: date) -> dict[str, Any]:
    """What a traject did in the year; of one that was over before, only what came of its recommendations."""
    asked = Aanbeveling.objects.public()
    if row.is_voorbij(date(jaar, 1, 1)):
        table = cijfers.answers_over_time(row, asked, end)
        tables, facts = [table] if table.rijen else [], []
    else:
        tables, facts = cijfers.of_traject(row, jaar, asked, end), _facts(row, jaar)
    return {"naam": row.naam, "ondertitel": row.ondertitel, "feiten": facts, "tabellen": [_table(t) for t in tables]}


def _facts(row: Traject, jaar: int) -> list[list[Any]]:
    numbers = cijfers.standing(row, jaar)
    whole = bereik.standing(row)
    return [
        [f"Mensen bereikt in {jaar}", numbers["personen"].waarde],
        [f"Gesprekken gehouden in {jaar}", numbers["gehouden"].waarde],
        [f"Gesprekken gepland in {jaar}", numbers["gepland"].waarde],
        ["Mensen bereikt in het hele traject", f"{whole.personen} van {whole.doel}" if whole.doel else whole.personen],
    ]


def _table(table: cijfers.Tabel) -> dict[str, Any]:
    return {"titel": table.titel, "uitleg": table.uitleg, "kop": list(table.kop), "rijen": table.values()}
