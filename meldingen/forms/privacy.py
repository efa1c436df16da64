"""What an administrator fills in for who asks about their data, and the areas of a photo to make unrecognisable."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kern.beelden.rules import Vlak

MAX_AREAS = 20


class AdresForm(forms.Form):
    """The mail address that somebody asks about."""

    use_required_attribute = False
    email = forms.EmailField(
        label=_("E-mailadres"),
        help_text=_("Ga eerst na of het adres echt van de vrager is, bijvoorbeeld door het te antwoorden."),
        error_messages={"required": _("Typ het e-mailadres waarover de vraag gaat.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def _percent(label: Any) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        min_value=0,
        max_value=100,
        required=False,
        widget=forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"}),
        error_messages={"invalid": _("Typ een getal van 0 tot 100.")},
    )


class VlakForm(forms.Form):
    """One area, in percent of the width and the height of the photo."""

    use_required_attribute = False
    links = _percent(_("van links"))
    boven = _percent(_("van boven"))
    breedte = _percent(_("breedte"))
    hoogte = _percent(_("hoogte"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        given = [name for name in self.fields if data.get(name) is not None]
        if given and len(given) < len(self.fields) and not self.errors:
            raise forms.ValidationError(_("Vul van dit vlak de vier getallen in, of maak ze alle vier leeg."))
        if len(given) == len(self.fields) and not (data["breedte"] and data["hoogte"]):
            raise forms.ValidationError(_("Dit vlak is leeg: geef het een breedte en een hoogte."))
        return data

    @property
    def vlak(self) -> Vlak | None:
        """The area; None for a row that was left empty."""
        data = self.cleaned_data
        if data.get("breedte") is None:
            return None
        return Vlak(*(data[name] / 100 for name in ("links", "boven", "breedte", "hoogte")))


class BaseVlakken(forms.BaseFormSet):
    def clean(self) -> None:
        if not any(self.errors) and not self.vlakken:
            raise forms.ValidationError(_("Duid minstens één vlak aan: sleep over de foto of typ de getallen."))

    @property
    def vlakken(self) -> list[Vlak]:
        return [form.vlak for form in self.forms if hasattr(form, "cleaned_data") and form.vlak]


VlakkenFormSet = forms.formset_factory(
    VlakForm, formset=BaseVlakken, extra=1, max_num=MAX_AREAS, absolute_max=MAX_AREAS, validate_max=True
)
