"""The monitoring table as a file: an existing one can be read in, and what goes out comes back unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from kern.documenten.werkblad import Cel
from kern.inlezen.registry import Soort, register

from ..queries.monitoring import exported
from ..rules import recht
from .kolommen import velden
from .lezen import vergelijk
from .schrijven import schrijf
from .uitvoer import lines

__all__ = ["register_all", "velden"]

CODE = "monitoring"


def _examples(doel: str) -> Iterable[Sequence[Cel]]:
    yield [veld.voorbeeld for veld in velden()]


def register_all() -> None:
    """Make the file known; called once, when the app is ready."""
    register(
        Soort(
            CODE,
            "Monitoringtabel",
            "De knelpunten met hun planning. Coördinaten in Lambert 72, Lambert 2008 of WGS84 worden herkend.",
            mag=recht.may_manage,
            velden=velden,
            vergelijk=vergelijk,
            schrijf=schrijf,
            terug=lambda doel: reverse("toegankelijkheid:monitoring"),
            uitvoer=lambda doel: lines(exported()),
            voorbeelden=_examples,
        )
    )
