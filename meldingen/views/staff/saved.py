"""Saved views: keep the list on screen, rename, share, throw away and put back, and hear of what enters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ... import kolommen, rules
from ...actions import uitvoer as uitvoer_actions
from ...actions import weergaven as actions
from ...forms.weergaven import KolommenForm, UitvoerplanForm, WeergaveForm, WeergaveWijzigForm
from ...models import Uitvoerplan, Weergave
from ...queries import keyset, weergaven
from .gate import StaffRequest, for_staff
from .selection import Selectie, select

COUNT_LIMIT = 999
COUNT_PATIENCE_MS = 3000


def list_url(query: str, weergave: Weergave | None = None) -> str:
    """The address of the list with this query string, in a view."""
    name = f"weergave={weergave.pk}&" if weergave else ""
    return f"{reverse('meldingen:staff_list')}?{name}{query}"


def view_url(weergave: Weergave) -> str:
    """The list as the view opens it."""
    return list_url(weergave.filters, weergave)


@for_staff
@require_safe
def views(request: StaffRequest) -> HttpResponse:
    """My views and those that are shared with me: how many reports each holds, and what can be done with it."""
    rows = list(weergaven.overview(request.user, request.reach))
    context = {
        "rijen": [
            {
                "weergave": row,
                "url": view_url(row),
                "aantal": count,
                "mag": rules.may_change_view(request.user, request.reach, row),
                "gebruikt": rules.may_use_view(request.user, request.reach, row),
            }
            for row, count in zip(rows, _counts(request, rows), strict=True)
        ],
        "weg": weergaven.thrown_away(request.user, request.reach)[: weergaven.SHOWN],
    }
    return render(request, "meldingen/werk/weergaven/overzicht.html", context)


@for_staff
@require_safe
def view_counts(request: StaffRequest) -> HttpResponse:
    """How many reports each view above the list holds; asked after the list is on screen."""
    rows = weergaven.views_for(request.user, request.reach)
    counted = zip(rows, _counts(request, rows), strict=True)
    response = render(request, "meldingen/werk/weergaven/tellingen.html", {"tellingen": counted})
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@for_staff
def new_view(request: StaffRequest) -> HttpResponse:
    """Keep the list of `terug` under a name."""
    chosen = _asked(request)
    if refusal := _cannot_be_kept(chosen):
        messages.warning(request, refusal)
        return HttpResponseRedirect(list_url(chosen.terug))
    form = WeergaveForm(request.POST or None, user=request.user, reach=request.reach)
    if request.method == "POST" and form.is_valid():
        made = _save(request, chosen, form.cleaned_data)
        messages.success(request, _("“%(naam)s” staat nu boven je lijst.") % {"naam": made.naam})
        return HttpResponseRedirect(view_url(made))
    context = {"form": form, "keuze": chosen, "terug": request.GET.get("terug", "")}
    return render(request, "meldingen/werk/weergaven/bewaar.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def change_view(request: StaffRequest, pk: int) -> HttpResponse:
    """Rename a view, share it, or set it aside."""
    weergave = _to_change(request, pk)
    form = WeergaveWijzigForm(request.POST or None, user=request.user, reach=request.reach, weergave=weergave)
    if request.method == "POST" and form.is_valid():
        names = ("naam", "team", "rol", "is_standaard", "volgorde", "is_actief")
        fields = {name: form.cleaned_data[name] for name in names}
        actions.change_view(weergave=weergave, door=request.user, **fields)
        messages.success(request, _("De weergave is bewaard."))
        return redirect("meldingen:staff_views")
    chosen = select(QueryDict(weergave.filters), request.user, request.reach, timezone.localdate())
    context = {"form": form, "weergave": weergave, "keuze": chosen, "url": view_url(weergave)}
    return render(request, "meldingen/werk/weergaven/wijzig.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def keep_question(request: StaffRequest, pk: int) -> HttpResponse:
    """Let the view hold the filters, the order and the columns that are on screen."""
    weergave = _to_change(request, pk)
    chosen = _asked(request)
    if request.method == "POST":
        if refusal := _cannot_be_kept(chosen):
            messages.warning(request, refusal)
            return HttpResponseRedirect(list_url(chosen.terug))
        codes = weergaven.columns_of(request.user, weergave)
        weergave = actions.keep_question(weergave=weergave, filters=chosen.vraag, kolommen=codes)
        messages.success(request, _("“%(naam)s” toont vanaf nu deze lijst.") % {"naam": weergave.naam})
    return HttpResponseRedirect(view_url(weergave))


@require_http_methods(["GET", "POST"])
@for_staff
def delete_view(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask whether the view may go, tell who else uses it, and throw it away."""
    weergave = _to_change(request, pk)
    if request.method == "POST":
        actions.throw_away(weergave=weergave, at=timezone.now())
        text = _("“%(naam)s” is weg. Hieronder kun je ze 30 dagen lang terugzetten.") % {"naam": weergave.naam}
        messages.success(request, text)
        return redirect("meldingen:staff_views")
    return render(request, "meldingen/werk/weergaven/weg.html", {"weergave": weergave})


@require_http_methods(["GET", "POST"])
@for_staff
def restore_view(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a view back that was thrown away."""
    weergave = get_object_or_404(weergaven.thrown_away(request.user, request.reach), pk=pk)
    if request.method == "POST":
        actions.put_back(weergave=weergave)
        messages.success(request, _("“%(naam)s” staat er weer.") % {"naam": weergave.naam})
    return redirect("meldingen:staff_views")


@require_http_methods(["GET", "POST"])
@for_staff
def tell_me(request: StaffRequest, pk: int) -> HttpResponse:
    """Want to hear of what enters the view (`aan`), or no longer; whom the log-in page sends here only goes back."""
    weergave = _to_use(request, pk)
    if request.method == "POST":
        if request.POST.get("aan"):
            _tell(request, weergave)
            text = _("Komt er een melding bij in “%(naam)s”, dan staat het in je mail van de ochtend.")
            messages.success(request, text % {"naam": weergave.naam})
        else:
            actions.stop_telling(gebruiker=request.user, weergave=weergave)
            messages.success(request, _("Je krijgt geen seintje meer over “%(naam)s”.") % {"naam": weergave.naam})
    return redirect("meldingen:staff_views")


@require_http_methods(["GET", "POST"])
@for_staff
def plan_export(request: StaffRequest, pk: int) -> HttpResponse:
    """Get the view as a file every so often, or no longer."""
    weergave = _to_use(request, pk)
    plan = Uitvoerplan.objects.filter(weergave=weergave, eigenaar=request.user).first()
    form = UitvoerplanForm(request.POST if "stop" not in request.POST else None, plan=plan) if request.POST else None
    if "stop" in request.POST:
        uitvoer_actions.stop_plan(weergave=weergave, eigenaar=request.user)
        messages.success(request, _("“%(naam)s” komt niet meer als bestand.") % {"naam": weergave.naam})
        return redirect("meldingen:staff_views")
    if form and form.is_valid():
        plan = uitvoer_actions.plan_export(weergave=weergave, eigenaar=request.user, at=timezone.now(), **form.values())
        text = _("Je krijgt %(wanneer)s een mail met de link naar het bestand.") % {"wanneer": plan.wanneer}
        messages.success(request, text)
        return redirect("meldingen:staff_views")
    context = {"form": form or UitvoerplanForm(plan=plan), "weergave": weergave, "plan": plan}
    return render(request, "meldingen/werk/weergaven/plan.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def columns(request: StaffRequest) -> HttpResponse:
    """Choose the columns of the list of `terug`, for oneself; then back to that list, at the same page."""
    back = request.GET.get("terug", "")
    query = QueryDict(back)
    weergave = active_view(weergaven.views_for(request.user, request.reach), query)
    usual = (weergave.kolommen if weergave else []) or list(kolommen.GEWOON)
    if request.method == "POST" and "gewoon" in request.POST:
        actions.choose_columns(gebruiker=request.user, weergave=weergave, kolommen=[])
        return HttpResponseRedirect(f"{reverse('meldingen:staff_list')}?{back}")
    now = weergaven.columns_of(request.user, weergave) if weergave else weergaven.columns_of_lists(request.user)
    form = KolommenForm(kolommen.valid(now) or usual, request.POST or None)
    if request.method == "POST" and not form.moved:
        actions.choose_columns(gebruiker=request.user, weergave=weergave, kolommen=form.chosen)
        messages.success(request, _("Je kolommen zijn bewaard."))
        return HttpResponseRedirect(f"{reverse('meldingen:staff_list')}?{back}")
    context = {"form": form, "terug": back, "weergave": weergave}
    only_form = request.htmx and not request.htmx.boosted
    name = "kolommen_form" if only_form else "kolommen"
    return render(request, f"meldingen/werk/weergaven/{name}.html", context)


def active_view(rows: list[Weergave], query: QueryDict) -> Weergave | None:
    """The view that a query string names, among those that this person has."""
    return next((row for row in rows if str(row.pk) == query.get("weergave", "")), None)


def columns_in(weergave: Weergave | None, user: Any) -> list[str]:
    """The columns of a list for somebody: their own choice, else those of the view, else none (the usual ones)."""
    if weergave is None:
        return kolommen.valid(weergaven.columns_of_lists(user))
    return kolommen.valid(getattr(weergave, "mijn_kolommen", None) or weergave.kolommen)


def _asked(request: StaffRequest) -> Selectie:
    query = QueryDict(request.GET.get("terug", ""))
    return select(query, request.user, request.reach, timezone.localdate())


def _cannot_be_kept(chosen: Selectie) -> str:
    """Why this list cannot be a view; empty when it can."""
    if chosen.is_vaag:
        return _("Kies eerst waar je zoekt: toon een van de vondsten als lijst.")
    if chosen.regel and chosen.regel.contact:
        return _("Een zoekopdracht naar een melder bewaren we niet: het zijn persoonsgegevens.")
    if len(chosen.vraag) > Weergave._meta.get_field("filters").max_length:
        return _("Dit zijn te veel filters om te bewaren.")
    return ""


@transaction.atomic
def _save(request: StaffRequest, chosen: Selectie, data: dict[str, Any]) -> Weergave:
    before = active_view(weergaven.views_for(request.user, request.reach), chosen.query)
    made = actions.save_view(
        naam=data["naam"],
        filters=chosen.vraag,
        kolommen=columns_in(before, request.user),
        door=request.user,
        at=timezone.now(),
        team=data["team"],
        rol=data["rol"],
        is_standaard=data["is_standaard"],
    )
    if data["seintje"] and rules.may_use_view(request.user, request.reach, made):
        _tell(request, made)
    return made


def _tell(request: StaffRequest, weergave: Weergave) -> None:
    chosen = select(QueryDict(weergave.filters), request.user, request.reach, timezone.localdate())
    known = weergaven.remembered(chosen.rows)
    actions.tell_me(gebruiker=request.user, weergave=weergave, gezien=known, at=timezone.now())


def _counts(request: StaffRequest, rows: list[Weergave]) -> list[str]:
    """Per view how many reports it holds, up to 999+, in one query; empty when the database is too busy to tell."""
    on, like, lists = timezone.localdate(), None, []
    for row in rows:
        chosen = select(QueryDict(row.filters), request.user, request.reach, on, like=like)
        like = like or chosen.filterset
        lists.append(chosen.rows)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = %s", [COUNT_PATIENCE_MS])
            counts = keyset.capped_counts(lists, COUNT_LIMIT)
    except OperationalError:
        return [""] * len(rows)
    return [keyset.count_words(count, COUNT_LIMIT) for count in counts]


def _to_use(request: StaffRequest, pk: int) -> Weergave:
    return get_object_or_404(Weergave.objects.kept().visible_to(request.user, request.reach), pk=pk)


def _to_change(request: StaffRequest, pk: int) -> Weergave:
    return get_object_or_404(Weergave.objects.kept().changeable_by(request.user, request.reach), pk=pk)
