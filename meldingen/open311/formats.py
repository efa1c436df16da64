"""The two ways in which every answer can be written; JSON and XML say the same."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from ..forms.open311 import clean

# What the elements of a list are called.
ITEMS = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}


class Formaat:
    """A URL converter: the two formats of GeoReport v2."""

    regex = "json|xml"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Strepen(Formaat):
    """One slash or more: an endpoint that is configured with one at its end gets two."""

    regex = "/+"


class Eind(Formaat):
    """A slash at the end, or none."""

    regex = "/?"


def answer(formaat: str, root: str, body: Any, status: int = 200) -> HttpResponse:
    """The body as JSON (a bare list or object, the Spark convention) or as XML under its root element."""
    if formaat == "xml":
        text = f'<?xml version="1.0" encoding="utf-8"?>\n{element(root, body)}\n'
        response = HttpResponse(text, content_type="text/xml; charset=utf-8", status=status)
    else:
        response = HttpResponse(_json(body), content_type="application/json; charset=utf-8", status=status)
    return opened(response)


def refuse(formaat: str, status: int, *reasons: str) -> HttpResponse:
    """An error document: a code and a reason for each thing that is wrong."""
    errors = [{"code": str(status), "description": reason} for reason in reasons]
    return answer(formaat, "errors", errors, status)


def opened(response: HttpResponseBase) -> Any:
    """Readable for pages of other sites: there is nothing in it for one person alone."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def element(name: str, value: Any) -> str:
    """A value as an element: objects by name, lists by their items, what is absent as an empty element."""
    if isinstance(value, dict):
        inner = "".join(element(key, item) for key, item in value.items())
    elif isinstance(value, list):
        inner = "".join(element(ITEMS[name], item) for item in value)
    elif isinstance(value, bool):
        inner = str(value).lower()
    else:
        inner = "" if value is None else escape(clean(str(value)))
    return f"<{name}>{inner}</{name}>" if inner else f"<{name}/>"


def _json(body: Any) -> str:
    import json

    def tidy(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: tidy(item) for key, item in value.items()}
        if isinstance(value, list):
            return [tidy(item) for item in value]
        return clean(value) if isinstance(value, str) else value

    return json.dumps(tidy(body), ensure_ascii=False)
