"""Whether photos get made."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern.gezondheid.registry import Controle, Stand

from .models import Beeld

LIMIT = timedelta(minutes=30)


def waiting(at: datetime) -> list[Controle]:
    """A warning when photos wait for over half an hour: the worker cannot keep up, or does not run."""
    count = Beeld.objects.waiting(before=at - LIMIT).count()
    if not count:
        return [Controle("beelden", _("Foto's"), Stand.GOED, _("Alle foto's zijn klaar."))]
    text = ngettext(
        "%(n)d foto wacht al meer dan een half uur.", "%(n)d foto's wachten al meer dan een half uur.", count
    )
    return [Controle("beelden", _("Foto's"), Stand.LET_OP, text % {"n": count})]
