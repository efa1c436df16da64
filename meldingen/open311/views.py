"""The addresses of GeoReport v2. Each answers in the format at the end of its name, also when it refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from kern import limieten
from kern.koppelingen import actions as sleutels
from kern.koppelingen.models import Sleutel
from kern.koppelingen.queries import find_key

from .. import actions, publiek
from ..forms import open311 as forms
from ..forms.open311 import Fout
from ..models import Melding
from ..queries import form as form_queries
from ..queries import open311 as queries
from . import shapes
from .formats import answer, opened, refuse

SEND = "open311:schrijven"
READ = ("GET", "HEAD")
# A token is asked for every few seconds: who does that should not have to wait for a worker that is down.
PATIENCE_SECONDS = 8

View = Callable[..., HttpResponse]


def resource(*methods: str) -> Callable[[View], View]:
    """A resource with these methods: no cookie counts, and a refusal is an error document."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def wrapped(request: HttpRequest, formaat: str = "json", **kwargs: Any) -> HttpResponse:
            for part in ("strepen", "eind"):
                kwargs.pop(part, None)
            if request.method == "OPTIONS":
                return _options(methods)
            if request.method not in methods:
                response = refuse(formaat, 405, f"Hier kan alleen {', '.join(methods)}.")
                response["Allow"] = ", ".join(methods)
                return response
            try:
                _check_jurisdiction(request)
                return view(request, formaat, **kwargs)
            except Fout as error:
                return refuse(formaat, error.status, *error.redenen)

        return wrapped

    return decorate


def _options(methods: tuple[str, ...]) -> HttpResponse:
    """Tell the page of another site that it may ask."""
    response = opened(HttpResponse(status=204))
    response["Allow"] = response["Access-Control-Allow-Methods"] = ", ".join([*methods, "OPTIONS"])
    response["Access-Control-Allow-Headers"] = "Content-Type"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _check_jurisdiction(request: HttpRequest) -> None:
    """There is one; who names another is at the wrong door. Of a POST the key goes first."""
    if request.method != "POST" and request.GET.get("jurisdiction_id", "").strip() not in ("", shapes.JURISDICTION):
        raise Fout(404, f"jurisdiction_id is {shapes.JURISDICTION}")


@resource(*READ)
def discovery(request: HttpRequest, formaat: str) -> HttpResponse:
    """Where the interface is and what it speaks."""
    return answer(formaat, "discovery", shapes.discovery(request.build_absolute_uri("/open311/v2")))


@resource(*READ)
def services(request: HttpRequest, formaat: str) -> HttpResponse:
    """What can be reported."""
    return answer(formaat, "services", [shapes.service(row) for row in queries.services(timezone.localdate())])


@resource(*READ)
def service(request: HttpRequest, formaat: str, dienst: str) -> HttpResponse:
    """What is asked with a report of one service."""
    found = queries.service(dienst, timezone.localdate())
    if found is None:
        raise Fout(404, "deze service_code bestaat niet")
    questions = form_queries.questions(found.pk)
    return answer(formaat, "service_definition", shapes.definition(found, questions))


@resource(*READ, "POST")
def requests(request: HttpRequest, formaat: str) -> HttpResponse:
    """The reports that everybody may see; POST sends one."""
    now = timezone.now()
    if request.method == "POST":
        return _sent(request, formaat, now)
    return _listed(request, formaat, queries.find(forms.asked(request.GET, now)), now)


@resource(*READ)
def one_request(request: HttpRequest, formaat: str, nummer: str) -> HttpResponse:
    """One report."""
    found = queries.one(nummer)
    if found is None:
        raise Fout(404, "deze service_request_id bestaat niet")
    return _listed(request, formaat, [found], timezone.now())


@resource(*READ)
def token(request: HttpRequest, formaat: str, bewijs: str) -> HttpResponse:
    """The number of a report that was sent to a service that answers later; empty as long as there is none."""
    found = queries.by_token(bewijs)
    if found is None:
        raise Fout(404, "deze token bestaat niet")
    now = timezone.now()
    if found.melding_id is None and (now - found.ontvangen_op).total_seconds() > PATIENCE_SECONDS:
        found = actions.open311.process(bewijs=found.pk, at=now)
    number = str(found.melding_id) if found.melding_id else None
    return answer(formaat, "service_requests", [{"service_request_id": number, "token": str(found.pk)}])


@csrf_exempt
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Whatever else is asked for under /open311/."""
    return refuse("xml" if rest.rstrip("/").endswith(".xml") else "json", 404, "dit adres bestaat niet")


def _listed(request: HttpRequest, formaat: str, rows: list[Melding], now: datetime) -> HttpResponse:
    photos = queries.photos(rows, now)
    portal = request.build_absolute_uri("/").rstrip("/")
    on = timezone.localdate(now)
    return answer(formaat, "service_requests", [shapes.request(row, photos, portal, on) for row in rows])


def _sent(request: HttpRequest, formaat: str, now: datetime) -> HttpResponse:
    try:
        post = request.POST
    except (SuspiciousOperation, MultiPartParserError) as error:
        raise Fout(400, "deze inzending is te groot of niet te lezen") from error
    sleutel = _key(post.get("api_key") or request.GET.get("api_key", ""), now)
    if post.get("jurisdiction_id", "").strip() not in ("", shapes.JURISDICTION):
        raise Fout(404, f"jurisdiction_id is {shapes.JURISDICTION}")
    code = post.get("service_code", "").strip()
    if not code:
        raise Fout(400, "service_code is verplicht")
    categorie = queries.service(code, timezone.localdate(now))
    if categorie is None:
        raise Fout(404, "deze service_code bestaat niet")
    invoer = forms.read(post, form_queries.questions(categorie.pk))
    if queries.is_later(categorie):
        row = actions.open311.accept(invoer=invoer, categorie=categorie, via=sleutel, at=now)
        notice = invoer["let_op"] or "We nemen je melding aan. Vraag met de token naar haar nummer."
        body = {"token": str(row.pk), "service_notice": notice, "account_id": None}
        return answer(formaat, "service_requests", [body], 201)
    melding = actions.open311.send(invoer=invoer, categorie=categorie, via=sleutel, at=now)
    notice = invoer["let_op"] or publiek.public_status(melding, on=timezone.localdate(now)).zin
    body = {"service_request_id": str(melding.pk), "service_notice": notice, "account_id": None}
    return answer(formaat, "service_requests", [body], 201)


def _key(text: str, now: datetime) -> Sleutel:
    """The key that may send. Raises Fout: 403 for no such key, 429 for one that sends too often."""
    sleutel = find_key(text.strip(), now)
    if sleutel is None or SEND not in sleutel.rechten:
        raise Fout(403, "api_key ontbreekt of mag dit niet")
    if not limieten.allow("sleutel", sleutel.hash, sleutel.per_minuut, 60):
        raise Fout(429, "te veel meldingen in één minuut: probeer het straks opnieuw")
    sleutels.mark_used(sleutel=sleutel, at=now)
    return sleutel
