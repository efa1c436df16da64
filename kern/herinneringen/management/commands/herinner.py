"""Run the rounds by hand: after a stop, or to see what would go out on another day."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kern.herinneringen import actions, rules


class Command(BaseCommand):
    help = "Voer de lichte ronde en de ochtendronde nu uit (buiten productie ook voor een andere dag)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--op", type=date.fromisoformat, metavar="JJJJ-MM-DD", help="alleen buiten productie")

    def handle(self, *args: Any, op: date | None, **options: Any) -> None:
        if op and settings.PRODUCTION:
            raise CommandError("In productie gaan herinneringen alleen vandaag uit.")
        at = rules.morning_of(op) if op else timezone.now()
        for name, run in [("lichte ronde", actions.light_round(at=at)), ("ochtendronde", actions.morning_round(at=at))]:
            self.stdout.write(f"{name}: {run.aantallen if run else 'niet nodig, of al bezig'}")
            if run and run.fout:
                raise CommandError(run.fout)
