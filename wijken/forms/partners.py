"""The yearly question to partners."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _


class PartnerContactForm(forms.Form):
    """What changed in the contact data of a partner. `thuis` is there for robots: people do not see it."""

    email = forms.EmailField(
        label=_("E-mailadres voor opdrachten"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Vul het adres in waar opdrachten naartoe mogen."),
            "invalid": _("Dit e-mailadres klopt niet. Een adres ziet er zo uit: naam@voorbeeld.be."),
        },
    )
    telefoon = forms.CharField(
        label=_("Telefoonnummer"),
        max_length=30,
        required=False,
        validators=[
            RegexValidator(
                r"^\+?(?:[\s./()-]*\d){8,15}[\s./()-]*$",
                _("Dit telefoonnummer klopt niet. Een nummer ziet er zo uit: 0470 12 34 56."),
            )
        ],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    website = forms.CharField(
        label=_("Website"),
        max_length=200,
        required=False,
        validators=[URLValidator(["https"], message=_("Een website begint met https://."))],
        widget=forms.URLInput,
    )
    opmerking = forms.CharField(
        label=_("Wat moeten we nog weten?"),
        help_text=_("Bijvoorbeeld: wie dit voortaan doet, of dat opdrachten ergens anders horen."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    thuis = forms.CharField(
        label=_("Laat dit veld leeg"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )


class PersoonContactForm(PartnerContactForm):
    """What changed in what we know of a contact person. Somebody who stopped says so in the remark."""

    naam = forms.CharField(
        label=_("Naam"), max_length=120, error_messages={"required": _("Vul je naam in, of die van wie je opvolgt.")}
    )
    functie = forms.CharField(label=_("Functie"), max_length=120, required=False)
    website = None  # type: ignore[assignment]
    field_order = ["naam", "functie", "email", "telefoon", "opmerking"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["email"].label = _("E-mailadres")
        self.fields["opmerking"].help_text = _("Bijvoorbeeld: ik doe dit niet meer, mijn collega volgt me op.")
