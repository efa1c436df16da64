"""My long jobs: how far each is, and what came of it. Those of another are not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from . import actions, queries
from .models import Opdracht

View = Callable[..., HttpResponseBase]


def for_owners(view: View) -> View:
    """Let in who has a role; for others the page is not there."""

    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.rollen:
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(wrapped)


@for_owners
def mine(request: HttpRequest) -> HttpResponse:
    """What I started, the newest first; after 30 days it is gone."""
    return render(request, "opdrachten/lijst.html", {"opdrachten": queries.mine(request.user)[: queries.SHOWN]})


@for_owners
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one job is, asked again every two seconds while it runs."""
    opdracht = _get(request, pk)
    context = {"opdracht": opdracht, "ervoor": queries.before(opdracht)}
    only_state = request.htmx and not request.htmx.boosted
    response = render(request, "opdrachten/stand.html" if only_state else "opdrachten/opdracht.html", context)
    response["Cache-Control"] = "no-store"
    if only_state and not opdracht.loopt:
        response["HX-Refresh"] = "true"  # the whole page once more: now it has a result
    return response


@for_owners
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file that the job made."""
    opdracht = _get(request, pk)
    if not opdracht.bestand:
        raise Http404
    try:
        file = opdracht.bestand.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        file, as_attachment=True, filename=opdracht.bestandsnaam, content_type=opdracht.bestandstype
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@for_owners
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a job; whom the log-in page sends here only goes back."""
    opdracht = _get(request, pk)
    if request.method == "POST":
        row = actions.stop(opdracht=opdracht, at=timezone.now())
        if row.status == Opdracht.Status.GESTOPT or row.stop_gevraagd:
            messages.success(request, _("De opdracht stopt. Wat al gedaan is, blijft gedaan."))
        else:
            messages.warning(request, _("De opdracht was al klaar."))
    return redirect("opdrachten:detail", pk)


def _get(request: HttpRequest, pk: int) -> Opdracht:
    return get_object_or_404(queries.mine(request.user), pk=pk)
