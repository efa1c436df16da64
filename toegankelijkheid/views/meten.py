"""Measuring: the form in the street, with and without a connection."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kern.termijnen import local_date
from wijken.gate import StaffRequest, for_staff

from ..actions import objecten, opnemen
from ..forms.beheer import ObjectForm
from ..forms.opname import OpnameForm
from ..models import Campagne, Opname, Screeningsobject
from ..queries import screening
from ..queries.boek import Boek, book
from ..rules.woorden import Onderwerp
from .deur import surveyors_only, to_measure

QUEUE_HEADER = "X-Wachtrij"
CHANGED = (
    "Iemand anders heeft dit object intussen gemeten of gewijzigd. Je meting is niet weg: kijk na, en bewaar ze toch "
    "als ze klopt."
)
GONE = "Dit object bestaat niet meer: een collega haalde het uit de lijst. Je meting is niet bewaard in het portaal."


@dataclass
class Blad:
    """One form on the screen: of an object that is there, or of a new one."""

    request: StaffRequest
    onderwerp: str
    object: Screeningsobject | None
    campagne: Campagne | None
    boek: Boek
    form: OpnameForm
    plek: ObjectForm | None

    @property
    def in_queue(self) -> bool:
        return QUEUE_HEADER in self.request.headers


@require_http_methods(["GET", "POST"])
@for_staff
def measure(request: StaffRequest, pk: int) -> HttpResponse:
    """Measure an object. The device may send the form later, by the queue; then the answer is JSON."""
    obj = to_measure(request, pk)
    return _answer(_sheet(request, obj.onderwerp, obj))


@require_http_methods(["GET", "POST"])
@for_staff
def measure_new(request: StaffRequest, onderwerp: str) -> HttpResponse:
    """Add an object and measure it at once."""
    surveyors_only(request)
    if onderwerp not in Onderwerp.values:
        raise Http404
    return _answer(_sheet(request, onderwerp, None))


@for_staff
def queue(request: StaffRequest) -> HttpResponse:
    """What is kept on this device and still has to be sent; filled by the script."""
    surveyors_only(request)
    return render(request, "toegankelijkheid/werk/wachtrij.html")


@never_cache
@for_staff
def token(request: StaffRequest) -> JsonResponse:
    """A fresh token to send the queue with, and whose queue that may be."""
    return JsonResponse({"token": get_token(request), "wie": request.user.pk})


@require_safe
def service_worker(request: Any) -> HttpResponse:
    """The script that keeps the pages of the screening at hand without a connection. Its place is its scope."""
    script = render_to_string("toegankelijkheid/werk/sw.js")
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


def _sheet(request: StaffRequest, onderwerp: str, obj: Screeningsobject | None) -> Blad:
    boek = book(timezone.localdate())
    campagne = _campaign(request, obj)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    copied = screening.previous_values(request.user, onderwerp) if "kopie" in request.GET else {}
    initial = {
        "versie": obj.versie if obj else None,
        "campagne": campagne.pk if campagne else None,
        "instrument": campagne.instrument if campagne else None,
    }
    form = OpnameForm(data, files, onderwerp=onderwerp, boek=boek, vorige=copied, initial=initial)
    plek = None if obj else ObjectForm(data, onderwerp=onderwerp)
    return Blad(request, onderwerp, obj, campagne, boek, form, plek)


def _campaign(request: StaffRequest, obj: Screeningsobject | None) -> Campagne | None:
    """The campaign that the form names, if this person may see it; else the running one of the object."""
    named = request.POST.get("campagne") or request.GET.get("campagne") or ""
    if named.isdigit():
        return Campagne.objects.visible_to(request.user, request.reach).filter(pk=int(named)).first()
    return screening.running_for(request.user, request.reach, obj) if obj else None


def _answer(blad: Blad) -> HttpResponse:
    if blad.request.method == "POST":
        is_valid = [form.is_valid() for form in (blad.form, blad.plek) if form is not None]
        if all(is_valid):
            return _keep(blad)
        if blad.in_queue:
            return JsonResponse({"stand": "geweigerd", "fouten": _errors(blad)}, status=422)
    return _page(blad)


def _keep(blad: Blad) -> HttpResponse:
    """Write it down; a conflict comes back with what was typed."""
    form, at = blad.form, timezone.now()
    obj = blad.object
    if obj is None:
        assert blad.plek is not None  # noqa: S101 (a sheet without an object has one)
        made = blad.plek.filled()
        # The object and its first visit share one key, so that a second try makes neither again.
        made.inzending = form.cleaned_data["inzending"]
        obj, _made = objecten.add(object=made, door=blad.request.user, at=at)
    anyway = "toch" in blad.request.POST or blad.object is None
    try:
        opname, made_now = opnemen.record(
            object=obj,
            ingevuld=form.ingevuld(),
            door=blad.request.user,
            at=at,
            campagne=blad.campagne,
            versie=None if anyway else form.cleaned_data["versie"],
        )
    except opnemen.ObjectGewijzigd:
        return _conflict(blad, obj)
    except opnemen.ObjectVerdwenen:
        return _refused(blad, GONE)
    if blad.in_queue:
        return JsonResponse({"stand": "ok", "url": obj.get_absolute_url(), "naam": obj.naam, "dubbel": not made_now})
    messages.success(blad.request, _told(opname))
    return redirect(obj)


def _told(opname: Opname) -> str:
    failed = sum(m.oordeel == "voldoet_niet" for m in opname.metingen.all())
    words = "alles in orde met de norm" if not failed else f"{failed} keer voldoet het niet"
    return f"Bewaard: {opname.metingen.count()} metingen, {words}."


def _conflict(blad: Blad, obj: Screeningsobject) -> HttpResponse:
    last = obj.opnames.select_related("door").first()
    who = f" Laatste opname: {last.door.naam if last and last.door else 'een collega'}." if last else ""
    if blad.in_queue:
        return JsonResponse({"stand": "conflict", "fouten": [CHANGED + who], "url": obj.get_absolute_url()}, status=409)
    return _page(blad, botsing=CHANGED + who)


def _refused(blad: Blad, words: str) -> HttpResponse:
    if blad.in_queue:
        return JsonResponse({"stand": "geweigerd", "fouten": [words]}, status=422)
    return _page(blad, botsing=words, status=409)


def _errors(blad: Blad) -> list[str]:
    found = []
    for form in (blad.form, blad.plek):
        if form is not None:
            found += [str(error) for error in form.non_field_errors()]
            found += [f"{field.label}: {error}" for field in form for error in field.errors]
    return found


def _page(blad: Blad, *, botsing: str = "", status: int = 200) -> HttpResponse:
    context = {
        "object": blad.object,
        "onderwerp": Onderwerp(blad.onderwerp),
        "campagne": blad.campagne,
        "form": blad.form,
        "plek": blad.plek,
        "botsing": botsing,
        "beoordeeld": {c.code for c in blad.form.criteria if blad.boek.judges(c.code)},
        "gekopieerd": "kopie" in blad.request.GET,
        "wie": blad.request.user.pk,
        "sleutel": uuid.uuid4(),
        "dag": local_date(timezone.now()),
    }
    return render(blad.request, "toegankelijkheid/werk/meet.html", context, status=status)
