"""What an administrator fills in about keys and webhooks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from . import registry, uitgaand
from .models import Sleutel, Webhook, check_rights
from .rules import Geweigerd


def _rights() -> list[tuple[str, str]]:
    return [(row.code, f"{row.naam} ({row.code})") for row in registry.rechten.values()]


def _events() -> list[tuple[str, str]]:
    return [(row.code, f"{row.naam} ({row.code})") for row in registry.gebeurtenissen.values()]


class SleutelForm(forms.ModelForm):
    rechten = forms.MultipleChoiceField(
        label="Rechten",
        choices=_rights,
        widget=forms.CheckboxSelectMultiple,
        help_text="Geef niet meer dan het programma nodig heeft.",
        error_messages={"required": "Kies wat deze sleutel mag."},
    )
    # One field instead of the admin's two: those have no label of their own.
    verloopt_op = forms.DateTimeField(
        label="Verloopt op",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Nodig als de sleutel rechten van de staf heeft.",
    )

    class Meta:
        model = Sleutel
        fields = ["naam", "eigenaar", "rechten", "per_minuut", "verloopt_op"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "rechten" in data:
            try:
                check_rights(data["rechten"], data.get("verloopt_op"))
            except ValidationError as error:
                self.add_error(None, error)
        return data


class WebhookForm(forms.ModelForm):
    """With a field for each thing that a webhook can be narrowed by; `with_filters` makes that form."""

    gebeurtenissen = forms.MultipleChoiceField(
        label="Gebeurtenissen",
        choices=_events,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één gebeurtenis."},
    )

    class Meta:
        model = Webhook
        fields = ["naam", "url", "gebeurtenissen", "is_actief"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in registry.filters:
            if name_of(code) in self.fields:
                self.initial.setdefault(name_of(code), (self.instance.filters or {}).get(code, []))

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        try:
            uitgaand.check(url)
        except Geweigerd as error:
            raise ValidationError(str(error)) from error
        return url

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.instance.filters = {
            code: sorted(chosen) for code in registry.filters if (chosen := data.get(name_of(code)))
        }
        return data


def name_of(filter_code: str) -> str:
    return f"filter_{filter_code}"


def with_filters() -> type[WebhookForm]:
    """The form of a webhook with the filters that the apps registered."""
    fields = {
        name_of(row.code): forms.MultipleChoiceField(
            label=f"Alleen deze: {row.naam}",
            choices=row.keuzes,
            required=False,
            widget=forms.SelectMultiple(attrs={"size": 8}),
            help_text="Niets gekozen: alles.",
        )
        for row in registry.filters.values()
    }
    return type("WebhookForm", (WebhookForm,), fields)
