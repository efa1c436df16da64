"""Staff who see or change much come in with two steps."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from .rules import needs_second_factor

_DONE = "tweede_stap"


def second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Send staff with wide rights and a password alone to the page where they set up a second factor."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and request.user.is_authenticated and not _may_pass(request):
            messages.warning(request, _("Je rol vraagt een tweede stap bij het inloggen. Stel die eerst in."))
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def _may_pass(request: HttpRequest) -> bool:
    if request.session.get(_DONE) or _is_on_the_way(request.path):
        return True
    if not needs_second_factor(request.user.rollen):
        return True
    if is_mfa_enabled(request.user):
        request.session[_DONE] = True
        return True
    return False


def _is_on_the_way(path: str) -> bool:
    """Whether a page is needed to set up a second factor or to leave; the account itself and its deputies are not."""
    account = reverse("account")
    if path == account or path.startswith(f"{account}vervanging/"):
        return False
    return path.startswith((account, settings.STATIC_URL))
