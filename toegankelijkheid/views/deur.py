"""Fetching is asking whether one may: every page gets its object here, and 404 for what is not there or not theirs."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from wijken.gate import StaffRequest

from ..models import Campagne, Screeningsobject
from ..queries import screening
from ..rules import recht


def get_object(request: StaffRequest, pk: int) -> Screeningsobject:
    """An object this person may see."""
    rows = Screeningsobject.objects.visible_to(request.user, request.reach)
    return get_object_or_404(rows.select_related("niveau", "zone", "zonedeel", "wijk"), pk=pk)


def to_measure(request: StaffRequest, pk: int) -> Screeningsobject:
    """An object this person may measure."""
    obj = get_object(request, pk)
    if not may_measure(request, obj):
        raise Http404
    return obj


def may_measure(request: StaffRequest, obj: Screeningsobject) -> bool:
    """Whether this person may write measurements of the object; asks for their campaigns only when it matters."""
    if recht.may_manage(request.user):
        return True
    zones = screening.own_zones(request.user, request.reach)
    return recht.may_measure(request.user, request.reach, wijk_id=obj.wijk_id, zone_id=obj.zone_id, eigen_zones=zones)


def get_campaign(request: StaffRequest, pk: int) -> Campagne:
    """A campaign this person may see."""
    return get_object_or_404(screening.campaigns(request.user, request.reach), pk=pk)


def managers_only(request: StaffRequest) -> None:
    """404 for who does not manage the screening."""
    if not recht.may_manage(request.user):
        raise Http404


def surveyors_only(request: StaffRequest) -> None:
    """404 for who measures nothing."""
    if not recht.measures(request.user):
        raise Http404
