"""What partners fill in without an account, through a signed link: a half-year report, and how an agreed task went."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..actions.verslagen import Bereikt
from ..models import Halfjaarverslag
from .netwerk import DagInput


class Robotveld(forms.Form):
    """A field that people do not see."""

    use_required_attribute = False
    thuis = forms.CharField(
        label=_("Laat dit veld leeg"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )


class VerslagForm(Robotveld):
    """Figures and words per result, and the story of the half year. A draft may lack anything."""

    tekst = forms.CharField(
        label=_("Hoe verliep dit half jaar?"),
        help_text=_("Wat lukte, wat niet, en wat leerden jullie? Noem geen bewoners met naam."),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, verslag: Halfjaarverslag, draft: bool = False, **kwargs: Any) -> None:
        self.draft = draft
        self.results = list(verslag.overeenkomst.resultaten.all())
        before = {row.resultaat_id: row for row in verslag.regels.all()}
        super().__init__(*args, initial={"tekst": verslag.tekst}, **kwargs)
        for result in self.results:
            old = before.get(result.pk)
            if result.doel is not None:
                self.fields[f"aantal_{result.pk}"] = forms.IntegerField(
                    label=_("Bereikt aantal"),
                    min_value=0,
                    max_value=1_000_000,
                    required=False,
                    initial=old.aantal if old else None,
                    error_messages={"invalid": _("Vul een getal in.")},
                )
            self.fields[f"tekst_{result.pk}"] = forms.CharField(
                label=_("Hoe ging het?"),
                max_length=2000,
                required=False,
                initial=old.tekst if old else "",
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @property
    def resultaten(self) -> list[tuple[Any, list[Any]]]:
        """Each result with its fields."""
        names = ("aantal", "tekst")
        return [
            (row, [self[f"{name}_{row.pk}"] for name in names if f"{name}_{row.pk}" in self.fields])
            for row in self.results
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.draft:
            return data
        for row in self.results:
            number, text = data.get(f"aantal_{row.pk}"), data.get(f"tekst_{row.pk}", "").strip()
            if row.doel is not None and number is None and f"aantal_{row.pk}" not in self.errors:
                self.add_error(f"aantal_{row.pk}", _("Vul in hoeveel je bereikte, ook als het nul is."))
            elif row.doel is None and not text:
                self.add_error(f"tekst_{row.pk}", _("Schrijf hoe het ging."))
        return data

    def regels(self) -> list[Bereikt]:
        """What was filled in per result, also of a form that lacks something."""
        data = self.cleaned_data
        return [Bereikt(row.pk, data.get(f"aantal_{row.pk}"), data.get(f"tekst_{row.pk}", "")) for row in self.results]


class AfspraakAntwoordForm(Robotveld):
    """How it goes with what a partner took on: done, not, or later."""

    antwoord = forms.ChoiceField(
        label=_("Hoe staat het ermee?"),
        choices=[
            ("gedaan", _("Het is gedaan")),
            ("later", _("Het wordt later")),
            ("niet", _("Het lukt niet")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het ermee staat.")},
    )
    dag = forms.DateField(
        label=_("Wanneer wel?"),
        help_text=_("Alleen als het later wordt."),
        required=False,
        widget=DagInput,
        error_messages={"invalid": _("Typ een datum, bijvoorbeeld 23/7/2026.")},
    )
    woorden = forms.CharField(
        label=_("Wil je er iets bij zeggen?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("antwoord") == "later":
            if not data.get("dag"):
                self.add_error("dag", _("Kies de dag waarop het wel lukt."))
            elif data["dag"] < timezone.localdate():
                self.add_error("dag", _("Kies een dag vanaf vandaag."))
        if data.get("antwoord") == "niet" and not data.get("woorden", "").strip():
            self.add_error("woorden", _("Zeg in een paar woorden waarom het niet lukt."))
        return data
