"""Which figures somebody asks for: a period of whole months, and perhaps one wijk, team or category."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from kern.keuzes import Select

from ..queries.cijfers import PER, Vraag

OWN, USUAL = "eigen", "12-maanden"
MAX_MONTHS = 60


def month_of(day: date, shift: int = 0) -> date:
    """The first day of the month, `shift` months on."""
    year, month = divmod(day.year * 12 + day.month - 1 + shift, 12)
    return date(year, month + 1, 1)


def months_end(first: date, count: int = 1) -> date:
    """The last day of `count` months from this first day on."""
    return month_of(first, count) - timedelta(days=1)


def periods(on: date) -> dict[str, tuple[str, date, date]]:
    """The periods one can choose: name, first and last day."""
    month, quarter, year = month_of(on), month_of(on, -((on.month - 1) % 3)), date(on.year, 1, 1)
    spans = {
        "maand": ("deze maand", month, 1),
        "vorige-maand": ("vorige maand", month_of(month, -1), 1),
        "kwartaal": ("dit kwartaal", quarter, 3),
        "vorig-kwartaal": ("vorig kwartaal", month_of(quarter, -3), 3),
        "jaar": ("dit jaar", year, 12),
        "vorig-jaar": ("vorig jaar", date(on.year - 1, 1, 1), 12),
        "12-maanden": ("de laatste 12 maanden", month_of(month, -11), 12),
    }
    return {code: (naam, first, months_end(first, count)) for code, (naam, first, count) in spans.items()}


class MaandField(forms.CharField):
    """A month as browsers write it: 2026-07."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "jjjj-mm"})

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text.strip())
        if not found or not 1900 <= int(found[1]) <= 2199:
            raise ValidationError("Schrijf een maand zo: 2026-07.")
        return date(int(found[1]), int(found[2]), 1)


@dataclass(frozen=True)
class Namen:
    """The names behind the keys of the figures."""

    wijk: dict[str, str]
    team: dict[str, str]
    categorie: dict[str, str]
    hoofd: dict[str, list[tuple[str, str]]]

    def of(self, per: str, sleutel: str) -> str:
        names: dict[str, str] = getattr(self, per)
        return names.get(sleutel, "onbekend")


class CijferForm(forms.Form):
    """What stands in the address; what makes no sense there is as if it was not asked."""

    periode = forms.ChoiceField(widget=Select, label="Periode", required=False)
    van = MaandField(label="Vanaf maand", required=False)
    tot = MaandField(label="Tot en met maand", required=False)
    wijk = forms.ChoiceField(widget=Select, label="Wijk", required=False)
    team = forms.ChoiceField(widget=Select, label="Team", required=False)
    categorie = forms.ChoiceField(widget=Select, label="Categorie", required=False)
    per = forms.ChoiceField(widget=Select, label="Een rij per", required=False, choices=list(PER.items()))

    def __init__(self, data: QueryDict, *, namen: Namen, on: date) -> None:
        super().__init__({"periode": USUAL, "per": "wijk", **data.dict()})
        self.periods = periods(on)
        fields: Any = self.fields
        fields["periode"].choices = [*((code, row[0]) for code, row in self.periods.items()), (OWN, "zelf te kiezen")]
        fields["wijk"].choices = [("", "alle wijken"), *namen.wijk.items()]
        fields["team"].choices = [("", "alle teams"), *namen.team.items()]
        groups: Sequence[Any] = [
            (namen.categorie[top], [(top, f"alles van {namen.categorie[top]}"), *below])
            for top, below in namen.hoofd.items()
        ]
        fields["categorie"].choices = [("", "alle categorieën"), *groups]
        self.full_clean()

    def vraag(self) -> Vraag:
        """What was asked, with the last twelve months for what was not said."""
        data = self.cleaned_data
        code = data.get("periode") or USUAL
        first, last = self._own() if code == OWN else self.periods[code][1:]
        chosen = {name: data.get(name) or "" for name in PER}
        return Vraag(van=first, tot=last, per=data.get("per") or "wijk", **chosen)

    def _own(self) -> tuple[date, date]:
        _naam, first, last = self.periods[USUAL]
        first = self.cleaned_data.get("van") or first
        last = months_end(self.cleaned_data.get("tot") or month_of(last))
        first = min(first, month_of(last))
        return max(first, month_of(last, 1 - MAX_MONTHS)), last
