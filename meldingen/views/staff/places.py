"""Reports on the map, by the same list, search and filters."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern.geo import geojson
from kern.geo.forms import map_context
from kern.geo.vormen import Kader

from ...filters import pills
from ...models import Melding
from ...queries import keyset, places, staff
from .gate import StaffRequest, for_staff
from .selection import Selectie, select

GENK = Kader(5.3838, 50.9142, 5.5963, 51.0196)
BESIDE = 25


@for_staff
def staff_map(request: StaffRequest) -> HttpResponse:
    """The map of a list, with the list beside it."""
    on = timezone.localdate()
    chosen = select(request.GET, request.user, request.reach, on)
    found, _more = chosen.first
    size = places.extent(found, chosen.order, keyset.COUNT_LIMIT)
    page = keyset.page(found, chosen.order, dress=staff.for_rows, size=BESIDE)
    bare = f"?lijst={chosen.lijst.code}"
    context = {
        "keuze": chosen,
        "filter": chosen.filterset.form,
        "pillen": pills(chosen.filterset),
        "wis_href": bare,
        "kaart": map_context(),
        "kader": box_words(size.kader),
        "aantal": keyset.count_words(size.aantal),
        "op_kaart": keyset.count_words(size.op_kaart),
        "rijen": [(melding, chosen.link(melding), melding.is_late(on)) for melding in page.rows],
        "meer": bool(page.volgende),
    }
    return render(request, "meldingen/werk/kaart.html", context)


@for_staff
def map_points(request: StaffRequest) -> JsonResponse:
    """The circles and pins inside the box `kader` at `zoom`, as GeoJSON."""
    on = timezone.localdate()
    chosen = select(request.GET, request.user, request.reach, on)
    kader, zoom = _view_of(request)
    cells = chosen.cells(staff.visible_cells(request.user, request.reach), request.reach)
    rows, cut = chosen.first
    beside = staff.beside_cells(rows, request.user, request.reach) if cells is not None else None
    groups, more = places.groups(rows, kader, zoom, on, order=chosen.order, cells=cells, beside=beside)
    nota = {"nota": _left_out()} if more or cut else {}
    features = [_feature(group, chosen) for group in groups]
    return JsonResponse(geojson.feature_collection(features, **nota), content_type=geojson.MEDIA_TYPE)


@for_staff
def place(request: StaffRequest, nummer: int) -> JsonResponse:
    """One report, for the small map of its page; what lies near it is a list there, because pins would overlap."""
    rows = staff.visible(request.user, request.reach)
    melding = get_object_or_404(rows.select_related("categorie"), pk=nummer, plaats__isnull=False)
    features = [_pin(melding, "", "gekozen")]
    return JsonResponse(geojson.feature_collection(features), content_type=geojson.MEDIA_TYPE)


def box_words(kader: Kader | None) -> str:
    """A box as the map reads it; empty for none."""
    return ",".join(f"{side:.5f}" for side in kader) if kader else ""


def _view_of(request: StaffRequest) -> tuple[Kader, float]:
    """The box and the zoom of the map; the whole city for what makes no sense."""
    try:
        return Kader.read(request.GET.get("kader", "")), float(request.GET.get("zoom", "13"))
    except ValueError:
        return GENK, 13.0


def _left_out() -> str:
    first = f"{places.FIRST:,}".replace(",", ".")
    return _("De kaart toont de eerste %(n)s meldingen van de lijst. Kom dichterbij voor alle.") % {"n": first}


def _feature(group: places.Groep, chosen: Selectie) -> dict[str, object]:
    if group.melding:
        late = "laat" if group.laat else "gewoon"
        return _pin(group.melding, chosen.link(group.melding), late)
    words = ngettext("%(n)d melding", "%(n)d meldingen", group.aantal) % {"n": group.aantal}
    if group.laat:
        words = _("%(meldingen)s, %(laat)d te laat") % {"meldingen": words, "laat": group.laat}
    return geojson.feature(None, geojson.point(group.punt), naam=words, aantal=group.aantal)


def _pin(melding: Melding, url: str, soort: str) -> dict[str, object]:
    naam = f"{melding.pk} · {melding.categorie.naam}"
    return geojson.feature(melding.pk, geojson.point(melding.plaats), naam=naam, url=url, soort=soort)
