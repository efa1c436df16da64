"""Sub-tasks that are due: for who works on them, and the leader of their team."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from kern.herinneringen.registry import Bron, Item, register

from ..models import Deeltaak
from .mensen import Mensen

BRON = "deeltaak"


def open_items(today: date, horizon: date) -> Iterator[Item]:
    """Every open sub-task due on or before `horizon` (six queries); of a sensitive report only its own team hears."""
    rows = list(
        Deeltaak.objects.open()
        .filter(uiterlijk__lte=horizon)
        .select_related("melding__categorie")
        .order_by("uiterlijk", "pk")
    )
    if not rows:
        return
    people = Mensen.of({row.team_id for row in rows}, {row.melding.wijk_id for row in rows}, today)
    for row in rows:
        yield Item(
            sleutel=str(row.pk),
            titel=f"Deeltaak: {row.titel} (melding {row.melding_id})",
            url=reverse("meldingen:deeltaak", args=[row.pk]),
            due_on=row.uiterlijk,
            ontvangers=people.by_role(
                behandelaar=row.behandelaar_id,
                team=row.team_id,
                wijk=row.melding.wijk_id,
                gevoelig=row.melding.categorie.is_gevoelig,
            ),
        )


def register_all() -> None:
    """Make the terms of sub-tasks known to the ladders; called once, when the app is ready."""
    register(Bron(code=BRON, naam="deeltaken", open_items=open_items, list_url="/werk/deeltaken/"))
