"""The figures of the screening as charts, and the days of measuring in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kern.grafiek.tekenen import Lijnen, Reeks, Staaf, Staven

from .cijfers import Rij
from .rondes import Ronde

LETTERS = 17
PERCENT = "\u00a0%"


def short(row: Rij, per: str) -> str:
    """A name that fits beside a bar; of a group its key word, as the table says it in full."""
    name = row.sleutel if per == "groep" else row.naam
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"


def days(row: Rij) -> str:
    """Between which days was measured, with the one in the middle: what is old says less."""
    if row.eerste is None or row.laatste is None:
        return ""
    first, last = date_format(row.eerste, "M Y"), date_format(row.laatste, "M Y")
    if first == last:
        return first
    words = _("%(van)s tot %(tot)s") % {"van": first, "tot": last}
    if row.midden is None:
        return words
    return _("%(dagen)s, de helft voor of in %(midden)s") % {"dagen": words, "midden": date_format(row.midden, "M Y")}


def bars(code: str, titel: str, uitleg: str, rows: Sequence[Staaf]) -> Staven:
    """Percentages as bars of a hundred wide."""
    return Staven(code, titel, uitleg, rows, PERCENT, 100)


def trends(rows: Iterable[Ronde]) -> list[Lijnen]:
    """A chart for each zone with two rounds or more: what met its level, and what was visited to know it."""
    charts = []
    for zone, found in groupby(rows, key=lambda row: row.campagne.zone):
        rounds = list(found)
        if len(rounds) < 2:
            continue
        charts.append(
            Lijnen(
                f"zone-{zone.slug}",
                zone.naam,
                _("Per ronde: welk deel het niveau haalt, en welk deel van de plekken bezocht werd."),
                [date_format(row.campagne.van, "M Y") for row in rounds],
                [
                    Reeks(_("haalt het"), [row.aandeel for row in rounds]),
                    Reeks(_("bezocht"), [row.dekking for row in rounds]),
                ],
                PERCENT,
                100,
            )
        )
    return charts
