"""What staff say of the multi-year plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ..models import Meerjarenplan, Planlink


class PlankoppelForm(forms.Form):
    """To what degree a thing was taken up in the plan, where, and why."""

    use_required_attribute = False
    mate = forms.ChoiceField(
        label="In welke mate is dit opgenomen?",
        choices=Planlink.Mate.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies in welke mate."},
    )
    waarin = forms.ChoiceField(
        label="Waarin?",
        help_text="Een doelstelling, actieplan of actie. Leeg alleen als het niet opgenomen is.",
        required=False,
    )
    reden = forms.CharField(
        label="Waarom?",
        help_text="Nodig, ook als het opgenomen is: een ander moet kunnen volgen waarom.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Zeg waarom."},
    )

    def __init__(
        self,
        *args: Any,
        plan: Meerjarenplan,
        keuzes: Sequence[tuple[str, Sequence[tuple[str, str]]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields["waarin"].choices = [("", "Nergens in dit plan"), *keuzes]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("mate") and data["mate"] != Planlink.Mate.NIET and not data.get("waarin"):
            self.add_error("waarin", ValidationError("Kies waarin het opgenomen is, of kies “niet opgenomen”."))
        return data


class WaaromForm(forms.Form):
    """Why something is taken back."""

    use_required_attribute = False
    reden = forms.CharField(label="Waarom?", max_length=300, error_messages={"required": "Zeg waarom."})
