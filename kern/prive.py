"""Pages that a secret in the address opens: kept out of caches and search engines, and the signed links to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_cache_control

View = Callable[..., HttpResponseBase]


def private_page(view: View) -> View:
    """Keep the page to this browser, out of search engines, and its address from other sites.

    The address goes to our own pages only (`same-origin`). With `no-referrer` a browser sends its forms with
    `Origin: null`, which the check against forged requests refuses.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return wrapped


def link_token(sleutel: UUID, salt: str) -> str:
    """The key of a row as it stands in a mailed link: signed, so that nobody finds one by trying."""
    return signing.Signer(salt=salt, sep=".").sign(sleutel.hex)


def read_token(token: str, salt: str) -> UUID | None:
    """The key inside a signed link; None when the link was not made here."""
    try:
        return UUID(signing.Signer(salt=salt, sep=".").unsign(token))
    except (signing.BadSignature, ValueError):
        return None


@contextmanager
def spoken_to(request: HttpRequest, taal: str) -> Iterator[None]:
    """Speak the language of whom the link was mailed to, unless this visitor chose one."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        yield
        return
    with translation.override(taal):
        yield
