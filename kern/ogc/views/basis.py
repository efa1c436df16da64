"""What every address of the service shares: who asks, in which form, what a refusal looks like, and the headers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

from kern.koppelingen import actions as sleutels
from kern.koppelingen.queries import find_key

from .. import documenten, registry
from ..fouten import Weigering, niet_gevonden
from ..onderhandelen import HTML, by_header, wanted
from ..parameters import known
from ..registry import RECHT, Beller, Collectie

METHODS = "GET, HEAD"
EDITION = "1"
"""Part of every ETag: another one when the documents themselves are made in another way."""


class Ongewijzigd(Exception):
    """Whoever asks has this answer already."""


@dataclass
class Verzoek:
    """A request that was understood so far."""

    request: HttpRequest
    beller: Beller
    vorm: str
    root: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def query(self) -> QueryDict:
        return self.request.GET

    @property
    def is_html(self) -> bool:
        return self.vorm == HTML

    @property
    def plain_query(self) -> dict[str, str]:
        """The parameters as they count: the last value of each."""
        return {name: self.query.getlist(name)[-1] for name in self.query}

    def only(self, *names: str) -> dict[str, str]:
        """The parameters; refuses others than these."""
        return known(self.query, names)

    def collectie(self, id: str) -> Collectie:
        found = registry.zoek(id, self.beller)
        if found is None:
            raise niet_gevonden("Deze collectie bestaat niet, of ze is niet voor jou.")
        return found

    def fresh(self, *facts: object) -> None:
        """Give the answer an ETag of everything it depends on. Raises Ongewijzigd when it is known already.

        A page in the portal's looks has none, nor what staff get: those depend on more.
        """
        if self.is_html or self.beller.is_staf:
            return
        whole = repr((EDITION, self.root, self.request.get_full_path(), self.beller.op, facts))
        tag = f'W/"{hashlib.sha256(whole.encode()).hexdigest()[:24]}"'
        self.headers["ETag"] = tag
        known_tags = parse_etags(self.request.headers.get("If-None-Match", ""))
        if "*" in known_tags or tag.removeprefix("W/") in {known.removeprefix("W/") for known in known_tags}:
            raise Ongewijzigd

    def text(self, text: str, type: str) -> HttpResponse:
        return HttpResponse(text.encode(), content_type=type)

    def json(self, document: Any, type: str = documenten.JSON) -> HttpResponse:
        return self.text(documenten.dumps(document), type)

    def page(self, template: str, **context: Any) -> HttpResponse:
        return render(self.request, f"ogc/{template}.html", {"root": self.root, **context})


View = Callable[..., HttpResponseBase]


def resource(view: View) -> View:
    """Make a function of a `Verzoek` a view: GET and HEAD alone, errors in the form that was asked for."""

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        verzoek = None
        try:
            if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
                response: HttpResponseBase = _preflight()
            elif request.method not in ("GET", "HEAD"):
                raise Weigering(405, f"Hier kan alleen {METHODS}.", Allow=METHODS)  # noqa: TRY301
            else:
                verzoek = _understood(request)
                response = view(verzoek, **kwargs)
        except Ongewijzigd:
            response = HttpResponse(status=304)
        except Weigering as error:
            response = _refused(request, error)
        except SuspiciousOperation:
            response = _refused(request, Weigering(400, "Dit verzoek kunnen we niet lezen."))
        return _dressed(request, response, verzoek)

    return wrapped


def _understood(request: HttpRequest) -> Verzoek:
    query = {name: request.GET.getlist(name)[-1] for name in request.GET}
    form = wanted(query, request.headers.get("Accept", ""))
    root = request.build_absolute_uri(reverse("ogc:landing")).rstrip("/")
    return Verzoek(request, caller(request), form, root)


def caller(request: HttpRequest) -> Beller:
    """Who asks: whom the key speaks for, else who is logged in, else everybody. Refuses a key that does not hold."""
    today = timezone.localdate()
    header = request.headers.get("Authorization", "")
    if header:
        return Beller(today, _owner(header), met_sleutel=True)
    user: Any = request.user
    return Beller(today, user if user.is_authenticated and user.rollen else None)


def _owner(header: str) -> Any:
    how, _space, text = header.partition(" ")
    now = timezone.now()
    sleutel = find_key(text.strip(), now) if how.lower() == "bearer" else None
    if sleutel is None or not sleutel.eigenaar.is_active:
        raise _no_key("Deze sleutel bestaat niet, is verlopen of is ingetrokken.")
    if RECHT not in sleutel.rechten or not sleutel.eigenaar.rollen:
        raise _no_key(f"Deze sleutel heeft het recht {RECHT} niet.")
    sleutels.mark_used(sleutel=sleutel, at=now)
    return sleutel.eigenaar


def _no_key(words: str) -> Weigering:
    return Weigering(401, words, **{"WWW-Authenticate": "Bearer"})


def _preflight() -> HttpResponse:
    """A browser asks whether a page of another site may send its key along."""
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Authorization, Accept, If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _refused(request: HttpRequest, error: Weigering) -> HttpResponse:
    try:
        form = request.GET.get("f") or by_header(request.headers.get("Accept", ""))
    except SuspiciousOperation:
        form = "json"
    if form == HTML:
        response = render(request, "ogc/fout.html", {"fout": error}, status=error.status)
    else:
        body = documenten.dumps({"code": error.code, "description": error.uitleg})
        response = HttpResponse(body.encode(), status=error.status, content_type=documenten.JSON)
    for name, value in error.headers.items():
        response[name] = value
    return response


def _dressed(request: HttpRequest, response: HttpResponseBase, verzoek: Verzoek | None) -> HttpResponseBase:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Content-Crs, ETag, Link"
    patch_vary_headers(response, ["Accept", "Authorization", "Cookie"])
    if verzoek is not None and response.status_code in (200, 304):
        for name, value in verzoek.headers.items():
            response[name] = value
        patch_cache_control(response, private=True, no_cache=True)
    if request.method == "HEAD" and not response.streaming:
        length = len(response.content)
        response.content = b""
        response["Content-Length"] = str(length)
    elif request.method == "HEAD":
        response.streaming_content = ()  # what was there is closed with the response
    return response


def stream(parts: Iterable[str], type: str) -> StreamingHttpResponse:
    """An answer that goes out as it is made."""

    def encoded() -> Iterator[bytes]:
        for part in parts:
            yield part.encode()

    return StreamingHttpResponse(encoded(), content_type=type)
