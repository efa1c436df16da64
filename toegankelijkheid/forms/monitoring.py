"""The monitoring table: filters, the sheet, the steps, bulk, and a knelpunt out of a report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from kern.beelden.forms import BeeldenField
from kern.gebruikers.models import Gebruiker
from kern.keuzes import Select
from wijken.models import Team, Wijk

from ..models import Knelpunt, Monitoringregels, Woonzorgzone
from ..queries.monitoring import ORDERS
from ..rules import monitoring as rules
from ..rules.monitoring import Regels
from ..rules.woorden import (
    HARD,
    Dimensie,
    Ernst,
    Fotomoment,
    Groep,
    Haalbaarheid,
    Haalbaarheidsreden,
    Onderwerp,
    Planning,
    Prioriteit,
    Wegbeheerder,
)
from ..states import Knelpuntstatus

PHOTOS = 4
WHY_HARD = "Zeg waarom het niet vlot gaat."
S = Knelpuntstatus
DATE = {"type": "date"}


def _any(choices: Any, word: str = "alle") -> list[tuple[Any, Any]]:
    return [("", word), *choices]


def _day(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"), **more)


def _choice(label: str, choices: Any, word: str = "alle") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=Select, choices=_any(choices, word))


def services(current: int | None = None) -> Any:
    """The teams that work, and the one a knelpunt is with now."""
    return Team.objects.filter(Q(is_actief=True) | Q(pk=current)).order_by("naam")


def people(current: int | None = None) -> Any:
    """Who works here, and the person a knelpunt is with now."""
    return Gebruiker.objects.filter(Q(is_active=True, groups__isnull=False) | Q(pk=current)).distinct().order_by("naam")


class MonitoringFilters(forms.Form):
    """Filters that stand in the address; what is not known there is left out."""

    use_required_attribute = False
    q = forms.CharField(label="Zoek", required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"}))
    status = _choice(
        "Status",
        [
            *S.choices,
            ("alle", "alle, ook wat klaar is"),
            ("klaar", "alles wat klaar is"),
            ("wacht", "wacht op akkoord"),
        ],
        "alles wat open is",
    )
    onderwerp = _choice("Thema", Onderwerp.choices)
    dimensie = _choice("DOD", Dimensie.choices)
    wijk = forms.ModelChoiceField(Wijk.objects.all(), label="Wijk", required=False, empty_label="alle", widget=Select)
    zone = forms.ModelChoiceField(
        Woonzorgzone.objects.all(), label="Woonzorgzone", required=False, empty_label="alle", widget=Select
    )
    ernst = _choice("Ernst, minstens", Ernst.choices)
    prioriteit = _choice("Prioriteit", Prioriteit.choices)
    haalbaarheid = _choice("Haalbaarheid", Haalbaarheid.choices)
    planning = _choice("Planning", [(p.value, f"{p.value}: {p.label}") for p in Planning])
    planjaar = forms.IntegerField(label="Jaar", required=False, min_value=rules.FIRST_YEAR, max_value=2200)
    dienst = forms.ModelChoiceField(
        Team.objects.all(), label="Verantwoordelijke dienst", required=False, empty_label="alle", widget=Select
    )
    wie = _choice("Verantwoordelijke", [("ik", "ik"), ("niemand", "nog niemand")])
    wegbeheerder = _choice("Wegbeheerder", Wegbeheerder.choices)
    groep = _choice("Wie het raakt", Groep.choices)
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
    op = _choice("Volgorde", [(code, label) for code, (label, _order) in ORDERS.items()], "prioriteit")

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


class TermForm(forms.Form):
    """What every form with a term and a year shares: the two have to fit."""

    def __init__(self, *args: Any, regels: Regels, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regels, self.today = regels, today

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        planning, year = data.get("planning"), data.get("planjaar")
        if year and not planning and "planning" in self.fields and "planning" not in self.errors:
            data["planning"] = planning = str(rules.term_of(year, self.today.year, self.regels) or "")
        changed = {"planning", "planjaar"} & set(self.changed_data)
        if changed and (wrong := rules.wrong_year(planning or "", year, self.today.year, self.regels)):
            self.add_error("planjaar", wrong)
        return data


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
        self.fields["prioriteit"].choices = _any(Prioriteit.choices, "volg de formule")
        self.fields["haalbaarheid"].choices = _any(Haalbaarheid.choices, "nog niet gezegd")
        self.fields["haalbaarheidsreden"].choices = _any(Haalbaarheidsreden.choices, "geen")
        planning = [(p.value, f"{p.value}: {p.label}") for p in Planning]
        self.fields["planning"].choices = _any(planning, "nog niet gepland")
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
        choices=_any(Haalbaarheid.choices, "–"),
    )  # fmt: skip
    haalbaarheidsreden = forms.ChoiceField(
        label="Waarom niet vlot", required=False, widget=Select, choices=_any(Haalbaarheidsreden.choices, "–")
    )
    planning = forms.ChoiceField(
        label="Planning", required=False, widget=Select, choices=_any([(p.value, p.value) for p in Planning], "–")
    )
    planjaar = forms.IntegerField(label="Jaar", required=False, min_value=rules.FIRST_YEAR, max_value=2200)
    uiterlijk = _day("Termijn", required=False)
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
        self.fields["dienst"].choices = _any([*teams, *extra], "–")
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


class StapForm(TermForm):
    """A step, with what that step needs."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Knelpunt, naar: str, manages: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.naar = row, naar
        self.initial["versie"] = row.versie
        if naar == S.BEOORDEELD:
            self._add("haalbaarheid", _typed("Hoe haalbaar is de oplossing?", Haalbaarheid.choices))
            self._add("haalbaarheidsreden", _choice("Waarom?", Haalbaarheidsreden.choices, "geen"))
            self._add("oplossing", forms.CharField(label="Mogelijke oplossing", required=False, widget=_area()))
        elif naar == S.DOORVERWEZEN:
            self._add("doorverwezen_naar", forms.CharField(label="Naar wie?", max_length=120))
            self._add("overgedragen_op", _day("Wanneer overgedragen?"), self.today)
        elif naar == S.GEPLAND:
            terms = [(p.value, f"{p.value}: {p.label}, tot en met {self._until(p)}") for p in Planning]
            self._add("planning", _choice("Termijn", terms, "volgt uit het jaar"))
            self._add("planjaar", forms.IntegerField(label="Jaar", min_value=rules.FIRST_YEAR, max_value=2200))
            self._add("uiterlijk", _day("Klaar tegen", required=False, help_text="Leeg: het einde van dat jaar."))
            if manages:
                self._add("dienst", _model("Dienst", services(row.dienst_id)), row.dienst_id)
            self._add(
                "verantwoordelijke", _model("Collega", people(row.verantwoordelijke_id)), row.verantwoordelijke_id
            )
        elif naar == S.UITGEVOERD:
            self._add("uitgevoerd_op", _day("Wanneer was het klaar?"), self.today, force=True)
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
            widget=_area(),
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


class SamenForm(TermForm):
    """What to do with many at once; what stays empty stays as it is."""

    use_required_attribute = False
    stap = forms.ChoiceField(label="Zet op", required=False, widget=Select)
    reden = forms.CharField(label="Reden van de stap", required=False, max_length=2000)
    planning = _choice("Termijn", [(p.value, f"{p.value}: {p.label}") for p in Planning], "laat zoals het is")
    planjaar = forms.IntegerField(label="Jaar", required=False, min_value=rules.FIRST_YEAR, max_value=2200)
    uiterlijk = _day("Klaar tegen", required=False)
    haalbaarheid = forms.TypedChoiceField(
        label="Haalbaarheid", required=False, coerce=int, empty_value=None, widget=Select,
        choices=_any(Haalbaarheid.choices, "laat zoals het is"),
    )  # fmt: skip
    haalbaarheidsreden = _choice("Waarom niet vlot", Haalbaarheidsreden.choices, "laat zoals het is")
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
        self.fields["stap"].choices = _any([(step.value, step.label) for step in steps], "laat zoals het is")
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


class KnelpuntForm(forms.ModelForm):
    """A knelpunt out of a report: what is already known of it is filled in."""

    use_required_attribute = False

    class Meta:
        model = Knelpunt
        fields = ["titel", "onderwerp", "ernst", "groepen", "omschrijving", "oplossing"]
        widgets = {"omschrijving": forms.Textarea(attrs={"rows": 3}), "oplossing": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"omschrijving": "In je eigen woorden en zonder namen: dit kan openbaar worden."}

    onderwerp = forms.ChoiceField(label="Thema", choices=_any(Onderwerp.choices, "kies"))
    groepen = forms.MultipleChoiceField(
        label="Wie het raakt", required=False, choices=Groep.choices, widget=forms.CheckboxSelectMultiple
    )


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3})


def _typed(label: str, choices: Any) -> forms.TypedChoiceField:
    field = forms.TypedChoiceField(label=label, coerce=int, empty_value=None, widget=Select)
    field.choices = _any(choices, "kies")
    return field


def _model(label: str, queryset: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(queryset, label=label, required=False, empty_label="nog niemand", widget=Select)
