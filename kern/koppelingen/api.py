"""What every JSON interface of the portal shares: who asks (a key), what a refusal looks like, and how often one may.

No session and no cookie opens anything here, so there is nothing that another site could make a browser do.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions, status
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import exception_handler

from kern import limieten

from . import actions
from .models import Sleutel
from .queries import find_key

PROBLEM = "application/problem+json"
TITLES = {
    400: "Dit klopt niet",
    401: "Geen geldige sleutel",
    403: "Dit mag niet",
    404: "Niet gevonden",
    405: "Dit kan hier niet",
    406: "Dit formaat hebben we niet",
    409: "Intussen veranderd",
    413: "Te groot",
    415: "Stuur JSON",
    422: "Deze Idempotency-Key is al gebruikt",
    429: "Te vaak",
}


class ProgramKey(BaseAuthentication):
    """`Authorization: Bearer <key>`, for a program that acts for itself. Nobody is logged in by it."""

    keyword = "Bearer"
    for_owner = False

    def authenticate(self, request: Request) -> tuple[Any, Sleutel] | None:
        parts = get_authorization_header(request).split()
        if not parts:
            return None
        if len(parts) != 2 or parts[0].lower() != b"bearer":
            raise exceptions.AuthenticationFailed("Schrijf de sleutel zo: Authorization: Bearer <sleutel>.")
        now = timezone.now()
        sleutel = find_key(parts[1].decode("latin-1"), now, with_owner=self.for_owner)
        if sleutel is None:
            raise exceptions.AuthenticationFailed("Deze sleutel bestaat niet, is verlopen of is ingetrokken.")
        actions.mark_used(sleutel=sleutel, at=now)
        return self.user(sleutel), sleutel

    def user(self, sleutel: Sleutel) -> Any:
        return AnonymousUser()

    def authenticate_header(self, request: Request) -> str:
        return self.keyword


class PersonalKey(ProgramKey):
    """The same, for a program that sees and does what the owner of its key may."""

    for_owner = True

    def user(self, sleutel: Sleutel) -> Any:
        if not sleutel.eigenaar.is_active:
            raise exceptions.AuthenticationFailed("De eigenaar van deze sleutel heeft geen account meer.")
        return sleutel.eigenaar


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = ProgramKey
    match_subclasses = True
    name = "sleutel"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "Een sleutel van het portaal (gw_…)."}


def needs(recht: str, *, key_optional: bool = False) -> type[BasePermission]:
    """A permission class: the key has this right. `key_optional`: nobody needs a key, but one that is given must."""

    class Needs(BasePermission):
        message = f"Deze sleutel heeft het recht {recht} niet."

        def has_permission(self, request: Request, view: Any) -> bool:
            if request.auth is None:
                return key_optional
            return recht in request.auth.rechten

    return Needs


class PerKey(BaseThrottle):
    """As often a minute as the key says; without a key there is nothing to count here."""

    def allow_request(self, request: Request, view: Any) -> bool:
        key = request.auth
        return not isinstance(key, Sleutel) or limieten.allow("sleutel", key.hash, key.per_minuut, 60)

    def wait(self) -> float:
        return 60


class JsonAlways(DefaultContentNegotiation):
    """There is one format; who asks for another gets it all the same."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class Weigering(exceptions.APIException):
    """A refusal with a status of its own, in words, and whatever helps the program further."""

    def __init__(self, status_code: int, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.status_code, self.extra = status_code, extra


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal as problem details (RFC 9457), in Dutch: what kind, why, and per field what is wrong."""
    response = exception_handler(error, context)
    if response is None:
        return None
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(response.status_code, "Dit lukt niet"),
        "status": response.status_code,
        "detail": _words(error, response),
    }
    if isinstance(error, exceptions.ValidationError):
        body["fouten"] = response.data if isinstance(response.data, dict) else {"": response.data}
    body |= getattr(error, "extra", {})
    response.data, response.content_type = body, PROBLEM
    return response


def _words(error: Exception, response: Response) -> str:
    plain = {
        status.HTTP_404_NOT_FOUND: "Dit bestaat niet, of het is niet voor jou.",
        status.HTTP_405_METHOD_NOT_ALLOWED: f"Hier kan alleen {response.get('Allow', '')}.",
        status.HTTP_415_UNSUPPORTED_MEDIA_TYPE: "Stuur application/json.",
        status.HTTP_429_TOO_MANY_REQUESTS: "Te veel vragen in korte tijd. Wacht even.",
    }
    if isinstance(error, exceptions.ValidationError):
        return "Kijk de velden hieronder na."
    if isinstance(error, exceptions.ParseError):
        return "Dit is geen geldige JSON."
    if isinstance(error, exceptions.NotAuthenticated):
        return "Geef een sleutel mee: Authorization: Bearer <sleutel>."
    if not isinstance(error, Weigering) and response.status_code in plain:
        return plain[response.status_code]
    detail = getattr(error, "detail", None)
    return str(detail) if isinstance(detail, str) else TITLES.get(response.status_code, "")


def client(request: HttpRequest) -> str:
    """Where an unknown program is on the network."""
    return limieten.client_address(request)
