"""Activities for everybody: what comes, and to propose one without an account."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kern import limieten
from wijken.views.agenda import card

from ..actions import activiteiten as actions
from ..forms.activiteiten import VoorstelForm
from ..mails import activiteiten as mails
from ..models import Activiteitvoorstel
from ..queries import activiteiten as queries
from ..states.activiteit import Status
from .bruggen import HOUR, PER_ADDRESS, PER_MAIL
from .bruggen_eigen import by_link


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """What comes, and the ways to see it as a month, on the map, in a calendar or a feed."""
    at = timezone.now()
    context = {"rijen": [card(row, at) for row in queries.coming(at)]}
    return render(request, "samenleven/activiteiten/lijst.html", context)


@never_cache
def propose(request: HttpRequest) -> HttpResponse:
    """The form. Sent twice, it is one proposal."""
    form = VoorstelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = form.proposal()
        allowed = limieten.allow_all(
            ("activiteit", limieten.client_address(request), PER_ADDRESS),
            ("activiteit-mail", words["email"], PER_MAIL),
            seconds=HOUR,
        )
        if not allowed:
            return render(request, "samenleven/te_vaak.html", {"telefoon": settings.CITY_PHONE}, status=429)
        assert form.inzending is not None  # noqa: S101 (a valid form has a number)
        actions.propose(inzending=form.inzending, taal=get_language() or "nl", at=timezone.now(), **words)
        return redirect("samenleven:voorstel_gedaan")
    return render(request, "samenleven/activiteiten/voorstel.html", {"form": form})


@require_safe
def proposed(request: HttpRequest) -> HttpResponse:
    """Look in your mail box."""
    return render(request, "samenleven/activiteiten/gedaan.html")


own = by_link(mails.VOORSTEL_SALT, queries.proposal)


@require_safe
@own
def mine(request: HttpRequest, row: Activiteitvoorstel) -> HttpResponse:
    """How far the proposal is."""
    context = {
        "voorstel": row,
        "token": mails.voorstel_token(row),
        "wacht": row.status == Status.AANGEMELD,
        "in_agenda": row.bijeenkomst is not None and not row.bijeenkomst.is_concept and row.bijeenkomst.is_openbaar,
    }
    return render(request, "samenleven/activiteiten/mijn.html", context)


@require_POST
@own
def confirm(request: HttpRequest, row: Activiteitvoorstel) -> HttpResponse:
    """This is my address. Programs that open links in mails do not post."""
    actions.confirm(voorstel=row, at=timezone.now())
    return redirect("samenleven:voorstel_mijn", mails.voorstel_token(row))


@require_POST
@own
def withdraw(request: HttpRequest, row: Activiteitvoorstel) -> HttpResponse:
    """Take the proposal back."""
    if "zeker" not in request.POST:
        return render(
            request, "samenleven/activiteiten/weg.html", {"voorstel": row, "token": mails.voorstel_token(row)}
        )
    actions.withdraw(voorstel=row, at=timezone.now())
    return render(request, "samenleven/activiteiten/is_weg.html")
