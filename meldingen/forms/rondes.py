"""What staff fill in about a round on foot: which work, in what time, and what came of each stop."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from kern.beelden.forms import BeeldenField
from kern.gebruikers.models import Gebruiker
from kern.geo.ronde import MAX_STOPS
from wijken.models import Team, Wijk
from wijken.queries import members_of, search_address

from ..actions.ronde import Werk
from ..models import Materiaal, Melding, Rondestop, Standaardtekst, Startplaats, Verbruik
from ..models.ronde import DAY_MINUTES
from ..states import Sluitreden
from .staff import NO_DAY, DagInput, FromTodayMixin, StapForm, TekstForm, words

Bevinding = Rondestop.Bevinding
ROWS = 4
SOLVED = "We zijn langs geweest en hebben dit opgelost. Bedankt dat je het meldde."
# What the field opens with, to change where needed; each decides a step of the report.
WORDS = {
    Bevinding.WEG: "We zijn ter plaatse gaan kijken en zagen niets meer. Is het er nog, of zie je het opnieuw? "
    "Laat het ons dan weten.",
    Bevinding.ONDUIDELIJK: "We zijn gaan kijken, maar vonden niet waar het precies is. Kun je zeggen aan welk "
    "huisnummer of aan welke kant van de straat?",
    Bevinding.NIET_VOOR_ONS: "",
    Bevinding.LATER: "We zijn gaan kijken. Vandaag kon het nog niet, daarom komen we op deze dag terug.",
}
_TIME = re.compile(
    r"^(?:(?P<h>\d{1,2})\s*(?:[:.u]|uur)\s*(?P<m>[0-5]?\d)?|(?P<n>\d{1,4}(?:[.,]\d{1,2})?)\s*(?P<e>u|uur|h|m|min|minuten)?)$"
)


def read_duration(text: str) -> int:
    """Minutes from how people write a length of time: 45, 45 min, 1:30, 1u30, 1,5 u. ValueError for anything else."""
    found = _TIME.match(text.strip().lower())
    if not found:
        raise ValueError("geen duur")
    if found["h"] is not None:
        return int(found["h"]) * 60 + int(found["m"] or 0)
    number = Decimal(found["n"].replace(",", "."))
    minutes = number * 60 if found["e"] in ("u", "uur", "h") else number
    if minutes != minutes.to_integral_value():
        minutes = minutes.quantize(Decimal(1))
    return int(minutes)


def duration_words(minutes: int | None) -> str:
    """Minutes as the field shows them: 45 min, 1u30."""
    if minutes is None:
        return ""
    return f"{minutes // 60}u{minutes % 60:02}" if minutes >= 60 else f"{minutes} min"


class DuurField(forms.CharField):
    """A length of time as people write it; its value is a number of minutes, None when empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"inputmode": "text", "size": "8"}), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            minutes = read_duration(text)
        except ValueError as error:
            raise ValidationError("Schrijf de tijd zo: 45 (minuten), 1u30 of 1:30.") from error
        if minutes > DAY_MINUTES:
            raise ValidationError("Een dag heeft maar 24 uur.")
        return minutes


class WerkMixin(forms.Form):
    """Time and material, in a few rows that need no script."""

    duur = DuurField(label="Hoe lang was je ermee bezig?", help_text="Bijvoorbeeld 20, 45 min of 1u30.", required=False)

    def add_material(self, used: Iterable[Verbruik] = ()) -> None:
        """Add the rows; what was written down before stands in them."""
        choices = [("", "–"), *((str(row.pk), str(row)) for row in Materiaal.objects.filter(is_actief=True))]
        before = list(used)
        known = {value for value, _name in choices}
        choices += [(str(row.materiaal_id), str(row.materiaal)) for row in before if str(row.materiaal_id) not in known]
        for number in range(1, max(ROWS, len(before) + 1) + 1):
            old = before[number - 1] if number <= len(before) else None
            self.fields[f"materiaal_{number}"] = forms.ChoiceField(
                label=f"Materiaal {number}",
                choices=choices,
                required=False,
                initial=str(old.materiaal_id) if old else "",
            )
            self.fields[f"aantal_{number}"] = forms.DecimalField(
                label=f"Hoeveel van materiaal {number}",
                required=False,
                min_value=Decimal("0.01"),
                max_digits=8,
                decimal_places=2,
                initial=old.aantal.normalize() if old else None,
                localize=True,
                error_messages={
                    "invalid": "Vul een getal in, bijvoorbeeld 2 of 0,5.",
                    "min_value": "Vul een getal in dat groter is dan nul.",
                },
            )

    @property
    def materiaalrijen(self) -> list[tuple[Any, Any]]:
        """The fields of material two by two, for the page."""
        numbers = [name.removeprefix("materiaal_") for name in self.fields if name.startswith("materiaal_")]
        return [(self[f"materiaal_{number}"], self[f"aantal_{number}"]) for number in numbers]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for number in [name.removeprefix("materiaal_") for name in self.fields if name.startswith("materiaal_")]:
            chosen, amount = data.get(f"materiaal_{number}"), data.get(f"aantal_{number}")
            if chosen and amount is None and f"aantal_{number}" not in self.errors:
                self.add_error(f"aantal_{number}", "Zeg hoeveel je ervan gebruikte.")
            elif amount is not None and not chosen:
                self.add_error(f"materiaal_{number}", "Kies welk materiaal je gebruikte.")
        return data

    def werk(self) -> Werk:
        """What was filled in, for the actions."""
        data = self.cleaned_data
        rows = Materiaal.objects.in_bulk(
            [int(data[name]) for name in data if name.startswith("materiaal_") and data[name]]
        )
        used = [
            (rows[int(value)], data[f"aantal_{name.removeprefix('materiaal_')}"])
            for name, value in data.items()
            if name.startswith("materiaal_") and value
        ]
        return Werk(minuten=data["duur"], materiaal=tuple(used))


class GedaanForm(TekstForm, WerkMixin):
    """It is solved: what the resident reads, with photos, time and material."""

    stap = Standaardtekst.Stap.SLUIT
    toelichting = words(
        "Bericht aan de melder",
        "Komt in de mail, ook bij wie de melding volgt. Noem geen mensen.",
        missing="Schrijf wat de melder moet weten.",
        rows=3,
    )
    fotos = BeeldenField(
        label="Foto van hoe het nu is", required=False, help_text="De melder ziet ze op de volgpagina."
    )
    field_order = ["versie", "standaardtekst", "fotos", "toelichting"]

    def __init__(self, *args: Any, stop: Rondestop, **kwargs: Any) -> None:
        self.stop = stop
        super().__init__(*args, melding=stop.melding, **kwargs)
        self.add_material(stop.verbruik.select_related("materiaal"))
        self.initial["duur"] = duration_words(stop.minuten)
        if not self.is_bound:
            self._open_with_words()

    def _open_with_words(self) -> None:
        """The first standard text for what is solved, so that one tap is enough; else plain words."""
        for tekst in self.offered():
            if tekst.sluitreden == Sluitreden.OPGELOST:
                self.insert(tekst)
                return
        self.initial["toelichting"] = SOLVED


class NietGelukForm(FromTodayMixin, StapForm, WerkMixin):
    """It could not be done. `bevinding` is chosen on the page before, and decides what is asked here."""

    bevinding = forms.ChoiceField(choices=Bevinding.choices, widget=forms.HiddenInput)
    dag = forms.DateField(label="Op welke dag kan het wel?", widget=DagInput, error_messages=NO_DAY)
    tekst = words("Bericht aan de melder", missing="Schrijf erbij wat er was.", rows=4)
    field_order = ["versie", "bevinding", "dag", "tekst"]

    def __init__(self, *args: Any, stop: Rondestop, bevinding: str, **kwargs: Any) -> None:
        self.stop, self.kind = stop, Bevinding(bevinding)
        super().__init__(
            *args, melding=stop.melding, initial={"bevinding": bevinding, "tekst": WORDS[self.kind]}, **kwargs
        )
        self.initial["duur"] = duration_words(stop.minuten)
        if self.kind is not Bevinding.LATER:
            del self.fields["dag"]
        text = self.fields["tekst"]
        if self.kind is Bevinding.NIET_VOOR_ONS or (self.kind is Bevinding.ONDUIDELIJK and not self.has_address):
            text.label, text.help_text = (
                "Wat zag je?",
                "Het meldpunt leest dit en zoekt verder. De melder ziet dit niet.",
            )
            if self.kind is Bevinding.ONDUIDELIJK:
                self.initial["tekst"] = ""
        elif self.kind is Bevinding.ONDUIDELIJK:
            text.label, text.help_text = "Vraag aan de melder", "De klok staat stil tot de melder antwoordt."
        else:
            text.help_text = "Komt in de mail, ook bij wie de melding volgt. Noem geen mensen."

    @property
    def has_address(self) -> bool:
        return bool(self.stop.melding.melder_of_niemand.email)

    def clean_dag(self) -> Any:
        return self._from_today("dag")


class KijkForm(forms.Form):
    """What was seen at a stop, for colleagues."""

    use_required_attribute = False
    fotos = BeeldenField(label="Foto", required=False, help_text="Alleen voor collega's, tot iemand ze openbaar maakt.")
    tekst = words("Notitie", "Alleen voor collega's; de melder ziet dit nooit.", required=False, rows=3)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("fotos") and not data.get("tekst", "").strip():
            raise ValidationError("Schrijf een notitie of neem een foto.")
        return data


class RondewerkForm(WerkMixin):
    """Time and material of the round as a whole."""

    use_required_attribute = False
    opmerking = words("Opmerking", "Alleen voor collega's.", required=False, rows=3)

    def __init__(self, *args: Any, ronde: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"opmerking": ronde.opmerking, "duur": duration_words(ronde.minuten)}, **kwargs)
        self.fields["duur"].label = "Hoeveel tijd kwam er nog bij?"
        self.fields["duur"].help_text = "Wat niet bij een stop staat, zoals onderweg of laden. Bijvoorbeeld 45 of 1u30."
        self.add_material(ronde.verbruik.filter(stop=None).select_related("materiaal"))


class RondekeuzeForm(forms.Form):
    """For whom, where and when: the question whose answer is the list of work."""

    use_required_attribute = False
    team = forms.ModelChoiceField(label="Team", queryset=Team.objects.none(), empty_label=None)
    wijk = forms.ModelChoiceField(label="Wijk", queryset=Wijk.objects.all(), required=False, empty_label="alle wijken")
    dag = forms.DateField(label="Dag", widget=DagInput, error_messages=NO_DAY)

    def __init__(self, *args: Any, teams: Any, wijken: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams
        self.fields["wijk"].queryset = wijken

    def clean_dag(self) -> Any:
        day = self.cleaned_data["dag"]
        if day < timezone.localdate():
            raise ValidationError("Kies een dag vanaf vandaag.")
        return day


class RondeForm(forms.Form):
    """The reports that go in the round, where it starts and who goes."""

    use_required_attribute = False
    meldingen = forms.ModelMultipleChoiceField(
        label="Wat gaat mee?",
        queryset=Melding.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één melding."},
    )
    startplaats = forms.ModelChoiceField(
        label="Waar vertrek je?", queryset=Startplaats.objects.none(), required=False, empty_label="een ander adres"
    )
    adres = forms.CharField(
        label="Ander adres", help_text="Straat en nummer, als je elders vertrekt.", required=False, max_length=120
    )
    keert_terug = forms.BooleanField(label="De ronde eindigt waar ze begon", required=False, initial=True)
    uitvoerder = forms.ModelChoiceField(
        label="Wie gaat?", queryset=Gebruiker.objects.none(), required=False, empty_label="iemand van het team"
    )

    def __init__(self, *args: Any, work: Any, starts: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meldingen"].queryset = work
        self.fields["startplaats"].queryset = starts
        self.fields["startplaats"].initial = starts.first()
        people = [person.pk for person in members_of([team.pk], timezone.localdate()).get(team.pk, [])]
        self.fields["uitvoerder"].queryset = Gebruiker.objects.filter(pk__in=people).order_by("naam")

    def clean_meldingen(self) -> list[Melding]:
        rows = list(self.cleaned_data["meldingen"])
        if len(rows) > MAX_STOPS:
            raise ValidationError(f"Kies hoogstens {MAX_STOPS} meldingen; je koos er {len(rows)}.")
        return rows

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        chosen, address = data.get("startplaats"), data.get("adres", "").strip()
        if address:
            found = next((row for row in search_address(address) if row.wijk), None)
            if found is None:
                self.add_error("adres", "We vinden deze straat niet in Genk. Kijk ze na.")
            else:
                data["start_naam"], data["start_plaats"] = found.label, found.punt
        elif chosen:
            data["start_naam"], data["start_plaats"] = chosen.naam, chosen.plaats
        else:
            self.add_error("adres", "Kies een plaats in de lijst, of vul een adres in.")
        return data


class RondefilterForm(forms.Form):
    """The filters of the list and of the totals, all in the address."""

    use_required_attribute = False
    team = forms.ModelChoiceField(label="Team", queryset=Team.objects.none(), required=False, empty_label="alle teams")
    wijk = forms.ModelChoiceField(label="Wijk", queryset=Wijk.objects.all(), required=False, empty_label="alle wijken")
    van = forms.DateField(label="Van", widget=DagInput, required=False, error_messages=NO_DAY)
    tot = forms.DateField(label="Tot en met", widget=DagInput, required=False, error_messages=NO_DAY)
    stand = forms.ChoiceField(
        label="Stand", choices=[("", "alle"), ("open", "nog bezig"), ("klaar", "afgerond")], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        crews = [Team.Soort.BUURTWERKPLAATS, Team.Soort.BUURTTOEZICHT]
        self.fields["team"].queryset = Team.objects.filter(soort__in=crews) | Team.objects.filter(
            pk__in=Team.objects.filter(rondes__isnull=False).values("pk")
        )

    def restrict(self, rows: Any) -> Any:
        """The rounds that the filters leave; a filter that makes no sense is left out."""
        self.full_clean()
        data = getattr(self, "cleaned_data", {})
        for name, lookup in (("team", "team"), ("wijk", "wijk"), ("van", "dag__gte"), ("tot", "dag__lte")):
            if data.get(name):
                rows = rows.filter(**{lookup: data[name]})
        if data.get("stand"):
            rows = rows.filter(afgerond_op__isnull=data["stand"] == "open")
        return rows

    def pills(self, query: Any) -> list[dict[str, str]]:
        """The chosen filters in words, each with the address of the page without it."""
        found = []
        for name, field in self.fields.items():
            value = getattr(self, "cleaned_data", {}).get(name)
            if not value:
                continue
            rest = query.copy()
            for gone in (name, "na", "voor"):
                rest.pop(gone, None)
            shown = dict(field.choices).get(value, value) if name == "stand" else value
            shown = f"{shown:%d/%m/%Y}" if name in ("van", "tot") else str(shown)
            found.append({"naam": field.label, "waarde": shown, "href": f"?{rest.urlencode()}"})
        return found
