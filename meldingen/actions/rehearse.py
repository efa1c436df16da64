"""What an action would mail: it is really done, its mails are read, and then all of it is taken back."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import Max

from kern.berichten.models import Bericht

from ..models import Melding


def outgoing(melding: Melding, perform: Callable[[], object]) -> list[Bericht]:
    """The mails that `perform` would send about the report, to whom and in which language; nothing stays.

    What is taken back wakes no worker, because that waits for the commit. Raises what `perform` raises.
    """
    with transaction.atomic():
        before = Bericht.objects.about(melding).aggregate(newest=Max("pk"))["newest"] or 0
        perform()
        mails = list(Bericht.objects.about(melding).filter(pk__gt=before).order_by("pk"))
        transaction.set_rollback(True)
    return mails
