"""`manage.py importeer_straten BESTAND [--proef]`: the streets behind the address search, from CSV."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from wijken import actions, imports

from .importeer_wijken import read_text


class Command(BaseCommand):
    help = (
        "Leest straten uit een CSV-bestand met de kolommen naam, lat en lon (of naam, x en y in Lambert 72 of 2008): "
        "alles of niets."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument("--proef", action="store_true", help="Kijk alles na en bewaar niets.")

    def handle(self, *args: Any, bestand: Path, proef: bool, **options: Any) -> None:
        try:
            streets = imports.read_streets(read_text(bestand))
        except imports.ImportRefused as error:
            raise CommandError("\n".join([*error.problemen, "Er is niets ingelezen."])) from error
        with transaction.atomic():
            result = actions.import_streets(straten=streets)
            transaction.set_rollback(proef)
        self.stdout.write(f"{len(streets)} straten gelezen: {result.nieuw} nieuw, {result.gewijzigd} verplaatst.")
        if proef:
            self.stdout.write("Dit was een proef: er is niets bewaard.")
