"""The form of a visit: a field per criterium of the subject, fit for a phone in the street."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from kern.beelden.forms import BeeldenField

from ..actions.opnemen import Ingevuld, Waarde
from ..models import Criterium, Opname
from ..queries.boek import Boek
from ..rules import tekst
from ..rules.woorden import TAGS, Instrument, Meetwijze, Nauwkeurigheid

PHOTOS = 3
UNITS = {"cm": "centimeter", "mm": "millimeter", "%": "procent", "st": "aantal", "graden": "graden"}


class GetalField(forms.CharField):
    """A number with a comma or a point; its value is a Decimal, or None when nothing was filled in."""

    def __init__(self, criterium: Criterium, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": "12", "class": "meting__getal"}
        super().__init__(widget=forms.TextInput(attrs=attrs), required=False, **kwargs)
        self.criterium = criterium

    def clean(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            number = tekst.read_number(text)
        except ValueError as error:
            raise ValidationError("Vul een getal in, zoals 8,5.", code="number") from error
        low, high = self.criterium.laagst, self.criterium.hoogst
        if not low <= number <= high:
            unit = tekst.unit(self.criterium.eenheid)
            raise ValidationError(
                f"Dit kan niet kloppen. Vul een getal in van {tekst.number(low)} tot {tekst.number(high)}{unit}.",
                code="range",
            )
        return number


@dataclass(frozen=True)
class Vraag:
    """One criterium on the form: the field for its value, the field for why not, and its unit."""

    criterium: Criterium
    waarde: BoundField
    waarom_niet: BoundField
    eenheid: str
    eenheid_woord: str


class OpnameForm(forms.Form):
    """What was measured, how, and what else was seen."""

    inzending = forms.UUIDField(widget=forms.HiddenInput)
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)
    campagne = forms.IntegerField(required=False, widget=forms.HiddenInput)
    gemeten_op = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    uitgesteld = forms.BooleanField(required=False, widget=forms.HiddenInput)

    soort = forms.ChoiceField(
        label="Wat wil je bewaren?",
        choices=[
            (Opname.Soort.GEWOON, "Een gewone meting"),
            (Opname.Soort.GOED, "Een goed voorbeeld"),
            (Opname.Soort.KNELPUNT, "Een knelpunt dat niet in de metingen staat"),
        ],
        widget=forms.RadioSelect,
        initial=Opname.Soort.GEWOON,
    )
    omschrijving = forms.CharField(
        label="Wat zie je?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Beschrijf de plaats, niet de mensen. Nodig bij een goed voorbeeld of een knelpunt.",
    )
    tags = forms.MultipleChoiceField(
        label="Trefwoorden", required=False, choices=[(t, t) for t in TAGS], widget=forms.CheckboxSelectMultiple
    )
    is_tijdelijk = forms.BooleanField(label="Het is tijdelijk, bijvoorbeeld door werken", required=False)
    tijdelijk_tot = forms.DateField(
        label="Tot wanneer?", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    alternatief = forms.TypedChoiceField(
        label="Kun je er langs een andere weg omheen?",
        required=False,
        choices=[("", "weet ik niet"), ("ja", "ja"), ("nee", "nee")],
        coerce=lambda value: value == "ja",
        empty_value=None,
    )
    omweg_m = forms.IntegerField(
        label="Hoeveel meter om?",
        required=False,
        min_value=1,
        max_value=20000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    instrument = forms.ChoiceField(label="Waarmee meet je?", choices=Instrument)
    nauwkeurigheid = forms.ChoiceField(
        label="Nauwkeurigheid",
        required=False,
        choices=[("", "niet opgegeven"), *Nauwkeurigheid.choices],
        help_text="De klassen van het GRB, van A (4 cm) tot H (1 meter).",
    )
    weer = forms.ChoiceField(
        label="Weer",
        required=False,
        choices=[("", "niet opgegeven"), *((w, w) for w in ("droog", "nat", "sneeuw of ijzel", "donker"))],
    )
    opmerking = forms.CharField(
        label="Opmerking voor collega's", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, onderwerp: str, boek: Boek, vorige: Mapping[str, Decimal] | None = None, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.criteria = [c for c in boek.of_subject(onderwerp) if c.meetwijze != Meetwijze.BEREKEND]
        for criterium in self.criteria:
            self._add_criterium(criterium, (vorige or {}).get(criterium.code))
        for number in range(1, PHOTOS + 1):
            self.fields[f"foto_{number}"] = BeeldenField(label=f"Foto {number}", required=False, max_aantal=1)
            self.fields[f"alt_{number}"] = forms.CharField(
                label=f"Wat is er te zien op foto {number}?",
                required=False,
                max_length=250,
                help_text="Voor wie de foto niet kan zien.",
            )
        self.initial.setdefault("inzending", uuid.uuid4())

    def _add_criterium(self, criterium: Criterium, value: Decimal | None) -> None:
        code = criterium.code
        if criterium.meetwijze == Meetwijze.JA_NEE:
            self.fields[f"c_{code}"] = forms.ChoiceField(
                label=criterium.naam,
                help_text=criterium.hulp,
                required=False,
                choices=[("ja", "ja"), ("nee", "nee")],
                widget=forms.RadioSelect,
                initial=None if value is None else "ja" if value else "nee",
            )
        else:
            self.fields[f"c_{code}"] = GetalField(
                criterium, label=criterium.naam, help_text=criterium.hulp, initial=tekst.number(value)
            )
        self.fields[f"n_{code}"] = forms.CharField(label="Niet te meten, omdat", required=False, max_length=200)

    def vragen(self) -> Iterator[Vraag]:
        """The criteria in the order of the form."""
        for c in self.criteria:
            unit = tekst.unit(c.eenheid).strip() or ("" if c.meetwijze == Meetwijze.JA_NEE else "st")
            yield Vraag(c, self[f"c_{c.code}"], self[f"n_{c.code}"], unit, UNITS.get(c.eenheid, ""))

    def fotos(self) -> list[tuple[BoundField, BoundField]]:
        """Each photo with its text."""
        return [(self[f"foto_{n}"], self[f"alt_{n}"]) for n in range(1, PHOTOS + 1)]

    def bij(self) -> list[BoundField]:
        """What is asked about the whole visit."""
        names = ("soort", "omschrijving", "tags", "is_tijdelijk", "tijdelijk_tot", "alternatief", "omweg_m")
        return [self[name] for name in names]

    def hoe(self) -> list[BoundField]:
        """What is asked about the measuring."""
        return [self[name] for name in ("instrument", "nauwkeurigheid", "weer", "opmerking")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for c in self.criteria:
            if data.get(f"c_{c.code}") not in (None, "") and data.get(f"n_{c.code}"):
                self.add_error(f"n_{c.code}", "Kies: een waarde, of waarom het niet te meten is.")
        if data.get("soort") in (Opname.Soort.GOED, Opname.Soort.KNELPUNT) and not data.get("omschrijving"):
            self.add_error("omschrijving", "Zeg in een paar woorden wat je ziet.")
        if data.get("tijdelijk_tot") and not data.get("is_tijdelijk"):
            self.add_error("is_tijdelijk", "Vink dit aan als je zegt tot wanneer het duurt.")
        for n in range(1, PHOTOS + 1):
            if data.get(f"foto_{n}") and not data.get(f"alt_{n}"):
                self.add_error(f"alt_{n}", "Zeg wat er op de foto te zien is.")
        if not self.errors and not self.waarden(data) and data.get("soort") == Opname.Soort.GEWOON:
            self.add_error(None, "Vul minstens één meting in, of zeg waarom je iets niet kunt meten.")
        return data

    def waarden(self, data: Mapping[str, Any]) -> dict[str, Waarde]:
        """What was filled in, by code of the criterium."""
        found: dict[str, Waarde] = {}
        for c in self.criteria:
            value, why = data.get(f"c_{c.code}"), data.get(f"n_{c.code}") or ""
            if value not in (None, ""):
                number = value if isinstance(value, Decimal) else Decimal(value == "ja")
                found[c.code] = Waarde(number)
            elif why:
                found[c.code] = Waarde(None, why)
        return found

    def moment(self) -> datetime:
        """When it was measured, by the clock of the device; now when it does not say."""
        moment = parse_datetime(self.cleaned_data["gemeten_op"] or "") if self.cleaned_data["gemeten_op"] else None
        return moment if moment and timezone.is_aware(moment) else timezone.now()

    def ingevuld(self) -> Ingevuld:
        """The whole form as `actions.opnemen.record` takes it."""
        data = self.cleaned_data
        photos: Sequence[Any] = [
            (foto, data[f"alt_{n}"]) for n in range(1, PHOTOS + 1) for foto in data.get(f"foto_{n}") or []
        ]
        names = (
            "inzending", "soort", "instrument", "nauwkeurigheid", "weer", "omschrijving", "opmerking", "tags",
            "is_tijdelijk", "tijdelijk_tot", "alternatief", "omweg_m",
        )  # fmt: skip
        return Ingevuld(
            waarden=self.waarden(data),
            gemeten_op=self.moment(),
            is_uitgesteld=data["uitgesteld"],
            fotos=photos,
            **{name: data[name] for name in names},
        )
