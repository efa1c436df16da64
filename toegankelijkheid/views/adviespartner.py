"""The page of a recommendation for a partner, without an account: a signed link opens it. GET changes nothing."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kern import limieten
from kern.prive import private_page, read_token, spoken_to

from ..actions import adviezen as actions
from ..mails.adviezen import SALT
from ..models import Dienstadvies
from ..queries import adviezen as advices
from ..queries.actieplannen import cost
from .adviezen import answer_forms, answered

WRONG_LINKS, HOUR = 20, 3600


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponseBase:
    """The knelpunten with what is recommended, and the answer. A wrong link is counted."""
    address = limieten.client_address(request)
    if limieten.reached("partnerlink", address, WRONG_LINKS):
        return render(request, "wijken/partner_wacht.html", status=429)
    key = read_token(token, SALT)
    row = advices.by_key(key) if key else None
    if row is None or row.partner is None:
        limieten.allow("partnerlink", address, WRONG_LINKS, HOUR)
        return render(request, "wijken/partner_geen_link.html", status=404)
    with spoken_to(request, row.partner.taal):
        if advices.link_is_over(row, timezone.localdate()):
            return render(request, "wijken/partner_geen_link.html", {"verlopen": True}, status=410)
        return _page(request, row)


def _page(request: HttpRequest, row: Dienstadvies) -> HttpResponse:
    lines = advices.lines(row)
    form, forms = answer_forms(request, lines)
    if request.method == "POST":
        if not row.waits:
            return redirect(request.path)  # the second click on one button
        if form.is_valid() and all(one.is_valid() for one in forms):
            # Answered or withdrawn meanwhile: the page tells.
            with suppress(actions.AdviesMagNiet):
                actions.answer(advies=row, door=None, at=timezone.now(), **answered(form, forms))
            return redirect(request.path)
    total = advices.total(lines)
    rows = [(one.regel, cost(one.regel.kost_laag, one.regel.kost_hoog), one) for one in forms]
    context = {"advies": row, "form": form, "regels": rows, "som": total, "raming": cost(total.laag, total.hoog)}
    return render(request, "toegankelijkheid/openbaar/advies.html", context)
