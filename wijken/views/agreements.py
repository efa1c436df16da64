"""Agreements with external organisations: the list, one with its results and reports, and what is done with it."""

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
from ..forms.netwerk import OvereenkomstfilterForm, OvereenkomstForm, StopForm, TerugForm, VerlengForm
from ..gate import StaffRequest, for_staff
from ..models import Gevraagdresultaat, Halfjaarverslag, Samenwerkingsovereenkomst, Wijk
from ..queries import netwerk
from ..states.netwerk import OVEREENKOMST_STEPS, Overeenkomststatus, Verslagstatus
from .partner_pages import refusal

PAGE = 50


@for_staff
@require_safe
def agreement_list(request: StaffRequest) -> HttpResponse:
    """The agreements of my wijken, what runs and ends first on top."""
    filters, today = OvereenkomstfilterForm(request.GET), timezone.localdate()
    rows = netwerk.agreements(request.user, request.reach, filters.chosen())
    page = Paginator(netwerk.waiting_reports(rows, today), PAGE).get_page(request.GET.get("pagina"))
    context = {
        "pagina": page,
        "filters": filters,
        "pillen": filters.pills(request.GET),
        "som": netwerk.total_amount(rows),
        "mag": rules.may_keep_partners(request.user),
    }
    return render(request, "wijken/werk/overeenkomsten.html", context)


@for_staff
@require_safe
def agreement_export(request: StaffRequest) -> HttpResponseBase:
    """The agreements of the list as a file, a row per result that is asked."""
    rows = netwerk.agreements(request.user, request.reach, OvereenkomstfilterForm(request.GET).chosen())
    header = ["Overeenkomst", "Partner", "Waarover", "Van", "Tot en met", "Bedrag", "Wijken", "Thema's", "Stand"]
    header += ["Thema van het resultaat", "Gevraagd", "Doel", "Eenheid", "Bereikt", "Verslagen binnen"]

    def lines() -> Any:
        for row in rows:
            page = netwerk.agreement_page(row)
            facts = [
                *(row.pk, row.partner.naam, row.titel, row.van, row.tot, row.bedrag),
                *(", ".join(wijk.naam for wijk in row.wijken.all()), ", ".join(row.thema_namen)),
                row.get_status_display(),
            ]
            for state in page.resultaten:
                asked = state.resultaat
                counts = [asked.doel, asked.eenheid, state.bereikt, len(page.binnen)]
                yield [*facts, asked.get_thema_display(), asked.tekst, *counts]
            if not page.resultaten:
                yield [*facts, "", "", None, "", None, len(page.binnen)]

    return as_file(request.GET.get("vorm", ""), "Overeenkomsten", header, lines())


@for_staff
def agreement(request: StaffRequest, pk: int) -> HttpResponse:
    """One agreement: what was asked, what was reached, its reports, and what can be done."""
    return _page(request, _get(request, pk))


@for_staff
@require_http_methods(["GET", "POST"])
def agreement_new(request: StaffRequest) -> HttpResponse:
    """Write down an agreement; it does not run yet."""
    if not rules.may_keep_partners(request.user):
        raise Http404
    partner = request.GET.get("partner", "")
    form = OvereenkomstForm(
        request.POST if request.method == "POST" else None,
        people=netwerk.people_of(request.user, request.reach),
        initial={"partner": int(partner) if partner.isdecimal() and len(partner) < 15 else None},
    )
    if request.method == "POST" and form.is_valid():
        fields = form.fields_for_action()
        if not _reaches(request, fields["wijken"]):
            form.add_error("wijken", "Kies minstens één wijk waar jij werkt.")
        else:
            row = actions.draft_agreement(door=request.user, at=timezone.now(), **fields)
            messages.success(request, "De overeenkomst staat in ontwerp. Laat ze lopen als ze getekend is.")
            return redirect(row)
    return render(request, "wijken/werk/overeenkomst_form.html", {"form": form})


@for_staff
@require_http_methods(["GET", "POST"])
def agreement_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change an agreement that is a draft or runs."""
    row = _keep(request, pk)
    people = netwerk.people_of(request.user, request.reach)
    form = OvereenkomstForm(request.POST if request.method == "POST" else None, people=people, overeenkomst=row)
    if request.method == "POST" and form.is_valid():
        versie = form.cleaned_data["versie"] or 0
        try:
            actions.change_agreement(overeenkomst=row, versie=versie, **form.fields_for_action())
        except ValueError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, "De overeenkomst is bewaard.")
            return redirect(row)
    return render(request, "wijken/werk/overeenkomst_form.html", {"form": form, "overeenkomst": row})


@for_staff
@require_http_methods(["GET", "POST"])
def agreement_do(request: StaffRequest, pk: int) -> HttpResponse:
    """Let it run, stop it, or let it run on."""
    row = _keep(request, pk)
    if request.method != "POST":
        return redirect(row)
    what = next((name for name in ("start", "stop", "verleng") if name in request.POST), "")
    forms: dict[str, Any] = {"stop": StopForm, "verleng": VerlengForm}
    number = request.POST.get("versie", "")
    versie = int(number) if number.isdecimal() and len(number) < 10 else 0
    form = forms[what](request.POST) if what in forms else None
    if not what:
        raise Http404
    if form is not None and not form.is_valid():
        return _page(request, row, **{what: form, "form": form})
    try:
        if what == "start":
            actions.start_agreement(overeenkomst=row, versie=versie)
            messages.success(request, "De overeenkomst loopt. De verslagen worden vanzelf gevraagd.")
        elif form is not None and what == "stop":
            actions.stop_agreement(overeenkomst=row, **form.cleaned_data)
            messages.success(request, "De overeenkomst is stopgezet.")
        elif form is not None:
            actions.renew_agreement(overeenkomst=row, **form.cleaned_data)
            messages.success(request, "De overeenkomst loopt verder.")
    except ValueError as error:
        messages.warning(request, refusal(error))
    return redirect(row)


@for_staff
@require_http_methods(["GET", "POST"])
def report_look(request: StaffRequest, pk: int, verslag: int) -> HttpResponse:
    """Look at a report that is in, send it back with a question, or ask one before its time."""
    row = _keep(request, pk)
    report = get_object_or_404(Halfjaarverslag, pk=verslag, overeenkomst=row)
    if request.method != "POST":
        return redirect(row)
    try:
        if "aanvaard" in request.POST:
            actions.accept_report(verslag=report, door=request.user, at=timezone.now())
            messages.success(request, "Het verslag is nagekeken.")
        elif "vraag_nu" in request.POST:
            actions.ask_report(verslag=report, at=timezone.now())
            messages.success(request, "De vraag naar het verslag is verstuurd.")
        else:
            form = TerugForm(request.POST)
            if not form.is_valid():
                return _page(request, row, terug=form, form=form, terug_van=report.pk)
            actions.send_back_report(verslag=report, at=timezone.now(), **form.cleaned_data)
            messages.success(request, "Het verslag is teruggestuurd met je vraag.")
    except ValueError as error:
        messages.warning(request, refusal(error))
    return redirect(row)


@for_staff
def agreement_history(request: StaffRequest, pk: int) -> HttpResponse:
    """Every change of an agreement, its results and reports."""
    row = _get(request, pk)
    lines = history_of(row, also=[Gevraagdresultaat, Halfjaarverslag])
    context = {"wat": str(row), "regels": lines, "terug": row.get_absolute_url()}
    return render(request, "wijken/werk/historiek.html", context)


def _get(request: StaffRequest, pk: int) -> Samenwerkingsovereenkomst:
    return get_object_or_404(netwerk.agreements(request.user, request.reach), pk=pk)


def _may_keep(request: StaffRequest, row: Samenwerkingsovereenkomst) -> bool:
    wijken = [wijk.pk for wijk in row.wijken.all()]
    return rules.may_keep_agreement(request.user, request.reach, row.verantwoordelijke_id, wijken)


def _keep(request: StaffRequest, pk: int) -> Samenwerkingsovereenkomst:
    row = _get(request, pk)
    if not _may_keep(request, row):
        raise Http404
    return row


def _reaches(request: StaffRequest, wijken: list[Wijk]) -> bool:
    numbers = [wijk.pk for wijk in wijken]
    return rules.may_keep_agreement(request.user, request.reach, None, numbers)


def _page(request: StaffRequest, row: Samenwerkingsovereenkomst, **extra: Any) -> HttpResponse:
    possible = OVEREENKOMST_STEPS[Overeenkomststatus(row.status)]
    start = {"versie": row.versie}
    context = {
        "overeenkomst": row,
        "pagina": netwerk.agreement_page(row),
        "mag": _may_keep(request, row),
        "kan_starten": row.status == Overeenkomststatus.ONTWERP,
        "kan_stoppen": Overeenkomststatus.STOPGEZET in possible,
        "kan_verlengen": row.status == Overeenkomststatus.AFGELOPEN,
        "stop": StopForm(initial=start),
        "verleng": VerlengForm(initial=start),
        "terug": TerugForm(),
        "vandaag": timezone.localdate(),
        "standen": Verslagstatus,
        **extra,
    }
    return render(request, "wijken/werk/overeenkomst.html", context)
