"""Recommendations for staff: lists, the check, and saying what the city answers and what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kern.historiek.queries import history_of
from wijken.gate import StaffRequest, for_staff

from ... import inlezen, rules
from ...actions import aanbevelingen as actions
from ...actions.uitdagers import Gewijzigd
from ...forms.aanbevelingen import (
    AanbevelingFilters,
    AanbevelingForm,
    AntwoordForm,
    BewijsForm,
    GehaaldForm,
    MijlpaalForm,
    NotaForm,
)
from ...models import Aanbeveling, Traject
from ...queries import aanbevelingen as queries
from . import for_samenleven, for_writers, page_of, sheet_answer

FORMS: dict[str, type[forms.Form]] = {
    "antwoord": AntwoordForm,
    "bewijs": BewijsForm,
    "nota": NotaForm,
    "mijlpaal": MijlpaalForm,
    "gehaald": GehaaldForm,
}


@for_samenleven
@require_safe
def recommendation_list(request: StaffRequest) -> HttpResponse:
    """Everything somebody may see, to filter; the filters stand in the address."""
    search = AanbevelingFilters(request.GET)
    rows = queries.recommendations(_visible(request), search.chosen())
    context = {
        "filters": search,
        "pillen": search.pills(request.GET),
        "pagina": page_of(request, rows),
        "vraag": request.GET.urlencode(),
        "mag": rules.may_write(request.user),
    }
    return render(request, "samenleven/werk/aanbevelingen.html", context)


@for_samenleven
def export(request: StaffRequest) -> HttpResponseBase:
    """The recommendations of a traject in the columns that can be read in again; without a traject, of the newest."""
    if not rules.may_see_all(request.user):
        raise Http404
    chosen = AanbevelingFilters(request.GET).chosen().get("traject")
    traject = chosen or Traject.objects.exclude(aanbevelingen=None).order_by("-van").first()
    if traject is None:
        raise Http404
    doel = str(traject.pk)
    header = [veld.label for veld in inlezen.velden(doel)]
    return sheet_answer(request, f"aanbevelingen-{traject.slug}", header, inlezen.uitvoer(doel))


@for_samenleven
@require_safe
def check(request: StaffRequest) -> HttpResponse:
    """Per traject how many are in which state, and what nobody looks after."""
    trajects = Traject.objects.filter(aanbevelingen__in=_visible(request)).distinct().order_by("-van")
    chosen = AanbevelingFilters(request.GET).chosen().get("traject") or trajects.first()
    context = {"trajecten": trajects, "traject": chosen}
    if chosen:
        context["nazicht"] = queries.check(_visible(request).filter(traject=chosen))
    return render(request, "samenleven/werk/aanbevelingen_nazicht.html", context)


@for_writers
def new(request: StaffRequest) -> HttpResponse:
    """Write one down."""
    return _edit(request, Aanbeveling(voorgesteld_op=timezone.localdate()))


@for_writers
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change its words and who looks after it."""
    return _edit(request, get_object_or_404(Aanbeveling, pk=pk))


def _edit(request: StaffRequest, row: Aanbeveling) -> HttpResponse:
    form = AanbevelingForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_recommendation(
                row=row, fields=form.to_save(), at=timezone.now(), versie=_number(request.POST.get("versie", ""))
            )
        except Gewijzigd as error:
            form.add_error(None, f"{error}.".capitalize())
        else:
            messages.success(request, "De aanbeveling is bewaard.")
            return redirect("samenleven:aanbeveling_werk", saved.pk)
    return render(request, "samenleven/werk/aanbeveling_form.html", {"form": form, "aanbeveling": row})


@for_staff
@require_safe
def recommendation(request: StaffRequest, pk: int) -> HttpResponse:
    """All of one, with what can be said of it now."""
    return _page(request, pk, {})


@for_writers
@require_POST
def act(request: StaffRequest, pk: int, wat: str) -> HttpResponse:
    """Say something of it: an answer, evidence, a note, a milestone; or that evidence was wrong."""
    row = get_object_or_404(Aanbeveling.objects.select_related("traject"), pk=pk)
    at = timezone.now()
    if wat == "geen-bewijs":
        actions.unprove(aanbeveling=row, trede=_rung(request.POST.get("trede", "")), at=at)
        messages.success(request, "Het bewijs is weggehaald.")
        return redirect("samenleven:aanbeveling_werk", pk)
    if wat not in FORMS:
        raise Http404
    mark = get_object_or_404(row.mijlpalen, pk=_number(request.POST.get("mijlpaal", ""))) if wat == "gehaald" else None
    form = FORMS[wat](request.POST, prefix=f"gehaald-{mark.pk}" if mark else wat)
    if form.is_valid():
        try:
            _do(wat, row, mark, form.cleaned_data, request, at)
        except Gewijzigd as error:
            form.add_error(None, f"{error}.".capitalize())
        else:
            messages.success(request, "Bewaard. Wie volgt, hoort het in de volgende mail.")
            return redirect("samenleven:aanbeveling_werk", pk)
    return _page(request, pk, {form.prefix or wat: form})


def _do(wat: str, row: Aanbeveling, mark: Any, said: dict[str, Any], request: StaffRequest, at: Any) -> None:
    versie = _number(request.POST.get("versie", ""))
    if wat == "antwoord":
        actions.answer(aanbeveling=row, at=at, versie=versie, **said)
    elif wat == "nota":
        actions.dissent(aanbeveling=row, at=at, versie=versie, **said)
    elif wat == "bewijs":
        actions.prove(aanbeveling=row, door=request.user, at=at, **said)
    elif wat == "mijlpaal":
        actions.plan_milestone(aanbeveling=row, at=at, **said)
    else:
        actions.meet_milestone(mijlpaal=mark, at=at, **said)


def _page(request: StaffRequest, pk: int, tried: dict[str, forms.Form]) -> HttpResponse:
    row = get_object_or_404(queries.whole().filter(pk__in=_visible(request)), pk=pk)
    today = timezone.localdate()
    now = {
        "antwoord": {
            "antwoord": "" if row.antwoord == "wacht" else row.antwoord,
            "reden": row.antwoord_reden,
            "op": row.antwoord_op or today,
        },
        "bewijs": {"op": today},
        "nota": {"nota": row.nota, "op": row.nota_op or today},
        "mijlpaal": {},
    }
    shown = {wat: tried.get(wat) or FORMS[wat](prefix=wat, initial=initial) for wat, initial in now.items()}
    marks = [
        (mark, tried.get(f"gehaald-{mark.pk}") or GehaaldForm(prefix=f"gehaald-{mark.pk}", initial={"op": today}))
        for mark in row.mijlpalen.all()
    ]
    context = {
        "aanbeveling": row,
        "form": next(iter(tried.values()), None),
        "formulieren": shown,
        "ladder": queries.ladder(row),
        "mijlpalen": marks,
        "signalen": row.signalen.select_related("gesprek")
        if rules.may_see_all(request.user)
        else row.openbare_signalen,
        "mag": rules.may_write(request.user),
        "ziet": rules.may_see_all(request.user),
        "historiek": history_of(row, limit=30),
        "vandaag": today,
    }
    return render(request, "samenleven/werk/aanbeveling.html", context)


def _visible(request: StaffRequest) -> Any:
    return Aanbeveling.objects.visible_to(request.user, request.reach)


def _rung(text: str) -> int:
    return int(text) if text in {"1", "2", "3", "4", "5", "6"} else 1


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0
