"""What the figures are of: a traject and a year, in the address of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Traject


class CijferFilters(forms.Form):
    """A wrong value is no filter."""

    use_required_attribute = False
    traject = forms.ChoiceField(label=_("Traject"), required=False)
    jaar = forms.TypedChoiceField(label=_("Jaar"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, *, trajecten: Sequence[Traject], jaren: Sequence[int]) -> None:
        super().__init__(data)
        self._trajecten = {row.slug: row for row in trajecten}
        self.fields["traject"].choices = [(row.slug, row.naam) for row in trajecten]  # type: ignore[attr-defined]
        years = [("", _("alle jaren")), *((jaar, str(jaar)) for jaar in jaren)]
        self.fields["jaar"].choices = years  # type: ignore[attr-defined]

    def chosen(self) -> tuple[Traject | None, int | None]:
        """The traject, the first when none was asked for, and the year."""
        self.is_valid()
        first = next(iter(self._trajecten.values()), None)
        return self._trajecten.get(self.cleaned_data.get("traject", ""), first), self.cleaned_data.get("jaar")
