"""The follow page of a report, and what its reporter does there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kern import limieten
from kern.beelden import actions as beelden
from kern.beelden.models import Maat
from kern.beelden.views import respond
from kern.vertaling import SOURCE_LANGUAGE
from wijken.queries import public_steps

from .. import actions, publiek
from ..actions import StapNietMogelijk, resident
from ..forms.follow import AddForm, AnswerForm, CodeForm, DiffersForm, ReopenForm, WithdrawForm
from ..models import Gebeurtenis, Melding
from ..queries import follow as queries
from ..rules import may_reopen, may_separate, may_withdraw
from ..states import Sluitreden, Status
from .private import by_code, private_page, too_many_photos, too_many_wrong, unknown_code

CHANGES, HOUR = 20, 3600


@require_safe
@private_page
def follow(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code, and go to the report that has it."""
    form = CodeForm(request.GET or None)
    if not form.is_bound:
        return render(request, "meldingen/volgen/zoek.html", {"form": form})
    if refused := too_many_wrong(request):
        return refused
    if form.is_valid() and queries.by_code(form.cleaned_data["code"]):
        return redirect("meldingen:status", form.cleaned_data["code"])
    return unknown_code(request, form)


@by_code
@require_safe
def status(request: HttpRequest, melding: Melding) -> HttpResponse:
    """Where the report stands, its story, and what the reporter can do now."""
    context = {
        "pagina": queries.follow_page(melding, timezone.now()),
        "antwoordformulier": AnswerForm(),
        "wijkstappen": public_steps(melding),
    }
    return render(request, "meldingen/volgen/status.html", context)


@by_code
def add(request: HttpRequest, melding: Melding) -> HttpResponse:
    """More words or photos with an open report."""
    if not melding.is_open:
        return _not_now(request, melding)
    if refused := too_many_photos(request):
        return refused
    form = _bound(AddForm, request)
    if not form.is_valid():
        return _ask(
            request,
            melding,
            form,
            titel=_("Vul je melding aan"),
            uitleg=_("Wie je melding behandelt, leest wat je hier schrijft. Foto’s blijven privé."),
            knop=_("Voeg toe aan je melding"),
        )
    tekst, photos, at = form.cleaned_data["tekst"], form.cleaned_data["beelden"], timezone.now()

    def act() -> None:
        resident.add(melding=melding, tekst=tekst, beelden=[beelden.store(foto).pk for foto in photos], at=at)

    return _do(request, melding, act, _("Dank je. We voegden dit toe aan je melding."))


@by_code
def answer(request: HttpRequest, melding: Melding) -> HttpResponse:
    """The answer to the city's question."""
    done = _("Dank je. We hebben je antwoord en werken verder.")
    form = _bound(AnswerForm, request)
    valid = form.is_valid()
    if melding.status != Status.WACHT_OP_MELDER:
        said = valid and queries.was_said(melding, Gebeurtenis.Soort.ANTWOORD, form.cleaned_data["tekst"])
        return _done(request, melding, done) if said else _not_now(request, melding)
    if not valid:
        vraag = queries.follow_page(melding, timezone.now()).vraag
        return _ask(
            request,
            melding,
            form,
            titel=_("Antwoord op onze vraag"),
            uitleg=vraag,
            uitleg_taal=SOURCE_LANGUAGE,
            knop=_("Verstuur je antwoord"),
        )
    tekst, at = form.cleaned_data["tekst"], timezone.now()
    return _do(request, melding, lambda: resident.answer(melding=melding, tekst=tekst, at=at), done)


@by_code
def withdraw(request: HttpRequest, melding: Melding) -> HttpResponse:
    """Take the report back, after a question."""
    done = _("We hebben je melding ingetrokken. We doen er niets meer mee.")
    if not may_withdraw(melding):
        already = request.method == "POST" and melding.sluitreden == Sluitreden.INGETROKKEN
        return _done(request, melding, done) if already else _not_now(request, melding)
    form = _bound(WithdrawForm, request)
    if not form.is_valid():
        return _ask(
            request,
            melding,
            form,
            titel=_("Wil je je melding intrekken?"),
            uitleg=_("Dan sluiten we ze af en doen we er niets meer mee. Je kan ze nog 30 dagen heropenen."),
            knop=_("Trek je melding in"),
            gevaar=True,
        )
    reden, at = form.cleaned_data["reden"], timezone.now()
    return _do(request, melding, lambda: resident.withdraw(melding=melding, reden=reden, at=at), done)


@by_code
def reopen(request: HttpRequest, melding: Melding) -> HttpResponse:
    """Say that it is not solved, within 30 days."""
    done, at = _("Je melding is weer open. We bekijken ze opnieuw."), timezone.now()
    if not may_reopen(melding, at):
        again = request.method == "POST" and melding.status == Status.HEROPEND
        return _done(request, melding, done) if again else _not_now(request, melding)
    form = _bound(ReopenForm, request)
    if not form.is_valid():
        return _ask(
            request,
            melding,
            form,
            titel=_("Is het niet in orde?"),
            uitleg=_("Dan zetten we je melding weer open, met een nieuwe datum."),
            knop=_("Heropen je melding"),
        )
    reden = form.cleaned_data["reden"]
    return _do(request, melding, lambda: resident.reopen(melding=melding, reden=reden, at=at), done)


@by_code
def differs(request: HttpRequest, melding: Melding) -> HttpResponse:
    """Say that this report is not the same as the one it was merged with, within 30 days."""
    done, at = _("Dank je. We bekijken jouw melding weer apart."), timezone.now()
    if not may_separate(melding, at):
        again = request.method == "POST" and melding.status == Status.HEROPEND
        return _done(request, melding, done) if again else _not_now(request, melding)
    form = _bound(DiffersForm, request)
    if not form.is_valid():
        return _ask(
            request,
            melding,
            form,
            titel=_("Gaat jouw melding over iets anders?"),
            uitleg=_("Dan halen we ze los van de andere melding. Ze staat weer open, met een nieuwe datum."),
            knop=_("Mijn melding is iets anders"),
        )
    reden = form.cleaned_data["reden"]
    return _do(request, melding, lambda: actions.separate(melding=melding, reden=reden, at=at), done)


@by_code
def mails(request: HttpRequest, melding: Melding) -> HttpResponse:
    """Turn the mails about this report on or off."""
    if request.method != "POST":
        return redirect("meldingen:status", melding.code)
    wanted = request.POST.get("aan") == "ja"
    done = _("Je krijgt weer mails over deze melding.") if wanted else _("Je krijgt geen mails meer over deze melding.")
    return _do(request, melding, lambda: resident.choose_mails(melding=melding, wil_bericht=wanted), done)


@by_code
def forget(request: HttpRequest, melding: Melding) -> HttpResponse:
    """Wipe who reported, after a question."""
    done = _("We hebben je naam, mailadres en telefoonnummer gewist.")
    if request.method != "POST":
        return _ask(
            request,
            melding,
            forms.Form(),
            titel=_("Wil je dat we je gegevens wissen?"),
            uitleg=_(
                "We wissen je naam, mailadres en telefoonnummer, ook uit de mails die we stuurden. "
                "Je krijgt geen mails meer. Dit kan je niet ongedaan maken.\n\n"
                "Je melding zelf blijft: de plaats, wat je schreef, je foto’s en het verhaal. Ook de code blijft "
                "werken. Staan er in je tekst of op een foto gegevens van jou? Vraag ons dan om die weg te doen.\n\n"
                "Had je nog andere meldingen? Daar blijven je gegevens staan tot je ze ook daar laat wissen."
            ),
            knop=_("Wis mijn gegevens"),
            gevaar=True,
        )
    return _do(request, melding, lambda: resident.forget(melding=melding, at=timezone.now()), done)


@by_code
@require_safe
def data(request: HttpRequest, melding: Melding) -> JsonResponse:
    """All that is kept of this reporter and report, to take along."""
    response = JsonResponse(
        queries.own_data(melding, timezone.localdate()), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = f'attachment; filename="melding-{melding.pk}.json"'
    return response


@by_code
@require_safe
def photo(request: HttpRequest, melding: Melding, beeld: Any, maat: str) -> HttpResponseBase:
    """A photo of this report, for who has the code."""
    row = queries.photo_of(melding, beeld)
    if row is None or maat not in Maat.values:
        raise Http404
    return respond(row, maat, request)


def _bound(form_class: type[forms.Form], request: HttpRequest) -> Any:
    return form_class(request.POST, request.FILES) if request.method == "POST" else form_class()


def _ask(request: HttpRequest, melding: Melding, form: forms.Form, **words: Any) -> HttpResponse:
    return render(request, "meldingen/volgen/handeling.html", {"melding": melding, "form": form, **words})


def _do(request: HttpRequest, melding: Melding, act: Callable[[], object], done: str) -> HttpResponse:
    if not limieten.allow("volgpagina", melding.code, CHANGES, HOUR):
        messages.warning(request, _("Je deed dit uur al veel met je melding. Probeer het over een uur opnieuw."))
        return redirect("meldingen:status", melding.code)
    try:
        act()
    except StapNietMogelijk:
        melding.refresh_from_db()
        return _not_now(request, melding)
    return _done(request, melding, done)


def _done(request: HttpRequest, melding: Melding, done: str) -> HttpResponse:
    messages.success(request, done)
    return redirect("meldingen:status", melding.code)


def _not_now(request: HttpRequest, melding: Melding) -> HttpResponse:
    woord = publiek.public_status(melding, on=timezone.localdate(), eigen=True).woord
    messages.warning(request, _("Dat kan nu niet: je melding is %(status)s.") % {"status": woord})
    return redirect("meldingen:status", melding.code)
