"""The measurements that are no page to look at: sending, what is near, the morning round, an export."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from urllib.parse import urlencode

import psutil
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.gezondheid.models import Taakuitvoering
from kern.herinneringen import actions as herinneringen
from kern.herinneringen.models import Herinnering
from kern.opdrachten.models import Opdracht

from ..models import Melding
from ..queries import dubbels
from ..queries import form as form_queries
from .bezoeker import Bezoeker, Vraag
from .kladblok import HOST, Portaal
from .metingen import EMPTY, MAX_QUERIES, NEAR_MS, SENT, SWEEP, SWEEP_SECONDS, TOGETHER, Uitslag, percentile, summary
from .teller import Teller
from .wereld import Wereld

VISITORS, EMPTY_PAGES = 4, 2_000
SENDING = "een melding sturen (formulier)"
SENDING_JSON = "een melding sturen (JSON)"
EXPORT = "export van 100.000 rijen"
EXPORTED, EXPORT_SECONDS = 100_000, 300
OK, FOUND = 200, 302
ENDED = frozenset({Opdracht.Status.KLAAR, Opdracht.Status.MISLUKT, Opdracht.Status.GESTOPT})


def sending(wereld: Wereld, portaal: Portaal) -> Iterator[Uitslag]:
    """The last button of the form, once for each of sixty visitors: one after the other, and four at a time."""
    for naam, asked in ((SENDING, _asked), (SENDING + TOGETHER, _asked_together)):
        vragen, before = wereld.drafts(SENT), Melding.objects.order_by("-pk").values_list("pk", flat=True)[0]
        result = asked(Uitslag(naam, "bezoeker", max_vragen=MAX_QUERIES), vragen, portaal, good=(302,))
        made = Melding.objects.filter(pk__gt=before).count()
        if made != len(vragen):
            result.nota = f"{made} van {len(vragen)} meldingen kwamen aan"
        yield result


def empty(portaal: Portaal) -> Uitslag:
    """The yardstick of what is asked four at a time."""
    vragen = [Vraag(reverse("empty"))] * EMPTY_PAGES
    return _asked_together(Uitslag(EMPTY + TOGETHER, "bezoeker"), vragen, portaal, good=(200,))


def sending_json(wereld: Wereld, portaal: Portaal) -> Iterator[Uitslag]:
    """The same through the API, with a key of its own."""
    for naam, asked in ((SENDING_JSON, _asked), (SENDING_JSON + TOGETHER, _asked_together)):
        yield asked(Uitslag(naam, "koppeling", max_vragen=MAX_QUERIES), _as_json(wereld), portaal, good=(201,))


def _as_json(wereld: Wereld) -> list[Vraag]:
    path, once = reverse("meldingen:api_send"), uuid.uuid4()
    body = {"categorie": "zwerfvuil", "omschrijving": "Er liggen blikjes in de berm."}
    return [
        Vraag(
            path,
            json=json.dumps(body | {"plaats": {"lat": place.lat, "lon": place.lon}}).encode(),
            headers={**wereld.with_key("beheerder"), "Idempotency-Key": f"{once}-{number}"},
        )
        for number, place in enumerate(islice(cycle(wereld.places), SENT))
    ]


def export(wereld: Wereld, portaal: Portaal) -> Uitslag:
    """The newest 100,000 that the beheerder sees, as a file made by the worker; its memory tells whether it grew.

    A list of up to 2,000 is a file at once, made by the web.
    """
    result, path = Uitslag(EXPORT, "beheerder"), reverse("meldingen:staff_export")
    known = Opdracht.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    job: Opdracht | None = None
    oldest = Melding.objects.order_by("-ontvangen_op").values_list("ontvangen_op", flat=True)
    since = oldest[min(EXPORTED, wereld.total) - 1]
    query = urlencode({"lijst": "alle", "van": timezone.localdate(since).isoformat()})
    before = portaal.memory(portaal.worker)
    visitor = Bezoeker(HOST, portaal.port, wereld.sessions["beheerder"])
    started, peak = time.perf_counter(), before
    answer = visitor.ask(Vraag(f"{path}?{query}", fields={"vorm": "csv", "kolommen": "lijst"}))
    while answer.status == FOUND and time.perf_counter() - started < EXPORT_SECONDS:
        peak = max(peak, portaal.memory(portaal.worker))
        job = Opdracht.objects.filter(pk__gt=known).order_by("-pk").first()
        if job is not None and job.status in ENDED:
            break
        time.sleep(0.1)
    seconds = time.perf_counter() - started
    result.aantal, result.per_seconde, result.p50 = 1, 1 / seconds, seconds * 1000
    result.p95, result.geheugen, result.vragen = result.p50, peak, answer.queries
    result.extra = {"groei": peak - before}
    if answer.status == OK:
        result.nota = "meteen, zonder werker"
    elif job is None or job.status != Opdracht.Status.KLAAR:
        result.nota = f"het bestand kwam er niet (antwoord {answer.status})"
    else:
        result.nota = f"de werker groeide {max(0, peak - before) / 1024**2:.0f} MB"
    return result


def _asked(result: Uitslag, vragen: Sequence[Vraag], portaal: Portaal, good: tuple[int, ...]) -> Uitslag:
    visitor = Bezoeker(HOST, portaal.port)
    portaal.peak_since_last()
    answers = [visitor.ask(vraag) for vraag in vragen]
    visitor.close()
    return summary(result, answers, portaal.peak_since_last(), good)


def _asked_together(result: Uitslag, vragen: Sequence[Vraag], portaal: Portaal, good: tuple[int, ...]) -> Uitslag:
    """The same questions by several visitors at once, so that one waits for the database while another is served."""
    visitors = [Bezoeker(HOST, portaal.port) for _ in range(VISITORS)]
    portaal.peak_since_last()
    started = time.perf_counter()
    with ThreadPoolExecutor(VISITORS) as pool:
        shares = pool.map(
            lambda nr: [visitors[nr].ask(vraag) for vraag in vragen[nr::VISITORS]],
            range(VISITORS),
        )
        answers = [answer for share in shares for answer in share]
    seconds = time.perf_counter() - started
    for visitor in visitors:
        visitor.close()
    summary(result, answers, portaal.peak_since_last(), good)
    result.per_seconde = len(answers) / seconds
    return result


def near(wereld: Wereld) -> list[Uitslag]:
    """What is near a place, as the form and as the panel of duplicates ask it: the queries and what is made of them."""
    reports = list(
        Melding.objects.open()
        .filter(plaats__isnull=False)
        .select_related("categorie", "melder")
        .order_by("-pk")[:2000:50]
    )
    return [
        _timed(
            "dichtbij een plaats (formulier)",
            [lambda row=row: form_queries.nearby(row.plaats, row.categorie, wereld.today) for row in reports],
        ),
        _timed(
            "dichtbij een melding (medewerker)",
            [lambda row=row: _panel(row, wereld) for row in reports],
        ),
    ]


def _panel(melding: Melding, wereld: Wereld) -> dubbels.Paneel:
    rows, radius, weeks = Melding.objects.all(), dubbels.DEFAULT_RADIUS, dubbels.DEFAULT_WEEKS
    return dubbels.panel(melding, rows, at=wereld.now, straal=radius, weken=weeks, contact=True)


def _timed(naam: str, calls: Sequence) -> Uitslag:
    times, most = [], 0
    calls[0]()
    for call in calls:
        teller, started = Teller(), time.perf_counter()
        with connection.execute_wrapper(teller):
            call()
        times.append((time.perf_counter() - started) * 1000)
        most = max(most, teller.count)
    per_second = 1000 * len(times) / sum(times)
    times.sort()
    return Uitslag(
        naam, "", len(times), per_second, percentile(times, 0.5), percentile(times, 0.95), most, max_ms=NEAR_MS
    )


def sweep(wereld: Wereld) -> Uitslag:
    """The morning round as if none had been, in this process: with all that is late, and their digests."""
    _forget_rounds()
    late, me = wereld.late(), psutil.Process()
    peak, done, teller = [me.memory_info().rss], threading.Event(), Teller()

    def watch() -> None:
        while not done.wait(0.05):
            peak[0] = max(peak[0], me.memory_info().rss)

    threading.Thread(target=watch, daemon=True).start()
    started = time.perf_counter()
    with connection.execute_wrapper(teller):
        run = herinneringen.morning_round(at=wereld.next_morning())
    seconds = time.perf_counter() - started
    done.set()
    result = Uitslag(f"{SWEEP} met {late:,} late".replace(",", "."), "", 1, 1 / seconds, seconds * 1000, seconds * 1000)
    result.vragen, result.geheugen, result.max_ms = teller.count, peak[0], SWEEP_SECONDS * 1000
    if run is None or run.status != Taakuitvoering.Status.GELUKT:
        result.nota = "de ronde mislukte"
    else:
        result.extra = dict(run.aantallen)
    return result


def _forget_rounds() -> None:
    """An earlier measurement on a kept database must not make this one lighter."""
    Herinnering.objects.all().delete()
    Bericht.objects.filter(sleutel__startswith="herinneringen:").delete()
    Taakuitvoering.objects.all().delete()
