"""What staff fill in about a need."""

from __future__ import annotations

from typing import Any

from django import forms

from kern.gebruikers.models import Gebruiker

from .. import registry
from ..models import Behoefte
from ..rules import Bereik
from .velden import StafForm, WijkMixin, area, domains, goals


class BehoefteForm(forms.ModelForm):
    """The words of a draft. `versie` is the draft as this person saw it."""

    versie = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Behoefte
        fields = ["titel", "toelichting"]
        widgets = {"toelichting": forms.Textarea(attrs={"rows": 6})}
        error_messages = {"titel": {"required": "Geef de behoefte een titel."}}

    def __init__(self, *args: Any, instance: Behoefte, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"versie": instance.versie}, **kwargs)
        self.use_required_attribute = False


class BeslisForm(forms.Form):
    """The decision on a draft; rejecting asks why."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)
    uitkomst = forms.CharField(
        label="Wat horen bewoners ervan?",
        help_text="Alleen als je verwerpt. Schrijf je hier iets, dan krijgt iedereen het die iets meldde, volgde of "
        "meedeed, en van wie nergens anders nog iets loopt. Leeg: niemand hoort iets.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reden = forms.CharField(
        label="Waarom wel of niet?",
        help_text="Nodig als je verwerpt. Het portaal stelt deze plaats dan twaalf maanden niet meer voor.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ["versie", "reden", "uitkomst"]


class NieuweBehoefteForm(WijkMixin, forms.ModelForm):
    """A need that somebody of the team writes down."""

    use_required_attribute = False
    domeinen = domains()
    doelstellingen = goals()

    class Meta:
        model = Behoefte
        fields = ["wijk", "titel", "toelichting", "herkomst", "domeinen", "doelstellingen"]
        widgets = {"toelichting": area(5), "herkomst": forms.RadioSelect}
        error_messages = {"titel": {"required": "Geef de behoefte een titel."}}

    def __init__(self, *args: Any, user: Gebruiker, reach: Bereik, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["herkomst"].choices = Behoefte.Herkomst.choices
        self.set_wijken(user, reach)


class BronForm(StafForm):
    """Something that the need comes from as well: its kind, and its number there."""

    soort = forms.ChoiceField(label="Wat is het?")
    nummer = forms.IntegerField(
        label="Nummer", min_value=1, max_value=10**12, error_messages={"required": "Vul het nummer in."}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = registry.source_kinds()
        self.fields["soort"].choices = [(kind.model._meta.label_lower, kind.een or kind.naam) for kind in kinds]
