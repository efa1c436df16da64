"""The monitoring table: the list, its file, the sheet to plan in, many at once, and the rules of the priority."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kern.documenten.tabel import as_file
from wijken.gate import StaffRequest, for_staff

from ..actions import knelpunten as actions
from ..actions.prioriteit import propose_all
from ..forms.monitoring import BladForm, MonitoringFilters, RegelsForm, SamenForm
from ..forms.velden import services
from ..inlezen import velden
from ..inlezen.uitvoer import lines
from ..models import Knelpunt, KnelpuntQuerySet
from ..queries import monitoring
from ..rules import monitoring as rules
from ..rules import recht
from ..rules.woorden import HARD, Haalbaarheid, Haalbaarheidsreden, Planning, Prioriteit
from ..states import Knelpuntstatus
from .deur import managers_only

PAGE, SHEET, MOST = 50, 25, 200
LIST = "toegankelijkheid:monitoring"


def _chosen(request: StaffRequest) -> tuple[MonitoringFilters, KnelpuntQuerySet]:
    form = MonitoringFilters(request.GET)
    found = monitoring.rows(request.user, request.reach)
    return form, monitoring.chosen(found, form.chosen(), request.user, timezone.localdate())


@for_staff
@require_safe
def table(request: StaffRequest) -> HttpResponse:
    """The knelpunten with what is planned of them; the filters stand in the address."""
    form, found = _chosen(request)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    on = timezone.localdate()
    context = {
        "filters": form,
        "pillen": form.pills(request.GET),
        "pagina": page,
        "rijen": [(row, row.is_late(on)) for row in page],
        "vraag": _without_page(request),
        "volgorde": monitoring.ORDERS.get(form.chosen().get("op", ""), monitoring.ORDERS["prioriteit"])[0],
        "beheert": recht.may_manage(request.user),
        "meet": recht.measures(request.user),
        "werkt": _works(request),
    }
    return render(request, "toegankelijkheid/werk/monitoring/tabel.html", context)


def _works(request: StaffRequest) -> bool:
    """Whether this person plans anything: who manages, who is in a service, and who answers for one in person."""
    if recht.may_manage(request.user) or request.reach.team_ids:
        return True
    return Knelpunt.objects.workable_by(request.user, request.reach).exists()


@for_staff
@require_safe
def file(request: StaffRequest) -> HttpResponseBase:
    """The same rows in all columns, which can be read in again."""
    _form, found = _chosen(request)
    header = [veld.label for veld in velden()]
    return as_file(request.GET.get("vorm", "csv"), "monitoring", header, lines(found))


@require_http_methods(["GET", "POST"])
@for_staff
def sheet(request: StaffRequest) -> HttpResponse:
    """Plan in a sheet: a form with the rows of a page that this person may plan, all written at once or none."""
    _filters, found = _chosen(request)
    mine = found & Knelpunt.objects.workable_by(request.user, request.reach)
    page = Paginator(mine, SHEET).get_page(request.GET.get("page"))
    forms = _sheet_forms(request, page)
    if request.method == "POST" and all(form.is_valid() for form in forms):
        changed, first = _write_sheet(forms)
        if not first:
            words = "1 knelpunt is bewaard." if changed == 1 else f"{changed} knelpunten zijn bewaard."
            messages.success(request, words if changed else "Er was niets veranderd.")
            onward = page.next_page_number() if "volgende" in request.POST and page.has_next() else page.number
            return redirect(f"{reverse('toegankelijkheid:monitoring_sheet')}?{_without_page(request)}&page={onward}")
    context = {"pagina": page, "forms": forms, "vraag": _without_page(request), "fout": any(f.errors for f in forms)}
    return render(request, "toegankelijkheid/werk/monitoring/blad.html", context)


def _sheet_forms(request: StaffRequest, page: Page) -> list[BladForm]:
    """The rows that were on screen when something was sent, however the list changed since."""
    on, manages = timezone.localdate(), recht.may_manage(request.user)
    shown: list[Knelpunt] = list(page)
    if request.method == "POST":
        numbers = _numbers(request)[:SHEET]
        mine = monitoring.rows(request.user, request.reach) & Knelpunt.objects.workable_by(request.user, request.reach)
        by_number = {row.pk: row for row in mine.filter(pk__in=numbers)}
        shown = [by_number[pk] for pk in numbers if pk in by_number]
    shared: dict[str, Any] = {
        "regels": monitoring.settings_row().regels,
        "today": on,
        "teams": list(services().values_list("pk", "naam")),
        "manages": manages,
    }
    return [BladForm(request.POST if request.method == "POST" else None, row=row, **shared) for row in shown]


def _write_sheet(forms: list[BladForm]) -> tuple[int, BladForm | None]:
    """Write what changed; how many, or the first line that somebody else changed meanwhile (then nothing is)."""
    at, count = timezone.now(), 0
    try:
        with transaction.atomic():
            for form in forms:
                if fields := form.filled():
                    actions.change(knelpunt=form.row, fields=fields, at=at, versie=form.cleaned_data["versie"])
                    count += 1
    except actions.Gewijzigd:
        form.take_over()
        form.add_error(
            None,
            f"Iemand anders wijzigde {form.row.ref} intussen. Wat jij veranderde, staat er nog; de rest toont wat nu "
            "bewaard is. Kijk na en bewaar nog eens.",
        )
        return 0, form
    return count, None


# Many at once.


@dataclass
class Voorbeeld:
    """What would happen to one knelpunt: the changes in words, or why not."""

    row: Knelpunt
    wijzigingen: list[str] = field(default_factory=list)
    weigering: str = ""


@require_http_methods(["GET", "POST"])
@for_staff
def many(request: StaffRequest) -> HttpResponse:
    """Choose what to do with many, look at it per row, and do it. GET (whose log-in had ended) goes to the list."""
    back = f"{reverse(LIST)}?{request.POST.get('terug', request.GET.get('terug', ''))}"
    if request.method == "GET":
        return redirect(back)
    mine = monitoring.rows(request.user, request.reach) & Knelpunt.objects.workable_by(request.user, request.reach)
    chosen = list(mine.filter(pk__in=_numbers(request)[:MOST]).order_by("-rang", "-ernst", "pk"))
    if not chosen:
        messages.warning(request, "Kies eerst een of meer knelpunten die jij mag plannen.")
        return redirect(back)
    asked = "kijk" in request.POST or "doe" in request.POST
    shared: dict[str, Any] = {"regels": monitoring.settings_row().regels, "today": timezone.localdate()}
    form = SamenForm(request.POST if asked else None, manages=recht.may_manage(request.user), **shared)
    context: dict[str, Any] = {"form": form, "rijen": chosen, "terug": request.POST.get("terug", ""), "lijst": back}
    if asked and form.is_valid():
        shown = [_look(request, row, form) for row in chosen]
        if "doe" in request.POST:
            _do_many(request, shown, form)
            return redirect(back)
        context |= {"voorbeeld": shown, "kan": sum(not row.weigering for row in shown)}
    return render(request, "toegankelijkheid/werk/monitoring/samen.html", context)


def _look(request: StaffRequest, row: Knelpunt, form: SamenForm) -> Voorbeeld:
    """What would change of this row: nothing is written."""
    found = Voorbeeld(row)
    known = request.POST.get(f"v{row.pk}")
    if "doe" in request.POST and known != str(row.versie):
        found.weigering = "iemand anders wijzigde dit intussen"
        return found
    for name, value in form.filled().items():
        before = getattr(row, name)
        if before != value:
            label = str(Knelpunt._meta.get_field(name).verbose_name)
            found.wijzigingen.append(f"{label}: {_word(name, before)} → {_word(name, value)}")
            setattr(row, name, value)
    if wrong := _wrong(row, form):
        found.weigering = wrong
        return found
    stap = form.cleaned_data.get("stap")
    if stap:
        steps = rules.offered(request.user, row.status, works=True, measured=row.criterium_id is not None)
        refusal = actions.missing(row, stap, reden=form.cleaned_data["reden"])
        if stap not in steps:
            refusal = refusal or "deze stap mag jij niet zetten"
        found.weigering = refusal
        found.wijzigingen.append(f"status: {row.get_status_display()} → {Knelpuntstatus(stap).label}")
    elif not found.wijzigingen:
        found.weigering = "dit is al zo"
    return found


def _wrong(row: Knelpunt, form: SamenForm) -> str:
    """What does not fit together on the row as it would become; empty when it all does."""
    filled = form.filled()
    if {"planning", "planjaar"} & set(filled):
        wrong = rules.wrong_year(row.planning, row.planjaar, form.today.year, form.regels)
        if wrong:
            return wrong
    if "haalbaarheidsreden" in filled and row.haalbaarheid not in HARD:
        return "een reden hoort alleen bij “lastig” of “heel moeilijk”"
    return ""


def _word(name: str, value: Any) -> str:
    if value in (None, ""):
        return "niets"
    if name in ("haalbaarheid", "haalbaarheidsreden"):
        return str((Haalbaarheid if name == "haalbaarheid" else Haalbaarheidsreden)(value).label)
    return f"{value:%d-%m-%Y}" if name == "uiterlijk" else str(value)


def _do_many(request: StaffRequest, shown: list[Voorbeeld], form: SamenForm) -> None:
    """Write each row that can, and say which could not; a row that changed since the look is left alone."""
    at, done, left = timezone.now(), 0, []
    data = form.cleaned_data
    for found in shown:
        if found.weigering:
            left.append(f"{found.row.ref}: {found.weigering}")
            continue
        write: dict[str, Any] = {"knelpunt": found.row, "fields": form.filled(), "at": at, "versie": found.row.versie}
        try:
            if data.get("stap"):
                actions.step(naar=data["stap"], door=request.user, reden=data["reden"], **write)
            else:
                actions.change(reden=data["reden"], **write)
            done += 1
        except (actions.Gewijzigd, actions.StapMagNiet) as error:
            left.append(f"{found.row.ref}: {error}")
    messages.success(request, "1 knelpunt is gewijzigd." if done == 1 else f"{done} knelpunten zijn gewijzigd.")
    if left:
        messages.warning(request, f"Niet gewijzigd: {'; '.join(left[:10])}.")


# The rules.


@for_staff
@require_safe
def explain(request: StaffRequest) -> HttpResponse:
    """How the priority is worked out and which term fits."""
    regels, year = monitoring.settings_row().regels, timezone.localdate().year
    feasible = sorted(Haalbaarheid, reverse=True)
    context = {
        "regels": regels,
        "beheert": recht.may_manage(request.user),
        "ver": rules.FAR,
        "haalbaarheden": feasible,
        "matrix": [
            (prioriteit.label, [(h.label, rules.ADVICE[prioriteit.value, h.value]) for h in feasible])
            for prioriteit in (Prioriteit.HOOG, Prioriteit.MIDDEL, Prioriteit.LAAG)
        ],
        "termijnen": [(p.value, p.label, rules.last_year(p, year, regels)) for p in Planning],
    }
    return render(request, "toegankelijkheid/werk/monitoring/regels.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def change_rules(request: StaffRequest) -> HttpResponse:
    """Set the numbers of the formula and the years of the terms; every priority follows."""
    managers_only(request)
    form = RegelsForm(request.POST or None, instance=monitoring.settings_row())
    if request.method == "POST" and form.is_valid():
        form.save()
        propose_all(timezone.now())
        messages.success(request, "De regels zijn bewaard, en elke prioriteit is opnieuw berekend.")
        return redirect("toegankelijkheid:monitoring_rules")
    return render(request, "toegankelijkheid/werk/monitoring/regels_form.html", {"form": form})


def _numbers(request: StaffRequest) -> list[int]:
    return [int(pk) for pk in request.POST.getlist("rij") if pk.isdecimal() and len(pk) < 10]


def _without_page(request: StaffRequest) -> str:
    query = request.GET.copy()
    for name in ("page", "vorm"):
        query.pop(name, None)
    return query.urlencode()
