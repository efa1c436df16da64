"""Fields that more than one form of staff has."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from kern.gebruikers.models import Gebruiker

from ..models import Beleidsdomein, Doelstelling, Partner, Team, Wijk
from ..rules import Bereik


class DagInput(forms.DateInput):
    """A day, as browsers ask for one."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def wijken_of(user: Gebruiker, reach: Bereik) -> QuerySet[Wijk]:
    """The wijken that this person works in; for who works on all, all."""
    if user.rollen & {"beheerder", "lezer"}:
        return Wijk.objects.all()
    return Wijk.objects.filter(pk__in=reach.wijk_ids)


def colleagues() -> QuerySet[Gebruiker]:
    """Everybody who works here, by name."""
    return Gebruiker.objects.filter(is_active=True, groups__isnull=False).distinct().order_by("naam")


class StafForm(forms.Form):
    """A form of staff: errors come from the server, in our own words. `versie` is the thing as this person saw it."""

    use_required_attribute = False


class WijkMixin:
    """Asks for a wijk that this person works in; the only one is chosen already."""

    fields: dict[str, forms.Field]
    initial: dict[str, Any]

    def set_wijken(self, user: Gebruiker, reach: Bereik) -> None:
        field = self.fields["wijk"]
        field.queryset = wijken_of(user, reach)  # type: ignore[attr-defined]
        field.empty_label = "kies een wijk"  # type: ignore[attr-defined]
        field.error_messages["required"] = "Kies de wijk."
        if "wijk" not in self.initial and len(reach.wijk_ids) == 1:
            self.initial["wijk"] = next(iter(reach.wijk_ids))


def goals() -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        label="Doelen van Samen Stad maken",
        queryset=Doelstelling.objects.filter(is_actief=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def domains() -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        label="Beleidsdomeinen",
        queryset=Beleidsdomein.objects.filter(is_actief=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def active_partners() -> QuerySet[Partner]:
    return Partner.objects.active()


def active_teams() -> QuerySet[Team]:
    return Team.objects.filter(is_actief=True)


def not_before(day: date | None, first: date, words: str) -> None:
    """Refuse a day that lies too early, in these words."""
    if day is not None and day < first:
        raise forms.ValidationError(words)
