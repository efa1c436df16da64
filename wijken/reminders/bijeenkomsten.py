"""What is due about meetings: reminders two days before, what is over or waits to be rounded off, the weekly mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from django.utils import timezone

from kern.herinneringen.models import Aan
from kern.herinneringen.registry import Bron, Item, LichteTaak, register, register_light
from kern.termijnen import add_working_days, load_calendar, local_date

from .. import actions, queries
from ..rules import CLOSE_WORKING_DAYS

BRON = "bijeenkomst"


def look_after_meetings(at: datetime) -> Mapping[str, int]:
    """Remind who comes, and note which meetings are over."""
    return {"herinnerd": actions.remind_due(at=at), "gehouden": actions.hold_due(at=at)}


def send_weekly(at: datetime) -> Mapping[str, int]:
    """The weekly mail to who follows a wijk."""
    return {"wijkmails": actions.send_weekly(at=at)}


def open_items(today: date, horizon: date) -> Iterator[Item]:
    """Every meeting that was held and is not rounded off, due on or before `horizon`.

    Who organises it hears first, else the wijkmanagers of its wijken. Six queries, however many there are.
    """
    before = timezone.make_aware(datetime.combine(horizon, time.max))
    rows = list(queries.bijeenkomsten.to_round_off(before))
    if not rows:
        return
    calendar = load_calendar()
    wijken = {wijk.pk for row in rows for wijk in row.wijken.all()}
    managers = queries.wijkmanagers_of(wijken, today, with_deputies=False)
    leaders = queries.leaders_of({row.team_id for row in rows}, today, with_deputies=False)
    for row in rows:
        due = add_working_days(local_date(row.einde), CLOSE_WORKING_DAYS, calendar)
        if due > horizon:
            continue
        manage = [user.pk for wijk in row.wijken.all() for user in managers.get(wijk.pk, [])]
        lead = [user.pk for user in leaders.get(row.team_id, [])]
        organise = [user.pk for user in row.organisatoren.all() if user.is_active]
        people = {Aan.VERANTWOORDELIJKE: organise or manage or lead, Aan.TEAMLEIDER: lead, Aan.WIJKMANAGER: manage}
        yield Item(
            sleutel=str(row.pk),
            titel=f"Rond af: {row.titel}",
            url=f"/werk/bijeenkomsten/{row.pk}/",
            due_on=due,
            ontvangers={role: ids for role, ids in people.items() if ids},
            onderwerp=row.soort,
        )


def register_all() -> None:
    """Make all of it known to the rounds; called once, when the app is ready."""
    register(Bron(code=BRON, naam="bijeenkomsten", open_items=open_items, list_url="/werk/bijeenkomsten/"))
    register_light(LichteTaak("bijeenkomsten: herinneren en afronden", look_after_meetings))
    register_light(LichteTaak("wijken: mail van de week", send_weekly))
