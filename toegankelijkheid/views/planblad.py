"""The action plan that holds, as everybody reads it: a page, a PDF and a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.documenten import pdf as documents
from kern.documenten.tabel import as_file

from ..models import Actieplan
from ..queries import actieplannen as plans
from ..rules import actieplan as rules

PAGE = 100


@require_safe
def plans_in_force(request: HttpRequest) -> HttpResponse:
    """The plans that the city decided."""
    rows = [(row, plans.overview(row, timezone.localdate())) for row in Actieplan.objects.public()[:20]]
    return render(request, "toegankelijkheid/openbaar/actieplannen.html", {"plannen": rows})


@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """One plan: per year what is done, what it costs and how far it is."""
    row = get_object_or_404(Actieplan.objects.public(), slug=slug)
    found = plans.overview(row, timezone.localdate())
    year = request.GET.get("jaar", "")
    page = Paginator(plans.lines(row, year), PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": row,
        "overzicht": found,
        "jaar": year,
        "pagina": page,
        "regels": [
            {
                "regel": line,
                "vertelt": plans.telling(line),
                "stand": plans.in_words(line.knelpunt.status),
                "laat": line.is_late(timezone.localdate()),
            }
            for line in page
        ],
    }
    return render(request, "toegankelijkheid/openbaar/actieplan.html", context)


@require_safe
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan as a PDF."""
    return plan_pdf(get_object_or_404(Actieplan.objects.public(), slug=slug), request.build_absolute_uri)


@require_safe
def file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The plan as a file for a spreadsheet."""
    row = get_object_or_404(Actieplan.objects.public(), slug=slug)
    return as_file(request.GET.get("vorm", "csv"), f"actieplan {row.slug}", plans.HEADER, plans.file_lines(row))


def plan_pdf(plan: Actieplan, absolute: Callable[[str], str]) -> HttpResponse:
    """A version as a document: the money per year, then what is done in each."""
    found, title = plans.overview(plan, timezone.localdate()), f"Actieplan {plan.naam}"
    by_year: dict[int | None, list[list[Any]]] = {}
    for line in plans.lines(plan):
        told = plans.telling(line)
        by_year.setdefault(line.jaar, []).append(
            [
                line.knelpunt.ref,
                "\n".join(filter(None, (told["titel"], told["adres"]))),
                told["oplossing"] or None,
                told["prioriteit"] or None,
                plans.cost(line.kost_laag, line.kost_hoog),
                told["wie"] or None,
                rules.progress(line.knelpunt.status),
            ]
        )
    decided = (
        f"Vastgesteld op {plan.vastgesteld_op:%d-%m-%Y}" if plan.vastgesteld_op else "Concept, nog niet vastgesteld"
    )
    where = ", ".join(zone.naam for zone in plans.zones(plan)) or plan.waar or "hele stad"
    data = {
        "ondertitel": f"{where} · {plan.van_jaar} tot {plan.tot_jaar} · versie {plan.nummer} · {decided}",
        "besluit": plan.besluit,
        "inleiding": plan.inleiding,
        "jaren": [
            [
                row.code if row.jaar else "nog geen jaar",
                row.som.aantal,
                row.som.klaar,
                f"{plans.euro(row.som.laag)} tot {plans.euro(row.som.hoog)}",
                plans.euro(row.som.budget) if row.som.budget is not None else None,
            ]
            for row in found.jaren
        ],
        "blokken": [
            {"kop": str(row.jaar or "Nog geen jaar"), "rijen": by_year.get(row.jaar, [])} for row in found.jaren
        ],
    }
    address = absolute(reverse("toegankelijkheid:public_plan", args=[plan.slug])) if not plan.is_concept else ""
    content = documents.render("toegankelijkheid/documenten/actieplan.typ", data, titel=title, adres=address)
    return documents.pdf_response(content, f"{title} versie {plan.nummer}")
