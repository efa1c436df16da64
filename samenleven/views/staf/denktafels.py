"""Denktafels for staff: members, bundles of what was said, and drafts from first words to presenting them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.historiek.queries import history_of
from wijken.gate import StaffRequest

from ... import rules
from ...actions import denktafels as actions
from ...actions import ontwerpen as drafting
from ...forms.denktafels import (
    AfhandelForm,
    BespreekForm,
    BundelFilters,
    BundelForm,
    DenktafelForm,
    LidForm,
    ReactieForm,
    TekstForm,
    VergaderForm,
    VoorstelForm,
)
from ...models import Bundel, Denktafel, Denktafellid, Ontwerp, Ontwerpreactie, Signaal
from ...queries import denktafels as queries
from ...states.ontwerp import STEPS, Status
from . import for_samenleven, for_writers, page_of, sheet_answer

TEMPLATES = "samenleven/werk/denktafels"
WORDS = {
    Status.ONTWERP: "Zet terug in ontwerp",
    Status.BESPROKEN: "Leg voor aan de leden",
    Status.AANGENOMEN: "De denktafel neemt het aan",
    Status.VOORGESTELD: "Stel voor aan de stad",
}
WEEKS = timedelta(days=21)


@for_samenleven
@require_safe
def table_list(request: StaffRequest) -> HttpResponse:
    """Every denktafel with what it has."""
    context = {"tafels": queries.tables(timezone.localdate()), "mag": rules.may_write(request.user)}
    return render(request, f"{TEMPLATES}/lijst.html", context)


@for_samenleven
@require_safe
def export(request: StaffRequest) -> HttpResponseBase:
    """The denktafels as a file."""
    rows = queries.tables(timezone.localdate())
    header = ["Denktafel", "Traject", "Domein", "Leden", "Bundels", "Ontwerpen", "Aanbevelingen"]
    cells = (
        [row.naam, row.traject.naam, row.domein.naam, row.leden_n, row.bundels_n, row.ontwerpen_n, row.aanbevelingen_n]
        for row in rows
    )
    return sheet_answer(request, "denktafels", header, cells)


@for_writers
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Begin a denktafel, or change what it thinks about."""
    row = get_object_or_404(Denktafel, pk=pk) if pk else Denktafel()
    form = DenktafelForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        saved = actions.save_table(tafel=form.instance, fields=form.cleaned_data)
        messages.success(request, "De denktafel is bewaard.")
        return redirect(saved)
    titel = f"Wijzig {row}" if pk else "Begin een denktafel"
    return _form(request, form, titel, "Bewaar", row if pk else None)


@for_samenleven
@require_safe
def table(request: StaffRequest, pk: int) -> HttpResponse:
    """One denktafel: who sits there, what it has, and when it meets."""
    row = get_object_or_404(Denktafel.objects.select_related("traject", "domein"), pk=pk)
    today, sees = timezone.localdate(), rules.may_see_all(request.user)
    people = list(queries.members(row)) if sees else []
    context = {
        "tafel": row,
        "leden": [(lid, lid.is_lid_op(today)) for lid in people],
        "ziet": sees,
        "bundels": queries.bundles(row),
        "ontwerpen": queries.drafts(row),
        "bijeenkomsten": queries.meetings(row),
        "aanbevelingen": row.aanbevelingen.order_by("nummer") if sees else queries.public_recommendations(row),
        "mag": rules.may_write(request.user),
    }
    return render(request, f"{TEMPLATES}/tafel.html", context)


@for_writers
@require_http_methods(["GET", "POST"])
def member_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Give somebody a place; they get the link to their own page."""
    row = get_object_or_404(Denktafel, pk=pk)
    form = LidForm(request.POST or None, initial={"van": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_member(tafel=row, fields=form.cleaned_data, at=timezone.now())
        except actions.AlLid as error:
            form.add_error("email", f"{error}.".capitalize())
        else:
            messages.success(request, "Het lid staat erbij, en krijgt een mail met de eigen pagina.")
            return redirect(row)
    return _form(request, form, f"Nieuw lid van {row}", "Voeg toe", row)


@for_writers
@require_http_methods(["GET", "POST"])
def member(request: StaffRequest, pk: int) -> HttpResponse:
    """End a mandate today, or remove somebody with all that is known of them; asks first."""
    row = get_object_or_404(Denktafellid.objects.select_related("denktafel"), pk=pk)
    if request.method == "POST":
        if "wis" in request.POST:
            actions.forget_members(pks=[row.pk], at=timezone.now())
            messages.success(request, "De gegevens van dit lid zijn gewist. Wat het zei, blijft zonder naam staan.")
        else:
            actions.end_mandate(lid=row, tot=timezone.localdate())
            messages.success(request, f"Het mandaat van {row.naam} eindigt vandaag.")
        return redirect(row.denktafel)
    return render(request, f"{TEMPLATES}/lid.html", {"lid": row})


@for_writers
@require_http_methods(["GET", "POST"])
def meeting_new(request: StaffRequest, pk: int) -> HttpResponse:
    """Draft a meeting of the table; its own page has the rest."""
    row = get_object_or_404(Denktafel, pk=pk)
    form = VergaderForm(request.POST or None, initial={"titel": str(row)})
    if request.method == "POST" and form.is_valid():
        made = actions.plan_table_meeting(tafel=row, door=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "De bijeenkomst is een ontwerp. Vul ze aan en kondig ze aan.")
        return redirect("wijken:staff_meeting", made.pk)
    return _form(request, form, f"Plan een bijeenkomst van {row}", "Plan", row)


@for_writers
@require_http_methods(["GET", "POST"])
def bundle_edit(request: StaffRequest, pk: int, bundel: int | None = None) -> HttpResponse:
    """Begin a bundle, or change its title and question."""
    tafel = get_object_or_404(Denktafel, pk=pk)
    row = get_object_or_404(Bundel, pk=bundel, denktafel=tafel) if bundel else Bundel(denktafel=tafel)
    form = BundelForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        saved = actions.save_bundle(bundel=form.instance, fields=form.cleaned_data, door=request.user, at=at)
        messages.success(request, "De bundel is bewaard.")
        return redirect(saved)
    return _form(request, form, "Wijzig de bundel" if bundel else "Nieuwe bundel", "Bewaar", row if bundel else tafel)


def _bundle(pk: int) -> Bundel:
    return get_object_or_404(Bundel.objects.select_related("denktafel__traject", "denktafel__domein"), pk=pk)


@for_samenleven
@require_safe
def bundle(request: StaffRequest, pk: int) -> HttpResponse:
    """What is in a bundle; who writes chooses more of what was said."""
    row, mag = _bundle(pk), rules.may_write(request.user)
    visible = Signaal.objects.visible_to(request.user, request.reach)
    filters = BundelFilters(request.GET)
    inside = queries.said(row)
    context = {
        "bundel": row,
        "signalen": inside if rules.may_see_all(request.user) else inside.filter(pk__in=visible),
        "filters": filters,
        "pillen": filters.pills(request.GET),
        "pagina": page_of(request, queries.to_bundle(row, filters.chosen(), visible)) if mag else None,
        "vraag": request.GET.urlencode(),
        "mag": mag,
    }
    return render(request, f"{TEMPLATES}/bundel.html", context)


@for_writers
@require_POST
def bundle_fill(request: StaffRequest, pk: int) -> HttpResponse:
    """Put in what was ticked, or take one thing out."""
    row = _bundle(pk)
    if (gone := request.POST.get("eruit", "")).isdecimal() and len(gone) < 10:
        actions.take_out(bundel=row, signaal=int(gone))
        messages.success(request, "Het is uit de bundel.")
    else:
        numbers = [int(pk) for pk in request.POST.getlist("signaal") if pk.isdecimal() and len(pk) < 10]
        visible = Signaal.objects.visible_to(request.user, request.reach)
        chosen = visible.filter(pk__in=numbers, gesprek__traject=row.denktafel.traject)
        count = actions.put_in(bundel=row, signalen=chosen)
        words = "1 signaal zit nu in de bundel." if count == 1 else f"{count} signalen zitten nu in de bundel."
        messages.success(request, words) if count else messages.warning(request, "Vink eerst aan wat erbij komt.")
    return redirect(f"{row.get_absolute_url()}?{request.GET.urlencode()}")


@for_writers
@require_http_methods(["GET", "POST"])
def draft_new(request: StaffRequest, pk: int) -> HttpResponse:
    """Write the first words of a draft, out of a bundle when `bundel` is in the address."""
    tafel = get_object_or_404(Denktafel, pk=pk)
    asked = request.GET.get("bundel", "")
    source = tafel.bundels.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None
    form = TekstForm(request.POST or None)
    del form.fields["waarom"]
    if request.method == "POST" and form.is_valid():
        made = drafting.begin(tafel=tafel, bundel=source, door=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Het ontwerp is begonnen.")
        return redirect(made)
    return _form(request, form, "Schrijf een ontwerp", "Bewaar", source or tafel)


def _draft(pk: int) -> Ontwerp:
    rows = Ontwerp.objects.select_related("denktafel__traject", "denktafel__domein", "bundel", "aanbeveling")
    return get_object_or_404(rows, pk=pk)


@for_samenleven
def draft(request: StaffRequest, pk: int) -> HttpResponse:
    """A draft: its text version by version, what members say, and the step that comes next."""
    if not rules.may_see_all(request.user):
        raise Http404
    return _draft_page(request, _draft(pk), ReactieForm())


@for_writers
@require_POST
def draft_comment(request: StaffRequest, pk: int) -> HttpResponse:
    """Say something of a draft oneself."""
    row, form = _draft(pk), ReactieForm(request.POST)
    if not form.is_valid():
        return _draft_page(request, row, form)
    drafting.comment(ontwerp=row, door=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "Je reactie staat erbij.")
    return redirect(row)


def _draft_page(request: StaffRequest, row: Ontwerp, form: ReactieForm) -> HttpResponse:
    mag = rules.may_write(request.user)
    context = {
        "ontwerp": row,
        "rondes": queries.rounds(row),
        "form": form,
        "stappen": [(step.value, WORDS[step]) for step in Status if step in STEPS[Status(row.status)]] if mag else [],
        "mag": mag,
        "schrijft": mag and row.status in (Status.ONTWERP, Status.BESPROKEN),
        "historiek": history_of(row, limit=30),
    }
    return render(request, f"{TEMPLATES}/ontwerp.html", context)


@for_writers
@require_http_methods(["GET", "POST"])
def draft_write(request: StaffRequest, pk: int) -> HttpResponse:
    """Write the next version."""
    row = _draft(pk)
    last = row.versies.latest("nummer")
    form = TekstForm(request.POST or None, initial={"titel": row.titel, "tekst": last.tekst})
    if request.method == "POST" and form.is_valid():
        write = {"versie": _number(request.POST.get("versie", "")), "door": request.user, "at": timezone.now()}
        try:
            drafting.write(ontwerp=row, **form.cleaned_data, **write)
        except (drafting.Gewijzigd, drafting.StapKanNiet) as error:
            form.add_error(None, f"{error}.".capitalize())
        else:
            messages.success(request, "De nieuwe versie is bewaard.")
            return redirect(row)
    return _form(request, form, f"Nieuwe versie van {row}", "Bewaar", row, versie=row.versie)


@for_writers
@require_http_methods(["GET", "POST"])
def draft_step(request: StaffRequest, pk: int, naar: str) -> HttpResponse:
    """Take the next step; what it needs is asked."""
    row = _draft(pk)
    if naar not in Status.values or Status(naar) not in STEPS[Status(row.status)]:
        raise Http404
    today = timezone.localdate()
    data = request.POST or None
    form: Any = None
    if naar == Status.BESPROKEN:
        form = BespreekForm(data, initial={"tot": today + WEEKS})
    elif naar == Status.VOORGESTELD:
        form = VoorstelForm(data, initial={"op": today, "gericht_aan": "College van burgemeester en schepenen"})
    if request.method == "POST" and (form is None or form.is_valid()):
        versie, at = _number(request.POST.get("versie", "")), timezone.now()
        try:
            if naar == Status.VOORGESTELD:
                made = drafting.present(ontwerp=row, at=at, versie=versie, **form.cleaned_data)
                messages.success(request, f"Dit is nu aanbeveling {made.nummer}. Ze is nog niet openbaar.")
                return redirect("samenleven:aanbeveling_werk", made.pk)
            tot = form.cleaned_data["tot"] if form else None
            drafting.move(ontwerp=row, naar=naar, tot=tot, at=at, versie=versie)
        except (drafting.Gewijzigd, drafting.StapKanNiet) as error:
            messages.error(request, f"{error}.".capitalize())
        else:
            messages.success(request, "De stap is gezet.")
        return redirect(row)
    return _form(request, form, f"{WORDS[Status(naar)]}: {row}", WORDS[Status(naar)], row, versie=row.versie)


@for_writers
@require_http_methods(["GET", "POST"])
def comment_settle(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what was done with a comment."""
    row = get_object_or_404(Ontwerpreactie.objects.select_related("versie__ontwerp"), pk=pk)
    form = AfhandelForm(request.POST or None, initial={"antwoord": row.antwoord})
    if request.method == "POST" and form.is_valid():
        drafting.settle(reactie=row, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Bewaard. Het lid leest het op de eigen pagina.")
        return redirect(row.versie.ontwerp)
    context = {"reactie": row}
    return _form(request, form, "Wat gebeurde er met deze reactie?", "Bewaar", row.versie.ontwerp, **context)


def _form(request: StaffRequest, form: Any, titel: str, knop: str, terug: Any, **more: Any) -> HttpResponse:
    context = {"form": form, "titel": titel, "knop": knop, "terug": terug, **more}
    return render(request, f"{TEMPLATES}/form.html", context)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0
