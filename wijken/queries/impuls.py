"""The impulswijken with their figures and their programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kern.gebruikers.models import Gebruiker
from kern.grafiek.tekenen import Lijnen, Reeks

from ..models import Factor, Impulsperiode, Indicator, Indicatorwaarde, Programmapunt, Wijk
from ..rules import Bereik
from ..states.programma import OPEN

PERIODS = 6


@dataclass(frozen=True)
class Paneel:
    """One indicator of a wijk beside the city: its chart with the table, and what it says in words."""

    indicator: Indicator
    grafiek: Lijnen
    stand: str
    vergelijking: str
    toon: str


@dataclass(frozen=True)
class Factorblok:
    """A factor of disadvantage with what is known of it."""

    factor: Factor
    panelen: list[Paneel]


def monitor(wijk: Wijk, *, openbaar: bool) -> list[Factorblok]:
    """The figures of a wijk by factor, those that everybody may see or all of them (one query).

    An indicator without any figure for this wijk is left out.
    """
    values = Indicatorwaarde.objects.filter(Q(wijk=wijk) | Q(wijk=None)).select_related("indicator")
    values = values.filter(indicator__is_openbaar=True) if openbaar else values
    rows: dict[Indicator, dict[tuple[bool, str], Indicatorwaarde]] = defaultdict(dict)
    for row in values.order_by("indicator__factor", "indicator__volgorde", "indicator__naam", "periode"):
        rows[row.indicator][row.wijk_id is None, row.periode] = row
    panels: dict[str, list[Paneel]] = defaultdict(list)
    for indicator, found in rows.items():
        if any(not is_city for is_city, _period in found):
            panels[indicator.factor].append(_panel(indicator, wijk, found))
    return [Factorblok(factor, panels[factor]) for factor in Factor if panels[factor]]


def _panel(indicator: Indicator, wijk: Wijk, found: dict[tuple[bool, str], Indicatorwaarde]) -> Paneel:
    periods = sorted({period for _city, period in found})[-PERIODS:]
    here = [found.get((False, period)) for period in periods]
    city = [found.get((True, period)) for period in periods]
    unit = f"\u00a0{indicator.eenheid}" if indicator.eenheid else ""
    chart = Lijnen(
        code=f"cijfer-{indicator.code}",
        titel=indicator.naam,
        uitleg=indicator.uitleg,
        labels=periods,
        reeksen=[_line(wijk.naam, here), _line(_("heel Genk"), city)],
        eenheid=unit,
        hoogste=100 if indicator.eenheid == "%" and _highest(here, city) > 80 else 0,
        decimalen=indicator.decimalen,
    )
    state, comparison, tone = _in_words(indicator, periods, here, city, unit)
    return Paneel(indicator, chart, state, comparison, tone)


def _highest(*lines: Sequence[Indicatorwaarde | None]) -> Decimal:
    """The highest figure of these; of a share it tells whether the picture ends at a hundred."""
    return max((row.waarde for line in lines for row in line if row and row.waarde is not None), default=Decimal(0))


def _line(name: str, rows: Sequence[Indicatorwaarde | None]) -> Reeks:
    return Reeks(
        name,
        [float(row.waarde) if row and row.waarde is not None else None for row in rows],
        [_("te klein om te tonen") if row and row.is_verborgen else _("geen cijfer") for row in rows],
    )


def _in_words(
    indicator: Indicator,
    periods: Sequence[str],
    here: Sequence[Indicatorwaarde | None],
    city: Sequence[Indicatorwaarde | None],
    unit: str,
) -> tuple[str, str, str]:
    """The last figure, how it compares with the city in the same period, and whether that is good."""
    last = next((i for i in reversed(range(len(periods))) if _value(here[i]) is not None), None)
    if last is None:
        return _("Er is geen cijfer dat we mogen tonen: het gaat over te weinig mensen."), "", ""
    mine, other = _value(here[last]), _value(city[last])
    if mine is None:
        return "", "", ""
    state = _("%(periode)s: %(cijfer)s.") % {"periode": periods[last], "cijfer": _shown(mine, indicator) + unit}
    if other is None:
        return state, _("Voor heel Genk is er geen cijfer van dezelfde periode."), ""
    whole = {"cijfer": _shown(other, indicator) + unit}
    if mine == other:
        return state, _("Dat is even veel als in heel Genk (%(cijfer)s).") % whole, ""
    higher = mine > other
    words = (
        _("Dat is hoger dan in heel Genk (%(cijfer)s).") if higher else _("Dat is lager dan in heel Genk (%(cijfer)s).")
    )
    if indicator.hoger_is_beter is None:
        return state, words % whole, ""
    better = higher == indicator.hoger_is_beter
    return (
        state,
        f"{words % whole} {_('Dat is beter.') if better else _('Dat is minder goed.')}",
        "goed" if better else "laat",
    )


def _value(row: Indicatorwaarde | None) -> Decimal | None:
    return row.waarde if row else None


def _shown(value: Decimal, indicator: Indicator) -> str:
    return str(number_format(value, indicator.decimalen))


def has_public_figures(wijk: Wijk) -> bool:
    """Whether there is a figure of this wijk that everybody may see."""
    return Indicatorwaarde.objects.filter(wijk=wijk, indicator__is_openbaar=True).exists()


@dataclass(frozen=True)
class Impulswijk:
    """A wijk with its periods, and where its programme stands."""

    wijk: Wijk
    periodes: list[Impulsperiode]
    open: int
    laat: int


def impulswijken(on: date) -> list[Impulswijk]:
    """Every wijk that is, was or will be an impulswijk, those of today first (three queries)."""
    periods = Prefetch("impulsperiodes", Impulsperiode.objects.order_by("-van"))
    wijken = Wijk.objects.filter(Exists(Impulsperiode.objects.filter(wijk=OuterRef("pk")))).prefetch_related(periods)
    counts = {
        row["wijk"]: row
        for row in Programmapunt.objects.open()
        .order_by()
        .values("wijk")
        .annotate(open=Count("pk"), laat=Count("pk", filter=Q(tegen__lt=on)))
    }
    found = []
    for wijk in wijken:
        count = counts.get(wijk.pk, {"open": 0, "laat": 0})
        found.append(Impulswijk(wijk, list(wijk.impulsperiodes.all()), count["open"], count["laat"]))
    return sorted(found, key=lambda row: (not row.wijk.is_impulswijk, row.wijk.naam))


def programme(
    wijk: Wijk, user: Gebruiker, reach: Bereik, *, factor: str = "", alles: bool = False
) -> QuerySet[Programmapunt]:
    """The agreements of a wijk that this person may see: what is open, or everything; what is due first."""
    rows = Programmapunt.objects.visible_to(user, reach).filter(wijk=wijk).select_related("partner")
    if factor:
        rows = rows.filter(factor=factor)
    if not alles:
        rows = rows.filter(status__in=OPEN)
    return rows.order_by("tegen", "pk")


def wijken_with_figures() -> list[tuple[Wijk, int]]:
    """Every wijk with how many indicators it has figures of, impulswijken first (one query)."""
    rows = Wijk.objects.annotate(indicatoren=Count("cijfers__indicator", distinct=True))
    return [(row, row.indicatoren) for row in rows.order_by("-is_impulswijk", "naam")]
