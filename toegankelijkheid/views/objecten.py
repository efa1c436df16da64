"""The objects: a list with a map, one object with all that was measured, adding and changing."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kern.beelden import views as beelden
from kern.beelden.models import Maat
from kern.geo.forms import map_context
from kern.geo.geojson import MEDIA_TYPE
from kern.geo.vormen import Kader
from kern.historiek.queries import history_of
from wijken.gate import StaffRequest, for_staff

from ..actions import objecten as actions
from ..forms.beheer import ObjectFilter, ObjectForm
from ..models import OpnameBeeld, Screeningsobject
from ..queries import screening, zones
from ..queries.route import WALKED
from ..rules import recht
from ..rules.woorden import Onderwerp
from .deur import get_object, may_measure, surveyors_only, to_measure

PAGE = 50


@for_staff
def object_list(request: StaffRequest) -> HttpResponse:
    """The objects by subject, zone, verdict and street, on a map and in a list."""
    form = ObjectFilter(request.GET)
    rows = _chosen(request, form).select_related("zone", "niveau", "wijk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "pagina": page,
        "rijen": [(obj, screening.tone(obj.oordeel)) for obj in page],
        "zoekopdracht": query.urlencode(),
        "kaart": map_context(),
        "meet": recht.measures(request.user),
        "onderwerpen": Onderwerp.choices,
    }
    return render(request, "toegankelijkheid/werk/objecten.html", context)


@for_staff
def points(request: StaffRequest) -> JsonResponse:
    """The same objects as points, inside the box `kader`."""
    try:
        kader = Kader.read(request.GET["kader"]) if "kader" in request.GET else None
    except ValueError:
        kader = None
    rows = _chosen(request, ObjectFilter(request.GET))
    return JsonResponse(screening.features(rows, kader), content_type=MEDIA_TYPE)


@for_staff
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One object: the verdict per criterium, the visits, the findings and its history."""
    obj = get_object(request, pk)
    campagne = screening.running_for(request.user, request.reach, obj)
    lines = screening.lines(obj)
    context = {
        "object": obj,
        "toon": screening.tone(obj.oordeel),
        "regels": lines,
        "gemeten": sum(line.meting is not None for line in lines),
        "opnames": screening.visits(obj),
        "knelpunten": obj.knelpunten.order_by("-ernst", "pk"),
        "voorbeelden": obj.voorbeelden.all(),
        "niveau_uitleg": _why(obj),
        "meet": may_measure(request, obj),
        "loopt": obj.onderwerp in WALKED and obj.plaats is not None,
        "campagne": campagne,
        "volgende": screening.next_object(campagne, obj) if campagne else None,
        "vandaag": timezone.localdate(),
        "kaart": map_context(),
        "historiek": history_of(obj) if recht.may_manage(request.user) else [],
    }
    return render(request, "toegankelijkheid/werk/object.html", context)


@for_staff
def point(request: StaffRequest, pk: int) -> JsonResponse:
    """One object, for the small map of its page."""
    get_object(request, pk)
    rows = Screeningsobject.objects.filter(pk=pk)
    return JsonResponse(screening.features(rows), content_type=MEDIA_TYPE)


@require_http_methods(["GET", "POST"])
@for_staff
def add(request: StaffRequest, onderwerp: str) -> HttpResponse:
    """A new object without a measurement, for a list made beforehand."""
    surveyors_only(request)
    if onderwerp not in Onderwerp.values:
        raise Http404
    form = ObjectForm(request.POST or None, onderwerp=onderwerp)
    if request.method == "POST" and form.is_valid():
        obj = form.filled()
        obj.inzending = _submission(request)
        saved, _made = actions.add(object=obj, door=request.user, at=timezone.now())
        messages.success(request, f"{saved.naam} staat in de lijst.")
        return redirect(saved)
    context = {
        "form": form,
        "onderwerp": Onderwerp(onderwerp),
        "inzending": request.POST.get("inzending") or uuid.uuid4(),
    }
    return render(request, "toegankelijkheid/werk/object_form.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change where an object is, what it is called or its level; or say that it is gone."""
    obj = to_measure(request, pk)
    form = ObjectForm(request.POST or None, instance=obj, onderwerp=obj.onderwerp)
    if request.method == "POST" and form.is_valid():
        changed = form.filled()
        changed.is_actief = "verdwenen" not in request.POST
        actions.change(object=changed, at=timezone.now())
        messages.success(request, "Het object is bewaard.")
        return redirect(obj)
    return render(
        request,
        "toegankelijkheid/werk/object_form.html",
        {"form": form, "object": obj, "onderwerp": Onderwerp(obj.onderwerp)},
    )


@for_staff
def photo(request: StaffRequest, pk: int, foto: int, maat: str) -> HttpResponseBase:
    """A photo of a visit, for who may see the object."""
    obj = get_object(request, pk)
    row = get_object_or_404(OpnameBeeld.objects.select_related("beeld"), pk=foto, opname__object=obj)
    if maat not in Maat.values:
        raise Http404
    return beelden.respond(row.beeld, maat, request)


@for_staff
def due(request: StaffRequest) -> HttpResponse:
    """What has to be measured again, the longest ago first."""
    on = timezone.localdate()
    page = Paginator(screening.due(request.user, request.reach, on), PAGE).get_page(request.GET.get("page"))
    names = screening.due_criteria(page.object_list, on)
    context = {"pagina": page, "rijen": [(obj, names.get(obj.pk, [])) for obj in page]}
    return render(request, "toegankelijkheid/werk/opnieuw.html", context)


def _chosen(request: StaffRequest, form: ObjectFilter) -> QuerySet[Screeningsobject]:
    """What this person may see, by the filters that are valid."""
    rows = Screeningsobject.objects.visible_to(request.user, request.reach).filter(is_actief=True)
    if not form.is_valid():
        return rows
    wanted: dict[str, Any] = form.cleaned_data
    for name in ("onderwerp", "zone", "oordeel"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if text := wanted.get("q"):
        rows = rows.filter(Q(straat__icontains=text) | Q(naam__icontains=text) | Q(adres__icontains=text))
    return rows


def _why(obj: Screeningsobject) -> str:
    """Why this level holds here."""
    if obj.niveau_herkomst in ("handmatig", "campagne"):
        return str(obj.get_niveau_herkomst_display())
    return zones.place_of(obj.plaats).uitleg


def _submission(request: StaffRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("inzending", ""))
    except ValueError:
        return uuid.uuid4()
