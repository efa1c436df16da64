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


def _form(request: StaffRequest) -> RouteForm:
    return RouteForm(request.GET.dict(), objecten=ways.walked(request.user, request.reach))


@for_staff
@require_safe
def route(request: StaffRequest) -> HttpResponse:
    """Choose two places and a group: the way with the fewest bottlenecks, and its weakest link."""
    form = _form(request)
    context = {
        "form": form,
        "antwoord": _find(request, form) if form.is_valid() else None,
        "kaart": map_context(),
        "vraag": request.GET.urlencode(),
        "beheert": recht.may_manage(request.user),
    }
    return render(request, "toegankelijkheid/werk/route.html", context)


def _find(request: StaffRequest, form: RouteForm) -> ways.Antwoord:
    data = form.cleaned_data
    return ways.way(form.end("van"), form.end("naar"), data["groep"], data["ernst"], request.user, request.reach)


@for_staff
@require_safe
def places(request: StaffRequest) -> HttpResponseBase:
    """The links of the way, for the map."""
    form = _form(request)
    if not form.is_valid():
        raise Http404
    return respond(request, ways.places(_find(request, form)), seconds=30)
