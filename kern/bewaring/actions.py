"""The nightly round: announce what is nearly over, strike what no longer is, treat what stood there for a week."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from kern import historiek
from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date

from . import mails, registry
from .models import Aankondiging, Bewaarregel, Bewaarronde
from .queries import over
from .rules import NOTICE_DAYS

log = structlog.get_logger(__name__)

BATCH = 200
# A first rule over years of reports is carried out over several nights.
ANNOUNCE_LIMIT = 20_000
SECONDS = 600


def nightly(at: datetime) -> dict[str, int]:
    """Apply every active rule; the counts of all of them. Again on the same day does no harm.

    Nothing goes that did not stand on the list for a week, also when a rule is new or was made shorter. What goes is
    logged in numbers only. It stops after ten minutes and goes on the next night. A rule that fails leaves the
    others alone; the error is raised at the end.
    """
    end = time.monotonic() + SECONDS
    total: Counter[str] = Counter()
    failed: list[Exception] = []
    for regel in Bewaarregel.objects.active():
        if regel.soort not in registry.soorten:
            continue
        try:
            ronde = _apply(regel, at, end)
        except Exception as error:
            log.exception("retention_rule_failed", regel=regel.pk)
            failed.append(error)
            continue
        total["aangekondigd"] += ronde.aangekondigd
        total["behandeld"] += ronde.behandeld
    if total["aangekondigd"]:
        mails.announced(total["aangekondigd"], at)
    if failed:
        raise failed[0]
    return dict(total)


@transaction.atomic
def hold(*, aankondigingen: Iterable[int], reden: str, door: Gebruiker, at: datetime) -> int:
    """Keep these things longer, until somebody lets them go again; how many. Raises ValueError without a reason."""
    if not reden.strip():
        raise ValueError("inhouden heeft een reden nodig")
    rows = Aankondiging.objects.not_held().filter(pk__in=aankondigingen)
    return rows.update(ingehouden_op=at, ingehouden_door=door, reden=reden.strip())


@transaction.atomic
def let_go(*, aankondigingen: Iterable[int], at: datetime) -> int:
    """No longer hold these things back: they go in a week at the earliest. How many."""
    day = local_date(at) + timedelta(days=NOTICE_DAYS)
    held = Aankondiging.objects.filter(pk__in=aankondigingen, ingehouden_op__isnull=False)
    return held.update(ingehouden_op=None, ingehouden_door=None, reden="", uitvoeren_op=day)


def _apply(regel: Bewaarregel, at: datetime, end: float) -> Bewaarronde:
    ronde = Bewaarronde(regel=regel, regel_in_woorden=str(regel)[:250], op=at)
    with historiek.acting(taak=str(regel)):
        ronde.vervallen = _strike(regel, at)
        ronde.behandeld, counts = _treat(regel, at, end)
        ronde.aangekondigd = _announce(regel, at)
    ronde.aantallen = dict(counts)
    if ronde.vervallen or ronde.behandeld or ronde.aangekondigd:
        ronde.save()
    return ronde


@transaction.atomic
def _announce(regel: Bewaarregel, at: datetime) -> int:
    """Put on the list what will be over in a week."""
    listed = regel.aankondigingen.values("object")
    coming = over(regel, at + timedelta(days=NOTICE_DAYS)).exclude(pk__in=listed)
    keys = list(coming.order_by("pk").values_list("pk", flat=True)[:ANNOUNCE_LIMIT])
    words = registry.soorten[regel.soort].omschrijf(keys)
    day = local_date(at) + timedelta(days=NOTICE_DAYS)
    rows = [
        Aankondiging(
            regel=regel, object=key, omschrijving=words.get(key, str(key))[:200], aangekondigd_op=at, uitvoeren_op=day
        )
        for key in keys
    ]
    Aankondiging.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def _strike(regel: Bewaarregel, at: datetime) -> int:
    """Take off the list what the rule is no longer about: reopened, treated otherwise, or the rule changed."""
    struck, last = 0, 0
    coming = over(regel, at + timedelta(days=NOTICE_DAYS))
    while batch := list(regel.aankondigingen.filter(pk__gt=last).order_by("pk").values_list("pk", "object")[:1000]):
        last = batch[-1][0]
        still = set(coming.filter(pk__in=[key for _pk, key in batch]).values_list("pk", flat=True))
        gone = [pk for pk, key in batch if key not in still]
        struck += Aankondiging.objects.filter(pk__in=gone).delete()[0]
    return struck


def _treat(regel: Bewaarregel, at: datetime, end: float) -> tuple[int, Counter[str]]:
    """Treat what stood on the list for a week, batch by batch, each in its own transaction."""
    apply = registry.soorten[regel.soort].uitvoering[regel.wat]
    due = regel.aankondigingen.not_held().filter(uitvoeren_op__lte=local_date(at)).order_by("pk")  # type: ignore[attr-defined]
    done, counts = 0, Counter[str]()
    while time.monotonic() < end:
        with transaction.atomic():
            batch = list(due.select_for_update(skip_locked=True)[:BATCH])
            if not batch:
                break
            keys = list(over(regel, at).filter(pk__in=[row.object for row in batch]).values_list("pk", flat=True))
            with historiek.reason(f"Bewaartermijn: {regel}"):
                counts.update(apply(keys, at) if keys else {})
            Aankondiging.objects.filter(pk__in=[row.pk for row in batch]).delete()
            done += len(keys)
    return done, counts
