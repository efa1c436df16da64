"""What a partner thinks of a proposal, without an account: a signed link opens one page. GET never changes anything."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kern import limieten
from kern.prive import private_page, read_token, spoken_to

from .. import actions, mails
from ..forms import PartnerAdviesForm
from ..models import Advies
from ..queries import voorstellen

WRONG_LINKS, ANSWERS, HOUR = 20, 30, 3600


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def advice_partner(request: HttpRequest, token: str) -> HttpResponse:
    """The proposal, and what this partner thinks of it; POST says it, again as long as it is not decided."""
    address = limieten.client_address(request)
    if limieten.reached("partnerlink", address, WRONG_LINKS):
        return render(request, "wijken/partner_wacht.html", status=429)
    sleutel = read_token(token, mails.ADVICE_SALT)
    advies = voorstellen.advice_by_key(sleutel) if sleutel else None
    if advies is None or advies.partner is None:
        limieten.allow("partnerlink", address, WRONG_LINKS, HOUR)
        return render(request, "wijken/partner_geen_link.html", status=404)
    with spoken_to(request, advies.partner.taal):
        if not voorstellen.advice_link_works(advies, timezone.localdate()):
            return render(request, "wijken/partner_geen_link.html", {"verlopen": True}, status=410)
        response = _answer(request, advies) if request.method == "POST" else _page(request, advies, None)
        response.headers.setdefault("Content-Language", get_language() or "nl")
        return response


def _answer(request: HttpRequest, advies: Advies) -> HttpResponse:
    if not limieten.allow("partneradvies", str(advies.sleutel), ANSWERS, HOUR):
        return render(request, "wijken/partner_wacht.html", status=429)
    form = PartnerAdviesForm(request.POST)
    if not form.is_valid():
        return _page(request, advies, form)
    words = {name: form.cleaned_data[name] for name in ("standpunt", "tekst", "naam")}
    try:
        actions.give_advice(advies=advies, at=timezone.now(), **words)
    except actions.StapKanNiet:
        messages.warning(request, _("Over dit voorstel wordt niet meer overlegd. Er is niets veranderd."))
    else:
        messages.success(request, _("Dank je. De stad heeft jullie mening."))
    return redirect(request.path)


def _page(request: HttpRequest, advies: Advies, form: PartnerAdviesForm | None) -> HttpResponse:
    known = {"standpunt": advies.standpunt, "tekst": advies.tekst, "naam": advies.naam}
    context = {
        "advies": advies,
        "voorstel": advies.voorstel,
        "form": form or PartnerAdviesForm(initial=known),
        "mag": advies.voorstel.in_overleg and advies.is_gevraagd,
        "vandaag": timezone.localdate(),
    }
    return render(request, "wijken/advies.html", context)
