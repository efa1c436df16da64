"""How it went, for who reported: the page behind the two links of the mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from .. import publiek
from ..actions import StapNietMogelijk, terugkoppeling
from ..forms.survey import SurveyForm
from ..models import Enquete
from ..queries.terugkoppeling import by_key
from ..rules import may_reopen
from .private import private_page


@private_page
def survey(request: HttpRequest, sleutel: UUID) -> HttpResponse:
    """Ask how it went. Opening the page says nothing yet, whoever or whatever opens it: only the button answers."""
    enquete = by_key(sleutel)
    if enquete is None:
        raise Http404
    now = timezone.now()
    if enquete.beantwoord_op or enquete.is_over(timezone.localdate(now)):
        return render(request, "meldingen/volgen/enquete_klaar.html", _context(enquete))
    may = may_reopen(enquete.melding, now)
    if request.method != "POST":
        chosen = request.GET.get("tevreden")
        form = SurveyForm(initial={"tevreden": chosen if chosen in ("ja", "nee") else None}, mag_heropenen=may)
        return _page(request, enquete, form)
    form = SurveyForm(request.POST, mag_heropenen=may)
    if not form.is_valid():
        return _page(request, enquete, form)
    if found := form.found_data():
        again = request.POST.copy()
        again["gelezen"] = " ".join(sorted({vondst.soort.value for vondst in found}))
        return _page(request, enquete, SurveyForm(again, mag_heropenen=may), vondsten=found)
    _answer(enquete, form.answer, now)
    return redirect(reverse("meldingen:survey", args=[sleutel]))


def _answer(enquete: Enquete, given: dict[str, Any], at: datetime) -> None:
    """Keep the answer; one that came a moment too late changes nothing, and the next page says how it stands."""
    try:
        terugkoppeling.answer(enquete=enquete, at=at, **given)
    except StapNietMogelijk:  # a colleague reopened it in the meantime: the answer still counts
        terugkoppeling.answer(enquete=enquete, at=at, **{**given, "wil_heropenen": False})
    except (terugkoppeling.AlBeantwoord, terugkoppeling.Verlopen):
        return


def _page(request: HttpRequest, enquete: Enquete, form: SurveyForm, **extra: object) -> HttpResponse:
    return render(request, "meldingen/volgen/enquete.html", {**_context(enquete), "form": form, **extra})


def _context(enquete: Enquete) -> dict[str, object]:
    melding = enquete.melding
    return {"enquete": enquete, "melding": melding, "categorie": publiek.subject(melding)}
