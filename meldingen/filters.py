"""The filters of the staff lists, as they stand in the URL. Each field with something to miss offers “geen”."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kern.gebruikers.models import Gebruiker
from kern.templatetags.kern import datum
from wijken.models import Partner, Team, Wijk

from .models import Categorie, Melding, Partneropdracht
from .models.categorie import Prioriteit
from .models.melding import MeldingQuerySet
from .states import Sluitreden, Status

NONE = "geen"
PLACES = ("na", "voor")
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


def _categories() -> list[Any]:
    """Main categories, each with what is below it."""
    rows = Categorie.objects.select_related("hoofdcategorie").order_by(
        "hoofdcategorie__volgorde", "hoofdcategorie__naam", "volgorde", "naam"
    )
    main = [(str(row.pk), row.naam) for row in rows if row.hoofdcategorie is None]
    subs = groupby((row for row in rows if row.hoofdcategorie), key=lambda row: row.hoofdcategorie)
    below = {str(top.pk): [(str(row.pk), row.naam) for row in group] for top, group in subs if top}
    return [
        (naam, [(pk, _("Alles van %(naam)s") % {"naam": naam}), *below[pk]]) if pk in below else (pk, naam)
        for pk, naam in main
    ]


def _or_none(label: Any, rows: Any) -> list[Any]:
    return [(NONE, label), *((str(pk), naam) for pk, naam in rows.values_list("pk", "naam"))]


def _wijken() -> list[Any]:
    return _or_none(_("geen wijk"), Wijk.objects.all())


def _teams() -> list[Any]:
    return _or_none(_("geen team"), Team.objects.filter(is_actief=True))


def _partners() -> list[Any]:
    return [(str(pk), naam) for pk, naam in Partner.objects.active().values_list("pk", "naam")]


def _handlers() -> list[Any]:
    return _or_none(_("geen behandelaar"), Gebruiker.objects.filter(is_active=True, groups__isnull=False).distinct())


class KeuzeFilter(django_filters.MultipleChoiceFilter):
    """Several values of one field, as tick boxes; a report has to match one of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.CheckboxSelectMultiple, "distinct": False, "null_value": NONE, **kwargs})


class MeldingFilter(django_filters.FilterSet):
    """Which reports a list shows. `on` is today."""

    status = KeuzeFilter(label=_("Status"), choices=Status.choices)
    categorie = KeuzeFilter(label=_("Categorie"), choices=_categories, method="in_categories")
    wijk = KeuzeFilter(label=_("Wijk"), choices=_wijken)
    team = KeuzeFilter(label=_("Team"), choices=_teams)
    behandelaar = KeuzeFilter(label=_("Behandelaar"), choices=_handlers)
    termijn = KeuzeFilter(
        label=_("Termijn"),
        choices=[
            ("laat", _("te laat")),
            ("vandaag", _("vandaag")),
            ("week", _("deze week")),
            (NONE, _("geen lopende termijn")),
        ],
        method="in_term",
    )
    prioriteit = KeuzeFilter(label=_("Prioriteit"), choices=Prioriteit.choices)
    partner = KeuzeFilter(label=_("Bij partner"), choices=_partners, method="at_partner")
    bron = KeuzeFilter(label=_("Bron"), choices=Melding.Bron.choices)
    reden = KeuzeFilter(label=_("Afsluitreden"), choices=Sluitreden.choices, field_name="sluitreden")
    plaats = KeuzeFilter(
        label=_("Plaats"),
        choices=[("kaart", _("op de kaart")), (NONE, _("geen plaats op de kaart"))],
        method="with_place",
    )
    van = django_filters.DateFilter(
        label=_("Ontvangen vanaf"), method="received_from", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    tot = django_filters.DateFilter(
        label=_("Ontvangen tot en met"), method="received_to", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    class Meta:
        model = Melding
        fields: list[str] = []

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        if "partner" not in self.data and Status.BIJ_PARTNER not in self.data.getlist("status"):
            del self.form.fields["partner"]  # who is not looking at partners need not fetch their names
        for field in self.form.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.choices = list(field.choices)  # fetched once, for checking, pills and page alike
        self.is_valid()

    def in_categories(self, rows: MeldingQuerySet, name: str, values: list[str]) -> MeldingQuerySet:
        """In one of the categories, or below it."""
        return rows.filter(Q(categorie__in=values) | Q(categorie__hoofdcategorie__in=values)) if values else rows

    def in_term(self, rows: MeldingQuerySet, name: str, values: list[str]) -> MeldingQuerySet:
        """By the first clock that still runs; “deze week” runs from today to Sunday."""
        on, chosen = self.on, Q(pk__in=[])
        sunday = on + timedelta(days=6 - on.weekday())
        parts = {
            "laat": Q(volgende_termijn__lt=on),
            "vandaag": Q(volgende_termijn=on),
            "week": Q(volgende_termijn__gte=on, volgende_termijn__lte=sunday),
            NONE: Q(volgende_termijn__isnull=True),
        }
        for value in values:
            chosen |= parts[value]
        return rows.filter(chosen) if values else rows

    def at_partner(self, rows: MeldingQuerySet, name: str, values: list[str]) -> MeldingQuerySet:
        """With one of these partners now: the open tasks are few, so the database begins there."""
        if not values:
            return rows
        tasks = Partneropdracht.objects.open().filter(partner__in=values)
        return rows.filter(status=Status.BIJ_PARTNER, pk__in=tasks.values("melding"))

    def with_place(self, rows: MeldingQuerySet, name: str, values: list[str]) -> MeldingQuerySet:
        return rows.filter(plaats__isnull=values == [NONE]) if len(values) == 1 else rows

    def received_from(self, rows: MeldingQuerySet, name: str, day: date) -> MeldingQuerySet:
        return rows.filter(ontvangen_op__gte=_midnight(day))

    def received_to(self, rows: MeldingQuerySet, name: str, day: date) -> MeldingQuerySet:
        return rows.filter(ontvangen_op__lt=_midnight(min(day, LATEST) + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    """The start of a day; of one that no report can have, the nearest that the database knows."""
    day = min(max(day, EARLIEST), LATEST)
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Pil:
    """One filter that is on: its name, its value, and the page without it."""

    naam: Any
    waarde: Any
    href: str


def without(query: QueryDict, name: str, value: str = "") -> str:
    """The page without one value of a filter, from its start."""
    rest = query.copy()
    kept = [other for other in rest.getlist(name) if value and other != value]
    rest.setlist(name, kept)
    for place in (*PLACES, *(() if kept else (name,))):
        rest.pop(place, None)
    return f"?{rest.urlencode()}"


def pills(filterset: MeldingFilter) -> list[Pil]:
    """The filters that are on, in the order of the form."""
    rows = []
    for name, field in filterset.form.fields.items():
        value = filterset.form.cleaned_data.get(name) if filterset.form.is_bound else None
        if isinstance(value, list):
            words = {str(key): label for key, label in _flat(field.choices)}
            rows += [Pil(field.label, words[one], without(filterset.data, name, one)) for one in value]
        elif value:
            rows.append(Pil(field.label, datum(value), without(filterset.data, name)))
    return rows


def _flat(choices: Any) -> Any:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
