"""Proposals for activities for staff. What is accepted goes on as a meeting, under Bijeenkomsten."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kern.historiek.queries import history_of
from wijken.gate import StaffRequest
from wijken.models import Team

from ... import rules
from ...actions import activiteiten as actions
from ...forms.staf_activiteiten import AanvaardForm, VoorstelFilters, WeigerForm
from ...forms.staf_bruggen import VersieForm
from ...models import Activiteitvoorstel
from ...queries import activiteiten as queries
from ...states.activiteit import Status
from . import for_samenleven, for_writers, page_of, sheet_answer


@for_samenleven
@require_safe
def proposal_list(request: StaffRequest) -> HttpResponse:
    """The proposals of whoever asks."""
    form = VoorstelFilters(request.GET)
    rows = queries.proposals(request.user, request.reach, form.chosen())
    context = {
        "filters": form,
        "pillen": form.pills(request.GET),
        "pagina": page_of(request, rows),
        "vraag": request.GET.urlencode(),
    }
    return render(request, "samenleven/werk/activiteiten.html", context)


@for_samenleven
@require_safe
def proposal_export(request: StaffRequest) -> HttpResponseBase:
    """The same list as a file."""
    rows = queries.proposals(request.user, request.reach, VoorstelFilters(request.GET).chosen())
    header = [
        "titel", "wijk", "wanneer", "waar", "verwacht", "geraamde kosten", "naam", "organisatie", "e-mailadres",
        "telefoon", "stand", "voorgesteld op", "activiteit",
    ]  # fmt: skip
    lines = (
        [
            row.titel, row.wijk.naam if row.wijk else "", row.wanneer, row.waar, row.verwacht, row.kosten, row.naam,
            row.organisatie, row.email, row.telefoon, row.get_status_display(),
            timezone.localtime(row.gedaan_op).date(), row.bijeenkomst_id or "",
        ]
        for row in rows.iterator(chunk_size=500)
    )  # fmt: skip
    return sheet_answer(request, "voorstellen", header, lines)


@for_samenleven
def proposal(request: StaffRequest, pk: int) -> HttpResponse:
    """One proposal, and what can be done now."""
    return _page(request, _get(request, pk))


@for_writers
@require_POST
def accept(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a draft of an activity out of it."""
    row = _get(request, pk)
    form = AanvaardForm(request.POST, voorstel=row)
    if not form.is_valid():
        return _page(request, row, aanvaard=form)
    try:
        row = actions.accept(voorstel=row, door=request.user, at=timezone.now(), **form.cleaned_data)
    except actions.VoorstelGewijzigd as error:
        messages.error(request, f"{error}.".capitalize())
        return redirect(row)
    messages.success(request, "Aanvaard. Werk de activiteit af en kondig ze dan aan.")
    return redirect("wijken:staff_meeting", row.bijeenkomst_id)


@for_writers
@require_POST
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    """Say no, with the reason."""
    row = _get(request, pk)
    form = WeigerForm(request.POST, prefix="weiger")
    if not form.is_valid():
        return _page(request, row, weiger=form)
    try:
        actions.refuse(voorstel=row, at=timezone.now(), **form.cleaned_data)
    except actions.VoorstelGewijzigd as error:
        messages.error(request, f"{error}.".capitalize())
    else:
        messages.success(request, "Bewaard. Wie het voorstelde, krijgt een mail.")
    return redirect(row)


@for_writers
@require_POST
def reconsider(request: StaffRequest, pk: int) -> HttpResponse:
    """Look at it again."""
    row = _get(request, pk)
    form = VersieForm(request.POST)
    try:
        actions.reconsider(voorstel=row, versie=form.cleaned_data["versie"] if form.is_valid() else 0)
    except actions.VoorstelGewijzigd as error:
        messages.error(request, f"{error}.".capitalize())
    return redirect(row)


def _page(
    request: StaffRequest,
    row: Activiteitvoorstel,
    *,
    aanvaard: AanvaardForm | None = None,
    weiger: WeigerForm | None = None,
) -> HttpResponse:
    open_now = rules.may_write(request.user) and row.status == Status.NIEUW and not row.is_gewist
    own_team = Team.objects.filter(pk__in=request.reach.team_ids, is_actief=True).first()
    new = AanvaardForm(voorstel=row, initial={"team": own_team.pk if own_team else None}) if open_now else None
    context = {
        "voorstel": row,
        "aanvaardform": (aanvaard or new) if open_now else None,
        "weigerform": (weiger or WeigerForm(initial={"versie": row.versie}, prefix="weiger")) if open_now else None,
        "kan_opnieuw": rules.may_write(request.user) and row.status == Status.GEWEIGERD and not row.is_gewist,
        "historiek": history_of(row, limit=50),
    }
    return render(request, "samenleven/werk/activiteit.html", context)


def _get(request: StaffRequest, pk: int) -> Activiteitvoorstel:
    rows = Activiteitvoorstel.objects.visible_to(request.user, request.reach)
    return get_object_or_404(rows.select_related("wijk", "bijeenkomst"), pk=pk)
