"""Pages that a signed link opens: whose it is, and no guessing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from kern import limieten
from kern.prive import private_page, read_token, spoken_to

WRONG_LINKS, HOUR = 20, 3600


def by_link(
    salt: str, find: Callable[[UUID], Any], *, limiet: str = "bruglink", geen: str = "samenleven/bruggen/geen_link.html"
) -> Callable[[Callable[..., HttpResponseBase]], Any]:
    """Give the view what the signed link is of; `geen` is the page for a wrong one. Who tries many has to wait."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @private_page
        @wraps(view)
        def wrapped(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
            address = limieten.client_address(request)
            if limieten.reached(limiet, address, WRONG_LINKS):
                return render(request, "samenleven/te_vaak.html", status=429)
            sleutel = read_token(token, salt)
            row = find(sleutel) if sleutel else None
            if row is None:
                limieten.allow(limiet, address, WRONG_LINKS, HOUR)
                return render(request, geen, status=404)
            with spoken_to(request, getattr(row, "taal", "nl")):
                return view(request, row, **kwargs)

        return wrapped

    return decorate
