"""Recommendations: to whom and by when, what a line recommends, the answer, and the filters of the list."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from kern.keuzes import Select
from wijken.models import Partner

from ..actions.adviezen import Inhoud
from ..models import Adviesregel, Dienstadvies, Standaardoplossing, Woonzorgzone
from ..models.advies import MOST_EURO
from ..queries.adviezen import LATE
from ..rules import advies as rules
from ..rules.woorden import Adviesantwoord, Eenheid, Onderwerp
from ..states import Adviesstatus
from .monitoring import MonitoringFilters
from .velden import services


class AdviesForm(forms.ModelForm):
    """The title, to whom, and how long they get."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Dienstadvies
        fields = ["titel", "inleiding", "team", "partner", "werkdagen"]
        widgets = {"inleiding": forms.Textarea(attrs={"rows": 4}), "team": Select, "partner": Select}
        help_texts = {
            "team": "Een dienst van de stad, die hier antwoordt.",
            "partner": "Of een organisatie buiten de stad, die antwoordt met de link in haar mail.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        self.initial["versie"] = row.versie
        partners = Partner.objects.filter(is_actief=True) | Partner.objects.filter(pk=row.partner_id)
        self.fields["team"].queryset = services(row.team_id)  # type: ignore[attr-defined]
        self.fields["partner"].queryset = partners.order_by("naam")  # type: ignore[attr-defined]
        for name in ("team", "partner"):
            self.fields[name].empty_label = "geen"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("team")) == bool(data.get("partner")) and self.errors.keys().isdisjoint({"team", "partner"}):
            both = "Kies een dienst of een partner, niet allebei."
            self.add_error("team", both if data.get("team") else "Kies een dienst of een partner.")
        return data


class RegelForm(forms.Form):
    """What a line recommends. Another standard solution brings its text and price, where nobody typed others."""

    use_required_attribute = False
    oplossing = forms.TypedChoiceField(
        label="Standaardoplossing", required=False, coerce=int, empty_value=None, widget=Select
    )
    tekst = forms.CharField(
        label="Wat we aanbevelen", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    hoeveelheid = forms.DecimalField(
        label="Hoeveelheid", max_digits=8, decimal_places=2, min_value=Decimal("0.01"), localize=False
    )
    eenheid = forms.ChoiceField(
        label="Per", required=False, widget=Select, choices=[("", "–"), *Eenheid.choices]
    )  # fmt: skip
    prijs_laag = forms.IntegerField(label="Prijs, laag (euro)", required=False, min_value=0, max_value=MOST_EURO)
    prijs_hoog = forms.IntegerField(label="Prijs, hoog (euro)", required=False, min_value=0, max_value=MOST_EURO)

    NAMES = ("tekst", "hoeveelheid", "eenheid", "prijs_laag", "prijs_hoog")

    def __init__(
        self, data: Any, *, regel: Adviesregel, oplossingen: Sequence[Standaardoplossing], **kwargs: Any
    ) -> None:
        initial = {name: getattr(regel, name) for name in self.NAMES} | {"oplossing": regel.oplossing_id}
        super().__init__(data, prefix=f"r{regel.pk}", initial=initial, **kwargs)
        self.regel = regel
        theme = regel.knelpunt.onderwerp
        self._known = {row.pk: row for row in oplossingen if row.onderwerp == theme or row.pk == regel.oplossing_id}
        choices = [("", "geen"), *((row.pk, row.naam) for row in self._known.values())]
        self.fields["oplossing"].choices = choices  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label} van {regel.knelpunt.ref}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = self._known.get(data.get("oplossing") or 0)
        if "oplossing" in self.changed_data and chosen:
            follows = {
                "tekst": chosen.tekst,
                "eenheid": chosen.eenheid,
                "prijs_laag": chosen.prijs_laag,
                "prijs_hoog": chosen.prijs_hoog,
            }
            data |= {name: value for name, value in follows.items() if name not in self.changed_data}
        low, high = data.get("prijs_laag"), data.get("prijs_hoog")
        if not self.errors and (low is None) != (high is None):
            self.add_error("prijs_hoog" if high is None else "prijs_laag", "Vul beide prijzen in, of geen.")
        elif low is not None and high is not None and high < low:
            self.add_error("prijs_hoog", "De hoge prijs is lager dan de lage.")
        return data

    def inhoud(self) -> Inhoud:
        """What to write."""
        data = self.cleaned_data
        return Inhoud(self._known.get(data["oplossing"] or 0), **{name: data[name] for name in self.NAMES})


class AntwoordForm(forms.Form):
    """The answer to all of it."""

    use_required_attribute = False
    antwoord = forms.ChoiceField(
        label=rules.ANSWER,
        choices=Adviesantwoord.choices,
        widget=forms.RadioSelect,
        error_messages={"required": rules.CHOOSE},
    )
    reden = forms.CharField(
        label=rules.REASON,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": rules.SAY_WHY},
    )


class RegelAntwoordForm(forms.Form):
    """Another answer for one knelpunt; empty is the answer to all of it."""

    use_required_attribute = False
    antwoord = forms.ChoiceField(
        label=rules.ANSWER, required=False, widget=Select, choices=[("", rules.AS_A_WHOLE), *Adviesantwoord.choices]
    )
    reden = forms.CharField(label=rules.REASON, required=False, max_length=500)

    def __init__(self, data: Any, *, regel: Adviesregel) -> None:
        super().__init__(data, prefix=f"r{regel.pk}")
        self.regel = regel
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label} {regel.knelpunt.ref}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("antwoord") and not data.get("reden"):
            self.add_error("reden", rules.SAY_WHY)
        if data.get("reden") and not data.get("antwoord"):
            self.add_error("antwoord", rules.REASON_WITHOUT_ANSWER)
        return data


class IntrekForm(forms.Form):
    """Why it is taken back."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)
    reden = forms.CharField(label="Waarom trek je ze in?", max_length=300, error_messages={"required": "Zeg waarom."})


class AdviesFilters(forms.Form):
    """Filters that stand in the address; what is not known there is left out."""

    use_required_attribute = False
    q = forms.CharField(label="Zoek", required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"}))
    status = forms.ChoiceField(
        label="Status",
        required=False,
        widget=Select,
        choices=[("", "alle"), *Adviesstatus.choices, (LATE, "antwoord te laat")],
    )
    antwoord = forms.ChoiceField(
        label="Antwoord", required=False, widget=Select, choices=[("", "alle"), *Adviesantwoord.choices]
    )
    onderwerp = forms.ChoiceField(
        label="Thema", required=False, widget=Select, choices=[("", "alle"), *Onderwerp.choices]
    )
    zone = forms.ModelChoiceField(
        Woonzorgzone.objects.order_by("naam"), label="Woonzorgzone", required=False, empty_label="alle", widget=Select
    )
    team = forms.ModelChoiceField(services(), label="Dienst", required=False, empty_label="alle", widget=Select)
    partner = forms.ModelChoiceField(
        Partner.objects.order_by("naam"), label="Partner", required=False, empty_label="alle", widget=Select
    )

    chosen = MonitoringFilters.chosen
    pills = MonitoringFilters.pills
