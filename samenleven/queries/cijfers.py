"""The figures of a traject, for the page of everybody, that of staff and the yearly report: the same tables for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kern.historiek.tracking import event_model
from wijken.models import Bijeenkomst, Mixtelling
from wijken.states.bijeenkomst import VOORBIJ
from wijken.states.bijeenkomst import Status as Bijeenkomststatus

from ..activiteitsoorten import ACTIVITEIT, CODES, DIALOOG
from ..models import Aanbeveling, Bruggenbouwer, Domein, Gesprek, Gesprekstaal, Signaal, Traject
from ..rules import hide_small
from ..rules.klein import hide_in_table
from ..states.aanbeveling import Antwoord
from ..states.gesprek import GEHOUDEN, Status

# The address of a list: its name and its filters.
Lijst = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Cel:
    """A number of a table; `waarde` is None when it may not be shown. `lijst` is the list that it counts."""

    waarde: int | str | None
    lijst: Lijst | None = None

    @property
    def href(self) -> str:
        return f"{reverse(self.lijst[0])}?{urlencode(self.lijst[1])}" if self.lijst else ""


@dataclass(frozen=True)
class Tabel:
    """A table with its title; the first of each row is its name."""

    code: str
    titel: str
    kop: Sequence[str]
    rijen: Sequence[tuple[str, Sequence[Cel]]] = field(default_factory=list)
    uitleg: str = ""

    def lines(self) -> list[tuple[str, list[tuple[str, Cel]]]]:
        """The rows, each number with the heading of its column."""
        return [(naam, list(zip(self.kop[1:], cellen, strict=True))) for naam, cellen in self.rijen]

    def values(self) -> list[list[int | str | None]]:
        """The rows as a file has them; what may not be shown says so."""
        return [
            [naam, *(_("te weinig") if cel.waarde is None else cel.waarde for cel in cellen)]
            for naam, cellen in self.rijen
        ]


def years(today: date) -> list[int]:
    """The years of which there is something to tell, and this one; the newest first (four queries)."""
    known = {today.year}
    for rows, name in (
        (Gesprek.objects.held(), "datum"),
        (Aanbeveling.objects.all(), "voorgesteld_op"),
        (Bruggenbouwer.objects.filter(label_op__isnull=False), "label_op"),
        (_activities(None), "begin"),
    ):
        known |= set(rows.order_by().values_list(f"{name}__year", flat=True).distinct())
    return sorted((jaar for jaar in known if jaar <= today.year), reverse=True)


def of_traject(traject: Traject, jaar: int | None, aanbevelingen: QuerySet[Aanbeveling], today: date) -> list[Tabel]:
    """What was held and said in one traject, and what came of it (seven queries).

    Signals are told of the whole traject only: the difference of two years would tell what each of them hides.
    """
    return [
        by_wijk(traject, jaar),
        by_language(traject, jaar),
        signals(traject),
        answers_over_time(traject, aanbevelingen, today),
    ]


def of_city(jaar: int | None, today: date) -> list[Tabel]:
    """Activities, who came to them, and the labels, which belong to no traject (four queries)."""
    return [activities(jaar), mix(), labels(jaar, today)]


def standing(traject: Traject, jaar: int | None) -> dict[str, Cel]:
    """People, conversations held and planned (one query)."""
    held, planned = Q(status__in=sorted(GEHOUDEN)), Q(status=Status.GEPLAND)
    found = _conversations(traject, jaar).aggregate(
        personen=Sum("aanwezigen", filter=held, default=0),
        gehouden=Count("pk", filter=held),
        gepland=Count("pk", filter=planned),
    )
    return {
        "personen": Cel(found["personen"], _list(traject, jaar, status="gehouden")),
        "gehouden": Cel(found["gehouden"], _list(traject, jaar, status="gehouden")),
        "gepland": Cel(found["gepland"], _list(traject, jaar, status=Status.GEPLAND.value)),
    }


def by_wijk(traject: Traject, jaar: int | None) -> Tabel:
    """People reached and conversations by the wijk where they were, the most first (one query)."""
    rows = _held(traject, jaar).values("wijk", "wijk__naam").annotate(personen=Sum("aanwezigen"), n=Count("pk"))
    found = [
        _people(
            row["wijk__naam"] or _("heel de stad"),
            row["personen"],
            row["n"],
            _list(traject, jaar, status="gehouden", wijk=row["wijk"]) if row["wijk"] else None,
        )
        for row in rows.order_by("-personen", "wijk__naam")
    ]
    return Tabel(
        "wijken",
        _("Mensen bereikt per wijk"),
        [_("Wijk"), _("Mensen"), _("Gesprekken")],
        found,
        _("Wie twee keer kwam, telt twee keer."),
    )


def by_language(traject: Traject, jaar: int | None) -> Tabel:
    """The same by the language that was spoken (one query)."""
    names = dict(Gesprekstaal.choices)
    rows = _held(traject, jaar).values_list("taal").annotate(personen=Sum("aanwezigen"), n=Count("pk"))
    found = [
        _people(str(names[taal]), personen, n, _list(traject, jaar, status="gehouden", taal=taal))
        for taal, personen, n in rows.order_by("-personen", "taal")
    ]
    return Tabel("talen", _("Mensen bereikt per taal"), [_("Taal"), _("Mensen"), _("Gesprekken")], found)


def signals(traject: Traject) -> Tabel:
    """What was said, by wijk and domain; what is too small is hidden and follows from nothing (two queries)."""
    rows = Signaal.objects.filter(gesprek__traject=traject, domein__isnull=False).order_by()
    counted = list(rows.values_list("gesprek__wijk", "gesprek__wijk__naam", "domein").annotate(n=Count("pk")))
    wijken = sorted({(wijk is None, naam or "", wijk) for wijk, naam, _domein, _n in counted}, key=lambda row: row[:2])
    used = {row[2] for row in counted}
    domeinen = list(Domein.objects.filter(pk__in=used).order_by("volgorde", "naam"))
    number = {(wijk, domein): n for wijk, _naam, domein, n in counted}
    shown = hide_in_table([[number.get((wijk, d.pk), 0) for d in domeinen] for _leeg, _naam, wijk in wijken])
    base = {"traject": traject.pk}

    def cell(value: int | None, wijk: int | None, domein: int | None, *, whole: bool = False) -> Cel:
        """Without a wijk or a domain in the list there is nothing to filter on."""
        if not value or not domein or not (wijk or whole):
            return Cel(value)
        where = {**base, "domein": domein} if whole else {**base, "domein": domein, "wijk": wijk}
        return Cel(value, ("samenleven:signalen", where))

    columns: list[int | None] = [*(d.pk for d in domeinen), None]
    found = [
        (naam or _("heel de stad"), [cell(value, wijk, domein) for value, domein in zip(line, columns, strict=True)])
        for (_leeg, naam, wijk), line in zip(wijken, shown, strict=False)
    ]
    if found:
        found.append(
            (
                _("Samen"),
                [cell(value, None, domein, whole=True) for value, domein in zip(shown[-1], columns, strict=True)],
            )
        )
    return Tabel(
        "signalen",
        _("Wat er gezegd werd, per wijk en domein"),
        [_("Wijk"), *(d.naam for d in domeinen), _("Samen")],
        found,
        _("Over het hele traject. Minder dan 5 tonen we niet, en ook niets waaruit je dat kunt berekenen."),
    )


def answers_over_time(traject: Traject, aanbevelingen: QuerySet[Aanbeveling], today: date) -> Tabel:
    """How many recommendations stood at which answer at the end of each year, from the history (two queries)."""
    rows = dict(aanbevelingen.filter(traject=traject).order_by().values_list("pk", "voorgesteld_op"))
    history: dict[int, list[tuple[date, str]]] = {}
    events = event_model(Aanbeveling)._default_manager.filter(pgh_obj__in=rows, antwoord_op__isnull=False)
    for pk, antwoord, op in events.order_by("antwoord_op", "pgh_id").values_list("pgh_obj", "antwoord", "antwoord_op"):
        history.setdefault(pk, []).append((op, antwoord))
    found = []
    for jaar in range(min((day.year for day in rows.values()), default=today.year + 1), today.year + 1):
        end = min(date(jaar, 12, 31), today)
        states = [_answer_at(history.get(pk, ()), end) for pk, asked in rows.items() if asked <= end]
        now = jaar == today.year
        cells = [Cel(states.count(code.value), _asked(traject, code) if now else None) for code in Antwoord]
        naam = _("%(jaar)s (nu)") % {"jaar": jaar} if end < date(jaar, 12, 31) else str(jaar)
        found.append((naam, [*cells, Cel(len(states))]))
    return Tabel(
        "aanbevelingen",
        _("Aanbevelingen en wat de stad antwoordt"),
        [_("Einde van"), *(str(code.label) for code in Antwoord), _("Samen")],
        found,
        _("Hoe het stond op 31 december van elk jaar, en vandaag."),
    )


def activities(jaar: int | None) -> Tabel:
    """Activities and moments of dialogue: held, to come, called off, and who came (one query)."""
    held = Q(status__in=sorted(VOORBIJ))
    rows = _activities(jaar).order_by().values("soort")
    counted = {
        row["soort"]: row
        for row in rows.annotate(
            gehouden=Count("pk", filter=held),
            gepland=Count("pk", filter=Q(status=Bijeenkomststatus.AANGEKONDIGD)),
            afgelast=Count("pk", filter=Q(status=Bijeenkomststatus.AFGELAST)),
            mensen=Sum("aanwezigen", filter=held, default=0),
        )
    }
    found = [
        (
            str(soort.meervoud),
            [
                Cel(own["gehouden"], _meetings(soort.code, jaar, "geweest")),
                Cel(own["gepland"], _meetings(soort.code, jaar, Bijeenkomststatus.AANGEKONDIGD.value)),
                Cel(own["afgelast"], _meetings(soort.code, jaar, Bijeenkomststatus.AFGELAST.value)),
                Cel(own["mensen"], _meetings(soort.code, jaar, "geweest")),
            ],
        )
        for soort in (ACTIVITEIT, DIALOOG)
        if (own := counted.get(soort.code))
    ]
    kop = [_("Soort"), _("Gehouden"), _("Gepland"), _("Afgelast"), _("Mensen die kwamen")]
    return Tabel("activiteiten", _("Activiteiten"), kop, found)


def mix() -> Tabel:
    """Who came, as far as they were counted: of all years together, for the same reason as signals (one query)."""
    rows = Mixtelling.objects.filter(bijeenkomst__soort__in=CODES, bijeenkomst__status__in=sorted(VOORBIJ))
    counts: dict[str, list[tuple[str, int]]] = {}
    for kenmerk, groep, n in (
        rows.order_by("kenmerk", "groep").values_list("kenmerk", "groep").annotate(n=Sum("aantal"))
    ):
        counts.setdefault(kenmerk, []).append((groep, n))
    labels_of = dict(Mixtelling.Kenmerk.choices)
    found = [
        (f"{labels_of[kenmerk]}: {groep}", [Cel(seen)])
        for kenmerk, groups in counts.items()
        for (groep, _n), seen in zip(groups, hide_small([n for _groep, n in groups]), strict=True)
    ]
    return Tabel(
        "mix",
        _("Wie naar activiteiten kwam"),
        [_("Groep"), _("Mensen")],
        found,
        _("Geteld over alle jaren samen, nooit per persoon. Minder dan 5 tonen we niet."),
    )


def labels(jaar: int | None, today: date) -> Tabel:
    """Labels 100% Genks: given (in that year), and valid on that day (two queries)."""
    given = Bruggenbouwer.objects.filter(label_op__isnull=False, **({"label_op__year": jaar} if jaar else {}))
    filters = {"label": "gegeven", **({"jaar": jaar} if jaar else {})}
    # Of an earlier day too: whoever got it later had none then.
    valid = Bruggenbouwer.objects.with_label(today).filter(label_op__lte=today).count()
    valid_list: Lijst = ("samenleven:brug_lijst", {"label": "geldig"})
    return Tabel(
        "labels",
        _("Label 100% Genks"),
        [_("Label"), _("Mensen")],
        [
            (_("gegeven"), [Cel(given.count(), ("samenleven:brug_lijst", filters))]),
            (_("geldig op %(dag)s") % {"dag": date_format(today, "j F Y")}, [Cel(valid, valid_list)]),
        ],
    )


def _answer_at(history: Sequence[tuple[date, str]], end: date) -> str:
    """The last answer given by that day, of a history that begins with the first."""
    return next((antwoord for op, antwoord in reversed(history) if op <= end), Antwoord.WACHT.value)


def _people(naam: str, personen: int | None, n: int, lijst: Lijst | None) -> tuple[str, list[Cel]]:
    return naam, [Cel(personen or 0, lijst), Cel(n, lijst)]


def _conversations(traject: Traject, jaar: int | None) -> QuerySet[Gesprek]:
    rows = Gesprek.objects.filter(traject=traject)
    return rows.filter(datum__year=jaar) if jaar else rows


def _held(traject: Traject, jaar: int | None) -> QuerySet[Gesprek]:
    return _conversations(traject, jaar).filter(status__in=sorted(GEHOUDEN)).order_by()


def _activities(jaar: int | None) -> QuerySet[Bijeenkomst]:
    rows = Bijeenkomst.objects.filter(soort__in=CODES).exclude(status=Bijeenkomststatus.CONCEPT)
    return rows.filter(begin__year=jaar) if jaar else rows


def _list(traject: Traject, jaar: int | None, **filters: Any) -> Lijst:
    return "samenleven:gesprekken", {"traject": traject.pk, **({"jaar": jaar} if jaar else {}), **filters}


def _asked(traject: Traject, antwoord: Antwoord) -> Lijst:
    return "samenleven:aanbevelingen_werk", {"traject": traject.pk, "antwoord": antwoord.value}


def _meetings(soort: str, jaar: int | None, status: str) -> Lijst:
    period = {"van": f"{jaar}-01-01", "tot": f"{jaar}-12-31"} if jaar else {}
    return "wijken:staff_meetings", {"periode": "alles", "status": status, "soort": soort, **period}


def links_for(tabellen: Sequence[Tabel], may: Callable[[str], bool]) -> list[Tabel]:
    """The same tables, with only those links whose list shows all that is counted to who looks."""
    return [
        Tabel(
            tabel.code,
            tabel.titel,
            tabel.kop,
            [
                (naam, [Cel(c.waarde, c.lijst if c.lijst and c.waarde and may(c.lijst[0]) else None) for c in cellen])
                for naam, cellen in tabel.rijen
            ],
            tabel.uitleg,
        )
        for tabel in tabellen
    ]
