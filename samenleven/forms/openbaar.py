"""What residents fill in: to become an uitdager, to be counted, to search, to take a quote back."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from wijken.models import Wijk

from ..models import Domein, Profielgroep, Profielkenmerk, Signaal, Thema, Traject
from .stempel import Gestempeld

LINK = re.compile(r"://|www\.|\.[a-z]{2,}/", re.IGNORECASE)
PHONE = RegexValidator(
    r"^\+?(?:[\s./()-]*\d){8,15}[\s./()-]*$",
    _("Dit telefoonnummer klopt niet. Een nummer ziet er zo uit: 0470 12 34 56."),
)


class AanmeldForm(Gestempeld):
    """Who wants to hold conversations."""

    naam = forms.CharField(
        label=_("Je naam"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Vul je naam in.")},
    )
    email = forms.EmailField(
        label=_("Je e-mailadres"),
        help_text=_("We sturen een link om te bevestigen dat het jouw adres is."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Vul je e-mailadres in. Daar sturen we de bevestiging naartoe."),
            "invalid": _("Dit e-mailadres klopt niet. Een adres ziet er zo uit: naam@voorbeeld.be."),
        },
    )
    telefoon = forms.CharField(
        label=_("Je telefoonnummer"),
        max_length=30,
        required=False,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    wijk = forms.ModelChoiceField(
        label=_("In welke wijk woon je?"), queryset=Wijk.objects.all(), required=False, empty_label=_("Geen antwoord")
    )
    motivatie = forms.CharField(
        label=_("Waarover en met wie wil je praten?"),
        help_text=_("Een paar zinnen volstaan. Je mag in elke taal schrijven."),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    akkoord = forms.BooleanField(
        label=_("De stad mag deze gegevens gebruiken om me als uitdager bij te staan. Ik kan dat altijd intrekken."),
        error_messages={"required": _("Vink dit aan. Zonder jouw toestemming mogen we je gegevens niet bewaren.")},
    )

    def clean_naam(self) -> str:
        # The name stands in a mail to an address that anybody can fill in.
        naam: str = self.cleaned_data["naam"]
        if LINK.search(naam):
            raise ValidationError(_("Vul alleen je naam in, zonder link."))
        return naam

    def person(self) -> dict[str, Any]:
        """What goes to the action."""
        return {name: self.cleaned_data[name] for name in ("naam", "email", "telefoon", "wijk", "motivatie")}


class MatrixForm(forms.Form):
    """What somebody says to be, as far as they want: it is counted and not kept with their name."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kenmerk in Profielkenmerk.objects.filter(is_actief=True).prefetch_related("groepen"):
            self.fields[f"kenmerk-{kenmerk.pk}"] = forms.TypedChoiceField(
                label=kenmerk.vraag,
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _("Geen antwoord")), *((groep.pk, groep.naam) for groep in kenmerk.groepen.all())],
            )

    def groepen(self) -> list[Profielgroep]:
        """The groups that were chosen."""
        return list(Profielgroep.objects.filter(pk__in=[pk for pk in self.cleaned_data.values() if pk]))


class StemmenForm(forms.Form):
    """Filters of what was said."""

    use_required_attribute = False
    q = forms.CharField(
        label=_("Zoek een woord"), required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"})
    )
    soort = forms.ChoiceField(
        label=_("Soort"),
        required=False,
        choices=[
            ("", _("Alles")),
            (Signaal.Soort.STRUIKELBLOK, _("struikelblok")),
            (Signaal.Soort.SLEUTEL, _("sleutel")),
            (Signaal.Soort.EIGEN_ACTIE, _("eigen actie")),
            ("citaat", _("citaat")),
        ],
    )
    thema = forms.ModelChoiceField(
        label=_("Thema"), required=False, queryset=Thema.objects.filter(is_actief=True), empty_label=_("Alles")
    )
    domein = forms.ModelChoiceField(
        label=_("Domein"), required=False, queryset=Domein.objects.filter(is_actief=True), empty_label=_("Alles")
    )
    traject = forms.ModelChoiceField(
        label=_("Traject"), required=False, queryset=Traject.objects.public(), empty_label=_("Alles")
    )


class CodeForm(forms.Form):
    """The code on the strip of a quote."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("De code op je strook"),
        help_text=_("Tien letters en cijfers. Hoofdletters en spaties maken niet uit."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Typ de code die op je strook staat.")},
    )

    def clean_code(self) -> str:
        return re.sub(r"[\s-]", "", self.cleaned_data["code"]).lower()
