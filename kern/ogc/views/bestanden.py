"""Files: of a collection, whole or as far as it is chosen."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kern.opdrachten.views import for_owners

from .. import bestanden, documenten, jobs, queries, registry
from ..fouten import Weigering, niet_gevonden
from ..parameters import Vraag, read_items
from ..registry import Beller, Collectie
from .basis import Verzoek, caller, resource

PAGING = ("limit", "offset", "na")


@resource
def download(verzoek: Verzoek, collectie: str, vorm: str) -> HttpResponseBase:
    """What is chosen, in one file. Where a file has to be whole first, a worker makes a large one, for staff."""
    row = verzoek.collectie(collectie)
    if vorm not in documenten.FILES:
        raise niet_gevonden("Deze vorm hebben we niet: kies geojson, csv, xlsx of gpkg.")
    vraag = bestanden.fitting(selection(verzoek.query, row), vorm)
    stand = queries.state([row], verzoek.beller)
    if vorm in bestanden.WHOLE and queries.count(row, verzoek.beller, vraag, stand) > bestanden.LARGE:
        return _too_large(verzoek, row, vorm)
    name = bestanden.file_name(row, vorm, verzoek.beller.op)
    pieces = queries.pieces(row, verzoek.beller, vraag, stand, None)
    if vorm in bestanden.WHOLE:
        file = bestanden.make(vorm, row, pieces, vraag.stelsel, timezone.now())
        return FileResponse(file, as_attachment=True, filename=name, content_type=bestanden.type_of(vorm))
    content = bestanden.csv(row, pieces) if vorm == "csv" else _encoded(bestanden.geojson(pieces))
    response = StreamingHttpResponse(content, content_type=bestanden.type_of(vorm))
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if vorm == "geojson":
        response["Content-Crs"] = f"<{vraag.stelsel.uri}>"
    return response


def selection(query: QueryDict, row: Collectie) -> Vraag:
    """What is chosen, without paging; refuses what cannot be understood."""
    for name in PAGING:
        if name in query:
            raise Weigering(400, f"{name}: een bestand heeft geen bladzijden.")
    return read_items(query, row)


def _encoded(parts: Iterator[str]) -> Iterator[bytes]:
    for part in parts:
        yield part.encode()


def _too_large(verzoek: Verzoek, row: Collectie, vorm: str) -> HttpResponseBase:
    if verzoek.beller.is_staf and not verzoek.beller.met_sleutel:
        return HttpResponseRedirect(
            documenten.address(reverse("kaartlagen:background", args=[row.id, vorm]), verzoek.plain_query)
        )
    raise Weigering(
        400,
        f"Dit zijn er meer dan {bestanden.LARGE}: te veel voor dit soort bestand. "
        "Neem GeoJSON of CSV, of kies minder met bbox of een filter.",
    )


@for_owners
@require_http_methods(["GET", "POST"])
def background(request: HttpRequest, collectie: str, vorm: str) -> HttpResponse:
    """Let a worker make a large file: first what it will be, then the job."""
    beller = Beller(timezone.localdate(), request.user)  # type: ignore[arg-type]
    row = registry.zoek(collectie, beller)
    if row is None or vorm not in documenten.FILES:
        return render(request, "404.html", status=404)
    try:
        vraag = selection(request.GET, row)
    except Weigering as error:
        return render(request, "ogc/fout.html", {"fout": error}, status=error.status)
    if request.method == "POST":
        opdracht = jobs.start(row, vorm, request.GET.urlencode(), request.user, timezone.now())
        return redirect("opdrachten:detail", opdracht.pk)
    number = queries.count(row, beller, vraag, None)
    context = {"collectie": row, "vorm": documenten.FILES[vorm][1], "aantal": number}
    return render(request, "ogc/achtergrond.html", context)


@require_safe
def choose(request: HttpRequest, collectie: str) -> HttpResponse:
    """From the form on a page to the address of what was chosen: what was left empty is left out."""
    try:
        row = registry.zoek(collectie, caller(request))
    except Weigering:
        row = None
    if row is None:
        return render(request, "404.html", status=404)
    chosen = {name: value for name, value in request.GET.items() if value.strip()}
    here = documenten.collection_address(request.build_absolute_uri(reverse("ogc:landing")).rstrip("/"), row)
    return redirect(documenten.address(f"{here}/items", chosen, f="html"))
