"""What is due about wijken: drafts of needs that wait for a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from kern.herinneringen.models import Aan
from kern.herinneringen.registry import Bron, Item, register
from kern.termijnen import add_working_days, load_calendar, local_date

from ..models import Behoefte, Team
from ..queries import leaders_of, wijkmanagers_of
from ..rules import DECIDE_WORKING_DAYS

BRON = "behoefte"


def open_items(today: date, horizon: date) -> Iterator[Item]:
    """Every draft whose decision is due on or before `horizon`; the wijkmanagers of its wijk decide.

    Five queries, however many drafts.
    """
    drafts = list(
        Behoefte.objects.filter(status=Behoefte.Status.CONCEPT, gemaakt_op__date__lte=horizon)
        .order_by("pk")
        .values("pk", "titel", "wijk_id", "gemaakt_op")
    )
    if not drafts:
        return
    calendar = load_calendar()
    managers = wijkmanagers_of({row["wijk_id"] for row in drafts}, today, with_deputies=False)
    meldpunten = set(Team.objects.filter(soort=Team.Soort.MELDPUNT, is_actief=True).values_list("pk", flat=True))
    heads = [user.pk for people in leaders_of(meldpunten, today).values() for user in people]
    for row in drafts:
        due = add_working_days(local_date(row["gemaakt_op"]), DECIDE_WORKING_DAYS, calendar)
        if due > horizon:
            continue
        people = {Aan.VERANTWOORDELIJKE: [user.pk for user in managers.get(row["wijk_id"], [])], Aan.HOOFD: heads}
        people[Aan.WIJKMANAGER] = people[Aan.VERANTWOORDELIJKE]
        yield Item(
            sleutel=str(row["pk"]),
            titel=f"Voorstel van behoefte: {row['titel']}",
            url=reverse("wijken:need", args=[row["pk"]]),
            due_on=due,
            ontvangers={role: ids for role, ids in people.items() if ids},
        )


def register_all() -> None:
    """Make the drafts known to the ladders; called once, when the app is ready."""
    register(Bron(code=BRON, naam="behoeften", open_items=open_items, list_url="/werk/behoeften/"))
