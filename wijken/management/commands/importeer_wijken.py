"""`manage.py importeer_wijken BESTAND [--proef]`: the outlines of the wijken, from GeoJSON."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from wijken import actions, imports


class Command(BaseCommand):
    help = (
        "Leest wijken uit een GeoJSON-bestand (WGS84, Lambert 72 of Lambert 2008): alles of niets. "
        "Teams en teksten van wijken die er al zijn, blijven."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument("--proef", action="store_true", help="Kijk alles na en bewaar niets.")

    def handle(self, *args: Any, bestand: Path, proef: bool, **options: Any) -> None:
        read = imports.read_outlines(read_text(bestand))
        for line in read.waarschuwingen:
            self.stderr.write(self.style.WARNING(f"Let op: {line}"))
        if read.problemen:
            raise CommandError("\n".join([*read.problemen, "Er is niets ingelezen."]))
        try:
            with transaction.atomic():
                result = actions.import_outlines(omtrekken=read.omtrekken)
                transaction.set_rollback(proef)
        except imports.ImportRefused as error:
            raise CommandError("\n".join([*error.problemen, "Er is niets ingelezen."])) from error
        for naam in result.zonder_omtrek:
            self.stderr.write(self.style.WARNING(f"Let op: {naam} staat niet in het bestand en houdt haar omtrek."))
        self.stdout.write(
            f"{len(read.omtrekken)} wijken gelezen ({read.stelsel.name.replace('_', ' ')}): "
            f"{result.nieuw} nieuw, {result.gewijzigd} bijgewerkt."
        )
        for kind, count in result.verplaatst.items():
            self.stdout.write(f"{count} {kind} kregen een andere wijk.")
        if proef:
            self.stdout.write("Dit was een proef: er is niets bewaard.")


def read_text(path: Path) -> str:
    """The text of a file; CommandError in plain Dutch when it is not there or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"Het bestand {path} is niet te lezen: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"Het bestand {path} is geen tekst in UTF-8.") from error
