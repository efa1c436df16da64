"""How it went, as the resident says it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kern.vertaling import translated

from .. import privacy
from ..models import Enquetereden


class _Redenen(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Enquetereden) -> str:
        return translated(obj, "tekst")


class SurveyForm(forms.Form):
    """The answer. Reasons of the other answer than the one that was given are left out by the action.

    `gelezen` comes back with the kinds of personal data that the writer was warned about: who sends again, means it.
    """

    tevreden = forms.ChoiceField(
        label=_("Ben je tevreden over hoe het ging?"),
        choices=[("ja", _("Ja, ik ben tevreden")), ("nee", _("Nee, ik ben niet tevreden"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies ja of nee.")},
    )
    goed = _Redenen(Enquetereden.objects.none(), label=_("Wat vond je goed?"), required=False)
    slecht = _Redenen(Enquetereden.objects.none(), label=_("Wat vond je niet goed?"), required=False)
    tekst = forms.CharField(
        label=_("Wil je daar iets over zeggen?"),
        help_text=_("Schrijf geen namen, telefoonnummers of andere gegevens van mensen."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    heropen = forms.BooleanField(label=_("Ik wil dat jullie de melding heropenen"), required=False)
    gelezen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args: Any, mag_heropenen: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = Enquetereden.objects.filter(is_actief=True)
        fields: Any = self.fields
        fields["goed"].queryset = reasons.filter(tevreden=True)
        fields["slecht"].queryset = reasons.filter(tevreden=False)
        if not mag_heropenen:
            del self.fields["heropen"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("heropen") and data.get("tevreden") == "nee" and not data.get("tekst"):
            raise ValidationError({"tekst": _("Schrijf wat er nog niet in orde is, dan weten we wat we moeten doen.")})
        return data

    def found_data(self) -> list[privacy.Vondst]:
        """What looks like personal data and was not warned about before."""
        read = set(self.cleaned_data.get("gelezen", "").split())
        found = privacy.find(self.cleaned_data.get("tekst", ""))
        return found if {vondst.soort.value for vondst in found} - read else []

    @property
    def answer(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "tevreden": data["tevreden"] == "ja",
            "redenen": [*data["goed"], *data["slecht"]],
            "tekst": data["tekst"],
            "wil_heropenen": bool(data.get("heropen")),
        }
