"""Which figures of the screening somebody asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from kern.keuzes import Select

from ..models import Woonzorgzone
from ..queries.cijfers import NONE, PER, Vraag
from ..rules.woorden import Groep, Onderwerp


class CijferForm(forms.Form):
    """What the rows are, and perhaps one zone, subject or group. What is not understood counts as not asked."""

    def __init__(self, data: Any, *, zones: Iterable[Woonzorgzone]) -> None:
        super().__init__(data)
        asked = (
            ("per", "Per", list(PER.items())),
            ("zone", "Woonzorgzone", [("", "alle"), *((z.slug, z.naam) for z in zones), (NONE, "buiten elke zone")]),
            ("onderwerp", "Onderwerp", [("", "alle"), *Onderwerp.choices]),
            ("groep", "Voor wie", [("", "iedereen"), *Groep.choices]),
        )
        for name, label, choices in asked:
            self.fields[name] = forms.ChoiceField(label=label, required=False, widget=Select, choices=choices)

    def vraag(self) -> Vraag:
        """What is asked; each answer that is none of the choices is left out."""
        self.is_valid()
        asked = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        return Vraag(asked["per"] or "zone", asked["zone"], asked["onderwerp"], asked["groep"])
