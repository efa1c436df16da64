"""Figures of wijken as files: a row per figure, or a row per wijk and a column per period (Provincies in Cijfers)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse

from kern.documenten.werkblad import Cel
from kern.gebruikers.models import Gebruiker
from kern.inlezen.registry import GELIJK, GEWIJZIGD, NIEUW, Fout, Rij, Soort, Uitkomst, Veld, Wijziging, register
from kern.inlezen.waarden import als_tekst, decimaal, geheel

from .. import periode, rules
from ..models import Indicator, Indicatorwaarde, Wijk
from ..rules import zoeknaam

LONG, WIDE = "cijfers", "cijfers-per-wijk"
CITY_NAMES = frozenset({"genk", "stad genk", "gemeente", "stad", "71016", "heel genk"})
CITY = "Genk"
HIDDEN_MARKS = frozenset({"x", "*", "verborgen", "te klein", "onderdrukt", "vertrouwelijk"})
NONE_MARKS = frozenset({"-", "–", "n.b.", "nb", "nvt", "n.v.t.", "null", "..", "...", ":", "/", "geen", "geen cijfer"})
_number = decimaal(3)


class Verborgen:
    """A figure that its source hides."""

    def __str__(self) -> str:
        return "verborgen"


VERBORGEN = Verborgen()


def cijfer(cel: Any) -> Decimal | Verborgen | None:
    """A figure; what the source hides, and what it marks as not known."""
    text = als_tekst(cel).strip().lower()
    if text in HIDDEN_MARKS or (text.startswith("<") and text[1:].strip().isdecimal()):
        return VERBORGEN
    return None if text in NONE_MARKS else _number(cel)


@dataclass(frozen=True)
class Cijfer:
    """One figure of a file: of which indicator, wijk (None: the city) and period."""

    indicator: Indicator
    wijk: Wijk | None
    periode: str
    waarde: Decimal | None
    aantal: int | None

    @property
    def sleutel(self) -> tuple[int, int | None, str]:
        return self.indicator.pk, self.wijk.pk if self.wijk else None, self.periode

    @property
    def verborgen(self) -> bool:
        return self.waarde is None or (self.aantal is not None and self.aantal < self.indicator.min_aantal)

    @property
    def bewaard(self) -> tuple[Decimal | None, int | None, bool]:
        """What is kept of it."""
        return (None, None, True) if self.verborgen else (self.waarde, self.aantal, False)


class Plaatsen:
    """Finds the wijk that a cell is about, by its code or its name."""

    def __init__(self) -> None:
        self._known: dict[str, Wijk] = {}
        for wijk in Wijk.objects.all():
            self._known[zoeknaam(wijk.naam)] = self._known[zoeknaam(wijk.code)] = wijk

    def __call__(self, text: str) -> Wijk | None:
        """The wijk; None for the whole city. LookupError when there is no such wijk."""
        name = zoeknaam(text)
        if name in CITY_NAMES:
            return None
        return self._known[name]


def velden_lang(doel: str, kop: Sequence[str] = ()) -> list[Veld]:
    """A row per figure."""
    return [
        Veld("indicator", "Indicator", verplicht=True, hulp="De code of de naam.", voorbeeld="kansarmoede"),
        Veld("wijk", "Wijk", verplicht=True, hulp="De naam of de code; Genk voor de hele stad.", voorbeeld="Kolderbos"),
        Veld("periode", "Periode", verplicht=True, hulp="2024, 2023-2024 of 2024-K1.", voorbeeld="2024"),
        Veld(
            "waarde",
            "Waarde",
            cijfer,
            verplicht=False,
            hulp="Het cijfer, of x als de bron het verbergt. Leeg: er gebeurt niets.",
            voorbeeld="23,4",
        ),
        Veld(
            "aantal",
            "Aantal",
            geheel(),
            hulp="Over hoeveel mensen het gaat. Wat over te weinig mensen gaat, wordt verborgen.",
            voorbeeld="210",
        ),
    ]


def velden_breed(doel: str, kop: Sequence[str] = ()) -> list[Veld]:
    """A row per wijk; every column whose heading ends on a period is one."""
    indicator = Indicator.objects.get(pk=doel)
    if kop:
        periods = [(text, periode.in_heading(text)) for text in kop]
    else:
        known = indicator.waarden.order_by("periode").values_list("periode", flat=True).distinct()
        periods = [(text, text) for text in known] or [(text, text) for text in _EXAMPLE[indicator.periodesoort]]
    fields = [
        Veld(
            "wijk",
            "Wijk",
            verplicht=True,
            hulp="De naam of de code; Genk voor de hele stad.",
            voorbeeld="Kolderbos",
            ook=("Gebied", "Gebiedsnaam", "Naam", "Geo item", "Wijknaam", "Gebiedscode", "Wijkcode", "Code"),
        )
    ]
    taken: set[str] = set()
    for heading, found in periods:
        if found and found not in taken:
            taken.add(found)
            fields.append(Veld(f"p_{found}", heading, cijfer, hulp="Het cijfer van deze periode.", voorbeeld="23,4"))
    return fields


_EXAMPLE = {
    "jaar": ("2023", "2024"),
    "schooljaar": ("2022-2023", "2023-2024"),
    "kwartaal": ("2024-K1", "2024-K2"),
}


def vergelijk_lang(rijen: Sequence[Rij], doel: str) -> Iterator[Uitkomst | Fout]:
    """What each figure would do."""
    place, now = Plaatsen(), _now()
    indicators = {}
    for indicator in Indicator.objects.all():
        indicators[zoeknaam(indicator.naam)] = indicators[zoeknaam(indicator.code)] = indicator
    seen: dict[tuple[int, int | None, str], int] = {}
    for rij in rijen:
        indicator = indicators.get(zoeknaam(rij.get("indicator")))
        if indicator is None:
            yield rij.fout("indicator", "deze indicator kennen we niet")
            continue
        try:
            wijk = place(rij.get("wijk"))
        except LookupError:
            yield rij.fout("wijk", "deze wijk kennen we niet")
            continue
        try:
            period = periode.read(rij.get("periode"), indicator.periodesoort)
        except ValueError as error:
            yield rij.fout("periode", str(error))
            continue
        name = f"{indicator.naam}, {wijk or 'heel Genk'}, {period}"
        if (value := rij.get("waarde")) is None:
            yield Uitkomst(rij.nummer, GELIJK, name)
            continue
        if fout := _too_precise(rij, "waarde", indicator, value):
            yield fout
            continue
        found = Cijfer(indicator, wijk, period, None if value is VERBORGEN else value, rij.get("aantal"))
        if found.sleutel in seen:
            yield rij.fout("periode", f"dit cijfer staat ook op rij {seen[found.sleutel]}")
            continue
        seen[found.sleutel] = rij.nummer
        yield _outcome(rij, name, [("Waarde", found)], now)


def vergelijk_breed(rijen: Sequence[Rij], doel: str) -> Iterator[Uitkomst | Fout]:
    """What each row of a wijk would do."""
    place, now = Plaatsen(), _now(doel)
    indicator = Indicator.objects.get(pk=doel)
    seen: dict[int | None, int] = {}
    for rij in rijen:
        try:
            wijk = place(rij.get("wijk"))
        except LookupError:
            yield rij.fout("wijk", "deze wijk kennen we niet")
            continue
        key = wijk.pk if wijk else None
        if key in seen:
            yield rij.fout("wijk", f"deze wijk staat ook op rij {seen[key]}")
            continue
        seen[key] = rij.nummer
        figures, wrong = [], []
        for code, value in rij.waarden.items():
            if not code.startswith("p_") or value is None:
                continue
            try:
                period = periode.read(code.removeprefix("p_"), indicator.periodesoort)
            except ValueError as error:
                wrong.append(rij.fout(code, str(error)))
                continue
            if fout := _too_precise(rij, code, indicator, value):
                wrong.append(fout)
                continue
            figures.append((period, Cijfer(indicator, wijk, period, None if value is VERBORGEN else value, None)))
        if wrong:
            yield from wrong
        else:
            yield _outcome(rij, str(wijk or "heel Genk"), figures, now)


def _too_precise(rij: Rij, code: str, indicator: Indicator, value: Any) -> Fout | None:
    if value is VERBORGEN or value == value.quantize(Decimal(1).scaleb(-indicator.decimalen)):
        return None
    digits = indicator.decimalen
    return rij.fout(
        code, f"deze indicator heeft hoogstens {digits} {'cijfer' if digits == 1 else 'cijfers'} na de komma"
    )


Now = dict[tuple[int, int | None, str], tuple[Decimal | None, int | None, bool]]


def _now(indicator: str = "") -> Now:
    rows = Indicatorwaarde.objects.filter(indicator=indicator) if indicator else Indicatorwaarde.objects.all()
    return {
        (i, w, p): (value, count, hidden)
        for i, w, p, value, count, hidden in rows.values_list(
            "indicator", "wijk", "periode", "waarde", "aantal", "is_verborgen"
        )
    }


def _outcome(rij: Rij, name: str, figures: Sequence[tuple[str, Cijfer]], now: Now) -> Uitkomst:
    changes, work, fresh = [], [], True
    for label, figure in figures:
        before = now.get(figure.sleutel)
        fresh = fresh and before is None
        if before is not None and "aantal" not in rij and not figure.verborgen:
            figure = Cijfer(figure.indicator, figure.wijk, figure.periode, figure.waarde, before[1])
        if before == figure.bewaard:
            continue
        work.append(figure)
        changes.append(Wijziging(label, _words(figure.indicator, before), _words(figure.indicator, figure.bewaard)))
    what = GELIJK if not work else NIEUW if fresh else GEWIJZIGD
    return Uitkomst(rij.nummer, what, name, tuple(changes), work)


def _words(indicator: Indicator, kept: tuple[Decimal | None, int | None, bool] | None) -> str:
    if kept is None:
        return ""
    value, count, hidden = kept
    if hidden or value is None:
        return "verborgen (te klein)"
    shown = f"{value:.{indicator.decimalen}f}".replace(".", ",")
    return f"{shown} {indicator.eenheid}".strip() + (f" (aantal {count})" if count is not None else "")


def schrijf(uitkomsten: Sequence[Uitkomst], doel: str, door: Gebruiker, at: datetime) -> None:
    """Write the figures that are new or another than they were."""
    figures = {figure.sleutel: figure for outcome in uitkomsten for figure in outcome.inhoud}
    indicators = {figure.indicator.pk for figure in figures.values()}
    known = {
        (row.indicator_id, row.wijk_id, row.periode): row
        for row in Indicatorwaarde.objects.select_for_update().filter(indicator__in=indicators).order_by()
    }
    made, changed = [], []
    for key, figure in figures.items():
        row = known.get(key)
        if row is None:
            row = Indicatorwaarde(indicator=figure.indicator, wijk=figure.wijk, periode=figure.periode)
            made.append(row)
        else:
            changed.append(row)
        row.waarde, row.aantal, row.is_verborgen = figure.bewaard
    Indicatorwaarde.objects.bulk_create(made, batch_size=1000)
    Indicatorwaarde.objects.bulk_update(changed, ["waarde", "aantal", "is_verborgen"], batch_size=500)


def uitvoer_lang(doel: str) -> Iterator[Sequence[Cel]]:
    """Every figure."""
    rows = Indicatorwaarde.objects.select_related("indicator", "wijk").order_by(
        "indicator__code", "wijk__naam", "periode"
    )
    for row in rows:
        place = row.wijk.naam if row.wijk else CITY
        yield [row.indicator.code, place, row.periode, _cell(row), row.aantal]


def uitvoer_breed(doel: str) -> Iterator[Sequence[Cel]]:
    """The figures of one indicator, a row per wijk."""
    indicator = Indicator.objects.get(pk=doel)
    periods = [veld.code.removeprefix("p_") for veld in velden_breed(doel)[1:]]
    found: dict[str, dict[str, Cel]] = {}
    for row in indicator.waarden.select_related("wijk").order_by("wijk__naam"):
        found.setdefault(row.wijk.naam if row.wijk else CITY, {})[row.periode] = _cell(row)
    for place, values in found.items():
        yield [place, *(values.get(period) for period in periods)]


def _cell(row: Indicatorwaarde) -> Cel:
    if row.waarde is None:
        return str(VERBORGEN)
    return row.waarde.quantize(Decimal(1).scaleb(-row.indicator.decimalen))


def register_kinds() -> None:
    """Make both shapes known as files."""
    mag: Callable[[Gebruiker], bool] = rules.may_manage_figures

    def choices(user: Gebruiker) -> list[tuple[str, str]]:
        return [(str(pk), naam) for pk, naam in Indicator.objects.values_list("pk", "naam")]

    def home(doel: str) -> str:
        return reverse("wijken:monitors")

    def example(doel: str) -> Iterable[Sequence[Cel]]:
        return [[veld.voorbeeld for veld in velden_breed(doel)]]

    register(
        Soort(
            LONG,
            "Cijfers per rij",
            "Cijfers over de wijken: per rij een indicator, een wijk, een periode en de waarde.",
            mag=mag,
            velden=velden_lang,
            vergelijk=vergelijk_lang,
            schrijf=schrijf,
            terug=home,
            uitvoer=uitvoer_lang,
        )
    )
    register(
        Soort(
            WIDE,
            "Cijfers per wijk",
            "Cijfers van één indicator, zoals Provincies in Cijfers ze geeft: een rij per wijk, een kolom per periode.",
            mag=mag,
            velden=velden_breed,
            vergelijk=vergelijk_breed,
            schrijf=schrijf,
            terug=home,
            doelen=choices,
            doel_vraag="Welke indicator?",
            uitvoer=uitvoer_breed,
            voorbeelden=example,
        )
    )
