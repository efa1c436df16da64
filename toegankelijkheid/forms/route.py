"""Between which places a way is looked for, and for whom."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from django import forms

from kern.keuzes import Select

from ..models import ScreeningsobjectQuerySet
from ..queries.route import Einde, by_words, facilities
from ..rules.woorden import Ernst, Groep

MOST = 40
ENDS = ("van", "naar")


class RouteForm(forms.Form):
    """What stands in the address of the page. `objecten` are the pieces of public space that this person may choose."""

    use_required_attribute = False
    van = forms.ChoiceField(label="Van", widget=Select)
    naar = forms.ChoiceField(label="Naar", widget=Select)
    groep = forms.ChoiceField(label="Voor wie", widget=Select, choices=Groep.choices, initial=Groep.ROLSTOEL)
    ernst = forms.TypedChoiceField(
        label="Wat houdt tegen",
        coerce=int,
        widget=Select,
        choices=[(e.value, f"vanaf ernst {e.value}: {e.label}") for e in Ernst],
        initial=Ernst.ERNSTIG,
    )
    zoek = forms.CharField(
        label="Zoek een voetpad of oversteek",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text="Op naam of straat. Wat gevonden wordt, kun je daarna kiezen bij Van en Naar.",
    )

    def __init__(self, asked: Mapping[str, str], *, objecten: ScreeningsobjectQuerySet) -> None:
        searches = bool(asked.get("zoek", "").strip()) and not all(asked.get(name) for name in ENDS)
        bound = "naar" in asked and not searches
        known = {name: asked[name] for name in self.base_fields if asked.get(name)}
        super().__init__(asked if bound else None, initial=known)
        self.gevonden = self._fill(asked, objecten)

    def _fill(self, asked: Mapping[str, str], objecten: ScreeningsobjectQuerySet) -> int | None:
        """Put the places in both lists; how many pieces the words found, None when nothing was asked."""
        places = list(facilities())
        self._ends = {f"v{row.pk}": Einde(row.naam, row.plaats) for row in places}
        chosen = [int(code[1:]) for name in ENDS if (code := asked.get(name, "")) and _is_object(code)]
        words = asked.get("zoek", "").strip()[:80]
        found = list(by_words(objecten, words)[:MOST]) if words else []
        rows = [*(objecten.filter(pk__in=chosen) if chosen else ()), *found]
        pieces = {f"o{row.pk}": Einde(row.naam, row.plaats, row.pk) for row in rows if row.plaats}
        choices: list[Any] = [("", "kies een plaats")]
        if pieces:
            choices.append(("Voetpaden en oversteken", [(code, place.naam) for code, place in pieces.items()]))
        for wijk, group in itertools.groupby(places, key=lambda row: str(row.wijk or "Elders")):
            choices.append((wijk, [(f"v{row.pk}", row.naam) for row in group]))
        for name in ENDS:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self._ends |= pieces
        return len(found) if words else None

    @property
    def er_zijn_plaatsen(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self._ends)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("van") and data.get("van") == data.get("naar"):
            self.add_error("naar", "Kies een andere plaats dan die waar je begint.")
        return data

    def end(self, name: str) -> Einde:
        """The place that was chosen."""
        return self._ends[self.cleaned_data[name]]


def _is_object(code: str) -> bool:
    return code[0] == "o" and code[1:].isdecimal() and len(code) < 11
