"""The wijkfiche on paper, and the photos of the people whom residents may know."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kern.beelden.models import Maat
from kern.beelden.views import respond
from kern.documenten import pdf, qr

from ..models import Wijk
from ..queries import fiche
from ..queries.mensen import shown_photo


@require_safe
def leaflet(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a wijk on one sheet: who, what runs, what comes, figures."""
    wijk = get_object_or_404(Wijk.objects.select_related("stadsdeel").prefetch_related("ringen"), slug=slug)
    address = request.build_absolute_uri(wijk.get_absolute_url())
    title = _("Wijkfiche %(wijk)s") % {"wijk": wijk.naam}
    content = pdf.render(
        "wijken/documenten/fiche.typ",
        {**fiche.sheet(wijk, timezone.localdate()), "qr": qr.beeld(address)},
        titel=title,
        taal=get_language() or "nl",
        adres=address,
    )
    return pdf.pdf_response(content, title)


@require_safe
def member_photo(request: HttpRequest, slug: str, lid: int) -> HttpResponseBase:
    """The photo of somebody who stands on the page of the wijk, for everybody as long as they stand there."""
    wijk = get_object_or_404(Wijk, slug=slug)
    beeld = shown_photo(wijk, lid, timezone.localdate())
    if beeld is None:
        raise Http404
    return respond(beeld, Maat.KLEIN, request)
