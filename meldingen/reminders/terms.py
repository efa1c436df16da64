"""What is due about reports: deadlines for the ladders, and questions that residents left unanswered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import cast

from django.urls import reverse

from kern.herinneringen.registry import Bron, Item, LichteTaak, register, register_light
from kern.termijnen import local_date

from .. import actions
from ..models import Categorie, Melding, Pauze
from .mensen import Mensen

BRON = "melding"


def open_items(today: date, horizon: date) -> Iterator[Item]:
    """Every open report whose next term is on or before `horizon`, with who is to hear of it today.

    Responsible is the handler, or the whole team as long as nobody took it; the head is who leads the meldpunt.
    Six queries, however many reports.
    """
    rows = list(
        Melding.objects.open()
        .filter(volgende_termijn__lte=horizon)
        .order_by("volgende_termijn", "pk")
        .values(
            "pk",
            "volgende_termijn",
            "behandelaar_id",
            "team_id",
            "wijk_id",
            "adres",
            "categorie__code",
            "categorie__naam",
            "categorie__is_gevoelig",
        )
    )
    if not rows:
        return
    people = Mensen.of({row["team_id"] for row in rows}, {row["wijk_id"] for row in rows}, today)
    for row in rows:
        yield Item(
            sleutel=str(row["pk"]),
            titel=f"{row['categorie__naam']}{', ' + row['adres'] if row['adres'] else ''} (melding {row['pk']})",
            url=reverse("meldingen:detail", args=[row["pk"]]),
            due_on=cast("date", row["volgende_termijn"]),
            ontvangers=people.by_role(
                behandelaar=row["behandelaar_id"],
                team=row["team_id"],
                wijk=row["wijk_id"],
                gevoelig=row["categorie__is_gevoelig"],
            ),
            onderwerp=row["categorie__code"],
        )


def remind_residents(at: datetime) -> Mapping[str, int]:
    """Half-way the time for an answer, remind the resident once of the question that waits."""
    sent = 0
    waiting = Pauze.objects.filter(
        tot=None, reden=Pauze.Reden.MELDER, herinner_op__lte=local_date(at), terug_op__gt=local_date(at)
    )
    for pauze in waiting.filter(is_herinnerd=False).select_related("melding__melder", "melding__categorie"):
        sent += actions.resident.remind(pauze=pauze, at=at)
    return {"herinnerd": sent}


def end_waiting(at: datetime) -> Mapping[str, int]:
    """Reports that waited their full time for an answer go back to their handler."""
    over = Pauze.objects.filter(tot=None, reden=Pauze.Reden.MELDER, terug_op__lte=local_date(at)).select_related(
        "melding"
    )
    for pauze in over:
        actions.resident.end_waiting(melding=pauze.melding, at=at)
    return {"terug": len(over)}


def register_all() -> None:
    """Make the terms of reports known to the ladders; called once, when the app is ready."""
    register(
        Bron(
            code=BRON,
            naam="meldingen",
            open_items=open_items,
            list_url="/werk/meldingen/",
            onderwerpen=lambda: Categorie.objects.sub().values_list("code", "naam"),
        )
    )
    register_light(LichteTaak("meldingen: herinner melders", remind_residents))
    register_light(LichteTaak("meldingen: einde van wachten", end_waiting))
