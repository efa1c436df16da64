"""A table as the answer to a request: CSV, or a workbook when that was asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify

from . import werkblad


def as_file(vorm: str, titel: str, header: Sequence[str], rows: Iterable[Sequence[werkblad.Cel]]) -> HttpResponseBase:
    """The table as a download, named after its title and today; `vorm` is “xlsx”, anything else is CSV."""
    name = f"{slugify(titel)}-{timezone.localdate():%Y%m%d}"
    if vorm == "xlsx":
        file = werkblad.xlsx_file(header, rows, title=titel)
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=werkblad.XLSX_TYPE)
    response = StreamingHttpResponse(werkblad.csv_bytes(header, rows), content_type=werkblad.CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
