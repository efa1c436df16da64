"""What staff fill in to merge reports, and to take that back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kern.templatetags.kern import datum_kort

from ..models import Melding
from ..queries.dubbels import DEFAULT_RADIUS, DEFAULT_WEEKS, RADII, WEEKS
from .staff import StapForm, words

# What the resident reads; staff can change it.
FIRST_WORDS = "Iemand anders meldde hetzelfde. We voegen de meldingen samen, zodat we er maar één keer aan werken."


def explanation() -> forms.CharField:
    return words(
        gettext_lazy("Bericht aan de melder"),
        gettext_lazy("Komt in de mail. Noem geen mensen en niets uit de andere melding."),
        missing=gettext_lazy("Schrijf wat de melder moet weten."),
    )


class VoegSamenForm(StapForm):
    hoofdmelding = forms.IntegerField(
        label=gettext_lazy("Nummer van de hoofdmelding"),
        help_text=gettext_lazy("Deze melding sluit af en gaat verder in die andere. Wie meldde of volgt, volgt die."),
        min_value=1,
        max_value=2**63 - 1,
        error_messages={"required": gettext_lazy("Vul het nummer in van de melding waarin deze verdergaat.")},
    )
    toelichting = explanation()

    def start_values(self, melding: Melding) -> dict[str, Any]:
        return {"toelichting": FIRST_WORDS}


class MaakLosForm(StapForm):
    reden = words(
        gettext_lazy("Waarom gaat deze melding weer apart verder?"),
        gettext_lazy("De melder leest dit. De melding staat weer zoals voor het samenvoegen."),
        missing=gettext_lazy("Schrijf waarom."),
    )


class PaneelForm(forms.Form):
    """How far and how long back the panel looks; what makes no sense is what it opens with."""

    straal = forms.TypedChoiceField(
        label=gettext_lazy("Afstand"), choices=[(n, f"{n} meter") for n in RADII], coerce=int, empty_value=None
    )
    weken = forms.TypedChoiceField(
        label=gettext_lazy("Afgesloten sinds"), choices=[(n, f"{n} weken") for n in WEEKS], coerce=int, empty_value=None
    )

    def chosen(self) -> dict[str, int]:
        good = self.cleaned_data if self.is_valid() else {}
        return {"straal": good.get("straal") or DEFAULT_RADIUS, "weken": good.get("weken") or DEFAULT_WEEKS}


class SamenvoegForm(forms.Form):
    """Which of the chosen reports is the main one, and what the others' reporters read."""

    use_required_attribute = False
    hoofd = forms.TypedChoiceField(
        label=gettext_lazy("Welke is de hoofdmelding?"),
        help_text=gettext_lazy("Die blijft open, met haar eigen termijn. De andere sluiten af en gaan erin verder."),
        coerce=int,
        widget=forms.RadioSelect,
    )
    toelichting = explanation()

    def __init__(self, *args: Any, meldingen: Sequence[Melding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meldingen = meldingen
        self.fields["hoofd"].choices = [(row.pk, _line(row)) for row in meldingen]
        self.fields["toelichting"].initial = FIRST_WORDS
        for row in meldingen:
            field = forms.IntegerField(widget=forms.HiddenInput, initial=row.versie)
            self.fields[f"versie_{row.pk}"] = field

    @property
    def versies(self) -> dict[int, int]:
        return {row.pk: self.cleaned_data[f"versie_{row.pk}"] for row in self.meldingen}


def _line(row: Melding) -> str:
    parts = [f"{row.pk} · {row.categorie.naam}", row.adres or row.plaats_in_woorden, datum_kort(row.ontvangen_op)]
    parts.append(row.get_status_display())
    if row.aantal_volgers:
        parts.append(ngettext("%(n)d volger", "%(n)d volgers", row.aantal_volgers) % {"n": row.aantal_volgers})
    return ", ".join(filter(None, parts)) or _("melding")
