"""`manage.py demo`: fill the portal with an invented city to look around in."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kern import demo as rest
from kern.termijnen import local_date
from meldingen import demo as meldingen
from wijken import demo as wijken


class Command(BaseCommand):
    help = "Vult het portaal met verzonnen wijken, mensen en meldingen. Nog eens uitvoeren verandert niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--meldingen", type=int, default=150, help="Hoeveel meldingen (standaard 150).")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("De demo maakt accounts met een bekend wachtwoord; dat mag niet in productie.")
        now = timezone.now()
        wijken.fill(local_date(now))
        made = meldingen.fill(now, count=options["meldingen"])
        rest.fill(now)
        self.stdout.write(f"De demo staat klaar: {made} nieuwe meldingen.")
