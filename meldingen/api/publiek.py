"""Send a report and follow it."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from kern import limieten
from kern.geheugen import vers
from kern.koppelingen import actions as sleutels
from kern.koppelingen.api import Weigering, client, needs
from kern.koppelingen.models import Antwoord, Sleutel
from kern.koppelingen.queries import kept_answer

from .. import actions, publiek
from ..models import Melding
from ..queries import api as queries
from ..queries import follow
from ..serializers.publiek import (
    CategorieSerializer,
    GevolgdeMeldingSerializer,
    NieuweMeldingSerializer,
    category,
    followed,
)
from .basis import Resource, refusals

HOUR = 3600
WRONG_CODES = 20
MAX_IDEMPOTENCY = 200


class Categorieen(Resource):
    """What can be reported, with the questions."""

    permission_classes = [needs("meldingen:schrijven", key_optional=True)]

    @extend_schema(
        operation_id="categorieen",
        tags=["publiek"],
        auth=[{}, {"sleutel": []}],
        summary="Wat er te melden is",
        responses={200: CategorieSerializer(many=True), **refusals(401, 403, 429)},
    )
    def get(self, request: Request) -> Response:
        """Elke categorie met haar vragen. Stuur haar code mee met een melding."""
        return Response([category(row) for row in queries.categories(timezone.localdate())])


class Meldingen(Resource):
    """Send a report."""

    permission_classes = [needs("meldingen:schrijven", key_optional=True)]

    @extend_schema(
        operation_id="melding_sturen",
        tags=["publiek"],
        auth=[{}, {"sleutel": []}],
        summary="Stuur een melding",
        parameters=[
            OpenApiParameter(
                "Idempotency-Key",
                str,
                OpenApiParameter.HEADER,
                description="Een naam voor deze melding, door jou bedacht, bijvoorbeeld een UUID. Komt dezelfde vraag "
                "met dezelfde naam terug, dan is het antwoord hetzelfde en komt er geen tweede melding. Twee dagen.",
            )
        ],
        request=NieuweMeldingSerializer,
        responses={201: GevolgdeMeldingSerializer, **refusals(400, 401, 403, 415, 422, 429)},
    )
    @vers()
    def post(self, request: Request) -> Response:
        """Zonder sleutel kan ook; dan geldt hoeveel meldingen er van één netwerkadres mogen komen.

        Komt de melding op een stoppagina uit (een noodgeval, of niet voor de stad), dan is het antwoord 400 met wie
        je dan wel belt.
        """
        now = timezone.now()
        name = self._name(request)
        form = NieuweMeldingSerializer(data=request.data, context={"on": timezone.localdate(now)})
        form.is_valid(raise_exception=True)
        fields = form.validated_data
        self._check_limits(request, fields["email"])
        fingerprint = hashlib.sha256(json.dumps(request.data, sort_keys=True).encode()).hexdigest()
        with transaction.atomic():
            melding, made = actions.submit(
                inzending=uuid.UUID(bytes=bytes.fromhex(name[:32]), version=4) if name else uuid.uuid4(),
                bron=Melding.Bron.API,
                via=request.auth,
                at=now,
                **fields,
            )
            body = _body(request, melding, [])
            if name and made:
                sleutels.keep_answer(sleutel=name, vraag=fingerprint, inhoud=_plain(body), at=now)
        if made:
            return Response(body, status=201)
        return _again(kept_answer(name), fingerprint)

    def _name(self, request: Request) -> str:
        """The Idempotency-Key as it is kept: of this key or this address alone, and not to be guessed."""
        text = request.headers.get("Idempotency-Key", "").strip()
        if len(text) > MAX_IDEMPOTENCY:
            raise Weigering(400, f"Een Idempotency-Key heeft hoogstens {MAX_IDEMPOTENCY} tekens.")
        if not text:
            return ""
        who = f"sleutel {request.auth.pk}" if isinstance(request.auth, Sleutel) else f"adres {client(request)}"
        return salted_hmac("meldingen.api", f"{who}\n{text}", algorithm="sha256").hexdigest()

    def _check_limits(self, request: Request, email: str) -> None:
        """The same as for the form on the site; a program with a key has a limit of its own."""
        if request.auth is not None:
            return
        by_address = ("melding", client(request), settings.REPORTS_PER_ADDRESS)
        if not limieten.allow_all(by_address, ("melding-mail", email, settings.REPORTS_PER_MAIL), seconds=HOUR):
            raise exceptions.Throttled(HOUR)


def _again(kept: Antwoord | None, fingerprint: str) -> Response:
    """The answer to a request that came before. What nobody can show to be the same request gets none."""
    if kept is None or kept.vraag != fingerprint:
        raise Weigering(422, "Met deze Idempotency-Key kwam eerder een andere melding. Neem een andere.")
    return Response(kept.inhoud, status=201, headers={"Idempotency-Replayed": "true"})


class GevolgdeMelding(Resource):
    """A report by its code."""

    permission_classes = [needs("meldingen:lezen", key_optional=True)]

    @extend_schema(
        operation_id="melding_volgen",
        tags=["publiek"],
        auth=[{}, {"sleutel": []}],
        summary="Volg een melding met haar code",
        responses={200: GevolgdeMeldingSerializer, **refusals(401, 403, 404, 429)},
    )
    def get(self, request: Request, code: str) -> Response:
        """De status in de woorden die de bewoner leest, de geplande dag en de belofte."""
        if limieten.reached("volgcode", client(request), WRONG_CODES):
            raise exceptions.Throttled(HOUR)
        normal = publiek.normal_code(code)
        melding = follow.by_code(normal) if len(normal) == 10 else None
        if melding is None:
            limieten.allow("volgcode", client(request), WRONG_CODES, HOUR)
            raise exceptions.NotFound
        page = follow.follow_page(melding, timezone.now())
        return Response(_body(request, melding, page.stappen), headers={"Cache-Control": "private, no-store"})


def _body(request: Request, melding: Melding, steps: list[publiek.Stap]) -> dict[str, Any]:
    url = request.build_absolute_uri(reverse("meldingen:status", args=[melding.code]))
    return followed(melding, steps, url, timezone.localdate())


def _plain(body: dict[str, Any]) -> dict[str, Any]:
    """The answer as it goes out, to give it again word for word."""
    from rest_framework.renderers import JSONRenderer

    plain: dict[str, Any] = json.loads(JSONRenderer().render(body))
    return plain
