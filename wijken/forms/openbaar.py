"""The question of 'vind je wijk'."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FindForm(forms.Form):
    """An address somewhere in the city."""

    q = forms.CharField(
        label=_("Straat, met of zonder nummer"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address", "type": "search"}),
        error_messages={"required": _("Typ de naam van je straat.")},
    )
