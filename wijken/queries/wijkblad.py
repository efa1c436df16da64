"""The staff page of a wijk: everything that is open there in one query, and the map of silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Left
from django.urls import reverse
from django.utils import timezone

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
from ..rules import MIN_INHABITANTS, SILENCE_DAYS, SOON_DAYS, Bereik
from ..states.draad import Behoeftestatus, Mijlpaalstatus, Voorstelstatus
from ..states.netwerk import Overeenkomststatus, Verslagstatus
from ..states.overdracht import Overdrachtstatus
from ..werkbronnen import Regel, Stiltebron, Wijkwerk, silence_sources, work_sources

AGENDA_DAYS, AGENDA_SHOWN = 14, 12
TITLE = 160


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

    A need counts until it was answered or rejected by somebody: drafts, and what was confirmed in the last year.
    """
    who = {"user": user, "reach": reach}
    acties = Actie.objects.visible_to(**who).running().in_wijken([wijk.pk])
    points = Mijlpaal.objects.filter(status=Mijlpaalstatus.OPEN, actie__in=acties.values("pk"))
    tasks = Afspraak.objects.visible_to(**who).open().filter(wijk=wijk)
    programme = Programmapunt.objects.visible_to(**who).open().filter(wijk=wijk)
    agreements = Samenwerkingsovereenkomst.objects.visible_to(**who)
    agreements = agreements.filter(
        Exists(Samenwerkingsovereenkomst.wijken.through.objects.filter(
            samenwerkingsovereenkomst=OuterRef("pk"), wijk=wijk
        )),
        status__in=[Overeenkomststatus.ONTWERP, Overeenkomststatus.LOPEND],
    )  # fmt: skip
    asked = [Verslagstatus.GEVRAAGD, Verslagstatus.INGEDIEND]
    reports = Halfjaarverslag.objects.filter(status__in=asked, overeenkomst__in=agreements.values("pk"))
    waiting = [Voorstelstatus.CONCEPT, Voorstelstatus.OVERLEG]
    proposals = Actievoorstel.objects.visible_to(**who).filter(wijk=wijk, status__in=waiting)
    needs = Behoefte.objects.visible_to(**who).filter(wijk=wijk, status=Behoeftestatus.CONCEPT)
    seen = Contactmoment.objects.visible_to(**who).filter(wijk=wijk)
    heard = Gehoord.objects.filter(werd=Gehoord.Werd.OPEN, contactmoment__in=seen.values("pk"))
    parts = [
        _lines("mijlpaal", points, "actie_id", "titel", "uiterlijk", "actie__eigenaar__naam"),
        _lines("actie", acties, "pk", "titel", "einde", "eigenaar__naam"),
        _lines("afspraak", tasks, "pk", "wat", "uiterlijk", Coalesce("partner__naam", "collega__naam")),
        _lines("programma", programme, "pk", "titel", "tegen", "wie"),
        _lines(
            "verslag", reports, "overeenkomst_id", "overeenkomst__titel", "uiterlijk", "overeenkomst__partner__naam"
        ),
        _lines("voorstel", proposals, "pk", "titel", "advies_tegen", "gemaakt_door__naam"),
        _lines("behoefte", needs, "pk", "titel", None, "gemaakt_door__naam"),
        _lines("gehoord", heard, "contactmoment_id", "tekst", "contactmoment__datum", None),
        _lines("overeenkomst", agreements, "pk", "titel", "tot", "partner__naam"),
    ]
    found: dict[str, list[Regel]] = {kind: [] for kind in SOORTEN}
    for kind, pk, title, day, who_does in parts[0].union(*parts[1:], all=True).order_by("werkdag", "werktitel"):
        soort = SOORTEN[kind]
        late = bool(soort.heeft_dag and day and day < on)
        found[kind].append(Regel(soort.een, title, reverse(soort.url, args=[pk]), day, who_does or "", late))
    return Openwerk(found, on)


def _lines(kind: str, rows: QuerySet[Any], number: str, title: str, day: str | None, who: Any) -> QuerySet[Any]:
    """One kind as rows of the same five columns."""
    nobody = Value("", CharField())
    return (
        rows.order_by()
        .annotate(
            werksoort=Value(kind, CharField()),
            werktitel=Left(Cast(title, CharField()), TITLE),
            werkdag=Cast(day, DateField()) if day else Cast(Value(None), DateField()),
            werkwie=Cast(Coalesce(who, nobody) if who is not None else nobody, CharField()),
        )
        .values_list("werksoort", number, "werktitel", "werkdag", "werkwie")
    )


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


def coming(wijk: Wijk, user: Gebruiker, reach: Bereik, on: date, days: int = AGENDA_DAYS) -> list[Agendaregel]:
    """What stands in the shared agenda of the wijk in the coming days."""
    since = timezone.make_aware(datetime.combine(on, time.min))
    until = since + timedelta(days=days)
    rows = [row for source in agenda_sources() for row in source.regels(user, reach, wijk, since, until)]
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
    """A wijk on the map of silence. Per 1,000 inhabitants only where those are known, and enough of them."""

    wijk: Wijk
    tellingen: list[tuple[str, int, str]]
    gemeld: int
    gevonden: int

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

    @property
    def is_stil(self) -> bool:
        """More was found in the street than residents reported."""
        return self.gevonden > self.gemeld


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
        """Reports per 1,000 inhabitants, the quietest wijk first; None where no inhabitants are known."""
        rows = sorted(
            (row for row in self.rijen if row.gemeld_per_1000 is not None), key=lambda row: row.gemeld_per_1000 or 0
        )
        if not rows:
            return None
        return Staven(
            code="stilte",
            titel="Meldingen van bewoners per 1.000 inwoners",
            uitleg="Afgerond, de stilste wijk eerst. De tabel zegt wat er op straat gevonden werd.",
            staven=[
                Staaf(
                    row.wijk.naam, round(row.gemeld_per_1000 or 0), reverse("wijken:staff_wijk", args=[row.wijk.slug])
                )
                for row in rows
            ],
        )


def silence(wijken: list[Wijk], user: Gebruiker, reach: Bereik, on: date) -> Stilte:
    """Per wijk what residents reported in a year, against what others found (a query per column)."""
    since = on - timedelta(days=SILENCE_DAYS)
    sources = silence_sources()
    ids = [wijk.pk for wijk in wijken]
    counts = {source.code: source.per_wijk(ids, user, reach, since, on) for source in sources}
    rows = [_quiet(wijk, sources, lambda code, pk=wijk.pk: counts[code].get(pk, 0), since, on) for wijk in wijken]  # type: ignore[misc]
    rows.sort(key=lambda row: (not row.is_stil, row.gemeld_per_1000 is None, row.gemeld_per_1000 or 0, row.gemeld))
    return Stilte(since, on, [source.kop for source in sources], rows)


def _quiet(wijk: Wijk, sources: list[Stiltebron], count: Callable[[str], int], since: date, until: date) -> Stilterij:
    return Stilterij(
        wijk=wijk,
        tellingen=[(source.kop, count(source.code), source.url(wijk, since, until)) for source in sources],
        gemeld=sum(count(source.code) for source in sources if source.is_melding),
        gevonden=sum(count(source.code) for source in sources if not source.is_melding),
    )
