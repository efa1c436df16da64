"""One knelpunt: its planning, its steps, its photos, and one made out of a report."""

from __future__ import annotations

from typing import Any

from django import forms

from kern.beelden.forms import BeeldenField
from kern.geo.forms import PlaatsField

from ..models import Knelpunt
from ..rules import monitoring as rules
from ..rules.woorden import (
    HARD,
    Fotomoment,
    Groep,
    Haalbaarheid,
    Haalbaarheidsreden,
    Onderwerp,
    Planning,
    Prioriteit,
)
from .velden import DATE, PHOTOS, WHY_HARD, S, TermForm, any_of, area, choice, day, model, people, services, typed


class PlanningForm(TermForm, forms.ModelForm):
    """All that is planned of one knelpunt."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Knelpunt
        fields = [
            "oplossing", "haalbaarheid", "haalbaarheidsreden", "prioriteit", "prioriteit_reden", "planning", "planjaar",
            "uiterlijk", "dienst", "verantwoordelijke", "wegbeheerder", "kost_laag", "kost_hoog", "budgetlijn",
            "subsidie", "werkdossier", "jaarstappen",
        ]  # fmt: skip
        widgets = {
            "uiterlijk": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "oplossing": forms.Textarea(attrs={"rows": 3}),
            "jaarstappen": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {"prioriteit_reden": "Waarom wijkt de prioriteit af?"}
        help_texts = {
            "prioriteit": "Kies alleen als het anders is dan de formule zegt.",
            "planjaar": "Het jaar waarin het klaar is.",
            "haalbaarheidsreden": "Nodig bij “lastig” en “heel moeilijk”.",
        }

    def __init__(self, *args: Any, manages: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        self.initial["versie"] = row.versie
        if not row.prioriteit_reden:
            self.initial["prioriteit"] = ""
        self.fields["prioriteit"].choices = any_of(Prioriteit.choices, "volg de formule")
        self.fields["haalbaarheid"].choices = any_of(Haalbaarheid.choices, "nog niet gezegd")
        self.fields["haalbaarheidsreden"].choices = any_of(Haalbaarheidsreden.choices, "geen")
        planning = [(p.value, f"{p.value}: {p.label}") for p in Planning]
        self.fields["planning"].choices = any_of(planning, "nog niet gepland")
        self.fields["dienst"].queryset = services(row.dienst_id)
        self.fields["dienst"].empty_label = "nog geen"
        self.fields["verantwoordelijke"].queryset = people(row.verantwoordelijke_id)
        self.fields["verantwoordelijke"].empty_label = "nog niemand"
        if not manages:
            # Who is given the work does not weigh it, and does not give it away.
            for name in ("prioriteit", "prioriteit_reden", "dienst", "wegbeheerder"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("haalbaarheid") in HARD and not data.get("haalbaarheidsreden"):
            self.add_error("haalbaarheidsreden", WHY_HARD)
        if "prioriteit" in self.fields:
            if data.get("prioriteit") and not data.get("prioriteit_reden"):
                self.add_error("prioriteit_reden", "Wie van de formule afwijkt, zegt waarom.")
            if data.get("prioriteit_reden") and not data.get("prioriteit"):
                self.add_error("prioriteit", "Kies de prioriteit die bij je reden hoort, of wis de reden.")
        low, high = data.get("kost_laag"), data.get("kost_hoog")
        if low is not None and high is not None and high < low:
            self.add_error("kost_hoog", "De hoge schatting is lager dan de lage.")
        return data

    def _post_clean(self) -> None:
        """Nothing is put on the row here: the action writes, on the row as it is then."""

    def filled(self) -> dict[str, Any]:
        """The fields to write."""
        return {name: value for name, value in self.cleaned_data.items() if name != "versie"}


class StapForm(TermForm):
    """A step, with what that step needs."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Knelpunt, naar: str, manages: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.naar = row, naar
        self.initial["versie"] = row.versie
        if naar == S.BEOORDEELD:
            self._add("haalbaarheid", typed("Hoe haalbaar is de oplossing?", Haalbaarheid.choices))
            self._add("haalbaarheidsreden", choice("Waarom?", Haalbaarheidsreden.choices, "geen"))
            self._add("oplossing", forms.CharField(label="Mogelijke oplossing", required=False, widget=area()))
        elif naar == S.DOORVERWEZEN:
            self._add("doorverwezen_naar", forms.CharField(label="Naar wie?", max_length=120))
            self._add("overgedragen_op", day("Wanneer overgedragen?"), self.today)
        elif naar == S.GEPLAND:
            terms = [(p.value, f"{p.value}: {p.label}, tot en met {self._until(p)}") for p in Planning]
            self._add("planning", choice("Termijn", terms, "volgt uit het jaar"))
            self._add("planjaar", forms.IntegerField(label="Jaar", min_value=rules.FIRST_YEAR, max_value=2200))
            self._add("uiterlijk", day("Klaar tegen", required=False, help_text="Leeg: het einde van dat jaar."))
            if manages:
                self._add("dienst", model("Dienst", services(row.dienst_id)), row.dienst_id)
            self._add("verantwoordelijke", model("Collega", people(row.verantwoordelijke_id)), row.verantwoordelijke_id)
        elif naar == S.UITGEVOERD:
            self._add("uitgevoerd_op", day("Wanneer was het klaar?"), self.today, force=True)
            self.fields["fotos"] = BeeldenField(label="Foto's na het werk", required=False, max_aantal=PHOTOS)
            self.fields["alt"] = forms.CharField(
                label="Wat is er op de foto's te zien?",
                required=False,
                max_length=200,
                help_text="In één zin, voor wie ze niet ziet.",
            )
        needs = naar in rules.NEEDS_A_REASON or (naar == S.GECONTROLEERD)
        self.fields["reden"] = forms.CharField(
            label="Wat zag je ter plaatse?" if naar == S.GECONTROLEERD else "Waarom?" if needs else "Toelichting",
            required=needs,
            max_length=2000,
            widget=area(),
            error_messages={"required": "Zeg wat je ter plaatse zag." if naar == S.GECONTROLEERD else "Zeg waarom."},
        )

    def _until(self, planning: Planning) -> int:
        return rules.last_year(planning, self.today.year, self.regels)

    def _add(self, name: str, field: forms.Field, initial: Any = None, *, force: bool = False) -> None:
        self.fields[name] = field
        now = getattr(self.row, name, None)
        self.initial[name] = initial if force or now in (None, "") else now

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        done = data.get("uitgevoerd_op")
        if done and done > self.today:
            self.add_error("uitgevoerd_op", "Deze dag moet nog komen.")
        if data.get("fotos") and not data.get("alt"):
            self.add_error("alt", "Zeg wat er op de foto's te zien is.")
        hard = data.get("haalbaarheid") in HARD
        if "haalbaarheidsreden" in self.fields and hard and not data.get("haalbaarheidsreden"):
            self.add_error("haalbaarheidsreden", WHY_HARD)
        if self.naar == S.GEPLAND and not self.errors:
            who = (
                data.get("dienst") or data.get("verantwoordelijke") or (self.row.dienst and "dienst" not in self.fields)
            )
            if not who:
                self.add_error("verantwoordelijke", "Zeg wie het uitvoert: een dienst of een collega.")
        return data

    def filled(self) -> dict[str, Any]:
        """The fields to write with the step."""
        beside = {"versie", "reden", "fotos", "alt"}
        return {name: value for name, value in self.cleaned_data.items() if name not in beside}

    def photos(self) -> list[tuple[Any, str]]:
        return [(foto, self.cleaned_data["alt"]) for foto in self.cleaned_data.get("fotos") or ()]


class AkkoordForm(forms.Form):
    """Whether somebody else agrees not to act."""

    versie = forms.IntegerField(widget=forms.HiddenInput)
    reden = forms.CharField(
        label="Waarom niet akkoord?", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class FotoForm(forms.Form):
    """Photos from before or after the work."""

    use_required_attribute = False
    moment = forms.ChoiceField(
        label="Van wanneer?", choices=Fotomoment.choices, widget=forms.RadioSelect, initial="voor"
    )
    fotos = BeeldenField(label="Foto's", max_aantal=PHOTOS)
    alt = forms.CharField(
        label="Wat is er te zien?", max_length=200, help_text="In één zin, voor wie de foto niet ziet."
    )


class KnelpuntForm(forms.ModelForm):
    """A knelpunt out of a report: what is already known of it is filled in."""

    use_required_attribute = False

    class Meta:
        model = Knelpunt
        fields = ["titel", "onderwerp", "ernst", "groepen", "omschrijving", "oplossing"]
        widgets = {"omschrijving": forms.Textarea(attrs={"rows": 3}), "oplossing": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"omschrijving": "In je eigen woorden en zonder namen: dit kan openbaar worden."}

    onderwerp = forms.ChoiceField(label="Thema", choices=any_of(Onderwerp.choices, "kies"))
    groepen = forms.MultipleChoiceField(
        label="Wie het raakt", required=False, choices=Groep.choices, widget=forms.CheckboxSelectMultiple
    )


class NieuwKnelpuntForm(KnelpuntForm):
    """A knelpunt that somebody saw, without a measurement: also where it is, and a photo."""

    plaats = PlaatsField(label="Waar is het?", required=False)
    adres = forms.CharField(label="Plaats in woorden", required=False, max_length=200)
    fotos = BeeldenField(label="Foto's", required=False, max_aantal=PHOTOS)
    alt = forms.CharField(
        label="Wat is er op de foto's te zien?",
        required=False,
        max_length=200,
        help_text="In één zin, voor wie de foto niet ziet.",
    )
    field_order = ["titel", "plaats", "adres", "onderwerp", "ernst", "groepen", "omschrijving", "oplossing"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("plaats") and not data.get("adres") and "plaats" not in self.errors:
            self.add_error("plaats", "Zeg waar het is: op de kaart, met een adres of in woorden.")
        if data.get("fotos") and not data.get("alt"):
            self.add_error("alt", "Zeg wat er op de foto's te zien is.")
        return data

    def filled(self) -> Knelpunt:
        """The knelpunt, not stored yet."""
        row: Knelpunt = self.save(commit=False)
        data = self.cleaned_data
        row.plaats, row.adres, row.groepen = data["plaats"], data["adres"], data["groepen"]
        return row

    def photos(self) -> list[tuple[Any, str]]:
        return [(foto, self.cleaned_data["alt"]) for foto in self.cleaned_data.get("fotos") or ()]
