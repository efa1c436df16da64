"""Actions: the list, one action with its milestones, and its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.berichten.models import Bericht
from kern.historiek.queries import history_of

from .. import actions, mails, queries, rules
from ..forms import ActieFilter, ActieForm, ActiepartnerForm, BewijsForm, EindeForm, MijlpaalForm
from ..gate import StaffRequest, for_staff, kept
from ..models import Actie, Actiepartner, Actievoorstel, Besluit, Mijlpaal, Wijk
from ..queries import acties, afloop
from ..states.draad import ENDED, Actiestatus
from .fouten import attempt, say_or_warn
from .lijst import as_file, page_of

HEADER = (
    "nummer", "titel", "wijk", "ook in", "status", "stand", "mijlpalen gehaald", "mijlpalen", "looptijd", "start",
    "klaar tegen", "eigenaar", "partners", "budgetlijn", "budget", "hoe bewoners meedoen", "wat ervan kwam",
)  # fmt: skip


@for_staff
def action_list(request: StaffRequest) -> HttpResponseBase:
    """The actions of my wijken, and mine."""
    today = timezone.localdate()
    filters = ActieFilter(request.GET, user=request.user, reach=request.reach)
    rows = filters.found(acties.actions(request.user, request.reach), today)
    if file := as_file(request, HEADER, acties.lines(rows, today), naam="acties"):
        return file
    page = page_of(request, rows.with_progress(today))
    context = {
        "pagina": page,
        "rijen": [(row, acties.progress(row, today)) for row in page],
        "filters": filters,
        "som": acties.total_budget(rows) if "stand" in filters.gekozen else None,
        "vandaag": today,
        "mag_maken": bool(request.user.rollen & {"beheerder", "wijkmanager"}),
    }
    return render(request, "wijken/werk/acties.html", context)


@for_staff
def action_new(request: StaffRequest) -> HttpResponse:
    """Make an action, out of an accepted proposal or by itself."""
    if not request.user.rollen & {"beheerder", "wijkmanager"}:
        raise Http404
    source, decision = _proposal(request), _decision(request)
    initial: dict[str, Any] = {"start": timezone.localdate(), "eigenaar": request.user.pk}
    if source:
        initial |= {"wijk": source.wijk_id, "titel": source.titel, "looptijd": source.looptijd, "budget": source.raming}
        initial |= {"domeinen": source.domeinen.all(), "doelstellingen": source.doelstellingen.all()}
    elif decision:
        places = list(decision.bijeenkomst.wijken.all())
        initial |= {"titel": decision.tekst[:160], "einde": decision.tegen}
        initial |= {"wijk": places[0].pk} if len(places) == 1 else {}
    initial |= {name: values[-1] for name, values in kept(request, request.path).items()}
    data = request.POST if request.method == "POST" else None
    form = ActieForm(data, initial=initial, user=request.user, reach=request.reach)
    if form.is_bound and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "versie"}
        if not rules.leads_wijk(request.user, request.reach, fields["wijk"].pk):
            raise Http404
        made = attempt(
            form,
            lambda: actions.make_action(
                voorstel=source, besluit=decision, door=request.user, at=timezone.now(), **fields
            ),
        )
        if made:
            messages.success(request, "De actie is bewaard. Zet er nu mijlpalen in: daaruit blijkt hoever ze staat.")
            return redirect(made)
    return render(request, "wijken/werk/actie_bewerk.html", {"form": form, "voorstel": source, "besluit": decision})


@for_staff
def action(request: StaffRequest, actie: int) -> HttpResponse:
    """One action: how far it is, what comes next, and the thread it is in."""
    return page(request, get(request, actie))


@for_staff
def action_edit(request: StaffRequest, actie: int) -> HttpResponse:
    """Change an action that goes on."""
    row = to_carry(request, actie)
    data = request.POST if request.method == "POST" else None
    fresh = Actie.objects.get(pk=row.pk)
    form = ActieForm(data, instance=fresh, user=request.user, reach=request.reach)
    _keep_wijk(form, row)
    if form.is_bound and form.is_valid():
        fields = {**form.cleaned_data, "versie": form.cleaned_data["versie"] or 0}
        if attempt(form, lambda: actions.edit_action(actie=row, **fields)):
            messages.success(request, "De actie is bewaard.")
            return redirect(row)
    return render(request, "wijken/werk/actie_bewerk.html", {"form": form, "actie": row})


@for_staff
def action_start(request: StaffRequest, actie: int) -> HttpResponse:
    """It begins."""
    row = to_carry(request, actie)
    if request.method != "POST":
        return redirect(row)
    versie = request.POST.get("versie", "")
    number = int(versie) if versie.isdecimal() and len(versie) < 9 else 0
    return say_or_warn(request, lambda: actions.start_action(actie=row, versie=number), "De actie loopt nu.", row)


@for_staff
def action_end(request: StaffRequest, actie: int, hoe: str) -> HttpResponse:
    """Finish or stop it: first with the mails that will leave, then for good."""
    row = to_carry(request, actie)
    if hoe not in ENDED:
        raise Http404
    if not row.is_lopend:
        return redirect(row)
    form = EindeForm(request.POST if request.method == "POST" else None)
    seen = None
    if form.is_bound and form.is_valid():
        if "zeker" in request.POST:
            who = {"door": request.user, "at": timezone.now(), **form.cleaned_data}
            if attempt(form, lambda: actions.end_action(actie=row, status=hoe, **who)):
                messages.success(request, f"De actie is {Actiestatus(hoe).label}.")
                return redirect(row)
        else:
            seen = _who_hears(row, hoe, form.cleaned_data["uitkomst"])
    context = {
        "form": form,
        "actie": row,
        "hoe": Actiestatus(hoe),
        "gezien": seen,
        "open": list(row.mijlpalen.filter(status="open")) if hoe == Actiestatus.AFGEROND else [],
    }
    return render(request, "wijken/werk/actie_einde.html", context)


@for_staff
def action_partner(request: StaffRequest, actie: int) -> HttpResponse:
    """Add a partner, or take one out (`weg`)."""
    row = to_carry(request, actie)
    if request.method != "POST":
        return redirect(row)
    gone = request.POST.get("weg", "")
    if gone.isdecimal() and len(gone) < 18:
        number = int(gone)
        return say_or_warn(
            request, lambda: actions.remove_partner(actie=row, pk=number), "De partner doet niet meer mee.", row
        )
    form = ActiepartnerForm(request.POST)
    if form.is_valid() and attempt(form, lambda: actions.add_partner(actie=row, **form.cleaned_data)):
        messages.success(request, "De partner doet mee.")
        return redirect(row)
    return page(request, row, partner=form)


@for_staff
def action_history(request: StaffRequest, actie: int) -> HttpResponse:
    """Every change of an action, its milestones and its partners."""
    row = get(request, actie)
    context = {
        "wat": row.titel,
        "terug": row.get_absolute_url(),
        "regels": history_of(row, also=[Mijlpaal, Actiepartner]),
    }
    return render(request, "wijken/werk/historiek.html", context)


@require_safe
def action_public(request: HttpRequest, slug: str, actie: int) -> HttpResponse:
    """For everybody: what is done in a wijk, how far it is, and what came of it."""
    wijk = get_object_or_404(Wijk, slug=slug)
    row = get_object_or_404(acties.public_of(wijk), pk=actie)
    today = timezone.localdate()
    points = list(row.mijlpalen.exclude(status="vervallen"))
    context = {
        "wijk": wijk,
        "actie": row,
        "vordering": acties.progress(row, today, points),
        "stappen": _public_steps(row, points),
        "partners": row.actiepartners.select_related("partner"),
        "ook_in": row.ook_in.all(),
    }
    return render(request, "wijken/actie.html", context)


def get(request: StaffRequest, pk: int) -> Actie:
    """The action, when this person may see it."""
    return get_object_or_404(acties.actions(request.user, request.reach), pk=pk)


def to_carry(request: StaffRequest, pk: int) -> Actie:
    """The action, when this person may change it."""
    row = get(request, pk)
    if not rules.may_carry(request.user, request.reach, row):
        raise Http404
    return row


def page(
    request: StaffRequest,
    row: Actie,
    *,
    mijlpaal: MijlpaalForm | None = None,
    partner: ActiepartnerForm | None = None,
    stap: dict[int, Any] | None = None,
    bewijs: dict[int, Any] | None = None,
) -> HttpResponse:
    """The page of one action; with a form that was refused in its place."""
    today = timezone.localdate()
    points = acties.milestones_of(row)
    told = Bericht.objects.filter(sleutel__startswith=mails.outcome_key(row)).count() if not row.is_lopend else 0
    context = {
        "actie": row,
        "vordering": acties.progress(row, today, points),
        "mijlpalen": [
            (point, point.is_late(today), (stap or {}).get(point.pk), (bewijs or {}).get(point.pk)) for point in points
        ],
        "nieuw": mijlpaal or MijlpaalForm(),
        "bewijsform": BewijsForm(),
        "partnerform": partner or ActiepartnerForm(),
        "partners": list(row.actiepartners.select_related("partner")),
        "ook_in": list(row.ook_in.all()),
        "domeinen": [*row.domeinen.all(), *row.doelstellingen.all()],
        "draad": queries.thread_of(row, request.user, request.reach),
        "mag": row.is_lopend and rules.may_carry(request.user, request.reach, row),
        "verteld": told,
        "vandaag": today,
    }
    return render(request, "wijken/werk/actie.html", context)


def _proposal(request: StaffRequest) -> Actievoorstel | None:
    number = request.POST.get("voorstel") or request.GET.get("voorstel", "")
    if not number.isdecimal() or len(number) > 18:
        return None
    rows = Actievoorstel.objects.visible_to(request.user, request.reach)
    found = rows.select_related("wijk").filter(pk=int(number)).first()
    return found if found and found.is_aanvaard else None


def _decision(request: StaffRequest) -> Besluit | None:
    """The decision of a meeting that this person runs, when the address names one."""
    number = request.POST.get("besluit") or request.GET.get("besluit", "")
    if not number.isdecimal() or len(number) > 18:
        return None
    rows = Besluit.objects.select_related("bijeenkomst").prefetch_related(
        "bijeenkomst__wijken", "bijeenkomst__organisatoren"
    )
    found = rows.filter(pk=int(number)).first()
    if found is None or not rules.may_run_meeting(request.user, request.reach, found.bijeenkomst):
        return None
    return found


def _keep_wijk(form: ActieForm, row: Actie) -> None:
    """An owner from elsewhere keeps the wijk that the action has."""
    field: Any = form.fields["wijk"]
    field.queryset = field.queryset | Wijk.objects.filter(pk=row.wijk_id)


def _who_hears(row: Actie, hoe: str, uitkomst: str) -> dict[str, Any]:
    found = afloop.outcome(row)
    row.status, row.uitkomst = hoe, uitkomst
    people = next(iter(found.mensen.values()), None)
    mail = mails.outcome_preview(row, people) if people else None
    row.refresh_from_db(fields=["status", "uitkomst"])
    return {"afloop": found, "mail": mail, "taal": people[0].taal if people else "nl"}


def _public_steps(row: Actie, points: list[Mijlpaal]) -> list[dict[str, Any]]:
    """The milestones as points of a time line: those reached, then what is still to come."""
    done = [point for point in points if point.gehaald_op]
    done.sort(key=lambda point: (point.gehaald_op, point.pk))
    steps = [{"moment": "geweest", "titel": point.titel, "wanneer": point.gehaald_op, "taal": "nl"} for point in done]
    to_come = [point for point in points if point.is_open] if row.is_lopend else []
    return steps + [{"moment": "beloofd", "titel": point.titel, "wanneer": point.uiterlijk} for point in to_come]
