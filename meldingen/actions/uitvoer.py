"""Lists that leave the portal as a file: written down, made by a worker when they are long, and planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kern.gebruikers.models import Gebruiker
from kern.opdrachten import actions as opdrachten
from kern.opdrachten.models import Opdracht

from .. import mails
from ..models import Uitvoer, Uitvoerplan, Weergave

SOORT = "uitvoer"
"""The kind of long job that makes a file."""


@transaction.atomic
def write_down(
    *,
    door: Gebruiker,
    at: datetime,
    wat: str,
    filters: str,
    vorm: str,
    kolommen: Sequence[str],
    met_contact: bool,
    wijze: str,
    aantal: int | None = None,
    **occasion: Any,
) -> Uitvoer:
    """Keep who took which list out, in which form, and whether it holds who reported."""
    return Uitvoer.objects.create(
        door=door,
        op=at,
        wat=wat[:300],
        filters=filters[:2000],
        vorm=vorm,
        kolommen=list(kolommen),
        met_contact=met_contact,
        wijze=wijze,
        aantal=aantal,
        **occasion,
    )


@transaction.atomic
def start_large(*, uitvoer: Uitvoer, door: Gebruiker, at: datetime, vraag: Mapping[str, Any]) -> Opdracht:
    """Let a worker make the file. `vraag` is the query string and what to take with it, for `jobs.uitvoer`."""
    return opdrachten.start(
        soort=SOORT,
        titel=f"Uitvoer: {uitvoer.wat}"[:200],
        eigenaar=door,
        invoer={**vraag, "uitvoer": uitvoer.pk},
        at=at,
        sleutel=f"uitvoer:{uitvoer.pk}",
    )


@transaction.atomic
def finish(*, uitvoer: Uitvoer, opdracht: Opdracht, aantal: int) -> None:
    """The file is there: keep how many reports it holds, and mail its owner the way to it."""
    Uitvoer.objects.filter(pk=uitvoer.pk).update(aantal=aantal)
    mails.export_ready(uitvoer, opdracht, aantal)


@transaction.atomic
def plan_export(*, weergave: Weergave, eigenaar: Gebruiker, at: datetime, **fields: Any) -> Uitvoerplan:
    """Send somebody the view as a file, on the days they chose; there is one plan per person and view."""
    plan, _made = Uitvoerplan.objects.update_or_create(
        weergave=weergave, eigenaar=eigenaar, defaults={**fields, "is_actief": True, "gemaakt_op": at}
    )
    return plan


@transaction.atomic
def stop_plan(*, weergave: Weergave, eigenaar: Gebruiker) -> bool:
    """No longer send the view; whether it was sent before."""
    return bool(Uitvoerplan.objects.filter(weergave=weergave, eigenaar=eigenaar).delete()[0])
