"""What every address of the interface shares."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import OpenApiResponse
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from kern.koppelingen.api import PROBLEM, TITLES, JsonAlways, PerKey, ProgramKey, problem

from ..serializers.basis import ProblemSerializer


class Resource(APIView):
    """JSON in and out, keys that count how often they ask, and refusals as problem details."""

    authentication_classes = [ProgramKey]
    parser_classes = [JSONParser]
    renderer_classes = [JSONRenderer]
    throttle_classes = [PerKey]
    content_negotiation_class = JsonAlways

    def get_exception_handler(self) -> Any:
        return problem


def refusals(*statuses: int) -> dict[Any, OpenApiResponse]:
    """The refusals of an address, for the description."""
    return {(status, PROBLEM): OpenApiResponse(ProblemSerializer, description=TITLES[status]) for status in statuses}


@csrf_exempt
def nothing(request: HttpRequest, rest: str) -> JsonResponse:
    """Whatever else is asked for under /api/."""
    body = {"type": "about:blank", "title": TITLES[404], "status": 404, "detail": "Dit adres bestaat niet."}
    return JsonResponse(body, status=404, content_type=PROBLEM)
