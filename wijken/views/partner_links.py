"""What partners do without an account: their half-year report and what they took on, each by a signed link.

GET changes nothing, so a mail scanner does no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kern import limieten
from kern.prive import private_page, read_token, spoken_to

from .. import actions, mails
from ..forms.partnerlink import AfspraakAntwoordForm, VerslagForm
from ..models import Afspraak, Halfjaarverslag
from ..queries import netwerk
from ..rules import REPORT_LINK_DAYS, TASK_LINK_DAYS
from ..states.netwerk import Verslagstatus

WRONG_LINKS, ANSWERS, HOUR = 20, 40, 3600


def by_link(salt: str, find: Callable[[UUID], Any], days: int, language: Callable[[Any], str]) -> Any:
    """Give the view what the signed link opens, in the language of the partner. A wrong link is counted."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapped(request: HttpRequest, token: str) -> HttpResponseBase:
            address = limieten.client_address(request)
            if limieten.reached("partnerlink", address, WRONG_LINKS):
                return render(request, "wijken/partner_wacht.html", status=429)
            key = read_token(token, salt)
            row = find(key) if key else None
            if row is None:
                limieten.allow("partnerlink", address, WRONG_LINKS, HOUR)
                return render(request, "wijken/partner_geen_link.html", status=404)
            with spoken_to(request, language(row)):
                if timezone.localdate() > row.uiterlijk + timedelta(days=days):
                    return render(request, "wijken/partner_geen_link.html", {"verlopen": True}, status=410)
                if request.method == "POST" and not limieten.allow("partnerpagina", str(key), ANSWERS, HOUR):
                    return render(request, "wijken/partner_wacht.html", status=429)
                response = view(request, row)
                response.headers.setdefault("Content-Language", get_language() or "nl")
                return response

        return private_page(wrapped)

    return decorate


@by_link(mails.REPORT_SALT, netwerk.report_by_key, REPORT_LINK_DAYS, lambda row: str(row.overeenkomst.partner.taal))
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, verslag: Halfjaarverslag) -> HttpResponse:
    """The half-year report: keep a draft, or send it in. What is missing is said, and kept all the same."""
    if verslag.status != Verslagstatus.GEVRAAGD:
        if request.method == "POST":
            messages.info(request, _("Dit verslag is al verstuurd. Er is niets veranderd."))
            return redirect(request.path)
        return render(request, "wijken/partner_verslag.html", {"verslag": verslag})
    if request.method != "POST":
        return _report_page(request, verslag, VerslagForm(verslag=verslag))
    draft = "bewaar" in request.POST
    form = VerslagForm(request.POST, verslag=verslag, draft=draft)
    valid = form.is_valid()
    if form.cleaned_data.get("thuis"):
        return _report_page(request, verslag, form)
    words = {"verslag": verslag, "tekst": form.cleaned_data.get("tekst", ""), "regels": form.regels()}
    try:
        if valid and not draft:
            actions.send_report(at=timezone.now(), **words)
            messages.success(request, _("Dank je. De stad heeft je verslag."))
            return redirect(request.path)
        actions.keep_report(**words)
    except actions.VerslagDicht:
        messages.info(request, _("Dit verslag is al verstuurd. Er is niets veranderd."))
        return redirect(request.path)
    if valid:
        messages.success(request, _("Bewaard. Je kan later verderwerken met dezelfde link."))
        return redirect(request.path)
    return _report_page(request, verslag, form)


@by_link(mails.TASK_SALT, netwerk.task_by_key, TASK_LINK_DAYS, lambda row: row.partner.taal if row.partner else "nl")
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, afspraak: Afspraak) -> HttpResponse:
    """What the partner took on: done, later or not. After that nothing is asked any more."""
    form = (
        AfspraakAntwoordForm(request.POST if request.method == "POST" else None)
        if afspraak.is_open and afspraak.partner
        else None
    )
    if request.method == "POST" and form is None:
        return redirect(request.path)  # the second click on one button
    if form is not None and form.is_bound and form.is_valid() and not form.cleaned_data["thuis"]:
        _answer(afspraak, form.cleaned_data)
        messages.success(request, _("Dank je, we weten het."))
        return redirect(request.path)
    context = {"afspraak": afspraak, "form": form, "vandaag": timezone.localdate()}
    return render(request, "wijken/partner_afspraak.html", context)


def _answer(afspraak: Afspraak, answer: dict[str, Any]) -> None:
    at, words = timezone.now(), answer["woorden"]
    if answer["antwoord"] == "gedaan":
        actions.finish_task(afspraak=afspraak, afloop=words, at=at, door_partner=True)
    elif answer["antwoord"] == "later":
        actions.move_task(afspraak=afspraak, uiterlijk=answer["dag"], woorden=words, at=at, door_partner=True)
    else:
        actions.fail_task(afspraak=afspraak, afloop=words, at=at, door_partner=True)


def _report_page(request: HttpRequest, verslag: Halfjaarverslag, form: VerslagForm) -> HttpResponse:
    return render(request, "wijken/partner_verslag.html", {"verslag": verslag, "form": form})
