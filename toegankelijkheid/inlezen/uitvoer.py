"""The monitoring table going out, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kern.documenten.werkblad import Cel

from ..models import Knelpunt, KnelpuntQuerySet
from ..rules.woorden import Groep, Haalbaarheid
from .kolommen import velden

CHUNK = 500
_GROUPS = {code: str(label) for code, label in Groep.choices}


def lines(rows: KnelpuntQuerySet) -> Iterator[Sequence[Cel]]:
    """The rows in the columns of `velden`; none of them is kept, however many there are."""
    codes = [veld.code for veld in velden()]
    whole = rows.select_related(
        "wijk", "zone", "niveau", "dienst", "verantwoordelijke", "niet_goedgekeurd_door", "opname__campagne", "meting"
    )
    for row in whole.iterator(chunk_size=CHUNK):
        yield [cell(row, code) for code in codes]


def cell(row: Knelpunt, code: str) -> Cel:
    """One value as the file has it."""
    if code in _OF:
        found: Cel = _OF[code](row)
        return found
    if choices := Knelpunt._meta.get_field(code).choices:
        value = getattr(row, code)
        return str(dict(choices).get(value, value)) if value not in (None, "") else ""
    found = getattr(row, code)
    return str(found) if hasattr(found, "_meta") else found


def _measured(name: str) -> Any:
    def of(row: Knelpunt) -> str:
        return getattr(row.meting, f"get_{name}_display")() if row.meting and getattr(row.meting, name) else ""

    return of


_OF: dict[str, Any] = {
    "nummer": lambda row: row.ref,
    "externe_id": lambda row: row.externe_id or "",
    "x": lambda row: round(row.plaats.lon, 7) if row.plaats else None,
    "y": lambda row: round(row.plaats.lat, 7) if row.plaats else None,
    "wijk": lambda row: row.wijk.naam if row.wijk else "",
    "zone": lambda row: row.zone.naam if row.zone else "",
    "niveau": lambda row: row.niveau.naam if row.niveau else "",
    "ronde": lambda row: row.opname.campagne.naam if row.opname and row.opname.campagne else "",
    "ernst": lambda row: row.ernst,
    "groepen": lambda row: ", ".join(_GROUPS.get(code, code) for code in row.groepen),
    "tags": lambda row: ", ".join(row.tags),
    "instrument": _measured("instrument"),
    "nauwkeurigheid": _measured("nauwkeurigheid"),
    "tijdelijk": lambda row: row.is_tijdelijk,
    "haalbaarheid": lambda row: str(Haalbaarheid(row.haalbaarheid).label) if row.haalbaarheid else "",
    "planning": lambda row: row.planning,
    "punten": lambda row: row.rang,
    "dienst": lambda row: row.dienst.naam if row.dienst else "",
    "verantwoordelijke": lambda row: row.verantwoordelijke.naam if row.verantwoordelijke else "",
    "goedgekeurd": lambda row: row.niet_goedgekeurd_door.naam if row.niet_goedgekeurd_door else "",
    "gewijzigd": lambda row: f"{row.gewijzigd_op:%Y-%m-%d}",
}
