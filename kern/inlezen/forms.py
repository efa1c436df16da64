"""What staff fill in to read in a file."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from . import lezen
from .models import Inlezing
from .registry import Soort, Veld


class BestandForm(forms.Form):
    """The file, what it is about and why. `sleutel` names this one form, so that a double click keeps one file."""

    use_required_attribute = False
    sleutel = forms.UUIDField(widget=forms.HiddenInput)
    doel = forms.ChoiceField(error_messages={"required": "Kies waarover het bestand gaat."})
    bestand = forms.FileField(
        label="Bestand",
        help_text=f"CSV of xlsx (Excel, LibreOffice), hoogstens {lezen.MAX_BYTES // 1024 // 1024} MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(lezen.ENDINGS)}),
        error_messages={"required": "Kies een bestand.", "empty": "Het bestand is leeg."},
    )
    reden = forms.CharField(
        label="Waarom lees je dit in?",
        help_text="Komt in de historiek van wat wijzigt, bijvoorbeeld: cijfers van najaar 2026.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, soort: Soort, doelen: Sequence[tuple[str, str]] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("sleutel", uuid.uuid4())
        if doelen is None:
            del self.fields["doel"]
        else:
            field = self.fields["doel"]
            field.label = soort.doel_vraag
            field.choices = [*([("", "Kies")] if len(doelen) != 1 else []), *doelen]

    def clean_bestand(self) -> UploadedFile:
        file = self.cleaned_data["bestand"]
        if not file.name.lower().endswith(lezen.ENDINGS):
            raise ValidationError("Kies een bestand dat eindigt op .csv of .xlsx.")
        if file.size > lezen.MAX_BYTES:
            raise ValidationError(f"Dit bestand is groter dan {lezen.MAX_BYTES // 1024 // 1024} MB. Splits het.")
        return file


class KolommenForm(forms.Form):
    """For each field the column that holds it."""

    use_required_attribute = False

    def __init__(self, *args: Any, inlezing: Inlezing, velden: Sequence[Veld], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = inlezing.voorbeeld[0] if inlezing.voorbeeld else []
        columns = [(str(place), _named(kop, first, place)) for place, kop in enumerate(inlezing.kop)]
        self.velden = velden
        for veld in velden:
            self.fields[veld.code] = forms.ChoiceField(
                label=veld.label,
                help_text=veld.hulp,
                choices=[("", "Kies een kolom" if veld.verplicht else "Niet in dit bestand"), *columns],
                required=veld.verplicht,
                initial=str(inlezing.koppeling.get(veld.code, "")),
                error_messages={"required": "Kies de kolom waarin dit staat."},
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        taken: dict[str, str] = {}
        for veld in self.velden:
            place = data.get(veld.code)
            if not place:
                continue
            if place in taken:
                self.add_error(veld.code, f"Deze kolom koos je al voor “{taken[place]}”.")
            taken.setdefault(place, veld.label)
        return data

    def chosen(self) -> dict[str, int]:
        """The columns by the code of their field."""
        return {code: int(place) for code, place in self.cleaned_data.items() if place}


class BevestigForm(forms.Form):
    """The yes to what was looked at."""

    use_required_attribute = False
    reden = forms.CharField(label="Reden voor de historiek", max_length=300, required=False)


def _named(kop: str, first: Sequence[str], place: int) -> str:
    example = first[place] if place < len(first) else ""
    return f"{kop} (zoals “{example[:30]}”)" if example else kop
