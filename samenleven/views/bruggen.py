"""Bruggenbouwers for everybody: put somebody forward, who has the label, and whether a code is right."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kern import limieten
from kern.beelden.models import Maat
from kern.beelden.views import respond

from ..actions import bruggenbouwers as actions
from ..forms.bruggen import VoordrachtForm
from ..forms.openbaar import CodeForm
from ..models import Bruggenbouwer
from ..queries import bruggen as queries

PER_ADDRESS, PER_MAIL, PER_NOMINEE, WRONG_CODES, HOUR = 10, 5, 3, 20, 3600


def fresh(response: HttpResponseBase) -> HttpResponseBase:
    """Ask again each time, so that who withdraws is gone at once."""
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def people(request: HttpRequest) -> HttpResponseBase:
    """Everybody who has the label, by wijk, beside a drawing of the city."""
    rows = list(queries.shown(timezone.localdate()))
    groups = queries.by_wijk(rows)
    context = {"groepen": groups, "kaart": queries.city_map(groups) if groups else None, "aantal": len(rows)}
    return fresh(render(request, "samenleven/bruggen/lijst.html", context))


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One bruggenbouwer with their story."""
    return fresh(render(request, "samenleven/bruggen/persoon.html", {"mens": _shown(pk)}))


@require_safe
def photo(request: HttpRequest, pk: int, maat: str) -> HttpResponseBase:
    """Their photo, as long as they agree; a browser asks again each time."""
    row = _shown(pk)
    if not (row.foto and row.beeld_mag and row.verhaal_nagekeken) or maat not in Maat.values:  # type: ignore[attr-defined]
        raise Http404
    return fresh(respond(row.foto, maat, request))


@never_cache
def nominate(request: HttpRequest) -> HttpResponse:
    """The form to put somebody forward. Sent twice, it is one nomination."""
    form = VoordrachtForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = form.nomination()
        allowed = limieten.allow_all(
            ("voordracht", limieten.client_address(request), PER_ADDRESS),
            ("voordracht-door", words["door_email"], PER_MAIL),
            ("voordracht-wie", words["email"], PER_NOMINEE),
            seconds=HOUR,
        )
        if not allowed:
            return render(request, "samenleven/te_vaak.html", {"telefoon": settings.CITY_PHONE}, status=429)
        assert form.inzending is not None  # noqa: S101 (a valid form has a number)
        actions.nominate(inzending=form.inzending, taal=get_language() or "nl", at=timezone.now(), **words)
        return redirect("samenleven:brug_voorgedragen")
    return render(request, "samenleven/bruggen/voordragen.html", {"form": form})


@require_safe
def nominated(request: HttpRequest) -> HttpResponse:
    """What happens next; the same for who is known already."""
    return render(request, "samenleven/bruggen/voorgedragen.html")


@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Type the code of a certificate or a badge."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    form.fields["code"].label = _("De code op de oorkonde of de badge")
    form.fields["code"].error_messages["required"] = _("Typ de code die op de oorkonde of de badge staat.")
    if request.method == "POST" and form.is_valid():
        # A code holds letters and digits only; whatever else was typed is no code.
        code = form.cleaned_data["code"]
        return redirect("samenleven:brug_code", code if code.isalnum() and code.isascii() else "onbekend")
    return render(request, "samenleven/bruggen/controle.html", {"form": form})


@require_safe
def code(request: HttpRequest, code: str) -> HttpResponseBase:
    """Whether this code is of a label, whose, and until when. Guessing is limited."""
    address = limieten.client_address(request)
    if limieten.reached("labelcode", address, WRONG_CODES):
        return render(request, "samenleven/te_vaak.html", status=429)
    row = queries.by_code(code.lower())
    if row is None:
        limieten.allow("labelcode", address, WRONG_CODES, HOUR)
    context = {"mens": row, "code": code, "geldt": row is not None and row.geldt_op(timezone.localdate())}
    response = render(request, "samenleven/bruggen/code.html", context, status=200 if row else 404)
    response["X-Robots-Tag"] = "noindex"
    return fresh(response)


@require_safe
def badge(request: HttpRequest, code: str) -> HttpResponseBase:
    """The badge as a picture for a site of one's own; gone as soon as the label is."""
    row = queries.by_code(code.lower())
    if row is None or not row.geldt_op(timezone.localdate()):
        raise Http404
    drawing = render_to_string("samenleven/bruggen/badge.svg", {"mens": row})
    response = HttpResponse(drawing, content_type="image/svg+xml")
    response["X-Content-Type-Options"] = "nosniff"
    # Other sites show it.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return fresh(response)


def _shown(pk: int) -> Bruggenbouwer:
    row = queries.shown(timezone.localdate()).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
