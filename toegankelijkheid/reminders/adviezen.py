"""Recommendations that wait for an answer: the service by the ladder, a partner by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from kern.herinneringen.models import Aan
from kern.herinneringen.registry import Bron, Item, LichteTaak, register, register_light
from kern.termijnen import add_working_days, load_calendar, local_date
from wijken.queries import leaders_of, members_of

from ..mails import adviezen as mails
from ..models import Dienstadvies
from ..rules import advies as rules
from ..states import Adviesstatus
from .screening import coordinators

BRON = "dienstadvies"


def open_items(today: date, horizon: date) -> Iterator[Item]:
    """What waits for an answer by the horizon (six queries, however many there are).

    A service hears itself. What is with a partner is for who wrote it, from the day it is due.
    """
    waits = Dienstadvies.objects.filter(status=Adviesstatus.VERZONDEN, antwoord_tegen__lte=horizon)
    rows = list(waits.select_related("partner").order_by("antwoord_tegen", "pk"))
    if not rows:
        return
    teams = {row.team_id for row in rows if row.team_id}
    leaders, members, heads = leaders_of(teams, today), members_of(teams, today), coordinators()
    for row in rows:
        lead = [user.pk for user in leaders.get(row.team_id or 0, [])]
        everybody = [user.pk for user in members.get(row.team_id or 0, [])]
        writer = [row.opgesteld_door_id] if row.opgesteld_door_id else heads
        first = (lead or everybody or writer) if row.team_id else writer
        people = {Aan.VERANTWOORDELIJKE: first, Aan.TEAMLEIDER: lead or first, Aan.HOOFD: writer}
        yield Item(
            sleutel=str(row.pk),
            titel=f"Antwoord op aanbeveling: {row.titel}" + (f" (bij {row.partner})" if row.partner else ""),
            url=row.get_absolute_url(),
            due_on=row.antwoord_tegen or today,
            ontvangers={role: ids for role, ids in people.items() if ids},
        )


def remind_partners(at: datetime) -> dict[str, int]:
    """Mail the partners whose answer is due about now, once per step; how many mails."""
    today, calendar, count = local_date(at), load_calendar(), 0
    waits = Dienstadvies.objects.filter(status=Adviesstatus.VERZONDEN, partner__isnull=False)
    for row in waits.select_related("partner").order_by("pk"):
        if row.antwoord_tegen is None:
            continue
        due = [n for n in rules.PARTNER_REMINDERS if add_working_days(row.antwoord_tegen, n, calendar) <= today]
        # Only the last of them: after a pause nobody gets three mails at once.
        if due and add_working_days(row.antwoord_tegen, due[-1], calendar) > (row.verzonden_op or today):
            count += mails.remind(row, due[-1])
    return {"herinnerd": count}


def register_all() -> None:
    """Make them known to the ladders and the rounds; called once, when the app is ready."""
    register(Bron(BRON, "aanbevelingen aan diensten", open_items, "/werk/aanbevelingen-aan-diensten/"))
    register_light(LichteTaak("herinneringen aan partners over aanbevelingen", remind_partners, daily=True))
