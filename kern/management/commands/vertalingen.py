"""Bring the catalogues of translations up to date with the code, and compile them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kern import catalogue


class Command(BaseCommand):
    help = "Zet elke tekst die bewoners zien in locale/*/LC_MESSAGES/django.po, en maak de .mo-bestanden."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--controle", action="store_true", help="Schrijf niets, zeg alleen wat er ontbreekt.")

    def handle(self, *args: Any, **options: Any) -> None:
        texts = catalogue.public_texts()
        left = 0
        for language in catalogue.LANGUAGES:
            translations = catalogue.read(language)
            if not options["controle"]:
                catalogue.merge(translations, texts)
                if language == "fr":
                    catalogue.tidy_french(translations)
                catalogue.path_of(language).parent.mkdir(parents=True, exist_ok=True)
                translations.save(str(catalogue.path_of(language)))
            for line in (lines := catalogue.problems(translations, texts)):
                self.stdout.write(f"{language}  {line}")
            left += len(lines)
        if not options["controle"]:
            for path in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po")):
                catalogue.compile_file(path)
        if left:
            raise CommandError(f"Nog te doen: {left}. Vul de vertalingen aan in locale/ en geef deze opdracht opnieuw.")
        self.stdout.write(f"{len(texts)} teksten, volledig in: {', '.join(catalogue.LANGUAGES)}.")
