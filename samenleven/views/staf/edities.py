"""Composing De Genksenaar: choose, put in order, look, let it appear."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kern.historiek.queries import history_of
from wijken.gate import StaffRequest

from ... import rules
from ...actions import edities as actions
from ...actions.uitdagers import Gewijzigd
from ...documenten.krant import pieces
from ...forms.staf import BlokForm, EditieForm, KiesFilters, NieuweEditieForm
from ...models import Citaat, Editie, Editieblok, Signaal
from ...queries import openbaar
from ...queries import staf as queries
from ..krant import a3_answer, a4_answer
from . import for_samenleven, for_writers

SHOWN = 20


@for_samenleven
@require_safe
def edition_list(request: StaffRequest) -> HttpResponse:
    """Every edition, in the making and appeared."""
    context = {"edities": queries.editions(), "mag": rules.may_write(request.user)}
    return render(request, "samenleven/werk/edities.html", context)


@for_writers
def new(request: StaffRequest) -> HttpResponse:
    """Begin the next number."""
    form = NieuweEditieForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = actions.start_edition(at=timezone.now(), **form.cleaned_data)
        return redirect("samenleven:editie_werk", row.nummer)
    return render(request, "samenleven/werk/editie_nieuw.html", {"form": form})


@for_samenleven
@require_safe
def edition(request: StaffRequest, nummer: int) -> HttpResponse:
    """The blocks in order, and beside them what can still be chosen."""
    row = get_object_or_404(Editie.objects.select_related("traject"), nummer=nummer)
    return _page(request, row, EditieForm(initial={"titel": row.titel, "inleiding": row.inleiding}), BlokForm())


def _page(request: StaffRequest, row: Editie, front: EditieForm, blok: BlokForm) -> HttpResponse:
    search = KiesFilters(request.GET)
    filters = search.chosen()
    readable = set(row.blokken.readable().values_list("pk", flat=True))
    context = {
        "editie": row,
        "mag": rules.may_write(request.user),
        "blokken": [
            (blok, blok.pk in readable)
            for blok in row.blokken.select_related("signaal__thema", "citaat").order_by("volgorde")
        ],
        "form": front,
        "blokform": blok,
        "zoek": search,
        "signalen": queries.signals_for(row, filters)[:SHOWN],
        "citaten": [] if filters.get("soort") else queries.quotes_for(row, filters)[:SHOWN],
        "vraag": request.GET.urlencode(),
        "historiek": history_of(row, also=[Editieblok], limit=30),
    }
    return render(request, "samenleven/werk/editie.html", context)


@for_writers
@require_POST
def front(request: StaffRequest, nummer: int) -> HttpResponse:
    """Change the front page."""
    row = get_object_or_404(Editie, nummer=nummer)
    form = EditieForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, BlokForm())
    try:
        actions.retitle(
            editie=row, at=timezone.now(), versie=_number(request.POST.get("versie", "")), **form.cleaned_data
        )
    except Gewijzigd as error:
        form.add_error(None, f"{error}.".capitalize())
        return _page(request, row, form, BlokForm())
    messages.success(request, "De voorpagina is bewaard.")
    return redirect("samenleven:editie_werk", nummer)


@for_writers
@require_POST
def add(request: StaffRequest, nummer: int) -> HttpResponse:
    """Choose something that was said, or write a heading or a story."""
    row = get_object_or_404(Editie, nummer=nummer)
    at = timezone.now()
    back = f"?{request.GET.urlencode()}#kies" if request.GET else "#kies"
    try:
        if signaal := request.POST.get("signaal"):
            actions.add_signal(editie=row, signaal=get_object_or_404(Signaal, pk=_number(signaal)), at=at)
        elif citaat := request.POST.get("citaat"):
            actions.add_quote(editie=row, citaat=get_object_or_404(Citaat, pk=_number(citaat)), at=at)
        else:
            form = BlokForm(request.POST)
            if not form.is_valid():
                return _page(request, row, EditieForm(initial={"titel": row.titel, "inleiding": row.inleiding}), form)
            actions.add_text(editie=row, door=request.user, at=at, **form.cleaned_data)
            back = "#blokken"
    except ValueError as error:
        messages.error(request, f"{error}.".capitalize())
    return redirect(f"{request.path.removesuffix('kies/')}{back}")


@for_writers
@require_POST
def order(request: StaffRequest, nummer: int) -> HttpResponse:
    """Move a block with a button, take it out, or (after dragging) put all in order."""
    row = get_object_or_404(Editie, nummer=nummer)
    at = timezone.now()
    if "volgorde" in request.POST:
        wanted = [int(pk) for pk in request.POST["volgorde"].split(",") if pk.isdecimal() and len(pk) < 12]
        actions.reorder(editie=row, volgorde=wanted, at=at)
        return HttpResponse(status=204)
    for name in ("omhoog", "omlaag", "weg"):
        if name in request.POST:
            blok = get_object_or_404(row.blokken, pk=_number(request.POST[name]))
            if name == "weg":
                actions.take_out(blok=blok, at=at)
            else:
                actions.move(blok=blok, omlaag=name == "omlaag", at=at)
                return redirect(f"{request.path.removesuffix('volgorde/')}#blok-{blok.pk}")
    return redirect(f"{request.path.removesuffix('volgorde/')}#blokken")


@for_writers
@require_POST
def publish(request: StaffRequest, nummer: int) -> HttpResponse:
    """Let the edition appear, or take it back to work on it."""
    row = get_object_or_404(Editie, nummer=nummer)
    versie = _number(request.POST.get("versie", ""))
    try:
        if "terug" in request.POST:
            actions.take_back(editie=row, at=timezone.now(), versie=versie)
            messages.success(request, f"{row} staat niet meer op de site.")
        else:
            actions.publish(editie=row, door=request.user, at=timezone.now(), versie=versie)
            messages.success(request, f"{row} is verschenen.")
    except (Gewijzigd, actions.Leeg) as error:
        messages.error(request, f"{error}.".capitalize())
    return redirect("samenleven:editie_werk", nummer)


@for_samenleven
@require_safe
def preview(request: StaffRequest, nummer: int, vorm: str) -> HttpResponse:
    """The edition as it would be now: the page, A4 or A3."""
    row = get_object_or_404(
        Editie.objects.select_related("traject").prefetch_related(openbaar.readable_blocks()), nummer=nummer
    )
    if vorm == "a4":
        return a4_answer(request, row)
    if vorm == "a3":
        return a3_answer(request, row)
    return render(request, "samenleven/editie.html", {"editie": row, "stukken": pieces(row), "voorbeeld": True})


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0
