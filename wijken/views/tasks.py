"""Tasks that people agreed on: the list, one task, and how it went."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kern.documenten.tabel import as_file
from kern.historiek.queries import history_of

from .. import actions, rules
from ..forms.netwerk import AfspraakfilterForm, AfspraakForm, AntwoordForm, VerzetForm
from ..gate import StaffRequest, for_staff
from ..models import Afspraak, Wijk
from ..queries import netwerk
from .partner_pages import refusal

PAGE = 50


@for_staff
@require_safe
def task_list(request: StaffRequest) -> HttpResponse:
    """The agreed tasks of my wijken and of me; what is open and due first on top."""
    filters, today = AfspraakfilterForm(request.GET), timezone.localdate()
    rows = netwerk.tasks(request.user, request.reach, today, filters.chosen())
    context = {
        "pagina": Paginator(rows, PAGE).get_page(request.GET.get("pagina")),
        "filters": filters,
        "pillen": filters.pills(request.GET),
        "vandaag": today,
        "mag": rules.may_keep_partners(request.user),
    }
    return render(request, "wijken/werk/afspraken.html", context)


@for_staff
@require_safe
def task_export(request: StaffRequest) -> HttpResponseBase:
    """The tasks of the list as a file; of a partner the organisation, not the person."""
    chosen = AfspraakfilterForm(request.GET).chosen()
    rows = netwerk.tasks(request.user, request.reach, timezone.localdate(), chosen)
    header = ["Nr.", "Wijk", "Wat", "Wie", "Afgesproken op", "Waar", "Tegen", "Keren verzet", "Stand", "Afgerond op"]
    lines = (
        [
            *(row.pk, row.wijk.naam, row.wat, str(row.partner or row.collega or ""), row.afgesproken_op, row.waar),
            *(row.uiterlijk, row.keren_verzet, row.get_status_display(), row.afgerond_op),
        ]
        for row in rows
    )
    return as_file(request.GET.get("vorm", ""), "Afspraken", header, lines)


@for_staff
def task(request: StaffRequest, pk: int) -> HttpResponse:
    """One task: what, who, when, where it was agreed, and how it went."""
    return _page(request, _get(request, pk))


@for_staff
@require_http_methods(["GET", "POST"])
def task_new(request: StaffRequest) -> HttpResponse:
    """Write down who does what by when."""
    if not rules.may_keep_partners(request.user):
        raise Http404
    first = {name: request.GET[name] for name in ("wijk", "partner") if request.GET.get(name, "").isdecimal()}
    form = AfspraakForm(
        request.POST if request.method == "POST" else None,
        people=netwerk.people_of(request.user, request.reach),
        wijken=_wijken(request),
        initial=first,
    )
    if request.method == "POST" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "versie"}
        row = actions.agree(door=request.user, at=timezone.now(), **fields)
        messages.success(request, "De afspraak staat er. Wie ze opnam, krijgt een zachte herinnering voor de dag.")
        return redirect(row)
    return render(request, "wijken/werk/afspraak_form.html", {"form": form})


@for_staff
@require_http_methods(["GET", "POST"])
def task_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change an open task."""
    row = _keep(request, pk)
    if not rules.may_keep_partners(request.user):
        raise Http404
    people = netwerk.people_of(request.user, request.reach)
    form = AfspraakForm(
        request.POST if request.method == "POST" else None, people=people, wijken=Wijk.objects.none(), afspraak=row
    )
    if request.method == "POST" and form.is_valid():
        fields = {**form.cleaned_data, "versie": form.cleaned_data["versie"] or 0}
        try:
            actions.change_task(afspraak=row, **fields)
        except ValueError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, "De afspraak is bewaard.")
            return redirect(row)
    return render(request, "wijken/werk/afspraak_form.html", {"form": form, "afspraak": row})


@for_staff
@require_http_methods(["GET", "POST"])
def task_do(request: StaffRequest, pk: int) -> HttpResponse:
    """Say how it went, or move it to another day."""
    row, at = _keep(request, pk), timezone.now()
    if request.method != "POST":
        return redirect(row)
    form: Any = VerzetForm(request.POST) if "verzet" in request.POST else AntwoordForm(request.POST)
    if not form.is_valid():
        return _page(request, row, **{"verzet" if "verzet" in request.POST else "antwoord": form, "form": form})
    words = form.cleaned_data
    try:
        if "verzet" in request.POST:
            actions.move_task(afspraak=row, at=at, **words)
        elif "gedaan" in request.POST:
            actions.finish_task(afspraak=row, at=at, **words)
        elif "niet" in request.POST:
            actions.fail_task(afspraak=row, at=at, **words)
        elif "vervalt" in request.POST:
            actions.drop_task(afspraak=row, at=at, **words)
        elif "heropen" in request.POST:
            actions.reopen_task(afspraak=row, versie=words["versie"])
        else:
            raise Http404
    except ValueError as error:
        form.add_error(None, refusal(error))
        name = "verzet" if "verzet" in request.POST else "antwoord"
        return _page(request, _get(request, pk), **{name: form, "form": form})
    messages.success(request, "De afspraak is bijgewerkt.")
    return redirect(row)


@for_staff
def task_history(request: StaffRequest, pk: int) -> HttpResponse:
    """Every change of a task."""
    row = _get(request, pk)
    context = {"wat": row.wat, "regels": history_of(row), "terug": row.get_absolute_url()}
    return render(request, "wijken/werk/historiek.html", context)


def _get(request: StaffRequest, pk: int) -> Afspraak:
    rows = netwerk.tasks(request.user, request.reach, timezone.localdate())
    return get_object_or_404(rows.select_related("wijk", "partner", "persoon", "collega", "gemaakt_door"), pk=pk)


def _keep(request: StaffRequest, pk: int) -> Afspraak:
    row = _get(request, pk)
    if not rules.may_keep_task(request.user, request.reach, row):
        raise Http404
    return row


def _wijken(request: StaffRequest) -> Any:
    rows = Wijk.objects.order_by("naam")
    return rows if "beheerder" in request.user.rollen else rows.filter(pk__in=request.reach.wijk_ids)


def _page(request: StaffRequest, row: Afspraak, **extra: Any) -> HttpResponse:
    start = {"versie": row.versie}
    mag = rules.may_keep_task(request.user, request.reach, row)
    context = {
        "afspraak": row,
        "samen": list(row.samen_met.all()),
        "mag": mag,
        "mag_wijzigen": mag and row.is_open and rules.may_keep_partners(request.user),
        "antwoord": AntwoordForm(initial=start),
        "verzet": VerzetForm(initial=start),
        "vandaag": timezone.localdate(),
        "is_laat": row.is_late(timezone.localdate()),
        **extra,
    }
    return render(request, "wijken/werk/afspraak.html", context)
