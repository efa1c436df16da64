"""What happens around every page."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

# Five photos of 15 MB and what comes with them.
MAX_BODY = 80 * 1024 * 1024
# A page asks for what it uses: where somebody is (the map of the form), and a key to log in with.
PERMISSIONS = (
    "geolocation=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), "
    "camera=(), microphone=(), display-capture=(), payment=(), usb=(), serial=(), browsing-topics=()"
)


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


def guarded(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse what is too large before a byte of it is read, and tell browsers and proxies what they may do.

    A page that says nothing of caching is for this visitor alone and asked for again each time; pages of staff are
    not kept at all, so that the back button shows nothing after logging out.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > MAX_BODY:
            response = HttpResponse(render_to_string("413.html"), status=413)
        else:
            response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if request.path_info.startswith(settings.STAFF_PATHS) and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        elif not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return middleware
