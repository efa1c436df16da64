"""The monitoring table: filters, the sheet, many at once, and the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kern.gebruikers.models import Gebruiker
from kern.keuzes import Select
from wijken.models import Team, Wijk

from ..models import Knelpunt, Monitoringregels, Woonzorgzone
from ..queries.monitoring import ORDERS
from ..rules import monitoring as rules
from ..rules.woorden import (
    HARD,
    Dimensie,
    Ernst,
    Groep,
    Haalbaarheid,
    Haalbaarheidsreden,
    Onderwerp,
    Planning,
    Prioriteit,
    Wegbeheerder,
)
from .velden import WHY_HARD, S, TermForm, any_of, choice, day, people, services


class MonitoringFilters(forms.Form):
    """Filters that stand in the address; what is not known there is left out."""

    use_required_attribute = False
    q = forms.CharField(label="Zoek", required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"}))
    status = choice(
        "Status",
        [
            *S.choices,
            ("alle", "alle, ook wat klaar is"),
            ("klaar", "alles wat klaar is"),
            ("wacht", "wacht op akkoord"),
        ],
        "alles wat open is",
    )
    onderwerp = choice("Thema", Onderwerp.choices)
    dimensie = choice("DOD", Dimensie.choices)
    wijk = forms.ModelChoiceField(Wijk.objects.all(), label="Wijk", required=False, empty_label="alle", widget=Select)
    zone = forms.ModelChoiceField(
        Woonzorgzone.objects.all(), label="Woonzorgzone", required=False, empty_label="alle", widget=Select
    )
    ernst = choice("Ernst, minstens", Ernst.choices)
    prioriteit = choice("Prioriteit", Prioriteit.choices)
    haalbaarheid = choice("Haalbaarheid", Haalbaarheid.choices)
    planning = choice("Planning", [(p.value, f"{p.value}: {p.label}") for p in Planning])
    planjaar = forms.IntegerField(label="Jaar", required=False, min_value=rules.FIRST_YEAR, max_value=2200)
    dienst = forms.ModelChoiceField(
        Team.objects.all(), label="Verantwoordelijke dienst", required=False, empty_label="alle", widget=Select
    )
    wie = choice("Verantwoordelijke", [("ik", "ik"), ("niemand", "nog niemand")])
    wegbeheerder = choice("Wegbeheerder", Wegbeheerder.choices)
    groep = choice("Wie het raakt", Groep.choices)
    let_op = forms.MultipleChoiceField(
        label="Let op",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("laat", "te laat"),
            ("gemeld", "door bewoners gemeld"),
            ("niet", "bewoners zeggen: niet opgelost"),
            ("nieuw", "nog niet gepland"),
        ],
    )
    op = choice("Volgorde", [(code, label) for code, (label, _order) in ORDERS.items()], "prioriteit")

    def chosen(self) -> dict[str, Any]:
        """What holds; a wrong value is no filter."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def pills(self, query: Any) -> list[dict[str, str]]:
        """The filters that hold, each with the page without it."""
        rows = []
        for name, value in self.chosen().items():
            if name == "op":
                continue
            choices = dict(getattr(self.fields[name], "choices", ())) if isinstance(value, str | list) else {}
            for one in value if isinstance(value, list) else [value]:
                rest = query.copy()
                rest.setlist(name, [kept for kept in query.getlist(name) if isinstance(value, list) and kept != one])
                rest.pop("page", None)
                word = str(choices.get(one, one))
                rows.append({"naam": str(self.fields[name].label), "waarde": word, "href": f"?{rest.urlencode()}"})
        return rows


class BladForm(TermForm):
    """One line of the sheet.

    Each field comes back with the value that was on screen: what a person did not touch is never written, whatever a
    colleague did to it meanwhile.
    """

    WRITES = ("haalbaarheid", "haalbaarheidsreden", "planning", "planjaar", "uiterlijk", "dienst")

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)
    haalbaarheid = forms.TypedChoiceField(
        label="Haalbaarheid", required=False, coerce=int, empty_value=None, widget=Select,
        choices=any_of(Haalbaarheid.choices, "–"),
    )  # fmt: skip
    haalbaarheidsreden = forms.ChoiceField(
        label="Waarom niet vlot", required=False, widget=Select, choices=any_of(Haalbaarheidsreden.choices, "–")
    )
    planning = forms.ChoiceField(
        label="Planning", required=False, widget=Select, choices=any_of([(p.value, p.value) for p in Planning], "–")
    )
    planjaar = forms.IntegerField(label="Jaar", required=False, min_value=rules.FIRST_YEAR, max_value=2200)
    uiterlijk = day("Termijn", required=False)
    dienst = forms.TypedChoiceField(
        label="Verantwoordelijke", required=False, coerce=int, empty_value=None, widget=Select
    )

    def __init__(self, *args: Any, row: Knelpunt, teams: list[tuple[int, str]], manages: bool, **kwargs: Any) -> None:
        names = ("versie", "haalbaarheid", "haalbaarheidsreden", "planning", "planjaar", "uiterlijk")
        kwargs["initial"] = {name: getattr(row, name) for name in names} | {"dienst": row.dienst_id}
        super().__init__(*args, prefix=f"r{row.pk}", **kwargs)
        self.row = row
        known = {pk for pk, _naam in teams}
        extra = [(row.dienst_id, row.dienst.naam)] if row.dienst and row.dienst_id not in known else []
        self.fields["dienst"].choices = any_of([*teams, *extra], "–")
        self.fields["dienst"].disabled = not manages
        for name in self.WRITES:
            self.fields[name].show_hidden_initial = True
            self.fields[name].widget.attrs["aria-label"] = f"{self.fields[name].label} van {row.ref}"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        said = {"haalbaarheid", "haalbaarheidsreden"} & set(self.changed_data)
        if said and data.get("haalbaarheid") in HARD and not data.get("haalbaarheidsreden"):
            self.add_error("haalbaarheidsreden", WHY_HARD)
        return data

    def filled(self) -> dict[str, Any]:
        """The fields that this person gave another value; a term that follows from the year goes along."""
        touched = set(self.changed_data) | ({"planning"} if "planjaar" in self.changed_data else set())
        changed = {
            name: self.cleaned_data.get(name)
            for name in self.WRITES
            if name in touched and self.cleaned_data.get(name) != self._stored(name)
        }
        if "dienst" in changed:
            changed["dienst"] = Team.objects.filter(pk=changed["dienst"]).first()
        return changed

    def take_over(self) -> None:
        """Somebody else was first: show what is stored now, except in the fields that this person changed."""
        self.row.refresh_from_db()
        if self.row.dienst and self.row.dienst_id not in dict(self.fields["dienst"].choices):
            self.fields["dienst"].choices = [*self.fields["dienst"].choices, (self.row.dienst_id, self.row.dienst.naam)]
        self.data = self.data.copy()
        self.data[self.add_prefix("versie")] = str(self.row.versie)
        for name in self.WRITES:
            stored = "" if self._stored(name) is None else str(self._stored(name))
            self.data[self.add_initial_prefix(name)] = stored
            if name not in self.changed_data:
                self.data[self.add_prefix(name)] = stored

    def _stored(self, name: str) -> Any:
        return getattr(self.row, "dienst_id" if name == "dienst" else name)


class SamenForm(TermForm):
    """What to do with many at once; what stays empty stays as it is."""

    use_required_attribute = False
    stap = forms.ChoiceField(label="Zet op", required=False, widget=Select)
    reden = forms.CharField(label="Reden van de stap", required=False, max_length=2000)
    planning = choice("Termijn", [(p.value, f"{p.value}: {p.label}") for p in Planning], "laat zoals het is")
    planjaar = forms.IntegerField(label="Jaar", required=False, min_value=rules.FIRST_YEAR, max_value=2200)
    uiterlijk = day("Klaar tegen", required=False)
    haalbaarheid = forms.TypedChoiceField(
        label="Haalbaarheid", required=False, coerce=int, empty_value=None, widget=Select,
        choices=any_of(Haalbaarheid.choices, "laat zoals het is"),
    )  # fmt: skip
    haalbaarheidsreden = choice("Waarom niet vlot", Haalbaarheidsreden.choices, "laat zoals het is")
    dienst = forms.ModelChoiceField(
        Team.objects.none(), label="Dienst", required=False, empty_label="laat zoals het is", widget=Select
    )
    verantwoordelijke = forms.ModelChoiceField(
        Gebruiker.objects.none(), label="Collega", required=False, empty_label="laat zoals het is", widget=Select
    )
    # What needs more than a reason is done one by one.
    STEPS = (S.AANVAARD, S.GEPLAND, S.IN_UITVOERING, S.HEROPEND, S.VERVALLEN, S.BEOORDEELD)

    def __init__(self, *args: Any, manages: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [step for step in self.STEPS if manages or step in rules.OF_THE_SERVICE]
        self.fields["stap"].choices = any_of([(step.value, step.label) for step in steps], "laat zoals het is")
        self.fields["dienst"].queryset = services()
        self.fields["verantwoordelijke"].queryset = people()
        if not manages:
            del self.fields["dienst"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not any(data.get(name) for name in self.fields if name != "reden"):
            raise ValidationError("Kies eerst wat er moet veranderen.")
        if data.get("stap") in rules.NEEDS_A_REASON and not data.get("reden"):
            self.add_error("reden", "Deze stap vraagt een reden.")
        if data.get("haalbaarheid") in HARD and not data.get("haalbaarheidsreden"):
            self.add_error("haalbaarheidsreden", WHY_HARD)
        return data

    def filled(self) -> dict[str, Any]:
        """The fields to write."""
        beside = {"stap", "reden"}
        return {name: value for name, value in self.cleaned_data.items() if value and name not in beside}


class RegelsForm(forms.ModelForm):
    """The numbers of the formula and the terms."""

    class Meta:
        model = Monitoringregels
        fields = [
            "middel_vanaf", "hoog_vanaf", "bewoners_hoogstens", "bewoners_maanden", "kt_jaren", "mlt_jaren", "lt_jaren",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: Mapping[str, Any] = super().clean() or {}
        if not self.errors:
            if data["middel_vanaf"] >= data["hoog_vanaf"]:
                self.add_error("hoog_vanaf", "“Hoog” begint boven “middel”.")
            if not data["kt_jaren"] < data["mlt_jaren"] < data["lt_jaren"]:
                self.add_error("lt_jaren", "Elke termijn is langer dan die ervoor.")
        return dict(data)
