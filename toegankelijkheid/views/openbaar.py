"""What everybody may read: how it works, the zones with their levels, and the norm book."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from kern.geo.forms import map_context
from kern.geo.views import respond

from ..models import Kwaliteitsniveau, Voorzieningsoort, Woonzorgzone
from ..queries import normen, zones


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What the screening is, with every zone on a map and in a list."""
    context = {"zones": zones.zone_list(), "niveaus": Kwaliteitsniveau.objects.all(), "kaart": map_context()}
    return render(request, "toegankelijkheid/openbaar/overzicht.html", context)


@require_safe
def zone(request: HttpRequest, slug: str) -> HttpResponse:
    """One zone: its wijken, its parts with their level, and how each level came about."""
    found = get_object_or_404(zones.zone_list(), slug=slug)
    context = {
        "zone": found,
        "delen": zones.parts_of(found),
        "soorten": Voorzieningsoort.objects.filter(niveau__isnull=False).select_related("niveau"),
        "kaart": map_context(),
    }
    return render(request, "toegankelijkheid/openbaar/zone.html", context)


@gzip_page
@require_safe
def outlines(request: HttpRequest) -> HttpResponseBase:
    """The outlines of all zones for the maps."""
    return respond(request, zones.outlines(), seconds=300)


@gzip_page
@require_safe
def zone_outline(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The outline of one zone with its parts."""
    found = get_object_or_404(Woonzorgzone.objects.prefetch_related("ringen"), slug=slug)
    return respond(request, zones.outlines(found), seconds=60)


@require_safe
def norms(request: HttpRequest) -> HttpResponse:
    """The norm book of today, in plain words, with its sources."""
    on = timezone.localdate()
    context = {"onderwerpen": normen.norm_list(on), "vandaag": on}
    return render(request, "toegankelijkheid/openbaar/normen.html", context)


@require_safe
def norm(request: HttpRequest, code: str) -> HttpResponse:
    """One norm with every version it had."""
    versions = normen.versions(code)
    if not versions:
        raise Http404
    return render(
        request, "toegankelijkheid/openbaar/norm.html", {"versies": versions, "laatste": versions[0], "code": code}
    )
