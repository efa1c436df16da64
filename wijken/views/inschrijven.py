"""Coming to a meeting, without an account: register, and see, change or cancel it by the link of the mail.

Opening a page changes nothing: programs that look at mails open every link.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kern import limieten
from kern.prive import private_page, read_token, spoken_to

from .. import actions, mails, queries
from ..forms import InschrijfForm, NodenForm
from ..models import Bijeenkomst, Inschrijving
from ..rules import may_change_registration
from .agenda import card

WRONG_LINKS, PER_MAIL, CHANGES, HOUR = 30, 10, 30, 3600


@never_cache
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Register for a public meeting."""
    row = queries.bijeenkomsten.meeting(pk)
    if row is None:
        raise Http404
    return _register(request, row, reverse("wijken:meeting", args=[row.pk]))


@private_page
def invitation_register(request: HttpRequest, token: str) -> HttpResponse:
    """Register for a meeting that is not for everybody, by the link of the invitation."""
    sleutel = read_token(token, mails.bijeenkomsten.INVITATION_SALT)
    row = queries.bijeenkomsten.invited(sleutel) if sleutel else None
    if row is None:
        raise Http404
    return _register(request, row, reverse("wijken:invitation", args=[token]))


def _register(request: HttpRequest, row: Bijeenkomst, back: str) -> HttpResponse:
    at = timezone.now()
    facts = card(row, at)
    if not facts["open"]:
        messages.warning(request, _("Inschrijven kan nu niet voor deze bijeenkomst."))
        return redirect(back)
    form = InschrijfForm(request.POST if request.method == "POST" else None, bijeenkomst=row)
    if request.method == "POST" and form.is_valid():
        address = limieten.client_address(request)
        if not (
            limieten.allow("inschrijven", address, settings.REGISTRATIONS_PER_ADDRESS, HOUR)
            and limieten.allow("inschrijven-mail", form.cleaned_data["email"], PER_MAIL, HOUR)
        ):
            return render(request, "wijken/agenda/wacht.html", {"terug": back}, status=429)
        if made := _made(form, row):
            return redirect("wijken:registration", mails.bijeenkomsten.token_of(made))
    return render(request, "wijken/agenda/inschrijven.html", {"form": form, "terug": back, **facts})


def _made(form: InschrijfForm, row: Bijeenkomst) -> Inschrijving | None:
    """The registration; None with the reason on the form when it could not be made."""
    at, values = timezone.now(), form.cleaned_data
    try:
        made, _new = actions.register(
            bijeenkomst=row,
            inzending=form.inzending,
            naam=values["naam"],
            email=values["email"],
            aantal=values["aantal"],
            taal=get_language(),
            noden=form.noden,
            at=at,
        )
    except actions.AlIngeschreven as known:
        actions.mail_link_again(inschrijving=known.inschrijving, at=at)
        text = _(
            "Met dit e-mailadres is er al een inschrijving. We mailen je de link: daar kan je ze bekijken, wijzigen "
            "of annuleren. Kom je met meer? Wijzig dan het aantal."
        )
        form.add_error("email", text)
        return None
    except actions.InschrijvenKanNiet:
        form.add_error(None, _("Inschrijven kan niet meer. Kijk op de pagina van de bijeenkomst wat er veranderde."))
        return None
    return made


def by_token(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The registration that the signed link is about, in the language of who made it; else a kind 404."""

    @private_page
    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponseBase:
        address = limieten.client_address(request)
        if limieten.reached("inschrijflink", address, WRONG_LINKS):
            return render(request, "wijken/agenda/wacht.html", {"terug": reverse("wijken:agenda")}, status=429)
        sleutel = read_token(token, mails.bijeenkomsten.REGISTRATION_SALT)
        row = queries.bijeenkomsten.registration(sleutel) if sleutel else None
        if row is None:
            limieten.allow("inschrijflink", address, WRONG_LINKS, HOUR)
            return render(request, "wijken/agenda/geen_link.html", status=404)
        with spoken_to(request, row.taal):
            return view(request, row, token)

    return wrapped


@by_token
def registration(request: HttpRequest, row: Inschrijving, token: str) -> HttpResponse:
    """Where somebody's registration stands, and what they can do with it."""
    context = {
        "inschrijving": row,
        "bijeenkomst": row.bijeenkomst,
        "token": token,
        "beurt": queries.bijeenkomsten.turn(row) if row.is_wachtend else 0,
        "mag": may_change_registration(row, timezone.now()),
        "pagina_url": _meeting_url(row.bijeenkomst),
    }
    return render(request, "wijken/agenda/inschrijving.html", context)


@by_token
def change(request: HttpRequest, row: Inschrijving, token: str) -> HttpResponse:
    """Come with more or fewer people, or ask for something else."""
    if refused := _not_any_more(request, row, token):
        return refused
    form = NodenForm.of(row, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid() and _change(form, row):
        messages.success(request, _("Je inschrijving is gewijzigd."))
        return redirect("wijken:registration", token)
    context = {"form": form, "inschrijving": row, "bijeenkomst": row.bijeenkomst, "token": token}
    return render(request, "wijken/agenda/wijzig.html", context)


def _change(form: NodenForm, row: Inschrijving) -> bool:
    try:
        actions.change_registration(
            inschrijving=row, aantal=form.cleaned_data["aantal"], noden=form.noden, at=timezone.now()
        )
    except actions.TeWeinigPlaatsen as full:
        text = ngettext(
            "Er is nog %(vrij)s plaats vrij. Kies een kleiner aantal.",
            "Er zijn nog %(vrij)s plaatsen vrij. Kies een kleiner aantal.",
            full.vrij,
        )
        none = _("Er zijn geen plaatsen meer vrij. Kies een kleiner aantal.")
        form.add_error("aantal", text % {"vrij": full.vrij} if full.vrij > 0 else none)
        return False
    except actions.InschrijvenKanNiet:
        form.add_error(None, _("Je inschrijving kan niet meer veranderen."))
        return False
    return True


@by_token
def cancel(request: HttpRequest, row: Inschrijving, token: str) -> HttpResponse:
    """Ask whether they come not after all; the one button says so."""
    if refused := _not_any_more(request, row, token):
        return refused
    if request.method != "POST":
        context: dict[str, Any] = {"inschrijving": row, "bijeenkomst": row.bijeenkomst, "token": token}
        return render(request, "wijken/agenda/annuleer.html", context)
    try:
        actions.cancel_registration(inschrijving=row, at=timezone.now())
    except actions.InschrijvenKanNiet:
        messages.warning(request, _("Je inschrijving kan niet meer veranderen."))
    else:
        messages.success(request, _("Je inschrijving is geannuleerd. Bedankt om het te laten weten."))
    return redirect("wijken:registration", token)


def _not_any_more(request: HttpRequest, row: Inschrijving, token: str) -> HttpResponse | None:
    if not may_change_registration(row, timezone.now()):
        if not row.is_geannuleerd:
            messages.warning(request, _("Je inschrijving kan niet meer veranderen."))
        return redirect("wijken:registration", token)
    if request.method == "POST" and not limieten.allow("inschrijving", token, CHANGES, HOUR):
        back = reverse("wijken:registration", args=[token])
        return render(request, "wijken/agenda/wacht.html", {"terug": back}, status=429)
    return None


def _meeting_url(row: Bijeenkomst) -> str:
    return row.get_absolute_url() if row.is_openbaar else mails.bijeenkomsten.invitation_path(row)
