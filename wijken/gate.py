"""The door of the staff pages: a log-in, a role, and how far this person reaches today."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from kern.gebruikers.models import Gebruiker

from .queries import Bereik, reach

KEPT_KEY = "niet_verstuurd"
MAX_FIELDS, MAX_LENGTH = 40, 6000

View = Callable[..., HttpResponseBase]


class StaffRequest(HttpRequest):
    """A request of somebody with a role; `reach` is what they may reach today."""

    user: Gebruiker
    reach: Bereik


def for_staff(view: View) -> View:
    """Let in who has a role, and tell how far they reach; for others the page is not there."""

    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if request.method == "POST":
                _keep(request)
            return redirect_to_login(request.get_full_path())
        if not request.user.rollen:
            raise Http404
        request.reach = reach(request.user, timezone.localdate())
        return view(request, *args, **kwargs)

    return wrapped


def _keep(request: HttpRequest) -> None:
    """Hold on to what was typed while the log-in ended; files cannot be kept."""
    fields = [(name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    typed = {name: [str(value)[:MAX_LENGTH] for value in values[:MAX_FIELDS]] for name, values in fields[:MAX_FIELDS]}
    request.session[KEPT_KEY] = {"adres": request.path, "velden": typed}


def kept(request: HttpRequest, address: str) -> dict[str, list[str]]:
    """What was typed for this address when the log-in had ended; given back once."""
    if request.session.get(KEPT_KEY, {}).get("adres") != address:
        return {}
    fields: dict[str, list[str]] = request.session.pop(KEPT_KEY)["velden"]
    return fields
