"""What staff write down of a contact moment, and how somebody asks to hear what comes of it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from kern.gebruikers.models import Gebruiker

from ..models import Behoefte, Contactmoment, Gehoord, Thema
from ..rules import Bereik
from .velden import DagInput, WijkMixin, area, colleagues

ROWS, MOST_ROWS, LENGTH = 3, 40, 1000
CONSENT = (
    "Deze bewoner vraagt zelf om te horen wat ervan komt. Ik zei dat we naam en adres alleen daarvoor gebruiken, "
    "hoogstens twee jaar bewaren, en dat stoppen kan met de link in elke mail."
)


class MomentForm(WijkMixin, forms.ModelForm):
    """A contact moment, quick enough for the street: what matters first, the rest can wait. `gehoord` are rows."""

    use_required_attribute = False
    inzending = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    themas = forms.ModelMultipleChoiceField(
        label="Waarover ging het?",
        queryset=Thema.objects.filter(is_actief=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    begeleiders = forms.ModelMultipleChoiceField(
        label="Door wie?",
        queryset=None,
        required=False,
        help_text="Niemand gekozen: jijzelf. Houd Ctrl of Cmd ingedrukt om er meer te kiezen.",
    )

    class Meta:
        model = Contactmoment
        fields = ["soort", "wijk", "datum", "adres", "aantal_mensen", "themas", "begeleiders", "samen_met", "notities"]
        widgets = {
            "soort": forms.RadioSelect,
            "datum": DagInput,
            "aantal_mensen": forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "max": 5000}),
            "notities": area(3),
        }
        error_messages = {
            "soort": {"required": "Kies wat voor moment het was."},
            "datum": {"required": "Kies de dag.", "invalid": "Typ een datum, bijvoorbeeld 23/7/2026."},
            "aantal_mensen": {"required": "Hoeveel mensen sprak je? Een schatting is goed."},
        }

    def __init__(self, *args: Any, user: Gebruiker, reach: Bereik, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = Contactmoment.Soort.choices
        self.fields["begeleiders"].queryset = colleagues()
        self.set_wijken(user, reach)
        if not self.instance.pk:
            self.initial.setdefault("datum", timezone.localdate())

    @property
    def heard(self) -> list[str]:
        """The rows as they were typed, with empty ones up to the number that is shown; more when that was asked."""
        typed = self.typed if self.is_bound else []
        asked = 3 if self.is_bound and "meer" in self.data else 0
        return [*typed, *[""] * max(ROWS - len(typed), asked)][:MOST_ROWS]

    @property
    def typed(self) -> list[str]:
        rows = self.data.getlist("gehoord") if hasattr(self.data, "getlist") else []
        return [row.strip()[:LENGTH] for row in rows if row.strip()][:MOST_ROWS]

    def values(self) -> dict[str, Any]:
        """What goes to the action."""
        return {
            **{name: value for name, value in self.cleaned_data.items() if name not in ("inzending", "versie")},
            "gehoord": self.typed,
        }


class GehoordForm(forms.Form):
    """What becomes of one thing that was heard; `soort` is a category, `behoefte` a need there is already."""

    wat = forms.ChoiceField(choices=[row for row in Gehoord.Werd.choices if row[0] != Gehoord.Werd.OPEN])
    soort = forms.IntegerField(required=False)
    behoefte = forms.ModelChoiceField(queryset=Behoefte.objects.none(), required=False)

    def __init__(self, *args: Any, needs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["behoefte"].queryset = needs


class OpdehoogteForm(forms.Form):
    """A resident who asks to hear what comes of it. Nothing is kept without the tick."""

    use_required_attribute = False
    email = forms.EmailField(
        label="E-mailadres",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Vul het e-mailadres in.",
            "invalid": "Dit e-mailadres klopt niet. Een adres ziet er zo uit: naam@voorbeeld.be.",
        },
    )
    naam = forms.CharField(label="Naam", required=False, max_length=100)
    taal = forms.ChoiceField(label="Taal van de mails", choices=settings.LANGUAGES, initial="nl")
    toestemming = forms.BooleanField(
        label=CONSENT, error_messages={"required": "Vink aan dat de bewoner dit vraagt, of bewaar geen adres."}
    )
