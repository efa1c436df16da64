"""Meetings for staff: the list, planning, announcing, and what happens until they are rounded off."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kern.geo.forms import map_context

from .. import actions, mails, queries, registry, rules
from ..forms import (
    AfgelastForm,
    BijeenkomstForm,
    KopieForm,
    PlaatsenForm,
    StafInschrijfForm,
    VerplaatsForm,
    WerkFilter,
)
from ..gate import StaffRequest, for_staff
from ..models import Bijeenkomst
from . import agenda

GONE = "Iemand anders was je voor. Kijk na wat er nu staat en doe het opnieuw als het nog nodig is."


@for_staff
def meeting_list(request: StaffRequest) -> HttpResponse:
    """The meetings of my wijken and teams: what is to be done first."""
    rows, form = chosen(request)
    page = Paginator(rows, queries.bijeenkomsten.STAFF_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    was_held = form.cleaned_data.get("status") == "geweest"
    context = {
        "pagina": page,
        "form": form,
        "aanwezigen": queries.bijeenkomsten.attendance(rows) if was_held else None,
        "mijn": queries.bijeenkomsten.runs(request.user, request.reach, page.object_list),
        "mag_plannen": bool(queries.bijeenkomsten.plannable(request.user)),
        "filters": kept.urlencode(),
        "nu": timezone.now(),
    }
    return render(request, "wijken/werk/bijeenkomsten/lijst.html", context)


def chosen(request: StaffRequest) -> tuple[Any, WerkFilter]:
    """The meetings of the list as it is filtered, and the filters."""
    form = WerkFilter(request.GET)
    keuze = queries.bijeenkomsten.Stafkeuze(timezone.now(), **form.chosen())
    return queries.bijeenkomsten.staff_meetings(request.user, request.reach, keuze), form


@for_staff
def new(request: StaffRequest) -> HttpResponse:
    """Plan a meeting; it stays a draft until it is announced."""
    if not queries.bijeenkomsten.plannable(request.user):
        raise Http404
    begin = timezone.localtime(timezone.now() + timedelta(days=21)).replace(hour=19, minute=30, second=0)
    initial = {"begin": begin, "einde": begin + timedelta(hours=2), "soort": request.GET.get("soort", "")}
    form = BijeenkomstForm(
        request.POST if request.method == "POST" else None,
        user=request.user,
        reach=request.reach,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        row = actions.plan_meeting(door=request.user, at=timezone.now(), **form.values())
        messages.success(request, "Bewaard als concept. Kijk de openbare pagina na en kondig ze dan aan.")
        return redirect("wijken:staff_meeting", row.pk)
    return render(request, "wijken/werk/bijeenkomsten/bewerk.html", {"form": form, "bijeenkomst": None})


@for_staff
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One meeting: the facts, who comes and what they need, and what I can do now."""
    row = get(request, pk)
    runs = rules.may_run_meeting(request.user, request.reach, row)
    lists = queries.bijeenkomsten.registrations(row) if runs else {}
    context = {
        **agenda.card(row, timezone.now()),
        "mag": runs,
        "lijsten": lists,
        "telling": queries.bijeenkomsten.counted(row),
        "noden": queries.bijeenkomsten.needs_of(lists.get("bevestigd", [])),
        "mix": queries.bijeenkomsten.mix_of(row),
        "besluiten": _with_what_came(request, row),
        "uitnodiging": "" if row.is_openbaar else request.build_absolute_uri(mails.bijeenkomsten.invitation_path(row)),
        "kan_aankondigen": row.is_concept and row.begin > timezone.now(),
        "begonnen": row.begin <= timezone.now(),
        "kopie": KopieForm(initial={"begin": timezone.localtime(row.begin + timedelta(days=7))}),
        "kaart": map_context(),
        "punt_url": agenda.place_url(row),
    }
    return render(request, "wijken/werk/bijeenkomsten/detail.html", context)


def _with_what_came(request: StaffRequest, row: Bijeenkomst) -> list[dict[str, Any]]:
    """The decisions of a meeting, each with what came of it and where more can be made of it."""
    besluiten = list(row.besluiten.all())
    came = queries.besluiten.came_of(besluiten, request.user, request.reach) if besluiten else {}
    goals = registry.decision_goals(request.user)
    return [
        {
            "besluit": besluit,
            "gevolgen": came.get(besluit.pk, []),
            "doelen": [(goal.vraag, goal.url(besluit)) for goal in goals],
        }
        for besluit in besluiten
    ]


@for_staff
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change what is told; when and where of an announced one are on the page that tells everybody."""
    row = to_run(request, pk)
    if not (row.is_concept or row.is_aangekondigd):
        return redirect("wijken:staff_meeting", pk)
    posted = request.POST if request.method == "POST" else None
    form = BijeenkomstForm(posted, instance=row, user=request.user, reach=request.reach)
    if posted and form.is_valid():

        def act() -> object:
            return actions.edit_meeting(
                bijeenkomst=row, versie=form.cleaned_data["versie"] or 0, at=timezone.now(), **form.values()
            )

        if attempt(form, act):
            messages.success(request, "Bewaard.")
            return redirect("wijken:staff_meeting", pk)
    return render(request, "wijken/werk/bijeenkomsten/bewerk.html", {"form": form, "bijeenkomst": row})


@for_staff
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """The public page as it will be, or is; nothing on it works."""
    row = to_run(request, pk)
    return agenda.page(request, row, "", voorbeeld=reverse("wijken:staff_meeting", args=[pk]))


@for_staff
def announce(request: StaffRequest, pk: int) -> HttpResponse:
    """Put it in the public agenda."""
    row = to_run(request, pk)

    def act() -> object:
        return actions.announce_meeting(bijeenkomst=row, versie=_version(request), at=timezone.now())

    return _do(request, row, act, "De bijeenkomst staat in de agenda.")


@for_staff
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    row = to_run(request, pk)

    def act() -> object:
        return actions.drop_meeting(bijeenkomst=row, versie=_version(request))

    return _do(request, row, act, "Het concept is weg.", to="wijken:staff_meetings")


@for_staff
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """Another moment or place: everybody who comes hears it, and the mail is shown first."""
    row = to_run(request, pk)
    if not row.is_aangekondigd:
        return redirect("wijken:staff_meeting", pk)
    form = VerplaatsForm.of(row, *([request.POST] if request.method == "POST" else []))
    context = {"form": form, "bijeenkomst": row, "telling": queries.bijeenkomsten.counted(row)}
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        if "verstuur" not in request.POST:
            later = Bijeenkomst.objects.select_related("team").get(pk=pk)
            for name in actions.MOVES:
                setattr(later, name, values[name])
            context["mail"] = mails.bijeenkomsten.preview_of(
                later, "bijeenkomst_verplaatst", toelichting=values["toelichting"], was=row.begin
            )
        elif attempt(form, lambda: actions.move_meeting(bijeenkomst=row, at=timezone.now(), **values)):
            messages.success(request, "De bijeenkomst is verplaatst. Wie ingeschreven is, krijgt een mail.")
            return redirect("wijken:staff_meeting", pk)
    return render(request, "wijken/werk/bijeenkomsten/verplaats.html", context)


@for_staff
def call_off(request: StaffRequest, pk: int) -> HttpResponse:
    """Call it off, with a reason: everybody who would come hears it, and the mail is shown first."""
    row = to_run(request, pk)
    if not row.is_aangekondigd:
        return redirect("wijken:staff_meeting", pk)
    form = AfgelastForm(request.POST if request.method == "POST" else None, initial={"versie": row.versie})
    context = {"form": form, "bijeenkomst": row, "telling": queries.bijeenkomsten.counted(row)}
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if "verstuur" not in request.POST:
            context["mail"] = mails.bijeenkomsten.preview_of(row, "bijeenkomst_afgelast", toelichting=values["reden"])
        elif attempt(form, lambda: actions.call_off_meeting(bijeenkomst=row, at=timezone.now(), **values)):
            messages.success(request, "De bijeenkomst is afgelast. Wie ingeschreven is, krijgt een mail.")
            return redirect("wijken:staff_meeting", pk)
    return render(request, "wijken/werk/bijeenkomsten/afgelast.html", context)


@for_staff
def capacity(request: StaffRequest, pk: int) -> HttpResponse:
    """More or fewer places; who waits gets what comes free."""
    row = to_run(request, pk)
    if not (row.is_concept or row.is_aangekondigd):
        return redirect("wijken:staff_meeting", pk)
    initial = {"capaciteit": row.capaciteit, "gereserveerd": row.gereserveerd}
    form = PlaatsenForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        promoted = actions.set_capacity(bijeenkomst=row, at=timezone.now(), **form.cleaned_data)
        more = f" {promoted} van de wachtlijst kregen een plaats en een mail." if promoted else ""
        messages.success(request, f"Bewaard.{more}")
        return redirect("wijken:staff_meeting", pk)
    context = {"form": form, "bijeenkomst": row, "telling": queries.bijeenkomsten.counted(row)}
    return render(request, "wijken/werk/bijeenkomsten/plaatsen.html", context)


@for_staff
def copy(request: StaffRequest, pk: int) -> HttpResponse:
    """A draft of the same on another day."""
    row = to_run(request, pk)
    form = KopieForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = actions.copy_meeting(
            bijeenkomst=row, begin=form.cleaned_data["begin"], door=request.user, at=timezone.now()
        )
        messages.success(request, "Dit is het concept van de volgende. Kijk het na en kondig het aan.")
        return redirect("wijken:staff_meeting", made.pk)
    return render(request, "wijken/werk/bijeenkomsten/kopie.html", {"form": form, "bijeenkomst": row})


@for_staff
def enrol(request: StaffRequest, pk: int) -> HttpResponse:
    """Register somebody who called or came by."""
    row = to_run(request, pk)
    if not row.is_aangekondigd:
        return redirect("wijken:staff_meeting", pk)
    posted = request.POST if request.method == "POST" else None
    form = StafInschrijfForm(posted, bijeenkomst=row, initial={"inzending": uuid.uuid4(), "taal": "nl"})
    if posted and form.is_valid():
        names = ("inzending", "naam", "email", "telefoon", "taal", "aantal")
        values = {name: form.cleaned_data[name] for name in names}

        def act() -> object:
            return actions.register(bijeenkomst=row, noden=form.noden, door=request.user, at=timezone.now(), **values)

        if attempt(form, act):
            messages.success(request, "Ingeschreven. Met een e-mailadres kregen ze een bevestiging.")
            return redirect("wijken:staff_meeting", pk)
    return render(request, "wijken/werk/bijeenkomsten/schrijf_in.html", {"form": form, "bijeenkomst": row})


@for_staff
def cancel(request: StaffRequest, pk: int, inschrijving: int) -> HttpResponse:
    """Cancel for somebody who called; asked first, because a place that is given away does not come back."""
    row = to_run(request, pk)
    found = row.inschrijvingen.filter(pk=inschrijving).first()
    if found is None:
        raise Http404
    if request.method != "POST":
        context = {"bijeenkomst": row, "inschrijving": found}
        return render(request, "wijken/werk/bijeenkomsten/annuleer.html", context)
    try:
        actions.cancel_registration(inschrijving=found, door=request.user, at=timezone.now())
    except actions.InschrijvenKanNiet:
        messages.warning(request, "Deze inschrijving kan niet meer veranderen.")
    else:
        messages.success(request, "De inschrijving is geannuleerd.")
    return redirect("wijken:staff_meeting", pk)


def get(request: StaffRequest, pk: int) -> Bijeenkomst:
    """A meeting that this person may see; else it is not there."""
    row = queries.bijeenkomsten.staff_meeting(request.user, request.reach, pk)
    if row is None:
        raise Http404
    return row


def to_run(request: StaffRequest, pk: int) -> Bijeenkomst:
    """A meeting that this person runs; else the page is not there."""
    row = get(request, pk)
    if not rules.may_run_meeting(request.user, request.reach, row):
        raise Http404
    return row


def attempt(form: Any, act: Callable[[], object]) -> bool:
    """Do it; when it cannot be done, say why on the form. Whether it was done."""
    try:
        act()
    except actions.BijeenkomstGewijzigd:
        form.add_error(None, GONE)
    except actions.AlIngeschreven:
        form.add_error("email", "Met dit e-mailadres is al iemand ingeschreven.")
    except ValueError as error:
        form.add_error(None, f"{str(error).capitalize()}.")
    else:
        return True
    return False


def _version(request: StaffRequest) -> int:
    text = request.POST.get("versie", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _do(request: StaffRequest, row: Bijeenkomst, act: Callable[[], object], done: str, to: str = "") -> HttpResponse:
    if request.method != "POST":
        return redirect("wijken:staff_meeting", row.pk)
    try:
        act()
    except actions.BijeenkomstGewijzigd:
        messages.warning(request, GONE)
    except ValueError as error:
        messages.warning(request, f"{str(error).capitalize()}.")
    else:
        messages.success(request, done)
        if to:
            return redirect(to)
    return redirect("wijken:staff_meeting", row.pk)
