"""Writing a standard text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kern.berichten import render

from ..mails import standaard
from ..models import Standaardtekst
from .routes import in_tree

LANGUAGES = {"tekst": "nl", "tekst_fr": "fr", "tekst_en": "en"}


class StandaardtekstForm(forms.ModelForm):
    """A text with its step, its category and its languages. A placeholder that does not exist is refused."""

    use_required_attribute = False

    class Meta:
        model = Standaardtekst
        fields = [
            "naam",
            "stap",
            "sluitreden",
            "categorie",
            "tekst",
            "tekst_fr",
            "tekst_en",
            "volgorde",
            "is_actief",
        ]
        widgets = {name: forms.Textarea(attrs={"rows": 5, "lang": taal}) for name, taal in LANGUAGES.items()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categorie"].choices = [("", _("elke categorie")), *in_tree(with_main=True)]
        reasons = [row for row in self.fields["sluitreden"].choices if row[0]]
        self.fields["sluitreden"].choices = [("", _("elke afloop")), *reasons]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in LANGUAGES:
            wrong = render.problems(data.get(name) or "", standaard.PLACEHOLDERS)
            if wrong:
                self.add_error(name, ValidationError(wrong))
        if data.get("sluitreden") and data.get("stap") != Standaardtekst.Stap.SLUIT:
            self.add_error("sluitreden", _("Een afloop hoort alleen bij de stap “sluit af”."))
        return data

    def examples(self) -> list[tuple[str, str]]:
        """The texts as somebody would read them: (language, words), after `is_valid`."""
        return [
            (taal, render.fill(self.cleaned_data[name], standaard.examples(taal)))
            for name, taal in LANGUAGES.items()
            if self.cleaned_data.get(name)
        ]
