"""What staff read about a report in a few words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kern.templatetags.kern import datum_kort

from .states import Status

if TYPE_CHECKING:
    from .models import Melding


def next_step(melding: Melding, on: date) -> str:
    """What has to happen now with the report."""
    match melding.status:
        case Status.NIEUW | Status.HEROPEND if melding.behandelaar_id is None:
            return _("Wijs toe of neem in behandeling")
        case Status.NIEUW | Status.TOEGEWEZEN | Status.HEROPEND:
            return _("Neem in behandeling")
        case Status.IN_BEHANDELING:
            return _("Plan het in of los het op")
        case Status.INGEPLAND if melding.gepland_op and melding.gepland_op < on:
            return _("Was gepland op %(dag)s: sluit af of plan opnieuw") % {"dag": datum_kort(melding.gepland_op)}
        case Status.INGEPLAND:
            return _("Gepland op %(dag)s") % {"dag": datum_kort(melding.gepland_op)}
        case Status.WACHT_OP_MELDER:
            return _("Wacht op een antwoord")
        case Status.BIJ_PARTNER:
            return _("Wacht op de partner")
    return _("Niets meer te doen")
