"""PDF through typst: tagged (PDF/UA-1), with title and language, from a template and data that are never mixed.

A template is a `.typ` file of an app, in `<app>/documenten/`, on the house library `kern/documenten/huis.typ`.
"""

from __future__ import annotations

import functools
import json
import logging
import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from email.utils import formatdate
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import UUID

import typst
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext

from .beelden import kleuren
from .werkblad import CONTROL

logger = logging.getLogger(__name__)

PDF_TYPE = "application/pdf"
# What typst says of text that no font of ours has, or that a PDF may not hold.
_UNSHOWABLE = re.compile(r'(?:the text|the disallowed codepoint) `"((?:[^"\\]|\\.)*)"`')
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
# What a PDF may not hold beside the control characters, and nobody misses.
FORBIDDEN = re.compile(r"[\x7f-\x84\x86-\x9f\ufeff\ufff9-\ufffb]")
UNSHOWN = "[…]"


class BouwFout(Exception):
    """A document that cannot be built: the template is wrong, or its data is. Says where, in typst's own words."""

    def __init__(self, template: str, reason: str) -> None:
        super().__init__(f"{template} cannot be built: {reason}")
        self.template, self.reason = template, reason


class BouwWaarschuwing(UserWarning):
    """Something typst finds odd in a template; an error in tests."""


def render(
    template: str,
    data: Mapping[str, Any],
    *,
    titel: str,
    taal: str = "nl",
    standaard: bool = True,
    adres: str = "",
    op: datetime | None = None,
) -> bytes:
    """The document that `template` (its path from the root, `wijken/documenten/fiche.typ`) makes of `data`.

    `data` is what JSON knows, and dates, Decimals, lazy texts and what `kern.documenten.beelden` and `qr` make. A date
    comes out in words, in `taal`. `titel` is the title of the document, `adres` the page that it is a print of, `op`
    the moment it tells of (now). `standaard=False` builds one that PDF/UA would refuse.

    Any character may stand in `data`. One that no font has comes out as `[…]`, and the document says so under its
    title.

    Raises BouwFout when the template is missing or wrong, when a picture has no alternative text, or when `data` holds
    what has no form in JSON.
    """
    source = Path(settings.BASE_DIR, template)
    if not source.is_file():
        raise BouwFout(template, "there is no such file")
    if not titel.strip():
        raise BouwFout(template, "it has no title")
    try:
        with translation.override(taal):
            values = {"data": _plain(data), "meta": _plain(_meta(titel, taal, adres, op or timezone.now()))}
    except TypeError as error:
        raise BouwFout(template, str(error)) from error
    return _build(template, source, values, standaard)


def pdf_response(content: bytes, name: str, *, download: bool = False) -> HttpResponse:
    """A PDF as an answer: shown in the browser (or offered as a `download`), with a file name made of `name`.

    `name` may be a title: "Fiche Winterslag" becomes `fiche-winterslag.pdf`. It is not kept by caches in between,
    since who may see a document is decided by the view.
    """
    response = HttpResponse(content, content_type=PDF_TYPE)
    file_name = f"{slugify(name.removesuffix('.pdf')) or 'document'}.pdf"
    response["Content-Disposition"] = content_disposition_header(download, file_name) or "inline"
    response["Cache-Control"] = "private, no-cache"
    response["Last-Modified"] = formatdate(usegmt=True)
    return response


def _meta(titel: str, taal: str, adres: str, op: datetime) -> dict[str, Any]:
    """What the house library needs: its own words stand in a language of the portal, whatever the document's is."""
    woordtaal = taal if taal in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(woordtaal):
        day = date_format(timezone.localtime(op), "j F Y")
        woorden = {
            "auteur": gettext("Stad Genk"),
            "stand": gettext("Stand op %(dag)s.") % {"dag": day},
            "voet": f"{gettext('Genk Wijk')} · {day}",
            "demo": gettext("Voorbeeld: mensen en teksten zijn verzonnen."),
            "leeg": gettext("Er staat nog niets in deze tabel."),
            "onleesbaar": gettext("Waar […] staat, zijn er tekens die we niet op papier krijgen."),
            "ja": gettext("ja"),
            "nee": gettext("nee"),
        }
    return {
        "titel": titel,
        "taal": taal,
        "woordtaal": woordtaal,
        "adres": adres,
        "demo": settings.DEMO,
        "kleuren": kleuren(),
        "onleesbaar": False,
        "woorden": woorden,
    }


def _build(template: str, source: Path, values: dict[str, Any], standaard: bool) -> bytes:
    for attempt in (1, 2, 3):
        try:
            built, odd = typst.compile_with_warnings(
                str(source),
                root=str(settings.BASE_DIR),
                font_paths=_fonts(),
                ignore_system_fonts=True,
                sys_inputs={name: json.dumps(value, ensure_ascii=False) for name, value in values.items()},
                pdf_standards=["ua-1"] if standaard else [],
            )
        except typst.TypstError as error:
            missing = _unshowable(error.diagnostic)
            if not missing or attempt == 3:
                raise BouwFout(template, error.diagnostic.strip() or error.message) from error
            logger.warning(
                "document %s: no font for %s", template, ", ".join(sorted({f"U+{ord(c[0]):04X}" for c in missing}))
            )
            values = _without(values, missing)
        else:
            for warning in odd:
                warnings.warn(f"{template}: {warning.diagnostic.strip()}", BouwWaarschuwing, stacklevel=3)
            return bytes(built)
    raise AssertionError("the third attempt ends the loop")


def _unshowable(diagnostic: str) -> list[str]:
    """The pieces of text that typst could not show, the longest first."""

    def plain(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else match[2]

    return sorted({_ESCAPE.sub(plain, piece) for piece in _UNSHOWABLE.findall(diagnostic)}, key=len, reverse=True)


def _without(values: dict[str, Any], missing: list[str]) -> dict[str, Any]:
    """The same values, each run of what cannot be shown replaced, and the mark that says so."""
    run = re.compile(rf"(?:{'|'.join(re.escape(piece) for piece in missing)})+")
    data, meta = (_map_text(values[name], lambda text: run.sub(UNSHOWN, text)) for name in ("data", "meta"))
    return {"data": data, "meta": {**meta, "onleesbaar": True}}


def _map_text(value: Any, change: Callable[[str], str]) -> Any:
    match value:
        case str():
            return change(value)
        case list():
            return [_map_text(each, change) for each in value]
        case dict():
            return {key: _map_text(each, change) for key, each in value.items()}
    return value


def _plain(value: Any) -> Any:
    """The value as JSON knows it, texts without what a PDF may not hold. Raises TypeError for what has no such form."""
    if hasattr(value, "__json__"):
        return _plain(value.__json__())
    match value:
        case None | bool() | int() | float():
            return value
        case str() | Promise() | UUID():
            return FORBIDDEN.sub("", CONTROL.sub("", str(value)))
        case datetime():
            return date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "j F Y H:i")
        case date():
            return date_format(value, "j F Y")
        case Decimal():
            return str(value).replace(".", ",")
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case Iterable() if not isinstance(value, bytes | bytearray | memoryview):
            return [_plain(each) for each in value]
    raise TypeError(f"a {type(value).__name__} is no data for a document")


@functools.cache
def _fonts() -> typst.Fonts:
    """The fonts of typst itself, and Noto for the scripts of the city and for signs. Never those of the machine."""
    spec = find_spec("manimgx_fonts")
    if spec is None or spec.origin is None:
        raise ImportError("manimgx-fonts is missing: pip install -r requirements.txt")
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(Path(spec.origin).parent)]
    )
