"""`manage.py start`: the whole portal with one command."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from kern.embedded import supervisor


class Command(BaseCommand):
    help = "Start het hele portaal: databank, wachtrij, webserver, werker en klok. Stoppen met Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--poort", type=int, default=8000, help="poort van de webserver (standaard 8000)")
        parser.add_argument("--adres", default="127.0.0.1", help="luister op dit adres (standaard 127.0.0.1)")
        parser.add_argument("--leeg", action="store_true", help="vul een nieuw portaal niet met voorbeelden")

    def handle(self, *, poort: int, adres: str, leeg: bool, **options: object) -> None:
        data: Path = settings.DATA_DIR
        portal = supervisor.Portal(data, adres, poort, fill=settings.DEMO and not leeg)
        if settings.DEMO:
            # Links in mails lead to where this portal listens; the processes below read it from the environment.
            settings.PORTAL_URL = os.environ.setdefault("PORTAL_URL", portal.url)
            os.environ["DATA_DIR"] = str(data)
        try:
            supervisor.run(portal, settings.BASE_DIR)
        except supervisor.CannotStart as error:
            self.stderr.write(str(error))
            sys.exit(1)
        self.stdout.write("Het portaal is gestopt.")
