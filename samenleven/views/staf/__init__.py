"""The pages of staff: who may open them, and what their lists share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from kern.documenten import werkblad
from wijken.gate import StaffRequest, for_staff

from ... import rules
from ...queries.staf import PAGE

View = Callable[..., HttpResponseBase]


def for_samenleven(view: View) -> View:
    """Let in who works on living together. Lists are open to all staff: a coach finds their own people there."""

    @for_staff
    @wraps(view)
    def wrapped(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.rollen & rules.ROLES:
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


def for_writers(view: View) -> View:
    """Let in who plans, checks and publishes."""

    @for_staff
    @wraps(view)
    def wrapped(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rules.may_write(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


def page_of(request: StaffRequest, rows: QuerySet[Any]) -> Page:
    """The page of the list that the address asks for; the nearest when there is no such page."""
    return Paginator(rows, PAGE).get_page(request.GET.get("pagina"))


def sheet_answer(
    request: StaffRequest, name: str, header: Sequence[str], rows: Iterable[Sequence[werkblad.Cel]]
) -> StreamingHttpResponse:
    """The list as a file: CSV, or a workbook with `?vorm=xlsx`."""
    name = f"{name}-{timezone.localdate():%Y-%m-%d}"
    if request.GET.get("vorm") == "xlsx":
        book = werkblad.xlsx_file(header, rows, title=name)
        return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=werkblad.XLSX_TYPE)
    response = StreamingHttpResponse(werkblad.csv_bytes(header, rows), content_type=werkblad.CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
