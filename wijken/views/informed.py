"""For who asked to hear what comes of a conversation: stop that, by the link in each mail."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kern import limieten
from kern.prive import private_page, read_token, spoken_to

from .. import actions
from ..queries import contactmomenten
from ..queries.knopen import INFORMED_SALT

WRONG_LINKS, HOUR = 20, 3600


@private_page
def informed(request: HttpRequest, token: str) -> HttpResponse:
    """For a resident: stop hearing what comes of it. GET changes nothing."""
    address = limieten.client_address(request)
    if limieten.reached("opdehoogte", address, WRONG_LINKS):
        return render(request, "wijken/partner_wacht.html", status=429)
    sleutel: UUID | None = read_token(token, INFORMED_SALT)
    persoon = contactmomenten.informed_by_key(sleutel) if sleutel else None
    if persoon is None:
        limieten.allow("opdehoogte", address, WRONG_LINKS, HOUR)
        return render(request, "wijken/op_de_hoogte.html", {"persoon": None}, status=404)
    with spoken_to(request, persoon.taal):
        if request.method == "POST":
            actions.stop_informing(persoon=persoon, at=timezone.now())
            messages.success(request, _("We wisten je gegevens. Je krijgt hierover geen mail meer."))
            return redirect(request.path)
        return render(request, "wijken/op_de_hoogte.html", {"persoon": persoon})
