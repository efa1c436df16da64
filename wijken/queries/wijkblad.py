"""The staff page of a wijk: everything that is open there in one query, and the map of silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, CharField, DateField, Exists, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Left
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from kern.gebruikers.models import Gebruiker
from kern.grafiek.tekenen import Staaf, Staven

from ..models import (
    Actie,
    Actievoorstel,
    Afspraak,
    Behoefte,
    Contactmoment,
    Gehoord,
    Halfjaarverslag,
    Mijlpaal,
    Overdracht,
    Partnerrol,
    Programmapunt,
    Samenwerkingsovereenkomst,
    Wijk,
)
from ..registry import Agendaregel, agenda_sources
from ..rules import MIN_FOUND, MIN_INHABITANTS, SILENCE_DAYS, SOON_DAYS, Bereik
from ..states.draad import Behoeftestatus, Mijlpaalstatus, Voorstelstatus
from ..states.netwerk import Overeenkomststatus, Verslagstatus
from ..states.overdracht import Overdrachtstatus
from ..werkbronnen import Regel, Stiltebron, Wijkwerk, silence_sources, work_sources

AGENDA_DAYS, AGENDA_SHOWN = 14, 12
TITLE = 160
QUIETEST, NAME = 10, 20


class Soort(NamedTuple):
    """A kind of open work: its name for one and for many, its page, and whether its day can pass."""

    een: str
    meer: str
    url: str
    heeft_dag: bool = True


SOORTEN = {
    "mijlpaal": Soort("mijlpaal", "mijlpalen", "wijken:action"),
    "actie": Soort("actie", "acties", "wijken:action"),
    "afspraak": Soort("afspraak", "afspraken", "wijken:task"),
    "programma": Soort("afspraak in het programma", "afspraken in het programma", "wijken:impuls_item"),
    "verslag": Soort("halfjaarverslag", "halfjaarverslagen", "wijken:agreement"),
    "voorstel": Soort("actievoorstel", "actievoorstellen", "wijken:proposal"),
    "behoefte": Soort("behoefte", "behoeften", "wijken:need", heeft_dag=False),
    "gehoord": Soort("wat je hoorde", "dingen die je hoorde", "wijken:moment", heeft_dag=False),
    "overeenkomst": Soort("overeenkomst", "overeenkomsten", "wijken:agreement", heeft_dag=False),
}
MOMENT = Soort("contactmoment", "contactmomenten", "wijken:moment")
# What a day means where it is not the day to be ready.
ENDS = {"overeenkomst": "loopt af", "verslag": "verwacht", "voorstel": "meningen verwacht"}
# The source of the shared agenda that has these days: the staff page of a wijk lists them by itself.
TERMS = "termijnen"
# What somebody promised, to a partner, to a colleague or to the wijk.
PROMISES = frozenset({"afspraak", "programma", "mijlpaal"})
SIGNALS = frozenset({"behoefte", "gehoord"})


@dataclass(frozen=True)
class Openwerk:
    """All that is open in a wijk, by kind, what is due first on top."""

    per_soort: dict[str, list[Regel]]
    on: date

    def _all(self, kinds: frozenset[str] | None = None) -> list[Regel]:
        rows = [row for kind, found in self.per_soort.items() if kinds is None or kind in kinds for row in found]
        return sorted(rows, key=lambda row: (row.tegen is None, row.tegen or self.on, row.titel))

    @property
    def laat(self) -> list[Regel]:
        return [row for row in self._all() if row.laat]

    @property
    def beloften(self) -> list[Regel]:
        """What was promised with a day that is still to come."""
        return [row for row in self._all(PROMISES) if not row.laat and row.tegen]

    @property
    def signalen(self) -> list[Regel]:
        return self._all(SIGNALS)

    @property
    def groepen(self) -> list[tuple[str, list[Regel]]]:
        """Per kind its name and its rows, for a list of everything."""
        return [
            (SOORTEN[kind].een if len(rows) == 1 else SOORTEN[kind].meer, rows)
            for kind, rows in self.per_soort.items()
            if rows
        ]

    @property
    def aantal(self) -> int:
        return sum(len(rows) for rows in self.per_soort.values())


def open_work(wijk: Wijk, user: Gebruiker, reach: Bereik, on: date) -> Openwerk:
    """Everything that is open in a wijk as far as this person may see it (one query, whatever there is).

    Of needs only those that nobody decided about: what comes of the others are proposals and actions.
    """
    found: dict[str, list[Regel]] = {kind: [] for kind in SOORTEN}
    for kind, pk, title, day, who_does in _together(_parts(wijk, user, reach)):
        soort = SOORTEN[kind]
        late = bool(soort.heeft_dag and day and day < on)
        found[kind].append(Regel(soort.een, title, reverse(soort.url, args=[pk]), day, who_does or "", late))
    return Openwerk(found, on)


def due_between(
    user: Gebruiker, reach: Bereik, wijk: Wijk | None, since: datetime, until: datetime
) -> list[Agendaregel]:
    """What is due in these days in a wijk, or in all this person may see, for the shared agenda (one query).

    Signals have no day to be done by; planned contact moments have one.
    """
    moments = Contactmoment.objects.visible_to(user, reach)
    moments = moments.filter(wijk=wijk) if wijk else moments
    parts = [part for part in _parts(wijk, user, reach) if part.kind not in SIGNALS]
    parts.append(Deel("moment", moments, "pk", _moment_title(), "datum", None))
    first, last = timezone.localtime(since).date(), timezone.localtime(until).date()
    found = []
    for kind, pk, title, day, who_does in _together(parts, first, last):
        begin = timezone.make_aware(datetime.combine(day, time.min))
        soort = SOORTEN.get(kind, MOMENT)
        found.append(
            Agendaregel(
                begin=begin,
                einde=begin,
                titel=title,
                url=reverse(soort.url, args=[pk]),
                soort=soort.een if kind == "moment" else f"{soort.een}, {ENDS.get(kind, 'klaar tegen')}",
                waar=who_does or "",
                heel_de_dag=True,
                wijken=(wijk.naam,) if wijk else (),
            )
        )
    return found


class Deel(NamedTuple):
    """The rows of one kind, and from where its number, title, day and person come."""

    kind: str
    rows: QuerySet[Any]
    number: str
    title: Any
    day: str | None
    who: Any


def _parts(wijk: Wijk | None, user: Gebruiker, reach: Bereik) -> list[Deel]:
    """What is open of each kind, in a wijk or in all that this person may see."""
    here = {"wijk": wijk} if wijk else {}
    acties = Actie.objects.visible_to(user, reach).running()
    acties = acties.in_wijken([wijk.pk]) if wijk else acties
    points = Mijlpaal.objects.filter(status=Mijlpaalstatus.OPEN, actie__in=acties.values("pk"))
    tasks = Afspraak.objects.visible_to(user, reach).open().filter(**here)
    programme = Programmapunt.objects.visible_to(user, reach).open().filter(**here)
    going = [Overeenkomststatus.ONTWERP, Overeenkomststatus.LOPEND]
    agreements = Samenwerkingsovereenkomst.objects.visible_to(user, reach).filter(status__in=going)
    if wijk:
        through = Samenwerkingsovereenkomst.wijken.through.objects
        agreements = agreements.filter(Exists(through.filter(samenwerkingsovereenkomst=OuterRef("pk"), wijk=wijk)))
    asked = [Verslagstatus.GEVRAAGD, Verslagstatus.INGEDIEND]
    reports = Halfjaarverslag.objects.filter(status__in=asked, overeenkomst__in=agreements.values("pk"))
    waiting = [Voorstelstatus.CONCEPT, Voorstelstatus.OVERLEG]
    proposals = Actievoorstel.objects.visible_to(user, reach).filter(status__in=waiting, **here)
    needs = Behoefte.objects.visible_to(user, reach).filter(status=Behoeftestatus.CONCEPT, **here)
    seen = Contactmoment.objects.visible_to(user, reach).filter(**here)
    heard = Gehoord.objects.filter(werd=Gehoord.Werd.OPEN, contactmoment__in=seen.values("pk"))
    of_partner = "overeenkomst__partner__naam"
    return [
        Deel("mijlpaal", points, "actie_id", _with_action(), "uiterlijk", "actie__eigenaar__naam"),
        Deel("actie", acties, "pk", "titel", "einde", "eigenaar__naam"),
        Deel("afspraak", tasks, "pk", "wat", "uiterlijk", Coalesce("partner__naam", "collega__naam")),
        Deel("programma", programme, "pk", "titel", "tegen", "wie"),
        Deel("verslag", reports, "overeenkomst_id", "overeenkomst__titel", "uiterlijk", of_partner),
        Deel("voorstel", proposals, "pk", "titel", "advies_tegen", "gemaakt_door__naam"),
        Deel("behoefte", needs, "pk", "titel", None, "gemaakt_door__naam"),
        Deel("gehoord", heard, "contactmoment_id", "tekst", "contactmoment__datum", None),
        Deel("overeenkomst", agreements, "pk", "titel", "tot", "partner__naam"),
    ]


def _together(parts: list[Deel], first: date | None = None, last: date | None = None) -> QuerySet[Any]:
    """All of it in one query, what is due first on top; with days only what is due then, the last left out."""
    lines = [_lines(part, first, last) for part in parts]
    return lines[0].union(*lines[1:], all=True).order_by("werkdag", "werktitel")


def _with_action() -> Concat:
    """A milestone with its action: “Klaar” alone says little."""
    return Concat("actie__titel", Value(": "), "titel")


def _moment_title() -> Concat:
    """The kind of a contact moment in words, with its wijk."""
    names = [When(soort=kind.value, then=Value(str(kind.label).capitalize())) for kind in Contactmoment.Soort]
    return Concat(Case(*names, default=Value("")), Value(" in "), "wijk__naam", output_field=CharField())


def _lines(part: Deel, first: date | None, last: date | None) -> QuerySet[Any]:
    """One kind as rows of the same five columns."""
    nobody = Value("", CharField())
    day = Cast(part.day, DateField()) if part.day else Cast(Value(None), DateField())
    rows: Any = part.rows.order_by().annotate(
        werksoort=Value(part.kind, CharField()),
        werktitel=Left(Cast(part.title, CharField()), TITLE),
        werkdag=day,
        werkwie=Cast(Coalesce(part.who, nobody) if part.who is not None else nobody, CharField()),
    )
    if first and last and part.day:
        rows = rows.filter(**{f"{part.day}__gte": first, f"{part.day}__lt": last})
    lines: QuerySet[Any] = rows.values_list("werksoort", part.number, "werktitel", "werkdag", "werkwie")
    return lines


@dataclass(frozen=True)
class Wijkblad:
    """Everything on the staff page of a wijk."""

    werk: Openwerk
    agenda: list[Agendaregel]
    partners: list[Partnerrol]
    andere: list[Wijkwerk]
    binnenkort: list[Regel] = field(default_factory=list)


def staff_page(wijk: Wijk, user: Gebruiker, reach: Bereik, on: date) -> Wijkblad:
    """What the team of a wijk looks at every day (two queries, and those of the agenda and of other rooms)."""
    work = open_work(wijk, user, reach, on)
    soon = on + timedelta(days=SOON_DAYS)
    return Wijkblad(
        werk=work,
        agenda=coming(wijk, user, reach, on),
        partners=partners_of(wijk, on),
        andere=[source.stand(wijk, user, reach, on) for source in work_sources()],
        binnenkort=[row for row in work.beloften if row.tegen and row.tegen <= soon],
    )


def coming(
    wijk: Wijk, user: Gebruiker, reach: Bereik, on: date, days: int = AGENDA_DAYS, *, overdracht: bool = False
) -> list[Agendaregel]:
    """What stands in the shared agenda of the wijk in the coming days; for a hand-over, what a successor must know."""
    since = timezone.make_aware(datetime.combine(on, time.min))
    until = since + timedelta(days=days)
    sources = [row for row in agenda_sources() if row.code != TERMS and (row.bij_overdracht or not overdracht)]
    rows = [row for source in sources for row in source.regels(user, reach, wijk, since, until)]
    return sorted(rows, key=lambda row: (row.begin, row.titel))[:AGENDA_SHOWN]


def partners_of(wijk: Wijk, on: date) -> list[Partnerrol]:
    """What partners are in the wijk today, public or not (one query)."""
    rows = Partnerrol.objects.on(on).filter(wijk=wijk, partner__is_actief=True)
    return list(rows.select_related("partner").order_by("partner__naam", "rol"))


def with_handover(rows: QuerySet[Wijk]) -> QuerySet[Any]:
    """With whether somebody is handing the wijk over now."""
    ready = Overdracht.objects.filter(wijk=OuterRef("pk"), status=Overdrachtstatus.KLAAR)
    return rows.annotate(overdracht_klaar=Exists(ready))


# The map of silence: where much is found and little is reported.


@dataclass(frozen=True)
class Stilterij:
    """A wijk on the map of silence. Per 1,000 inhabitants only where those are known, and enough of them.

    It is quiet where something was found, and less than half as much reported for it as in these wijken together.
    """

    wijk: Wijk
    tellingen: list[tuple[str, int, str]]
    gemeld: int
    gevonden: int
    is_stil: bool = False

    @property
    def inwoners(self) -> int | None:
        count: int | None = self.wijk.inwoners
        return count if count and count >= MIN_INHABITANTS else None

    def _per_1000(self, count: int) -> float | None:
        return round(1000 * count / self.inwoners, 1) if self.inwoners else None

    @property
    def gemeld_per_1000(self) -> float | None:
        return self._per_1000(self.gemeld)

    @property
    def gevonden_per_1000(self) -> float | None:
        return self._per_1000(self.gevonden)


@dataclass(frozen=True)
class Stilte:
    """The map of silence between two days."""

    van: date
    tot: date
    kolommen: list[str]
    rijen: list[Stilterij]

    @property
    def zonder_inwoners(self) -> list[Wijk]:
        return [row.wijk for row in self.rijen if row.inwoners is None]

    @property
    def bronnen(self) -> list[str]:
        """Where the numbers of inhabitants come from."""
        return sorted({row.wijk.inwoners_bron for row in self.rijen if row.inwoners and row.wijk.inwoners_bron})

    @property
    def grafiek(self) -> Staven | None:
        """Reports per 1,000 inhabitants in the quietest wijken; None where no inhabitants are known."""
        rows = sorted(
            (row for row in self.rijen if row.gemeld_per_1000 is not None), key=lambda row: row.gemeld_per_1000 or 0
        )
        if not rows:
            return None
        return Staven(
            code="stilte",
            titel="Waar bewoners het minst melden",
            uitleg="Meldingen per 1.000 inwoners, afgerond. De tabel zegt wat er op straat gevonden werd.",
            staven=[
                Staaf(
                    Truncator(row.wijk.naam).chars(NAME),
                    round(row.gemeld_per_1000 or 0),
                    reverse("wijken:staff_wijk", args=[row.wijk.slug]),
                )
                for row in rows[:QUIETEST]
            ],
        )


def silence(wijken: list[Wijk], user: Gebruiker, reach: Bereik, on: date) -> Stilte:
    """Per wijk what residents reported in a year, against what others found (a query per column)."""
    since = on - timedelta(days=SILENCE_DAYS)
    sources = silence_sources()
    ids = [wijk.pk for wijk in wijken]
    counts = {source.code: source.per_wijk(ids, user, reach, since, on) for source in sources}
    rows = [_counted(wijk, sources, counts, since, on) for wijk in wijken]
    told, found = sum(row.gemeld for row in rows), sum(row.gevonden for row in rows)
    rows = [
        replace(row, is_stil=row.gevonden >= MIN_FOUND and 2 * row.gemeld * found < told * row.gevonden) for row in rows
    ]
    rows.sort(key=lambda row: (not row.is_stil, row.gemeld_per_1000 is None, row.gemeld_per_1000 or 0, row.gemeld))
    return Stilte(since, on, [source.kop for source in sources], rows)


def _counted(
    wijk: Wijk, sources: list[Stiltebron], counts: Mapping[str, Mapping[int, int]], since: date, until: date
) -> Stilterij:
    here = [(source, counts[source.code].get(wijk.pk, 0)) for source in sources]
    return Stilterij(
        wijk=wijk,
        tellingen=[(source.kop, count, source.url(wijk, since, until)) for source, count in here],
        gemeld=sum(count for source, count in here if source.is_melding),
        gevonden=sum(count for source, count in here if not source.is_melding),
    )
