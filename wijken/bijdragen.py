"""What apps above add to wijken: the shape of each thing that they register with `wijken.registry`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.db.models import Count, Model, QuerySet

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt

from .models import Beleidsdomein, Besluit, Doelstelling, Partner, Wijk
from .rules import Bereik


@dataclass(frozen=True)
class Blok:
    """A part of the page of a wijk: its template and, for a wijk on a day, its context; no context, no block.

    `feiten` are labels and values for the wijkfiche, the same on paper, in two queries at most.
    """

    naam: str
    template: str
    context: Callable[[Wijk, date], dict[str, Any] | None]
    volgorde: int = 50
    feiten: Callable[[Wijk, date], list[tuple[str, str]]] | None = None


@dataclass(frozen=True)
class Plaatsgebonden:
    """Rows that hold a place and the wijk it lies in. `reassign` looks the wijk up again and tells how many moved."""

    naam: str
    reassign: Callable[[], int]


@dataclass(frozen=True)
class Foto:
    """A photo as a thread shows it: its addresses, small and large, and what is to be seen."""

    klein: str
    groot: str
    alt: str


@dataclass(frozen=True)
class Knoop:
    """One thing in a thread, as somebody who may see it reads it. `toon` is a kind of the status label."""

    nummer: int
    titel: str
    url: str
    dag: date
    waar: str = ""
    tekst: str = ""
    status: str = ""
    toon: str = ""
    punt: Punt | None = None
    fotos: tuple[Foto, ...] = ()


class Stand(Enum):
    """How far work in a thread is. What is `DOOR` has ended as soon as it leads on to something else."""

    BEZIG = "bezig"
    DOOR = "door"
    KLAAR = "klaar"
    TELT_NIET = "telt niet"


@dataclass(frozen=True)
class Deelnemer:
    """Somebody who reported, follows or took part, and wants to hear what comes of it.

    `waarover` says in the active language what it was about; `kopteksten` are headers of the mail, to leave by.
    """

    aan: str
    taal: str
    waarover: Callable[[], str]
    link: str
    kopteksten: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PubliekeStap:
    """What came of something, in plain words for everybody; `tekst` is Dutch that a colleague wrote."""

    titel: str
    op: datetime
    moment: str
    tekst: str = ""
    url: str = ""
    knop: str = ""


@dataclass(frozen=True)
class Draadsoort:
    """A kind of thing in a thread: its name for many, and those of the given numbers that a person may see.

    A room tells besides, for the numbers of its kind and in a fixed number of queries: who took part (`deelnemers`),
    how far it is when it is work (`stand`), and what everybody may read of it (`publiek`). Of `een`, its name for one.
    `volgorde` is its place in a thread that is told as a list. `bewoners` gives, for those that came in since a
    moment, (number, who) for each resident behind it; who is the same for the same person, and is not kept.
    """

    model: type[Model]
    naam: str
    tonen: Callable[[Collection[int], Gebruiker, Bereik], list[Knoop]]
    een: str = ""
    volgorde: int = 50
    is_bron: bool = False
    deelnemers: Callable[[Collection[int]], Iterable[Deelnemer]] | None = None
    stand: Callable[[Collection[int]], Mapping[int, Stand]] | None = None
    publiek: Callable[[Collection[int]], Iterable[PubliekeStap]] | None = None
    bewoners: Callable[[Collection[int], datetime], Iterable[tuple[int, str]]] | None = None


@dataclass(frozen=True)
class Meldingpaneel:
    """A part of the page of a report that another room fills, for reports of some categories (by their codes).

    It costs the page nothing: `url(number)` is a page of its own, which a browser with scripts shows in its place.
    """

    naam: str
    categorieen: frozenset[str]
    titel: str
    uitleg: str
    url: Callable[[int], str]


@dataclass(frozen=True)
class Meldingmaker:
    """How a report is made of what was heard: the kinds to choose from, by group, and the making itself.

    `maak(kind, text, moment, by whom, when)` gives the report; nobody is mailed, because nobody reported.
    """

    keuzes: Callable[[], Sequence[tuple[str, Sequence[tuple[int, str]]]]]
    maak: Callable[[int | None, str, Any, Gebruiker, datetime], Model]


@dataclass(frozen=True)
class Doelsoort:
    """A kind of thing that is tied to goals and policy domains.

    `rijen` gives what a person may see, in the order of a list; `tonen` those of the given numbers as they are shown.
    The thing has fields `doelstellingen` and `domeinen`, or one of both.
    """

    model: type[Model]
    naam: str
    rijen: Callable[[Gebruiker, Bereik], QuerySet[Any]]
    tonen: Callable[[Collection[int], Gebruiker, Bereik], list[Knoop]]
    volgorde: int = 50

    def field_to(self, of: type[Model]) -> str | None:
        """The field that ties it to goals, or to domains; None when it has none."""
        name = {Doelstelling: "doelstellingen", Beleidsdomein: "domeinen"}[of]
        return name if has_field(self.model, name) else None

    def count(self, of: type[Model], user: Gebruiker, reach: Bereik) -> dict[int, int]:
        """How many things are tied to each goal, or to each domain, by its number."""
        if (name := self.field_to(of)) is None:
            return {}
        rows = self.rijen(user, reach).order_by().filter(**{f"{name}__isnull": False})
        return dict(rows.values_list(name).annotate(Count("pk", distinct=True)))

    def show(self, doel: Model, user: Gebruiker, reach: Bereik, limit: int = 50) -> tuple[list[Knoop], int]:
        """The first things that are tied to this one, and how many there are."""
        if (name := self.field_to(type(doel))) is None:
            return [], 0
        numbers = list(dict.fromkeys(self.rijen(user, reach).filter(**{name: doel.pk}).values_list("pk", flat=True)))
        shown = numbers[:limit]
        knots = self.tonen(shown, user, reach) if shown else []
        return sorted(knots, key=lambda knot: shown.index(knot.nummer)), len(numbers)


@dataclass(frozen=True)
class Partnerdeel:
    """What another room knows of partners: columns of their list, and a block on the page of one.

    `per_partner` gives for these partners what this person may see of it, in a fixed number of queries. Each of
    `kolommen` is a heading and the template of its cell, which gets `deel` (nothing for a partner it does not know).
    """

    naam: str
    kolommen: tuple[tuple[str, str], ...]
    per_partner: Callable[[Collection[int], Gebruiker, Bereik, date], Mapping[int, Any]]
    template: str
    context: Callable[[Partner, Gebruiker, Bereik, date], dict[str, Any]]


@dataclass(frozen=True)
class Band:
    """Two who work together in a wijk, and on what. `url` is the page for who may see it.

    Each end is (kind, number, name): the kind is “partner”, “team” or “collega”.
    """

    een: tuple[str, int, str]
    ander: tuple[str, int, str]
    wat: str
    soort: str
    url: str = ""


@dataclass(frozen=True)
class Netwerkbron:
    """Where another room finds who works with whom in a wijk, as this person may see it."""

    naam: str
    banden: Callable[[Wijk, Gebruiker, Bereik, date], Iterable[Band]]


@dataclass(frozen=True)
class Nieuws:
    """A subject of the weekly mail: its title (lazy), and per wijk its lines, each with a path or "".

    `regels(since, until)` is asked in the language of the reader, once for all wijken: a few queries at most.
    """

    code: str
    titel: Any
    regels: Callable[[datetime, datetime], Mapping[int, list[tuple[str, str]]]]
    volgorde: int = 50


@dataclass(frozen=True)
class Agendaregel:
    """Something with a date in the shared agenda of the staff. Without a time (`heel_de_dag`) only its day counts."""

    begin: datetime
    einde: datetime
    titel: str
    url: str
    soort: str
    waar: str = ""
    status: str = ""
    toon: str = ""
    heel_de_dag: bool = False
    wijken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agendabron:
    """A kind of thing with a date: what of it a person may see between two moments, of all their wijken or of one.

    `regels(user, reach, wijk, since, until)` may cost three queries at most, however many there are. `bij_overdracht`
    says whether who takes over a wijk has to know of it.
    """

    code: str
    naam: str
    regels: Callable[[Gebruiker, Bereik, Wijk | None, datetime, datetime], Iterable[Agendaregel]]
    volgorde: int = 50
    bij_overdracht: bool = True


@dataclass(frozen=True)
class Besluitdoel:
    """What a decision of a meeting can become: the words of the link, and for a decision the page where it is made.

    `rollen` may make it; none means everybody who runs the meeting. That page ties the two with `actions.tie`.
    """

    code: str
    vraag: str
    url: Callable[[Besluit], str]
    rollen: frozenset[str] = frozenset()
    volgorde: int = 50


def has_field(model: type[Model], name: str) -> bool:
    """Whether the model has a field with this name."""
    return any(field.name == name for field in model._meta.get_fields())
