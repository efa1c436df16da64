"""Choosing photos in a form."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from . import rules
from .rules import Foto

ACCEPT = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"


class BeeldenInput(forms.FileInput):
    """A file input for several photos; a phone offers its camera too."""

    allow_multiple_selected = True


class BeeldenField(forms.FileField):
    """Several photos at once; its value is a list of `Foto`, ready for `actions.store`.

    Each file that is refused gets a message of its own, with its name.
    """

    widget = BeeldenInput
    default_error_messages = {
        "required": _("Kies minstens één foto."),
        "count": ngettext_lazy(
            "Kies hoogstens %(max)d foto.", "Kies hoogstens %(max)d foto's; je koos er %(aantal)d.", "max"
        ),
    }

    def __init__(self, *, max_aantal: int = 5, **kwargs: object) -> None:
        self.max_aantal = max_aantal
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {**super().widget_attrs(widget), "accept": ACCEPT}

    def clean(self, data: Sequence[UploadedFile] | None, initial: object = None) -> list[Foto]:
        uploads = list(data or [])
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > self.max_aantal:
            numbers = {"max": self.max_aantal, "aantal": len(uploads)}
            raise ValidationError(self.error_messages["count"], code="count", params=numbers)
        photos, errors = [], []
        for upload in uploads:
            try:
                photos.append(rules.check(upload))
            except ValidationError as error:
                errors.append(ValidationError(f"{upload.name}: {error.message}", code=error.code))
        if errors:
            raise ValidationError(errors)
        return photos
