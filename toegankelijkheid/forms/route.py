"""Between which places a way is looked for, and for whom."""

from __future__ import annotations

from typing import Any

from django import forms

from kern.keuzes import Select

from ..queries.route import facilities
from ..rules.woorden import Ernst, Groep


class Plaats(forms.ModelChoiceField):
    """A facility, with the wijk that it lies in."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.naam} ({obj.wijk})" if obj.wijk else obj.naam


class RouteForm(forms.Form):
    """What stands in the address of the page."""

    use_required_attribute = False
    van = Plaats(facilities(), label="Van", widget=Select, empty_label="kies een plaats")
    naar = Plaats(facilities(), label="Naar", widget=Select, empty_label="kies een plaats")
    groep = forms.ChoiceField(label="Voor wie", widget=Select, choices=Groep.choices, initial=Groep.ROLSTOEL)
    ernst = forms.TypedChoiceField(
        label="Wat houdt tegen",
        coerce=int,
        widget=Select,
        choices=[(e.value, f"vanaf ernst {e.value}: {e.label}") for e in Ernst],
        initial=Ernst.ERNSTIG,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("van") and data.get("van") == data.get("naar"):
            self.add_error("naar", "Kies een andere plaats dan die waar je begint.")
        return data
