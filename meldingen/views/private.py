"""Pages that a secret in the address opens: found by their code, kept out of caches and search engines."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from kern import limieten
from kern.prive import View, private_page

from ..forms.follow import CodeForm
from ..publiek import normal_code
from ..queries import follow as queries

WRONG_CODES, HOUR = 20, 3600
PHOTOS_PER_REPORT = 4

__all__ = ["by_code", "private_page", "too_many_photos", "too_many_wrong", "unknown_code"]


def by_code(view: View) -> View:
    """Give the view the report of the code in the address. An unknown code is counted and asked again."""

    @wraps(view)
    def wrapped(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponseBase:
        if refused := too_many_wrong(request):
            return refused
        normal = normal_code(code)
        melding = queries.by_code(normal)
        if melding is None:
            return unknown_code(request, CodeForm({"code": code}), status=404)
        if normal != code and request.method == "GET":
            return redirect(request.resolver_match.view_name, code=normal, **kwargs)
        return view(request, melding, **kwargs)

    return private_page(wrapped)


def too_many_wrong(request: HttpRequest) -> HttpResponse | None:
    """The page that says to wait, for an address on the network that tried too many wrong codes in this hour."""
    if limieten.reached("volgcode", limieten.client_address(request), WRONG_CODES):
        return render(request, "meldingen/volgen/wacht.html", status=429)
    return None


def unknown_code(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    """Ask for the code again, and count the miss; what cannot be a code is no guess."""
    if form.is_valid():
        limieten.allow("volgcode", limieten.client_address(request), WRONG_CODES, HOUR)
        form.say_unknown()
    return render(request, "meldingen/volgen/zoek.html", {"form": form}, status=status)


def too_many_photos(request: HttpRequest) -> HttpResponse | None:
    """The page that says to wait, for an address on the network that sent photos too often in this hour.

    To be asked before a form looks at them: that is the heaviest work a stranger can give.
    """
    limit = PHOTOS_PER_REPORT * settings.REPORTS_PER_ADDRESS
    if request.FILES and not limieten.allow("foto", limieten.client_address(request), limit, HOUR):
        return render(request, "meldingen/volgen/wacht.html", status=429)
    return None
