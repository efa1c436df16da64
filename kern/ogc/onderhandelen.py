"""Which form of an answer somebody wants: what `f` says, else what the Accept header likes best."""

from __future__ import annotations

from collections.abc import Mapping

from .fouten import fout

JSON, HTML = "json", "html"
# Every type that means one of both; the first of equals is JSON.
MEANING = {
    "application/json": JSON,
    "application/geo+json": JSON,
    "application/vnd.oai.openapi+json": JSON,
    "application/openapi+json": JSON,
    "text/html": HTML,
    "application/xhtml+xml": HTML,
}


def wanted(query: Mapping[str, str], accept: str) -> str:
    """`json` or `html`. Refuses another value of `f`; who likes neither gets JSON."""
    if "f" in query:
        if query["f"] not in (JSON, HTML):
            raise fout("f", "kies json of html.")
        return query["f"]
    return by_header(accept)


def by_header(accept: str) -> str:
    ranges = [_read(part, place) for place, part in enumerate(accept.split(",")) if part.strip()]
    best, chosen = (0.0, 0), JSON
    for type_, form in MEANING.items():
        fitting = [row for row in ranges if _fits(row[0], type_)]
        if not fitting:
            continue
        # Of the ranges that fit the most precise one counts: `text/html;q=0, */*` is no HTML.
        _range, quality, place = min(fitting, key=lambda row: (row[0] == "*/*", row[0].endswith("/*")))
        # Of what is liked as much, what was named first; named together (`*/*`), JSON.
        if quality > 0 and (best[0] == 0 or (quality, -place) > best):
            best, chosen = (quality, -place), form
    return chosen


def _read(part: str, place: int) -> tuple[str, float, int]:
    type_, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _equals, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                quality = 1.0
    return type_.lower(), quality, place


def _fits(range_: str, type_: str) -> bool:
    return range_ in ("*/*", type_, f"{type_.partition('/')[0]}/*")
