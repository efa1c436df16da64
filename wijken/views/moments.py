"""Contact moments: the list, quick entry on a phone, one moment with what was heard, and who wants to hear more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from kern.historiek.queries import history_of

from .. import actions, registry, rules
from ..forms import GehoordForm, MomentFilter, MomentForm, OpdehoogteForm
from ..gate import StaffRequest, for_staff, kept
from ..models import Behoefte, Contactmoment, Gehoord
from ..queries import contactmomenten
from ..states.draad import Behoeftestatus
from .fouten import attempt, in_words
from .lijst import as_file, page_of

HEADER = (
    "nummer", "datum", "soort", "wijk", "waar", "aantal mensen", "door wie", "samen met", "thema’s", "gehoord", "werd",
)  # fmt: skip


@for_staff
def moment_list(request: StaffRequest) -> HttpResponseBase:
    """The contact moments of my wijken, the latest first."""
    today = timezone.localdate()
    filters = MomentFilter(request.GET, user=request.user, reach=request.reach)
    rows = filters.found(contactmomenten.moments(request.user, request.reach), today)
    if file := as_file(request, HEADER, contactmomenten.lines(rows), naam="contactmomenten"):
        return file
    context = {"pagina": page_of(request, contactmomenten.for_list(rows)), "filters": filters, "vandaag": today}
    if filters.gekozen.get("van"):
        context["mensen"] = contactmomenten.people_met(rows)
    return render(request, "wijken/werk/contactmomenten.html", context)


@for_staff
def moment_new(request: StaffRequest) -> HttpResponse:
    """Write down a contact moment: a minute on a phone."""
    if not request.user.rollen - {"lezer"}:
        raise Http404
    who = {"user": request.user, "reach": request.reach}
    if request.method != "POST":
        asked = {name: request.GET[name] for name in ("soort", "wijk", "datum") if name in request.GET}
        form = MomentForm(initial={**asked, **_typed_before(request)}, **who)
        return render(request, "wijken/werk/contactmoment_nieuw.html", {"form": form})
    form = MomentForm(request.POST, **who)
    if "meer" in request.POST or not form.is_valid():
        if "meer" in request.POST:
            form.errors.clear()
        return render(request, "wijken/werk/contactmoment_nieuw.html", {"form": form})
    fields = form.values()
    row, _made = actions.note_moment(
        inzending=form.cleaned_data["inzending"], door=request.user, at=timezone.now(), **fields
    )
    messages.success(request, "Het contactmoment is bewaard.")
    return redirect(row)


@for_staff
def moment(request: StaffRequest, moment: int) -> HttpResponse:
    """One contact moment: what was heard and what it became, and who wants to be kept informed."""
    return _page(request, _get(request, moment), OpdehoogteForm())


@for_staff
def moment_edit(request: StaffRequest, moment: int) -> HttpResponse:
    """Change a contact moment, or add what was heard besides."""
    row = _to_write(request, moment)
    who = {"user": request.user, "reach": request.reach}
    fresh = Contactmoment.objects.get(pk=row.pk)
    form = MomentForm(
        request.POST if request.method == "POST" else None, instance=fresh, initial={"versie": row.versie}, **who
    )
    if request.method == "POST" and "meer" not in request.POST and form.is_valid():
        versie = form.cleaned_data["versie"] or 0
        if attempt(form, lambda: actions.edit_moment(moment=row, versie=versie, **form.values())):
            messages.success(request, "Het contactmoment is bewaard.")
            return redirect(row)
    elif "meer" in request.POST:
        form.errors.clear()
    return render(request, "wijken/werk/contactmoment_nieuw.html", {"form": form, "moment": row})


@for_staff
def heard(request: StaffRequest, moment: int, pk: int) -> HttpResponse:
    """What one thing that was heard becomes: a need, a report or a note."""
    row = _to_write(request, moment)
    item = get_object_or_404(row.gehoord, pk=pk)
    if request.method != "POST":
        return redirect(item.get_absolute_url())
    form = GehoordForm(request.POST, needs=_open_needs(request, row))
    if not form.is_valid():
        messages.warning(request, "Kies wat hiervan wordt.")
        return redirect(item.get_absolute_url())
    try:
        done = _become(request, item, form.cleaned_data)
    except ValueError as error:
        messages.warning(request, in_words(error))
    else:
        messages.success(request, done)
    return redirect(item.get_absolute_url())


@for_staff
def moment_inform(request: StaffRequest, moment: int) -> HttpResponse:
    """Somebody asks to hear what comes of it."""
    row = _to_write(request, moment)
    if request.method != "POST":
        return redirect(row)
    form = OpdehoogteForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    data = {name: form.cleaned_data[name] for name in ("email", "naam", "taal")}
    actions.keep_informed(moment=row, at=timezone.now(), **data)
    messages.success(request, "Deze bewoner krijgt een mail, en hoort wat ervan komt.")
    return redirect(row)


@for_staff
def moment_history(request: StaffRequest, moment: int) -> HttpResponse:
    """Every change of a contact moment."""
    row = _get(request, moment)
    context = {"wat": str(row), "terug": row.get_absolute_url(), "regels": history_of(row, also=[Gehoord])}
    return render(request, "wijken/werk/historiek.html", context)


def _become(request: StaffRequest, item: Gehoord, data: dict[str, Any]) -> str:
    who = {"gehoord": item, "door": request.user, "at": timezone.now()}
    match data["wat"]:
        case Gehoord.Werd.BEHOEFTE:
            made = actions.make_need_of(behoefte=data["behoefte"], **who)
            return "Dit is nu een behoefte." if made else "Hier was al iets van gemaakt."
        case Gehoord.Werd.MELDING:
            made = actions.make_report_of(soort=data["soort"], **who)
            return "Dit is nu een melding." if made else "Hier was al iets van gemaakt."
    actions.keep_as_note(gehoord=item)
    return "Dit blijft een nota."


def _get(request: StaffRequest, pk: int) -> Contactmoment:
    return get_object_or_404(contactmomenten.moments(request.user, request.reach), pk=pk)


def _to_write(request: StaffRequest, pk: int) -> Contactmoment:
    row = _get(request, pk)
    if not rules.may_note_moments(request.user, request.reach, row.wijk_id):
        raise Http404
    return row


def _open_needs(request: StaffRequest, row: Contactmoment) -> Any:
    rows = Behoefte.objects.visible_to(request.user, request.reach).filter(wijk=row.wijk)
    return rows.exclude(status=Behoeftestatus.VERWORPEN).order_by("-pk")


def _typed_before(request: StaffRequest) -> dict[str, str]:
    return {name: values[-1] for name, values in kept(request, request.path).items() if name != "inzending"}


def _page(request: StaffRequest, row: Contactmoment, form: OpdehoogteForm) -> HttpResponse:
    may = rules.may_note_moments(request.user, request.reach, row.wijk_id)
    maker = registry.report_maker()
    people = row.op_de_hoogte.wants_news() if may else row.op_de_hoogte.none()
    context = {
        "moment": row,
        "gehoord": contactmomenten.became(row, request.user, request.reach),
        "mensen": people,
        "aantal_mensen": row.op_de_hoogte.wants_news().count() if not may else len(people),
        "form": form,
        "mag": may,
        "behoeften": _open_needs(request, row)[:50] if may else [],
        "soorten": maker.keuzes() if maker and may else [],
        "vandaag": timezone.localdate(),
        "wijkteam_na": rules.WIJKTEAM_DAYS,
    }
    return render(request, "wijken/werk/contactmoment.html", context)
