"""The two short questions of the home page; the pages that answer them belong to the apps."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """Takes somebody to the report with this code."""

    code = forms.CharField(
        label=_("Code van je melding"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class AddressForm(forms.Form):
    """Takes somebody to the wijk of this address."""

    q = forms.CharField(
        label=_("Straat en nummer"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
