"""Whether long jobs get done."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern.gezondheid.registry import Controle, Stand

from . import queries

LIMIT = timedelta(minutes=30)
LOST = timedelta(minutes=10)


def jobs(at: datetime) -> list[Controle]:
    """A warning when jobs wait for over half an hour, or lost their worker and nobody took them up."""
    name = _("Lange opdrachten")
    lost, count = queries.overdue(lost=at - LOST, waiting=at - LIMIT)
    if lost:
        text = ngettext("%(n)d opdracht verloor haar werker.", "%(n)d opdrachten verloren hun werker.", lost)
        return [Controle("opdrachten", name, Stand.LET_OP, text % {"n": lost})]
    if count:
        text = ngettext(
            "%(n)d opdracht wacht al meer dan een half uur.",
            "%(n)d opdrachten wachten al meer dan een half uur.",
            count,
        )
        return [Controle("opdrachten", name, Stand.LET_OP, text % {"n": count})]
    return [Controle("opdrachten", name, Stand.GOED, _("Geen opdracht wacht te lang."))]
