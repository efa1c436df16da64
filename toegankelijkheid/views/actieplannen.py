"""The action plan for staff: its versions, what is in it and in which year, deciding, and comparing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kern.documenten.tabel import as_file
from wijken.gate import StaffRequest, for_staff

from ..actions import actieplannen as actions
from ..forms.actieplannen import BesluitForm, InPlanForm, PlanForm, RegelForm, WieForm
from ..models import Actieplan
from ..queries import actieplannen as plans
from ..rules import recht
from .deur import managers_only
from .keuze import chosen_in_table, version_of
from .planblad import plan_pdf

PAGE, MOST = 25, 1000
TEMPLATES = "toegankelijkheid/werk/actieplan"


def _get(request: StaffRequest, pk: int) -> Actieplan:
    return get_object_or_404(plans.visible(request.user).select_related("eigenaar", "vastgesteld_door"), pk=pk)


def _concept(request: StaffRequest, pk: int) -> Actieplan:
    """A concept, for who manages the screening; 404 for others, and when it was decided."""
    managers_only(request)
    row = _get(request, pk)
    if not row.is_concept:
        raise Http404
    return row


@for_staff
@require_safe
def plan_list(request: StaffRequest) -> HttpResponse:
    """Every plan with its versions."""
    context = {"plannen": plans.plan_list(request.user), "beheert": recht.may_manage(request.user)}
    return render(request, f"{TEMPLATES}/lijst.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Begin a plan, or change the name, the years and the budgets of a concept."""
    managers_only(request)
    plan = _concept(request, pk) if pk else Actieplan(eigenaar=request.user)
    form = PlanForm(request.POST or None, instance=plan, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        write = {"zones": form.cleaned_data["zones"], "budgetten": form.budgets(), "at": timezone.now()}
        try:
            row = actions.save(plan=form.instance, versie=form.cleaned_data["versie"], **write)
        except (actions.Gewijzigd, actions.PlanStaatVast) as error:
            form.add_error(None, str(error).capitalize())
        else:
            messages.success(request, "Het plan is bewaard.")
            shown = set(form.budgets()) == set(row.jaren)
            return redirect(row) if shown else redirect("toegankelijkheid:action_plan_edit", row.pk)
    context = {"form": form, "plan": plan if plan.pk else None}
    return render(request, f"{TEMPLATES}/form.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def plan(request: StaffRequest, pk: int) -> HttpResponse:
    """One version: its years with their sums, and its lines; of a concept the years and estimates are typed here."""
    row = _get(request, pk)
    edits = row.is_concept and recht.may_manage(request.user)
    if request.method == "POST" and not edits:
        raise Http404
    year, on = request.GET.get("jaar", ""), timezone.localdate()
    page = Paginator(plans.lines(row, year), PAGE).get_page(request.GET.get("page"))
    data = request.POST if request.method == "POST" else None
    shown = list(page)
    if data is not None:
        # What was on screen, also when it moved to another page meanwhile.
        sent = {int(name) for name in data.getlist("regel") if name.isdecimal() and len(name) < 10}
        shown = list(plans.lines(row).filter(pk__in=sent)[:PAGE])
    forms = [RegelForm(data, regel=line, jaren=row.jaren) for line in shown] if edits else []
    who = WieForm(data if data is not None and "geef" in data else None)
    problem = ""
    if data is not None and all(form.is_valid() for form in forms) and (not who.is_bound or who.is_valid()):
        problem = _write_lines(request, row, forms, who)
        if not problem:
            return redirect(f"{row.get_absolute_url()}?{request.GET.urlencode()}")
    found, zones = plans.overview(row, on), plans.zones(row)
    seen = plans.seen(shown, request.user, request.reach)
    context = {
        "plan": row,
        "overzicht": found,
        "tijdlijn": plans.timeline(found),
        "pagina": page,
        "regels": _rows(shown, forms, seen, on),
        "waar": ", ".join(zone.naam for zone in zones) or row.waar,
        "wie": who if edits else None,
        "filter": f"?zone={zones[0].pk}" if len(zones) == 1 else "",
        "probleem": problem,
        "gekozen": set(data.getlist("kies")) if data is not None else (),
        "jaar": year,
        "wijzigt": edits,
        "beheert": recht.may_manage(request.user),
        "versies": list(plans.visible(request.user).filter(slug=row.slug).exclude(pk=row.pk).order_by("-nummer")),
        "fout": any(form.errors for form in forms),
        "vraag": request.GET.urlencode(),
    }
    return render(request, f"{TEMPLATES}/plan.html", context)


def _rows(shown: list[Any], forms: list[RegelForm], seen: set[int], on: Any) -> list[dict[str, Any]]:
    by_pk = {form.regel.pk: form for form in forms}
    return [
        {
            "regel": line,
            "vertelt": plans.telling(line),
            "kost": plans.cost(line.kost_laag, line.kost_hoog),
            "form": by_pk.get(line.pk),
            "opent": line.knelpunt_id in seen,
            "laat": line.is_late(on),
            "sleutel": str(line.pk),
        }
        for line in shown
    ]


def _write_lines(request: StaffRequest, row: Actieplan, forms: list[RegelForm], who: WieForm) -> str:
    """Keep the years and estimates on screen and do what the pressed button says, or nothing; why not, in words."""
    try:
        with transaction.atomic():
            done = _do(request, row, forms, who)
    except actions.Gewijzigd as error:
        return f"{str(error).capitalize()}. Wat jij typte, staat er nog: bewaar opnieuw als het zo moet."
    except actions.PlanStaatVast as error:
        return str(error)
    for words in done:
        messages.success(request, words)
    if not done:
        messages.info(request, "Er was niets veranderd.")
    return ""


def _do(request: StaffRequest, row: Actieplan, forms: list[RegelForm], who: WieForm) -> list[str]:
    versie, done = version_of(request), []
    years = {form.regel.pk: form.cleaned_data["jaar"] for form in forms if "jaar" in form.changed_data}
    costs = {
        form.regel.pk: (form.cleaned_data["laag"], form.cleaned_data["hoog"])
        for form in forms
        if {"laag", "hoog"} & set(form.changed_data)
    }
    # After the first write the plan is locked: what follows is of the same version.
    if years:
        actions.choose_years(plan=row, jaren=years, versie=versie)
        versie = None
    if costs:
        actions.estimate(plan=row, kosten=costs, versie=versie)
        versie = None
    if changed := len(years | costs):
        done.append("1 regel is bewaard." if changed == 1 else f"{changed} regels zijn bewaard.")
    for name, up in (("op", True), ("neer", False)):
        if (chosen := request.POST.get(name, "")).isdecimal():
            line = next((form.regel.pk for form in forms if form.regel.pk == int(chosen)), None)
            if line is None:
                raise Http404
            moved = actions.move(plan=row, regel=line, omhoog=up, versie=versie)
            done.append("De regel is verplaatst." if moved else "De regel staat al aan het einde van haar jaar.")
            return done
    return done + _do_ticked(request, row, forms, who, versie)


def _do_ticked(
    request: StaffRequest, row: Actieplan, forms: list[RegelForm], who: WieForm, versie: int | None
) -> list[str]:
    wanted = request.POST.getlist("kies")
    ticked = [form.regel.pk for form in forms if str(form.regel.pk) in wanted]
    if not {"eruit", "geef"} & set(request.POST):
        return []
    if not ticked:
        raise actions.PlanStaatVast("Vink eerst aan over welke knelpunten het gaat. Er is nog niets bewaard.")
    if "eruit" in request.POST:
        count = actions.remove(plan=row, regels=ticked, versie=versie)
        return ["1 knelpunt is uit het plan." if count == 1 else f"{count} knelpunten zijn uit het plan."]
    count = actions.assign(plan=row, regels=ticked, versie=versie, **who.cleaned_data)
    return ["1 knelpunt is doorgegeven." if count == 1 else f"{count} knelpunten zijn doorgegeven."]


@require_http_methods(["GET", "POST"])
@for_staff
def divide(request: StaffRequest, pk: int) -> HttpResponse:
    """Divide the lines over the years, after a look at the rule."""
    row = _concept(request, pk)
    if request.method == "POST":
        try:
            moved = actions.divide(plan=row, versie=version_of(request))
        except (actions.Gewijzigd, actions.PlanStaatVast) as error:
            messages.error(request, str(error).capitalize())
        else:
            words = "1 knelpunt kreeg een ander jaar." if moved == 1 else f"{moved} knelpunten kregen een ander jaar."
            messages.success(request, words if moved else "Alles stond al zo.")
        return redirect(row)
    context = {"plan": row, "overzicht": plans.overview(row, timezone.localdate())}
    return render(request, f"{TEMPLATES}/verdeel.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Decide a version, after a look at what would be frozen."""
    row = _concept(request, pk)
    form = BesluitForm(request.POST or None, initial={"versie": row.versie})
    if request.method == "POST" and form.is_valid():
        write = {"besluit": form.cleaned_data["besluit"], "versie": form.cleaned_data["versie"]}
        try:
            actions.decide(plan=row, door=request.user, at=timezone.now(), **write)
        except (actions.Gewijzigd, actions.PlanStaatVast) as error:
            form.add_error(None, str(error).capitalize())
        else:
            messages.success(request, "Het plan is vastgesteld. Iedereen kan het nu lezen.")
            return redirect(row)
    context = {"plan": row, "form": form, "overzicht": plans.overview(row, timezone.localdate())}
    return render(request, f"{TEMPLATES}/besluit.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def next_version(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin the next version of a plan that was decided; GET (whose log-in had ended) shows the plan."""
    managers_only(request)
    row = _get(request, pk)
    if row.is_concept:
        raise Http404
    if request.method == "GET":
        return redirect(row)
    new = actions.next_version(plan=row, door=request.user, at=timezone.now())
    messages.success(request, f"Versie {new.nummer} is begonnen, met alles wat nog niet klaar is.")
    return redirect(new)


@require_http_methods(["GET", "POST"])
@for_staff
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw a concept away, after a question."""
    row = _concept(request, pk)
    if request.method == "POST":
        try:
            actions.discard(plan=row, versie=version_of(request))
        except (actions.Gewijzigd, actions.PlanStaatVast) as error:
            messages.error(request, str(error).capitalize())
            return redirect(row)
        messages.success(request, f"{row} is weggegooid.")
        return redirect("toegankelijkheid:action_plans")
    return render(request, f"{TEMPLATES}/weg.html", {"plan": row})


@for_staff
def compare(request: StaffRequest, pk: int, met: int) -> HttpResponse:
    """What differs between two versions of a plan, and what was done meanwhile."""
    row, other = _get(request, pk), _get(request, met)
    if row.slug != other.slug or row.pk == other.pk:
        raise Http404
    old, new = sorted((row, other), key=lambda plan: plan.nummer)
    context = {"oud": old, "nieuw": new, "groepen": plans.compared(old, new)}
    return render(request, f"{TEMPLATES}/vergelijk.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def choose(request: StaffRequest) -> HttpResponse:
    """Put what was chosen in the monitoring table in a plan."""
    managers_only(request)
    back = f"{reverse('toegankelijkheid:monitoring')}?{request.POST.get('terug', '')}"
    if request.method == "GET":
        return redirect(back)
    found = list(plans.addable(chosen_in_table(request))[: MOST + 1])
    if not found or len(found) > MOST:
        words = f"Kies hoogstens {MOST} knelpunten tegelijk: filter verder." if found else "Kies eerst wat nog open is."
        messages.warning(request, words)
        return redirect(back)
    form = InPlanForm(request.POST if "doe" in request.POST else None)
    if "doe" in request.POST and form.is_valid():
        chosen = form.cleaned_data["plan"]
        try:
            count = actions.add(plan=chosen, knelpunten=found)
        except actions.PlanStaatVast as error:
            form.add_error(None, str(error))
        else:
            words = "1 knelpunt staat nu in het plan." if count == 1 else f"{count} knelpunten staan nu in het plan."
            messages.success(request, words if count else "Ze stonden er allemaal al in.")
            return redirect(f"{chosen.get_absolute_url()}?jaar={plans.ZONDER}" if count else chosen)
    context = {
        "form": form,
        "gekozen": found,
        "alles": request.POST.get("alles", ""),
        "terug": request.POST.get("terug", ""),
        "lijst": back,
        "er_is_een_concept": plans.concepts().exists(),
    }
    return render(request, f"{TEMPLATES}/kies.html", context)


@for_staff
@require_safe
def file(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The lines of a version as a file for a spreadsheet."""
    row = _get(request, pk)
    name = f"actieplan {row.naam} versie {row.nummer}"
    return as_file(request.GET.get("vorm", "csv"), name, plans.HEADER, plans.file_lines(row))


@for_staff
@require_safe
def pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """A version as a PDF that everybody can read."""
    return plan_pdf(_get(request, pk), request.build_absolute_uri)
