"""What the reports of a measurement are drawn from: streets, kinds of reports, who handles them, words and names.

The busiest come first: `rijen` draws from the beginning of each table more often than from its end.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from typing import Any

from django.db import connection
from psycopg2.extras import execute_values

from kern.geo import Punt
from kern.termijnen import local_date
from wijken.models import Straat, Team, Teamlid, Wijk
from wijken.queries import team_for
from wijken.rules import zoeknaam

from ..demo.reports import TEXTS
from ..models import Categorie

STREETS_PER_WIJK = 60
BEGIN = (
    *("Akker", "Appel", "Beek", "Berg", "Bies", "Bloem", "Bos", "Bron", "Brug", "Dorp", "Gaard", "Galg", "Gras"),
    *("Haag", "Heide", "Herder", "Hoef", "Hoog", "Kamp", "Kapel", "Kerk", "Klaver", "Koren", "Kruis", "Laag", "Leem"),
    *("Linde", "Meer", "Molen", "Mijn", "Nacht", "Noord", "Oever", "Park", "Peer", "Plas", "Poort", "Raam", "Riet"),
    *("Schans", "School", "Slag", "Spoor", "Steen", "Tuin", "Veld", "Vijver", "Water", "Weide", "Wind", "Zand", "Zuid"),
)
END = ("straat", "laan", "weg", "plein", "pad", "dreef", "hof", "steeg", "wijkstraat", "ring")
THINGS = (
    *("fiets", "doos", "zetel", "band", "paal", "steen", "tak", "plank", "kast", "zak", "fles", "ketting", "ladder"),
    *("emmer", "matras", "stoel", "tafel", "buis", "kabel", "hekje", "poort", "bord", "bak", "put", "rooster", "krat"),
)
LOOKS = (
    *("rode", "blauwe", "groene", "oude", "natte", "gebroken", "roestige", "scheve", "losse", "zware", "kleine"),
    *("grote", "zwarte", "witte", "gele", "vuile", "lege", "volle", "kapotte", "houten", "ijzeren", "plastieken"),
)
EXTRA = [f"Er is ook een {look} {thing}." for look in LOOKS for thing in THINGS]
DETAILS = (
    "Het is vlak bij de bushalte.",
    "Het is al de derde keer dit jaar.",
    "Mijn buurman zag het ook.",
    "Kan iemand eens komen kijken?",
    "Het is gevaarlijk voor fietsers.",
    "De kinderen van de school passeren hier elke dag.",
    "Vooral 's avonds is het erg.",
    "Het ligt tegenover het elektriciteitskastje.",
    "Ik heb er een foto van.",
    "Vorige week was het er nog niet.",
    "Na het weekend is het altijd erger.",
    "Het is aan de kant van het park.",
    "De rolstoel van mijn moeder geraakt er niet voorbij.",
    "Het stinkt ook.",
    "Er hangt een geel lint rond.",
    "Bedankt om hier iets aan te doen.",
    "Aan de overkant is er hetzelfde probleem.",
    "De vorige melding is afgesloten, maar het is niet weg.",
    "Het staat er sinds de storm.",
    "Het is op de hoek, naast de brievenbus.",
)
FIRST = (
    *("Jan", "Fatima", "Luca", "Katarzyna", "Sofie", "Mehmet", "Giovanna", "Pieter", "Nora", "Ahmet", "Els", "Marco"),
    *("Ayse", "Tom", "Lies", "Karim", "Anna", "Johan", "Rita", "Yusuf", "Elena", "Bert", "Sara", "Guido", "Mia"),
)
LAST = (
    *("Janssens", "Peeters", "Yilmaz", "Rossi", "Nowak", "Claes", "Demir", "Vanderlinden", "Kaya", "Moretti", "Maes"),
    *("Jacobs", "Celik", "Bianchi", "Wouters", "El Amrani", "Hermans", "Kowalski", "Smeets", "Ozturk", "Greco", "Nys"),
)


def prepare(dice: random.Random, now: Any) -> dict[str, Any]:
    """Add the streets, and make the tables that `rijen` draws from; gives their sizes and the lists of words."""
    _add_streets(dice)
    today = local_date(now)
    streets = list(Straat.objects.exclude(wijk=None).values_list("naam", "plaats", "wijk_id"))
    dice.shuffle(streets)
    kinds = list(Categorie.objects.active(today).sub().filter(stoppagina=None).select_related("hoofdcategorie", "team"))
    dice.shuffle(kinds)
    kinds.sort(key=lambda kind: kind.is_gevoelig)
    _table(
        "meet_straat (nr int PRIMARY KEY, naam text, lon float8, lat float8, wijk_id bigint)",
        ((nr, naam, plaats.lon, plaats.lat, wijk) for nr, (naam, plaats, wijk) in enumerate(streets, 1)),
    )
    _table(
        "meet_soort (nr int PRIMARY KEY, categorie_id bigint, gevoelig bool, teksten text[])",
        ((nr, kind.pk, kind.is_gevoelig, _texts(kind)) for nr, kind in enumerate(kinds, 1)),
    )
    _table(
        "meet_route (categorie_id bigint, wijk_id bigint, team_id bigint, leden bigint[], "
        "PRIMARY KEY (categorie_id, wijk_id))",
        _routes(kinds, today),
    )
    return {
        "straten": len(streets),
        "soorten": len(kinds),
        "details": [*DETAILS, *EXTRA],
        "voornamen": list(FIRST),
        "namen": list(LAST),
    }


def _table(definition: str, rows: Iterable[tuple[Any, ...]]) -> None:
    name = definition.split(" ", 1)[0]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {definition}")
        cursor.execute(f"TRUNCATE {name}")
        execute_values(cursor, f"INSERT INTO {name} VALUES %s", list(rows), page_size=1000)  # noqa: S608 (our names)
        cursor.execute(f"ANALYZE {name}")


def _texts(kind: Categorie) -> list[str]:
    return list(TEXTS.get(kind.code, (f"{kind.naam}: {kind.uitleg or 'zo kan het niet blijven'}.",)))


def _routes(kinds: list[Categorie], today: Any) -> list[tuple[Any, ...]]:
    wijken = list(Wijk.objects.all())
    members: dict[int, list[int]] = {}
    for team, person in Teamlid.objects.on(today).order_by("pk").values_list("team_id", "gebruiker_id"):
        members.setdefault(team, []).append(person)
    found: dict[tuple[str, int], Team | None] = {}
    rows = []
    for kind in kinds:
        for wijk in wijken:
            key = (kind.teamsoort, wijk.pk)
            if key not in found:
                found[key] = team_for(kind.teamsoort, wijk, today)
            team = kind.team or found[key]
            rows.append((kind.pk, wijk.pk, team and team.pk, members.get(team.pk, []) if team else []))
    return rows


def _add_streets(dice: random.Random) -> None:
    """Sixty invented streets in each wijk, spread over its outline; none where they are already."""
    if Straat.objects.count() > STREETS_PER_WIJK * 2:
        return
    names = [f"{begin}{end}" for begin in BEGIN for end in END]
    names += [f"{prefix} {name}" for prefix in ("Oude", "Kleine", "Nieuwe") for name in names]
    dice.shuffle(names)
    rows = []
    for wijk in Wijk.objects.prefetch_related("ringen").order_by("code"):
        corners = max((row.ring for row in wijk.ringen.all() if not row.is_gat), key=len, default=(wijk.centrum,))
        for _ in range(STREETS_PER_WIJK):
            naam = names.pop()
            rows.append(
                Straat(naam=naam, zoeknaam=zoeknaam(naam), plaats=_inside(wijk.centrum, corners, dice), wijk=wijk)
            )
    Straat.objects.bulk_create(rows)


def _inside(centre: Punt, corners: Any, dice: random.Random) -> Punt:
    """A place between the centre and the border, so inside a convex outline; more of them near the centre."""
    first = dice.randrange(len(corners))
    a, b, side, share = corners[first], corners[first - 1], dice.random(), 0.93 * math.sqrt(dice.random()) ** 1.3
    edge = Punt(a.lon + side * (b.lon - a.lon), a.lat + side * (b.lat - a.lat))
    return Punt(
        round(centre.lon + share * (edge.lon - centre.lon), 6), round(centre.lat + share * (edge.lat - centre.lat), 6)
    )
