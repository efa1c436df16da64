"""The filters of the staff lists, as they stand in the URL. Each field with something to miss offers “geen”."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

import django_filters
from django import forms
from django.db import connection
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kern.gebruikers.models import Gebruiker
from kern.keuzes import CheckboxSelectMultiple
from kern.templatetags.kern import datum
from wijken.models import Partner, Team, Wijk

from .models import Categorie, Label, Melding, MeldingLabel, Partneropdracht
from .models.beloften import ENDED, breaking, open_late
from .models.categorie import Prioriteit
from .models.kaartvak import KaartvakQuerySet
from .models.melding import MeldingQuerySet
from .queries.cijfers import AGE_NAMES, AGES, received_between
from .states import Sluitreden, Status

NONE = "geen"
PLACES = ("na", "voor", "bij")
# The filters that the kept cells of the map can answer too.
KNOWN_TO_CELLS = frozenset({"status", "categorie", "wijk", "team"})
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


# The filters whose choices are rows: the words for having none (if one can ask for that), and the rows.
SOURCES: dict[str, tuple[Any, Callable[[], QuerySet[Any]]]] = {
    "wijk": (_("geen wijk"), lambda: Wijk.objects.all()),
    "team": (_("geen team"), lambda: Team.objects.all()),
    "behandelaar": (
        _("geen behandelaar"),
        lambda: Gebruiker.objects.filter(is_active=True, pk__in=Gebruiker.groups.through.objects.values("gebruiker")),
    ),
    "label": (_("geen label"), lambda: Label.objects.all()),
    "partner": (None, lambda: Partner.objects.active()),
}


def _choices(names: AbstractSet[str]) -> dict[str, list[Any]]:
    """What can be chosen in these of `SOURCES` and among the categories (one query; none for no names)."""
    found: dict[str, list[Any]] = {name: [] for name in names}
    if not names:
        return found
    with connection.cursor() as cursor:
        cursor.execute(*_choices_asked(frozenset(names)))
        for name, _reeks, naam, pk, boven in sorted(cursor.fetchall(), key=lambda row: row[:3]):
            found[name].append(_Rij(pk, naam, boven))
    return {
        name: _categories(rows) if name == "categorie" else _or_none(SOURCES[name][0], rows)
        for name, rows in found.items()
    }


@cache
def _choices_asked(names: frozenset[str]) -> tuple[str, Any]:
    """The statement that reads the choices of these: the same whatever is in them, so it is written once."""
    kinds = Categorie.objects.order_by().annotate(
        reeks=F("volgorde"), boven=Coalesce("hoofdcategorie", 0, output_field=BigIntegerField())
    )
    parts = [kinds.values_list(Value("categorie"), "reeks", "naam", "pk", "boven")] if "categorie" in names else []
    for name, (_label, rows) in SOURCES.items():
        if name in names:
            parts.append(rows().order_by().values_list(Value(name), Value(0), "naam", "pk", Value(0)))
    first, *rest = parts
    sql, params = first.union(*rest, all=True).query.sql_with_params()
    return sql, params


class _Rij(NamedTuple):
    pk: int
    naam: str
    boven: int


def _categories(rows: list[_Rij]) -> list[Any]:
    """Main categories, each with what is below it."""
    below: dict[int, list[Any]] = {}
    for row in rows:
        below.setdefault(row.boven, []).append((str(row.pk), row.naam))
    return [
        (naam, [(pk, _("Alles van %(naam)s") % {"naam": naam}), *below[int(pk)]]) if int(pk) in below else (pk, naam)
        for pk, naam in below.get(0, [])
    ]


def _or_none(label: Any, rows: list[_Rij]) -> list[Any]:
    none = [] if label is None else [(NONE, label)]
    return [*none, *((str(row.pk), row.naam) for row in rows)]


class KeuzeFilter(django_filters.MultipleChoiceFilter):
    """Several values of one field, as tick boxes; a report has to match one of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": CheckboxSelectMultiple, "distinct": False, "null_value": NONE, **kwargs})


class DagFilter(django_filters.DateFilter):
    """A day as a browser gives it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.DateInput({"type": "date"}, "%Y-%m-%d"), **kwargs})


class MeldingFilter(django_filters.FilterSet):
    """Which reports a list shows. `on` is today; `like` is another such filter, of which it takes the choices over."""

    status = KeuzeFilter(label=_("Status"), choices=Status.choices)
    categorie = KeuzeFilter(label=_("Categorie"), method="in_categories")
    wijk = KeuzeFilter(label=_("Wijk"))
    team = KeuzeFilter(label=_("Team"))
    behandelaar = KeuzeFilter(label=_("Behandelaar"))
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
    partner = KeuzeFilter(label=_("Bij partner"), method="at_partner")
    bron = KeuzeFilter(label=_("Bron"), choices=Melding.Bron.choices)
    reden = KeuzeFilter(label=_("Afsluitreden"), choices=Sluitreden.choices, field_name="sluitreden")
    label = KeuzeFilter(label=_("Label"), method="with_label")
    plaats = KeuzeFilter(
        label=_("Plaats"),
        choices=[("kaart", _("op de kaart")), (NONE, _("geen plaats op de kaart"))],
        method="with_place",
    )
    toestand = KeuzeFilter(
        label=_("Open of afgesloten"),
        choices=[("open", _("open")), ("afgesloten", _("afgesloten"))],
        method="open_or_closed",
    )
    belofte = KeuzeFilter(
        label=_("Belofte"),
        choices=[
            ("breekt", _("breekt deze week")),
            ("laat", _("open en gebroken")),
            ("gehouden", _("afgesloten: gehouden")),
            ("verzet", _("afgesloten: op tijd verzet")),
            ("gebroken", _("afgesloten: gebroken")),
        ],
        method="by_promise",
    )
    leeftijd = KeuzeFilter(label=_("Hoe lang open"), choices=list(AGE_NAMES.items()), method="by_age")
    heropend = KeuzeFilter(
        label=_("Heropend"),
        choices=[("ja", _("heropend")), ("nee", _("afgesloten en nooit heropend"))],
        method="reopened",
    )
    tevreden = KeuzeFilter(
        label=_("Tevreden"), choices=[("ja", _("tevreden")), ("nee", _("niet tevreden"))], method="content"
    )
    van = DagFilter(label=_("Ontvangen vanaf"), method="day_from")
    tot = DagFilter(label=_("Ontvangen tot en met"), method="day_to")
    afgesloten_van = DagFilter(label=_("Afgesloten vanaf"), method="day_from")
    afgesloten_tot = DagFilter(label=_("Afgesloten tot en met"), method="day_to")
    beoordeeld_van = DagFilter(label=_("Beoordeeld vanaf"), method="day_from")
    beoordeeld_tot = DagFilter(label=_("Beoordeeld tot en met"), method="day_to")

    class Meta:
        model = Melding
        fields: list[str] = []

    def __init__(self, *args: Any, on: date, like: MeldingFilter | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        if "partner" not in self.data and Status.BIJ_PARTNER not in self.data.getlist("status"):
            del self.form.fields["partner"]  # who is not looking at partners need not fetch their names
        # Fetched once, for checking, pills and page alike.
        self.found: dict[str, list[Any]] = dict(like.found) if like else {}
        self.found |= _choices({"categorie", *SOURCES} & self.form.fields.keys() - self.found.keys())
        for name, field in self.form.fields.items():
            if isinstance(field, forms.ChoiceField):
                field.choices = self.found.get(name, field.choices)
        self.is_valid()

    def cells(self, rows: KaartvakQuerySet) -> KaartvakQuerySet | None:
        """The same filters on the kept cells of the map; None when one of them asks what the cells do not know."""
        for name, value in self.form.cleaned_data.items():
            if not value:
                continue
            if name not in KNOWN_TO_CELLS:
                return None
            rows = self.filters[name].filter(rows, value)
        return rows

    def in_categories(self, rows: Any, name: str, values: list[str]) -> Any:
        """In one of the categories, or below it."""
        if not values:
            return rows
        chosen = {int(value) for value in values}
        for option in self.found["categorie"]:
            if isinstance(option[1], list) and int(option[1][0][0]) in chosen:
                chosen.update(int(pk) for pk, _naam in option[1])
        # The numbers themselves: along the index of the category, and known to be few or many.
        return rows.filter(categorie__in=sorted(chosen))

    def in_term(self, rows: MeldingQuerySet, name: str, values: list[str]) -> MeldingQuerySet:
        """By the first clock that still runs; “deze week” runs from today to Sunday."""
        sunday = self.on + timedelta(days=6 - self.on.weekday())
        parts = {
            "laat": Q(volgende_termijn__lt=self.on),
            "vandaag": Q(volgende_termijn=self.on),
            "week": Q(volgende_termijn__gte=self.on, volgende_termijn__lte=sunday),
            NONE: Q(volgende_termijn__isnull=True),
        }
        # What has a term is open: said aloud, the index of the open ones can be used.
        return _one_of(rows.open() if values and NONE not in values else rows, values, parts)

    def at_partner(self, rows: MeldingQuerySet, name: str, values: list[str]) -> MeldingQuerySet:
        """With one of these partners now: the open tasks are few, so the database begins there."""
        if not values:
            return rows
        tasks = Partneropdracht.objects.open().filter(partner__in=values)
        return rows.filter(status=Status.BIJ_PARTNER, pk__in=tasks.values("melding"))

    def with_place(self, rows: MeldingQuerySet, name: str, values: list[str]) -> MeldingQuerySet:
        return rows.filter(plaats__isnull=values == [NONE]) if len(values) == 1 else rows

    def with_label(self, rows: MeldingQuerySet, name: str, values: list[str]) -> MeldingQuerySet:
        """With one of the labels, or without any."""
        if not values:
            return rows
        hung = MeldingLabel.objects.filter(melding=OuterRef("pk"))
        chosen = Q(Exists(hung.filter(label__in=[value for value in values if value != NONE])))
        return rows.filter(chosen | ~Q(Exists(hung)) if NONE in values else chosen)

    def open_or_closed(self, rows: MeldingQuerySet, name: str, values: list[str]) -> MeldingQuerySet:
        if len(values) != 1:
            return rows
        return rows.open() if values == ["open"] else rows.filter(status=Status.AFGESLOTEN)

    def by_promise(self, rows: MeldingQuerySet, name: str, values: list[str]) -> MeldingQuerySet:
        """How the promise ended, or stands: “breekt deze week” runs from today to Sunday."""
        sunday = self.on + timedelta(days=6 - self.on.weekday())
        return _one_of(rows, values, {"breekt": breaking(self.on, sunday), "laat": open_late(self.on), **ENDED})

    def by_age(self, rows: MeldingQuerySet, name: str, values: list[str]) -> MeldingQuerySet:
        """Open reports by how long ago they came in."""
        parts = {code: received_between(self.on, *days) for code, days in AGES.items()}
        return _one_of(rows.open(), values, parts) if values else rows

    def reopened(self, rows: MeldingQuerySet, name: str, values: list[str]) -> MeldingQuerySet:
        parts = {"ja": Q(keren_heropend__gt=0), "nee": Q(keren_heropend=0, status=Status.AFGESLOTEN)}
        return _one_of(rows, values, parts)

    def content(self, rows: MeldingQuerySet, name: str, values: list[str]) -> MeldingQuerySet:
        return _one_of(rows, values, {"ja": Q(tevreden=True), "nee": Q(tevreden=False)})

    def day_from(self, rows: MeldingQuerySet, name: str, day: date) -> MeldingQuerySet:
        return rows.filter(**{f"{_moment(name)}__gte": _midnight(day)})

    def day_to(self, rows: MeldingQuerySet, name: str, day: date) -> MeldingQuerySet:
        return rows.filter(**{f"{_moment(name)}__lt": _midnight(min(day, LATEST) + timedelta(days=1))})


def _moment(name: str) -> str:
    """The field that a filter by day looks at."""
    return f"{name.partition('_')[0] if '_' in name else 'ontvangen'}_op"


def _one_of(rows: MeldingQuerySet, values: list[str], parts: Mapping[Any, Q]) -> MeldingQuerySet:
    """The rows of any of the chosen parts; all of them when nothing is chosen."""
    chosen = Q(pk__in=[])
    for value in values:
        chosen |= parts[value]
    return rows.filter(chosen) if values else rows


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
