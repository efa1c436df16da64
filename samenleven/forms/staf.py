"""What staff fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst

from kern.gebruikers.models import Gebruiker
from wijken.models import Wijk

from ..actions.gesprekken import Oordeel
from ..models import (
    Domein,
    Editieblok,
    Fase,
    Gesprek,
    Gesprekstaal,
    Methode,
    Signaal,
    Thema,
    Traject,
    Uitdager,
    Vorming,
)
from ..states.gesprek import Status as Gesprekstatus
from ..states.uitdager import Status as Uitdagerstatus

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def staff() -> QuerySet[Gebruiker]:
    """Who may coach or look after a conversation."""
    return Gebruiker.objects.filter(is_active=True, groups__isnull=False).distinct().order_by("naam")


class Filters(forms.Form):
    """Filters that stand in the address; what is not known there is left out."""

    use_required_attribute = False
    q = forms.CharField(label="Zoek", required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"}))
    traject = forms.ModelChoiceField(
        label="Traject", required=False, queryset=Traject.objects.all(), empty_label="alle"
    )

    def chosen(self) -> dict[str, Any]:
        """What holds; a wrong value is no filter."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def pills(self, query: Any) -> list[dict[str, str]]:
        """The filters that hold, each with the page without it."""
        rows = []
        for name, value in self.chosen().items():
            rest = query.copy()
            for key in (name, "pagina"):
                rest.pop(key, None)
            choices = dict(getattr(self.fields[name], "choices", ())) if isinstance(value, str) else {}
            word = str(choices.get(value, value))
            rows.append({"naam": str(self.fields[name].label), "waarde": word, "href": f"?{rest.urlencode()}"})
        return rows


def _any(choices: Any) -> list[tuple[str, Any]]:
    return [("", "alle"), *choices]


class GesprekFilters(Filters):
    status = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=_any([*Gesprekstatus.choices, ("gehouden", "gehouden, nagekeken of niet")]),
    )
    wijk = forms.ModelChoiceField(label="Wijk", required=False, queryset=Wijk.objects.all(), empty_label="alle")
    taal = forms.ChoiceField(label="Taal", required=False, choices=_any(Gesprekstaal.choices))
    methode = forms.ChoiceField(label="Methode", required=False, choices=_any(Methode.choices))
    jaar = forms.IntegerField(label="Jaar", required=False, min_value=1990, max_value=2100)


class SignaalFilters(Filters):
    soort = forms.ChoiceField(label="Soort", required=False, choices=_any(Signaal.Soort.choices))
    thema = forms.ModelChoiceField(label="Thema", required=False, queryset=Thema.objects.all(), empty_label="alle")
    domein = forms.ModelChoiceField(label="Domein", required=False, queryset=Domein.objects.all(), empty_label="alle")
    wijk = forms.ModelChoiceField(label="Wijk", required=False, queryset=Wijk.objects.all(), empty_label="alle")


class UitdagerFilters(Filters):
    status = forms.ChoiceField(label="Stand", required=False, choices=_any(Uitdagerstatus.choices))
    wijk = forms.ModelChoiceField(label="Wijk", required=False, queryset=Wijk.objects.all(), empty_label="alle")
    coach = forms.ModelChoiceField(label="Coach", required=False, queryset=Gebruiker.objects.none(), empty_label="alle")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coach"].queryset = staff()


class KiesFilters(forms.Form):
    """What to look for when an edition is composed."""

    use_required_attribute = False
    q = forms.CharField(label="Zoek", required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"}))
    soort = forms.ChoiceField(label="Soort", required=False, choices=_any(Signaal.Soort.choices))
    thema = forms.ModelChoiceField(label="Thema", required=False, queryset=Thema.objects.all(), empty_label="alle")

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class GesprekForm(forms.ModelForm):
    """A conversation to come."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Gesprek
        fields = [
            "traject", "fase", "titel", "datum", "begin", "plaats", "wijk", "methode", "taal", "uitdagers",
            "begeleider",
        ]  # fmt: skip
        widgets = {
            "datum": DATE,
            "begin": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "uitdagers": forms.CheckboxSelectMultiple,
        }
        error_messages = {
            "traject": {"required": "Kies het traject."},
            "titel": {"required": "Zeg waarover het gesprek gaat."},
            "datum": {"required": "Kies de dag."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versie"].initial = self.instance.versie
        self.fields["begeleider"].queryset = staff()
        self.fields["fase"].queryset = Fase.objects.select_related("traject")
        self.fields["fase"].label_from_instance = lambda fase: f"{fase.traject.naam}: {fase}"
        mine = Uitdager.objects.active()
        if self.instance.pk:
            mine = Uitdager.objects.filter(
                pk__in=[*mine.values_list("pk", flat=True), *self.instance.uitdagers.values_list("pk", flat=True)]
            )
        self.fields["uitdagers"].queryset = mine.order_by("naam")
        self.fields["uitdagers"].help_text = "Ze krijgen elk een mail met de link naar het blad."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("fase") and data.get("traject") and data["fase"].traject_id != data["traject"].pk:
            self.add_error("fase", "Deze fase hoort bij een ander traject.")
        return data


class NazichtForm(forms.Form):
    """What staff make of a sheet: its words, themes, and what everybody may read."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, gesprek: Gesprek, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signalen = list(gesprek.signalen.order_by("nummer"))
        self.citaten = list(gesprek.citaten.with_consent().order_by("nummer"))
        self.initial.setdefault("versie", gesprek.versie)
        themas = Thema.objects.all()
        for name in ("vandaag", "ikzelf", "samen", "bestuur"):
            field = Gesprek._meta.get_field(name)
            self.fields[name] = forms.CharField(
                label=capfirst(str(field.verbose_name)),
                required=False,
                max_length=4000,
                initial=getattr(gesprek, name),
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        for row in self.signalen:
            key = f"signaal-{row.nummer}"
            self._line(key, row.tekst, row.is_openbaar, "Mag iedereen lezen")
            self.fields[f"{key}-soort"] = forms.ChoiceField(
                label="Soort", choices=Signaal.Soort.choices, initial=row.soort
            )
            self._choice(f"{key}-thema", "Thema", themas, row.thema_id)
            self._choice(f"{key}-domein", "Domein", Domein.objects.all(), row.domein_id)
        for row in self.citaten:
            key = f"citaat-{row.nummer}"
            self._line(key, row.tekst, row.is_goedgekeurd, "Mag in de krant: niemand is te herkennen")
            self._choice(f"{key}-thema", "Thema", themas, row.thema_id)

    def _line(self, key: str, text: str, may: bool, words: str) -> None:
        self.fields[f"{key}-tekst"] = forms.CharField(
            label="Tekst",
            max_length=400,
            initial=text,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"required": "Deze regel mag niet leeg zijn."},
        )
        self.fields[f"{key}-openbaar"] = forms.BooleanField(label=words, required=False, initial=may)

    def _choice(self, name: str, label: str, rows: QuerySet[Any], pk: int | None) -> None:
        self.fields[name] = forms.ModelChoiceField(
            label=label, queryset=rows, required=False, initial=pk, empty_label="geen"
        )

    @property
    def vragen(self) -> list[forms.BoundField]:
        return [self[name] for name in ("vandaag", "ikzelf", "samen", "bestuur")]

    @property
    def signaalregels(self) -> list[tuple[Any, list[forms.BoundField]]]:
        parts = ("tekst", "soort", "thema", "domein", "openbaar")
        return [(row, [self[f"signaal-{row.nummer}-{part}"] for part in parts]) for row in self.signalen]

    @property
    def citaatregels(self) -> list[tuple[Any, list[forms.BoundField]]]:
        parts = ("tekst", "thema", "openbaar")
        return [(row, [self[f"citaat-{row.nummer}-{part}"] for part in parts]) for row in self.citaten]

    def judged(self) -> dict[str, Any]:
        """What goes to the action."""
        data = self.cleaned_data

        def line(key: str) -> Oordeel:
            return Oordeel(
                tekst=data[f"{key}-tekst"],
                openbaar=data[f"{key}-openbaar"],
                soort=data.get(f"{key}-soort", ""),
                thema=data[f"{key}-thema"],
                domein=data.get(f"{key}-domein") or (data[f"{key}-thema"].domein if data[f"{key}-thema"] else None),
            )

        return {
            "versie": data["versie"],
            "antwoorden": {name: data[name] for name in ("vandaag", "ikzelf", "samen", "bestuur")},
            "signalen": {row.nummer: line(f"signaal-{row.nummer}") for row in self.signalen},
            "citaten": {row.nummer: line(f"citaat-{row.nummer}") for row in self.citaten},
        }


class StapForm(forms.Form):
    """A step that may ask why."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)
    tekst = forms.CharField(
        label="Waarom, of wat ontbreekt er?", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class CoachForm(forms.Form):
    """Who stands by an uitdager."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)
    coach = forms.ModelChoiceField(
        label="Coach", queryset=Gebruiker.objects.none(), required=False, empty_label="nog niemand"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coach"].queryset = staff()


class VormingForm(forms.ModelForm):
    """A training."""

    use_required_attribute = False

    class Meta:
        model = Vorming
        fields = ["traject", "titel", "inhoud", "begin", "einde", "locatie"]
        widgets = {"begin": MOMENT, "einde": MOMENT, "inhoud": forms.Textarea(attrs={"rows": 4})}


class GenodigdenForm(forms.Form):
    """Whom to ask for a training."""

    use_required_attribute = False
    uitdagers = forms.ModelMultipleChoiceField(
        label="Wie nodig je uit?",
        queryset=Uitdager.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één uitdager."},
    )

    def __init__(self, *args: Any, vorming: Vorming, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Uitdager.objects.active().filter(traject=vorming.traject_id).exclude(vormingen__vorming=vorming)
        self.fields["uitdagers"].queryset = rows.order_by("naam")


class AanwezigForm(forms.Form):
    """Who came."""

    use_required_attribute = False
    CHOICES = [("", "nog niet aangeduid"), ("ja", "was er"), ("nee", "was er niet")]

    def __init__(self, *args: Any, vorming: Vorming, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in vorming.deelnames.select_related("uitdager"):
            initial = {True: "ja", False: "nee", None: ""}[row.was_er]
            self.fields[f"deelname-{row.pk}"] = forms.ChoiceField(
                label=str(row.uitdager), choices=self.CHOICES, required=False, initial=initial
            )

    def attendance(self) -> dict[int, bool | None]:
        words = {"ja": True, "nee": False, "": None}
        return {int(name.split("-")[1]): words[value] for name, value in self.cleaned_data.items()}


class EditieForm(forms.Form):
    """The front page of an edition."""

    use_required_attribute = False
    titel = forms.CharField(
        label="Kop van de voorpagina", max_length=120, error_messages={"required": "Geef de editie een kop."}
    )
    inleiding = forms.CharField(
        label="Inleiding", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class NieuweEditieForm(EditieForm):
    traject = forms.ModelChoiceField(
        label="Traject", queryset=Traject.objects.all(), error_messages={"required": "Kies het traject."}
    )
    field_order = ["traject", "titel", "inleiding"]


class BlokForm(forms.Form):
    """A heading or a story."""

    use_required_attribute = False
    soort = forms.ChoiceField(
        label="Wat is het?",
        choices=[(Editieblok.Soort.TUSSENTITEL, "tussentitel"), (Editieblok.Soort.VERHAAL, "verhaal")],
    )
    titel = forms.CharField(label="Titel", max_length=120, error_messages={"required": "Geef het een titel."})
    tekst = forms.CharField(label="Tekst", required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 6}))
    van_iemand = forms.BooleanField(
        label="Dit is het verhaal van iemand, en die persoon vindt het goed dat het verschijnt",
        required=False,
        help_text="We noteren de toestemming van vandaag. Trekt die persoon ze in, dan verdwijnt het verhaal.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("soort") == Editieblok.Soort.VERHAAL and not data.get("tekst"):
            self.add_error("tekst", "Schrijf het verhaal.")
        if data.get("soort") == Editieblok.Soort.TUSSENTITEL:
            data["tekst"], data["van_iemand"] = "", False
        return data
