"""What everybody may read: how it works, the zones with their levels, and the norm book."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from kern.beelden import views as beelden
from kern.beelden.models import Maat
from kern.documenten.tabel import as_file
from kern.geo.forms import map_context
from kern.geo.views import respond

from ..models import Kwaliteitsniveau, Screeningsobject, Voorzieningsoort, Woonzorgzone
from ..queries import cijfers, normen, zonebeeld, zones
from ..queries.cijfers import Vraag
from ..queries.publiek import PUBLIC_PER, charts, csv_table
from ..rules.woorden import Onderwerp

GALLERY = 24


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What the screening is, with every zone on a map and in a list."""
    context = {"zones": zones.zone_list(), "niveaus": Kwaliteitsniveau.objects.all(), "kaart": map_context()}
    return render(request, "toegankelijkheid/openbaar/overzicht.html", context)


@require_safe
def zone(request: HttpRequest, slug: str) -> HttpResponse:
    """One zone in plain words: what was screened, what is good, what is wrong and what happens with it."""
    found = get_object_or_404(zones.zone_list(), slug=slug)
    context = {
        "zone": found,
        "beeld": zonebeeld.picture(found, timezone.localdate()),
        "voorbeelden": zonebeeld.examples(zone=found.slug)[: zonebeeld.EXAMPLES],
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


@gzip_page
@require_safe
def zone_places(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What is wrong and what is good in a zone, as points: the same as the lists of its page."""
    found = get_object_or_404(Woonzorgzone, slug=slug)
    return respond(request, zonebeeld.places(found), seconds=60)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How much was screened and how much meets its level, per zone, subject and group."""
    on, rows, found = timezone.localdate(), Screeningsobject.objects.all(), list(Woonzorgzone.objects.all())
    tables = [(per, naam, cijfers.table(rows, Vraag(), on, found, per)) for per, naam in PUBLIC_PER.items()]
    context = {
        "totaal": cijfers.total(rows, Vraag(), on),
        "tabellen": [(per, naam, lines, charts(per, lines)) for per, naam, lines in tables],
        "vandaag": on,
    }
    return render(request, "toegankelijkheid/openbaar/cijfers.html", context)


@require_safe
def figures_file(request: HttpRequest) -> HttpResponseBase:
    """One of the tables as a file for a spreadsheet."""
    per = request.GET.get("per", "zone")
    if per not in PUBLIC_PER:
        raise Http404
    lines = cijfers.table(
        Screeningsobject.objects.all(), Vraag(), timezone.localdate(), Woonzorgzone.objects.all(), per
    )
    titel, header, cells = csv_table(per, lines)
    return as_file(request.GET.get("vorm", "csv"), titel, header, cells)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Good examples to learn from, of one zone or subject when that is asked."""
    found = list(Woonzorgzone.objects.all())
    zone, onderwerp = request.GET.get("zone", ""), request.GET.get("onderwerp", "")
    zone = zone if zone in {row.slug for row in found} else ""
    onderwerp = onderwerp if onderwerp in Onderwerp.values else ""
    page = Paginator(zonebeeld.examples(zone, onderwerp), GALLERY).get_page(request.GET.get("page"))
    context = {
        "pagina": page,
        "voorbeelden": page.object_list,
        "zones": found,
        "onderwerpen": Onderwerp.choices,
        "zone": zone,
        "onderwerp": onderwerp,
    }
    return render(request, "toegankelijkheid/openbaar/voorbeelden.html", context)


@require_safe
def example_photo(request: HttpRequest, foto: int, maat: str) -> HttpResponseBase:
    """A photo of a good example that was made public."""
    row = zonebeeld.photo(foto)
    if row is None or maat not in Maat.values:
        raise Http404
    return beelden.respond(row.beeld, maat, request)
