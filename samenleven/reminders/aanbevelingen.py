"""What is due about recommendations at a given moment, and the mail to who follows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.urls import reverse

from kern.herinneringen.models import Aan
from kern.herinneringen.registry import Bron, Item, LichteTaak, register, register_light
from kern.termijnen import add_working_days, load_calendar
from wijken.queries import leaders_of

from ..actions import aanbevelingen as actions
from ..models import Aanbeveling, Mijlpaal
from ..rules import ANSWER_WORKING_DAYS
from ..states.aanbeveling import Antwoord

BRON = "aanbeveling"


def open_items(today: date, horizon: date) -> Iterator[Item]:
    """Every milestone that is not met and every recommendation without answer, due on or before `horizon`.

    Who pulls it hears first, else the leaders of the service. What nobody looks after is on the check page. Five
    queries, however many there are.
    """
    marks = Mijlpaal.objects.filter(gehaald_op=None, tegen__lte=horizon).exclude(aanbeveling__antwoord=Antwoord.NIET)
    marks = marks.select_related("aanbeveling").order_by("tegen", "pk")
    waiting = Aanbeveling.objects.filter(antwoord=Antwoord.WACHT, voorgesteld_op__lte=horizon).order_by("pk")
    calendar = load_calendar()
    found = [
        (
            f"mijlpaal-{mark.pk}",
            f"Mijlpaal van aanbeveling {mark.aanbeveling.nummer}: {mark}",
            mark.tegen,
            mark.aanbeveling,
        )
        for mark in marks
    ]
    for row in waiting:
        due = add_working_days(row.voorgesteld_op, ANSWER_WORKING_DAYS, calendar)
        if due <= horizon:
            found.append((f"antwoord-{row.pk}", f"Antwoord op aanbeveling {row}", due, row))
    leaders = leaders_of({row.team_id for *_, row in found if row.team_id}, today)
    for sleutel, titel, due, row in found:
        lead = [user.pk for user in leaders.get(row.team_id or 0, [])]
        people = {Aan.VERANTWOORDELIJKE: [row.trekker_id] if row.trekker_id else lead, Aan.TEAMLEIDER: lead}
        yield Item(
            sleutel=sleutel,
            titel=titel,
            url=reverse("samenleven:aanbeveling_werk", args=[row.pk]),
            due_on=due,
            ontvangers={role: ids for role, ids in people.items() if ids},
        )


def tell(at: datetime) -> Mapping[str, int]:
    """One mail to each follower with what changed."""
    return {"mails": actions.tell_followers(at=at)}


def register_all() -> None:
    """Make it known to the rounds; called once, when the app is ready."""
    register(Bron(BRON, "aanbevelingen", open_items, "/werk/samenleven/aanbevelingen/"))
    register_light(LichteTaak("aanbevelingen: nieuws aan volgers", tell))
