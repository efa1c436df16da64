"""What staff fill in about a proposal, and what others say of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kern.gebruikers.models import Gebruiker

from ..models import Actievoorstel, Advies
from ..rules import Bereik
from ..states.draad import DECIDED, Voorstelstatus
from .velden import DagInput, StafForm, WijkMixin, active_partners, active_teams, area, domains, goals, not_before

MONEY = {"inputmode": "decimal"}


class VoorstelForm(WijkMixin, forms.ModelForm):
    """A draft of a proposal."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    domeinen = domains()
    doelstellingen = goals()

    class Meta:
        model = Actievoorstel
        fields = ["wijk", "titel", "voorstel", "looptijd", "raming", "domeinen", "doelstellingen"]
        widgets = {"voorstel": area(8), "raming": forms.NumberInput(attrs={**MONEY, "min": 0, "step": "0.01"})}
        error_messages = {
            "titel": {"required": "Geef het voorstel een titel."},
            "voorstel": {"required": "Schrijf wat je voorstelt."},
        }

    def __init__(self, *args: Any, user: Gebruiker, reach: Bereik, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_wijken(user, reach)


class OverlegForm(StafForm):
    """Who is asked what they think, and until when."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
    partners = forms.ModelMultipleChoiceField(
        label="Partners",
        help_text="Ze krijgen een mail met een link. Ze hebben geen account nodig.",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    teams = forms.ModelMultipleChoiceField(
        label="Diensten en teams van de stad",
        help_text="Ze vinden het voorstel in het portaal. Wie de dienst leidt, krijgt een mail.",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tegen = forms.DateField(
        label="Meningen verwacht tegen",
        widget=DagInput,
        error_messages={"required": "Kies een dag.", "invalid": "Typ een datum, bijvoorbeeld 23/7/2026."},
    )

    def __init__(self, *args: Any, asked: set[tuple[str, int]] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = active_partners().exclude(email="")
        self.fields["partners"].queryset = partners.exclude(pk__in=[pk for kind, pk in asked if kind == "partner"])
        self.fields["teams"].queryset = active_teams().exclude(pk__in=[pk for kind, pk in asked if kind == "team"])

    def clean_tegen(self) -> date:
        not_before(self.cleaned_data["tegen"], timezone.localdate(), "Kies een dag vanaf vandaag.")
        return self.cleaned_data["tegen"]


class TerugForm(StafForm):
    """Take a proposal back to rework it."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
    reden = forms.CharField(
        label="Waarom haal je het terug?",
        max_length=1000,
        widget=area(2),
        error_messages={"required": "Zeg waarom je het terughaalt."},
    )


class BesluitForm(StafForm):
    """The decision: which, by whom, why, and what residents hear of a refusal."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label="Hoe is er beslist?",
        choices=[choice for choice in Voorstelstatus.choices if choice[0] in DECIDED],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe er beslist is."},
    )
    beslist_in = forms.CharField(
        label="Waar of door wie is dit beslist?",
        help_text="Bijvoorbeeld: het college van 3 maart, of het overleg van de wijk.",
        required=False,
        max_length=120,
    )
    reden = forms.CharField(
        label="Waarom?",
        help_text="De partners die een mening mochten geven, krijgen dit te lezen.",
        max_length=2000,
        widget=area(4),
        error_messages={"required": "Zeg waarom zo beslist is."},
    )
    uitkomst = forms.CharField(
        label="Wat horen bewoners ervan?",
        help_text="Nodig als het voorstel is afgewezen. In gewone woorden; noem niemand bij naam.",
        required=False,
        max_length=2000,
        widget=area(4),
    )

    def __init__(self, *args: Any, only_refuse: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if only_refuse:
            self.fields["status"].choices = [(Voorstelstatus.AFGEWEZEN, "we doen dit niet")]
            self.initial["status"] = Voorstelstatus.AFGEWEZEN

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("status") == Voorstelstatus.AFGEWEZEN and not data.get("uitkomst", "").strip():
            self.add_error("uitkomst", "Schrijf wat bewoners ervan horen.")
        return data


STANDPUNTEN = [
    (Advies.Standpunt.AKKOORD, _("We zijn akkoord")),
    (Advies.Standpunt.MITS, _("We zijn akkoord, op een voorwaarde")),
    (Advies.Standpunt.NIET, _("We zijn niet akkoord")),
    (Advies.Standpunt.GEEN, _("We hebben hier geen mening over")),
]


class AdviesForm(forms.Form):
    """What a partner or a service thinks."""

    use_required_attribute = False
    standpunt = forms.ChoiceField(
        label=_("Wat vinden jullie van dit voorstel?"),
        choices=STANDPUNTEN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat jullie ervan vinden.")},
    )
    tekst = forms.CharField(
        label=_("Waarom?"),
        help_text=_("Nodig bij een voorwaarde of als jullie niet akkoord zijn. Noem geen bewoners."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        needs = data.get("standpunt") in (Advies.Standpunt.MITS, Advies.Standpunt.NIET)
        if needs and not data.get("tekst", "").strip():
            self.add_error("tekst", _("Zeg waarom: dan weet de stad wat er nodig is."))
        return data


class PartnerAdviesForm(AdviesForm):
    """The same without an account: with a name, and a field that only robots fill in."""

    naam = forms.CharField(
        label=_("Je naam en functie"),
        help_text=_("Zo weet de stad met wie ze kan overleggen."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Vul je naam in.")},
    )
    website = forms.CharField(
        label=_("Laat dit veld leeg"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("website"):
            raise ValidationError(_("Kijk je antwoord nog even na, en verstuur het dan opnieuw."), code="check")
        return data
