"""Reports for everybody: the list with its map, one report, and following it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kern import limieten
from kern.beelden.models import Maat
from kern.beelden.views import respond
from kern.geo import Kader
from kern.geo.forms import map_context
from kern.geo.views import respond as respond_geojson

from .. import actions
from ..forms.follow import FollowForm
from ..forms.public import PublicFilter
from ..queries import public as queries
from ..queries import public_map

FOLLOWS, HOUR = 20, 3600
MAX_ZOOM = 22
AROUND_METRES = 250
MAX_KEY = 2**63 - 1


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """Released reports, as a list and on the map."""
    form = PublicFilter(request.GET)
    today = timezone.localdate()
    keuze = queries.Keuze(today, **form.chosen())
    page = queries.page(keuze, na=request.GET.get("na", ""), voor=request.GET.get("voor", ""))
    places = request.GET.copy()
    for place in ("na", "voor"):
        places.pop(place, None)
    context = {
        "form": form,
        "pagina": page,
        "meldingen": [queries.card(row, today) for row in page.rows],
        "aantallen": queries.counts(keuze),
        "pillen": form.pills(request.GET),
        "kaart": map_context(),
        "gekozen_wijk": keuze.wijk,
        "punten": f"{reverse('meldingen:public_places')}?{places.urlencode()}",
    }
    return render(request, "meldingen/openbaar/lijst.html", context)


@require_safe
def public_places(request: HttpRequest) -> HttpResponseBase:
    """The same reports for the map (GeoJSON): those in the box `kader=west,zuid,oost,noord`, in numbers where many.

    `nummer` asks for one report alone.
    """
    try:
        kader, zoom = Kader.read(request.GET.get("kader", "")), _zoom(request.GET.get("zoom"))
    except ValueError:
        fout = _("Geef een kader in graden: west,zuid,oost,noord.")
        return JsonResponse({"fout": fout}, status=400)
    keuze = queries.Keuze(timezone.localdate(), **PublicFilter(request.GET).chosen())
    nummer = request.GET.get("nummer", "")
    one = min(int(nummer), MAX_KEY) if nummer.isdecimal() else None
    found = public_map.places(keuze, kader, zoom, nummer=one)
    return respond_geojson(request, found, seconds=60)


def public_detail(request: HttpRequest, nummer: int) -> HttpResponse:
    """One released report; POST follows it. The answer to that is the same for every address.

    The address of a merged report leads to its main one.
    """
    today = timezone.localdate()
    melding = queries.listed(queries.shown(today)).filter(pk=nummer).first()
    if melding is None:
        return _to_main(nummer, today)
    form = FollowForm(request.POST if request.method == "POST" else None)
    if melding.is_open and form.is_valid():
        return _follow(request, melding, form.cleaned_data)
    kaart = queries.card(melding, today)
    fotos, fotos_na_herstel = queries.public_photos(melding)
    context = {
        "melding": kaart,
        "is_open": melding.is_open,
        "stappen": queries.public_story(melding, today),
        "fotos": fotos,
        "fotos_na_herstel": fotos_na_herstel,
        "form": form,
        "kaart": _small_map(kaart) if kaart.punt else None,
    }
    return render(request, "meldingen/openbaar/detail.html", context)


@require_safe
def public_photo(request: HttpRequest, nummer: int, beeld: Any, maat: str) -> HttpResponseBase:
    """A photo that staff released, of a report that everybody may see."""
    melding = get_object_or_404(queries.shown(timezone.localdate()).only("pk"), pk=nummer)
    row = melding.beelden.filter(openbaar=True, beeld=beeld).select_related("beeld").first()
    if row is None or maat not in Maat.values:
        raise Http404
    return respond(row.beeld, maat, request)


def _to_main(nummer: int, today: date) -> HttpResponse:
    if main := queries.shown_main(nummer, today):
        return redirect("meldingen:public_detail", main)
    raise Http404


def _follow(request: HttpRequest, melding: Any, data: dict[str, Any]) -> HttpResponse:
    by_address = limieten.allow("volgen", limieten.client_address(request), FOLLOWS, HOUR)
    if not (limieten.allow("melding-mail", data["email"], settings.REPORTS_PER_MAIL, HOUR) and by_address):
        return render(request, "meldingen/volgen/wacht.html", status=429)
    try:
        actions.follow(melding=melding, at=timezone.now(), taal=get_language() or "nl", **data)
    except ValueError:
        messages.warning(request, _("Deze melding is intussen afgesloten. Volgen kan niet meer."))
    else:
        mailed = _("Je volgt deze melding. We mailen je als er iets verandert.")
        messages.success(request, mailed if data["email"] else _("Dank je. We tellen je mee."))
    return redirect("meldingen:public_detail", melding.pk)


def _small_map(kaart: queries.OpenbareMelding) -> dict[str, Any]:
    kader = ",".join(f"{edge:.4f}" for edge in Kader.around(kaart.punt, AROUND_METRES))
    punten = f"{reverse('meldingen:public_places')}?nummer={kaart.nummer}&kader={kader}"
    return {**map_context(), "kader": kader, "punten": punten}


def _zoom(text: str | None) -> float | None:
    if not text:
        return None
    zoom = float(text)
    if not 0 <= zoom <= MAX_ZOOM:
        raise ValueError(text)
    return zoom
