"""The question of 'vind je wijk', what staff fill in about a need, and the yearly question to partners."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from .models import Behoefte


class FindForm(forms.Form):
    """An address somewhere in the city."""

    q = forms.CharField(
        label=_("Straat, met of zonder nummer"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address", "type": "search"}),
        error_messages={"required": _("Typ de naam van je straat.")},
    )


class BehoefteForm(forms.ModelForm):
    """The words of a draft. `versie` is the draft as this person saw it."""

    versie = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Behoefte
        fields = ["titel", "toelichting"]
        widgets = {"toelichting": forms.Textarea(attrs={"rows": 6})}
        error_messages = {"titel": {"required": "Geef de behoefte een titel."}}

    def __init__(self, *args: Any, instance: Behoefte, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"versie": instance.versie}, **kwargs)
        self.use_required_attribute = False


class BeslisForm(forms.Form):
    """The decision on a draft; rejecting asks why."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)
    reden = forms.CharField(
        label="Waarom wel of niet?",
        help_text="Nodig als je verwerpt. Het portaal stelt deze plaats dan twaalf maanden niet meer voor.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


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
