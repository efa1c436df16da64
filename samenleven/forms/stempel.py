"""What forms of visitors without an account share: a field for robots, and a signed moment with a number."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# A form that comes back faster than a person types, or a day later, is shown again first.
MIN_SECONDS, MAX_SECONDS = 3, 24 * 3600
_signer = signing.TimestampSigner(salt="samenleven.formulier")


def new_stamp() -> str:
    """The number of a form, signed with the moment it was opened: sent twice, it is one sign-up."""
    return _signer.sign(uuid.uuid4().hex)


def read_stamp(value: str) -> tuple[uuid.UUID | None, bool]:
    """The number of the form, and whether it was opened by a person at work: three seconds to a day ago."""
    try:
        number = uuid.UUID(_signer.unsign(value))
        _signer.unsign(value, max_age=MAX_SECONDS)
    except signing.SignatureExpired:
        return number, False
    except (signing.BadSignature, ValueError):
        return None, False
    try:
        _signer.unsign(value, max_age=MIN_SECONDS)
    except signing.SignatureExpired:
        return number, True
    return number, False


class Gestempeld(forms.Form):
    """A form of a visitor without an account. `inzending` is its number once it was checked."""

    use_required_attribute = False
    stempel = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=_("Laat dit veld leeg"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stempel"].initial = new_stamp
        self.inzending: uuid.UUID | None = None

    @property
    def velden(self) -> list[forms.BoundField]:
        """The fields for people."""
        return [self[name] for name in self.fields if name not in ("stempel", "website")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.inzending, at_work = read_stamp(cleaned.get("stempel", ""))
        if cleaned.get("website") or not at_work:
            # The same number, counted from now: what was typed is kept, and sending again is enough.
            self.data = self.data.copy()
            self.data["stempel"] = _signer.sign((self.inzending or uuid.uuid4()).hex)
            self.data["website"] = ""
            raise ValidationError(
                gettext("Kijk alles nog even na en verstuur het dan opnieuw. Wat je invulde, staat er nog."),
                code="check",
            )
        return cleaned
