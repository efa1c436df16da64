"""The half-year letters that were sent, for everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from kern.documenten import pdf

from ..actions.brieven import first_day
from ..documenten.brief import letter as on_paper
from ..models import Halfjaarbrief
from ..queries import brieven as queries


def _sent(jaar: int, helft: int) -> Halfjaarbrief:
    if not 1900 < jaar < 9999 or helft not in (1, 2):
        raise Http404
    return get_object_or_404(queries.sent(), vanaf=first_day(jaar, helft))


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Every letter, the newest first."""
    return render(request, "samenleven/brieven.html", {"brieven": queries.sent()})


@require_safe
def letter(request: HttpRequest, jaar: int, helft: int) -> HttpResponse:
    """One letter, as it was when it was sent."""
    row = _sent(jaar, helft)
    return render(request, "samenleven/brief.html", {"brief": row, "regels": queries.told(row.inhoud)})


@require_safe
def letter_pdf(request: HttpRequest, jaar: int, helft: int) -> HttpResponse:
    """The same on paper."""
    row = _sent(jaar, helft)
    with translation.override("nl"):
        content = on_paper(row, queries.told(row.inhoud))
    return pdf.pdf_response(content, f"aanbevelingen {jaar} {helft}")
