"""When, and for how many, as people say it, in the active language."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def when(begin: datetime, einde: datetime) -> str:
    """A moment on the clock of Brussels: donderdag 23 juli 2026 van 19.30 tot 21.30 uur."""
    start, end = timezone.localtime(begin), timezone.localtime(einde)
    if start.date() == end.date():
        return _("%(dag)s van %(begin)s tot %(einde)s uur") % {
            "dag": date_format(start, "l j F Y"),
            "begin": hour(start),
            "einde": hour(end),
        }
    return _("%(dag)s om %(begin)s uur, tot %(einddag)s om %(einde)s uur") % {
        "dag": date_format(start, "l j F Y"),
        "begin": hour(start),
        "einddag": date_format(end, "l j F Y"),
        "einde": hour(end),
    }


def hour(moment: datetime) -> str:
    """The hour of a moment: 19.30."""
    return date_format(timezone.localtime(moment), pgettext("opmaak van een uur", "G.i"))


def people(count: int) -> str:
    """So many people."""
    return _("1 persoon") if count == 1 else _("%(aantal)s personen") % {"aantal": count}
