"""Recommendations for staff: the list, drafting from the monitoring table, sending, the answer of the service."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kern.documenten.tabel import as_file
from kern.historiek.queries import history_of
from wijken.gate import StaffRequest, for_staff

from ..actions import adviezen as actions
from ..forms.adviezen import AdviesFilters, AdviesForm, AntwoordForm, IntrekForm, RegelAntwoordForm, RegelForm
from ..models import Adviesregel, Dienstadvies, Knelpunt, Standaardoplossing
from ..queries import adviezen as advices
from ..queries import vormingen as trainings
from ..queries.actieplannen import cost
from ..rules import advies as rules
from ..rules import recht
from .deur import managers_only
from .keuze import chosen_in_table, version_of

PAGE, MOST = 50, 200
TEMPLATES = "toegankelijkheid/werk/advies"


def _get(request: StaffRequest, pk: int) -> Dienstadvies:
    return get_object_or_404(advices.visible(request.user, request.reach), pk=pk)


def _concept(request: StaffRequest, pk: int) -> Dienstadvies:
    managers_only(request)
    row = _get(request, pk)
    if not row.is_concept:
        raise Http404
    return row


def _selected(request: StaffRequest) -> tuple[AdviesFilters, Any]:
    form = AdviesFilters(request.GET)
    rows = advices.visible(request.user, request.reach)
    return form, advices.chosen(rows, form.chosen(), timezone.localdate())


@for_staff
@require_safe
def advice_list(request: StaffRequest) -> HttpResponse:
    """The recommendations somebody may see; the filters stand in the address."""
    form, found = _selected(request)
    page, on = Paginator(found, PAGE).get_page(request.GET.get("page")), timezone.localdate()
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filters": form,
        "pillen": form.pills(request.GET),
        "pagina": page,
        "rijen": [(row, row.is_late(on)) for row in page],
        "vraag": query.urlencode(),
        "beheert": recht.may_manage(request.user),
    }
    return render(request, f"{TEMPLATES}/lijst.html", context)


@for_staff
@require_safe
def file(request: StaffRequest) -> HttpResponseBase:
    """Every line of what the filter shows, for a spreadsheet."""
    _form, found = _selected(request)
    name = "aanbevelingen aan diensten"
    return as_file(request.GET.get("vorm", "csv"), name, advices.HEADER, advices.file_lines(found))


@require_http_methods(["GET", "POST"])
@for_staff
def choose(request: StaffRequest) -> HttpResponse:
    """Draft a recommendation of what was chosen in the monitoring table."""
    managers_only(request)
    back = f"{reverse('toegankelijkheid:monitoring')}?{request.POST.get('terug', '')}"
    if request.method == "GET":
        return redirect(back)
    found = list(advices.addable(chosen_in_table(request))[: MOST + 1])
    if not found or len(found) > MOST:
        words = f"Kies hoogstens {MOST} knelpunten tegelijk: filter verder." if found else "Kies eerst wat nog open is."
        messages.warning(request, words)
        return redirect(back)
    sent = "doe" in request.POST
    draft = Dienstadvies(opgesteld_door=request.user)
    form = AdviesForm(request.POST if sent else None, instance=draft, initial=_proposed(found))
    if sent and form.is_valid():
        row = actions.draft(advies=form.instance, knelpunten=found, at=timezone.now())
        messages.success(request, "De aanbeveling staat klaar. Kijk de oplossingen en hoeveelheden na, en verstuur ze.")
        return redirect(row)
    context = {
        "form": form,
        "gekozen": found,
        "alles": request.POST.get("alles", ""),
        "terug": request.POST.get("terug", ""),
        "lijst": back,
    }
    return render(request, f"{TEMPLATES}/kies.html", context)


def _proposed(found: list[Knelpunt]) -> dict[str, Any]:
    """A title and a service, when what was chosen has one theme, one zone or one service."""
    themes, zones = {str(row.get_onderwerp_display()) for row in found}, {row.zone for row in found}
    title = f"{themes.pop().capitalize()}" if len(themes) == 1 else "Knelpunten"
    if len(zones) == 1 and (zone := zones.pop()):
        title += f" in {zone}"
    teams = {row.dienst_id for row in found}
    return {"titel": title[:160], "team": teams.pop() if len(teams) == 1 else None}


@require_http_methods(["GET", "POST"])
@for_staff
def advice(request: StaffRequest, pk: int) -> HttpResponse:
    """One recommendation: its lines with the estimate and the answers; the lines of a concept are written here."""
    row = _get(request, pk)
    edits = row.is_concept and recht.may_manage(request.user)
    if request.method == "POST" and not edits:
        raise Http404
    lines = advices.lines(row)
    forms: list[RegelForm] = []
    if edits:
        solutions = list(Standaardoplossing.objects.filter(is_actief=True))
        forms = [RegelForm(request.POST or None, regel=line, oplossingen=solutions) for line in lines]
    if request.method == "POST" and all(form.is_valid() for form in forms):
        _write_lines(request, row, forms)
        return redirect(row)
    shown = _seen(request, lines)
    by_line = {form.regel.pk: form for form in forms}
    may_answer = rules.may_answer(request.user, request.reach, team_id=row.team_id)
    context = {
        "advies": row,
        "regels": [(line, cost(line.kost_laag, line.kost_hoog), by_line.get(line.pk)) for line in lines],
        "opent": shown,
        "som": (found := advices.total(lines)),
        "raming": cost(found.laag, found.hoog),
        "antwoorden": advices.answers(lines),
        "laat": row.is_late(timezone.localdate()),
        "wijzigt": edits,
        "beheert": recht.may_manage(request.user),
        "antwoordt": row.waits and may_answer,
        "fout": any(form.errors for form in forms),
        "vormingen": trainings.about({line.knelpunt.onderwerp for line in lines}, timezone.now()),
    }
    return render(request, f"{TEMPLATES}/advies.html", context)


def _seen(request: StaffRequest, lines: list[Adviesregel]) -> set[int]:
    numbers = [line.knelpunt_id for line in lines]
    found = Knelpunt.objects.visible_to(request.user, request.reach).filter(pk__in=numbers)
    return set(found.values_list("pk", flat=True))


def _write_lines(request: StaffRequest, row: Dienstadvies, forms: list[RegelForm]) -> None:
    out = {int(pk) for pk in request.POST.getlist("weg") if pk.isdecimal() and len(pk) < 10}
    changed = {form.regel.pk: form.inhoud() for form in forms if form.has_changed() and form.regel.pk not in out}
    try:
        count = actions.write(advies=row, regels=changed, weg=out, versie=version_of(request))
    except (actions.Gewijzigd, actions.AdviesMagNiet) as error:
        messages.error(request, str(error).capitalize())
        return
    words = "1 regel is bewaard." if count == 1 else f"{count} regels zijn bewaard."
    messages.success(request, words if count else "Er was niets veranderd.")


@require_http_methods(["GET", "POST"])
@for_staff
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change the title, to whom and the term of a concept."""
    row = _concept(request, pk)
    form = AdviesForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save(advies=form.instance, versie=form.cleaned_data["versie"])
        except (actions.Gewijzigd, actions.AdviesMagNiet) as error:
            form.add_error(None, str(error).capitalize())
        else:
            messages.success(request, "De aanbeveling is bewaard.")
            return redirect(row)
    return render(request, f"{TEMPLATES}/form.html", {"form": form, "advies": row})


@require_http_methods(["GET", "POST"])
@for_staff
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """Send it, after a look at to whom and what."""
    row = _concept(request, pk)
    lines = advices.lines(row)
    if request.method == "POST":
        try:
            actions.send(advies=row, at=timezone.now(), versie=version_of(request))
        except (actions.Gewijzigd, actions.AdviesMagNiet) as error:
            messages.error(request, str(error).capitalize())
        else:
            messages.success(request, f"De aanbeveling is verstuurd naar {row.aan}.")
        return redirect(row)
    found = advices.total(lines)
    context = {"advies": row, "aantal": len(lines), "som": found, "raming": cost(found.laag, found.hoog)}
    return render(request, f"{TEMPLATES}/verstuur.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """The answer of the service; who manages may write down one that came by phone."""
    row = _get(request, pk)
    if not (row.waits and rules.may_answer(request.user, request.reach, team_id=row.team_id)):
        raise Http404
    lines = advices.lines(row)
    form, forms = answer_forms(request, lines)
    if request.method == "POST" and form.is_valid() and all(one.is_valid() for one in forms):
        try:
            actions.answer(advies=row, door=request.user, at=timezone.now(), **answered(form, forms))
        except (actions.Gewijzigd, actions.AdviesMagNiet) as error:
            form.add_error(None, str(error).capitalize())
        else:
            messages.success(request, "Het antwoord is bewaard.")
            return redirect(row)
    context = {"advies": row, "form": form, "regels": [(one.regel, one) for one in forms]}
    return render(request, f"{TEMPLATES}/antwoord.html", context)


def answer_forms(request: Any, lines: list[Adviesregel]) -> tuple[AntwoordForm, list[RegelAntwoordForm]]:
    """The form for all of it, and one for each line."""
    data = request.POST if request.method == "POST" else None
    return AntwoordForm(data), [RegelAntwoordForm(data, regel=line) for line in lines]


def answered(form: AntwoordForm, forms: list[RegelAntwoordForm]) -> dict[str, Any]:
    """What was answered, for `actions.answer`."""
    own = {one.regel.pk: one.cleaned_data for one in forms if one.cleaned_data["antwoord"]}
    lines = {pk: (data["antwoord"], data["reden"]) for pk, data in own.items()}
    return {"antwoord": form.cleaned_data["antwoord"], "reden": form.cleaned_data["reden"], "regels": lines}


@require_http_methods(["GET", "POST"])
@for_staff
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a sent one back, with a reason."""
    managers_only(request)
    row = _get(request, pk)
    if not row.waits:
        raise Http404
    form = IntrekForm(request.POST or None, initial={"versie": row.versie})
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(advies=row, reden=form.cleaned_data["reden"], versie=form.cleaned_data["versie"])
        except (actions.Gewijzigd, actions.AdviesMagNiet) as error:
            form.add_error(None, str(error).capitalize())
        else:
            messages.success(request, "De aanbeveling is ingetrokken.")
            return redirect(row)
    return render(request, f"{TEMPLATES}/intrekken.html", {"advies": row, "form": form})


@require_http_methods(["GET", "POST"])
@for_staff
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw a concept away, after a question."""
    row = _concept(request, pk)
    if request.method == "POST":
        try:
            actions.discard(advies=row, versie=version_of(request))
        except (actions.Gewijzigd, actions.AdviesMagNiet) as error:
            messages.error(request, str(error).capitalize())
            return redirect(row)
        messages.success(request, "Het concept is weggegooid.")
        return redirect("toegankelijkheid:advices")
    return render(request, f"{TEMPLATES}/weg.html", {"advies": row})


@for_staff
def history(request: StaffRequest, pk: int) -> HttpResponse:
    """Every change with who, when and why."""
    row = _get(request, pk)
    return render(request, f"{TEMPLATES}/historiek.html", {"advies": row, "regels": history_of(row)})
