"""What partners answer without an account: the yearly question whether their contact data are still right."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from kern import limieten
from kern.prive import private_page, read_token, spoken_to

from .. import actions, mails, queries
from ..forms import PartnerContactForm, PersoonContactForm
from ..models import Contactvraag

WRONG_LINKS, ANSWERS, HOUR = 20, 20, 3600


@private_page
def contact(request: HttpRequest, token: str) -> HttpResponse:
    """The yearly question to a partner: one click confirms, a form says what changed. GET changes nothing."""
    address = limieten.client_address(request)
    if limieten.reached("partnerlink", address, WRONG_LINKS):
        return render(request, "wijken/partner_wacht.html", status=429)
    sleutel = read_token(token, mails.LINK_SALT)
    vraag = queries.contact_question(sleutel) if sleutel else None
    if vraag is None:
        limieten.allow("partnerlink", address, WRONG_LINKS, HOUR)
        return render(request, "wijken/partner_geen_link.html", status=404)
    with spoken_to(request, vraag.partner.taal):
        if not queries.link_works(vraag, timezone.now()):
            return render(request, "wijken/partner_geen_link.html", {"verlopen": True}, status=410)
        if request.method == "POST" and vraag.antwoord:
            return redirect(request.path)  # the second click on one button
        if request.method != "POST":
            return _contact_page(request, vraag, None)
        if not limieten.allow("partnercontact", token, ANSWERS, HOUR):
            return render(request, "wijken/partner_wacht.html", status=429)
        return _answer_contact(request, vraag)


def _answer_contact(request: HttpRequest, vraag: Contactvraag) -> HttpResponse:
    if "klopt" in request.POST and not request.POST.get("thuis"):
        actions.confirm_contact(vraag=vraag, at=timezone.now())
        return redirect(request.path)
    form = _form_for(vraag, request.POST)
    if not form.is_valid() or form.cleaned_data.pop("thuis"):
        return _contact_page(request, vraag, form)
    actions.correct_contact(vraag=vraag, at=timezone.now(), **form.cleaned_data)
    return redirect(request.path)


def _contact_page(request: HttpRequest, vraag: Contactvraag, form: PartnerContactForm | None) -> HttpResponse:
    context = {"vraag": vraag, "partner": vraag.partner, "persoon": vraag.persoon, "form": form or _form_for(vraag)}
    return render(request, "wijken/partner_contact.html", context)


def _form_for(vraag: Contactvraag, data: QueryDict | None = None) -> PartnerContactForm:
    """The form of a partner, or of one of its people, filled in with what is known."""
    kind = PersoonContactForm if vraag.persoon else PartnerContactForm
    known = vraag.persoon or vraag.partner
    names = [name for name in kind.base_fields if hasattr(known, name)]
    return kind(data, initial={name: getattr(known, name) for name in names})
