"""Where apps above say what they add to wijken; each registers in its AppConfig.ready.

`wijken` may not import them: imports run one way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.db.models import Model

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt

from .models import Wijk
from .rules import Bereik


@dataclass(frozen=True)
class Blok:
    """A part of the page of a wijk: its template and, for a wijk on a day, its context; no context, no block."""

    naam: str
    template: str
    context: Callable[[Wijk, date], dict[str, Any] | None]
    volgorde: int = 50


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
    `volgorde` is its place in a thread that is told as a list.
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


@dataclass(frozen=True)
class Meldingmaker:
    """How a report is made of what was heard: the kinds to choose from, by group, and the making itself.

    `maak(kind, text, moment, by whom, when)` gives the report; nobody is mailed, because nobody reported.
    """

    keuzes: Callable[[], Sequence[tuple[str, Sequence[tuple[int, str]]]]]
    maak: Callable[[int | None, str, Any, Gebruiker, datetime], Model]


@dataclass
class Registry:
    """All that was registered."""

    blokken: list[Blok] = field(default_factory=list)
    plaatsgebonden: list[Plaatsgebonden] = field(default_factory=list)
    draadsoorten: dict[type[Model], Draadsoort] = field(default_factory=dict)
    meldingmaker: Meldingmaker | None = None


_registry = Registry()


def register_block(blok: Blok) -> None:
    """Show a block on the page of each wijk, in order of `volgorde`. Registering the same name again replaces it."""
    _registry.blokken = sorted(
        [*(b for b in _registry.blokken if b.naam != blok.naam), blok], key=lambda b: (b.volgorde, b.naam)
    )


def register_places(plaatsgebonden: Plaatsgebonden) -> None:
    """Have rows reassigned when outlines change, inside the same transaction."""
    _registry.plaatsgebonden = [
        *(p for p in _registry.plaatsgebonden if p.naam != plaatsgebonden.naam),
        plaatsgebonden,
    ]


def register_thread(draadsoort: Draadsoort) -> None:
    """Let things of this kind be shown in a thread. Registering the same model again replaces it."""
    _registry.draadsoorten[draadsoort.model] = draadsoort


def thread_kind(model: type[Model] | None) -> Draadsoort | None:
    """How things of this model are shown in a thread; None when no room told."""
    return _registry.draadsoorten.get(model) if model else None


def source_kinds() -> list[Draadsoort]:
    """The kinds that a need can come from, in their order."""
    found = [kind for kind in _registry.draadsoorten.values() if kind.is_bron]
    return sorted(found, key=lambda kind: kind.volgorde)


def register_report_maker(maker: Meldingmaker) -> None:
    """Say how a report is made of what was heard at a contact moment."""
    _registry.meldingmaker = maker


def report_maker() -> Meldingmaker | None:
    """How a report is made; None when no room told."""
    return _registry.meldingmaker


def blocks_for(wijk: Wijk, on: date) -> list[dict[str, Any]]:
    """The blocks with something to say, each {naam, template, context}."""
    shown = []
    for blok in _registry.blokken:
        context = blok.context(wijk, on)
        if context is not None:
            shown.append({"naam": blok.naam, "template": blok.template, "context": context})
    return shown


def places() -> list[Plaatsgebonden]:
    """What has to be reassigned when outlines change."""
    return list(_registry.plaatsgebonden)
