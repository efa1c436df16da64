"""Uitdagers and their training for staff."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kern.historiek.queries import history_of
from wijken.gate import StaffRequest, for_staff

from ... import rules
from ...actions import uitdagers as actions
from ...actions import vormingen as trainings
from ...forms.staf import AanwezigForm, CoachForm, GenodigdenForm, UitdagerFilters, VormingForm
from ...models import Uitdager, Vorming
from ...queries import bereik as reach_queries
from ...queries import staf as queries
from ...states.uitdager import STEPS as ALLOWED
from ...states.uitdager import Status
from . import for_samenleven, for_writers, page_of, sheet_answer


@for_staff
@require_safe
def uitdager_list(request: StaffRequest) -> HttpResponse:
    """The uitdagers of whoever asks, and beside them the matrix as counts."""
    form = UitdagerFilters(request.GET)
    chosen = form.chosen()
    rows = queries.uitdagers(request.user, request.reach, chosen)
    trajecten = queries.trajects_by_now()
    traject = chosen.get("traject") or (trajecten[0] if trajecten else None)
    context = {
        "filters": form,
        "pillen": form.pills(request.GET),
        "pagina": page_of(request, rows),
        "traject": traject,
        "matrix": reach_queries.matrix(traject) if traject and rules.may_see_all(request.user) else [],
        "vraag": request.GET.urlencode(),
    }
    return render(request, "samenleven/werk/uitdagers.html", context)


@for_staff
@require_safe
def uitdager_export(request: StaffRequest) -> HttpResponseBase:
    """The same list as a file. What somebody is, is not in it: we do not know."""
    rows = queries.uitdagers(request.user, request.reach, UitdagerFilters(request.GET).chosen())
    header = ["traject", "naam", "e-mailadres", "telefoon", "wijk", "stand", "coach", "gesprekken", "vormingen gevolgd"]
    lines = (
        [
            row.traject.naam, row.naam, row.email, row.telefoon, row.wijk.naam if row.wijk else "",
            row.get_status_display(), row.coach.naam if row.coach else "", row.n_gesprekken, row.n_vormingen,
        ]
        for row in rows.iterator(chunk_size=500)
    )  # fmt: skip
    return sheet_answer(request, "uitdagers", header, lines)


@for_staff
def uitdager(request: StaffRequest, pk: int) -> HttpResponse:
    """One uitdager: who it is, conversations, training, and what can be done now."""
    row = _get(request, pk)
    context = {
        "uitdager": row,
        "mag": rules.may_write(request.user) and not row.is_gewist,
        "stappen": {status.value for status in ALLOWED[Status(row.status)]},
        "coachform": CoachForm(initial={"coach": row.coach_id, "versie": row.versie}),
        "gesprekken": row.gesprekken.select_related("wijk"),
        "vormingen": row.vormingen.select_related("vorming"),
        "historiek": history_of(row, limit=50),
    }
    return render(request, "samenleven/werk/uitdager.html", context)


@for_writers
@require_POST
def step(request: StaffRequest, pk: int, stap: str) -> HttpResponse:
    """Accept, decline, take up again, thank, or give another coach."""
    row = _get(request, pk)
    form = CoachForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Kies een coach uit de lijst.")
        return redirect(row)
    coach, versie, at = form.cleaned_data["coach"], form.cleaned_data["versie"], timezone.now()
    try:
        match stap:
            case "aanvaard":
                actions.accept(uitdager=row, coach=coach, at=at, versie=versie)
            case "niet-gekozen":
                actions.decline(uitdager=row, at=at, versie=versie)
            case "opnieuw":
                actions.reconsider(uitdager=row, versie=versie)
            case "bedank":
                actions.end(uitdager=row, at=at, versie=versie)
            case "coach":
                actions.assign_coach(uitdager=row, coach=coach, versie=versie)
    except actions.Gewijzigd as error:
        messages.error(request, f"{error}.".capitalize())
    else:
        messages.success(request, "Bewaard.")
    return redirect(row)


@for_samenleven
@require_safe
def training_list(request: StaffRequest) -> HttpResponse:
    """Every training."""
    context = {"pagina": page_of(request, queries.trainings()), "mag": rules.may_write(request.user)}
    return render(request, "samenleven/werk/vormingen.html", context)


@for_writers
def training_new(request: StaffRequest) -> HttpResponse:
    """Plan a training."""
    return _save_training(request, Vorming())


@for_writers
def training_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Move a training; who was asked gets a new mail."""
    return _save_training(request, get_object_or_404(Vorming, pk=pk))


def _save_training(request: StaffRequest, row: Vorming) -> HttpResponse:
    form = VormingForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        saved = trainings.save_training(vorming=form.instance)
        messages.success(request, "De vorming is bewaard.")
        return redirect(saved)
    return render(request, "samenleven/werk/vorming_form.html", {"form": form, "vorming": row if row.pk else None})


@for_samenleven
@require_safe
def training(request: StaffRequest, pk: int) -> HttpResponse:
    """One training: who was asked, and who came. Only who may see all uitdagers sees them here."""
    row = get_object_or_404(Vorming.objects.select_related("traject"), pk=pk)
    return _training_page(request, row, GenodigdenForm(vorming=row))


@for_writers
@require_POST
def training_invite(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask uitdagers; each gets one mail."""
    row = get_object_or_404(Vorming, pk=pk)
    form = GenodigdenForm(request.POST, vorming=row)
    if not form.is_valid():
        return _training_page(request, row, form)
    count = trainings.invite(vorming=row, uitdagers=list(form.cleaned_data["uitdagers"]))
    messages.success(request, f"{count} uitdager{'s' if count != 1 else ''} uitgenodigd.")
    return redirect(row)


@for_writers
@require_POST
def training_attendance(request: StaffRequest, pk: int) -> HttpResponse:
    """Note who came."""
    row = get_object_or_404(Vorming, pk=pk)
    form = AanwezigForm(request.POST, vorming=row)
    if form.is_valid():
        trainings.note_attendance(vorming=row, was_er=form.attendance())
        messages.success(request, "De aanwezigheden zijn bewaard.")
    return redirect(row)


def _training_page(request: StaffRequest, row: Vorming, form: GenodigdenForm) -> HttpResponse:
    seen = Uitdager.objects.visible_to(request.user, request.reach)
    context = {
        "vorming": row,
        "form": form,
        "mag": rules.may_write(request.user),
        "aanwezig": AanwezigForm(vorming=row) if rules.may_write(request.user) else None,
        "deelnames": row.deelnames.filter(uitdager__in=seen).select_related("uitdager"),
        "kan": form.fields["uitdagers"].queryset.exists(),
        "historiek": history_of(row, limit=50),
    }
    return render(request, "samenleven/werk/vorming.html", context)


def _get(request: StaffRequest, pk: int) -> Uitdager:
    rows = Uitdager.objects.visible_to(request.user, request.reach)
    return get_object_or_404(rows.select_related("traject", "wijk", "coach"), pk=pk)
