"""The figures of the screening for everybody: which tables, their charts and their file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from kern.documenten.werkblad import Cel
from kern.grafiek.tekenen import Staaf, Staven

from .cijfers import PER, Rij
from .tekening import LETTERS, bars, days

PUBLIC_PER = {per: PER[per] for per in ("zone", "onderwerp", "groep")}


def charts(per: str, rows: Sequence[Rij]) -> list[Staven]:
    """What meets its level and, beside it, what was screened to know it."""
    share = [Staaf(_name(row), row.aandeel) for row in rows if row.aandeel is not None]
    seen = [Staaf(_name(row), row.dekking or 0) for row in rows]
    return [
        bars(f"aandeel-{per}", _("Haalt het niveau"), _("In procent van de plekken die te beoordelen zijn."), share),
        bars(f"dekking-{per}", _("Gemeten"), _("In procent van alle plekken. Over de rest weten we niets."), seen),
    ]


def _name(row: Rij) -> str:
    """As much of a name as fits beside a bar; the table below has all of it."""
    name = row.naam[:1].upper() + row.naam[1:]
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"


def csv_table(per: str, rows: Iterable[Rij]) -> tuple[str, list[str], list[list[Cel]]]:
    """The title, the header and the lines of the file."""
    header = [
        str(PER[per]).capitalize(),
        _("Plekken"),
        _("Gemeten"),
        _("Gemeten (%)"),
        _("Te beoordelen"),
        _("Haalt het niveau"),
        _("Haalt het niveau (%)"),
        _("Haalt het niveau niet"),
        _("Onmogelijk of gevaarlijk"),
        _("Wanneer gemeten"),
    ]
    lines: list[list[Cel]] = [
        [row.naam, row.n["objecten"], row.n["gescreend"], row.dekking, row.n["beoordeeld"], row.n["haalt"], row.aandeel,
         row.n["haalt_niet"], row.n["blokkeert"], days(row)]
        for row in rows
    ]  # fmt: skip
    return _("toegankelijke straten per %(per)s") % {"per": PER[per]}, header, lines
