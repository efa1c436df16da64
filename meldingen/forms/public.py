"""The filters of the public list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kern.vertaling import translated
from wijken.models import Wijk

from ..models import Categorie


class _Categorieen(forms.ModelChoiceField):
    def label_from_instance(self, obj: Categorie) -> str:
        return translated(obj, "naam")


class PublicFilter(forms.Form):
    """Wijk, main category and status; every choice stands in the address of the page."""

    wijk = forms.ModelChoiceField(
        Wijk.objects.all(), to_field_name="slug", required=False, label=_("Wijk"), empty_label=_("Alle wijken")
    )
    categorie = _Categorieen(
        Categorie.objects.main(), to_field_name="code", required=False, label=_("Waarover"), empty_label=_("Alles")
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Open en opgelost")), ("open", _("Open")), ("opgelost", _("Opgelost"))],
    )

    def chosen(self) -> dict[str, Any]:
        """The filters that were filled in well; the others narrow nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def pills(self, query: QueryDict) -> list[dict[str, str]]:
        """A removable pill per filter: its name, its value, and the address without it."""
        pills = []
        for name, value in self.chosen().items():
            rest = query.copy()
            for part in ("page", "na", "voor", name):
                rest.pop(part, None)
            shown = dict(self.fields["status"].choices)[value] if name == "status" else self._shown(value)
            pills.append({"naam": self.fields[name].label, "waarde": shown, "href": f"?{rest.urlencode()}"})
        return pills

    def _shown(self, value: Any) -> str:
        return translated(value, "naam") if isinstance(value, Categorie) else str(value)
