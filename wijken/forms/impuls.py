"""What staff fill in about the impulswijken."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from ..models import Doelstelling, Factor, Partner, Programmapunt, Wijk
from ..states.programma import ASKS_WHY, STEPS, Puntstatus

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ImpulsBeginForm(forms.Form):
    """A wijk becomes an impulswijk."""

    use_required_attribute = False
    wijk = forms.ModelChoiceField(
        Wijk.objects.all(), label="Wijk", empty_label="Kies een wijk", error_messages={"required": "Kies een wijk."}
    )
    van = forms.DateField(label="Vanaf", widget=DAY, error_messages={"required": "Kies een dag."})
    tot = forms.DateField(label="Tot en met", help_text="Leeg: voor onbepaalde tijd.", required=False, widget=DAY)
    reden = forms.CharField(
        label="Waarom",
        help_text="De beslissing, of waaruit het blijkt.",
        max_length=300,
        error_messages={"required": "Zeg waarom deze wijk een impulswijk wordt."},
    )


class ImpulsEindeForm(forms.Form):
    """A wijk is an impulswijk until a day."""

    use_required_attribute = False
    tot = forms.DateField(label="Tot en met", widget=DAY, error_messages={"required": "Kies een dag."})
    reden = forms.CharField(label="Waarom", max_length=300, error_messages={"required": "Zeg waarom het stopt."})


class ProgrammapuntForm(forms.ModelForm):
    """An agreement in the programme of a wijk."""

    sleutel = forms.UUIDField(widget=forms.HiddenInput)
    versie = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Programmapunt
        fields = ["titel", "factor", "toelichting", "partner", "wie", "van", "tegen", "doelstellingen"]
        widgets = {
            "toelichting": forms.Textarea(attrs={"rows": 4}),
            "van": DAY,
            "tegen": DAY,
            "doelstellingen": forms.CheckboxSelectMultiple,
        }
        labels = {"titel": "Wat is er afgesproken?", "factor": "Waaraan werkt het?"}
        error_messages = {
            "titel": {"required": "Zeg wat er afgesproken is."},
            "factor": {"required": "Kies waaraan het werkt."},
            "wie": {"required": "Zeg wie het doet."},
            "van": {"required": "Kies een dag."},
            "tegen": {"required": "Kies tegen wanneer het klaar moet zijn."},
        }

    def __init__(self, *args: Any, instance: Programmapunt | None = None, **kwargs: Any) -> None:
        start = {
            "sleutel": instance.sleutel if instance else uuid.uuid4(),
            "versie": instance.versie if instance else 1,
        }
        super().__init__(*args, instance=instance, initial=start | kwargs.pop("initial", {}), **kwargs)
        self.use_required_attribute = False
        self.fields["factor"].choices = [("", "Kies"), *Factor.choices]
        mine = instance.partner_id if instance else None
        self.fields["partner"].queryset = Partner.objects.filter(is_actief=True) | Partner.objects.filter(pk=mine)
        self.fields["partner"].empty_label = "De stad zelf"
        self.fields["doelstellingen"].queryset = Doelstelling.objects.filter(is_actief=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("van") and data.get("tegen") and data["tegen"] < data["van"]:
            self.add_error("tegen", "Deze dag ligt voor het begin.")
        return data


class StapForm(forms.Form):
    """A step of an agreement."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)
    naar = forms.ChoiceField(
        label="Hoe staat het nu?", widget=forms.RadioSelect, error_messages={"required": "Kies hoe het nu staat."}
    )
    reden = forms.CharField(
        label="Waarom?",
        help_text="Nodig als het stopt of weer begint.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    resultaat = forms.CharField(
        label="Wat leverde het op?", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, punt: Programmapunt, **kwargs: Any) -> None:
        super().__init__(*args, initial={"versie": punt.versie, "resultaat": punt.resultaat}, **kwargs)
        self.punt = punt
        after = STEPS[Puntstatus(punt.status)]
        self.fields["naar"].choices = [(step.value, step.label) for step in Puntstatus if step in after]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        step = (self.punt.status, data.get("naar"))
        if step in ASKS_WHY and not (data.get("reden") or "").strip():
            self.add_error("reden", "Zeg waarom.")
        return data
