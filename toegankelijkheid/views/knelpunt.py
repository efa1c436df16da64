"""One knelpunt: its page, planning it, the steps, photos, its history, and the reports it goes with."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kern.beelden import views as beelden
from kern.beelden.models import Maat
from kern.geo import geojson
from kern.geo.forms import map_context
from kern.historiek.queries import history_of
from wijken.gate import StaffRequest, for_staff
from wijken.queries import thread_of
from wijken.registry import Knoop

from ..actions import knelpunten as actions
from ..forms.beheer import MeningForm
from ..forms.knelpunt import AkkoordForm, FotoForm, KnelpuntForm, NieuwKnelpuntForm, PlanningForm, StapForm
from ..models import Knelpunt, KnelpuntBeeld
from ..queries import monitoring, screening
from ..queries.actieplannen import plans_of
from ..queries.adviezen import advices_of
from ..rules import monitoring as rules
from ..rules import recht
from ..rules.woorden import Ernst
from ..states import Knelpuntstatus
from .deur import surveyors_only

S = Knelpuntstatus
WORDS = {
    S.BEOORDEELD: "Beoordeel",
    S.AANVAARD: "Aanvaard",
    S.DOORVERWEZEN: "Verwijs door",
    S.NIET_UITVOEREN: "Stel voor dit niet uit te voeren",
    S.GEPLAND: "Plan in",
    S.IN_UITVOERING: "Begin eraan",
    S.UITGEVOERD: "Het is uitgevoerd",
    S.GECONTROLEERD: "Het is gecontroleerd",
    S.HEROPEND: "Heropen",
    S.VERVALLEN: "Laat het vervallen",
}

FIRST = "Iemand anders wijzigde dit intussen. Open de pagina opnieuw in een ander venster en kijk na wat er nu staat."


def get_knelpunt(request: StaffRequest, pk: int) -> Knelpunt:
    """A knelpunt this person may see, else 404."""
    found = screening.findings(request.user, request.reach).select_related(
        "wijk", "zone", "niveau", "object", "opname", "norm", "dienst", "verantwoordelijke",
        "niet_voorgesteld_door", "niet_goedgekeurd_door",
    )  # fmt: skip
    return get_object_or_404(found, pk=pk)


def _works(request: StaffRequest, row: Knelpunt) -> bool:
    return rules.may_work_on(
        request.user, request.reach, dienst_id=row.dienst_id, verantwoordelijke_id=row.verantwoordelijke_id
    )


def _to_work(request: StaffRequest, pk: int) -> Knelpunt:
    row = get_knelpunt(request, pk)
    if not _works(request, row):
        raise Http404
    return row


def page(request: StaffRequest, row: Knelpunt, form: MeningForm, *, eigen: bool) -> HttpResponse:
    """All that is known of it, what can be done now, and the second opinions."""
    works = _works(request, row)
    regels = monitoring.settings_row().regels
    steps = rules.offered(request.user, row.status, works=works, measured=row.criterium_id is not None)
    if row.waits_for_approval:
        steps = [step for step in steps if step != S.NIET_UITVOEREN]
    asked, yes, no = monitoring.answers_of(row)
    photos = list(row.beelden.select_related("beeld"))
    context = {
        "bevinding": row,
        "vandaag": timezone.localdate(),
        "te_laat": row.is_late(timezone.localdate()),
        "voorstel": monitoring.proposal(row, regels),
        "maanden": regels.bewoners_maanden,
        "stappen": [(step.value, WORDS[step]) for step in steps],
        "werkt": works,
        "beheert": recht.may_manage(request.user),
        "draad": thread_of(row, request.user, request.reach),
        "plannen": plans_of(row),
        "adviezen": advices_of(row, request.user, request.reach),
        "gevraagd": asked,
        "ja": yes,
        "nee": no,
        "voor": [photo for photo in photos if photo.moment == "voor"],
        "na": [photo for photo in photos if photo.moment == "na"],
        "fotos": row.opname.beelden.select_related("beeld") if row.opname else [],
        "meningen": row.meningen.select_related("door"),
        "form": form,
        "mag_oordelen": not eigen,
        "kaart": map_context(),
        "eigen_voorstel": row.niet_voorgesteld_door_id == request.user.pk,
    }
    return render(request, "toegankelijkheid/werk/monitoring/knelpunt.html", context)


@for_staff
def point(request: StaffRequest, pk: int) -> HttpResponse:
    """The place of it, for the map."""
    row = get_knelpunt(request, pk)
    shape = geojson.point(row.plaats) if row.plaats else None
    found = [geojson.feature(row.pk, shape, naam=row.titel, url=row.get_absolute_url(), soort="laat")] if shape else []
    return JsonResponse(geojson.feature_collection(found), content_type=geojson.MEDIA_TYPE)


@require_http_methods(["GET", "POST"])
@for_staff
def plan(request: StaffRequest, pk: int) -> HttpResponse:
    """Say how feasible it is, how urgent, when, who and what it costs."""
    row = _to_work(request, pk)
    regels = monitoring.settings_row().regels
    shared: dict[str, Any] = {"regels": regels, "today": timezone.localdate()}
    form = PlanningForm(request.POST or None, instance=row, manages=recht.may_manage(request.user), **shared)
    if request.method == "POST" and form.is_valid():
        try:
            versie = form.cleaned_data["versie"]
            actions.change(knelpunt=row, fields=form.filled(), at=timezone.now(), versie=versie)
        except actions.Gewijzigd:
            form.add_error(None, FIRST)
        else:
            messages.success(request, "De planning is bewaard.")
            return redirect(row)
    context = {"form": form, "bevinding": row, "voorstel": monitoring.proposal(row, regels)}
    return render(request, "toegankelijkheid/werk/monitoring/plan.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def step(request: StaffRequest, pk: int, naar: str) -> HttpResponse:
    """A page for one step, with what that step needs."""
    row = get_knelpunt(request, pk)
    steps = rules.offered(request.user, row.status, works=_works(request, row), measured=row.criterium_id is not None)
    if naar not in S.values or not (steps or recht.may_manage(request.user)):
        raise Http404
    if S(naar) not in steps:
        messages.warning(request, "Deze stap kan nu niet. Kijk hoe het ervoor staat.")
        return redirect(row)
    shared: dict[str, Any] = {"regels": monitoring.settings_row().regels, "today": timezone.localdate()}
    files = request.FILES if request.method == "POST" else None
    form = StapForm(
        request.POST or None, files, row=row, naar=S(naar), manages=recht.may_manage(request.user), **shared
    )
    if request.method == "POST" and form.is_valid() and _step(request, row, naar, form):
        return redirect(row)
    context = {"form": form, "bevinding": row, "naar": S(naar), "knop": WORDS[S(naar)]}
    return render(request, "toegankelijkheid/werk/monitoring/stap.html", context)


def _step(request: StaffRequest, row: Knelpunt, naar: str, form: StapForm) -> bool:
    try:
        taken = actions.step(
            knelpunt=row,
            naar=naar,
            door=request.user,
            at=timezone.now(),
            versie=form.cleaned_data["versie"],
            reden=form.cleaned_data["reden"],
            fields=form.filled(),
            fotos=form.photos(),
        )
    except actions.Gewijzigd:
        form.add_error(None, FIRST)
    except actions.StapMagNiet as error:
        form.add_error(None, str(error))
    else:
        words = f"Dit is nu {taken.get_status_display()}."
        if naar == S.NIET_UITVOEREN:
            words = "Je voorstel is bewaard. Een collega moet nog akkoord gaan."
        messages.success(request, words)
        return True
    return False


@require_http_methods(["GET", "POST"])
@for_staff
def refusal(request: StaffRequest, pk: int) -> HttpResponse:
    """Agree not to act, or not; who proposed it can take it back. GET (whose log-in had ended) shows the page."""
    row = get_knelpunt(request, pk)
    if not recht.may_manage(request.user):
        raise Http404
    form = AkkoordForm(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_refusal(
                knelpunt=row,
                akkoord="akkoord" in request.POST,
                door=request.user,
                at=timezone.now(),
                versie=form.cleaned_data["versie"],
                reden=form.cleaned_data["reden"],
            )
        except (actions.Gewijzigd, actions.StapMagNiet) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "Bewaard.")
    return redirect(row)


@require_http_methods(["GET", "POST"])
@for_staff
def photos(request: StaffRequest, pk: int) -> HttpResponse:
    """Add photos from before or after the work."""
    row = _to_work(request, pk)
    form = FotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fotos = [(foto, data["alt"]) for foto in data["fotos"]]
        actions.add_photos(knelpunt=row, fotos=fotos, moment=data["moment"], door=request.user, at=timezone.now())
        messages.success(request, "De foto's zijn bewaard.")
        return redirect(row)
    return render(request, "toegankelijkheid/werk/monitoring/foto.html", {"form": form, "bevinding": row})


@for_staff
def photo(request: StaffRequest, pk: int, foto: int, maat: str) -> HttpResponseBase:
    """A photo of it, for who may see it."""
    if maat not in Maat.values:
        raise Http404
    row = get_object_or_404(Knelpunt.objects.visible_to(request.user, request.reach), pk=pk)
    found = get_object_or_404(KnelpuntBeeld.objects.select_related("beeld"), pk=foto, knelpunt=row)
    return beelden.respond(found.beeld, maat, request)


@for_staff
def history(request: StaffRequest, pk: int) -> HttpResponse:
    """Every change with who, when and why."""
    row = get_knelpunt(request, pk)
    context = {"bevinding": row, "regels": history_of(row)}
    return render(request, "toegankelijkheid/werk/monitoring/historiek.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def new(request: StaffRequest) -> HttpResponse:
    """Write down a knelpunt that somebody saw, without measuring."""
    surveyors_only(request)
    form = NieuwKnelpuntForm(request.POST or None, request.FILES or None, initial={"ernst": Ernst.MOEILIJK})
    inzending = _submission(request)
    if request.method == "POST" and form.is_valid():
        write = {"inzending": inzending, "fotos": form.photos(), "door": request.user, "at": timezone.now()}
        row = actions.add_by_hand(knelpunt=form.filled(), **write)
        messages.success(request, f"{row.ref} staat in de tabel.")
        return redirect(_address(request, row))
    context = {"form": form, "inzending": inzending}
    return render(request, "toegankelijkheid/werk/monitoring/nieuw.html", context)


def _submission(request: StaffRequest) -> UUID:
    """The number of this form, so that a double click makes one."""
    try:
        return UUID(request.POST.get("inzending", ""))
    except ValueError:
        return uuid4()


# A report that is about a knelpunt.


def _report(request: StaffRequest, nummer: int) -> tuple[Any, Knoop]:
    """The report, and how this person sees it in a thread; 404 when they may not see it."""
    kind = monitoring.report_kind()
    knots = kind.tonen([nummer], request.user, request.reach) if kind else []
    if kind is None or not knots:
        raise Http404
    return kind.model._default_manager.get(pk=nummer), knots[0]


@require_http_methods(["GET", "POST"])
@for_staff
def report(request: StaffRequest, nummer: int) -> HttpResponse:
    """Which knelpunten lie within 15 m of a report: tie them, or make a knelpunt of the report in one step."""
    melding, knot = _report(request, nummer)
    manages = recht.may_manage(request.user)
    may_tie = manages or rules.can_work(request.user)
    form = KnelpuntForm(request.POST if "maak" in request.POST else None, initial=_from(knot))
    if {"maak", "knelpunt"} & set(request.POST):
        if not may_tie:
            raise Http404
        if answer := _tie_or_make(request, melding, knot, form):
            return answer
    tied = monitoring.rows(request.user, request.reach).filter(pk__in=monitoring.tied_to_report(nummer))
    numbers = {row.pk for row in tied}
    near = monitoring.near(knot.punt, request.user, request.reach) if knot.punt else []
    context = {
        "melding": knot,
        "verbonden": tied,
        "dichtbij": [row for row in near if row.pk not in numbers],
        "form": form,
        "mag": may_tie,
        "straal": rules.SAME_PLACE_M,
    }
    partly = request.htmx and not request.htmx.boosted
    name = "_melding" if partly else "melding"
    return render(request, f"toegankelijkheid/werk/monitoring/{name}.html", context)


def _tie_or_make(request: StaffRequest, melding: Any, knot: Knoop, form: KnelpuntForm) -> HttpResponse | None:
    at = timezone.now()
    if "maak" in request.POST:
        if not form.is_valid():
            return None
        made = form.save(commit=False)
        made.groepen, made.plaats, made.adres = form.cleaned_data["groepen"], knot.punt, knot.waar[:200]
        row = actions.from_report(knelpunt=made, melding=melding, door=request.user, at=at)
        messages.success(request, f"De melding is nu knelpunt {row.ref}.")
        return redirect(_address(request, row))
    chosen = request.POST.get("knelpunt", "")
    found = monitoring.rows(request.user, request.reach)
    row = get_object_or_404(found, pk=int(chosen) if chosen.isdecimal() and len(chosen) < 10 else 0)
    actions.link(knelpunt=row, melding=melding, door=request.user, at=at)
    messages.success(request, f"De melding hoort nu bij {row.ref}. De prioriteit is opnieuw berekend.")
    return redirect("toegankelijkheid:monitoring_report", melding.pk)


def _address(request: StaffRequest, row: Knelpunt) -> Any:
    """Its page for who may see it there, else the report: somebody may make one that lies in no wijk of theirs."""
    seen = Knelpunt.objects.visible_to(request.user, request.reach).filter(pk=row.pk).exists()
    return row if seen else "toegankelijkheid:monitoring"


def _from(knot: Knoop) -> dict[str, Any]:
    """What is known already. The words of a resident are not copied: a knelpunt can be public, and has a history."""
    what = knot.titel.partition(" · ")[2] or knot.titel
    return {"titel": f"{what}, {knot.waar}"[:200] if knot.waar else what[:200], "ernst": Ernst.MOEILIJK}
