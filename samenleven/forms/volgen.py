"""What residents fill in about recommendations: filters, and an address to follow one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Aanbeveling, Domein, Traject
from .stempel import Gestempeld


class ZoekForm(forms.Form):
    """Filters that stand in the address; a wrong value is no filter."""

    use_required_attribute = False
    q = forms.CharField(
        label=_("Zoek een woord of nummer"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    traject = forms.ModelChoiceField(
        label=_("Traject"), required=False, queryset=Traject.objects.public(), empty_label=_("Alles")
    )
    domein = forms.ModelChoiceField(
        label=_("Domein"), required=False, queryset=Domein.objects.all(), empty_label=_("Alles")
    )
    antwoord = forms.ChoiceField(
        label=_("Antwoord van de stad"),
        required=False,
        choices=[
            ("", _("Alles")),
            ("wacht", _("wacht op een antwoord")),
            ("overgenomen", _("overgenomen")),
            ("gedeeltelijk", _("gedeeltelijk overgenomen")),
            ("niet", _("niet overgenomen")),
        ],
    )
    trede = forms.ChoiceField(
        label=_("Hoe ver het is"),
        required=False,
        choices=[
            ("", _("Alles")),
            ("0", _("nog geen bewijs")),
            ("1", _("gezegd")),
            ("2", _("beslist")),
            ("3", _("begroot")),
            ("4", _("gestart")),
            ("5", _("zichtbaar")),
            ("6", _("nagegaan door bewoners")),
        ],
    )
    horizon = forms.ChoiceField(
        label=_("Termijn"),
        required=False,
        choices=[
            ("", _("Alles")),
            (Aanbeveling.Horizon.QUICK_WIN, _("quick win")),
            (Aanbeveling.Horizon.LANG, _("lange termijn")),
        ],
    )

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class VolgForm(Gestempeld):
    """An address that wants to hear what comes of a recommendation."""

    email = forms.EmailField(
        label=_("Je e-mailadres"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Vul je e-mailadres in."),
            "invalid": _("Dit e-mailadres klopt niet. Een adres ziet er zo uit: naam@voorbeeld.be."),
        },
    )
