"""Public pages: trajects, what was said, and the way to take a quote back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kern import limieten
from kern.prive import private_page

from ..actions.toestemming import withdraw_consent
from ..forms.openbaar import CodeForm, StemmenForm
from ..models import Citaat, Toestemming
from ..queries import bereik, openbaar

WRONG_CODES, HOUR = 20, 3600


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What living together is about in Genk: the trajects, and the last number of the newspaper."""
    today = timezone.localdate()
    rows = [(traject, bereik.standing(traject), openbaar.phase_now(traject, today)) for traject in openbaar.trajects()]
    context = {"rijen": rows, "editie": openbaar.editions().first()}
    return render(request, "samenleven/start.html", context)


@require_safe
def traject(request: HttpRequest, slug: str) -> HttpResponse:
    """One traject: what it is, how far it is, whom it reaches."""
    row = get_object_or_404(openbaar.trajects(), slug=slug)
    today = timezone.localdate()
    context = {
        "traject": row,
        "stand": bereik.standing(row),
        "uitdagers": openbaar.uitdagers_of(row),
        "nu": openbaar.phase_now(row, today),
        "voorbij": row.is_voorbij(today),
        "wijken": [rij for rij in bereik.by_wijk(row) if rij.personen],
        "talen": bereik.by_language(row),
        "edities": openbaar.editions().filter(traject=row),
    }
    return render(request, "samenleven/traject.html", context)


@require_safe
def voices(request: HttpRequest) -> HttpResponse:
    """What was said, to search in; nothing of it is kept by caches, so that a quote taken back is gone at once."""
    form = StemmenForm(request.GET or None)
    filters = form.cleaned_data if form.is_valid() else {}
    rows = openbaar.voices(filters)
    context = {"form": form, "stemmen": rows, "gezocht": any(filters.values())}
    response = render(request, "samenleven/stemmen.html", context)
    response["Cache-Control"] = "no-cache"
    return response


@never_cache
@private_page
def take_back(request: HttpRequest) -> HttpResponse:
    """With the code of the strip: see the quote, and take it back. Guessing is limited."""
    address = limieten.client_address(request)
    if limieten.reached("citaatcode", address, WRONG_CODES):
        return render(request, "samenleven/te_vaak.html", status=429)
    form = CodeForm(
        request.POST if request.method == "POST" else None, initial={"code": request.GET.get("code", "")[:30]}
    )
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        row = openbaar.consent_of(form.cleaned_data["code"])
        if row is None:
            limieten.allow("citaatcode", address, WRONG_CODES, HOUR)
            form.add_error("code", _("We kennen deze code niet. Kijk ze nog eens na."))
        elif not row.geldt:
            return redirect("samenleven:teruggenomen")
        elif "zeker" in request.POST:
            withdraw_consent(toestemming=row, at=timezone.now())
            return redirect("samenleven:teruggenomen")
        else:
            context |= {"toestemming": row, "woorden": _words_of(row)}
    return render(request, "samenleven/citaat_weg.html", context)


@require_safe
def taken_back(request: HttpRequest) -> HttpResponse:
    """It is gone."""
    return render(request, "samenleven/citaat_is_weg.html")


def _words_of(row: Toestemming) -> str:
    return row.over.tekst if isinstance(row.over, Citaat) else str(row.over or "")
