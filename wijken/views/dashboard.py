"""The numbers of the head of service, with the list behind each, and the quarterly report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.documenten import pdf

from ..forms.velden import wijken_of
from ..forms.wijkblad import PeriodeForm
from ..gate import StaffRequest, for_staff
from ..queries import dashboard as numbers

NAMES = {"werk": "Werk", "geld": "Geld", "bereik": "Bereik"}
ON_TOP = ("voorstel_wacht", "actie_achter", "actie_opplan", "overeenkomst_eindigt", "behoefte_concept")


@for_staff
@require_safe
def dashboard(request: StaffRequest) -> HttpResponse:
    """Per wijk and for all of it: needs, proposals, actions, agreements, money, and the reach of participation."""
    today = timezone.localdate()
    form = PeriodeForm(request.GET, dit_jaar=today.year)
    part = request.GET.get("deel", "werk")
    part = part if part in numbers.DELEN else "werk"
    wijken = list(wijken_of(request.user, request.reach))
    found = numbers.count(request.user, request.reach, wijken, date(form.year, 1, 1), date(form.year, 12, 31), today)
    columns = numbers.DELEN[part]
    whole = found.row(numbers.WERK, None)
    quarter = numbers.last_quarter(today)
    context: dict[str, Any] = {
        "form": form,
        "jaar": form.year,
        "deel": part,
        "delen": NAMES.items(),
        "kolommen": columns,
        "rijen": [found.row(columns, wijk) for wijk in wijken],
        "totaal": found.row(columns, None),
        "groot": sorted(
            (cell for cell in whole.cellen if cell.kolom.code in ON_TOP), key=lambda cell: ON_TOP.index(cell.kolom.code)
        ),
        "plangeld": numbers.plan_money(form.year) if part == "geld" else None,
        "hele_stad": bool(request.user.rollen & {"beheerder", "lezer"}),
        "kwartalen": list(_quarters(*quarter)),
        "vandaag": today,
    }
    return render(request, "wijken/werk/wijkblad/dashboard.html", context)


def _quarters(year: int, number: int, count: int = 4) -> Any:
    """The last quarters that are over, the latest first."""
    for _turn in range(count):
        yield year, number
        year, number = (year, number - 1) if number > 1 else (year - 1, 4)


@for_staff
@require_safe
def quarter_pdf(request: StaffRequest) -> HttpResponse:
    """The report of a quarter, as far as this person may see it."""
    today = timezone.localdate()
    year, number = numbers.last_quarter(today)
    asked = request.GET.get("jaar", str(year)), request.GET.get("kwartaal", str(number))
    if asked[0] not in map(str, range(2000, today.year + 1)) or asked[1] not in "1234" or not asked[1]:
        raise Http404
    year, number = int(asked[0]), int(asked[1])
    if numbers.quarter_days(year, number)[0] > today:
        raise Http404
    wijken = list(wijken_of(request.user, request.reach))
    title = f"Kwartaalverslag wijkwerking, kwartaal {number} van {year}"
    data = numbers.quarter(request.user, request.reach, wijken, year, number, today)
    content = pdf.render("wijken/documenten/kwartaal.typ", data, titel=title)
    return pdf.pdf_response(content, title)
