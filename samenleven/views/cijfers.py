"""The figures for everybody, their tables as files, and the yearly report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kern.documenten import pdf, tabel
from kern.grafiek.tekenen import Lijnen, Reeks, Staaf, Staven

from ..documenten.jaarverslag import report
from ..forms.cijfers import CijferFilters
from ..models import Aanbeveling, Traject
from ..queries import bereik, cijfers


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """What everybody may know, of one traject and one year."""
    today = timezone.localdate()
    trajecten = list(Traject.objects.public().order_by("-van"))
    jaren = cijfers.years(today)
    form = CijferFilters(request.GET, trajecten=trajecten, jaren=jaren)
    traject, jaar = form.chosen()
    context: dict[str, Any] = {"form": form, "traject": traject, "jaar": jaar, "jaren": jaren}
    if traject:
        tables = cijfers.of_traject(traject, jaar, Aanbeveling.objects.public(), today)
        tables += cijfers.of_city(jaar, today)
        context |= page(traject, jaar, cijfers.links_for(tables, lambda lijst: False))
        context["vraag"] = query(traject, jaar)
    return render(request, "samenleven/cijfers.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """One table as CSV, or as a workbook with `?vorm=xlsx`."""
    today = timezone.localdate()
    trajecten = list(Traject.objects.public().order_by("-van"))
    return file_answer(request, trajecten, Aanbeveling.objects.public(), today)


@require_safe
def yearly_report(request: HttpRequest, jaar: int) -> HttpResponse:
    """The report of one year as a PDF, of what everybody may know."""
    today = timezone.localdate()
    if jaar not in cijfers.years(today):
        raise Http404
    address = request.build_absolute_uri(reverse("samenleven:cijfers")) + f"?jaar={jaar}"
    return pdf.pdf_response(report(jaar, today, address), f"samenleven jaarverslag {jaar}")


def page(traject: Traject, jaar: int | None, tables: list[cijfers.Tabel]) -> dict[str, Any]:
    """What the pages of everybody and of staff share (two queries)."""
    goal = bereik.standing(traject)
    return {
        "stand": goal,
        "getallen": cijfers.standing(traject, jaar),
        "tabellen": [(table, chart(table)) for table in tables],
    }


def chart(table: cijfers.Tabel) -> Staven | Lijnen | None:
    """The drawing of a table, when it says more than the table."""
    titles = {"wijken": _("Waar we mensen bereikten"), "talen": _("In welke taal we mensen bereikten")}
    if table.code in titles and table.rijen:
        bars = [Staaf(naam, int(cells[0].waarde or 0), cells[0].href) for naam, cells in table.rijen]
        return Staven(f"{table.code}-beeld", titles[table.code], _("Mensen die bij een gesprek waren."), bars)
    if table.code == "aanbevelingen" and len(table.rijen) > 1:
        # Of the answers the first waits; the last cell is all of them.
        waiting = [int(cells[0].waarde or 0) for _naam, cells in table.rijen]
        answered = [int(cells[-1].waarde or 0) - n for (_naam, cells), n in zip(table.rijen, waiting, strict=True)]
        labels = [naam.split(" ")[0] for naam, _cells in table.rijen]
        lines = [Reeks(_("beantwoord"), answered), Reeks(_("wacht"), waiting)]
        return Lijnen(
            "aanbevelingen-beeld",
            _("Hoeveel er een antwoord hebben"),
            _("Aanbevelingen met en zonder antwoord, op het einde van elk jaar."),
            labels,
            lines,
        )
    return None


def query(traject: Traject, jaar: int | None) -> str:
    """The filters as they stand in an address."""
    return f"traject={traject.slug}" + (f"&jaar={jaar}" if jaar else "")


def file_answer(request: HttpRequest, trajecten: list[Traject], aanbevelingen: Any, today: date) -> HttpResponseBase:
    """The table that `?tabel=` names, for the filters of the address; the first when it names none."""
    traject, jaar = CijferFilters(request.GET, trajecten=trajecten, jaren=cijfers.years(today)).chosen()
    if traject is None:
        raise Http404
    tables = cijfers.of_traject(traject, jaar, aanbevelingen, today) + cijfers.of_city(jaar, today)
    chosen = request.GET.get("tabel", tables[0].code)
    found = next((table for table in tables if table.code == chosen), None)
    if found is None:
        raise Http404
    title = f"{found.titel} {jaar or ''}".strip()
    return tabel.as_file(request.GET.get("vorm", ""), title, found.kop, found.values())
