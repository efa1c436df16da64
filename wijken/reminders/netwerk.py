"""What is due about the network of a wijk: half-year reports, agreements that end, and what was agreed to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from kern.herinneringen.models import Aan
from kern.herinneringen.registry import Bron, Item, LichteTaak, register, register_light
from kern.termijnen import add_working_days, load_calendar, local_date

from .. import actions
from ..models import Afspraak, Halfjaarverslag, Programmapunt, Samenwerkingsovereenkomst
from ..queries import wijkmanagers_of
from ..rules import REPORT_LOOK_WORKING_DAYS
from ..states.netwerk import Verslagstatus

AGREEMENTS, REPORTS, TASKS, PROGRAMME = "overeenkomst", "halfjaarverslag", "afspraak", "programmapunt"


def follow_reports(at: datetime) -> Mapping[str, int]:
    """End what is over, ask the reports of past half years, and remind of those that are due."""
    return {
        "afgelopen": actions.end_passed(today=local_date(at)),
        "gevraagd": actions.ask_due_reports(at=at),
        "herinnerd": actions.remind_reports(at=at),
    }


def remind_partners(at: datetime) -> Mapping[str, int]:
    """Remind partners softly of what they took on."""
    return {"herinnerd": actions.remind_tasks(at=at)}


def ending(today: date, horizon: date) -> Iterator[Item]:
    """Every running agreement that ends on or before `horizon`, for who follows it (four queries)."""
    rows = Samenwerkingsovereenkomst.objects.running().filter(tot__lte=horizon)
    found = list(rows.select_related("partner").prefetch_related("wijken").order_by("tot", "pk"))
    people = _Managers({wijk.pk for row in found for wijk in row.wijken.all()}, today)
    for row in found:
        wijken = [wijk.pk for wijk in row.wijken.all()]
        yield Item(
            sleutel=str(row.pk),
            titel=f"Overeenkomst met {row.partner.naam} loopt af: {row.titel}",
            url=row.get_absolute_url(),
            due_on=row.tot,
            ontvangers=people.of(row.verantwoordelijke_id, wijken),
        )


def reports(today: date, horizon: date) -> Iterator[Item]:
    """Every report that is asked and due on or before `horizon`, or waits to be looked at (four queries)."""
    waiting = Halfjaarverslag.objects.filter(status=Verslagstatus.GEVRAAGD, uiterlijk__lte=horizon)
    waiting |= Halfjaarverslag.objects.filter(status=Verslagstatus.INGEDIEND)
    rows = waiting.select_related("overeenkomst__partner").prefetch_related("overeenkomst__wijken").order_by("pk")
    found = list(rows)
    if not found:
        return
    calendar = load_calendar()
    people = _Managers({wijk.pk for row in found for wijk in row.overeenkomst.wijken.all()}, today)
    for row in found:
        due = row.uiterlijk
        if row.ingediend_op:
            due = add_working_days(local_date(row.ingediend_op), REPORT_LOOK_WORKING_DAYS, calendar)
        if due > horizon:
            continue
        words = "na te kijken" if row.ingediend_op else "nog niet binnen"
        yield Item(
            sleutel=str(row.pk),
            titel=f"Verslag van {row.overeenkomst.partner.naam} {words}",
            url=row.overeenkomst.get_absolute_url(),
            due_on=due,
            ontvangers=people.of(
                row.overeenkomst.verantwoordelijke_id, [wijk.pk for wijk in row.overeenkomst.wijken.all()]
            ),
        )


def tasks(today: date, horizon: date) -> Iterator[Item]:
    """Every open task due on or before `horizon`: for the colleague who took it on, else for the wijkmanagers."""
    rows = Afspraak.objects.open().filter(uiterlijk__lte=horizon).select_related("wijk", "partner", "persoon")
    found = list(rows.order_by("uiterlijk", "pk"))
    people = _Managers({row.wijk_id for row in found}, today)
    for row in found:
        who = f" ({row.partner.naam})" if row.partner else ""
        yield Item(
            sleutel=str(row.pk),
            titel=f"Afgesproken voor {row.wijk.naam}: {row.wat}{who}",
            url=row.get_absolute_url(),
            due_on=row.uiterlijk,
            ontvangers=people.of(row.collega_id, [row.wijk_id]),
        )


def programme(today: date, horizon: date) -> Iterator[Item]:
    """Every open agreement of an intensive programme due on or before `horizon`, for the wijkmanagers of its wijk.

    Two queries. Nobody is above a partner: the wijkmanager asks how it goes.
    """
    rows = Programmapunt.objects.open().filter(tegen__lte=horizon).select_related("wijk", "partner")
    found = list(rows.order_by("tegen", "pk"))
    people = _Managers({row.wijk_id for row in found}, today)
    for row in found:
        yield Item(
            sleutel=str(row.pk),
            titel=f"Programma van {row.wijk.naam}: {row.titel} ({row.partner.naam if row.partner else row.wie})",
            url=row.get_absolute_url(),
            due_on=row.tegen,
            ontvangers=people.of(None, [row.wijk_id]),
        )


class _Managers:
    """Who hears of something: the person whose it is, else the wijkmanagers of its wijken."""

    def __init__(self, wijken: set[int], today: date) -> None:
        self._by_wijk = wijkmanagers_of(wijken, today, with_deputies=False) if wijken else {}

    def of(self, person: int | None, wijken: list[int]) -> dict[str, list[int]]:
        managers = list({user.pk: user.pk for wijk in wijken for user in self._by_wijk.get(wijk, [])})
        first = [person] if person else managers
        found = {Aan.VERANTWOORDELIJKE: first, Aan.WIJKMANAGER: managers}
        return {role: ids for role, ids in found.items() if ids}


def register_all() -> None:
    """Make all of it known to the rounds; called once, when the app is ready."""
    register(
        Bron(code=AGREEMENTS, naam="overeenkomsten", open_items=ending, list_url="/werk/overeenkomsten/?stand=lopend")
    )
    register(Bron(code=REPORTS, naam="halfjaarverslagen", open_items=reports, list_url="/werk/overeenkomsten/"))
    register(Bron(code=TASKS, naam="afspraken", open_items=tasks, list_url="/werk/afspraken/?stand=open"))
    register(
        Bron(code=PROGRAMME, naam="afspraken in het programma", open_items=programme, list_url="/werk/impulswijken/")
    )
    register_light(LichteTaak("overeenkomsten: verslagen vragen", follow_reports, daily=True))
    register_light(LichteTaak("afspraken: zacht herinneren", remind_partners, daily=True))
