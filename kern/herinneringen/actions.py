"""The two rounds: reminders on the mornings of working days, and the small jobs of every few minutes."""

import logging
from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import transaction

from kern import termijnen
from kern.gezondheid import actions as gezondheid
from kern.gezondheid.actions import alone, note_error, recorded
from kern.gezondheid.models import Taak, Taakuitvoering
from kern.termijnen import Calendar

from . import mails, queries, registry
from .mails import Regel
from .models import Herinnering
from .registry import Bron, Item, LichteTaak, Nieuws
from .rules import Ladders, Moments

logger = logging.getLogger(__name__)

BATCH = 2000

# One step that is due: of what, which, about which deadline.
Due = tuple[Bron, Item, str, str]


def morning_round(*, at: datetime) -> Taakuitvoering | None:
    """Remind everybody of what is due at `at`, with the sections of the apps; each step goes out once per deadline.

    None on a day without work, and when another worker is busy with it. A Bron that fails leaves the others alone:
    the run counts as failed, and the light round tries again. Reminders and mails are written together or not at all.
    """
    calendar = termijnen.load_calendar()
    today = termijnen.local_date(at)
    if not termijnen.is_working_day(today, calendar):
        return None
    with alone(Taak.OCHTENDRONDE) as mine:
        if not mine:
            return None
        with recorded(Taak.OCHTENDRONDE, at=at) as run:
            due = _due(today, calendar, run)
            run.aantallen = _send(due, today=today, at=at, run=run)
    return run


def light_round(*, at: datetime) -> Taakuitvoering | None:
    """Run the small jobs of the apps, and the morning round when it was missed. None when another worker is busy."""
    with alone(Taak.LICHTE_RONDE) as mine:
        if not mine:
            return None
        with recorded(Taak.LICHTE_RONDE, at=at) as run:
            for taak in registry.lichte_taken.values():
                if not taak.daily:
                    _run_light(taak, at=at, run=run)
        for taak in registry.lichte_taken.values():
            if taak.daily and not _ran_today(taak, at):
                with recorded(taak.code, at=at) as daily:
                    _run_light(taak, at=at, run=daily)
        gezondheid.forget_old_runs(at=at)
    if queries.morning_missed(at, termijnen.load_calendar()):
        morning_round(at=at)
    return run


def _due(today: date, calendar: Calendar, run: Taakuitvoering) -> list[Due]:
    """Every step that is due today or was before, and did not go out yet."""
    ladders = queries.ladders()
    horizon, moments = ladders.horizon(today, calendar), Moments(calendar)
    due: list[Due] = []
    for bron in registry.bronnen.values():
        try:
            with transaction.atomic():
                due += _due_of(bron, ladders, moments, horizon, today)
        except Exception as error:
            logger.exception("the reminders of %s failed", bron.code)
            note_error(run, error, during=bron.code)
    return due


def _due_of(bron: Bron, ladders: Ladders, moments: Moments, horizon: date, today: date) -> list[Due]:
    items = list(bron.open_items(today, horizon))
    sent = queries.sent(bron.code, items)
    return [
        (bron, item, step.sleutel, step.aan)
        for item in items
        for step in ladders.steps(bron.code, item.onderwerp)
        if moments.due_on(item.due_on, step.werkdagen) <= today
        and (item.sleutel, step.sleutel, item.due_on) not in sent
    ]


@transaction.atomic
def _send(due: list[Due], *, today: date, at: datetime, run: Taakuitvoering) -> dict[str, int]:
    people = queries.people(today)
    rows = [
        Herinnering(
            bron=bron.code,
            object=item.sleutel,
            stap=stap,
            due_on=item.due_on,
            ontvanger_id=ontvanger,
            namens_id=namens,
            uitvoering=run,
            gemaakt_op=at,
        )
        for bron, item, stap, aan in due
        for ontvanger, namens in people.recipients(item.ontvangers, aan).items()
    ]
    Herinnering.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    # Read back, because what another sweep wrote in the meantime is not ours to mail.
    ours = Herinnering.objects.filter(uitvoering=run).order_by("pk")
    written = list(ours.values_list("bron", "object", "ontvanger_id", "namens_id"))
    things = {(bron.code, item.sleutel): (bron, item) for bron, item, _stap, _aan in due}
    lines: dict[int, dict[tuple[str, str], Regel]] = defaultdict(dict)
    for code, key, ontvanger, namens in written:
        bron, item = things[code, key]
        known = lines[ontvanger].get((code, key))
        # Who hears of a thing in two ways reads it once, as their own.
        lines[ontvanger][code, key] = Regel(bron, item, None if known and known.namens is None else namens)
    news = _news(at, run)
    mails.send_digests({who: list(found.values()) for who, found in lines.items()}, news, today=today, run=run)
    counts = {"herinneringen": len(written), "mails": len({*lines, *news}), "objecten": len(things)}
    return counts | ({"nieuws": sum(part.aantal for parts in news.values() for part in parts)} if news else {})


def _news(at: datetime, run: Taakuitvoering) -> dict[int, list[Nieuws]]:
    """What the apps tell each person beside the deadlines; a section that fails leaves the others alone."""
    news: dict[int, list[Nieuws]] = defaultdict(list)
    for rubriek in registry.rubrieken.values():
        try:
            with transaction.atomic():
                found = rubriek.nieuws(at)
        except Exception as error:
            logger.exception("the section %s of the digest failed", rubriek.code)
            note_error(run, error, during=rubriek.code)
        else:
            for who, parts in found.items():
                news[who] += parts
    return {who: parts for who, parts in news.items() if parts}


def _ran_today(taak: LichteTaak, at: datetime) -> bool:
    runs = Taakuitvoering.objects.succeeded(taak.code)
    return runs.filter(gestart_op__gt=at - timedelta(days=1)).exists()


def _run_light(taak: LichteTaak, *, at: datetime, run: Taakuitvoering) -> None:
    try:
        counts = {name: count for name, count in taak.run(at).items() if count}
    except Exception as error:
        logger.exception("the small job %s failed", taak.code)
        note_error(run, error, during=taak.code)
    else:
        run.aantallen |= {taak.code: counts} if counts else {}
