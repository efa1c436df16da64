"""What staff fill in about a need."""

from __future__ import annotations

from typing import Any

from django import forms

from ..models import Behoefte


class BehoefteForm(forms.ModelForm):
    """The words of a draft. `versie` is the draft as this person saw it."""

    versie = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Behoefte
        fields = ["titel", "toelichting"]
        widgets = {"toelichting": forms.Textarea(attrs={"rows": 6})}
        error_messages = {"titel": {"required": "Geef de behoefte een titel."}}

    def __init__(self, *args: Any, instance: Behoefte, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"versie": instance.versie}, **kwargs)
        self.use_required_attribute = False


class BeslisForm(forms.Form):
    """The decision on a draft; rejecting asks why."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)
    reden = forms.CharField(
        label="Waarom wel of niet?",
        help_text="Nodig als je verwerpt. Het portaal stelt deze plaats dan twaalf maanden niet meer voor.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
