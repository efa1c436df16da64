"""What the forms about knelpunten are made of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from kern.gebruikers.models import Gebruiker
from kern.keuzes import Select
from wijken.models import Team

from ..rules import monitoring as rules
from ..rules.monitoring import Regels
from ..states import Knelpuntstatus

PHOTOS = 4
WHY_HARD = "Zeg waarom het niet vlot gaat."
S = Knelpuntstatus
DATE = {"type": "date"}


def any_of(choices: Any, word: str = "alle") -> list[tuple[Any, Any]]:
    """Choices with one in front that says no choice was made."""
    return [("", word), *choices]


def day(label: str, **more: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"), **more)


def choice(label: str, choices: Any, word: str = "alle") -> forms.ChoiceField:
    """A filter with one of these."""
    return forms.ChoiceField(label=label, required=False, widget=Select, choices=any_of(choices, word))


def services(current: int | None = None) -> Any:
    """The teams that work, and the one a knelpunt is with now."""
    return Team.objects.filter(Q(is_actief=True) | Q(pk=current)).order_by("naam")


def people(current: int | None = None) -> Any:
    """Who works here, and the person a knelpunt is with now."""
    return Gebruiker.objects.filter(Q(is_active=True, groups__isnull=False) | Q(pk=current)).distinct().order_by("naam")


class TermForm(forms.Form):
    """What every form with a term and a year shares: the two have to fit."""

    def __init__(self, *args: Any, regels: Regels, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regels, self.today = regels, today

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        planning, year = data.get("planning"), data.get("planjaar")
        if year and not planning and "planning" in self.fields and "planning" not in self.errors:
            data["planning"] = planning = str(rules.term_of(year, self.today.year, self.regels) or "")
        changed = {"planning", "planjaar"} & set(self.changed_data)
        if changed and (wrong := rules.wrong_year(planning or "", year, self.today.year, self.regels)):
            self.add_error("planjaar", wrong)
        return data


def area() -> forms.Textarea:
    """A field for some lines of text."""
    return forms.Textarea(attrs={"rows": 3})


def typed(label: str, choices: Any) -> forms.TypedChoiceField:
    """A choice of whole numbers."""
    field = forms.TypedChoiceField(label=label, coerce=int, empty_value=None, widget=Select)
    field.choices = any_of(choices, "kies")
    return field


def model(label: str, queryset: Any) -> forms.ModelChoiceField:
    """A choice of rows."""
    return forms.ModelChoiceField(queryset, label=label, required=False, empty_label="nog niemand", widget=Select)
