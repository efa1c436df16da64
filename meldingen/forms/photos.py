"""Adding photos to a draft: what is good is kept, what is not is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kern.beelden import rules
from kern.beelden.forms import BeeldenField
from kern.beelden.rules import Foto

from .draft import MAX_PHOTOS


class UploadsField(BeeldenField):
    """The chosen files as they came in; the form looks at them one by one."""

    def clean(self, data: Sequence[UploadedFile] | None, initial: object = None) -> list[UploadedFile]:
        return list(data or [])


class FotoForm(forms.Form):
    """Photos to add. After `is_valid()`, whatever it says, `good` holds those to keep with their names."""

    fotos = UploadsField(
        label=_("Kies foto's"),
        help_text=_("JPEG, PNG, WebP of HEIC, elk hoogstens 15 MB. Je kan er meer dan één tegelijk kiezen."),
        required=False,
    )

    def __init__(self, *args: Any, kept: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = MAX_PHOTOS - kept
        self.good: list[tuple[str, Foto]] = []

    def complain(self, texts: Iterable[str]) -> None:
        """Say what was wrong with the files that were chosen before; a browser does not keep those."""
        self.full_clean()
        for text in texts:
            self.add_error("fotos", text)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        left = []
        for upload in cleaned.get("fotos", []):
            if len(self.good) == self.room:  # looking at a photo is work: none for one that cannot be kept
                left.append(upload.name)
                continue
            try:
                foto = rules.check(upload)
            except ValidationError as error:
                self.add_error("fotos", f"{upload.name}: {error.message}")
                continue
            self.good.append((upload.name, foto))
        if left:
            text = ngettext(
                "Je kan hoogstens %(max)d foto's meesturen. Deze is niet toegevoegd: %(namen)s.",
                "Je kan hoogstens %(max)d foto's meesturen. Deze zijn niet toegevoegd: %(namen)s.",
                len(left),
            )
            self.add_error("fotos", text % {"max": MAX_PHOTOS, "namen": ", ".join(left)})
        return cleaned
