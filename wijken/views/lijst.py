"""What the lists of this room share: a page of rows, and the same rows as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from kern.documenten.werkblad import CSV_TYPE, XLSX_TYPE, Cel, csv_bytes, xlsx_file

PAGE = 25


def page_of(request: HttpRequest, rows: Any) -> Page[Any]:
    """The page of rows that the address asks for; the nearest one there is."""
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def as_file(
    request: HttpRequest, header: Sequence[str], rows: Iterable[Sequence[Cel]], *, naam: str
) -> HttpResponseBase | None:
    """The rows as CSV or xlsx when the address asks for it (`?vorm=csv`); None when it does not."""
    name = f"{naam}-{timezone.localdate():%Y-%m-%d}"
    match request.GET.get("vorm"):
        case "csv":
            response: HttpResponseBase = StreamingHttpResponse(csv_bytes(header, rows), content_type=CSV_TYPE)
            response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        case "xlsx":
            file = xlsx_file(header, rows, title=naam)
            response = FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
        case _:
            return None
    response["Cache-Control"] = "private, no-store"
    return response
