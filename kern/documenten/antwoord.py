"""Answers that a program comes back for: the same content twice is sent once."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

PUBLIC_SECONDS = 900


def conditional(
    request: HttpRequest,
    content: bytes,
    content_type: str,
    *,
    gewijzigd_op: datetime | None = None,
    publiek: bool = False,
) -> HttpResponse:
    """The content with an ETag of what it says, or 304 for who has it already.

    `gewijzigd_op` becomes Last-Modified. What is `publiek` may be kept by anybody for a quarter of an hour; the rest
    only by who asked, and he asks again each time.
    """
    response = HttpResponse(content, content_type=content_type)
    response["ETag"] = etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    if gewijzigd_op:
        response["Last-Modified"] = http_date(gewijzigd_op.timestamp())
    response["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}" if publiek else "private, no-cache"
    changed = int(gewijzigd_op.timestamp()) if gewijzigd_op else None
    answer = get_conditional_response(request, etag=etag, last_modified=changed, response=response)
    if not isinstance(answer, HttpResponse):
        raise TypeError("neither the content nor 304")
    return answer
