"""What happens to reports when the outlines of the wijken change."""

from __future__ import annotations

from django.db import connection, transaction

from kern import historiek
from wijken.queries import moved

from ..models import Melding


@transaction.atomic
def reassign_wijken() -> int:
    """Give each report with a place the wijk it now lies in; who handles it stays. How many got another wijk.

    A report without a place keeps the wijk that was chosen for it. Other changes to reports wait until this is done:
    a place that is corrected meanwhile would otherwise get the wijk of the place it had.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {connection.ops.quote_name(Melding._meta.db_table)} IN SHARE ROW EXCLUSIVE MODE")
    count = 0
    with historiek.reason("Nieuwe omtrekken van de wijken"):
        for wijk, reports in moved(Melding.objects.all()).items():
            count += Melding.objects.filter(pk__in=reports).update(wijk=wijk)
    return count
