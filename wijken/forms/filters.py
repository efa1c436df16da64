"""What the lists of staff can be filtered by, all of it in the address of the page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from kern.gebruikers.models import Gebruiker
from kern.templatetags.kern import datum

from ..models import Behoefte, Contactmoment, Doelstelling, Gehoord, Looptijd, Thema
from ..rules import Bereik
from ..states.draad import Actiestatus, Voorstelstatus
from .velden import DagInput, active_partners, wijken_of


class Lijstfilter(forms.Form):
    """The filters of a list. What makes no sense is left out; `pillen` are those that are on, each with its way out."""

    use_required_attribute = False
    zoekt_in: tuple[str, ...] = ()

    q = forms.CharField(label="Woord", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    wijk = forms.ModelChoiceField(
        label="Wijk", queryset=None, required=False, to_field_name="slug", empty_label="alle wijken"
    )

    def __init__(self, query: QueryDict, *, user: Gebruiker, reach: Bereik) -> None:
        super().__init__(query, auto_id="f_%s")
        self.user, self.query = user, query
        self.fields["wijk"].queryset = wijken_of(user, reach)
        self.prepare()
        self.is_valid()

    def prepare(self) -> None:
        """What a list has to do before its filters are read."""

    @property
    def gekozen(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", False)}

    def found(self, rows: QuerySet[Any], on: date) -> QuerySet[Any]:
        """The rows that all chosen filters let through."""
        for name, value in self.gekozen.items():
            rows = getattr(self, f"by_{name}")(rows, value, on)
        return rows

    def by_q(self, rows: QuerySet[Any], value: str, on: date) -> QuerySet[Any]:
        where = Q()
        for field in self.zoekt_in:
            where |= Q(**{f"{field}__icontains": value})
        return rows.filter(where)

    def by_wijk(self, rows: QuerySet[Any], value: Any, on: date) -> QuerySet[Any]:
        return rows.filter(wijk=value)

    @property
    def pillen(self) -> list[dict[str, str]]:
        found = []
        for name, value in self.gekozen.items():
            rest = self.query.copy()
            for gone in (name, "page", "voor", "vorm"):
                rest.pop(gone, None)
            found.append(
                {
                    "naam": str(self.fields[name].label),
                    "waarde": self._shown(name, value),
                    "href": f"?{rest.urlencode()}",
                }
            )
        return found

    def _shown(self, name: str, value: Any) -> str:
        if value is True:
            return "ja"
        if isinstance(value, date):
            return datum(value)
        return str(dict(getattr(self.fields[name], "choices", [])).get(value, value))

    @property
    def zonder_pagina(self) -> str:
        """The filters as a query string, to put something after."""
        rest = self.query.copy()
        for gone in ("page", "voor", "vorm"):
            rest.pop(gone, None)
        return f"{rest.urlencode()}&" if rest else ""


def choice(label: str, choices: Any, empty: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", empty), *choices], required=False)


def goal() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label="Doel",
        queryset=Doelstelling.objects.all(),
        required=False,
        to_field_name="code",
        empty_label="alle doelen",
    )


class MomentFilter(Lijstfilter):
    zoekt_in = ("adres", "notities", "samen_met", "gehoord__tekst")

    soort = choice("Soort", Contactmoment.Soort.choices, "alle soorten")
    thema = forms.ModelChoiceField(label="Thema", queryset=Thema.objects.all(), required=False, empty_label="alle")
    van = forms.DateField(label="Vanaf", required=False, widget=DagInput)
    tot = forms.DateField(label="Tot en met", required=False, widget=DagInput)
    open = forms.BooleanField(label="Er is nog iets te bekijken", required=False)

    def by_q(self, rows: Any, value: str, on: date) -> Any:
        heard = Gehoord.objects.filter(tekst__icontains=value).values("contactmoment")
        where = Q(adres__icontains=value) | Q(notities__icontains=value) | Q(samen_met__icontains=value)
        return rows.filter(where | Q(pk__in=heard))

    def by_soort(self, rows: Any, value: str, on: date) -> Any:
        return rows.filter(soort=value)

    def by_thema(self, rows: Any, value: Thema, on: date) -> Any:
        return rows.filter(pk__in=value.contactmomenten.values("pk"))

    def by_van(self, rows: Any, value: date, on: date) -> Any:
        return rows.filter(datum__gte=value)

    def by_tot(self, rows: Any, value: date, on: date) -> Any:
        return rows.filter(datum__lte=value)

    def by_open(self, rows: Any, value: bool, on: date) -> Any:
        return rows.filter(pk__in=Gehoord.objects.filter(werd=Gehoord.Werd.OPEN).values("contactmoment"))


class BehoefteFilter(Lijstfilter):
    zoekt_in = ("titel", "toelichting")

    herkomst = choice("Komt van", Behoefte.Herkomst.choices, "alles")
    doel = goal()

    def by_herkomst(self, rows: Any, value: str, on: date) -> Any:
        return rows.filter(herkomst=value)

    def by_doel(self, rows: Any, value: Any, on: date) -> Any:
        return rows.filter(pk__in=value.behoeften.values("pk"))


class VoorstelFilter(Lijstfilter):
    zoekt_in = ("titel", "voorstel")

    status = choice("Stand", Voorstelstatus.choices, "alle standen")
    doel = goal()
    laat = forms.BooleanField(label="Meningen of beslissing te laat", required=False)

    def by_status(self, rows: Any, value: str, on: date) -> Any:
        return rows.filter(status=value)

    def by_doel(self, rows: Any, value: Any, on: date) -> Any:
        return rows.filter(pk__in=value.actievoorstellen.values("pk"))

    def by_laat(self, rows: Any, value: bool, on: date) -> Any:
        return rows.filter(status=Voorstelstatus.OVERLEG, advies_tegen__lt=on)


STANDEN = [("lopend", "loopt of komt"), ("achter", "achter op plan"), ("opplan", "op plan"), *Actiestatus.choices]


class ActieFilter(Lijstfilter):
    zoekt_in = ("titel", "tekst", "budgetlijn")

    stand = choice("Stand", STANDEN, "alle standen")
    looptijd = choice("Looptijd", Looptijd.choices, "elke looptijd")
    doel = goal()
    partner = forms.ModelChoiceField(label="Partner", queryset=None, required=False, empty_label="alle partners")
    mijn = forms.BooleanField(label="Waarvan ik eigenaar ben", required=False)

    def prepare(self) -> None:
        self.fields["partner"].queryset = active_partners()

    def by_wijk(self, rows: Any, value: Any, on: date) -> Any:
        return rows.in_wijken([value.pk])

    def by_stand(self, rows: Any, value: str, on: date) -> Any:
        match value:
            case "lopend":
                return rows.running()
            case "achter":
                return rows.behind(on)
            case "opplan":
                return rows.on_plan(on)
        return rows.filter(status=value)

    def by_looptijd(self, rows: Any, value: str, on: date) -> Any:
        return rows.filter(looptijd=value)

    def by_doel(self, rows: Any, value: Any, on: date) -> Any:
        return rows.filter(pk__in=value.acties.values("pk"))

    def by_partner(self, rows: Any, value: Any, on: date) -> Any:
        return rows.filter(pk__in=value.actiepartners.values("actie"))

    def by_mijn(self, rows: Any, value: bool, on: date) -> Any:
        return rows.filter(eigenaar=self.user)
