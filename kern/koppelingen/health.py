"""Whether other programs hear what they asked for."""

from datetime import datetime, timedelta

from kern.gezondheid.registry import Controle, Stand

from . import queries

LIMIT = timedelta(minutes=15)


def webhooks(at: datetime) -> list[Controle]:
    """A warning when deliveries lie untried, or when a webhook was turned off because it kept failing."""
    if count := queries.untried_since(at - LIMIT):
        return [Controle("webhooks", "Webhooks", Stand.FOUT, f"{count} leveringen liggen langer dan 15 minuten.")]
    if count := queries.turned_off():
        return [Controle("webhooks", "Webhooks", Stand.LET_OP, f"{count} webhooks zijn uitgezet (zie beheer).")]
    return [Controle("webhooks", "Webhooks", Stand.GOED, "Alle leveringen zijn geprobeerd.")]
