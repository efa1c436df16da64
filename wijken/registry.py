"""Where apps above say what they add to wijken; each registers in its AppConfig.ready.

`wijken` may not import them: imports run one way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .models import Wijk


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


@dataclass
class Registry:
    """All that was registered."""

    blokken: list[Blok] = field(default_factory=list)
    plaatsgebonden: list[Plaatsgebonden] = field(default_factory=list)


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
