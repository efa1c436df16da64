"""Whether other programs hear what they asked for."""

from datetime import datetime, timedelta

from kern.gezondheid.registry import Controle, Stand

from . import queries

LIMIT = timedelta(minutes=15)


def webhooks(at: datetime) -> list[Controle]:
    """Red when deliveries lie untried for a quarter of an hour; a warning when a webhook was turned off."""
    waiting, off = queries.in_trouble(at - LIMIT)
    if waiting:
        return [Controle("webhooks", "Webhooks", Stand.FOUT, f"Van {waiting} webhooks liggen er leveringen te lang.")]
    if off:
        return [Controle("webhooks", "Webhooks", Stand.LET_OP, f"{off} webhooks zijn uitgezet (zie beheer).")]
    return [Controle("webhooks", "Webhooks", Stand.GOED, "Alle leveringen zijn geprobeerd.")]
