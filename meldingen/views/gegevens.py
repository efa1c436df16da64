"""Hand over what is kept on a mail address."""

from __future__ import annotations

import tempfile

from django.http import FileResponse
from django.utils import timezone

from ..queries import gegevens

# A ZIP up to this size stays in memory; a larger one goes by a file.
IN_MEMORY = 5 * 1024 * 1024


def as_download(found: gegevens.Gegevens) -> FileResponse:
    """All of it as a ZIP; its file goes when it was sent."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the response closes it)
    gegevens.write_zip(found, file, timezone.localdate())
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="gegevens.zip", content_type="application/zip")
