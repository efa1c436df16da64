"""Following a wijk by mail: asked on its page, confirmed from the own mail box, stopped with one click."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from kern import limieten
from kern.prive import private_page, read_token, spoken_to

from .. import actions, mails, queries
from ..forms import VolgForm
from ..models import Wijk

FOLLOWS, PER_ADDRESS, HOUR = 20, 10, 3600


@never_cache
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a wijk: an address, and what to expect."""
    wijk = get_object_or_404(Wijk, slug=slug)
    form = VolgForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not (
            limieten.allow("volgen", limieten.client_address(request), FOLLOWS, HOUR)
            and limieten.allow("volgen-mail", email, PER_ADDRESS, HOUR)
        ):
            return render(request, "wijken/agenda/wacht.html", {"terug": wijk.get_absolute_url()}, status=429)
        actions.ask_to_follow(wijk=wijk, email=email, taal=get_language(), at=timezone.now())
        return render(request, "wijken/volgen/gevraagd.html", {"wijk": wijk, "email": email})
    return render(request, "wijken/volgen/volg.html", {"wijk": wijk, "form": form})


@private_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Say from the own mail box that they want it: one button."""
    row = queries.volgen.volging(_read(token, mails.volgen.FOLLOW_SALT))
    if row is None:
        return render(request, "wijken/agenda/geen_link.html", status=404)
    with spoken_to(request, row.volger.taal):
        if request.method == "POST":
            actions.confirm_follow(volging=row, at=timezone.now())
            return redirect(request.path)
        return render(request, "wijken/volgen/bevestig.html", {"volging": row, "wijk": row.wijk})


@private_page
def following(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody follows; a button for each to stop."""
    volger = queries.volgen.following(_read(token, mails.volgen.FOLLOWER_SALT))
    if volger is None:
        return render(request, "wijken/volgen/gestopt.html")
    with spoken_to(request, volger.taal):
        if request.method == "POST":
            wijk = get_object_or_404(Wijk, slug=request.POST.get("wijk", "").replace("\0", ""))
            actions.stop_following(volger=volger, wijk=wijk)
            messages.success(request, _("Je volgt %(wijk)s niet meer.") % {"wijk": wijk.naam})
            return redirect(request.path)
        rows = volger.volgingen.exclude(bevestigd_op=None).select_related("wijk")
        return render(request, "wijken/volgen/volgt.html", {"volger": volger, "volgingen": rows, "token": token})


# The mail program of a follower posts here without our cookie (RFC 8058); the signed key in the address is the secret.
@csrf_exempt
@private_page
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop all mails, and stop them; by one click from a mail program too (RFC 8058)."""
    volger = queries.volgen.following(_read(token, mails.volgen.FOLLOWER_SALT))
    one_click = request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click"
    if volger is None:
        return HttpResponse(status=204) if one_click else render(request, "wijken/volgen/gestopt.html")
    with spoken_to(request, volger.taal):
        if request.method != "POST":
            return render(request, "wijken/volgen/stop.html", {"token": token})
        actions.stop_following(volger=volger)
        return HttpResponse(status=204) if one_click else render(request, "wijken/volgen/gestopt.html")


def _read(token: str, salt: str) -> UUID:
    return read_token(token, salt) or UUID(int=0)
