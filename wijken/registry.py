"""Where apps above say what they add to wijken; each registers in its AppConfig.ready.

`wijken` may not import them: imports run one way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt

from .models import Partner, Wijk
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


@dataclass(frozen=True)
class Draadsoort:
    """A kind of thing in a thread: its name for many, and those of the given numbers that a person may see."""

    model: type[Model]
    naam: str
    tonen: Callable[[Collection[int], Gebruiker, Bereik], list[Knoop]]


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


@dataclass
class Registry:
    """All that was registered."""

    blokken: list[Blok] = field(default_factory=list)
    plaatsgebonden: list[Plaatsgebonden] = field(default_factory=list)
    draadsoorten: dict[type[Model], Draadsoort] = field(default_factory=dict)
    partnerdelen: dict[str, Partnerdeel] = field(default_factory=dict)
    netwerkbronnen: dict[str, Netwerkbron] = field(default_factory=dict)


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


def register_partner_part(deel: Partnerdeel) -> None:
    """Show on the pages of partners what another room knows of them. The same name again replaces it."""
    _registry.partnerdelen[deel.naam] = deel


def partner_parts() -> list[Partnerdeel]:
    """What other rooms know of partners."""
    return list(_registry.partnerdelen.values())


def register_network(bron: Netwerkbron) -> None:
    """Let another room add to the network of each wijk. The same name again replaces it."""
    _registry.netwerkbronnen[bron.naam] = bron


def network_sources() -> list[Netwerkbron]:
    """Where else is known who works with whom."""
    return list(_registry.netwerkbronnen.values())
