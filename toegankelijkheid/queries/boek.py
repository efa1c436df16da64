"""The norm book of a day, in the shape in which rules judge with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..models import Criterium, Invoer, Norm
from ..rules.oordeel import Grens, Maat, Voorwaarde


@dataclass(frozen=True)
class Boek:
    """Every criterium in use with its norms, by code; and the rows behind them."""

    maten: Mapping[str, Maat]
    criteria: Mapping[str, Criterium]
    normen: Mapping[int, Norm]

    def of_subject(self, onderwerp: str) -> list[Criterium]:
        """The criteria of a subject, in the order of its form."""
        return [row for row in self.criteria.values() if row.onderwerp == onderwerp]

    def judges(self, code: str) -> bool:
        """Whether any norm judges it; else it only tells which norms hold."""
        return bool(self.maten[code].grenzen)


def book(on: date) -> Boek:
    """The norm book as it holds on this day (three queries)."""
    criteria = {row.code: row for row in Criterium.objects.filter(is_actief=True)}
    sources: dict[int, list[str]] = {}
    for row in Invoer.objects.select_related("bron").order_by("criterium", "plaats"):
        sources.setdefault(row.criterium_id, []).append(row.bron.code)
    normen = {
        row.pk: row
        for row in Norm.objects.on(on).select_related("niveau", "hangt_af_van", "criterium").order_by("code")
    }
    limits: dict[int, list[Grens]] = {}
    for norm in normen.values():
        limits.setdefault(norm.criterium_id, []).append(as_limit(norm))
    maten = {
        row.code: Maat(
            code=row.code,
            dimensie=row.dimensie,
            groepen=tuple(row.groepen),
            ernst_bij_nee=row.ernst_bij_nee,
            standaard=row.standaard,
            formule=row.formule,
            uit=tuple(sources.get(row.pk, ())),
            grenzen=tuple(limits.get(row.pk, ())),
            pk=row.pk,
        )
        for row in criteria.values()
    }
    return Boek(maten, criteria, normen)


def as_limit(norm: Norm) -> Grens:
    """A norm as the rules see it; `niveau` and `hangt_af_van` should be at hand."""
    return Grens(
        code=norm.code,
        operator=norm.operator,
        minimum=norm.minimum,
        maximum=norm.maximum,
        streef_minimum=norm.streef_minimum,
        streef_maximum=norm.streef_maximum,
        niveau=norm.niveau.volgorde,
        kracht=norm.kracht,
        context=norm.context,
        ernst_minstens=norm.ernst_minstens,
        pk=norm.pk,
        voorwaarde=Voorwaarde(norm.hangt_af_van.code, norm.vanaf, norm.vanaf_inbegrepen, norm.tot, norm.tot_inbegrepen)
        if norm.hangt_af_van
        else None,
    )
