"""Knelpunten that are due: to carry out, to measure again, to agree on, to assess; and the nightly priority."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse

from kern.herinneringen.models import Aan
from kern.herinneringen.registry import Bron, Item, LichteTaak, register, register_light
from kern.termijnen import Calendar, add_working_days, load_calendar
from wijken.queries import leaders_of

from ..actions.prioriteit import propose_all
from ..models import Knelpunt
from ..rules import monitoring as rules
from ..states import Knelpuntstatus
from .screening import coordinators

BRON = "knelpunt"
S = Knelpuntstatus


def open_items(today: date, horizon: date) -> Iterator[Item]:
    """What is due on or before the horizon (six queries, however many there are).

    Who answers for it hears first, else the leaders of the service, else the coordinators. To assess what was found is
    one line for all: nobody wants a thousand.
    """
    calendar, heads = load_calendar(), coordinators()
    yield from _terms(today, horizon, heads)
    done = Knelpunt.objects.filter(status=S.UITGEVOERD, uitgevoerd_op__lte=horizon).order_by("uitgevoerd_op", "pk")
    for row in done:
        due = add_working_days(row.uitgevoerd_op or today, rules.CHECK_WORKING_DAYS, calendar)
        if due <= horizon:
            yield _item(f"controle-{row.pk}", f"Meet na of dit opgelost is: {row.titel}", row, due, heads, heads)
    waiting = Knelpunt.objects.filter(niet_voorgesteld_op__lte=horizon, niet_goedgekeurd_op=None).order_by("pk")
    for row in waiting:
        due = add_working_days(row.niet_voorgesteld_op or today, rules.APPROVE_WORKING_DAYS, calendar)
        others = [pk for pk in heads if pk != row.niet_voorgesteld_door_id]
        if due <= horizon:
            yield _item(
                f"akkoord-{row.pk}", f"Ga je akkoord om dit niet uit te voeren: {row.titel}", row, due, others, others
            )
    yield from _to_assess(horizon, heads, calendar)


def _terms(today: date, horizon: date, heads: list[int]) -> Iterator[Item]:
    found = Knelpunt.objects.open().filter(uiterlijk__lte=horizon).exclude(status__in=[S.VASTGESTELD, S.UITGEVOERD])
    rows = list(found.order_by("uiterlijk", "pk"))
    leaders = leaders_of({row.dienst_id for row in rows if row.dienst_id}, today)
    for row in rows:
        lead = [user.pk for user in leaders.get(row.dienst_id or 0, [])]
        own = [row.verantwoordelijke_id] if row.verantwoordelijke_id else lead or heads
        title = f"Knelpunt op te lossen: {row.titel}"
        yield _item(str(row.pk), title, row, row.uiterlijk or today, own, heads, lead or own)


def _to_assess(horizon: date, heads: list[int], calendar: Calendar) -> Iterator[Item]:
    until = add_working_days(horizon, -rules.ASSESS_WORKING_DAYS, calendar)
    waiting = Knelpunt.objects.filter(status=S.VASTGESTELD, vastgesteld_op__lte=until)
    count, first = waiting.order_by().aggregate(n=Count("pk"), first=Min("vastgesteld_op")).values()
    if count:
        words = "1 knelpunt wacht" if count == 1 else f"{count} knelpunten wachten"
        yield Item(
            sleutel="beoordelen",
            titel=f"{words} op een beoordeling",
            url=f"{reverse('toegankelijkheid:monitoring')}?status={S.VASTGESTELD}",
            due_on=add_working_days(first, rules.ASSESS_WORKING_DAYS, calendar),
            ontvangers={Aan.VERANTWOORDELIJKE: heads, Aan.HOOFD: heads} if heads else {},
        )


def _item(
    key: str, title: str, row: Knelpunt, due: date, own: list[int], heads: list[int], lead: list[int] | None = None
) -> Item:
    people = {Aan.VERANTWOORDELIJKE: own, Aan.TEAMLEIDER: lead or own, Aan.HOOFD: heads}
    return Item(
        sleutel=key,
        titel=title,
        url=row.get_absolute_url(),
        due_on=due,
        ontvangers={role: ids for role, ids in people.items() if ids},
    )


def register_all() -> None:
    """Make them known to the ladders and the rounds; called once, when the app is ready."""
    register(Bron(BRON, "knelpunten", open_items, "/werk/monitoring/"))
    register_light(LichteTaak("prioriteit van knelpunten", propose_all, daily=True))
