"""`manage.py ogcbeschrijving`: the OpenAPI description of the map layers, for docs/ogc.yaml."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ...openapi import as_yaml


class Command(BaseCommand):
    help = "Schrijft de OpenAPI-beschrijving van de kaartlagen voor iedereen."

    def handle(self, **options: Any) -> None:
        self.stdout.write(as_yaml(), ending="")
