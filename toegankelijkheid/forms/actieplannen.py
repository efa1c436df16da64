"""The action plan: its name, years and budgets, and what is put in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from kern.keuzes import CheckboxSelectMultiple, Select

from ..models import Actieplan
from ..queries.actieplannen import concepts
from .velden import people, services

MOST_YEARS = 12
LENGTH = 4


class PlanForm(forms.ModelForm):
    """A plan with a budget for each of its years."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Actieplan
        fields = ["naam", "inleiding", "van_jaar", "tot_jaar", "zones", "eigenaar"]
        widgets = {
            "inleiding": forms.Textarea(attrs={"rows": 4}),
            "zones": CheckboxSelectMultiple,
            "eigenaar": Select,
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        self.fields["eigenaar"].queryset = people(row.eigenaar_id)  # type: ignore[attr-defined]
        self.initial["versie"] = row.versie
        if not row.pk:
            self.initial |= {"van_jaar": today.year + 1, "tot_jaar": today.year + LENGTH}
        known = dict(row.budgetten.values_list("jaar", "bedrag")) if row.pk else {}
        self._years = self._years_on_screen()
        for year in self._years:
            self.fields[f"budget_{year}"] = forms.IntegerField(
                label=f"Budget {year} (euro)",
                required=False,
                min_value=0,
                max_value=2_000_000_000,
                initial=known.get(year),
                help_text="Leeg: geen grens." if year == self._years[0] else "",
            )

    def _years_on_screen(self) -> list[int]:
        """The years that have a field: those that were sent, else those of the plan."""
        if self.is_bound:
            sent = [name.removeprefix("budget_") for name in self.data if name.startswith("budget_")]
            return sorted(int(year) for year in sent if year.isdecimal() and len(year) == 4)[:MOST_YEARS]
        first, last = (self.initial.get(name) or getattr(self.instance, name) for name in ("van_jaar", "tot_jaar"))
        return list(range(first, last + 1))[:MOST_YEARS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("van_jaar"), data.get("tot_jaar")
        if first and last and last < first:
            self.add_error("tot_jaar", "Het laatste jaar komt voor het eerste. Draai ze om.")
        elif first and last and last - first >= MOST_YEARS:
            self.add_error("tot_jaar", f"Een plan loopt over hoogstens {MOST_YEARS} jaar.")
        return data

    def budgets(self) -> dict[int, int | None]:
        """What each year can cost; None for no limit."""
        return {year: self.cleaned_data.get(f"budget_{year}") for year in self._years}

    @property
    def budget_fields(self) -> Iterator[Any]:
        """The fields of the years, to show beside each other."""
        return (self[f"budget_{year}"] for year in self._years)

    @property
    def plan_fields(self) -> Iterator[Any]:
        """The other fields."""
        return (field for field in self if not field.name.startswith("budget_"))


class InPlanForm(forms.Form):
    """In which plan the chosen knelpunten come."""

    use_required_attribute = False
    plan = forms.ModelChoiceField(
        concepts(),
        label="In welk plan?",
        empty_label=None,
        widget=Select,
        help_text="Alleen een concept kan nog groeien.",
    )


class BesluitForm(forms.Form):
    """To decide a version."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)
    besluit = forms.CharField(
        label="Welk besluit?",
        required=False,
        max_length=200,
        help_text="Bijvoorbeeld: college van 12 maart, punt 4. Iedereen kan dit lezen.",
    )


class WieForm(forms.Form):
    """Who answers for what is ticked in a plan."""

    use_required_attribute = False
    dienst = forms.ModelChoiceField(None, label="Dienst", required=False, empty_label="geen", widget=Select)
    verantwoordelijke = forms.ModelChoiceField(
        None, label="Verantwoordelijke", required=False, empty_label="niemand", widget=Select
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="wie", **kwargs)
        self.fields["dienst"].queryset = services()  # type: ignore[attr-defined]
        self.fields["verantwoordelijke"].queryset = people()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.values()):
            self.add_error(None, "Kies wie het doet: een dienst, een collega, of allebei.")
        return data


class RegelForm(forms.Form):
    """The year and the estimates of one line, in the table of the plan."""

    use_required_attribute = False
    jaar = forms.TypedChoiceField(label="Jaar", required=False, coerce=int, empty_value=None, widget=Select)
    laag = forms.IntegerField(label="Kost laag", required=False, min_value=0, max_value=2_000_000_000)
    hoog = forms.IntegerField(label="Kost hoog", required=False, min_value=0, max_value=2_000_000_000)

    def __init__(self, *args: Any, regel: Any, jaren: range, **kwargs: Any) -> None:
        super().__init__(
            *args,
            prefix=f"r{regel.pk}",
            initial={"jaar": regel.jaar, "laag": regel.kost_laag, "hoog": regel.kost_hoog},
            auto_id="id_%s",
            **kwargs,
        )
        self.regel = regel
        self.fields["jaar"].choices = [("", "geen"), *((year, year) for year in jaren)]  # type: ignore[attr-defined]
        for name, label in (("jaar", "Jaar"), ("laag", "Kost laag"), ("hoog", "Kost hoog")):
            self.fields[name].widget.attrs["aria-label"] = f"{label} van {regel.knelpunt.ref}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high = data.get("laag"), data.get("hoog")
        if low is not None and high is not None and high < low:
            self.add_error("hoog", "Hoog is minder dan laag.")
        return data
