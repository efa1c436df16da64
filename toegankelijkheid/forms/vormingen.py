"""A training about accessibility: what it treats, and when it is."""

from __future__ import annotations

from typing import Any

from django import forms

from kern.keuzes import CheckboxSelectMultiple
from wijken.forms.bijeenkomsten import Moment
from wijken.models import Team

from ..rules.woorden import Onderwerp


class ThemaForm(forms.Form):
    """What a training is about, and for whom."""

    use_required_attribute = False
    themas = forms.MultipleChoiceField(label="Thema's", choices=Onderwerp.choices, widget=CheckboxSelectMultiple)
    doelgroep = forms.CharField(
        label="Voor wie", max_length=160, help_text="Bijvoorbeeld: wie wegen ontwerpt, aannemers, winkeliers."
    )


class VormingForm(ThemaForm):
    """A new training; its own page has the rest, and there it is announced."""

    titel = forms.CharField(label="Titel", max_length=120)
    beschrijving = forms.CharField(
        label="Wat je er leert", max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    begin = Moment(label="Begin")
    einde = Moment(label="Einde")
    locatie = forms.CharField(label="Plaats", max_length=120)
    capaciteit = forms.IntegerField(
        label="Aantal plaatsen", min_value=1, required=False, help_text="Leeg: zoveel als er komen."
    )
    team = forms.ModelChoiceField(
        label="Georganiseerd door", queryset=Team.objects.filter(is_actief=True).order_by("naam")
    )
    is_openbaar = forms.BooleanField(
        label="Iedereen mag komen", required=False, initial=True, help_text="Anders alleen wie de link krijgt."
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        begin, end = data.get("begin"), data.get("einde")
        if begin and end and end <= begin:
            self.add_error("einde", "Het einde komt na het begin.")
        return data
