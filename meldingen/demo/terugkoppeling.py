"""Invented answers to the question how it went, promises that were moved or broken, and low scores looked into."""

from __future__ import annotations

import random
import uuid
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from kern.termijnen import add_working_days, load_calendar, local_date
from wijken.models import Teamlid

from .. import actions
from ..models import Enquete, Enquetereden, Melder, Melding, Terugkoppeling
from ..states import Sluitreden, Status
from .reports import in_working_hours

CONTENT = ("Heel vriendelijk geholpen.", "Dank jullie wel, het ligt er weer netjes bij.", "", "", "")
NOT_CONTENT = ("Na twee dagen lag het er opnieuw.", "Niemand liet iets weten.", "Het is maar half hersteld.")
DONE = ("Ik belde de melder. De ploeg gaat er donderdag nog eens langs.", "De melder gebeld en uitgelegd hoe het liep.")


def fill(now: datetime, dice: random.Random) -> None:
    """Let promises be moved and broken, ask everybody whose report was solved, and answer most of it."""
    _promises(now, dice)
    _solve_more(now, dice)
    _ask(now)
    _answer(now, dice)
    actions.cijfers.fold()


def _promises(now: datetime, dice: random.Random) -> None:
    """Some open reports got another date in time; of those that are late half got one after their day."""
    today, calendar = local_date(now), load_calendar()
    running = Melding.objects.open().filter(volgende_termijn__isnull=False)
    open_rows = running.select_related("behandelaar").order_by("pk")
    for melding in open_rows.filter(oplossing_uiterlijk__gt=today, behandelaar__isnull=False)[:12:2]:
        actions.move_promise(
            melding=melding,
            oplossing_uiterlijk=add_working_days(melding.oplossing_uiterlijk, dice.randint(3, 8), calendar),
            reden="Het materiaal wordt later geleverd.",
            door=melding.behandelaar,
            at=now - timedelta(hours=dice.randint(20, 40)),
        )
    late = list(actions.belofte.broken(now).values_list("pk", flat=True)[::2])
    rest = list(actions.belofte.broken(now).exclude(pk__in=late).values_list("pk", flat=True))
    Melding.objects.filter(pk__in=rest).update(keren_gebroken=2)
    actions.belofte.give_new_dates(at=now - timedelta(hours=1), calendar=calendar)
    # One that breaks tomorrow, so that the question on its page can be seen.
    soon = open_rows.filter(oplossing_uiterlijk__gt=today, behandelaar__isnull=False, keren_verzet=0).first()
    if soon:
        day = add_working_days(today, 1, calendar)
        Melding.objects.filter(pk=soon.pk).update(oplossing_uiterlijk=day, volgende_termijn=day)


def _solve_more(now: datetime, dice: random.Random) -> None:
    """The team that solved most solved more in the weeks before: enough for its own figure of satisfaction."""
    solved = Melding.objects.filter(sluitreden=Sluitreden.OPGELOST, team__isnull=False, categorie__is_gevoelig=False)
    busiest = solved.values("team").annotate(n=Count("pk")).order_by("-n", "team").first() or {"team": None}
    examples = list(solved.filter(team=busiest["team"]).select_related("categorie", "wijk").order_by("pk"))
    lid = Teamlid.objects.on(local_date(now)).filter(team=busiest["team"]).select_related("gebruiker").first()
    if lid is None:
        return
    for number in range(16):
        like, at = examples[number % len(examples)], in_working_hours(now - timedelta(days=dice.uniform(22, 45)))
        melding, _made = actions.submit(
            inzending=uuid.UUID(int=dice.getrandbits(128), version=4),
            categorie=like.categorie,
            omschrijving=like.omschrijving,
            plaats=like.plaats,
            adres=like.adres,
            wijk=like.wijk,
            naam="Nora (demo)",
            email=f"nora{number}@demo.genk-wijk.example",
            at=at,
        )
        actions.start(
            melding=melding, door=lid.gebruiker, at=in_working_hours(at + timedelta(days=dice.uniform(0.5, 2)))
        )
        actions.close(
            melding=melding,
            sluitreden=Sluitreden.OPGELOST,
            toelichting="Het is hersteld. Bedankt dat je het gemeld hebt.",
            door=lid.gebruiker,
            at=in_working_hours(at + timedelta(days=dice.uniform(2, 9))),
        )


def _ask(now: datetime) -> None:
    """Everybody whose report was solved has an address and is asked."""
    for pk in Melding.objects.filter(sluitreden=Sluitreden.OPGELOST, melder__email="").values_list("pk", flat=True):
        Melder.objects.filter(melding=pk).update(email=f"bewoner-{pk}@demo.genk-wijk.example")
    calendar = load_calendar()
    # As the light round would have done on each of those mornings.
    for days in range(28, -1, -1):
        morning = in_working_hours(timezone.localtime(now - timedelta(days=days)).replace(hour=8))
        if morning < now:
            actions.terugkoppeling.ask(at=morning, calendar=calendar)


def _answer(now: datetime, dice: random.Random) -> None:
    good, bad = (list(Enquetereden.objects.filter(tevreden=value)) for value in (True, False))
    for enquete in Enquete.objects.select_related("melding").order_by("pk"):
        at = enquete.verstuurd_op + timedelta(hours=dice.uniform(1, 60))
        if at > now or dice.random() < 0.15:
            continue
        content = dice.random() < 0.75
        actions.terugkoppeling.answer(
            enquete=enquete,
            tevreden=content,
            redenen=dice.sample(good if content else bad, 1),
            tekst=dice.choice(CONTENT if content else NOT_CONTENT),
            wil_heropenen=not content and dice.random() < 0.2 and enquete.melding.status == Status.AFGESLOTEN,
            at=at,
        )
    for number, task in enumerate(Terugkoppeling.objects.select_related("team").order_by("uiterlijk")):
        leader = Teamlid.objects.on(local_date(now)).filter(team=task.team).select_related("gebruiker").first()
        if leader and (number % 2 == 0 or (task.uiterlijk < local_date(now) and number > 2)):
            at = task.enquete.beantwoord_op + timedelta(hours=20)
            actions.terugkoppeling.handle(
                terugkoppeling=task, wat_gedaan=dice.choice(DONE), door=leader.gebruiker, at=min(at, now)
            )
