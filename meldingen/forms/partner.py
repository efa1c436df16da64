"""What a partner answers on the page of its task."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kern.beelden.forms import BeeldenField

from ..states import Opdrachtstatus
from . import draft

ANSWERS = [
    (Opdrachtstatus.AANGENOMEN, _("We nemen dit op ons; de dag volgt nog")),
    (Opdrachtstatus.GEPLAND, _("We doen het op een vaste dag")),
    (Opdrachtstatus.UITGEVOERD, _("Het is uitgevoerd")),
    (Opdrachtstatus.NIET_VOOR_ONS, _("Dit is niet voor ons")),
]


class PartnerAntwoordForm(forms.Form):
    """How it stands, when, and with what. `inzending` names this one form; `website` and `stempel` catch robots."""

    use_required_attribute = False

    status = forms.ChoiceField(
        label=_("Hoe staat het ermee?"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het ermee staat.")},
    )
    datum = forms.DateField(
        label=_("Op welke dag?"),
        help_text=_("Nodig als je het plant. De bewoner krijgt deze dag te zien."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Typ een datum, bijvoorbeeld 23/7/2026.")},
    )
    tekst = forms.CharField(
        label=_("Wat moet de stad weten?"),
        help_text=_("De medewerker die de melding behandelt, leest dit. Noem geen bewoners."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    fotos = BeeldenField(
        label=_("Foto’s"), required=False, help_text=_("Hoogstens 5, in JPEG, PNG, WebP of HEIC, elk hoogstens 15 MB.")
    )
    inzending = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    stempel = forms.CharField(widget=forms.HiddenInput, required=False, initial=draft.stamp)
    website = forms.CharField(
        label=_("Laat dit veld leeg"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        status, day, today = data.get("status"), data.get("datum"), timezone.localdate()
        if status == Opdrachtstatus.GEPLAND and "datum" not in self.errors:
            if day is None:
                self.add_error("datum", _("Kies de dag waarop je het plant."))
            elif day < today:
                self.add_error("datum", _("Kies een dag vanaf vandaag."))
        if status == Opdrachtstatus.UITGEVOERD and day and day > today:
            self.add_error("datum", _("Is het al uitgevoerd, dan kan de dag niet later zijn dan vandaag."))
        if status == Opdrachtstatus.NIET_VOOR_ONS and not data.get("tekst", "").strip():
            self.add_error("tekst", _("Zeg waarom, en voor wie het dan wel is als je dat weet."))
        if data.get("website") or not draft.stamp_is_good(data.get("stempel", "")):
            self.data = self.data.copy()
            self.data["stempel"], self.data["website"] = draft.stamp(), ""
            raise ValidationError(_("Kijk je antwoord nog even na, en verstuur het dan opnieuw."), code="check")
        return data

    def answer(self) -> dict[str, Any]:
        """What goes to the action; a day only where it says something."""
        data = self.cleaned_data
        with_day = data["status"] in (Opdrachtstatus.GEPLAND, Opdrachtstatus.UITGEVOERD)
        return {
            "inzending": data["inzending"],
            "status": data["status"],
            "datum": data["datum"] if with_day else None,
            "tekst": data["tekst"].strip(),
        }
