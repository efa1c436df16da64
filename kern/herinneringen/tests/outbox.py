"""What lies in the outbox."""

from kern.berichten.models import Bericht


def mails() -> dict[str, list[str]]:
    """The texts by address, oldest first."""
    found: dict[str, list[str]] = {}
    for bericht in Bericht.objects.order_by("pk"):
        found.setdefault(bericht.aan, []).append(bericht.tekst)
    return found
