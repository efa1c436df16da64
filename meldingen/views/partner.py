"""The page of a partner, without an account: a signed link opens one task. GET never changes anything."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kern import limieten
from kern.beelden import actions as beelden
from kern.beelden.models import Maat
from kern.beelden.views import respond
from kern.geo import Kader, geojson
from kern.geo.forms import map_context
from kern.prive import private_page, read_token, spoken_to

from .. import actions, mails, publiek
from ..forms.partner import PartnerAntwoordForm
from ..models import Partneropdracht
from ..queries import partners
from .private import too_many_photos

WRONG_LINKS, ANSWERS, HOUR = 20, 30, 3600
AROUND_METRES = 200

TaskView = Callable[..., HttpResponseBase]


def by_link(view: TaskView) -> TaskView:
    """Give the view the task of the signed link, in the partner's language. A wrong link is counted.

    One that is too old or was taken back leads to a page that says so, and tells nothing of the report.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        address = limieten.client_address(request)
        if limieten.reached("partnerlink", address, WRONG_LINKS):
            return render(request, "wijken/partner_wacht.html", status=429)
        sleutel = read_token(token, mails.PARTNER_SALT)
        opdracht = partners.by_key(sleutel) if sleutel else None
        if opdracht is None:
            limieten.allow("partnerlink", address, WRONG_LINKS, HOUR)
            return render(request, "wijken/partner_geen_link.html", status=404)
        with spoken_to(request, opdracht.partner.taal):
            if partners.is_withdrawn(opdracht) or opdracht.link_tot < timezone.localdate():
                response: HttpResponseBase = render(
                    request, "meldingen/partner/voorbij.html", {"opdracht": opdracht}, status=410
                )
            else:
                response = view(request, opdracht, token=token, **kwargs)
            response.headers.setdefault("Content-Language", get_language() or "nl")
            return response

    return private_page(wrapped)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, opdracht: Partneropdracht, token: str) -> HttpResponse:
    """The task with its place, photos and what was answered; POST answers it."""
    form = PartnerAntwoordForm() if opdracht.is_open else None
    if request.method == "POST":
        if opdracht.antwoorden.filter(inzending=_sent_as(request)).exists():
            return redirect("meldingen:partner", token)  # the second click on one button
        if form is None:
            messages.warning(request, _("Deze opdracht is al afgerond. Er is niets veranderd."))
            return redirect("meldingen:partner", token)
        if refused := too_many_photos(request):
            return refused
        form = PartnerAntwoordForm(request.POST, request.FILES)
        if form.is_valid():
            return _answer(request, opdracht, token, form)
    melding = opdracht.melding
    context = {
        "pagina": partners.task_page(opdracht),
        "opdracht": opdracht,
        "melding": melding,
        "token": token,
        "form": form,
        "vandaag": timezone.localdate(),
        "onderwerp": _("Een melding") if melding.categorie.is_gevoelig else publiek.subject(melding),
        "kaart": _small_map(opdracht, token) if melding.plaats else None,
    }
    return render(request, "meldingen/partner/opdracht.html", context)


@by_link
@require_safe
def place(request: HttpRequest, opdracht: Partneropdracht, token: str) -> JsonResponse:
    """Where it is, for the map of the page."""
    melding = opdracht.melding
    if melding.plaats is None:
        raise Http404
    pin = geojson.feature(melding.pk, geojson.point(melding.plaats), naam=_("De plaats"), url="", soort="gekozen")
    return JsonResponse(geojson.feature_collection([pin]), content_type=geojson.MEDIA_TYPE)


@by_link
@require_safe
def photo(request: HttpRequest, opdracht: Partneropdracht, token: str, foto: int, maat: str) -> HttpResponseBase:
    """A photo that goes with the task."""
    row = partners.photo_of(opdracht, foto)
    if row is None or maat not in Maat.values:
        raise Http404
    return respond(row.beeld, Maat(maat), request)


def _answer(request: HttpRequest, opdracht: Partneropdracht, token: str, form: PartnerAntwoordForm) -> HttpResponse:
    if not limieten.allow("partnerpagina", str(opdracht.sleutel), ANSWERS, HOUR):
        return render(request, "wijken/partner_wacht.html", status=429)
    try:
        with transaction.atomic():
            photos = [beelden.store(foto).pk for foto in form.cleaned_data["fotos"]]
            actions.partner.answer(opdracht=opdracht, at=timezone.now(), beelden=photos, **form.answer())
    except actions.StapNietMogelijk:
        messages.warning(request, _("Deze opdracht is intussen afgerond of teruggenomen. Er is niets veranderd."))
    else:
        messages.success(request, _("Dank je. De stad heeft je antwoord."))
    return redirect("meldingen:partner", token)


def _sent_as(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("inzending", ""))
    except ValueError:
        return None


def _small_map(opdracht: Partneropdracht, token: str) -> dict[str, Any]:
    kader = ",".join(f"{edge:.5f}" for edge in Kader.around(opdracht.melding.plaats, AROUND_METRES))
    return {**map_context(), "kader": kader, "punten": reverse("meldingen:partner_place", args=[token])}
