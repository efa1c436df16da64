"""What staff fill in about recommendations, and the filters of their lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from wijken.models import Team

from ..models import Aanbeveling, Denktafel, Domein, Signaal
from ..states.aanbeveling import Antwoord, Trede
from .staf import DATE, Filters, staff

RUNGS = [("0", "nog geen bewijs"), *((str(trede.value), trede.label) for trede in Trede)]


class AanbevelingFilters(Filters):
    domein = forms.ModelChoiceField(label="Domein", required=False, queryset=Domein.objects.all(), empty_label="alle")
    denktafel = forms.ModelChoiceField(
        label="Denktafel", required=False, queryset=Denktafel.objects.all(), empty_label="alle"
    )
    antwoord = forms.ChoiceField(label="Antwoord", required=False, choices=[("", "alle"), *Antwoord.choices])
    trede = forms.ChoiceField(label="Trede", required=False, choices=[("", "alle"), *RUNGS])
    horizon = forms.ChoiceField(label="Termijn", required=False, choices=[("", "alle"), *Aanbeveling.Horizon.choices])
    team = forms.ModelChoiceField(label="Dienst", required=False, queryset=Team.objects.all(), empty_label="alle")
    eigenaar = forms.ChoiceField(label="Wie instaat", required=False, choices=[("", "alle"), ("geen", "nog niemand")])


class AanbevelingForm(forms.ModelForm):
    """The words of a recommendation, where it comes from, and who looks after it."""

    use_required_attribute = False
    signaalnummers = forms.CharField(
        label="Waaruit ze komt",
        required=False,
        max_length=300,
        help_text="Nummers van struikelblokken en sleutels uit “Wat er gezegd werd”, met komma’s ertussen.",
    )

    class Meta:
        model = Aanbeveling
        fields = [
            "traject",
            "nummer",
            "titel",
            "tekst",
            "domein",
            "denktafel",
            "horizon",
            "gericht_aan",
            "voorgesteld_op",
            "team",
            "trekker",
            "is_openbaar",
        ]
        widgets = {"voorgesteld_op": DATE, "tekst": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domein"].queryset = Domein.objects.filter(is_actief=True) | Domein.objects.filter(
            pk=self.instance.domein_id
        )
        self.fields["team"].queryset = Team.objects.filter(is_actief=True) | Team.objects.filter(
            pk=self.instance.team_id
        )
        self.fields["trekker"].queryset = staff()
        if self.instance.pk and not self.is_bound:
            numbers = self.instance.signalen.order_by("pk").values_list("pk", flat=True)
            self.initial["signaalnummers"] = ", ".join(map(str, numbers))

    def clean_signaalnummers(self) -> list[Signaal]:
        words = [word.strip().removeprefix("#") for word in self.cleaned_data["signaalnummers"].split(",")]
        words = [word for word in words if word]
        if wrong := [word for word in words if not word.isdecimal() or len(word) > 9]:
            raise ValidationError(f"“{wrong[0]}” is geen nummer.")
        found = Signaal.objects.in_bulk([int(word) for word in words])
        if missing := [word for word in words if int(word) not in found]:
            raise ValidationError(f"Nummer {missing[0]} bestaat niet. Kijk na in “Wat er gezegd werd”.")
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        table, traject = cleaned.get("denktafel"), cleaned.get("traject")
        if table and traject and table.traject_id != traject.pk:
            self.add_error("denktafel", f"Deze denktafel hoort bij {table.traject}. Kies er een van {traject}.")
        return cleaned

    def to_save(self) -> dict[str, Any]:
        """What goes to the action."""
        fields = {name: self.cleaned_data[name] for name in self._meta.fields}
        return fields | {"signalen": self.cleaned_data["signaalnummers"]}


class _Gedateerd(forms.Form):
    use_required_attribute = False

    def clean_op(self) -> Any:
        day = self.cleaned_data["op"]
        if day and day > timezone.localdate():
            raise ValidationError("Deze dag moet nog komen. Vul in wanneer het gebeurde.")
        return day


class AntwoordForm(_Gedateerd):
    antwoord = forms.ChoiceField(
        label="Antwoord van de stad", choices=[("", "kies"), *(row for row in Antwoord.choices if row[0] != "wacht")]
    )
    reden = forms.CharField(label="Waarom", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    op = forms.DateField(label="Beantwoord op", widget=DATE)


class BewijsForm(_Gedateerd):
    trede = forms.TypedChoiceField(label="Trede", coerce=int, choices=Trede.choices)
    bewijs = forms.CharField(
        label="Waaruit dat blijkt",
        max_length=500,
        help_text="Een besluit, een bedrag, een foto, wie het ging kijken. Zonder namen van bewoners.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    url = forms.URLField(label="Waar je het ziet", required=False, max_length=400, assume_scheme="https")
    op = forms.DateField(label="Op", widget=DATE)


class NotaForm(_Gedateerd):
    nota = forms.CharField(
        label="Nota van de denktafel",
        required=False,
        max_length=4000,
        help_text="Wat de denktafel anders ziet dan de stad, in haar woorden. Leeg: geen nota.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    op = forms.DateField(label="Nota van", required=False, widget=DATE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("nota") and not cleaned.get("op") and "op" not in self.errors:
            self.add_error("op", "Vul in van welke dag de nota is.")
        return cleaned


class MijlpaalForm(forms.Form):
    use_required_attribute = False
    titel = forms.CharField(label="Wat er moet zijn", max_length=160)
    tegen = forms.DateField(label="Tegen", widget=DATE)


class GehaaldForm(_Gedateerd):
    bewijs = forms.CharField(label="Waaruit dat blijkt", max_length=500)
    op = forms.DateField(label="Gehaald op", widget=DATE)
