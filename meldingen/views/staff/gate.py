"""The door of the staff pages: a log-in, a role, and how far this person reaches today."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from kern.gebruikers.models import Gebruiker
from wijken.queries import Bereik, reach

View = Callable[..., HttpResponseBase]


class StaffRequest(HttpRequest):
    """A request of somebody with a role; `reach` is what they may reach today."""

    user: Gebruiker
    reach: Bereik


def for_staff(view: View) -> View:
    """Let in who has a role, and tell how far they reach; for others the page is not there."""

    @login_required
    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.rollen:
            raise Http404
        request.reach = reach(request.user, timezone.localdate())
        return view(request, *args, **kwargs)

    return wrapped
