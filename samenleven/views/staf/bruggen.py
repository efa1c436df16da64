"""Bruggenbouwers and rounds of the jury for staff."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kern.beelden.views import respond
from kern.documenten import pdf
from kern.historiek.queries import history_of
from wijken.gate import StaffRequest

from ... import rules
from ...actions import bruggenbouwers as actions
from ...actions import jury
from ...documenten.oorkonde import certificate
from ...forms.staf_bruggen import BesluitForm, BrugFilters, LeestekstForm, RondeForm, VersieForm
from ...models import Bruggenbouwer, Juryronde
from ...queries import bruggen as queries
from ...states.bruggenbouwer import Status
from ..bruggen import fresh
from . import for_samenleven, for_writers, page_of, sheet_answer


@for_samenleven
@require_safe
def nomination_list(request: StaffRequest) -> HttpResponse:
    """The nominations of whoever asks."""
    form = BrugFilters(request.GET)
    rows = queries.nominations(request.user, request.reach, form.chosen())
    context = {
        "filters": form,
        "pillen": form.pills(request.GET),
        "pagina": page_of(request, rows),
        "vraag": request.GET.urlencode(),
    }
    return render(request, "samenleven/werk/bruggen.html", context)


@for_samenleven
@require_safe
def nomination_export(request: StaffRequest) -> HttpResponseBase:
    """The same list as a file."""
    rows = queries.nominations(request.user, request.reach, BrugFilters(request.GET).chosen())
    header = [
        "naam",
        "e-mailadres",
        "wijk",
        "stand",
        "voorgedragen op",
        "steun",
        "juryronde",
        "label sinds",
        "label tot",
    ]
    lines = (
        [
            row.naam, row.email, row.wijk.naam if row.wijk else "", row.get_status_display(),
            timezone.localtime(row.voorgedragen_op).date(), row.n_steun, row.ronde.naam if row.ronde else "",
            row.label_op, row.geldig_tot,
        ]
        for row in rows.iterator(chunk_size=500)
    )  # fmt: skip
    return sheet_answer(request, "bruggenbouwers", header, lines)


@for_samenleven
def nomination(request: StaffRequest, pk: int) -> HttpResponse:
    """One nomination: what was written, who supports it, what the jury thinks, and what can be done now."""
    row = _get(request, pk)
    return _page(request, row)


@for_writers
@require_POST
def reading_text(request: StaffRequest, pk: int) -> HttpResponse:
    """Mend what the jury will read."""
    row = _get(request, pk)
    form = LeestekstForm(request.POST)
    if not form.is_valid():
        return _page(request, row, leestekst=form)
    try:
        jury.write_reading_text(bruggenbouwer=row, **form.cleaned_data)
    except actions.NominatieGewijzigd as error:
        messages.error(request, f"{error}.".capitalize())
    else:
        messages.success(request, "De tekst voor de jury is bewaard.")
    return redirect(row)


@for_writers
@require_POST
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down what the jury decided."""
    row = _get(request, pk)
    form = BesluitForm(request.POST)
    if not form.is_valid():
        return _page(request, row, besluit=form)
    words = form.cleaned_data
    try:
        actions.decide(
            bruggenbouwer=row,
            label=words["besluit"] == "ja",
            reden=words["reden"],
            at=timezone.now(),
            versie=words["versie"],
        )
    except actions.NominatieGewijzigd as error:
        messages.error(request, f"{error}.".capitalize())
    else:
        messages.success(request, "Het besluit is bewaard. De persoon krijgt een mail.")
    return redirect(row)


@for_writers
@require_POST
def step(request: StaffRequest, pk: int, stap: str) -> HttpResponse:
    """Show or hide the story, renew the label, offer it to a later round, or withdraw for somebody."""
    row = _get(request, pk)
    form = VersieForm(request.POST)
    versie = form.cleaned_data["versie"] if form.is_valid() else 0
    if stap == "intrekken" and "zeker" not in request.POST:
        return render(request, "samenleven/werk/brug_intrekken.html", {"mens": row})
    try:
        match stap:
            case "toon":
                actions.show_story(bruggenbouwer=row, versie=versie, shown=True)
            case "verberg":
                actions.show_story(bruggenbouwer=row, versie=versie, shown=False)
            case "verleng":
                actions.renew(bruggenbouwer=row, at=timezone.now(), versie=versie)
            case "opnieuw":
                actions.again(bruggenbouwer=row, versie=versie)
            case "intrekken":
                actions.withdraw(bruggenbouwer=row, at=timezone.now(), door=request.user)
            case _:
                raise Http404
    except actions.NominatieGewijzigd as error:
        messages.error(request, f"{error}.".capitalize())
    else:
        messages.success(request, "Bewaard.")
    return redirect(row)


@for_samenleven
def nomination_photo(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The photo that waits to be looked at, or is on the site."""
    row = _get(request, pk)
    if row.foto is None:
        raise Http404
    return fresh(respond(row.foto, "klein", request))


@for_samenleven
def nomination_certificate(request: StaffRequest, pk: int) -> HttpResponse:
    """The certificate to print."""
    row = _get(request, pk)
    if not row.geldt_op(timezone.localdate()) or row.is_gewist:
        raise Http404
    return pdf.pdf_response(certificate(row), f"oorkonde {row.naam}")


@for_samenleven
@require_safe
def round_list(request: StaffRequest) -> HttpResponse:
    """Every round of the jury."""
    context = {"pagina": page_of(request, queries.rounds()), "mag": rules.may_write(request.user)}
    return render(request, "samenleven/werk/jury_rondes.html", context)


@for_writers
def round_new(request: StaffRequest) -> HttpResponse:
    """Prepare a round."""
    return _save_round(request, Juryronde())


@for_writers
def round_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a round that is not open yet."""
    row = get_object_or_404(Juryronde, pk=pk)
    if not row.is_concept:
        messages.error(request, "De jury leest al: aan deze ronde verandert niets meer.")
        return redirect(row)
    return _save_round(request, row)


def _save_round(request: StaffRequest, row: Juryronde) -> HttpResponse:
    form = RondeForm(request.POST if request.method == "POST" else None, ronde=row)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            saved = jury.save_round(
                ronde=row,
                naam=words["naam"],
                lezen_tot=words["lezen_tot"],
                leden=words["juryleden"],
                kandidaten=words["kandidaten"],
                versie=words["versie"] or 1,
                at=timezone.now(),
            )
        except actions.NominatieGewijzigd as error:
            form.add_error(None, f"{error}.".capitalize())
        else:
            messages.success(request, "Bewaard. Kijk na wat de jury te lezen krijgt en open dan de ronde.")
            return redirect(saved)
    return render(request, "samenleven/werk/jury_form.html", {"form": form, "ronde": row if row.pk else None})


@for_writers
@require_safe
def jury_round(request: StaffRequest, pk: int) -> HttpResponse:
    """One round: what is read, by whom, and what they think."""
    row = get_object_or_404(queries.rounds(), pk=pk)
    members = list(row.juryleden.all())
    candidates = list(queries.candidates(row))
    answers = {lid.pk: 0 for lid in members}
    for candidate in candidates:
        for given in candidate.oordelen.all():
            answers[given.jurylid_id] += 1
    context = {
        "ronde": row,
        "kandidaten": [(candidate, _tally(candidate)) for candidate in candidates],
        "leden": [(lid, answers[lid.pk]) for lid in members],
        "historiek": history_of(row, limit=50),
    }
    return render(request, "samenleven/werk/jury_ronde.html", context)


@for_writers
@require_POST
def round_step(request: StaffRequest, pk: int, stap: str) -> HttpResponse:
    """Open or close a round."""
    row = get_object_or_404(Juryronde, pk=pk)
    form = VersieForm(request.POST)
    versie = form.cleaned_data["versie"] if form.is_valid() else 0
    try:
        match stap:
            case "open":
                jury.open_round(ronde=row, versie=versie)
                messages.success(request, "De ronde is open. Elk jurylid krijgt een mail met een link.")
            case "sluit":
                jury.close_round(ronde=row, versie=versie)
                messages.success(request, "De ronde is gesloten. Neem nu bij elke voordracht het besluit.")
            case _:
                raise Http404
    except ValueError as error:
        messages.error(request, f"{error}.".capitalize())
    return redirect(row)


def _tally(row: Bruggenbouwer) -> dict[str, int]:
    counts = {"ja": 0, "nee": 0, "herkend": 0}
    for given in row.oordelen.all():
        counts[given.keuze] += 1
    return counts


def _page(
    request: StaffRequest,
    row: Bruggenbouwer,
    *,
    leestekst: LeestekstForm | None = None,
    besluit: BesluitForm | None = None,
) -> HttpResponse:
    writes = rules.may_write(request.user) and not row.is_gewist
    reading = row.status == Status.BIJ_DE_JURY and row.ronde is not None
    versie = {"versie": row.versie}
    context = {
        "mens": row,
        "mag": writes,
        "steun": row.steun.all(),
        "oordelen": row.oordelen.select_related("jurylid") if rules.may_write(request.user) else [],
        "leesform": (leestekst or LeestekstForm(initial={"leestekst": row.leestekst, **versie}))
        if writes and reading and row.ronde.is_concept
        else None,
        "besluitform": (besluit or BesluitForm(initial=versie))
        if writes and reading and row.ronde.is_gesloten
        else None,
        "kan_opnieuw": row.status == Status.NIET_GEKOZEN,
        "kan_intrekken": row.ingestemd_op is not None,
        "geldt": row.geldt_op(timezone.localdate()),
        "historiek": history_of(row, limit=50),
    }
    return render(request, "samenleven/werk/brug.html", context)


def _get(request: StaffRequest, pk: int) -> Bruggenbouwer:
    rows = Bruggenbouwer.objects.visible_to(request.user, request.reach)
    return get_object_or_404(rows.with_photo_consent().select_related("wijk", "ronde", "foto"), pk=pk)
