"""To become an uitdager without an account: the form, the confirmed address, and the own page by its link."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kern import limieten
from kern.prive import private_page, read_token, spoken_to

from .. import mails
from ..actions import uitdagers as actions
from ..forms.openbaar import AanmeldForm, MatrixForm
from ..models import Traject, Uitdager
from ..queries import staf as queries
from ..states.uitdager import Status

WRONG_LINKS, PER_ADDRESS, PER_MAIL, HOUR = 20, 10, 3, 3600


@never_cache
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; closed when the traject looks for nobody. Sent twice, it is one sign-up."""
    traject = get_object_or_404(Traject.objects.public(), slug=slug)
    if not traject.zoekt_uitdagers:
        return render(request, "samenleven/aanmelden_dicht.html", {"traject": traject})
    form = AanmeldForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not _within_limits(request, form.cleaned_data["email"]):
            return render(request, "samenleven/te_vaak.html", {"telefoon": settings.CITY_PHONE}, status=429)
        assert form.inzending is not None  # noqa: S101 (a valid form has a number)
        actions.sign_up(
            inzending=form.inzending, traject=traject, taal=get_language() or "nl", at=timezone.now(), **form.person()
        )
        return redirect("samenleven:aangemeld")
    return render(request, "samenleven/aanmelden.html", {"form": form, "traject": traject})


@require_safe
def signed_up(request: HttpRequest) -> HttpResponse:
    """Look in your mail box; the same for who is known already."""
    return render(request, "samenleven/aangemeld.html")


def _by_link(view: Callable[[HttpRequest, Uitdager], HttpResponse]) -> Callable[..., HttpResponse]:
    """The uitdager of the signed link; whoever tries many wrong ones has to wait."""

    @private_page
    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        address = limieten.client_address(request)
        if limieten.reached("uitdagerlink", address, WRONG_LINKS):
            return render(request, "samenleven/te_vaak.html", status=429)
        sleutel = read_token(token, mails.UITDAGER_SALT)
        row = queries.uitdager_of(sleutel) if sleutel else None
        if row is None:
            limieten.allow("uitdagerlink", address, WRONG_LINKS, HOUR)
            return render(request, "samenleven/geen_link.html", status=404)
        with spoken_to(request, row.taal):
            return view(request, row)

    return wrapped


@_by_link
def mine(request: HttpRequest, uitdager: Uitdager) -> HttpResponse:
    """The own page: confirm, be counted if you want, see trainings and conversations."""
    return _page(request, uitdager, MatrixForm())


@require_POST
@_by_link
def confirm(request: HttpRequest, uitdager: Uitdager) -> HttpResponse:
    """This is my address. Programs that open links in mails do not post."""
    actions.confirm(uitdager=uitdager, at=timezone.now())
    return redirect("samenleven:mijn", mails.uitdager_token(uitdager))


@require_POST
@_by_link
def count(request: HttpRequest, uitdager: Uitdager) -> HttpResponse:
    """What somebody wants to be counted as; once, and not kept with them."""
    form = MatrixForm(request.POST)
    if uitdager.status == Status.AANGEMELD or not form.is_valid():
        return _page(request, uitdager, form)
    actions.count_profile(uitdager=uitdager, groepen=form.groepen())
    return redirect("samenleven:mijn", mails.uitdager_token(uitdager))


@require_POST
@_by_link
def withdraw(request: HttpRequest, uitdager: Uitdager) -> HttpResponse:
    """Erase all that is known of me."""
    if "zeker" not in request.POST:
        return render(request, "samenleven/mijn_weg.html", _context(uitdager))
    actions.withdraw(uitdager=uitdager, at=timezone.now())
    return render(request, "samenleven/mijn_is_weg.html")


def _page(request: HttpRequest, uitdager: Uitdager, form: MatrixForm) -> HttpResponse:
    context = {
        **_context(uitdager),
        "form": form,
        "vormingen": uitdager.vormingen.select_related("vorming").order_by("-vorming__begin"),
        "gesprekken": [(row, mails.blad_token(row)) for row in uitdager.gesprekken.select_related("wijk")],
    }
    return render(request, "samenleven/mijn.html", context)


def _context(uitdager: Uitdager) -> dict[str, Any]:
    return {
        "uitdager": uitdager,
        "token": mails.uitdager_token(uitdager),
        "wacht": uitdager.status == Status.AANGEMELD,
        "is_actief": uitdager.status == Status.ACTIEF,
    }


def _within_limits(request: HttpRequest, email: str) -> bool:
    by_address = limieten.allow("uitdager", limieten.client_address(request), PER_ADDRESS, HOUR)
    return limieten.allow("uitdager-mail", email, PER_MAIL, HOUR) and by_address
