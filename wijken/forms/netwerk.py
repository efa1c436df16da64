"""What staff fill in about partners: their people, their roles, agreements and agreed tasks."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils import timezone

from kern.gebruikers.models import Gebruiker

from ..actions.overeenkomsten import Gevraagd
from ..models import Afspraak, Buurtwerkthema, Partner, Partnerrol, Samenwerkingsovereenkomst, Wijk
from ..states.netwerk import Afspraakstatus, Overeenkomststatus

NO_DAY = {"required": "Kies een dag.", "invalid": "Typ een datum, bijvoorbeeld 23/7/2026."}
ROWS = 6
PHONE = RegexValidator(
    r"^\+?(?:[\s./()-]*\d){8,15}[\s./()-]*$",
    "Dit telefoonnummer klopt niet. Een nummer ziet er zo uit: 0470 12 34 56.",
)


class DagInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def day(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, required=required, widget=DagInput, error_messages=NO_DAY)


def area(label: str, help_text: str = "", *, required: bool = False, missing: str = "", rows: int = 3) -> Any:
    errors = {"required": missing} if missing else None
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=errors,
    )


class BedragField(forms.DecimalField):
    """An amount as people write it: 1250, 1250,50, 1.250,50 or € 1 250,5."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "size": "12"})
        super().__init__(max_digits=11, decimal_places=2, min_value=Decimal(0), widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = re.sub(r"[\s\u00a0\u202f€]", "", str(value or ""))
        if "," in text:
            text = text.replace(".", "").replace(",", ".")
        elif re.fullmatch(r"\d{1,3}(\.\d{3})+", text):
            text = text.replace(".", "")
        return super().to_python(text)

    def prepare_value(self, value: Any) -> Any:
        return str(value).replace(".", ",") if isinstance(value, Decimal) else value


class PersoonForm(forms.Form):
    """Somebody who speaks for a partner."""

    use_required_attribute = False
    naam = forms.CharField(label="Naam", max_length=120, error_messages={"required": "Vul een naam in."})
    functie = forms.CharField(label="Functie", max_length=120, required=False)
    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        error_messages={"invalid": "Dit e-mailadres klopt niet. Een adres ziet er zo uit: naam@voorbeeld.be."},
    )
    telefoon = forms.CharField(label="Telefoonnummer", max_length=30, required=False, validators=[PHONE])
    wijken = forms.ModelMultipleChoiceField(
        label="Voor welke wijken?",
        help_text="Geen aangevinkt: voor alle wijken.",
        queryset=Wijk.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class RolForm(forms.Form):
    """What a partner is in a wijk."""

    use_required_attribute = False
    wijk = forms.ModelChoiceField(
        label="Wijk", queryset=Wijk.objects.all(), error_messages={"required": "Kies een wijk."}
    )
    rol = forms.ChoiceField(label="Rol", choices=[("", "–"), *Partnerrol.Rol.choices])
    toelichting = forms.CharField(
        label="In woorden",
        help_text="Eén zin voor bewoners: wat vinden ze daar?",
        max_length=160,
        required=False,
    )
    persoon = forms.ModelChoiceField(
        label="Contactpersoon", queryset=None, required=False, empty_label="niemand in het bijzonder"
    )
    van = day("Van")
    tot = day("Tot en met", "Leeg: voor onbepaalde tijd.", required=False)
    is_openbaar = forms.BooleanField(label="Toon op de pagina van de wijk", required=False, initial=True)

    def __init__(self, *args: Any, partner: Partner, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persoon"].queryset = people.filter(partner=partner)
        self.fields["rol"].error_messages["required"] = "Kies een rol."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("van") and data.get("tot") and data["tot"] < data["van"]:
            self.add_error("tot", "Het einde ligt voor het begin.")
        return data


class OvereenkomstForm(forms.Form):
    """An agreement with its results, in rows that need no script."""

    use_required_attribute = False
    partner = forms.ModelChoiceField(
        label="Partner", queryset=Partner.objects.active(), error_messages={"required": "Kies een partner."}
    )
    titel = forms.CharField(
        label="Waarover gaat het?", max_length=160, error_messages={"required": "Geef de overeenkomst een titel."}
    )
    van = day("Van")
    tot = day("Tot en met")
    bedrag = BedragField(
        label="Bedrag in euro",
        error_messages={"required": "Vul het bedrag in.", "invalid": "Vul een bedrag in, bijvoorbeeld 12500,00."},
    )
    themas = forms.MultipleChoiceField(
        label="Thema's",
        choices=Buurtwerkthema.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één thema."},
    )
    wijken = forms.ModelMultipleChoiceField(
        label="Wijken",
        queryset=Wijk.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één wijk."},
    )
    persoon = forms.ModelChoiceField(
        label="Wie krijgt de link naar het verslag?",
        queryset=None,
        required=False,
        empty_label="het adres van de partner",
    )
    verantwoordelijke = forms.ModelChoiceField(
        label="Wie volgt het op?", queryset=None, required=False, empty_label="de wijkmanagers van de wijken"
    )
    toelichting = area("Toelichting")
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, people: Any, overeenkomst: Samenwerkingsovereenkomst | None = None, **kwargs: Any
    ) -> None:
        self.overeenkomst = overeenkomst
        results = list(overeenkomst.resultaten.all()) if overeenkomst else []
        super().__init__(*args, initial={**self._start(overeenkomst), **kwargs.pop("initial", {})}, **kwargs)
        self.fields["verantwoordelijke"].queryset = Gebruiker.objects.filter(
            is_active=True, groups__name="wijkmanager"
        ).order_by("naam")
        own = overeenkomst.partner_id if overeenkomst else None
        self.fields["persoon"].queryset = people.filter(partner=own) if own else people
        self.fields["persoon"].label_from_instance = lambda row: f"{row.naam} ({row.partner})"
        if overeenkomst:
            del self.fields["partner"]
        self.rows = max(ROWS, len(results) + 2)
        for number in range(1, self.rows + 1):
            self._add_row(number, results[number - 1] if number <= len(results) else None)

    def _add_row(self, number: int, old: Any) -> None:
        self.fields[f"pk_{number}"] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=old.pk if old else None
        )
        self.fields[f"thema_{number}"] = forms.ChoiceField(
            label=f"Thema van resultaat {number}",
            choices=[("", "–"), *Buurtwerkthema.choices],
            required=False,
            initial=old.thema if old else "",
        )
        self.fields[f"tekst_{number}"] = forms.CharField(
            label=f"Gevraagd resultaat {number}", max_length=200, required=False, initial=old.tekst if old else ""
        )
        self.fields[f"doel_{number}"] = forms.IntegerField(
            label=f"Hoeveel bij resultaat {number}",
            min_value=0,
            max_value=1_000_000,
            required=False,
            initial=old.doel if old else None,
        )
        self.fields[f"eenheid_{number}"] = forms.CharField(
            label=f"Waarvan bij resultaat {number}", max_length=40, required=False, initial=old.eenheid if old else ""
        )

    @staticmethod
    def _start(row: Samenwerkingsovereenkomst | None) -> dict[str, Any]:
        if row is None:
            return {}
        names = ("titel", "van", "tot", "bedrag", "themas", "toelichting", "versie")
        return {
            **{name: getattr(row, name) for name in names},
            "wijken": [wijk.pk for wijk in row.wijken.all()],
            "persoon": row.persoon_id,
            "verantwoordelijke": row.verantwoordelijke_id,
        }

    @property
    def hoofdvelden(self) -> list[Any]:
        return [field for field in self.visible_fields() if not field.name[-1].isdigit()]

    @property
    def resultaatrijen(self) -> list[tuple[Any, ...]]:
        names = ("pk", "thema", "tekst", "doel", "eenheid")
        return [tuple(self[f"{name}_{number}"] for name in names) for number in range(1, self.rows + 1)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("van") and data.get("tot") and data["tot"] < data["van"]:
            self.add_error("tot", "Het einde ligt voor het begin.")
        partner = self.overeenkomst.partner if self.overeenkomst else data.get("partner")
        if data.get("persoon") and partner and data["persoon"].partner_id != partner.pk:
            self.add_error("persoon", "Deze persoon hoort bij een andere partner.")
        for number in range(1, self.rows + 1):
            theme, text = data.get(f"thema_{number}"), data.get(f"tekst_{number}")
            if text and not theme:
                self.add_error(f"thema_{number}", "Kies bij welk thema dit resultaat hoort.")
            elif theme and not text:
                self.add_error(f"tekst_{number}", "Schrijf welk resultaat je vraagt.")
        return data

    def fields_for_action(self) -> dict[str, Any]:
        """What was filled in, as the actions take it."""
        data = self.cleaned_data
        names = [field.name for field in self.hoofdvelden]
        asked = [
            Gevraagd(
                thema=data[f"thema_{number}"],
                tekst=data[f"tekst_{number}"],
                doel=data[f"doel_{number}"],
                eenheid=data[f"eenheid_{number}"],
                pk=data[f"pk_{number}"],
            )
            for number in range(1, self.rows + 1)
            if data[f"tekst_{number}"]
        ]
        return {**{name: data[name] for name in names}, "resultaten": asked}


class StopForm(forms.Form):
    """Why an agreement ends before its time."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)
    reden = area("Waarom stopt ze?", required=True, missing="Schrijf waarom.")


class VerlengForm(forms.Form):
    """Until when an agreement runs on."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)
    tot = day("Loopt verder tot en met")


class TerugForm(forms.Form):
    """What is missing in a report."""

    use_required_attribute = False
    vraag = area(
        "Wat ontbreekt er nog?",
        "De partner leest dit in een mail en op de pagina van het verslag.",
        required=True,
        missing="Schrijf wat er nog ontbreekt.",
    )


class AfspraakForm(forms.Form):
    """Who does what by when, and where it was agreed."""

    use_required_attribute = False
    wijk = forms.ModelChoiceField(
        label="Wijk", queryset=None, error_messages={"required": "Kies een wijk."}, empty_label=None
    )
    wat = forms.CharField(
        label="Wat is er afgesproken?", max_length=200, error_messages={"required": "Schrijf wat er afgesproken is."}
    )
    uitleg = area("Uitleg")
    partner = forms.ModelChoiceField(
        label="Welke partner doet het?", queryset=Partner.objects.active(), required=False, empty_label="geen partner"
    )
    persoon = forms.ModelChoiceField(
        label="Wie daar?", queryset=None, required=False, empty_label="niemand in het bijzonder"
    )
    collega = forms.ModelChoiceField(
        label="Of welke collega?", queryset=None, required=False, empty_label="geen collega"
    )
    samen_met = forms.ModelMultipleChoiceField(
        label="Samen met",
        queryset=Partner.objects.active(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    uiterlijk = day("Tegen wanneer?")
    afgesproken_op = day("Afgesproken op")
    waar = forms.CharField(
        label="Waar afgesproken?",
        help_text="Bijvoorbeeld: wijkteam in het buurthuis.",
        max_length=160,
        error_messages={"required": "Schrijf waar het afgesproken is."},
    )
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Any, wijken: Any, afspraak: Afspraak | None = None, **kwargs: Any) -> None:
        initial = {**self._start(afspraak), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["wijk"].queryset = wijken
        self.fields["persoon"].queryset = people
        self.fields["persoon"].label_from_instance = lambda row: f"{row.naam} ({row.partner})"
        colleagues = Gebruiker.objects.filter(is_active=True, groups__isnull=False).distinct().order_by("naam")
        self.fields["collega"].queryset = colleagues
        if afspraak:
            del self.fields["wijk"]

    @staticmethod
    def _start(row: Afspraak | None) -> dict[str, Any]:
        if row is None:
            return {"afgesproken_op": timezone.localdate()}
        names = ("wat", "uitleg", "uiterlijk", "afgesproken_op", "waar", "versie")
        return {
            **{name: getattr(row, name) for name in names},
            **{name: getattr(row, f"{name}_id") for name in ("partner", "persoon", "collega")},
            "samen_met": [other.pk for other in row.samen_met.all()],
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        partner, collega, persoon = data.get("partner"), data.get("collega"), data.get("persoon")
        if persoon and not partner:
            partner = data["partner"] = persoon.partner
        if bool(partner) == bool(collega):
            self.add_error("partner", "Kies een partner of een collega, niet allebei.")
        if persoon and partner and persoon.partner_id != partner.pk:
            self.add_error("persoon", "Deze persoon hoort bij een andere partner.")
        return data


class AntwoordForm(forms.Form):
    """How an agreed task went, by a member of staff."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)
    afloop = area("Hoe ging het?", "Nodig als het niet lukte of niet meer nodig is.")


class VerzetForm(forms.Form):
    """Another day for an agreed task."""

    use_required_attribute = False
    versie = forms.IntegerField(widget=forms.HiddenInput)
    uiterlijk = day("Naar welke dag?")

    def clean_uiterlijk(self) -> Any:
        chosen = self.cleaned_data["uiterlijk"]
        if chosen < timezone.localdate():
            raise ValidationError("Kies een dag vanaf vandaag.")
        return chosen


class LijstfilterForm(forms.Form):
    """Filters that stand in the address of a list; one that makes no sense is left out."""

    use_required_attribute = False

    def chosen(self) -> dict[str, Any]:
        self.full_clean()
        data = getattr(self, "cleaned_data", {})
        return {name: value for name, value in data.items() if value not in (None, "")}

    def pills(self, query: Any) -> list[dict[str, str]]:
        """The chosen filters in words, each with the address of the page without it."""
        found = []
        for name, value in self.chosen().items():
            rest = query.copy()
            for gone in (name, "na"):
                rest.pop(gone, None)
            field = self.fields[name]
            shown = dict(field.choices).get(value, value) if type(field) is forms.ChoiceField else value
            shown = f"{shown:%d/%m/%Y}" if isinstance(field, forms.DateField) else str(shown)
            found.append({"naam": field.label, "waarde": shown, "href": f"?{rest.urlencode()}"})
        return found


class PartnerfilterForm(LijstfilterForm):
    q = forms.CharField(label="Naam", max_length=80, required=False)
    soort = forms.ChoiceField(label="Soort", choices=[("", "alle"), *Partner.Soort.choices], required=False)
    wijk = forms.ModelChoiceField(label="Wijk", queryset=Wijk.objects.all(), required=False, empty_label="alle wijken")
    rol = forms.ChoiceField(label="Rol", choices=[("", "alle"), *Partnerrol.Rol.choices], required=False)
    contact = forms.ChoiceField(
        label="Contact",
        choices=[("", "alle"), ("niet", "niet bevestigd"), ("voorstel", "voorstel wacht")],
        required=False,
    )


class OvereenkomstfilterForm(LijstfilterForm):
    partner = forms.ModelChoiceField(
        label="Partner", queryset=Partner.objects.all(), required=False, empty_label="alle partners"
    )
    wijk = forms.ModelChoiceField(label="Wijk", queryset=Wijk.objects.all(), required=False, empty_label="alle wijken")
    thema = forms.ChoiceField(label="Thema", choices=[("", "alle"), *Buurtwerkthema.choices], required=False)
    jaar = forms.IntegerField(label="Jaar", min_value=2000, max_value=2100, required=False)
    stand = forms.ChoiceField(label="Stand", choices=[("", "alle"), *Overeenkomststatus.choices], required=False)
    loopt_af = forms.DateField(
        label="Loopt af tegen", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


class AfspraakfilterForm(LijstfilterForm):
    wijk = forms.ModelChoiceField(label="Wijk", queryset=Wijk.objects.all(), required=False, empty_label="alle wijken")
    partner = forms.ModelChoiceField(
        label="Partner", queryset=Partner.objects.all(), required=False, empty_label="alle partners"
    )
    collega = forms.ModelChoiceField(label="Collega", queryset=None, required=False, empty_label="alle collega's")
    stand = forms.ChoiceField(
        label="Stand", choices=[("", "alle"), ("laat", "voorbij de dag"), *Afspraakstatus.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["collega"].queryset = Gebruiker.objects.filter(
            Q(pk__in=Afspraak.objects.filter(collega__isnull=False).values("collega"))
        ).order_by("naam")
