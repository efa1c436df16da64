"""The filters of a collection as a form on its page."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from .registry import Collectie, Eigenschap
from .vormen import Soort

YES_NO = (("true", "ja"), ("false", "nee"))


class FilterForm(forms.Form):
    """One field for each filter; what is left empty asks for nothing. The service itself reads the values."""

    def __init__(self, collectie: Collectie, chosen: Mapping[str, str]) -> None:
        super().__init__(initial=dict(chosen))
        for row in collectie.filters:
            self.fields[row.naam] = _field(row)


def _field(row: Eigenschap) -> forms.Field:
    # An empty value cannot be told from nothing chosen.
    choices = [(code, words) for code, words in row.keuzes if code]
    if row.soort is Soort.JANEE:
        choices = list(YES_NO)
    if choices:
        return forms.ChoiceField(label=row.titel, choices=[("", "alle"), *choices], required=False)
    return forms.CharField(label=row.titel, required=False)
