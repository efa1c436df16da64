"""Call the webhooks.

A delivery is claimed before it is sent, as a mail is. Unlike a mail it is sent again when nobody knows whether it
arrived: it carries the same `webhook-id`, by which the receiver knows it.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F, Max

from .. import registry, rules, uitgaand
from ..models import Antwoord, Levering, Webhook
from ..uitgaand import Uitslag
from .webhooks import secret_of

log = structlog.get_logger(__name__)

# Minutes to wait after each failed try, some two days in all; after the last one the delivery is given up.
PAUSES = (1, 5, 30, 120, 360, 720, 1440)
# A webhook that failed this often without one success in between is turned off.
MAX_FAILURES = 25
# One sweep: what is left is for the next.
SWEEP_LIMIT = 200
SWEEP_SECONDS = 50
STUCK = timedelta(minutes=5)
KEEP_LOG = timedelta(days=90)
KEEP_ANSWERS = timedelta(days=2)


def sweep(*, at: datetime) -> dict[str, int]:
    """Send what waits and is due, at most one failure per webhook a round; the counts.

    Call it outside a transaction: a claim must be committed before the call leaves.
    """
    Levering.objects.stuck(at, STUCK).update(status=Levering.Status.WACHT, bezig_sinds=None)
    waiting = list(Levering.objects.due(at).values_list("pk", "webhook_id", "gebeurtenis", "sleutel")[:SWEEP_LIMIT])
    told = _contents((event, key) for _pk, _webhook, event, key in waiting)
    clock, counts, failing = time.monotonic(), {"verstuurd": 0, "mislukt": 0}, set()
    for pk, webhook, event, key in waiting:
        passed = time.monotonic() - clock
        if webhook in failing or passed > SWEEP_SECONDS:
            continue
        outcome = _deliver(pk, told[event].get(key), at + timedelta(seconds=passed))
        if outcome is False:
            failing.add(webhook)
        if outcome is not None:
            counts["verstuurd" if outcome else "mislukt"] += 1
    return counts


def deliver(*, pk: int, at: datetime) -> str:
    """Try one delivery that waits; its status afterwards. Call it outside a transaction."""
    row = Levering.objects.get(pk=pk)
    told = _contents([(row.gebeurtenis, row.sleutel)])
    _deliver(pk, told[row.gebeurtenis].get(row.sleutel), at)
    row.refresh_from_db(fields=["status"])
    return row.status


@transaction.atomic
def resend(*, levering: Levering, at: datetime) -> Levering:
    """Send a delivery once more, as a row of its own with the same content and the same `webhook-id`."""
    Webhook.objects.select_for_update().get(pk=levering.webhook_id)
    same = Levering.objects.filter(
        webhook=levering.webhook_id, gebeurtenis=levering.gebeurtenis, sleutel=levering.sleutel
    )
    last = same.aggregate(last=Max("herhaling"))["last"] or 0
    return Levering.objects.create(
        webhook_id=levering.webhook_id,
        gebeurtenis=levering.gebeurtenis,
        sleutel=levering.sleutel,
        herhaling=last + 1,
        inhoud=levering.inhoud,
        aangemaakt_op=at,
        volgende_poging_op=at,
    )


def clean_up(*, at: datetime) -> dict[str, int]:
    """Throw away deliveries of three months ago and kept answers of two days ago; the counts."""
    done = Levering.objects.filter(aangemaakt_op__lt=at - KEEP_LOG)
    deliveries, _each = done.exclude(status__in=[Levering.Status.WACHT, Levering.Status.BEZIG]).delete()
    answers, _each = Antwoord.objects.filter(gemaakt_op__lt=at - KEEP_ANSWERS).delete()
    return {"leveringen": deliveries, "antwoorden": answers}


def _contents(rows: Any) -> dict[str, dict[str, dict[str, Any]]]:
    """What is told, by event and key: one question per event for the whole round."""
    keys: dict[str, set[str]] = defaultdict(set)
    for event, key in rows:
        keys[event].add(key)
    return {event: dict(registry.contents(event, found)) for event, found in keys.items()}


def _deliver(pk: int, told: dict[str, Any] | None, at: datetime) -> bool | None:
    """Claim, send, write down how it went; None when there was nothing to send."""
    claimed = Levering.objects.filter(pk=pk, status=Levering.Status.WACHT).update(
        status=Levering.Status.BEZIG, bezig_sinds=at, pogingen=F("pogingen") + 1
    )
    if not claimed:
        return None
    row = Levering.objects.select_related("webhook").get(pk=pk)
    if told is None:  # it became sensitive, or was removed, since
        _finish(row, status=Levering.Status.VERVALLEN, afgerond_op=at, fout="Hierover wordt niets meer verteld.")
        return None
    body = row.inhoud or {"type": row.gebeurtenis, "timestamp": row.aangemaakt_op.isoformat(), "data": told}
    outcome = _send(row, body, at)
    if outcome.is_good:
        _finish(row, status=Levering.Status.GELUKT, afgerond_op=at, inhoud=body, **_facts(outcome))
        Webhook.objects.filter(pk=row.webhook_id).exclude(fouten_op_rij=0).update(fouten_op_rij=0)
        return True
    _failed(row, body, outcome, at)
    return False


def _send(row: Levering, body: dict[str, Any], at: datetime) -> Uitslag:
    # Sorted, for the database keeps no order: a message is the same byte for byte each time it is sent.
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    name = f"lev_{row.webhook_id}_{row.gebeurtenis}_{row.sleutel}"
    moment = int(at.timestamp())
    try:
        signed = rules.signature(secret_of(row.webhook), name, moment, text)
    except ValueError as error:
        return Uitslag(None, "", str(error), 0)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Genk-Wijk-Webhook/1",
        "webhook-id": name,
        "webhook-timestamp": str(moment),
        "webhook-signature": signed,
    }
    return uitgaand.post(row.webhook.url, text, headers)


def _facts(outcome: Uitslag) -> dict[str, Any]:
    return {
        "http_status": outcome.status,
        "antwoord": outcome.antwoord,
        "fout": outcome.fout,
        "duur_ms": outcome.ms,
    }


@transaction.atomic
def _failed(row: Levering, body: dict[str, Any], outcome: Uitslag, at: datetime) -> None:
    facts = {**_facts(outcome), "inhoud": body}
    if row.pogingen > len(PAUSES):
        log.warning("webhook_given_up", levering=row.pk, tries=row.pogingen)
        _finish(row, status=Levering.Status.MISLUKT, afgerond_op=at, **facts)
    else:
        pause = timedelta(minutes=PAUSES[row.pogingen - 1])
        _finish(row, status=Levering.Status.WACHT, volgende_poging_op=at + pause, **facts)
    webhook = Webhook.objects.select_for_update().get(pk=row.webhook_id)
    webhook.fouten_op_rij += 1
    if webhook.fouten_op_rij >= MAX_FAILURES and webhook.is_actief:
        webhook.is_actief, webhook.uitgezet_op = False, at
        log.warning("webhook_turned_off", webhook=webhook.pk)
    webhook.save(update_fields=["fouten_op_rij", "is_actief", "uitgezet_op"])


def _finish(row: Levering, *, status: str, **fields: object) -> None:
    """Write the outcome of this try, unless somebody else took the row over meanwhile."""
    Levering.objects.filter(pk=row.pk, bezig_sinds=row.bezig_sinds, status=Levering.Status.BEZIG).update(
        status=status, bezig_sinds=None, **fields
    )
