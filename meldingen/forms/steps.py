"""One form for each step of a report: where, what, contact; the questions and photos have modules of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kern.geo.forms import Invoer, PlaatsField
from kern.geo.lambert import format_coordinates
from wijken.models import Wijk, WijkRing
from wijken.queries import address_at, search_address, wijk_at

from .. import privacy
from ..models import Categorie
from . import draft


class VerhaalField(forms.CharField):
    """Text in lines. A browser counts the end of a line as one sign and sends two; here it is one again."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(str(value or "").replace("\r\n", "\n"))


class StepForm(forms.Form):
    """A step that shows again what was typed in it before, right or wrong."""

    def __init__(self, data: Any = None, *, typed: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if data is None and typed:
            known = {name: field.widget.value_from_datadict(typed, {}, name) for name, field in self.fields.items()}
            self.initial = {name: value for name, value in known.items() if value is not None}

    def typed(self) -> dict[str, str]:
        """What was typed, to keep; a form may put what it found out in the place of what was asked."""
        return self.data.dict() if hasattr(self.data, "dict") else dict(self.data)


class WaarForm(StepForm):
    """The place: an address, a pin on the map, or words. One of the three is enough."""

    stempel = forms.CharField(widget=forms.HiddenInput, required=False)
    plaats = PlaatsField(label=_("Met een adres of op de kaart"), required=False)
    in_woorden = VerhaalField(
        label=_("Of in je eigen woorden"),
        help_text=_("Bijvoorbeeld: aan de poort van de school, of: het pad achter de kerk van Waterschei."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    wijk = forms.ChoiceField(
        label=_("Weet je de wijk?"),
        help_text=_("Handig als je geen adres of plaats op de kaart gaf."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wijken = dict(Wijk.objects.values_list("pk", "naam"))
        self.fields["wijk"].choices = [("", _("Ik weet het niet")), *self.wijken.items()]
        self.initial.setdefault("stempel", draft.stamp())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "plaats" in self.errors and self._only_unknown():
            # Words are enough: an address that nobody finds is kept as it was typed.
            del self._errors["plaats"]
            cleaned["plaats"] = None
        punt = cleaned.get("plaats")
        if punt:
            self._check_city(punt)
        elif "plaats" not in self.errors and "in_woorden" not in self.errors and not cleaned.get("in_woorden"):
            self.add_error("plaats", _("Zeg waar het is: met een adres, op de kaart of in woorden."))
        return cleaned

    def _only_unknown(self) -> bool:
        codes = {error.code for error in self.errors.as_data()["plaats"]}
        return codes == {"unknown"} and bool(self.cleaned_data.get("in_woorden"))

    def _check_city(self, punt: Any) -> None:
        self.wijk_found = wijk_at(punt)
        if self.wijk_found is None and WijkRing.objects.exists():
            self.add_error(
                "plaats",
                ValidationError(
                    _(
                        "Deze plaats ligt niet in Genk. Wij werken alleen in Genk: kies een andere plaats, "
                        "of meld het bij de gemeente waar het is."
                    ),
                    code="outside",
                ),
            )

    def result(self) -> dict[str, Any]:
        """The place for the report: point, address, words, and the wijk that it lies in."""
        punt = self.cleaned_data["plaats"]
        chosen = self.cleaned_data["wijk"]
        wijk = (self.wijk_found.pk, self.wijk_found.naam) if punt and self.wijk_found else None
        if not punt and chosen:
            wijk = (int(chosen), self.wijken[int(chosen)])
        return {
            "punt": list(punt) if punt else None,
            "adres": self._address()[:200],
            "in_woorden": self.cleaned_data["in_woorden"],
            "wijk": wijk[0] if wijk else None,
            "wijk_naam": wijk[1] if wijk else "",
        }

    def typed(self) -> dict[str, str]:
        """With the place that was found, so that going on does not search again."""
        typed = super().typed()
        if punt := getattr(self, "cleaned_data", {}).get("plaats"):
            address = self._address() if self._invoer().adres else ""
            typed |= {"plaats": format_coordinates(punt), "plaats_adres": address, "plaats_gevonden": address}
            typed.pop("plaats_keuze", None)
        typed.pop("plaats_zoek", None)
        return typed

    def _invoer(self) -> Invoer:
        field = self.fields["plaats"]
        return field.widget.value_from_datadict(self.data, {}, "plaats")

    def _address(self) -> str:
        """The address as it was found or typed; for a pin, the nearest street."""
        if not hasattr(self, "_words_for_place"):
            invoer, punt = self._invoer(), self.cleaned_data["plaats"]
            if punt and (invoer.keuze or invoer.zoekt):
                labels = {format_coordinates(row.punt): row.label for row in search_address(invoer.adres)}
                self._words_for_place = labels.get(format_coordinates(punt), invoer.adres)
            else:
                self._words_for_place = address_at(punt) if punt and not invoer.adres else invoer.adres
        return self._words_for_place


class WatForm(StepForm):
    """What it is about: one category, and the story."""

    categorie = forms.ChoiceField(
        label=_("Waarover gaat het?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies waarover het gaat. Weet je het niet? Kies dan “Ik weet het niet”."),
            "invalid_choice": _("Deze keuze bestaat niet meer. Kies opnieuw waarover het gaat."),
        },
    )
    omschrijving = VerhaalField(
        label=_("Wat is er aan de hand?"),
        help_text=_("Schrijf geen namen, telefoonnummers of nummerplaten in je tekst. Die vragen we later apart."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Vertel in een paar woorden wat er aan de hand is.")},
    )

    def __init__(self, *args: Any, categories: Iterable[Categorie], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = {str(row.pk): row for row in categories}
        self.fields["categorie"].choices = [(pk, row.naam) for pk, row in self.categories.items()]

    @property
    def chosen(self) -> Categorie | None:
        """The category that is chosen now, also when the rest of the step is not right yet."""
        return self.categories.get(str(self["categorie"].value() or ""))

    def found_data(self) -> list[privacy.Vondst]:
        """What looks like personal data in the story."""
        return privacy.find(self.cleaned_data["omschrijving"])

    def result(self) -> dict[str, Any]:
        return {
            "categorie": int(self.cleaned_data["categorie"]),
            "omschrijving": self.cleaned_data["omschrijving"],
            "let_op_gegevens": bool(self.found_data()),
        }


class ContactForm(StepForm):
    """Who reports, as far as that person wants to say."""

    naam = forms.CharField(
        label=_("Je naam"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Je e-mailadres"),
        help_text=_("We mailen je de code van je melding en wat we ermee doen."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": _("Dit e-mailadres klopt niet. Een adres ziet er zo uit: naam@voorbeeld.be.")},
    )
    telefoon = forms.CharField(
        label=_("Je telefoonnummer"),
        help_text=_("Alleen als je wil dat we je kunnen bellen over je melding."),
        max_length=30,
        required=False,
        validators=[
            RegexValidator(
                r"^\+?(?:[\s./()-]*\d){8,15}[\s./()-]*$",
                _("Dit telefoonnummer klopt niet. Een nummer ziet er zo uit: 0470 12 34 56."),
            )
        ],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def result(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("naam", "email", "telefoon")}


class FollowForm(forms.Form):
    """Somebody has the same problem; an address only for whoever wants to hear how it ends."""

    email = forms.EmailField(
        label=_("Je e-mailadres"),
        help_text=_("Dan mailen we je wat er met de melding gebeurt. Je kan altijd stoppen."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": _("Dit e-mailadres klopt niet. Een adres ziet er zo uit: naam@voorbeeld.be.")},
    )


class SendForm(forms.Form):
    """The button at the end. It names the draft as it was on the page, and catches robots."""

    inzending = forms.UUIDField(widget=forms.HiddenInput)
    gezien = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=_("Laat dit veld leeg"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, stempel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stempel = stempel

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("website") or not draft.stamp_is_good(self.stempel):
            raise ValidationError(
                gettext("Kijk je melding nog even na, en verstuur ze dan opnieuw. Alles wat je invulde, is bewaard."),
                code="check",
            )
        return cleaned
