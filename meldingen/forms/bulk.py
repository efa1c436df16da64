"""What staff fill in to change many reports at once: the fields of the step for one report, without its version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..models import Categorie, Label
from ..models.categorie import Prioriteit
from ..states import Sluitreden
from . import staff

# A duplicate is merged with its main report, and only the resident withdraws.
REASONS = [choice for choice in Sluitreden.choices if choice[0] not in (Sluitreden.DUBBEL, Sluitreden.INGETROKKEN)]
WORDS = _("Alle melders krijgen deze tekst. Ook wie volgt, leest hem: noem geen mensen en geen adres.")


class BulkForm(forms.Form):
    """What to do with the chosen reports."""

    use_required_attribute = False

    def put_back(self, typed: dict[str, list[str]]) -> None:
        """Fill in what was typed before."""
        self.initial |= {name: typed[name][-1] for name in self.fields if name in typed}


class ToewijzenForm(BulkForm):
    team = staff.WijsToeForm.base_fields["team"]
    behandelaar = forms.ModelChoiceField(
        label=_("Behandelaar"),
        queryset=None,
        required=False,
        empty_label=_("niemand in het bijzonder"),
        help_text=_("Krijgt één mail over alle meldingen samen."),
    )
    toelichting = staff.WijsToeForm.base_fields["toelichting"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["behandelaar"].queryset = staff.colleagues()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("team") and not data.get("behandelaar"):
            raise ValidationError(_("Kies een team of een behandelaar."))
        return data


class BulkStartForm(BulkForm):
    toelichting = staff.words(_("Bericht aan de melders"), WORDS, required=False)


class BulkPlanForm(staff.FromTodayMixin, BulkForm):
    gepland_op = staff.PlanForm.base_fields["gepland_op"]
    toelichting = staff.words(
        _("Bericht aan de melders"),
        _("Nodig voor meldingen waar deze dag later is dan beloofd: zeg waarom. Noem geen mensen en geen adres."),
        required=False,
    )

    def clean_gepland_op(self) -> Any:
        return self._from_today("gepland_op")


class BulkSluitForm(BulkForm):
    sluitreden = forms.ChoiceField(
        label=_("Hoe lopen ze af?"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe het afloopt.")},
    )
    toelichting = staff.words(_("Bericht aan de melders"), WORDS, missing=_("Schrijf wat de melders moeten weten."))


class BulkVraagForm(BulkForm):
    vraag = staff.words(
        _("Wat wil je van alle melders weten?"),
        _("De klok van elke melding staat stil tot haar melder antwoordt."),
        missing=_("Schrijf je vraag."),
    )


class BulkBelofteForm(staff.FromTodayMixin, BulkForm):
    oplossing_uiterlijk = staff.BelofteForm.base_fields["oplossing_uiterlijk"]
    reden = staff.words(_("Waarom verandert de datum?"), WORDS, missing=_("Schrijf waarom."))

    def clean_oplossing_uiterlijk(self) -> Any:
        return self._from_today("oplossing_uiterlijk")


class BulkCategorieForm(BulkForm):
    categorie = forms.ChoiceField(label=_("Nieuwe categorie"))
    reden = staff.VerbeterForm.base_fields["reden"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categorie"].choices = staff.category_choices(0)

    def clean_categorie(self) -> Categorie:
        return Categorie.objects.select_related("team").get(pk=self.cleaned_data["categorie"])


class BulkPrioriteitForm(BulkForm):
    prioriteit = forms.ChoiceField(label=_("Nieuwe prioriteit"), choices=Prioriteit.choices, widget=forms.RadioSelect)
    reden = staff.VerbeterForm.base_fields["reden"]


class BulkLabelForm(BulkForm):
    label = forms.ModelChoiceField(
        label=_("Welk label?"),
        queryset=Label.objects.active(),
        empty_label=_("kies een label"),
        error_messages={"required": _("Kies een label.")},
    )


class BulkLabelWegForm(BulkForm):
    label = forms.ModelChoiceField(
        label=_("Welk label?"),
        queryset=Label.objects.all(),
        empty_label=_("kies een label"),
        error_messages={"required": _("Kies een label.")},
    )


FORMS: dict[str, type[BulkForm]] = {
    "wijs-toe": ToewijzenForm,
    "start": BulkStartForm,
    "plan": BulkPlanForm,
    "sluit": BulkSluitForm,
    "vraag": BulkVraagForm,
    "belofte": BulkBelofteForm,
    "categorie": BulkCategorieForm,
    "prioriteit": BulkPrioriteitForm,
    "label-erbij": BulkLabelForm,
    "label-weg": BulkLabelWegForm,
}
