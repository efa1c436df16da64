"""Whether mails go out."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern.gezondheid.registry import Controle, Stand

from . import queries

LIMIT = timedelta(minutes=15)


def mails(at: datetime) -> list[Controle]:
    """Red when mails lie unsent for over a quarter of an hour; a warning when some were given up."""
    if count := queries.unsent_since(at - LIMIT):
        text = ngettext("%(n)d mail ligt langer dan 15 minuten.", "%(n)d mails liggen langer dan 15 minuten.", count)
        return [Controle("mails", _("Mails"), Stand.FOUT, text % {"n": count})]
    if count := queries.failed():
        text = ngettext("%(n)d mail kon niet weg (zie beheer).", "%(n)d mails konden niet weg (zie beheer).", count)
        return [Controle("mails", _("Mails"), Stand.LET_OP, text % {"n": count})]
    return [Controle("mails", _("Mails"), Stand.GOED, _("Alle mails zijn verzonden."))]
