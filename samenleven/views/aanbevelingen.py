"""Recommendations for everybody: the overview, one of them, and following it by mail."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from kern import limieten
from kern.prive import private_page, read_token, spoken_to
from wijken.queries import plan_bonds

from ..actions import aanbevelingen as actions
from ..forms.volgen import VolgForm, ZoekForm
from ..mails.aanbevelingen import SALT
from ..models import Aanbeveling, Aanbevelingsvolger
from ..queries import aanbevelingen as queries
from ..states.aanbeveling import Antwoord

FOLLOWS, PER_ADDRESS, HOUR = 20, 10, 3600


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All of them by number, with what the city answered per domain."""
    form = ZoekForm(request.GET or None)
    filters = form.chosen() if form.is_bound else {}
    rows = queries.recommendations(Aanbeveling.objects.public(), filters)
    context = {"form": form, "aanbevelingen": rows, "domeinen": queries.by_domain(rows), "gezocht": bool(filters)}
    return render(request, "samenleven/aanbevelingen.html", context)


@require_safe
def one(request: HttpRequest, slug: str, nummer: int) -> HttpResponse:
    """What was asked, what the city answers, what the denktafel says of that, and what came of it."""
    row = _public(slug, nummer)
    context = {
        "aanbeveling": row,
        "ladder": queries.ladder(row),
        "banden": plan_bonds(row),
        "beantwoord": row.antwoord != Antwoord.WACHT,
        "gehaald": sum(mark.gehaald_op is not None for mark in row.mijlpalen.all()),
    }
    return render(request, "samenleven/aanbeveling.html", context)


@never_cache
def follow(request: HttpRequest, slug: str, nummer: int) -> HttpResponse:
    """Follow it: an address, and what to expect."""
    row = _public(slug, nummer)
    form = VolgForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not (
            limieten.allow("aanbeveling-volgen", limieten.client_address(request), FOLLOWS, HOUR)
            and limieten.allow("aanbeveling-volgen-mail", email, PER_ADDRESS, HOUR)
        ):
            return render(request, "samenleven/te_vaak.html", status=429)
        actions.ask_to_follow(aanbeveling=row, email=email, taal=get_language(), at=timezone.now())
        return render(request, "samenleven/volgen/gevraagd.html", {"aanbeveling": row, "email": email})
    return render(request, "samenleven/volgen/volg.html", {"aanbeveling": row, "form": form})


@private_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Say from the own mail box that they want it: one button."""
    row = _follower(token)
    if row is None:
        return render(request, "samenleven/geen_link.html", status=404)
    with spoken_to(request, row.taal):
        if request.method == "POST":
            actions.confirm_follow(volger=row, at=timezone.now())
            return redirect(request.path)
        return render(request, "samenleven/volgen/bevestig.html", {"volger": row, "aanbeveling": row.aanbeveling})


# The mail program of a follower posts here without our cookie (RFC 8058); the signed key in the address is the secret.
@csrf_exempt
@private_page
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop all mails about recommendations, and stop them; by one click from a mail program too."""
    row = _follower(token)
    one_click = request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click"
    if row is None:
        return HttpResponse(status=204) if one_click else render(request, "samenleven/volgen/gestopt.html")
    with spoken_to(request, row.taal):
        if request.method != "POST":
            return render(request, "samenleven/volgen/stop.html")
        actions.stop_following(volger=row)
        return HttpResponse(status=204) if one_click else render(request, "samenleven/volgen/gestopt.html")


def _public(slug: str, nummer: int) -> Aanbeveling:
    # Larger than the column is not there, rather than an error of the database.
    if nummer > 999:
        raise Http404
    rows = queries.whole().filter(pk__in=Aanbeveling.objects.public())
    return get_object_or_404(rows, traject__slug=slug, nummer=nummer)


def _follower(token: str) -> Aanbevelingsvolger | None:
    return queries.follower(read_token(token, SALT) or UUID(int=0))
