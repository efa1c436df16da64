"""Make a need of a wijk out of chosen reports, or count them with one that is there."""

from __future__ import annotations

from typing import Any

from django import forms

from wijken.models import Behoefte, Wijk


class BehoefteVanForm(forms.Form):
    """A need there is (`behoefte`), or a new one with a title and a wijk."""

    use_required_attribute = False
    behoefte = forms.ModelChoiceField(
        label="Bij welke behoefte?", queryset=Behoefte.objects.none(), required=False, empty_label="een nieuwe behoefte"
    )
    wijk = forms.ModelChoiceField(label="Wijk", queryset=Wijk.objects.none(), required=False, empty_label=None)
    titel = forms.CharField(label="Titel", required=False, max_length=160)
    toelichting = forms.CharField(
        label="Wat heeft de wijk nodig?", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, wijken: Any, behoeften: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wijk"].queryset = wijken
        self.fields["behoefte"].queryset = behoeften

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("behoefte") and "behoefte" not in self.errors:
            if not data.get("titel", "").strip():
                self.add_error("titel", "Geef de behoefte een titel, of kies een behoefte die er al is.")
            if not data.get("wijk"):
                self.add_error("wijk", "Kies de wijk.")
        return data
