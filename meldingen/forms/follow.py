"""What somebody fills in after a report was sent: the code, more about it, an address."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kern.beelden.forms import BeeldenField

from .. import publiek
from ..models.melding import CODE_LENGTH

MAX_TEXT = 2000


def _text(label: str, rows: int = 5, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class CodeForm(forms.Form):
    """The code of a report; cleans to the form in which it is stored."""

    code = forms.CharField(
        label=_("Code van je melding"),
        max_length=40,
        help_text=_("Tien letters en cijfers. Spaties, streepjes en kleine letters mogen."),
        error_messages={"required": _("Typ de code die je kreeg toen je de melding verstuurde.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = publiek.normal_code(self.cleaned_data["code"])
        if {"O", "0"} & set(code):
            raise ValidationError(
                _("In een code staat nooit een letter O of een nul. Kijk na of het een Q, een D of een 8 is.")
            )
        if len(code) != CODE_LENGTH:
            raise ValidationError(
                _("Een code heeft tien letters en cijfers. Kijk na of er een te veel of te weinig is.")
            )
        return code

    def say_unknown(self) -> None:
        """Tell that no report has this code."""
        self.add_error("code", _("We vinden geen melding met deze code. Kijk na of elke letter en elk cijfer klopt."))


class AddForm(forms.Form):
    """More words or photos with a report."""

    tekst = _text(_("Wat wil je nog zeggen?"), required=False)
    beelden = BeeldenField(
        label=_("Foto’s"), required=False, help_text=_("Hoogstens 5, in JPEG, PNG, WebP of HEIC, elk hoogstens 15 MB.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("tekst") and not data.get("beelden"):
            raise ValidationError(_("Schrijf iets of kies een foto."))
        return data


class AnswerForm(forms.Form):
    """The answer to the city's question."""

    tekst = _text(_("Je antwoord"), error_messages={"required": _("Schrijf je antwoord.")})


class WithdrawForm(forms.Form):
    """Why a report is taken back, for who wants to say."""

    reden = _text(_("Waarom trek je de melding in?"), rows=3, required=False)


class ReopenForm(forms.Form):
    """Why a closed report is not solved."""

    reden = _text(
        _("Wat is er nog niet in orde?"), error_messages={"required": _("Schrijf wat er nog niet in orde is.")}
    )


class DiffersForm(forms.Form):
    """What makes this report another one than the one it was merged with."""

    reden = _text(
        _("Wat is er anders aan jouw melding?"),
        error_messages={"required": _("Schrijf wat er anders is, dan kunnen we het apart bekijken.")},
    )


class AddressForm(forms.Form):
    """The mail address of somebody who reported before."""

    email = forms.EmailField(
        label=_("Je e-mailadres"),
        help_text=_("Het adres dat je invulde bij je melding."),
        error_messages={"required": _("Vul je e-mailadres in.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class FollowForm(forms.Form):
    """Following the report of somebody else; `sleutel` makes one follower of a form that is sent twice."""

    email = forms.EmailField(
        label=_("Je e-mailadres"),
        required=False,
        help_text=_("Vul het in als je wil horen hoe het afloopt. Anders tellen we je alleen mee."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    sleutel = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
