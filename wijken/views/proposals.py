"""Proposals for actions: the list, one proposal with what others think of it, and the decision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from kern.historiek.queries import history_of
from kern.termijnen import add_working_days

from .. import actions, mails, queries, rules
from ..forms import AdviesForm, BesluitForm, OverlegForm, TerugForm, VoorstelFilter, VoorstelForm
from ..gate import StaffRequest, for_staff, kept
from ..models import Actievoorstel, Advies, Behoefte
from ..queries import afloop, voorstellen
from ..states.draad import Behoeftestatus, Voorstelstatus
from .fouten import attempt
from .lijst import as_file, page_of

HEADER = (
    "nummer", "wijk", "titel", "stand", "looptijd", "raming", "meningen gegeven", "meningen gevraagd",
    "meningen verwacht tegen", "beslist op", "beslist door", "beslist in", "waarom",
)  # fmt: skip


@for_staff
def proposal_list(request: StaffRequest) -> HttpResponseBase:
    """The proposals of my wijken and those about which my team is asked, the newest first."""
    today = timezone.localdate()
    filters = VoorstelFilter(request.GET, user=request.user, reach=request.reach)
    rows = filters.found(voorstellen.proposals(request.user, request.reach), today)
    if file := as_file(request, HEADER, voorstellen.lines(rows), naam="actievoorstellen"):
        return file
    context = {
        "pagina": page_of(request, voorstellen.for_list(rows)),
        "filters": filters,
        "vandaag": today,
        "mag_maken": _makes(request),
    }
    return render(request, "wijken/werk/voorstellen.html", context)


@for_staff
def proposal_new(request: StaffRequest) -> HttpResponse:
    """Write a proposal, out of a need or by itself."""
    if not _makes(request):
        raise Http404
    need = _need(request)
    initial: dict[str, Any] = {name: values[-1] for name, values in kept(request, request.path).items()}
    if need:
        initial = {"wijk": need.wijk_id, "titel": need.titel, **initial}
    data = request.POST if request.method == "POST" else None
    form = VoorstelForm(data, initial=initial, user=request.user, reach=request.reach)
    if form.is_bound and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "versie"}
        if not rules.leads_wijk(request.user, request.reach, fields["wijk"].pk):
            raise Http404
        row = actions.make_proposal(behoeften=[need] if need else [], door=request.user, at=timezone.now(), **fields)
        messages.success(request, "Het voorstel is bewaard als concept. Vraag nu wat anderen ervan vinden.")
        return redirect(row)
    return render(request, "wijken/werk/voorstel_bewerk.html", {"form": form, "behoefte": need})


@for_staff
def proposal(request: StaffRequest, voorstel: int) -> HttpResponse:
    """One proposal: what it is, what others think, and what can be done now."""
    return _page(request, _get(request, voorstel))


@for_staff
def proposal_edit(request: StaffRequest, voorstel: int) -> HttpResponse:
    """Change a draft."""
    row = _to_lead(request, voorstel)
    if not row.is_concept:
        messages.warning(request, "Dit voorstel is geen concept meer: haal het eerst terug uit het overleg.")
        return redirect(row)
    data = request.POST if request.method == "POST" else None
    fresh = Actievoorstel.objects.get(pk=row.pk)
    form = VoorstelForm(data, instance=fresh, user=request.user, reach=request.reach)
    if form.is_bound and form.is_valid():
        fields = {**form.cleaned_data, "versie": form.cleaned_data["versie"] or 0}
        if attempt(form, lambda: actions.edit_proposal(voorstel=row, **fields)):
            messages.success(request, "Het voorstel is bewaard.")
            return redirect(row)
    return render(request, "wijken/werk/voorstel_bewerk.html", {"form": form, "voorstel": row})


@for_staff
def proposal_consult(request: StaffRequest, voorstel: int) -> HttpResponse:
    """Choose who is asked, see how many mails leave, and ask."""
    row = _to_lead(request, voorstel)
    if row.is_beslist:
        return redirect(row)
    asked = {("partner", pk) for pk in _asked(row, "partner")} | {("team", pk) for pk in _asked(row, "team")}
    term = row.advies_tegen or add_working_days(timezone.localdate(), rules.ADVICE_WORKING_DAYS)
    first = {"tegen": max(term, timezone.localdate() + timedelta(days=1))}
    data = request.POST if request.method == "POST" else None
    form = OverlegForm(data, initial=first, asked=asked)
    seen = None
    if form.is_bound and form.is_valid():
        fields = form.cleaned_data
        if "zeker" in request.POST:
            if attempt(form, lambda: actions.consult(voorstel=row, at=timezone.now(), **fields)):
                messages.success(request, "De vraag is weg. Je ziet hier wie al antwoordde.")
                return redirect(row)
        elif fields["partners"] or fields["teams"] or row.adviezen.filter(is_gevraagd=False).exists():
            seen = {**fields, "opnieuw": list(row.adviezen.filter(is_gevraagd=False).select_related("partner", "team"))}
        else:
            form.add_error(None, "Kies minstens één partner of dienst.")
    context = {"form": form, "voorstel": row, "gezien": seen}
    return render(request, "wijken/werk/voorstel_overleg.html", context)


@for_staff
def proposal_back(request: StaffRequest, voorstel: int) -> HttpResponse:
    """Take a proposal back out of consultation to rework it."""
    row = _to_lead(request, voorstel)
    if request.method != "POST":
        return redirect(row)
    form = TerugForm(request.POST)
    if form.is_valid() and attempt(form, lambda: actions.take_back_proposal(voorstel=row, **form.cleaned_data)):
        messages.success(request, "Het voorstel is weer een concept. Wat anderen zeiden, blijft staan.")
        return redirect(row)
    return _page(request, _get(request, voorstel), terug=form)


@for_staff
def proposal_decide(request: StaffRequest, voorstel: int) -> HttpResponse:
    """Decide: first with the mails that will leave, then for good."""
    row = _to_lead(request, voorstel)
    if row.is_beslist:
        return redirect(row)
    data = request.POST if request.method == "POST" else None
    form = BesluitForm(data, only_refuse=row.is_concept)
    seen = None
    if form.is_bound and form.is_valid():
        if "zeker" in request.POST:
            act = {**form.cleaned_data, "door": request.user, "at": timezone.now()}
            if attempt(form, lambda: actions.decide(voorstel=row, **act)):
                messages.success(request, "De beslissing is bewaard.")
                return redirect(row)
        else:
            seen = _consequences(row, form.cleaned_data)
    context = {"form": form, "voorstel": row, "gezien": seen, "meningen": _opinions(request, row)}
    return render(request, "wijken/werk/voorstel_beslis.html", context)


@for_staff
def proposal_advice(request: StaffRequest, voorstel: int, pk: int) -> HttpResponse:
    """A colleague says what their own service thinks."""
    row = _get(request, voorstel)
    advies = get_object_or_404(Advies.objects.select_related("team"), voorstel=row, pk=pk)
    if not rules.may_give_advice(request.user, request.reach, advies):
        raise Http404
    if request.method != "POST":
        return redirect(row)
    form = AdviesForm(request.POST, prefix=f"advies-{advies.pk}")
    if form.is_valid():
        words = {**form.cleaned_data, "naam": request.user.naam, "door": request.user, "at": timezone.now()}
        if attempt(form, lambda: actions.give_advice(advies=advies, **words)):
            messages.success(request, f"De mening van {advies.wie} is bewaard.")
            return redirect(row)
    return _page(request, _get(request, voorstel), advies={advies.pk: form})


@for_staff
def proposal_history(request: StaffRequest, voorstel: int) -> HttpResponse:
    """Every change of a proposal and of the opinions about it."""
    row = _get(request, voorstel)
    context = {"wat": row.titel, "terug": row.get_absolute_url(), "regels": history_of(row, also=[Advies])}
    return render(request, "wijken/werk/historiek.html", context)


def _makes(request: StaffRequest) -> bool:
    return bool(request.user.rollen & {"beheerder", "wijkmanager"})


def _get(request: StaffRequest, pk: int) -> Actievoorstel:
    return get_object_or_404(voorstellen.proposals(request.user, request.reach), pk=pk)


def _to_lead(request: StaffRequest, pk: int) -> Actievoorstel:
    row = _get(request, pk)
    if not rules.leads_wijk(request.user, request.reach, row.wijk_id):
        raise Http404
    return row


def _need(request: StaffRequest) -> Behoefte | None:
    number = request.POST.get("behoefte") or request.GET.get("behoefte", "")
    if not number.isdecimal() or len(number) > 18:
        return None
    rows = Behoefte.objects.visible_to(request.user, request.reach).exclude(status=Behoeftestatus.VERWORPEN)
    return rows.select_related("wijk").filter(pk=int(number)).first()


def _asked(row: Actievoorstel, kind: str) -> list[int]:
    return list(row.adviezen.filter(**{f"{kind}__isnull": False}).values_list(f"{kind}_id", flat=True))


def _opinions(request: StaffRequest, row: Actievoorstel) -> voorstellen.Meningen:
    return voorstellen.opinions(row, request.user, request.reach, timezone.localdate())


def _consequences(row: Actievoorstel, data: dict[str, Any]) -> dict[str, Any]:
    """Who will be mailed, and the mail to residents when it is refused."""
    partners = row.adviezen.filter(is_gevraagd=True, partner__isnull=False).exclude(partner__email="")
    seen: dict[str, Any] = {"partners": [advies.wie for advies in partners.select_related("partner", "team")]}
    if data["status"] == Voorstelstatus.AFGEWEZEN:
        seen["afloop"] = found = afloop.outcome(row)
        row.status, row.uitkomst = data["status"], data["uitkomst"]
        people = next(iter(found.mensen.values()), None)
        seen["mail"] = mails.outcome_preview(row, people) if people else None
        seen["taal"] = people[0].taal if people else "nl"
        row.refresh_from_db(fields=["status", "uitkomst"])
    return seen


def _page(
    request: StaffRequest,
    row: Actievoorstel,
    *,
    advies: dict[int, AdviesForm] | None = None,
    terug: TerugForm | None = None,
) -> HttpResponse:
    found = _opinions(request, row)
    forms = advies or {}
    own = [
        (
            mine,
            forms.get(mine.pk)
            or AdviesForm(initial={"standpunt": mine.standpunt, "tekst": mine.tekst}, prefix=f"advies-{mine.pk}"),
        )
        for mine in found.eigen
    ]
    context = {
        "voorstel": row,
        "meningen": found,
        "eigen": own,
        "terug": terug or TerugForm(),
        "mag": rules.leads_wijk(request.user, request.reach, row.wijk_id),
        "draad": queries.thread_of(row, request.user, request.reach),
        "domeinen": [*row.domeinen.all(), *row.doelstellingen.all()],
        "vandaag": timezone.localdate(),
    }
    return render(request, "wijken/werk/voorstel.html", context)
