"""How fast the map layers are with many knelpunten, measured on the running web server beside an empty page.

    python -m genk_wijk.meten.kaartlagen --aantal 100000 1000000

Works in a scratch database of its own, as `manage.py meet` does, and leaves the portal alone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ.setdefault("PORTAL_MODE", "demo")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genk_wijk.settings")

BASE = Path(__file__).resolve().parents[2]
ITEMS = "/ogc/collections/knelpunten/items"
WEST, SOUTH, WIDE, HIGH = 5.40, 50.92, 0.18, 0.09
REQUESTS, WARM_UP, CLIENTS = 60, 5, 8
WANTED_MS = 40

# Knelpunten all over the city, with the words, empty places and empty days of real ones.
FILL = """
    INSERT INTO toegankelijkheid_knelpunt (
        onderwerp, dimensie, titel, omschrijving, plaats, adres, vastgesteld_op, openbaar, tags, groepen, gewijzigd_op,
        wegbeheerder, vereist, gemeten, eenheid, ernst, is_tijdelijk, status, statusreden, oplossing,
        haalbaarheidsreden, prioriteit, planning, versie
    )
    SELECT
        (ARRAY['halte', 'looproute', 'oversteekplaats'])[1 + g %% 3], 'drempel', 'Boordsteen <5 cm> & "goot" ' || g,
        'De boordsteen is te hoog voor wie met een rolstoel of een rollator komt, nummer ' || g,
        CASE WHEN g %% 500 = 0 THEN NULL ELSE point(
            round((%(west)s + random() * %(wide)s)::numeric, 6)::float8,
            round((%(south)s + random() * %(high)s)::numeric, 6)::float8
        ) END,
        'Stalenstraat ' || g %% 300, CASE WHEN g %% 400 = 0 THEN NULL ELSE date '2024-01-01' + (g %% 800)::int END,
        true, '{}', '{}', now(), 'stad', 'hoogstens 2 cm', (g %% 90) / 10.0, 'cm', 1 + g %% 4, false, 'vastgesteld', '',
        'Verlaag de boordsteen', '', 'hoog', 'KT', 1
    FROM generate_series(1, %(count)s) AS g
"""


def boxes(width: float, query: str) -> list[str]:
    """Boxes of this width anywhere in the city; always the same ones."""
    dice = random.Random(width)  # noqa: S311 (no secret)
    height = width * HIGH / WIDE
    places = [(WEST + dice.random() * (WIDE - width), SOUTH + dice.random() * (HIGH - height)) for _ in range(50)]
    return [f"{ITEMS}?bbox={x:.5f},{y:.5f},{x + width:.5f},{y + height:.5f}&{query}" for x, y in places]


def questions(count: int) -> Iterator[tuple[str, list[str]]]:
    """What is asked: a name, and the addresses that are asked in turn."""
    lambert = "crs=http://www.opengis.net/def/crs/EPSG/0/31370"
    yield "een lege pagina", ["/meten/leeg/"]
    yield "100, zonder kader", [f"{ITEMS}?limit=100"]
    yield "1.000, zonder kader", [f"{ITEMS}?limit=1000"]
    yield "1.000, diep (90 %)", [f"{ITEMS}?limit=1000&na={count * 9 // 10 + step}" for step in range(40)]
    for width, words in ((0.01, "straten"), (0.05, "wijk"), (0.17, "bijna de hele stad")):
        yield f"kader ({words}), 100", boxes(width, "limit=100")
        yield f"kader ({words}), 1.000", boxes(width, "limit=1000")
    yield "kader (straten), 1.000, Lambert 72", boxes(0.01, f"limit=1000&{lambert}")
    yield "filter (ernst), 1.000", [f"{ITEMS}?limit=1000&ernst=2"]
    yield "alles als GeoJSON", ["/ogc/collections/knelpunten/bestand/geojson"]


def inside(data: Path, count: int) -> None:
    """Fill, start the web server, ask. Runs in a process that knows the scratch database alone."""
    import django

    django.setup()
    from django.db import connection

    from kern.embedded import prepare
    from meldingen.meten import kladblok, metingen, tabel

    if not kladblok.is_inside(data):
        raise SystemExit("Dit werkt alleen op een kladdatabank.")
    prepare.migrate()
    with connection.cursor() as cursor:
        # Triggers that write row by row are left out; what tells the layers of a change is given once.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE toegankelijkheid_knelpunt CASCADE")
        numbers = {"west": WEST, "south": SOUTH, "wide": WIDE, "high": HIGH, "count": count}
        cursor.execute(FILL, numbers)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("INSERT INTO ogc_tabelstand (tabel, teken) VALUES ('toegankelijkheid_knelpunt', 1)")
        cursor.execute("VACUUM ANALYZE toegankelijkheid_knelpunt")
        cursor.execute("SELECT min(id) FROM toegankelijkheid_knelpunt")
    prepare.collect_static()
    prepare.close_connections()
    portaal = kladblok.Portaal(data, BASE)
    rows = []
    try:
        for name, paths in questions(count):
            whole = name.startswith("alles")
            result = metingen.Uitslag(name, max_ms=None if whole or "lege" in name else WANTED_MS)
            visitor = metingen.Bezoeker(kladblok.HOST, portaal.port)
            requests, warm_up = (1, 0) if whole else (REQUESTS, WARM_UP)
            for number in range(warm_up):
                visitor.ask(metingen.Vraag(paths[number % len(paths)]))
            portaal.peak_since_last()
            asked = [metingen.Vraag(paths[(warm_up + number) % len(paths)]) for number in range(requests)]
            answers = [visitor.ask(question) for question in asked]
            metingen.summary(result, answers, portaal.peak_since_last())
            if not whole:
                result.extra["samen"] = together(portaal.port, paths)
            rows.append(result)
            sys.stdout.write(tabel.line(result, rows[0], None) + "\n")
            sys.stdout.flush()
    finally:
        portaal.stop()
    (data / "kaartlagen.json").write_text(json.dumps([row.as_json() for row in rows]))


def together(port: int, paths: Sequence[str]) -> float:
    """How many answers a second eight clients get at once."""
    from meldingen.meten import kladblok, metingen

    def client(begin: int) -> None:
        visitor = metingen.Bezoeker(kladblok.HOST, port)
        for number in range(10):
            visitor.ask(metingen.Vraag(paths[(begin + number) % len(paths)]))
        visitor.close()

    threads = [threading.Thread(target=client, args=(number * 7,)) for number in range(CLIENTS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return CLIENTS * 10 / (time.perf_counter() - started)


def table(count: int, rows: Sequence[dict[str, object]]) -> str:
    """The figures as Markdown, for docs/snelheid.md."""
    lines = [
        f"\n### {count:,} knelpunten\n".replace(",", "."),
        "| Wat | per s | acht samen, per s | p50 ms | p95 ms | bytes | vragen | MB |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        extra = dict(row["extra"])  # type: ignore[call-overload]
        eight = f"{extra['samen']:.1f}" if "samen" in extra else ""
        lines.append(
            f"| {row['naam']} | {row['per_seconde']:.1f} | {eight} | {row['p50']:.1f} | {row['p95']:.1f} | "
            f"{row['bytes']} | {row['vragen']} | {int(str(row['geheugen'])) // 2**20} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m genk_wijk.meten.kaartlagen", description=__doc__)
    parser.add_argument("--aantal", type=int, nargs="+", default=[100_000], help="hoeveel knelpunten")
    parser.add_argument("--map", type=Path, help="map van de kladdatabanken (standaard: meten in DATA_DIR)")
    parser.add_argument("--binnen", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.binnen:
        inside(options.binnen, options.aantal[0])
        return
    import django

    django.setup()
    from django.conf import settings

    from meldingen.meten import kladblok

    root = (options.map or settings.DATA_DIR / "meten").resolve()
    for count in options.aantal:
        data = root / f"kaartlagen-{count}"
        command = [sys.executable, "-m", "genk_wijk.meten.kaartlagen", "--aantal", str(count), "--binnen", str(data)]
        with kladblok.servers(data) as environment:
            subprocess.run(command, cwd=BASE, env=environment, check=True)  # noqa: S603 (our own command)
        sys.stdout.write(table(count, json.loads((data / "kaartlagen.json").read_text())) + "\n")
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main()
