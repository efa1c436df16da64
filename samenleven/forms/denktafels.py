"""What staff and members fill in about denktafels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wijken.forms.bijeenkomsten import Moment
from wijken.models import Team

from ..models import Aanbeveling, Bundel, Denktafel, Denktafellid
from .staf import DATE, SignaalFilters


class DenktafelForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = Denktafel
        fields = ["traject", "naam", "domein", "opdracht", "voorgesteld_op"]
        widgets = {"voorgesteld_op": DATE, "opdracht": forms.Textarea(attrs={"rows": 3})}


class LidForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = Denktafellid
        fields = ["naam", "email", "organisatie", "rol", "van", "tot", "taal"]
        widgets = {"van": DATE, "tot": DATE}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        van, tot = data.get("van"), data.get("tot")
        if van and tot and tot < van:
            self.add_error("tot", "Het mandaat eindigt voor het begint.")
        return data


class VergaderForm(forms.Form):
    """A meeting of the table; the rest is filled in on its own page."""

    use_required_attribute = False
    titel = forms.CharField(label="Titel", max_length=120)
    begin = Moment(label="Begin")
    locatie = forms.CharField(label="Plaats", max_length=120)
    team = forms.ModelChoiceField(
        label="Georganiseerd door", queryset=Team.objects.filter(is_actief=True).order_by("naam")
    )


class BundelForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = Bundel
        fields = ["titel", "vraag"]


class BundelFilters(SignaalFilters):
    """What to choose from for a bundle; without a domain it is that of the table."""

    traject = None


class TekstForm(forms.Form):
    """A version of a draft."""

    use_required_attribute = False
    titel = forms.CharField(label="Titel", max_length=160)
    tekst = forms.CharField(label="Tekst", max_length=4000, widget=forms.Textarea(attrs={"rows": 10}))
    waarom = forms.CharField(
        label="Wat er verandert",
        required=False,
        max_length=300,
        help_text="Leden lezen dit bij de nieuwe versie.",
    )


class BespreekForm(forms.Form):
    use_required_attribute = False
    tot = forms.DateField(label="Leden reageren tot en met", widget=DATE)


class ReactieForm(forms.Form):
    use_required_attribute = False
    tekst = forms.CharField(label=_("Wat vind je ervan?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class AfhandelForm(forms.Form):
    use_required_attribute = False
    antwoord = forms.CharField(label="Wat ermee gebeurde", max_length=300)


class VoorstelForm(forms.Form):
    """What the city has to know of a draft that becomes a recommendation."""

    use_required_attribute = False
    horizon = forms.ChoiceField(label="Horizon", choices=Aanbeveling.Horizon.choices)
    gericht_aan = forms.CharField(label="Gericht aan", max_length=160)
    op = forms.DateField(label="Voorgesteld op", widget=DATE)
