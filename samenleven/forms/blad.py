"""The sheet of a conversation as its host types it in, on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..actions.gesprekken import Blad, NieuwCitaat, NieuwSignaal
from ..models import Gesprek, Profielkenmerk, Signaal, Thema
from ..models.gesprek import CITATEN_PER_BLAD, SIGNALEN_PER_BLAD

FIRST_SIGNALEN, FIRST_CITATEN = 3, 1
MAX_FIELDS, MAX_LENGTH = 120, 4000
VRAGEN = ("vandaag", "ikzelf", "samen", "bestuur")


def typed_in(posted: Mapping[str, str]) -> dict[str, str]:
    """What was typed, within bounds, without what belongs to the page."""
    skipped = ("csrfmiddlewaretoken", "bewaar", "meer", "verstuur")
    fields = [(name, value) for name, value in posted.items() if name not in skipped and value]
    return {name: str(value)[:MAX_LENGTH] for name, value in fields[:MAX_FIELDS]}


def _number(label: Any, missing: Any, *, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1 if required else 0,
        max_value=2000,
        required=required,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": missing,
            "invalid": _("Typ een getal, bijvoorbeeld 12."),
            "min_value": missing,
            "max_value": _("Typ een getal tot 2000."),
        },
    )


class BladForm(forms.Form):
    """One sheet. Lines stand in numbered fields, so that it works on every browser; empty lines do not count."""

    use_required_attribute = False
    aanwezigen = _number(_("Hoeveel mensen waren er?"), _("Vul in hoeveel mensen er waren."), required=True)
    datum = forms.DateField(
        label=_("Wanneer was het gesprek?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Kies de dag van het gesprek."),
            "invalid": _("Typ een datum, bijvoorbeeld 23/7/2026."),
        },
    )
    vandaag = forms.CharField(label=_("1. Hoe leven we vandaag samen in Genk?"))
    ikzelf = forms.CharField(label=_("2. Wat kan ik zelf doen?"))
    samen = forms.CharField(label=_("3. Wat kunnen we als groep doen?"))
    bestuur = forms.CharField(label=_("4. Wat kan het stadsbestuur doen?"))

    def __init__(self, *args: Any, gesprek: Gesprek, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gesprek = gesprek
        self.initial.setdefault("datum", gesprek.datum)
        for name in VRAGEN:
            self.fields[name].required = False
            self.fields[name].max_length = MAX_LENGTH
            self.fields[name].widget = forms.Textarea(attrs={"rows": 3})
        filled = self.data if self.is_bound else self.initial
        self.aantal_signalen = self._rows(filled, "signaal", FIRST_SIGNALEN, SIGNALEN_PER_BLAD)
        self.aantal_citaten = self._rows(filled, "citaat", FIRST_CITATEN, CITATEN_PER_BLAD, start=1)
        self._add_lines()
        self._add_counts()

    @staticmethod
    def _rows(filled: Mapping[str, Any], soort: str, first: int, most: int, start: int = 0) -> int:
        asked = str(filled.get(f"{soort}-aantal", ""))
        used = [n for n in range(most) if filled.get(f"{soort}-{n + start}-tekst")]
        return min(most, max(first, int(asked) if asked.isdecimal() else 0, used[-1] + 1 if used else 0))

    def _add_lines(self) -> None:
        themas = [("", _("Kies een thema")), *Thema.objects.filter(is_actief=True).values_list("pk", "naam")]
        for n in range(self.aantal_signalen):
            self.fields[f"signaal-{n}-tekst"] = forms.CharField(
                label=_("Wat werd er gezegd?"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"signaal-{n}-soort"] = forms.ChoiceField(
                label=_("Is dit een struikelblok, een sleutel of een eigen actie?"),
                required=False,
                choices=[
                    ("", _("Kies")),
                    (Signaal.Soort.STRUIKELBLOK, _("struikelblok: dit maakt samenleven moeilijk")),
                    (Signaal.Soort.SLEUTEL, _("sleutel: dit helpt")),
                    (Signaal.Soort.EIGEN_ACTIE, _("eigen actie: dit doen we zelf")),
                ],
            )
            self.fields[f"signaal-{n}-thema"] = forms.ChoiceField(
                label=_("Waarover gaat het?"), required=False, choices=themas
            )
        for n in range(1, self.aantal_citaten + 1):
            self.fields[f"citaat-{n}-tekst"] = forms.CharField(
                label=_t("Citaat %(nummer)s, zonder naam") % {"nummer": n},
                max_length=400,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"citaat-{n}-akkoord"] = forms.BooleanField(
                label=_t("Wie dit zei, vindt het goed en kreeg strook %(nummer)s mee") % {"nummer": n}, required=False
            )

    def _add_counts(self) -> None:
        self.kenmerken: list[tuple[str, list[str]]] = []
        for kenmerk in Profielkenmerk.objects.filter(is_actief=True).prefetch_related("groepen"):
            names = []
            for groep in kenmerk.groepen.all():
                name = f"profiel-{groep.pk}"
                self.fields[name] = _number(groep.naam, _("Typ een getal vanaf 0."))
                names.append(name)
            self.kenmerken.append((kenmerk.naam, names))

    # What the template walks through.

    @property
    def vragen(self) -> list[forms.BoundField]:
        return [self[name] for name in VRAGEN]

    @property
    def signaalregels(self) -> Iterator[list[forms.BoundField]]:
        for n in range(self.aantal_signalen):
            yield [self[f"signaal-{n}-{part}"] for part in ("tekst", "soort", "thema")]

    @property
    def citaatregels(self) -> Iterator[list[forms.BoundField]]:
        for n in range(1, self.aantal_citaten + 1):
            yield [self[f"citaat-{n}-{part}"] for part in ("tekst", "akkoord")]

    @property
    def tellingen(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(naam, [self[name] for name in names]) for naam, names in self.kenmerken]

    @property
    def mag_meer(self) -> bool:
        return self.aantal_signalen < SIGNALEN_PER_BLAD or self.aantal_citaten < CITATEN_PER_BLAD

    def clean_datum(self) -> Any:
        day = self.cleaned_data["datum"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Deze dag moet nog komen. Kies de dag van het gesprek."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        said = [data.get(name) for name in VRAGEN]
        for n in range(self.aantal_signalen):
            text, soort = data.get(f"signaal-{n}-tekst"), data.get(f"signaal-{n}-soort")
            said.append(text)
            if text and not soort:
                self.add_error(f"signaal-{n}-soort", _("Kies wat het is, of maak de regel leeg."))
        for n in range(1, self.aantal_citaten + 1):
            text = data.get(f"citaat-{n}-tekst")
            if text and not data.get(f"citaat-{n}-akkoord"):
                self.add_error(
                    f"citaat-{n}-akkoord",
                    _("Zonder toestemming bewaren we dit citaat niet. Vink aan dat het mag, of maak het citaat leeg."),
                )
        if not any(said) and not self.errors:
            self.add_error("vandaag", _("Schrijf bij minstens één vraag of regel op wat er gezegd werd."))
        people = data.get("aanwezigen")
        for naam, names in self.kenmerken:
            if people and sum(data.get(name) or 0 for name in names) > people:
                self.add_error(
                    names[0],
                    _t("Bij %(kenmerk)s tel je meer mensen dan er waren. Kijk de getallen na.") % {"kenmerk": naam},
                )
        return data

    def blad(self) -> Blad:
        """What goes to the action."""
        data = self.cleaned_data
        themas = Thema.objects.select_related("domein").in_bulk()
        groepen = {
            f"profiel-{groep.pk}": groep
            for kenmerk in Profielkenmerk.objects.prefetch_related("groepen")
            for groep in kenmerk.groepen.all()
        }
        return Blad(
            datum=data["datum"],
            aanwezigen=data["aanwezigen"],
            antwoorden={name: data[name] for name in VRAGEN},
            signalen=[
                NieuwSignaal(
                    data[f"signaal-{n}-soort"],
                    data[f"signaal-{n}-tekst"],
                    themas.get(int(data[f"signaal-{n}-thema"] or 0)),
                )
                for n in range(self.aantal_signalen)
                if data[f"signaal-{n}-tekst"]
            ],
            citaten=[
                NieuwCitaat(n, data[f"citaat-{n}-tekst"])
                for n in range(1, self.aantal_citaten + 1)
                if data[f"citaat-{n}-tekst"]
            ],
            profiel={groepen[name]: data[name] for name in groepen if data.get(name)},
        )
