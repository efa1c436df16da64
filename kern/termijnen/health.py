"""A reminder for the administrator: next year's closing days."""

from datetime import datetime

from django.utils.translation import gettext as _

from kern.gezondheid.registry import Controle, Stand

from .queries import year_without_closing_days
from .rules import local_date


def closing_days(at: datetime) -> list[Controle]:
    """A warning from 1 October when next year has none; nothing otherwise."""
    year = year_without_closing_days(local_date(at))
    if year is None:
        return []
    text = _("Er is nog geen sluitingsdag ingevuld voor %(jaar)s.") % {"jaar": year}
    return [Controle("sluitingsdagen", _("Sluitingsdagen"), Stand.LET_OP, text)]
