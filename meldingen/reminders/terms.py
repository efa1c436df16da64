"""What is due about reports: deadlines for the ladders, and questions that residents left unanswered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import cast

from django.urls import reverse

from kern.herinneringen.models import Aan
from kern.herinneringen.registry import Bron, Item, LichteTaak, register, register_light
from kern.termijnen import local_date
from wijken.models import Team
from wijken.queries import leaders_of, members_of, wijkmanagers_of

from .. import actions
from ..models import Categorie, Melding, Pauze

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
    teams = {row["team_id"] for row in rows if row["team_id"]}
    meldpunten = set(Team.objects.filter(soort=Team.Soort.MELDPUNT, is_actief=True).values_list("pk", flat=True))
    members = members_of(teams, today)
    leaders = leaders_of(teams | meldpunten, today)
    managers = wijkmanagers_of({row["wijk_id"] for row in rows if row["wijk_id"]}, today, with_deputies=False)
    heads = [user.pk for team in meldpunten for user in leaders.get(team, [])]
    for row in rows:
        people = {
            Aan.VERANTWOORDELIJKE: [row["behandelaar_id"]]
            if row["behandelaar_id"]
            else [user.pk for user in members.get(row["team_id"], [])],
            Aan.TEAMLEIDER: [user.pk for user in leaders.get(row["team_id"], [])],
            Aan.WIJKMANAGER: [user.pk for user in managers.get(row["wijk_id"], [])],
            Aan.HOOFD: heads,
        }
        if row["categorie__is_gevoelig"]:  # the digest tells what and where it is: only to who may see it
            team = [*members.get(row["team_id"], []), *leaders.get(row["team_id"], [])]
            may_see = {row["behandelaar_id"], *(user.pk for user in team)}
            people = {role: [pk for pk in ids if pk in may_see] for role, ids in people.items()}
        yield Item(
            sleutel=str(row["pk"]),
            titel=f"{row['categorie__naam']}{', ' + row['adres'] if row['adres'] else ''} (melding {row['pk']})",
            url=reverse("meldingen:detail", args=[row["pk"]]),
            due_on=cast("date", row["volgende_termijn"]),
            ontvangers={role: ids for role, ids in people.items() if ids},
            onderwerp=row["categorie__code"],
        )


def remind_residents(at: datetime) -> Mapping[str, int]:
    """Half-way the time for an answer, remind the resident once of the question that waits."""
    sent = 0
    waiting = Pauze.objects.filter(tot=None, herinner_op__lte=local_date(at), terug_op__gt=local_date(at))
    for pauze in waiting.filter(is_herinnerd=False).select_related("melding__melder", "melding__categorie"):
        sent += actions.resident.remind(pauze=pauze, at=at)
    return {"herinnerd": sent}


def end_waiting(at: datetime) -> Mapping[str, int]:
    """Reports that waited their full time for an answer go back to their handler."""
    over = Pauze.objects.filter(tot=None, terug_op__lte=local_date(at)).select_related("melding")
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
