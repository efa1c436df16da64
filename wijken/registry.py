"""Where apps above say what they add to wijken; each registers in its AppConfig.ready.

`wijken` may not import them: imports run one way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, Model, QuerySet

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt

from .models import Beleidsdomein, Doelstelling, Wijk
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
        return name if _has_field(self.model, name) else None

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


@dataclass
class Registry:
    """All that was registered."""

    blokken: list[Blok] = field(default_factory=list)
    plaatsgebonden: list[Plaatsgebonden] = field(default_factory=list)
    draadsoorten: dict[type[Model], Draadsoort] = field(default_factory=dict)
    doelsoorten: dict[type[Model], Doelsoort] = field(default_factory=dict)


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


def thread_model(naam: str) -> type[Model] | None:
    """The model of things in a thread with this name, as addresses have it; None when there is none."""
    return next((model for model in _registry.draadsoorten if model._meta.model_name == naam), None)


def register_goal_kind(doelsoort: Doelsoort) -> None:
    """Let things of this kind be reported by goal and domain. Registering the same model again replaces it."""
    _registry.doelsoorten[doelsoort.model] = doelsoort


def goal_kinds() -> list[Doelsoort]:
    """Every kind of thing that is tied to goals and domains, in order of `volgorde`.

    What stands in a thread and has the fields for it needs not be registered.
    """
    found = {
        model: Doelsoort(model, kind.naam, partial(_visible, model), kind.tonen)
        for model, kind in _registry.draadsoorten.items()
        if _has_field(model, "doelstellingen") or _has_field(model, "domeinen")
    }
    return sorted((found | _registry.doelsoorten).values(), key=lambda kind: (kind.volgorde, kind.naam))


def _visible(model: Any, user: Gebruiker, reach: Bereik) -> QuerySet[Any]:
    return model.objects.visible_to(user, reach)


def _has_field(model: type[Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.get_fields())


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
