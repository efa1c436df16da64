"""Whether the rounds run: without them nobody is reminded, and what was left lying stays there."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from kern import termijnen
from kern.gezondheid.models import Taak, Taakuitvoering
from kern.gezondheid.queries import standing_since
from kern.gezondheid.registry import Controle, Stand

from .rules import last_morning

# A day, and two hours to make up for a missed morning.
LIMIT = timedelta(hours=26)
LATENESS = LIMIT - timedelta(days=1)


def rounds(at: datetime) -> list[Controle]:
    """Red when no round went well for 26 hours, or none of reminders for 26 hours but for days without work.

    A new portal counts from its first migration.
    """
    start = standing_since()
    name = _("Rondes (herinneringen en klein werk)")
    last_any, last_morning_run = _last(start, *Taak.values), _last(start, Taak.OCHTENDRONDE)
    if last_any and at - last_any > LIMIT:
        text = _("Al meer dan 26 uur is er geen ronde gelukt. Draaien de werker en de klok (beat)?")
        return [Controle("rondes", name, Stand.FOUT, text)]
    expected = last_morning(at - LATENESS, termijnen.load_calendar())
    if last_morning_run and last_morning_run < expected:
        text = _("De laatste ochtendronde is niet gelukt: er gingen geen herinneringen uit.")
        return [Controle("rondes", name, Stand.FOUT, text)]
    if Taakuitvoering.objects.filter(status=Taakuitvoering.Status.MISLUKT, gestart_op__gt=at - LATENESS).exists():
        text = _("Een ronde van de laatste twee uur had een fout; zie Taakuitvoeringen in het beheer.")
        return [Controle("rondes", name, Stand.LET_OP, text)]
    return [Controle("rondes", name, Stand.GOED, _("De rondes lopen."))]


def _last(start: datetime | None, *taken: str) -> datetime | None:
    latest = (
        Taakuitvoering.objects.succeeded(*taken).order_by("-gestart_op").values_list("gestart_op", flat=True).first()
    )
    return max(filter(None, (latest, start)), default=None)
