"""Trainings about accessibility: for staff, and what everybody can come to."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kern.documenten.tabel import as_file
from wijken.gate import StaffRequest, for_staff

from ..actions import vormingen as actions
from ..forms.vormingen import ThemaForm, VormingForm
from ..models import Themavorming
from ..queries import vormingen as trainings
from ..rules import recht
from ..rules.woorden import Onderwerp
from .deur import managers_only

PAGE = 50


def _theme(request: HttpRequest) -> str:
    asked = request.GET.get("thema", "")
    return asked if asked in Onderwerp.values else ""


@for_staff
@require_safe
def training_list(request: StaffRequest) -> HttpResponse:
    """Every training with who comes and who came, of one theme when that is asked."""
    thema = _theme(request)
    page = Paginator(trainings.trainings(thema), PAGE).get_page(request.GET.get("page"))
    context = {
        "pagina": page,
        "rijen": page.object_list,
        "thema": thema,
        "themas": Onderwerp.choices,
        "beheert": recht.may_manage(request.user),
    }
    return render(request, "toegankelijkheid/werk/vormingen/lijst.html", context)


@for_staff
@require_safe
def file(request: StaffRequest) -> HttpResponseBase:
    """The same rows for a spreadsheet."""
    rows = trainings.file_lines(_theme(request))
    return as_file(request.GET.get("vorm", "csv"), "vormingen toegankelijkheid", trainings.HEADER, rows)


@require_http_methods(["GET", "POST"])
@for_staff
def new(request: StaffRequest) -> HttpResponse:
    """Plan a training."""
    managers_only(request)
    form = VormingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.plan(door=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "De vorming is een ontwerp. Vul ze aan en kondig ze aan.")
        return redirect("wijken:staff_meeting", made.pk)
    return render(request, "toegankelijkheid/werk/vormingen/form.html", {"form": form, "vorming": None})


@require_http_methods(["GET", "POST"])
@for_staff
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change what a training treats; when and where is changed on the page of the meeting."""
    managers_only(request)
    row = get_object_or_404(Themavorming.objects.select_related("bijeenkomst"), pk=pk)
    form = ThemaForm(request.POST or None, initial={"themas": row.themas, "doelgroep": row.doelgroep})
    if request.method == "POST" and form.is_valid():
        actions.describe(vorming=row, **form.cleaned_data)
        messages.success(request, "De vorming is bewaard.")
        return redirect("toegankelijkheid:trainings")
    return render(request, "toegankelijkheid/werk/vormingen/form.html", {"form": form, "vorming": row})


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """What everybody can come to, and what was held."""
    coming, held = trainings.public(timezone.now())
    return render(request, "toegankelijkheid/openbaar/vormingen.html", {"komend": coming, "voorbij": held})
