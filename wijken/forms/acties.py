"""What staff fill in about an action, its milestones and its partners."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone

from kern.beelden.forms import BeeldenField
from kern.gebruikers.models import Gebruiker

from ..models import Actie, Partner, Wijk
from ..rules import Bereik
from ..states.draad import Mijlpaalstatus
from .velden import DagInput, StafForm, WijkMixin, active_partners, area, colleagues, domains, goals

DAY = {"invalid": "Typ een datum, bijvoorbeeld 23/7/2026."}


class ActieForm(WijkMixin, forms.ModelForm):
    """An action: what, where, by whom, until when, with what money, and how residents take part."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    eigenaar = forms.ModelChoiceField(
        label="Eigenaar",
        queryset=None,
        empty_label="kies een collega",
        help_text="Wie ervoor zorgt dat ze vooruitgaat.",
        error_messages={"required": "Kies wie ervoor zorgt."},
    )
    ook_in = forms.ModelMultipleChoiceField(
        label="Ook in deze wijken",
        queryset=Wijk.objects.all(),
        required=False,
        help_text="Houd Ctrl of Cmd ingedrukt om er meer te kiezen.",
    )
    domeinen = domains()
    doelstellingen = goals()

    class Meta:
        model = Actie
        fields = [
            "titel",
            "tekst",
            "wijk",
            "ook_in",
            "eigenaar",
            "looptijd",
            "start",
            "einde",
            "budgetlijn",
            "budget",
            "betrokkenheid",
            "betrokkenheid_tekst",
            "domeinen",
            "doelstellingen",
            "is_openbaar",
            "intern",
        ]
        widgets = {
            "tekst": area(5),
            "intern": area(3),
            "start": DagInput,
            "einde": DagInput,
            "budget": forms.NumberInput(attrs={"inputmode": "decimal", "min": 0, "step": "0.01"}),
            "betrokkenheid": forms.RadioSelect,
        }
        error_messages = {
            "titel": {"required": "Geef de actie een titel."},
            "tekst": {"required": "Schrijf wat bewoners over deze actie lezen."},
            "start": {"required": "Kies wanneer ze start.", **DAY},
            "einde": DAY,
        }

    def __init__(self, *args: Any, user: Gebruiker, reach: Bereik, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["eigenaar"].queryset = colleagues()
        self.fields["betrokkenheid"].choices = Actie.Betrokkenheid.choices
        self.set_wijken(user, reach)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("einde") and data.get("start") and data["einde"] < data["start"]:
            self.add_error("einde", "De actie kan niet klaar zijn voor ze start.")
        return data


class MijlpaalForm(StafForm):
    """One point to reach."""

    titel = forms.CharField(
        label="Wat moet er gehaald zijn?",
        max_length=160,
        error_messages={"required": "Schrijf wat er gehaald moet zijn."},
    )
    uiterlijk = forms.DateField(
        label="Tegen wanneer?", widget=DagInput, error_messages={"required": "Kies een dag.", **DAY}
    )


class MijlpaalStapForm(StafForm):
    """Reached, dropped, or open again."""

    status = forms.ChoiceField(choices=Mijlpaalstatus.choices)
    op = forms.DateField(label="Gehaald op", required=False, widget=DagInput, error_messages=DAY)
    reden = forms.CharField(label="Waarom vervalt ze?", required=False, max_length=400)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        day = data.get("op") or timezone.localdate()
        if day > timezone.localdate():
            self.add_error("op", "Dat kan niet later zijn dan vandaag.")
        data["op"] = day
        if data.get("status") == Mijlpaalstatus.VERVALLEN and not data.get("reden", "").strip():
            self.add_error("reden", "Zeg waarom de mijlpaal vervalt.")
        return data


class BewijsForm(StafForm):
    """What shows that a milestone was reached."""

    tekst = forms.CharField(label="Wat is er te zien?", required=False, max_length=400, help_text="Noem geen bewoners.")
    link = forms.CharField(
        label="Link",
        required=False,
        max_length=300,
        validators=[URLValidator(["https"], message="Een link begint met https://.")],
        widget=forms.URLInput,
    )
    fotos = BeeldenField(label="Foto’s", required=False, max_aantal=3)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not (data.get("tekst") or data.get("link") or data.get("fotos")):
            self.add_error("tekst", "Schrijf iets, geef een link of kies een foto.")
        return data


class ActiepartnerForm(StafForm):
    """A partner with its role in the action."""

    partner = forms.ModelChoiceField(
        label="Partner", queryset=Partner.objects.none(), error_messages={"required": "Kies een partner."}
    )
    rol = forms.CharField(
        label="Wat doet deze partner?",
        max_length=120,
        help_text="Bijvoorbeeld: levert materiaal, begeleidt bewoners.",
        error_messages={"required": "Schrijf wat de partner doet."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = active_partners()


class EindeForm(StafForm):
    """How it ended, in words for residents."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
    uitkomst = forms.CharField(
        label="Wat kwam ervan?",
        help_text="Deze tekst krijgt iedereen die iets meldde, volgde of meedeed. Schrijf in gewone woorden en noem "
        "niemand bij naam.",
        max_length=2000,
        widget=area(5),
        error_messages={"required": "Schrijf wat ervan kwam."},
    )
