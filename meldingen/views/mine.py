"""“Al mijn meldingen”: a link by mail to all reports of one address."""

import hashlib

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kern import limieten

from .. import actions, mails
from ..forms.follow import AddressForm
from ..queries import follow as queries
from ..queries import gegevens
from .gegevens import as_download
from .private import private_page

LINK_SECONDS = 2 * 3600
REQUESTS, PER_ADDRESS, DOWNLOADS, HOUR = 20, 4, 30, 3600


@private_page
def request_link(request: HttpRequest) -> HttpResponse:
    """Mail the link to an address that reported before. The answer is the same for every address."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(
            request, "meldingen/volgen/mijn_vraag.html", {"form": form, "verstuurd": "verstuurd" in request.GET}
        )
    if not limieten.allow("mijn-aanvraag", limieten.client_address(request), REQUESTS, HOUR):
        return render(request, "meldingen/volgen/wacht.html", status=429)
    email = form.cleaned_data["email"].lower()
    if limieten.allow("mijn-adres", email, PER_ADDRESS, HOUR) and queries.by_address(email):
        mails.my_reports(email, get_language() or "nl", _occasion(email))
    return redirect(reverse("meldingen:mine_request") + "?verstuurd")


@private_page
@require_safe
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """All reports of the address in the signed link; good for two hours."""
    email = _address(token)
    if email is None:
        return _expired(request)
    context = {"meldingen": queries.own_cards(email, timezone.localdate()), "token": token}
    return render(request, "meldingen/volgen/mijn.html", context)


@private_page
@require_safe
def everything(request: HttpRequest, token: str) -> HttpResponseBase:
    """Everything that is kept on the address in the signed link, as a ZIP."""
    email = _address(token)
    if email is None:
        return _expired(request)
    if not limieten.allow("mijn-gegevens", email, DOWNLOADS, HOUR):
        return render(request, "meldingen/volgen/wacht.html", status=429)
    found = gegevens.on_address(email)
    actions.asked(email=email, aantal=len(found.meldingen), door=None, at=timezone.now())
    return as_download(found)


def _address(token: str) -> str | None:
    """The address in a signed link; None when it expired or was never ours."""
    try:
        email: str = signing.loads(token, salt=mails.LINK_SALT, max_age=LINK_SECONDS)
    except signing.BadSignature:
        return None
    return email


def _expired(request: HttpRequest) -> HttpResponse:
    context = {"form": AddressForm(), "verlopen": True}
    return render(request, "meldingen/volgen/mijn_vraag.html", context, status=410)


def _occasion(email: str) -> str:
    """Names the request: clicking twice within five minutes mails once. The address itself is not in it."""
    slot = int(timezone.now().timestamp() // 300)
    return f"{hashlib.sha256(email.encode()).hexdigest()[:16]}:{slot}"
