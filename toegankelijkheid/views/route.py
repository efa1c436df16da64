"""Which few repairs open a route between two places."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kern.geo.forms import map_context
from kern.geo.views import respond
from wijken.gate import StaffRequest, for_staff

from ..forms.route import RouteForm
from ..queries import route as ways
from ..rules import recht


@for_staff
@require_safe
def route(request: StaffRequest) -> HttpResponse:
    """Choose two places and a group: the way with the fewest bottlenecks, and its weakest link."""
    asked = "van" in request.GET
    form = RouteForm(request.GET if asked else None)
    found = _find(request, form) if asked and form.is_valid() else None
    context = {
        "form": form,
        "antwoord": found,
        "kaart": map_context(),
        "vraag": request.GET.urlencode(),
        "beheert": recht.may_manage(request.user),
        "er_zijn_plaatsen": asked or ways.facilities().exists(),
    }
    return render(request, "toegankelijkheid/werk/route.html", context)


def _find(request: StaffRequest, form: RouteForm) -> ways.Antwoord:
    data = form.cleaned_data
    return ways.way(data["van"], data["naar"], data["groep"], data["ernst"], request.user, request.reach)


@for_staff
@require_safe
def places(request: StaffRequest) -> HttpResponseBase:
    """The links of the way, for the map."""
    form = RouteForm(request.GET)
    if not form.is_valid():
        raise Http404
    return respond(request, ways.places(_find(request, form)), seconds=30)
