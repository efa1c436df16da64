"""What staff fill in about meetings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils import timezone

from kern.gebruikers.models import Gebruiker

from .. import soorten
from ..models import Bijeenkomst, Mixtelling, Team, Wijk
from ..rules import Bereik
from ..states.bijeenkomst import Status
from .inschrijven import EMAIL_ERRORS, TOLKTALEN, NodenForm

MOMENT = {"type": "datetime-local"}
MIX = {
    Mixtelling.Kenmerk.LEEFTIJD: ("jonger dan 18", "18 tot 34", "35 tot 64", "65 en ouder"),
    Mixtelling.Kenmerk.GENDER: ("vrouw", "man", "anders"),
    Mixtelling.Kenmerk.TAAL: ("vooral Nederlands", "vooral een andere taal", "beide"),
    Mixtelling.Kenmerk.WOONPLAATS: ("in de wijk", "elders in Genk", "buiten Genk"),
}
MAX_DECISIONS = 12


class Moment(forms.DateTimeField):
    """A day and an hour, on the clock of Brussels."""

    def __init__(self, **kwargs: Any) -> None:
        errors = {"required": "Kies een dag en een uur.", "invalid": "Vul een dag en een uur in."}
        super().__init__(
            widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs=MOMENT), error_messages=errors, **kwargs
        )


class VersieForm(forms.Form):
    """A form about a meeting as this person saw it."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)


def _check_moments(form: forms.BaseForm) -> None:
    """Begin and end belong together, wherever they are asked."""
    begin, einde = form.cleaned_data.get("begin"), form.cleaned_data.get("einde")
    if begin and einde and einde <= begin:
        form.add_error("einde", "Het einde komt na het begin.")


class BijeenkomstForm(forms.ModelForm):
    """Plan a meeting, or change what is told of it; when and where of an announced one are not among it."""

    versie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    begin = Moment(label="Begin")
    einde = Moment(label="Einde")
    inschrijven_vanaf = Moment(label="Inschrijven vanaf", required=False, help_text="Leeg: zodra ze aangekondigd is.")
    inschrijven_tot = Moment(label="Inschrijven tot", required=False, help_text="Leeg: tot ze begint.")
    tolktalen = forms.MultipleChoiceField(
        label="Er is een tolk voor", choices=TOLKTALEN, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Bijeenkomst
        fields = [
            "soort", "titel", "beschrijving", "wijken", "begin", "einde", "vorm", "locatie", "adres", "plaats", "hint",
            "online_link", "team", "organisatoren", "samen_met", "is_openbaar", "met_inschrijving", "capaciteit",
            "gereserveerd", "inschrijven_vanaf", "inschrijven_tot", "tolktalen", "met_kinderopvang",
            "is_rolstoeltoegankelijk", "met_gebarentaal",
        ]  # fmt: skip
        widgets = {
            "beschrijving": forms.Textarea(attrs={"rows": 6}),
            "wijken": forms.CheckboxSelectMultiple,
            "organisatoren": forms.CheckboxSelectMultiple,
        }
        error_messages = {
            "titel": {"required": "Geef de bijeenkomst een titel."},
            "team": {"required": "Kies welk team organiseert; bewoners zien de naam."},
        }

    def __init__(self, *args: Any, user: Gebruiker, reach: Bereik, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        row = self.instance
        kinds = soorten.choices(user.rollen)
        if row.pk and row.soort not in dict(kinds):
            kinds = [(row.soort, row.soort_naam), *kinds]
        self.fields["soort"] = forms.ChoiceField(label="Soort", choices=kinds)
        everywhere = "beheerder" in user.rollen
        teams = Team.objects.filter(is_actief=True)
        mine = teams if everywhere else teams.filter(Q(pk__in=reach.team_ids) | Q(pk=row.team_id))
        self.fields["team"].queryset = mine.order_by("naam")
        if not row.pk:
            own = teams.filter(pk__in=reach.team_ids).order_by("-soort", "naam").first()
            self.initial["team"] = own.pk if own else None
        colleagues = Gebruiker.objects.filter(is_active=True, lidmaatschappen__team__in=mine)
        already = row.organisatoren.values("pk") if row.pk else []
        self.fields["organisatoren"].queryset = (
            Gebruiker.objects.filter(Q(pk__in=colleagues.values("pk")) | Q(pk__in=already) | Q(pk=user.pk))
            .filter(is_active=True)
            .order_by("naam")
        )
        wijken = Wijk.objects.order_by("naam")
        if not everywhere and reach.wijk_ids:
            chosen = row.wijken.values("pk") if row.pk else []
            wijken = wijken.filter(Q(pk__in=reach.wijk_ids) | Q(pk__in=chosen))
        self.fields["wijken"].queryset = wijken
        self.fields["plaats"].required = False
        if row.pk:
            self.initial["versie"] = row.versie
        if row.pk and not row.is_concept:
            for name in ("soort", "begin", "einde", "vorm", "locatie", "adres", "plaats", "hint", "online_link"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        _check_moments(self)
        capacity, kept = cleaned.get("capaciteit"), cleaned.get("gereserveerd") or 0
        cleaned["gereserveerd"] = kept
        if capacity is not None and kept >= capacity:
            self.add_error("gereserveerd", "Hou minder plaatsen vrij dan er zijn.")
        if capacity is None and kept:
            self.add_error("gereserveerd", "Vul eerst in hoeveel plaatsen er zijn.")
        begin = cleaned.get("begin") or self.instance.begin
        until = cleaned.get("inschrijven_tot")
        if until and begin and until > begin:
            self.add_error("inschrijven_tot", "Inschrijven stopt ten laatste als de bijeenkomst begint.")
        if "vorm" in self.fields:
            self._check_place(cleaned)
        return cleaned

    def _check_place(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("vorm") != Bijeenkomst.Vorm.ONLINE and not (cleaned.get("locatie") or cleaned.get("adres")):
            self.add_error("adres", "Zeg waar het is: een naam of een adres.")
        if cleaned.get("vorm") == Bijeenkomst.Vorm.ONLINE and not cleaned.get("online_link"):
            self.add_error("online_link", "Vul de link in waarmee mensen meedoen.")

    def values(self) -> dict[str, Any]:
        """What was filled in, as the actions take it."""
        found = {name: value for name, value in self.cleaned_data.items() if name not in ("versie",)}
        found["wijken"] = list(found["wijken"])
        found["organisatoren"] = list(found["organisatoren"])
        return found

    def _post_clean(self) -> None:
        """The actions write: the row is not touched here, so that a refused form shows the meeting as it is."""


class VerplaatsForm(VersieForm):
    """Another moment or place, with a word about it for who comes."""

    begin = Moment(label="Begin")
    einde = Moment(label="Einde")
    vorm = forms.ChoiceField(label="Waar", choices=Bijeenkomst.Vorm.choices)
    locatie = forms.CharField(label="Naam van de plaats", max_length=120, required=False)
    adres = forms.CharField(label="Adres", max_length=200, required=False)
    plaats = Bijeenkomst._meta.get_field("plaats").formfield(required=False)
    hint = forms.CharField(label="Hoe vind je het", max_length=300, required=False)
    online_link = forms.CharField(
        label="Link om online mee te doen", max_length=300, required=False, validators=[URLValidator(["https"])]
    )
    toelichting = forms.CharField(
        label="Wat schrijf je erbij?",
        help_text="Staat in de mail en op de pagina. Bijvoorbeeld: de zaal is die avond niet vrij.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        _check_moments(self)
        return cleaned

    @classmethod
    def of(cls, row: Bijeenkomst, *args: Any) -> VerplaatsForm:
        names = ("begin", "einde", "vorm", "locatie", "adres", "plaats", "hint", "online_link", "versie")
        initial = {name: getattr(row, name) for name in names}
        for name in ("begin", "einde"):
            initial[name] = timezone.localtime(initial[name])
        return cls(*args, initial=initial)


class AfgelastForm(VersieForm):
    """Why it will not be held."""

    reden = forms.CharField(
        label="Waarom gaat het niet door?",
        help_text="Staat in de mail en op de pagina.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf waarom het niet doorgaat: wie zou komen, leest dit."},
    )


class PlaatsenForm(forms.Form):
    """More or fewer places."""

    use_required_attribute = False
    capaciteit = forms.IntegerField(
        label="Aantal plaatsen", min_value=1, max_value=10000, required=False, help_text="Leeg: geen grens."
    )
    gereserveerd = forms.IntegerField(label="Daarvan vrijgehouden", min_value=0, max_value=10000, initial=0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        capacity, kept = cleaned.get("capaciteit"), cleaned.get("gereserveerd") or 0
        if kept and (capacity is None or kept >= capacity):
            self.add_error("gereserveerd", "Hou minder plaatsen vrij dan er zijn.")
        return cleaned


class KopieForm(forms.Form):
    """The day of the next one."""

    use_required_attribute = False
    begin = Moment(label="Wanneer is de volgende?")


class StafInschrijfForm(NodenForm):
    """A colleague registers somebody who called or came by; without an address they get no mail."""

    naam = forms.CharField(label="Naam", max_length=120, error_messages={"required": "Vul de naam in."})
    email = forms.EmailField(label="E-mailadres", required=False, error_messages=EMAIL_ERRORS)
    telefoon = forms.CharField(label="Telefoon", max_length=30, required=False)
    taal = forms.ChoiceField(label="Taal van de mails", choices=settings.LANGUAGES)
    inzending = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("naam", "email", "telefoon", "taal", "aantal")


class AfrondForm(VersieForm):
    """How it went: counts, minutes, costs and what we learn of it."""

    aanwezigen = forms.IntegerField(label="Hoeveel mensen waren er?", min_value=0, max_value=100000, required=False)
    aanwezige_kinderen = forms.IntegerField(label="Hoeveel van hen waren kinderen?", min_value=0, required=False)
    organisaties = forms.CharField(label="Welke organisaties waren er?", max_length=400, required=False)
    verslag = forms.CharField(
        label="Verslag",
        help_text="Schrijf geen namen van bewoners. Een lege regel begint een nieuwe alinea.",
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    verslag_openbaar = forms.BooleanField(label="Zet verslag en besluiten op de openbare pagina", required=False)
    kosten = forms.DecimalField(
        label="Kosten in euro", min_value=0, max_digits=9, decimal_places=2, required=False, localize=True
    )
    kosten_toelichting = forms.CharField(label="Waarvoor", max_length=300, required=False)
    evaluatie_score = forms.TypedChoiceField(
        label="Hoe was het?",
        choices=[("", "nog niet beoordeeld"), *Bijeenkomst._meta.get_field("evaluatie_score").choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    evaluatie = forms.CharField(
        label="Wat ging goed, wat doen we anders?",
        help_text="Alleen voor collega's.",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        children, all_people = cleaned.get("aanwezige_kinderen"), cleaned.get("aanwezigen")
        if children and (all_people is None or children > all_people):
            self.add_error("aanwezige_kinderen", "Er zijn niet meer kinderen dan aanwezigen.")
        return cleaned

    @classmethod
    def of(cls, row: Bijeenkomst, *args: Any) -> AfrondForm:
        return cls(*args, initial={name: getattr(row, name) for name in cls.base_fields})


class MixForm(forms.Form):
    """How many of each group were there, counted together; all of it voluntary."""

    use_required_attribute = False
    prefix = "mix"

    def __init__(self, *args: Any, bijeenkomst: Bijeenkomst, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {(row.kenmerk, row.groep): row.aantal for row in bijeenkomst.mix.all()}
        for kenmerk, groepen in MIX.items():
            for number, groep in enumerate(groepen):
                self.fields[f"{kenmerk.value}_{number}"] = forms.IntegerField(
                    label=groep, min_value=0, max_value=100000, required=False, initial=known.get((kenmerk, groep))
                )

    @property
    def groepen(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields per characteristic."""
        return [
            (str(kenmerk.label), [self[f"{kenmerk.value}_{number}"] for number in range(len(groepen))])
            for kenmerk, groepen in MIX.items()
        ]

    def counts(self) -> dict[tuple[str, str], int]:
        """What was counted; an empty field is not counted, 0 is."""
        found = {}
        for kenmerk, groepen in MIX.items():
            for number, groep in enumerate(groepen):
                count = self.cleaned_data.get(f"{kenmerk.value}_{number}")
                if count is not None:
                    found[(kenmerk.value, groep)] = count
        return found


class BesluitForm(forms.Form):
    """One decision; an empty row is left out."""

    use_required_attribute = False
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    tekst = forms.CharField(label="Besluit", max_length=500, required=False)
    wie = forms.CharField(label="Wie doet het", max_length=120, required=False)
    tegen = forms.DateField(
        label="Tegen", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


BesluitFormSet = forms.formset_factory(BesluitForm, extra=2, max_num=MAX_DECISIONS)


class BehoefteUitBesluitForm(forms.Form):
    """The need that a decision leads to."""

    use_required_attribute = False
    wijk = forms.ModelChoiceField(Wijk.objects.none(), label="Van welke wijk?", empty_label=None)
    titel = forms.CharField(label="De behoefte in één zin", max_length=160)


class WerkFilter(forms.Form):
    """The filters of the list of meetings."""

    periode = forms.ChoiceField(
        label="Periode", required=False, choices=[("komend", "Te doen"), ("voorbij", "Voorbij"), ("alles", "Alles")]
    )
    status = forms.ChoiceField(label="Status", required=False)
    soort = forms.ChoiceField(label="Soort", required=False)
    wijk = forms.ModelChoiceField(
        Wijk.objects.all(), to_field_name="slug", required=False, label="Wijk", empty_label="Alle wijken"
    )
    van = forms.DateField(label="Vanaf", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    tot = forms.DateField(label="Tot en met", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    q = forms.CharField(label="Zoek in titel en plaats", required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        was_held = ("geweest", "Gehouden, al dan niet afgerond")
        self.fields["status"].choices = [("", "Elke status"), was_held, *Status.choices]
        self.fields["soort"].choices = [("", "Alle soorten"), *soorten.choices()]

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
