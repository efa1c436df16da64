"""What is due at partners: mails to them around their term, and late work for the people of the city."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.urls import reverse

from kern.herinneringen.registry import Bron, Item, LichteTaak, register, register_light
from kern.termijnen import add_working_days, load_calendar, local_date

from .. import actions
from ..models import Partneropdracht
from ..rules import PARTNER_REMINDERS
from .mensen import Mensen

BRON = "partner"


def remind_partners(at: datetime) -> Mapping[str, int]:
    """Mail each partner the reminder that is due for its task, once; after the last one only the city is reminded."""
    today, calendar, sent = local_date(at), load_calendar(), 0
    horizon = add_working_days(today, -PARTNER_REMINDERS[0], calendar)
    near = Partneropdracht.objects.open().filter(uiterlijk__lte=horizon, herinneringen__lt=len(PARTNER_REMINDERS))
    for task in near.order_by("uiterlijk", "pk"):
        # Looked at before the row is locked: most of them have had what is due.
        if add_working_days(task.uiterlijk, PARTNER_REMINDERS[task.herinneringen], calendar) <= today:
            sent += actions.partner.remind(opdracht=task, today=today, calendar=calendar)
    return {"herinnerd": sent}


def open_items(today: date, horizon: date) -> Iterator[Item]:
    """Every open task of a partner that is due on or before `horizon`, for who handles the report (six queries)."""
    rows = list(
        Partneropdracht.objects.open()
        .filter(uiterlijk__lte=horizon)
        .select_related("partner", "melding__categorie")
        .order_by("uiterlijk", "pk")
    )
    if not rows:
        return
    people = Mensen.of({row.melding.team_id for row in rows}, {row.melding.wijk_id for row in rows}, today)
    for row in rows:
        melding = row.melding
        yield Item(
            sleutel=str(row.pk),
            titel=f"{row.partner.naam}: {melding.categorie.naam} (melding {melding.pk})",
            url=reverse("meldingen:detail", args=[melding.pk]),
            due_on=row.uiterlijk,
            ontvangers=people.by_role(
                behandelaar=melding.behandelaar_id,
                team=melding.team_id,
                wijk=melding.wijk_id,
                gevoelig=melding.categorie.is_gevoelig,
            ),
        )


def register_all() -> None:
    """Make all of it known to the rounds; called once, when the app is ready."""
    register(Bron(code=BRON, naam="opdrachten bij partners", open_items=open_items, list_url="/werk/bij-partners/"))
    register_light(LichteTaak("partners: herinner aan opdrachten", remind_partners, daily=True))
