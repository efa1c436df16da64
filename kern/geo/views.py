"""Answers that the maps ask for."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from .geojson import MEDIA_TYPE


def respond(request: HttpRequest, collection: dict[str, Any], *, seconds: int) -> HttpResponseBase:
    """GeoJSON that a browser keeps for some seconds, and then asks again only when it changed (304)."""
    body = json.dumps(collection, separators=(",", ":"), ensure_ascii=False).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    answer = get_conditional_response(request, etag=etag, response=response) or response
    answer["ETag"] = etag
    answer["Cache-Control"] = f"private, max-age={seconds}"
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer
