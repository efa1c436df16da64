"""QR codes: as a file, inside a page, and for a PDF."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import segno
from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from .beelden import Beeld

SVG_TYPE = "image/svg+xml"
LONGEST = 900  # characters: more makes squares too small to scan from paper


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code for a PDF: `#qrcode(data.…)`."""

    adres: str
    beeld: Beeld

    def __json__(self) -> dict[str, Any]:
        return {"adres": self.adres, "beeld": self.beeld}


def svg(text: str) -> bytes:
    """A QR code as an SVG file, black on white with its quiet zone. Raises ValueError for nothing or too much text."""
    return _drawn(text, xmldecl=True, svgns=True, scale=6)


def svg_response(text: str) -> HttpResponse:
    """A QR code as an answer. Same text, same picture, so it may be kept for a day."""
    response = HttpResponse(svg(text), content_type=SVG_TYPE)
    response["Cache-Control"] = "private, max-age=86400"
    return response


def inline(text: str, *, label: str = "") -> SafeString:
    """A QR code inside a page, with a name for who does not see it; needs no style or script of its own.

    Beside it belongs the address as a link: nobody scans the screen that he holds.
    """
    drawing = mark_safe(_drawn(text, xmldecl=False, svgns=False, omitsize=True, scale=1).decode())  # noqa: S308
    return format_html(
        '<span class="qr" role="img" aria-label="{}">{}</span>',
        label or gettext("QR-code voor %(adres)s") % {"adres": text},
        drawing,
    )


def beeld(text: str, *, alt: str = "") -> Qr:
    """A QR code for a PDF, with the address as its alternative text unless `alt` says it better."""
    words = alt or gettext("QR-code voor %(adres)s") % {"adres": text}
    return Qr(text, Beeld(_drawn(text, xmldecl=False, svgns=True, scale=4).decode(), words))


def _drawn(text: str, **how: Any) -> bytes:
    if not text or len(text) > LONGEST:
        raise ValueError(f"a QR code holds 1 to {LONGEST} characters, not {len(text)}")
    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawing, kind="svg", border=4, light="#fff", svgclass=None, lineclass=None, **how
    )
    return drawing.getvalue()
