"""What staff fill in on the pages of a wijk: how residents see them, a hand-over, and what a dashboard counts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from kern.beelden.forms import BeeldenField
from kern.gebruikers.models import Gebruiker, Rol

from .velden import DagInput, StafForm, area


class KaartjeForm(StafForm):
    """How residents see somebody on the page of the wijk."""

    toon = forms.BooleanField(label="Toon mijn naam op de pagina van de wijk", required=False)
    bereikbaar = forms.CharField(
        label="Wanneer ben je bereikbaar?",
        required=False,
        max_length=120,
        help_text="Bijvoorbeeld: maandag en donderdag van 9 tot 12 uur.",
    )
    foto = BeeldenField(
        label="Foto",
        required=False,
        max_aantal=1,
        help_text="Je gezicht, van dichtbij. Ze staat op de openbare pagina zolang je naam er staat.",
    )
    weg = forms.BooleanField(label="Haal mijn foto weg", required=False)

    def __init__(self, *args: Any, heeft_foto: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not heeft_foto:
            del self.fields["weg"]

    @property
    def chosen(self) -> dict[str, Any]:
        data = self.cleaned_data
        photos = data["foto"]
        return {
            "toon": data["toon"],
            "bereikbaar": data["bereikbaar"],
            "foto": photos[0] if photos else None,
            "foto_weg": data.get("weg", False),
        }


class OverdrachtForm(StafForm):
    """Who hands over to whom, from when, and what the successor has to know."""

    van = forms.ModelChoiceField(
        label="Wie geeft de wijk over?",
        queryset=Gebruiker.objects.none(),
        empty_label="kies een collega",
        error_messages={"required": "Kies wie de wijk overgeeft."},
    )
    naar = forms.ModelChoiceField(
        label="Wie neemt over?",
        queryset=Gebruiker.objects.none(),
        empty_label="kies een collega",
        error_messages={"required": "Kies wie overneemt."},
        help_text="Een wijkmanager. Een beheerder zet die persoon in het team van de wijk.",
    )
    op = forms.DateField(label="Vanaf welke dag?", widget=DagInput, error_messages={"required": "Kies een dag."})
    nota = forms.CharField(
        label="Wat moet je opvolger weten?",
        required=False,
        max_length=4000,
        widget=area(6),
        help_text="Wat niet in het portaal staat: gevoeligheden, wie je best eerst belt. Noem geen bewoners bij naam.",
    )

    def __init__(self, *args: Any, nu: list[Gebruiker], vandaag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vandaag = vandaag
        active = Gebruiker.objects.filter(is_active=True)
        self.fields["van"].queryset = active.filter(pk__in=[person.pk for person in nu]).order_by("naam")
        managers = active.filter(groups__name__in=[Rol.WIJKMANAGER, Rol.BEHEERDER])
        self.fields["naar"].queryset = managers.distinct().order_by("naam")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("van") and data.get("van") == data.get("naar"):
            self.add_error("naar", "Kies iemand anders dan wie de wijk overgeeft.")
        if data.get("op") and data["op"] < self.vandaag:
            self.add_error("op", "Kies een dag vanaf vandaag.")
        return data


class OvernameForm(StafForm):
    """The signature of who takes over."""

    op_naam = forms.BooleanField(
        label="Zet wat op naam van mijn voorganger staat op mijn naam",
        required=False,
        initial=True,
        help_text="De acties, afspraken en overeenkomsten in deze wijk die nog lopen.",
    )
    gelezen = forms.BooleanField(
        label="Ik las wat er loopt en neem de wijk over",
        error_messages={"required": "Vink aan dat je de wijk overneemt."},
    )


class PeriodeForm(StafForm):
    """Which wijken and which year the dashboard is about."""

    jaar = forms.TypedChoiceField(label="Jaar", coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, dit_jaar: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dit_jaar = dit_jaar
        self.fields["jaar"].choices = [(year, year) for year in range(dit_jaar, dit_jaar - 5, -1)]

    @property
    def year(self) -> int:
        """The year that is asked for; this one when that makes no sense."""
        return (self.cleaned_data.get("jaar") if self.is_valid() else None) or self.dit_jaar
