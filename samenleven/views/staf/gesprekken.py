"""Conversations for staff: reach while they run, the lists, planning, and looking at what came in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kern.grafiek.tekenen import Staaf, Staven
from kern.historiek.queries import history_of
from wijken.gate import StaffRequest, for_staff

from ... import mails, rules
from ...actions import gesprekken as actions
from ...actions.toestemming import withdraw_consent
from ...actions.uitdagers import Gewijzigd
from ...forms.staf import GesprekFilters, GesprekForm, NazichtForm, SignaalFilters, StapForm
from ...models import Citaat, Fase, Gesprek, Signaal, Toestemming, Traject
from ...queries import bereik as reach_queries
from ...queries import staf as queries
from ..blad import sheet_answer as sheet_pdf_answer
from . import for_samenleven, for_writers, page_of, sheet_answer

STEPS: dict[str, tuple[Callable[[Gesprek, str, int], Gesprek], str]] = {
    "afgelast": (
        lambda row, text, versie: actions.call_off(gesprek=row, reden=text, versie=versie),
        "Het gesprek gaat niet door.",
    ),
    "terug": (
        lambda row, text, versie: actions.send_back(gesprek=row, opmerking=text, at=timezone.now(), versie=versie),
        "De gespreksleiders kregen je vraag.",
    ),
    "opnieuw": (
        lambda row, text, versie: actions.reopen(gesprek=row, versie=versie),
        "Je kunt het blad opnieuw nakijken.",
    ),
    "toch": (lambda row, text, versie: actions.revive(gesprek=row, versie=versie), "Het gesprek gaat toch door."),
}


@for_samenleven
@require_safe
def reach(request: StaffRequest) -> HttpResponse:
    """Whom a traject reaches while it runs, who is missing, and where to go next."""
    trajecten = queries.trajects_by_now()
    if not trajecten:
        return render(request, "samenleven/werk/bereik.html", {"trajecten": trajecten})
    slug = request.GET.get("traject", "")
    traject = next((row for row in trajecten if row.slug == slug), trajecten[0])
    fasen = list(traject.fasen.all())
    fase = next((row for row in fasen if str(row.nummer) == request.GET.get("fase")), None)
    return render(request, "samenleven/werk/bereik.html", _reach(trajecten, traject, fasen, fase))


def _reach(trajecten: list[Traject], traject: Traject, fasen: list[Fase], fase: Fase | None) -> dict[str, Any]:
    wijken = reach_queries.by_wijk(traject, fase)
    talen = reach_queries.by_language(traject, fase)
    profiel = [deel for deel in reach_queries.profile(traject) if not deel.is_leeg]
    return {
        "trajecten": trajecten,
        "traject": traject,
        "fasen": fasen,
        "fase": fase,
        "stand": reach_queries.standing(traject, fase),
        "wijken": wijken,
        "nergens": [rij.wijk for rij in wijken if rij.wijk and not rij.personen],
        "wijkgrafiek": Staven(
            "wijken",
            "Mensen bereikt per wijk",
            "Hoeveel mensen er bij de gesprekken waren, per wijk waar het gesprek was.",
            [Staaf(rij.naam, rij.personen) for rij in wijken if rij.personen],
        ),
        "taalgrafiek": Staven(
            "talen",
            "Mensen bereikt per taal",
            "In welke taal het gesprek was waar ze bij waren.",
            [Staaf(rij.naam, rij.personen) for rij in talen],
        ),
        "profiel": profiel,
        "ontbreken": [(deel.naam, deel.ontbreken) for deel in profiel if deel.ontbreken],
        "voorstellen": reach_queries.proposals(traject, timezone.localdate(), fase),
        "regels": reach_queries.rule_in_words(),
        "meest": reach_queries.said_most(traject),
    }


@for_staff
@require_safe
def conversation_list(request: StaffRequest) -> HttpResponse:
    """The conversations of whoever asks, with filters in the address."""
    form = GesprekFilters(request.GET)
    rows = queries.conversations(request.user, request.reach, form.chosen())
    context = {
        "filters": form,
        "pillen": form.pills(request.GET),
        "pagina": page_of(request, rows),
        "mag": rules.may_write(request.user),
        "vraag": request.GET.urlencode(),
    }
    return render(request, "samenleven/werk/gesprekken.html", context)


@for_staff
@require_safe
def conversation_export(request: StaffRequest) -> HttpResponseBase:
    """The same list as a file."""
    rows = queries.conversations(request.user, request.reach, GesprekFilters(request.GET).chosen())
    header = [
        "nummer",
        "traject",
        "waarover",
        "datum",
        "plaats",
        "wijk",
        "methode",
        "taal",
        "stand",
        "aanwezigen",
        "signalen",
    ]
    lines = (
        [
            row.nummer, row.traject.naam, row.titel, row.datum, row.plaats, row.waar, row.get_methode_display(),
            row.get_taal_display(), row.get_status_display(), row.aanwezigen, row.n_signalen,
        ]
        for row in rows.iterator(chunk_size=500)
    )  # fmt: skip
    return sheet_answer(request, "gesprekken", header, lines)


@for_staff
@require_safe
def signal_list(request: StaffRequest) -> HttpResponse:
    """What was said, over all conversations."""
    form = SignaalFilters(request.GET)
    rows = queries.signals(request.user, request.reach, form.chosen())
    context = {
        "filters": form,
        "pillen": form.pills(request.GET),
        "pagina": page_of(request, rows),
        "vraag": request.GET.urlencode(),
    }
    return render(request, "samenleven/werk/signalen.html", context)


@for_staff
@require_safe
def signal_export(request: StaffRequest) -> HttpResponseBase:
    """The same list as a file."""
    rows = queries.signals(request.user, request.reach, SignaalFilters(request.GET).chosen())
    header = ["blad", "nummer", "datum", "wijk", "soort", "tekst", "thema", "domein", "openbaar"]
    lines = (
        [
            row.gesprek.nummer, row.nummer, row.gesprek.datum, row.gesprek.waar, row.get_soort_display(), row.tekst,
            row.thema.naam if row.thema else "", row.domein.naam if row.domein else "", row.is_openbaar,
        ]
        for row in rows.iterator(chunk_size=500)
    )  # fmt: skip
    return sheet_answer(request, "signalen", header, lines)


@for_writers
def new(request: StaffRequest) -> HttpResponse:
    """Plan a conversation; `wijk` in the address fills in where."""
    first = {"wijk": request.GET.get("wijk"), "traject": request.GET.get("traject")}
    return _plan(request, Gesprek(), first)


@for_writers
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change what was planned."""
    return _plan(request, _get(request, pk), {})


def _plan(request: StaffRequest, row: Gesprek, first: dict[str, Any]) -> HttpResponse:
    form = GesprekForm(request.POST or None, instance=row, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.plan_conversation(
                gesprek=form.instance,
                uitdagers=list(form.cleaned_data["uitdagers"]),
                at=timezone.now(),
                versie=form.cleaned_data["versie"] or 0,
            )
        except Gewijzigd as error:
            form.add_error(None, f"{error}.".capitalize())
        else:
            messages.success(request, f"Gesprek {saved.nummer} is bewaard.")
            return redirect(saved)
    context = {"form": form, "gesprek": row if row.pk else None}
    return render(request, "samenleven/werk/gesprek_form.html", context)


@for_staff
def conversation(request: StaffRequest, pk: int) -> HttpResponse:
    """One conversation: what was said, and for who may write the form to look it over."""
    row = _get(request, pk)
    may = rules.may_write(request.user)
    form = NazichtForm(request.POST or None, gesprek=row) if may and row.is_gehouden else None
    if request.method == "POST":
        if form is None:
            return redirect(row)
        if form.is_valid():
            try:
                actions.check_sheet(
                    gesprek=row, klaar="klaar" in request.POST, door=request.user, at=timezone.now(), **form.judged()
                )
            except Gewijzigd as error:
                form.add_error(None, f"{error}.".capitalize())
            else:
                messages.success(request, "Bewaard." if "klaar" not in request.POST else "Het blad is nagekeken.")
                return redirect(row)
    return _show(request, row, form, StapForm(initial={"versie": row.versie}))


def _show(request: StaffRequest, row: Gesprek, form: NazichtForm | None, step: StapForm) -> HttpResponse:
    context = {
        "gesprek": row,
        "form": form,
        "stap": step,
        "mag": rules.may_write(request.user),
        "uitdagers": row.uitdagers.all(),
        "signalen": row.signalen.select_related("thema", "domein").order_by("nummer"),
        "citaten": row.citaten.with_consent().select_related("thema").order_by("nummer"),
        "ingetrokken": row.citaten.filter(tekst="").count(),
        "profiel": reach_queries.profile_of(row),
        "link": mails.absolute("samenleven:blad", mails.blad_token(row)),
        "historiek": history_of(row, also=[Signaal, Citaat, _consents(row)], limit=50),
    }
    return render(request, "samenleven/werk/gesprek.html", context)


def _consents(row: Gesprek) -> QuerySet[Toestemming]:
    kind = ContentType.objects.get_for_model(Citaat)
    return Toestemming.objects.filter(over_type=kind, over_id__in=row.citaten.values("pk"))


@for_writers
@require_POST
def step(request: StaffRequest, pk: int, stap: str) -> HttpResponse:
    """Call off, send back with a question, look again, or go on after all."""
    row = _get(request, pk)
    form = StapForm(request.POST)
    if stap in STEPS and form.is_valid():
        action, done = STEPS[stap]
        try:
            action(row, form.cleaned_data["tekst"], form.cleaned_data["versie"])
        except Gewijzigd as error:
            messages.error(request, f"{error}.".capitalize())
        except ValueError as error:
            form.add_error("tekst", f"{error}.".capitalize())
            fresh = _get(request, pk)
            return _show(request, fresh, NazichtForm(gesprek=fresh) if fresh.is_gehouden else None, form)
        else:
            messages.success(request, done)
    return redirect(row)


@for_staff
def paper(request: StaffRequest, pk: int) -> HttpResponse:
    """The sheet to print."""
    return sheet_pdf_answer(_get(request, pk))


@for_writers
@require_POST
def withdraw_quote(request: StaffRequest, pk: int, nummer: int) -> HttpResponse:
    """Take a quote back for somebody who asks it by phone or at the desk."""
    row = _get(request, pk)
    citaat = get_object_or_404(row.citaten.with_consent(), nummer=nummer)
    for toestemming in Toestemming.objects.about(citaat).valid():
        withdraw_consent(toestemming=toestemming, at=timezone.now(), door=request.user)
    messages.success(request, f"Citaat {nummer} is overal weg.")
    return redirect(row)


def _get(request: StaffRequest, pk: int) -> Gesprek:
    rows = Gesprek.objects.visible_to(request.user, request.reach)
    return get_object_or_404(
        rows.select_related("traject", "fase", "wijk", "begeleider", "ingevoerd_door", "nagekeken_door"), pk=pk
    )
