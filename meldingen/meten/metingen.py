"""What is measured: each page with the addresses that are asked, by whom, and how fast it has to be."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from .bezoeker import Antwoord, Bezoeker, Vraag
from .kladblok import HOST, Portaal
from .wereld import CITY, CITY_ZOOM, Wereld

REQUESTS, WARM_UP, SECONDS = 40, 3, 20
PAGE_MS, NEAR_MS, SWEEP_SECONDS, MAX_QUERIES = 60, 15, 60, 12
SENT = 60
TOGETHER = ", vier tegelijk"
EMPTY, INSERTS, SWEEP = "een lege Django-pagina", "één rij toevoegen", "ochtendronde"


@dataclass(frozen=True)
class Meting:
    """One line of the table. `ask` makes the requests; they are asked in turn, as often as time allows."""

    naam: str
    wie: str
    ask: Callable[[Wereld], Sequence[Vraag]]
    max_ms: float | None = PAGE_MS
    max_queries: int | None = MAX_QUERIES
    requests: int = REQUESTS
    warm_up: int = WARM_UP
    good: tuple[int, ...] = (200,)


@dataclass
class Uitslag:
    """What came of it: times in milliseconds, memory in bytes. `nota` says what went wrong."""

    naam: str
    wie: str = ""
    aantal: int = 0
    per_seconde: float = 0.0
    p50: float = 0.0
    p95: float = 0.0
    vragen: int = 0
    databank: float = 0.0
    geheugen: int = 0
    bytes: int = 0
    max_ms: float | None = None
    max_vragen: int | None = None
    nota: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def _get(name: str, **query: Any) -> Callable[[Wereld], list[Vraag]]:
    return lambda wereld: [Vraag(_address(name, query))]


def _address(name: str, query: dict[str, Any], *arguments: Any) -> str:
    path = reverse(name, args=arguments)
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


def _box(kader: Any) -> str:
    return ",".join(f"{side:.5f}" for side in kader)


def _city(name: str, **query: Any) -> Callable[[Wereld], list[Vraag]]:
    return _get(name, kader=_box(CITY), zoom=CITY_ZOOM, **query)


def _words(name: str, words: Sequence[str], **query: Any) -> Callable[[Wereld], list[Vraag]]:
    return lambda wereld: [Vraag(_address(name, {**query, "q": word})) for word in words]


def _deep_list(order: str, share: float, **query: Any) -> Callable[[Wereld], list[Vraag]]:
    def ask(wereld: Wereld) -> list[Vraag]:
        return [Vraag(_address("meldingen:staff_list", {"volgorde": order, "na": wereld.deep(order, share), **query}))]

    return ask


def _of_reports(name: str, who: str, **query: Any) -> Callable[[Wereld], list[Vraag]]:
    return lambda wereld: [Vraag(_address(name, query, number)) for number in wereld.numbers_of(who)]


def _details_in_list(who: str) -> Callable[[Wereld], list[Vraag]]:
    def ask(wereld: Wereld) -> list[Vraag]:
        return _of_reports(
            "meldingen:detail", who, terug="lijst=alle&prioriteit=hoog", plek=wereld.deep("-ontvangen", 0.4)
        )(wereld)

    return ask


def _open311_page(wereld: Wereld) -> list[Vraag]:
    return [Vraag(f"{OPEN311}?page_size=50")]


def _open311_service(wereld: Wereld) -> list[Vraag]:
    return [Vraag(f"{OPEN311}?{urlencode({'service_code': wereld.rare_category.code})}")]


def _api(who: str, **query: Any) -> Callable[[Wereld], list[Vraag]]:
    """The list of another program, with a key of this person's."""

    def ask(wereld: Wereld) -> list[Vraag]:
        return [Vraag(_address("meldingen:api_staff_list", query), headers=wereld.with_key(who))]

    return ask


def _rare(wereld: Wereld) -> list[Vraag]:
    query = {"categorie": wereld.rare_category.pk, "prioriteit": "hoog", "bron": ["balie", "straat"]}
    return [Vraag(_address("meldingen:staff_list", query))]


def _public_box(wereld: Wereld) -> list[Vraag]:
    return [Vraag(_address("meldingen:public_places", {"kader": _box(wereld.box), "zoom": 16}))]


def _staff_box(wereld: Wereld) -> list[Vraag]:
    return [Vraag(_address("meldingen:staff_points", {"kader": _box(wereld.box), "zoom": 16, "lijst": "alle"}))]


def _public_details(wereld: Wereld) -> list[Vraag]:
    return [Vraag(_address("meldingen:public_detail", {}, number)) for number in wereld.public_numbers]


def _follow_pages(wereld: Wereld) -> list[Vraag]:
    return [Vraag(_address("meldingen:status", {}, code)) for code in wereld.codes]


def _near_step(wereld: Wereld) -> list[Vraag]:
    return [Vraag(reverse("meldingen:new_buurt"), session=draft.session) for draft in wereld.drafts(10)]


def _public_deep(wereld: Wereld) -> list[Vraag]:
    return [Vraag(_address("meldingen:public_list", {"na": wereld.deep_public(0.9)}))]


OPEN311 = "/open311/v2/requests.json"
ADDRESSES = ("molenstraat", "kerk", "hoog", "linde 12")
COMMON, WORDS = ("school", "fietsers gevaarlijk", "plastic markt"), ("schommel ketting", "boordsteen", "compost ratten")
LIST, POINTS = "meldingen:staff_list", "meldingen:staff_points"


def pages() -> Iterator[Meting]:
    """Every page, the worst of its kind."""
    yield Meting(EMPTY, "bezoeker", _get("empty"), max_ms=None, max_queries=None, requests=200)
    yield Meting("startpagina", "bezoeker", _get("home"))
    yield Meting("openbare lijst", "bezoeker", _get("meldingen:public_list"))
    yield Meting("openbare lijst, diep", "bezoeker", _public_deep)
    yield Meting("openbare kaart, kader met 500 à 2.000", "bezoeker", _public_box)
    yield Meting("openbare kaart, hele stad", "bezoeker", _city("meldingen:public_places"))
    yield Meting("openbare melding", "bezoeker", _public_details)
    yield Meting("volgpagina", "bezoeker", _follow_pages)
    yield Meting("formulier: wat er al gemeld is in de buurt", "bezoeker", _near_step, good=(200, 302))
    yield Meting("adres zoeken", "bezoeker", _words("wijken:address_search", ADDRESSES))
    yield Meting("Open311: een bladzijde van 50", "bezoeker", _open311_page)
    yield Meting("Open311: meldingen van een dienst", "bezoeker", _open311_service)
    for who in ("beheerder", "wijkmanager"):
        yield from staff_pages(who)


def staff_pages(who: str) -> Iterator[Meting]:
    """The pages of staff, for somebody who sees the whole city and for somebody who sees a part."""
    yield Meting("werk: begin", who, _get("meldingen:work"))
    yield Meting("lijst: alle", who, _get(LIST))
    yield Meting("lijst: alle, diep (90 %)", who, _deep_list("-ontvangen", 0.9))
    yield Meting("lijst: op termijn, diep", who, _deep_list("termijn", 0.02, lijst="alle"))
    yield Meting("lijst: te laat", who, _get(LIST, lijst="laat"))
    yield Meting("lijst: in mijn wijken", who, _get(LIST, lijst="wijk"))
    yield Meting("lijst: status en prioriteit", who, _get(LIST, status="ingepland", prioriteit="hoog"))
    yield Meting("lijst: zeldzame filters", who, _rare)
    yield Meting("lijst: twee jaar terug", who, _get(LIST, van="2020-01-01", tot="2024-12-31", bron="balie"))
    yield Meting("zoeken: alle regels", who, _words(LIST, (*WORDS, *COMMON, "Janssens", "molenstraat")))
    yield Meting("zoeken: tekst", who, _words(LIST, (*WORDS, *COMMON), regel="tekst"))
    yield Meting("zoeken: adres", who, _words(LIST, ("molenstraat 12", "kerkplein", "oude"), regel="adres"))
    yield Meting("kaartpagina", who, _get("meldingen:staff_map"))
    yield Meting("kaart, hele stad", who, _city(POINTS, lijst="alle"))
    yield Meting("kaart, hele stad, filters", who, _city(POINTS, lijst="alle", prioriteit="laag", bron="mail"))
    yield Meting("kaart, hele stad, zoeken", who, _city(POINTS, lijst="alle", q="school", regel="tekst"))
    yield Meting("kaart, hele stad, te laat", who, _city(POINTS, lijst="laat"))
    yield Meting("kaart, wijk", who, _get(POINTS, kader="5.48,50.955,5.54,50.985", zoom=14, lijst="alle"))
    yield Meting("kaart, straten", who, _staff_box)
    yield Meting("melding", who, _of_reports("meldingen:detail", who))
    yield Meting("melding, vanuit een lijst", who, _details_in_list(who))
    yield Meting("melding: wat misschien dubbel is", who, _of_reports("meldingen:duplicates", who))
    yield Meting("misschien dubbel: de rij", who, _get("meldingen:proposals"))
    yield Meting("bij partners", who, _get("meldingen:at_partners"))
    yield Meting("deeltaken", who, _get("meldingen:deeltaken"))
    yield Meting("cijfers", who, _get("meldingen:figures"))
    yield Meting("API: lijst", who, _api(who))
    yield Meting("API: lijst, filters", who, _api(who, status="ingepland", prioriteit="hoog"))


def run(meting: Meting, wereld: Wereld, portaal: Portaal) -> Uitslag:
    """Ask, and keep the time."""
    result = Uitslag(meting.naam, meting.wie, max_ms=meting.max_ms, max_vragen=meting.max_queries)
    vragen = meting.ask(wereld)
    visitor = Bezoeker(HOST, portaal.port, wereld.sessions[meting.wie])
    for number in range(meting.warm_up):
        visitor.ask(vragen[number % len(vragen)])
    portaal.peak_since_last()
    answers: list[Antwoord] = []
    until = time.monotonic() + SECONDS
    while len(answers) < meting.requests and (time.monotonic() < until or len(answers) < WARM_UP):
        answers.append(visitor.ask(vragen[(meting.warm_up + len(answers)) % len(vragen)]))
    visitor.close()
    return summary(result, answers, portaal.peak_since_last(), meting.good)


def summary(result: Uitslag, answers: Sequence[Antwoord], peak: int, good: tuple[int, ...] = (200,)) -> Uitslag:
    times = sorted(answer.seconds * 1000 for answer in answers)
    result.aantal = len(times)
    result.per_seconde = 1000 * len(times) / sum(times)
    result.p50, result.p95 = percentile(times, 0.5), percentile(times, 0.95)
    result.vragen = max(answer.queries for answer in answers)
    result.databank = percentile(sorted(answer.database_ms for answer in answers), 0.5)
    result.geheugen, result.bytes = peak, max(answer.size for answer in answers)
    if wrong := {answer.status for answer in answers} - set(good):
        result.nota = f"antwoordde {sorted(wrong)}"
    return result


def percentile(times: Sequence[float], share: float) -> float:
    """The time within which that share of the requests was answered (nearest rank)."""
    return times[min(len(times) - 1, max(0, round(share * len(times) + 0.5) - 1))]


def inserts(count: int = 500) -> Uitslag:
    """Rows that are added one by one, each in a transaction of its own, to a table with a key and an index."""
    times = []
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS meet_toets "
            "(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tekst text, op timestamptz)"
        )
        cursor.execute("CREATE INDEX IF NOT EXISTS meet_toets_op ON meet_toets (op)")
        for number in range(count):
            started = time.perf_counter()
            cursor.execute("INSERT INTO meet_toets (tekst, op) VALUES (%s, now())", [f"rij {number}"])
            times.append((time.perf_counter() - started) * 1000)
        cursor.execute("DROP TABLE meet_toets")
    times.sort()
    return Uitslag(
        INSERTS, "", count, 1000 * count / sum(times), percentile(times, 0.5), percentile(times, 0.95), vragen=1
    )
