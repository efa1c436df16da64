"""What residents and organisations fill in to propose an activity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wijken.models import Wijk

from .bruggen import ZonderLink, mail_field, name_field, text_field
from .openbaar import PHONE


class VoorstelForm(ZonderLink):
    """An activity that somebody wants to hold."""

    namen = ("naam", "organisatie")
    titel = name_field(_("Hoe heet je activiteit?"), _("Geef je activiteit een naam."))
    beschrijving = text_field(
        _("Wat gebeurt er, en voor wie?"),
        3000,
        5,
        help_text=_("Staat in de agenda als je voorstel aanvaard is. Je mag in elke taal schrijven."),
        error_messages={"required": _("Vertel wat er gebeurt.")},
    )
    ontmoeting = text_field(_("Wie leert elkaar kennen?"), 1000, 2, required=False)
    wijk = forms.ModelChoiceField(
        label=_("In welke wijk?"), queryset=Wijk.objects.all(), required=False, empty_label=_("Heel de stad")
    )
    wanneer = forms.CharField(
        label=_("Wanneer?"),
        help_text=_("Zoals: een zaterdag in mei, van 14 tot 17 uur."),
        max_length=200,
        error_messages={"required": _("Zeg wanneer ongeveer.")},
    )
    waar = forms.CharField(label=_("Waar?"), max_length=200, required=False)
    verwacht = forms.IntegerField(
        label=_("Hoeveel mensen verwacht je?"), min_value=1, max_value=100_000, required=False
    )
    kosten = forms.DecimalField(
        label=_("Wat kost het ongeveer, in euro?"), min_value=0, max_digits=9, decimal_places=2, required=False
    )
    nodig = text_field(
        _("Wat heb je nodig van de stad?"), 1000, 2, required=False, help_text=_("Zoals: een zaal, tafels, geld.")
    )
    naam = name_field(_("Je naam"), _("Vul je naam in."), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    organisatie = forms.CharField(
        label=_("Je organisatie"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = mail_field(
        _("Je e-mailadres"),
        _("Vul je e-mailadres in."),
        help_text=_("We sturen een link om te bevestigen dat het jouw adres is."),
    )
    telefoon = forms.CharField(
        label=_("Je telefoonnummer"),
        max_length=30,
        required=False,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def proposal(self) -> dict[str, Any]:
        """What goes to the action."""
        return {name: self.cleaned_data[name] for name in self.fields if name not in ("stempel", "website")}
