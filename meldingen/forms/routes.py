"""Writing a routing rule, and trying what the rules do with a report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kern.gebruikers.models import Gebruiker
from wijken.models import Team, Wijk

from ..models import Categorie, Melding, Routeregel, Vraag, Weekdag
from ..models.categorie import Prioriteit
from ..queries import routes
from ..routering import Feiten
from .staff import DagInput, colleagues

NO_MATTER = _("maakt niet uit")


def in_tree(*, with_main: bool) -> list[Any]:
    """The categories under their main category; `with_main`: also each main category as a whole."""
    rows = Categorie.objects.select_related("hoofdcategorie").order_by(
        "hoofdcategorie__volgorde", "hoofdcategorie__naam", "volgorde", "naam"
    )
    subs = groupby((row for row in rows if row.hoofdcategorie), key=lambda row: row.hoofdcategorie)
    return [
        (
            top.naam,
            [
                *([(top.pk, _("Alles van %(naam)s") % {"naam": top.naam})] if with_main else []),
                *((row.pk, row.naam) for row in group),
            ],
        )
        for top, group in subs
        if top
    ]


def questions_in_groups() -> list[Any]:
    """The extra questions under their category."""
    rows = Vraag.objects.select_related("categorie").order_by("categorie__naam", "categorie_id", "volgorde", "pk")
    groups = groupby(rows, key=lambda row: row.categorie)
    return [(str(categorie), [(row.pk, row.tekst) for row in group]) for categorie, group in groups]


class UurInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class RegelForm(forms.ModelForm):
    """One rule: every condition a field, all of them optional, and one target."""

    use_required_attribute = False
    weekdagen = forms.TypedMultipleChoiceField(
        label=_("Op deze dagen"),
        coerce=int,
        choices=Weekdag.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Niets aangevinkt: elke dag."),
    )
    reden = forms.CharField(
        label=_("Waarom deze wijziging?"),
        required=False,
        max_length=200,
        help_text=_("Staat in de historiek, voor wie later wil weten waarom."),
    )

    class Meta:
        model = Routeregel
        fields = [
            "naam",
            "categorie",
            "wijk",
            "stadsdeel",
            "bron",
            "prioriteit",
            "weekdagen",
            "van_uur",
            "tot_uur",
            "vraag",
            "antwoord",
            "team",
            "persoon",
            "is_actief",
            "geldig_van",
            "geldig_tot",
        ]
        widgets = {"van_uur": UurInput, "tot_uur": UurInput, "geldig_van": DagInput, "geldig_tot": DagInput}
        error_messages = {"naam": {"required": _("Geef de regel een naam.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("bron", "prioriteit"):
            choices = [row for row in self.fields[name].choices if row[0]]
            self.fields[name].choices = [("", NO_MATTER), *choices]
        self.fields["categorie"].choices = [("", NO_MATTER), *in_tree(with_main=True)]
        self.fields["vraag"].choices = [("", NO_MATTER), *questions_in_groups()]
        self.fields["wijk"].empty_label = self.fields["stadsdeel"].empty_label = NO_MATTER
        self.fields["team"].queryset = self._with_current(Team.objects.filter(is_actief=True), Team, "team_id")
        self.fields["team"].empty_label = _("geen team")
        self.fields["persoon"].queryset = self._with_current(colleagues(), Gebruiker, "persoon_id")
        self.fields["persoon"].empty_label = _("geen persoon")

    def _with_current(self, rows: Any, model: Any, name: str) -> Any:
        """What can be chosen, and what the rule has: a rule for somebody who left can be opened and mended."""
        current = getattr(self.instance, name)
        return model.objects.filter(pk__in=[*rows.values_list("pk", flat=True), current]).order_by("naam")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("van_uur", "tot_uur"):
            if data.get(name):
                data[name] = data[name].replace(second=0, microsecond=0)
        vraag, antwoord = data.get("vraag"), data.get("antwoord")
        if vraag and antwoord and not routes.possible_answer(vraag, antwoord):
            self.add_error("antwoord", _("Dit antwoord staat niet bij de keuzes van de vraag."))
        if vraag and data.get("categorie") and not self._belongs(vraag, data["categorie"]):
            self.add_error("vraag", _("Deze vraag hoort niet bij de gekozen categorie: dat past nooit samen."))
        return data

    @staticmethod
    def _belongs(vraag: Vraag, categorie: Categorie) -> bool:
        return categorie.pk in (vraag.categorie_id, vraag.categorie.hoofdcategorie_id)


class ProbeerForm(forms.Form):
    """A real report by its number, or one that might come in. `visible`: the reports that this person may see."""

    use_required_attribute = False
    nummer = forms.IntegerField(
        label=_("Nummer van een melding"),
        required=False,
        min_value=1,
        max_value=2**62,
        help_text=_("Of laat dit leeg en vul hieronder zelf in."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    categorie = forms.ModelChoiceField(label=_("Categorie"), queryset=Categorie.objects.sub(), required=False)
    wijk = forms.ModelChoiceField(
        label=_("Wijk"), queryset=Wijk.objects.all(), required=False, empty_label=_("geen wijk")
    )
    bron = forms.ChoiceField(label=_("Bron"), choices=Melding.Bron.choices, required=False)
    prioriteit = forms.ChoiceField(label=_("Prioriteit"), choices=Prioriteit.choices, required=False)
    dag = forms.DateField(label=_("Dag"), widget=DagInput, required=False)
    uur = forms.TimeField(label=_("Uur"), widget=UurInput, required=False)

    def __init__(self, data: Any = None, *, visible: Any, questions: Iterable[Vraag], at: datetime) -> None:
        self.visible, self.at = visible, timezone.localtime(at)
        usual = {"prioriteit": Prioriteit.NORMAAL, "dag": self.at.date(), "uur": self.at.strftime("%H:%M")}
        super().__init__({**usual, **data} if data else None, initial=usual)
        self.questions = list({row.pk: row for row in questions}.values())
        self.fields["categorie"].choices = [("", _("kies een categorie")), *in_tree(with_main=False)]
        for vraag in self.questions:
            self.fields[f"antwoord_{vraag.pk}"] = forms.CharField(
                label=vraag.tekst, required=False, max_length=200, help_text=str(vraag.categorie)
            )

    def clean_nummer(self) -> Melding | None:
        nummer = self.cleaned_data["nummer"]
        if nummer is None:
            return None
        melding = self.visible.select_related("categorie__hoofdcategorie", "categorie__team", "wijk").filter(pk=nummer)
        if found := melding.first():
            return found
        raise ValidationError(_("Deze melding is er niet, of je mag ze niet zien."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("nummer") and not data.get("categorie") and "nummer" not in self.errors:
            self.add_error("categorie", _("Kies een categorie, of geef het nummer van een melding."))
        return data

    @property
    def melding(self) -> Melding | None:
        return self.cleaned_data["nummer"]

    def facts(self) -> tuple[Feiten, Categorie, Wijk | None]:
        """What is tried, after `is_valid`."""
        if melding := self.melding:
            return routes.facts_of(melding), melding.categorie, melding.wijk
        data = self.cleaned_data
        day, hour = data["dag"] or self.at.date(), data["uur"] or self.at.time()
        moment = timezone.make_aware(datetime.combine(day, hour))
        given = {vraag.pk: data[f"antwoord_{vraag.pk}"] for vraag in self.questions}
        facts = routes.facts(
            categorie=data["categorie"],
            wijk=data["wijk"],
            bron=data["bron"] or Melding.Bron.FORMULIER,
            prioriteit=data["prioriteit"] or Prioriteit.NORMAAL,
            at=moment,
            antwoorden={pk: words for pk, words in given.items() if words},
        )
        return facts, data["categorie"], data["wijk"]
