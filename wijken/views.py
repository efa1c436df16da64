"""Public pages of wijken, and the small answers that the maps ask for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from kern import limieten
from kern.geo import Punt
from kern.geo.forms import map_context
from kern.geo.lambert import format_coordinates, parse_coordinates
from kern.geo.views import respond
from kern.prive import private_page, read_token, spoken_to

from . import actions, mails, queries, registry
from .forms import FindForm, PartnerContactForm
from .models import Contactvraag, Wijk

WRONG_LINKS, ANSWERS, HOUR = 20, 20, 3600


@require_safe
def wijk_list(request: HttpRequest) -> HttpResponse:
    """Every wijk, on the map and as a list."""
    context = {"wijken": Wijk.objects.prefetch_related("ringen"), "form": FindForm(), "kaart": map_context()}
    return render(request, "wijken/lijst.html", context)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Which wijk is mine: by address. One answer leads straight to its page; several are a list to choose from."""
    form = FindForm(request.GET if "q" in request.GET else None)
    found = queries.search_address(form.cleaned_data["q"]) if form.is_valid() else []
    wijken = {adres.wijk for adres in found if adres.wijk}
    if len(wijken) == 1 and len(found) == 1:
        return redirect(wijken.pop())
    if form.is_bound and form.is_valid() and not found:
        form.add_error("q", _("We vinden deze straat niet. Kijk ze na, of kies je wijk in de lijst."))
    context = {
        "form": form,
        "gevonden": found,
        "wijken": Wijk.objects.prefetch_related("ringen"),
        "kaart": map_context(),
    }
    return render(request, "wijken/vind.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One wijk: who works there, what is going on."""
    wijk = get_object_or_404(Wijk.objects.select_related("stadsdeel").prefetch_related("ringen"), slug=slug)
    today = timezone.localdate()
    context = {
        "wijk": wijk,
        "tekening": queries.drawing_of(wijk),
        "werking": queries.people_in(wijk, today),
        "blokken": registry.blocks_for(wijk, today),
        "kaart": map_context(),
    }
    return render(request, "wijken/wijk.html", context)


@gzip_page
@require_safe
def outlines(request: HttpRequest) -> HttpResponseBase:
    """The outlines of all wijken for the maps (GeoJSON); asked again within five minutes only when changed."""
    return respond(request, queries.outlines(), seconds=300)


@require_safe
def address_search(request: HttpRequest) -> HttpResponse:
    """Places for a typed address: JSON for the map widget, a fragment of HTML for htmx."""
    found = queries.search_address(request.GET.get("q", "")[:200])
    text = ngettext("%(count)s plaats gevonden.", "%(count)s plaatsen gevonden.", len(found)) % {"count": len(found)}
    if not found:
        text = _("Geen straat gevonden met deze naam.")
    if request.htmx:
        return render(request, "wijken/_adressen.html", {"gevonden": found, "tekst": text})
    rows = [
        {
            "label": adres.label,
            "lat": round(adres.punt.lat, 6),
            "lon": round(adres.punt.lon, 6),
            "wijk": adres.wijk.naam if adres.wijk else None,
            "bron": adres.bron,
        }
        for adres in found
    ]
    return JsonResponse({"adressen": rows, "tekst": text})


@require_safe
def at(request: HttpRequest) -> HttpResponse:
    """Which wijk a place lies in, and the place in words. `punt`: coordinates as people type them."""
    try:
        punt = parse_coordinates(request.GET.get("punt", ""))
    except ValueError:
        return JsonResponse({"punt": None, "wijk": None, "tekst": _("Deze coördinaten kennen we niet.")}, status=400)
    wijk, address = queries.wijk_at(punt), queries.address_at(punt)
    return JsonResponse({"punt": [punt.lon, punt.lat], "adres": address, **_place_in_words(punt, wijk, address)})


@private_page
def partner_contact(request: HttpRequest, token: str) -> HttpResponse:
    """The yearly question to a partner: one click confirms, a form says what changed. GET changes nothing."""
    address = limieten.client_address(request)
    if limieten.reached("partnerlink", address, WRONG_LINKS):
        return render(request, "wijken/partner_wacht.html", status=429)
    sleutel = read_token(token, mails.LINK_SALT)
    vraag = queries.contact_question(sleutel) if sleutel else None
    if vraag is None:
        limieten.allow("partnerlink", address, WRONG_LINKS, HOUR)
        return render(request, "wijken/partner_geen_link.html", status=404)
    with spoken_to(request, vraag.partner.taal):
        if not queries.link_works(vraag, timezone.now()):
            return render(request, "wijken/partner_geen_link.html", {"verlopen": True}, status=410)
        if request.method == "POST" and vraag.antwoord:
            return redirect(request.path)  # the second click on one button
        if request.method != "POST":
            return _contact_page(request, vraag, None)
        if not limieten.allow("partnercontact", token, ANSWERS, HOUR):
            return render(request, "wijken/partner_wacht.html", status=429)
        return _answer_contact(request, vraag)


def _answer_contact(request: HttpRequest, vraag: Contactvraag) -> HttpResponse:
    if "klopt" in request.POST and not request.POST.get("thuis"):
        actions.confirm_contact(vraag=vraag, at=timezone.now())
        return redirect(request.path)
    form = PartnerContactForm(request.POST)
    if not form.is_valid() or form.cleaned_data.pop("thuis"):
        return _contact_page(request, vraag, form)
    actions.correct_contact(vraag=vraag, at=timezone.now(), **form.cleaned_data)
    return redirect(request.path)


def _contact_page(request: HttpRequest, vraag: Contactvraag, form: PartnerContactForm | None) -> HttpResponse:
    known = {name: getattr(vraag.partner, name) for name in ("email", "telefoon", "website")}
    context = {"vraag": vraag, "partner": vraag.partner, "form": form or PartnerContactForm(initial=known)}
    return render(request, "wijken/partner_contact.html", context)


def _place_in_words(punt: Punt, wijk: Wijk | None, address: str) -> dict[str, object]:
    if wijk is None:
        return {"wijk": None, "tekst": _("Deze plaats ligt niet in Genk.")}
    place = address or format_coordinates(punt)
    text = _("Gekozen plaats: %(plaats)s, wijk %(wijk)s.") % {"plaats": place, "wijk": wijk.naam}
    return {"wijk": {"code": wijk.code, "naam": wijk.naam, "url": wijk.get_absolute_url()}, "tekst": text}
