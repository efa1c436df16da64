"""Answering with a photo. The app that owns it has asked first whether this person may see it."""

import logging

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from .models import Beeld, Maat

logger = logging.getLogger(__name__)

KEEP_SECONDS = 3600


def respond(beeld: Beeld, maat: Maat | str, request: HttpRequest | None = None) -> HttpResponseBase:
    """The photo in this size, for the browser of this one person to keep; with `request`, 304 when it has it already.

    While the worker makes the photo: 202 with a drawing that says so. Without a photo (it failed, or its file is
    gone) the drawing says that, with 200, because a page with a broken photo is not an error of the reader.
    """
    if beeld.status == Beeld.Status.WACHT:
        return _placeholder(_("De foto wordt klaargemaakt."), status=202)
    if beeld.status == Beeld.Status.MISLUKT:
        return _placeholder(_("Deze foto kon niet worden gelezen."), status=200)
    etag = f'"{beeld.pk.hex}-{maat}"'
    if request is not None and (unchanged := get_conditional_response(request, etag=etag)):
        return _private(unchanged, etag)
    try:
        file = (beeld.klein if maat == Maat.KLEIN else beeld.groot).open("rb")
    except FileNotFoundError:
        logger.exception("the file of photo %s is gone", beeld.pk)
        return _placeholder(_("Deze foto is niet beschikbaar."), status=200)
    return _private(FileResponse(file, content_type="image/webp", filename=f"foto-{beeld.pk.hex[:8]}.webp"), etag)


def _private(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={KEEP_SECONDS}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _placeholder(text: str, *, status: int) -> HttpResponse:
    drawing = render_to_string("beelden/plaatshouder.svg", {"tekst": text})
    response = HttpResponse(drawing, content_type="image/svg+xml", status=status)
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    if status == 202:
        response["Retry-After"] = "5"
    return response
