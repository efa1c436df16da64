"""What staff fill in about proposals for activities."""

from __future__ import annotations

from typing import Any

from django import forms

from wijken import soorten
from wijken.forms.bijeenkomsten import Moment
from wijken.models import Team, Wijk

from ..activiteitsoorten import CODES
from ..models import Activiteitvoorstel
from ..states.activiteit import Status
from .staf import Filters
from .staf_bruggen import VersieForm


class VoorstelFilters(Filters):
    status = forms.ChoiceField(label="Stand", required=False, choices=[("", "alle"), *Status.choices])
    wijk = forms.ModelChoiceField(label="Wijk", required=False, queryset=Wijk.objects.all(), empty_label="alle")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["traject"]


class AanvaardForm(VersieForm):
    """What a draft of the activity needs beside the proposal."""

    use_required_attribute = False
    soort = forms.ChoiceField(label="Soort")
    titel = forms.CharField(
        label="Titel in de agenda", max_length=120, error_messages={"required": "Geef ze een titel."}
    )
    begin = Moment(label="Begin")
    einde = Moment(label="Einde")
    locatie = forms.CharField(
        label="Plaats", max_length=120, error_messages={"required": "Zeg waar het is; je kunt dat later verfijnen."}
    )
    capaciteit = forms.IntegerField(
        label="Aantal plaatsen",
        min_value=1,
        required=False,
        help_text="Leeg: zoveel als er komen. Wie te laat is, wacht in volgorde.",
    )
    team = forms.ModelChoiceField(
        label="Georganiseerd door",
        queryset=Team.objects.filter(is_actief=True).order_by("naam"),
        help_text="Zien bewoners.",
        error_messages={"required": "Kies welk team organiseert; bewoners zien de naam."},
    )
    reden = forms.CharField(
        label="Een woord voor wie het voorstelde",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, voorstel: Activiteitvoorstel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = [(code, str(soorten.get(code).naam)) for code in CODES]
        self.initial |= {"titel": voorstel.titel, "locatie": voorstel.waar[:120], "versie": voorstel.versie}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begin, einde = cleaned.get("begin"), cleaned.get("einde")
        if begin and einde and einde <= begin:
            self.add_error("einde", "Het einde komt na het begin.")
        return cleaned


class WeigerForm(VersieForm):
    use_required_attribute = False
    reden = forms.CharField(
        label="Waarom niet",
        max_length=1000,
        help_text="Leest wie het voorstelde.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Zeg waarom niet. Wie het voorstelde, leest dit."},
    )
