"""What was chosen in the monitoring table, and the version that was on screen: for the pages its buttons lead to."""

from __future__ import annotations

from django.http import QueryDict
from django.utils import timezone

from wijken.gate import StaffRequest

from ..forms.monitoring import MonitoringFilters
from ..models import KnelpuntQuerySet
from ..queries import monitoring


def chosen_in_table(request: StaffRequest) -> KnelpuntQuerySet:
    """What was ticked in the monitoring table, or everything that its filter shows."""
    found = monitoring.rows(request.user, request.reach)
    if request.POST.get("alles"):
        wanted = MonitoringFilters(QueryDict(request.POST.get("terug", ""))).chosen()
        return monitoring.chosen(found, wanted, request.user, timezone.localdate())
    numbers = [int(pk) for pk in request.POST.getlist("rij") if pk.isdecimal() and len(pk) < 10]
    return found.filter(pk__in=numbers).order_by("-rang", "-ernst", "pk")


def version_of(request: StaffRequest) -> int | None:
    """The version of the row that was on screen; None when the page did not say."""
    found = request.POST.get("versie", "")
    return int(found) if found.isdecimal() and len(found) < 10 else None
