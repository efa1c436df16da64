"""`manage.py meet`: how fast the portal is with many reports, measured on the running web server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from kern.embedded import folder, postgres, prepare, redis

from ...meten import kladblok, metingen, tabel, vullen, zwaar
from ...meten.metingen import Uitslag
from ...meten.wereld import Wereld

FULL, RESULTS = "gevuld.json", "uitslagen.json"


class Command(BaseCommand):
    help = (
        "Vult een kladdatabank met verzonnen meldingen en meet het draaiende portaal. Raakt het portaal zelf niet aan."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--meldingen", type=int, nargs="+", action="extend", help="hoeveel; meer getallen tonen de groei"
        )
        parser.add_argument("--map", type=Path, help="map van de kladdatabanken (standaard: meten in DATA_DIR)")
        parser.add_argument(
            "--bewaar", action="store_true", help="laat de kladdatabank staan, en gebruik ze de volgende keer"
        )
        parser.add_argument("--tabel", type=Path, help="schrijf de tabel als Markdown in dit bestand")
        parser.add_argument("--alleen", default="", help="meet alleen wat dit woord in zijn naam heeft")
        parser.add_argument("--binnen", type=Path, help=SUPPRESS)

    def handle(self, *, meldingen: list[int] | None, binnen: Path | None, **options: Any) -> None:
        sizes = meldingen or [100_000]
        if min(sizes) < 1000:
            raise CommandError("Meet met minstens 1.000 meldingen.")
        if binnen:
            self._inside(binnen, sizes[0], options["alleen"])
            return
        root = (options["map"] or settings.DATA_DIR / "meten").resolve()
        runs, facts = {}, {}
        for size in sizes:
            data = root / str(size)
            self.stdout.write(f"{size} meldingen, in {data}")
            runs[size], facts[size] = self._outside(data, size, options["alleen"])
            if not options["bewaar"]:
                shutil.rmtree(data, ignore_errors=True)
        table = tabel.markdown(runs, facts)
        self.stdout.write(f"\n{table}")
        if options["tabel"]:
            options["tabel"].write_text(table, encoding="utf-8")

    def _outside(self, data: Path, size: int, only: str) -> tuple[list[Uitslag], dict[str, Any]]:
        """Start the scratch servers and let a process that knows nothing else do the work."""
        (data / RESULTS).unlink(missing_ok=True)
        command = [
            sys.executable,
            "manage.py",
            "meet",
            "--meldingen",
            str(size),
            "--binnen",
            str(data),
            "--alleen",
            only,
        ]
        try:
            with kladblok.servers(data) as environment:
                done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=False)  # noqa: S603
        except folder.FolderInUse as error:
            raise CommandError(f"Een andere meting gebruikt {data}.") from error
        except (folder.FolderUnusable, postgres.PostgresFailed, redis.RedisFailed) as error:
            raise CommandError(str(error)) from error
        if done.returncode or not (data / RESULTS).exists():
            raise CommandError("De meting is mislukt; de regels hierboven zeggen waarom.")
        read = json.loads((data / RESULTS).read_text())
        return [Uitslag(**row) for row in read["uitslagen"]], read["feiten"]

    def _inside(self, data: Path, size: int, only: str) -> None:
        if not kladblok.is_inside(data):
            raise CommandError("Dit werkt alleen op een kladdatabank; gebruik manage.py meet zonder --binnen.")
        prepare.migrate()
        facts = self._filled(data, size)
        prepare.collect_static()
        results: list[Uitslag] = []
        prepare.close_connections()
        portaal = kladblok.Portaal(data, settings.BASE_DIR)
        try:
            for result in measured(Wereld(timezone.now()), portaal, only):
                results.append(result)
                self.stdout.write(list(tabel.lines(results))[-1])
                self.stdout.flush()
        finally:
            portaal.stop()
            connections.close_all()
        report = {"uitslagen": [row.as_json() for row in results], "feiten": facts}
        (data / RESULTS).write_text(json.dumps(report))

    def _filled(self, data: Path, size: int) -> dict[str, Any]:
        if (mark := data / FULL).exists():
            self.stdout.write("De kladdatabank van de vorige keer is er nog.")
            facts: dict[str, Any] = json.loads(mark.read_text())
            return facts
        started = time.monotonic()

        def tell(done: int) -> None:
            if done % 100_000 == 0 or done == size:
                self.stdout.write(f"  {done:>9} meldingen na {time.monotonic() - started:.0f} s")
                self.stdout.flush()

        vullen.fill(size, now=timezone.now(), progress=tell)
        facts = {"vullen": time.monotonic() - started, "op": timezone.now().isoformat(), "processen": os.cpu_count()}
        self.stdout.write(f"  gevuld in {facts['vullen']:.0f} s")
        mark.write_text(json.dumps(facts))
        return facts


def measured(wereld: Wereld, portaal: kladblok.Portaal, only: str) -> Any:
    """The two yardsticks, every page, and the work that is no page. `only` leaves out names without that word."""
    for meting in metingen.pages():
        if meting.naam == metingen.EMPTY:
            yield metingen.run(meting, wereld, portaal)
            yield metingen.inserts()
        elif only in meting.naam:
            yield metingen.run(meting, wereld, portaal)
    if only in zwaar.SENDING or only in zwaar.SENDING_JSON:
        yield zwaar.empty(portaal)
    if only in zwaar.SENDING:
        yield from zwaar.sending(wereld, portaal)
    if only in zwaar.SENDING_JSON:
        yield from zwaar.sending_json(wereld, portaal)
    if only in "dichtbij":
        yield from zwaar.near(wereld)
    if only in zwaar.EXPORT:
        yield zwaar.export(wereld, portaal)
    if only in metingen.SWEEP:
        yield zwaar.sweep(wereld)
