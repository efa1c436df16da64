"""What staff fill in about bruggenbouwers and rounds of the jury."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wijken.models import Wijk

from ..actions.jury import Lid
from ..models import Bruggenbouwer, Juryronde
from ..states.bruggenbouwer import Status
from .staf import DATE, Filters

READERS_MAX = 30


class BrugFilters(Filters):
    status = forms.ChoiceField(label="Stand", required=False, choices=[("", "alle"), *Status.choices])
    wijk = forms.ModelChoiceField(label="Wijk", required=False, queryset=Wijk.objects.all(), empty_label="alle")
    ronde = forms.ModelChoiceField(
        label="Juryronde", required=False, queryset=Juryronde.objects.all(), empty_label="alle"
    )
    wacht = forms.ChoiceField(
        label="Wacht op ons", required=False, choices=[("", "alle"), ("ja", "verhaal of verlenging na te kijken")]
    )
    label = forms.ChoiceField(
        label="Label", required=False, choices=[("", "alle"), ("gegeven", "ooit gegeven"), ("geldig", "geldig vandaag")]
    )
    jaar = forms.IntegerField(label="Label gegeven in", required=False, min_value=1990, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["traject"]


class VersieForm(forms.Form):
    """What somebody saw when they pressed the button."""

    versie = forms.IntegerField(widget=forms.HiddenInput)


class LeestekstForm(VersieForm):
    use_required_attribute = False
    leestekst = forms.CharField(
        label="Tekst voor de jury",
        max_length=8000,
        help_text="Haal weg waaraan de jury iemand herkent: namen, straten, verenigingen.",
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Zonder tekst kan de jury niets lezen."},
    )


class BesluitForm(VersieForm):
    use_required_attribute = False
    besluit = forms.ChoiceField(
        label="De jury zegt",
        widget=forms.RadioSelect,
        choices=[("ja", "ja: geef het label"), ("nee", "nee: nu niet")],
        error_messages={"required": "Kies wat de jury besliste."},
    )
    reden = forms.CharField(
        label="Waarom",
        max_length=1000,
        help_text="Leest de persoon op de eigen pagina. Zonder namen van juryleden.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Zeg waarom de jury zo besliste."},
    )


class RondeForm(forms.Form):
    """A round of the jury before it opens: its name, until when, who reads, and what."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    naam = forms.CharField(
        label="Naam", max_length=80, help_text="Zoals: voorjaar 2027.", error_messages={"required": "Geef ze een naam."}
    )
    lezen_tot = forms.DateField(
        label="De jury leest tot en met", widget=DATE, error_messages={"required": "Kies de laatste dag."}
    )
    juryleden = forms.CharField(
        label="Juryleden",
        help_text="Eén per regel: naam, e-mailadres. Zoals: An Janssens, an@voorbeeld.be",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Wie leest er? Vul minstens één jurylid in."},
    )
    kandidaten = forms.ModelMultipleChoiceField(
        label="Voordrachten",
        queryset=Bruggenbouwer.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Alleen wie ja zei en door twee anderen gesteund wordt.",
    )

    def __init__(self, *args: Any, ronde: Juryronde, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fits = Bruggenbouwer.objects.filter(status=Status.GESTEUND, gewist_op=None)
        if ronde.pk:
            fits = fits | Bruggenbouwer.objects.filter(ronde=ronde, status=Status.BIJ_DE_JURY)
            self.initial = {
                "versie": ronde.versie,
                "naam": ronde.naam,
                "lezen_tot": ronde.lezen_tot,
                "juryleden": "\n".join(f"{lid.naam}, {lid.email}" for lid in ronde.juryleden.all()),
                "kandidaten": list(ronde.kandidaten.values_list("pk", flat=True)),
            }
        self.fields["kandidaten"].queryset = fits.order_by("naam")

    def clean_juryleden(self) -> list[Lid]:
        people: dict[str, Lid] = {}
        for number, line in enumerate(self.cleaned_data["juryleden"].splitlines(), 1):
            if not line.strip():
                continue
            naam, _comma, email = (part.strip() for part in line.rpartition(","))
            try:
                validate_email(email)
            except ValidationError:
                email = ""
            if not naam or len(naam) > 120 or not email:
                raise ValidationError(f"Regel {number} klopt niet. Schrijf: naam, e-mailadres.")
            people[email.casefold()] = (naam, email)
        if len(people) > READERS_MAX:
            raise ValidationError(f"Een jury telt hoogstens {READERS_MAX} mensen.")
        return list(people.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        readers = {email.casefold() for _naam, email in cleaned.get("juryleden", [])}
        for row in cleaned.get("kandidaten", []):
            near = [row.email, row.door_email, *row.steun.values_list("email", flat=True)]
            if readers & {email.casefold() for email in near if email}:
                self.add_error("juryleden", f"Iemand van de jury staat te dicht bij {row}: draagt voor of steunt.")
        return cleaned
