"""Read in a file in steps: choose it, say which column is what, look at what it would do, say yes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kern.documenten.werkblad import CSV_TYPE, XLSX_TYPE, Cel, csv_bytes, xlsx_file

from . import actions, queries, registry, rules
from .forms import BestandForm, BevestigForm, KolommenForm
from .lezen import Onleesbaar
from .models import Inlezing
from .registry import Soort

View = Callable[..., HttpResponseBase]


def for_readers(view: View) -> View:
    """Let in who has a role; each page asks itself what they may read in."""

    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.rollen:
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(wrapped)


@for_readers
def overview(request: HttpRequest) -> HttpResponse:
    """What I may read in, and what I was reading in."""
    kinds = [soort for soort in registry.kinds() if rules.may_read_in(request.user, soort)]
    if not kinds:
        raise Http404
    return render(request, "inlezen/overzicht.html", {"soorten": kinds, "inlezingen": queries.mine(request.user)})


@for_readers
def upload(request: HttpRequest, soort: str) -> HttpResponse:
    """Choose a file of one kind."""
    kind = _kind(request, soort)
    targets = kind.doelen(request.user) if kind.doelen else None
    asked = request.GET.get("doel", "")
    form = BestandForm(request.POST or None, request.FILES or None, soort=kind, doelen=targets, initial={"doel": asked})
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = actions.begin(soort=kind.code, eigenaar=request.user, at=timezone.now(), **{"doel": "", **data})
        except Onleesbaar as error:
            form.add_error("bestand", str(error))
        else:
            return redirect("inlezen:columns" if row.status == Inlezing.Status.KOLOMMEN else "inlezen:detail", row.pk)
    doel = asked if asked and asked in dict(targets or []) else ""
    velden = kind.velden(doel or (targets[0][0] if targets else ""), ()) if targets != [] else []
    context = {"soort": kind, "form": form, "velden": velden, "doel": doel, "doelen": targets}
    return render(request, "inlezen/bestand.html", context, status=status)


@for_readers
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column of the file is which field."""
    row = _get(request, pk)
    if row.is_gedaan or row.is_bezig:
        return redirect(row)
    velden = registry.get(row.soort).velden(row.doel, row.kop)
    form = KolommenForm(request.POST or None, inlezing=row, velden=velden)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        actions.choose_columns(inlezing=row, koppeling=form.chosen(), at=now)
        try:
            row.refresh_from_db()
            row = actions.look(inlezing=row, at=now)
        except Onleesbaar as error:
            form.add_error(None, str(error))
        else:
            return redirect(row)
    return render(request, "inlezen/kolommen.html", {"inlezing": row, "form": form})


@for_readers
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file would do, or did."""
    row = _get(request, pk)
    if row.status == Inlezing.Status.KOLOMMEN and not row.is_bezig and not (row.opdracht and row.opdracht.fout):
        return redirect("inlezen:columns", row.pk)
    return _detail(request, row, BevestigForm(initial={"reden": row.reden}))


@for_readers
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it in."""
    row = _get(request, pk)
    if request.method != "POST":
        return redirect(row)
    form = BevestigForm(request.POST)
    if form.is_valid():
        try:
            row = actions.confirm(inlezing=row, at=timezone.now(), reden=form.cleaned_data["reden"])
        except (Onleesbaar, actions.Veranderd) as error:
            messages.warning(request, str(error))
        except ValueError:
            messages.warning(request, "Er is nog iets mis met dit bestand. Verbeter het en kies het opnieuw.")
        return redirect(row)
    return _detail(request, row, form)


@for_readers
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at it once more: what is there now may have changed."""
    row = _get(request, pk)
    if request.method == "POST" and not row.is_gedaan and not row.is_bezig:
        try:
            actions.look(inlezing=row, at=timezone.now())
        except Onleesbaar as error:
            messages.warning(request, str(error))
    return redirect(row)


@for_readers
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the file away."""
    row = _get(request, pk)
    if request.method != "POST" or row.is_gedaan:
        return redirect(row)
    actions.discard(inlezing=row)
    messages.success(request, "Het bestand is weggegooid. Er is niets ingelezen.")
    return redirect("inlezen:overview")


@for_readers
def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """What is wrong, as a file to work through beside the other."""
    row = _get(request, pk)
    lines = [[number, kolom, waarde, tekst] for number, kolom, waarde, tekst in row.uitslag.get("lijst", [])]
    return _csv(["Rij", "Kolom", "Wat er staat", "Wat er mis is"], lines, "fouten")


@for_readers
def template(request: HttpRequest, soort: str, vorm: str) -> HttpResponseBase:
    """An example with the right headings."""
    kind = _kind(request, soort)
    doel = _target(request, kind)
    velden = kind.velden(doel, ())
    rows = list(kind.voorbeelden(doel)) if kind.voorbeelden else [[veld.voorbeeld for veld in velden]]
    return _file(vorm, [veld.label for veld in velden], rows, f"sjabloon-{kind.code}", kind.naam)


@for_readers
def export(request: HttpRequest, soort: str, vorm: str) -> HttpResponseBase:
    """What is there now, in the columns that can be read in again."""
    kind = _kind(request, soort)
    if kind.uitvoer is None:
        raise Http404
    doel = _target(request, kind)
    head = [veld.label for veld in kind.velden(doel, ())]
    return _file(vorm, head, kind.uitvoer(doel), kind.code, kind.naam)


def _detail(request: HttpRequest, row: Inlezing, form: BevestigForm) -> HttpResponse:
    kind = registry.get(row.soort)
    target = dict(kind.doelen(request.user)).get(row.doel, row.doel) if kind.doelen else ""
    context = {"inlezing": row, "form": form, "terug": kind.terug(row.doel), "doel": target, "getoond": rules.SHOWN}
    return render(request, "inlezen/nakijken.html", context)


def _kind(request: HttpRequest, code: str) -> Soort:
    try:
        kind = registry.get(code)
    except KeyError:
        raise Http404 from None
    if not rules.may_read_in(request.user, kind):
        raise Http404
    return kind


def _target(request: HttpRequest, kind: Soort) -> str:
    """What the file is about; the first there is unless the address says it."""
    if kind.doelen is None:
        return ""
    known = [value for value, _name in kind.doelen(request.user)]
    asked = request.GET.get("doel", "")
    if asked in known:
        return asked
    if asked or not known:
        raise Http404
    return known[0]


def _get(request: HttpRequest, pk: int) -> Inlezing:
    return get_object_or_404(Inlezing.objects.visible_to(request.user).select_related("opdracht", "eigenaar"), pk=pk)


def _file(vorm: str, head: list[str], rows: Any, name: str, title: str) -> HttpResponseBase:
    if vorm == "csv":
        return _csv(head, rows, name)
    if vorm != "xlsx":
        raise Http404
    file = xlsx_file(head, rows, title=title)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)


def _csv(head: list[str], rows: list[list[Cel]] | Any, name: str) -> HttpResponse:
    response = HttpResponse(b"".join(csv_bytes(head, rows)), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
