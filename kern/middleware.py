"""What happens around every page."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers


def chosen_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer in Dutch, or in the language that somebody chose at the top of the page.

    What the browser asks for does not count: a Flemish municipality speaks Dutch first, and a translation is shown
    only to who wants it (Wet op het gebruik van de talen in bestuurszaken, art. 11). Pages for staff are Dutch only.
    """
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        dutch_only = request.path_info.startswith(settings.DUTCH_ONLY_PATHS)
        language = chosen if chosen in known and not dutch_only else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware
