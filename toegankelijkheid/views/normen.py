"""What changed when a norm did, and the paper form of each subject."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from kern.documenten import pdf
from wijken.gate import StaffRequest, for_staff

from ..models import Screeningsobject
from ..queries import normen, papier
from ..rules.woorden import Onderwerp

PAGE = 100


@for_staff
def recalculations(request: StaffRequest) -> HttpResponse:
    """Every time that measurements were judged again."""
    page = Paginator(normen.recalculations(), PAGE).get_page(request.GET.get("page"))
    return render(request, "toegankelijkheid/werk/herberekeningen.html", {"pagina": page})


@for_staff
def recalculation(request: StaffRequest, pk: int) -> HttpResponse:
    """Which verdicts changed, of what this person may see."""
    row = get_object_or_404(normen.recalculations(), pk=pk)
    seen = Screeningsobject.objects.visible_to(request.user, request.reach)
    rows = row.wijzigingen.filter(meting__object__in=seen).select_related("meting__object", "meting__criterium")
    page = Paginator(rows.order_by("pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "toegankelijkheid/werk/herberekening.html", {"herberekening": row, "pagina": page})


@for_staff
def paper(request: StaffRequest, onderwerp: str) -> HttpResponse:
    """The form of a subject on paper, with the limits of today."""
    if onderwerp not in Onderwerp.values:
        raise Http404
    titel = f"Opnameblad {Onderwerp(onderwerp).label}"
    content = pdf.render(
        "toegankelijkheid/documenten/opnameblad.typ", papier.sheet(onderwerp, timezone.localdate()), titel=titel
    )
    return pdf.pdf_response(content, titel)
