"""What the steps of the form share: the draft of the visitor, the order of the steps, the way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kern.geo import Punt

from ..forms import draft as drafts
from ..forms.draft import STEPS, Draft
from ..queries import form as queries

NAMES = {
    "waar": (1, _("waar")),
    "wat": (2, _("wat")),
    "vragen": (2, _("wat")),
    "buurt": (2, _("wat")),
    "foto": (3, _("foto's")),
    "contact": (4, _("contact")),
    "samenvatting": (0, lazystr("")),
}

StepView = Callable[..., HttpResponseBase]


def url_name(step: str) -> str:
    return f"meldingen:new_{step}"


def step(name: str) -> Callable[[StepView], StepView]:
    """A view of one step: gets the draft, and sends whoever skipped a step to the first unfinished one.

    What is posted to a step that cannot be reached (any more) is kept, so that it is there when it can.
    """

    def decorate(view: StepView) -> StepView:
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            draft = Draft(request)
            if STEPS.index(draft.first_unfinished()) >= STEPS.index(name):
                return view(request, draft, *args, **kwargs)
            if name == STEPS[-1] and draft.is_empty and (sent := drafts.sent(request)):
                return redirect("meldingen:thanks", list(sent.values())[-1])
            if request.method == "POST" and name not in ("buurt", "samenvatting"):
                draft.keep(name, request.POST.dict())
                messages.info(request, _("Deze stap komt eerst. Wat je net invulde, is bewaard."))
            return redirect(url_name(draft.first_unfinished()))

        return inner

    return decorate


def posted_or_refused(request: HttpRequest, draft: Draft, name: str) -> Any:
    """What the form of a step looks at: what is posted now, or what was refused before; None for a fresh page."""
    return request.POST if request.method == "POST" else draft.refused(name)


def refuse(request: HttpRequest, draft: Draft, name: str) -> HttpResponse:
    """Show the step again with what is wrong; by GET, so that the back button never asks to send a form again."""
    draft.refuse(name, request.POST.dict())
    return redirect(url_name(name))


def show(request: HttpRequest, draft: Draft, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page of a step, with its number, the way back and what was filled in before."""
    number, title = NAMES[name]
    context |= {
        "stap": number,
        "stap_naam": title,
        "terug": url_name(previous(draft, name)) if name != STEPS[0] else "",
        "concept": draft,
        "waar": draft.result("waar"),
    }
    return render(request, f"meldingen/formulier/{name}.html", context, status=status)


def previous(draft: Draft, name: str) -> str:
    """The step before this one that had something to fill in."""
    before = STEPS[: STEPS.index(name)]
    return next((step for step in reversed(before) if not draft.result(step).get("overgeslagen")), STEPS[0])


def go_on(draft: Draft) -> HttpResponse:
    """To the first unfinished step; one that has nothing to ask is finished on the way."""
    if draft.first_unfinished() == "vragen" and not queries.questions(draft.result("wat")["categorie"]):
        draft.finish("vragen", {"antwoorden": {}, "overgeslagen": True})
    if draft.first_unfinished() == "buurt" and not reports_nearby(draft):
        draft.finish("buurt", {"overgeslagen": True})
    return redirect(url_name(draft.first_unfinished()))


def place_of(draft: Draft) -> Punt | None:
    punt = draft.result("waar").get("punt")
    return Punt(*punt) if punt else None


def reports_nearby(draft: Draft) -> list[queries.Buurmelding]:
    """Open reports like this one, close to it."""
    categorie = queries.category(draft.result("wat").get("categorie"), timezone.localdate())
    return queries.nearby(place_of(draft), categorie, timezone.localdate()) if categorie else []
