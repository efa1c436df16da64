"""Objects, zones, campaigns and opinions: what the coordinator and surveyors fill in."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kern.gebruikers.models import Gebruiker, Rol
from kern.geo import Ring
from kern.geo.forms import LijnField, OmtrekField, PlaatsField
from kern.geo.geojson import read_parts
from kern.geo.lambert import Stelsel, recognise, to_wgs84
from wijken.models import Wijk

from ..models import Campagne, Kwaliteitsniveau, Screeningsobject, Woonzorgzone, Zonedeel
from ..rules.woorden import Context, Kant, Nauwkeurigheid, Onderwerp, Positiebron, Wegbeheerder
from ..states import Mening


class ObjectForm(forms.ModelForm):
    """A thing to screen: where it is, on which side, and whose road it is."""

    plaats = PlaatsField(label="Waar is het?", required=False)
    lijn = LijnField(
        label="Of een lijn",
        required=False,
        help_text="Voor een looproute: per regel een punt, van het begin tot het einde.",
    )
    kant = forms.ChoiceField(
        label="Kant",
        required=False,
        choices=[("", "niet van toepassing"), *Kant.choices],
        help_text="Gezien vanaf het eerste punt van de lijn.",
    )
    haltenummer = forms.CharField(label="Nummer van de halte (De Lijn)", required=False, max_length=20)
    niveau = forms.ModelChoiceField(
        Kwaliteitsniveau.objects.all(),
        label="Kwaliteitsniveau",
        required=False,
        empty_label="volg de zone",
        help_text="Kies alleen als het anders is dan de zone zegt.",
    )

    field_order = ["naam", "plaats", "lijn", "kant", "straat", "adres", "haltenummer"]

    class Meta:
        model = Screeningsobject
        fields = ["naam", "straat", "adres", "context", "in_bebouwde_kom", "wegbeheerder", "nauwkeurigheid"]
        labels = {"naam": "Hoe noem je het?", "adres": "Plaats in woorden", "context": "Waar ligt het?"}
        help_texts = {"naam": "Bijvoorbeeld: oversteek aan de school.", "straat": "Leeg: we zoeken de straat zelf."}

    def __init__(self, *args: Any, onderwerp: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        obj = self.instance
        if obj.pk:
            self.initial["lijn"] = obj.lijn
            self.initial["plaats"] = None if obj.lijn else obj.plaats
            self.initial["kant"] = obj.kant
            self.initial["haltenummer"] = obj.kenmerken.get("haltenummer", "")
            self.initial["niveau"] = obj.niveau_id if obj.niveau_herkomst == "handmatig" else None
        else:
            obj.onderwerp = onderwerp
        if onderwerp != Onderwerp.HALTE:
            del self.fields["haltenummer"]
        if onderwerp not in (Onderwerp.LOOPROUTE, Onderwerp.HELLINGSBAAN):
            del self.fields["lijn"], self.fields["kant"]
        self.fields["context"].choices = Context.choices
        self.fields["wegbeheerder"].choices = Wegbeheerder.choices
        self.fields["nauwkeurigheid"].choices = [("", "niet opgegeven"), *Nauwkeurigheid.choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "plaats" in self.errors or "lijn" in self.errors:
            return data
        if not any(data.get(name) for name in ("plaats", "lijn", "adres", "straat")):
            self.add_error("plaats", "Zeg waar het is: op de kaart, met een adres of in woorden.")
        if data.get("lijn") and data.get("plaats"):
            self.add_error("plaats", "Kies: een punt of een lijn.")
        if data.get("kant") and not data.get("lijn"):
            self.add_error("kant", "Een kant hoort bij een lijn.")
        return data

    def filled(self) -> Screeningsobject:
        """The object with what was filled in, not saved."""
        obj, data = self.instance, self.cleaned_data
        obj.lijn, obj.kant = data.get("lijn"), data.get("kant") or ""
        obj.plaats = None if obj.lijn else data.get("plaats")
        if "haltenummer" in data:
            obj.kenmerken = {**obj.kenmerken, "haltenummer": data["haltenummer"]}
        obj.positiebron = obj.positiebron or (Positiebron.KAART if obj.plaats else "")
        if data.get("niveau"):
            obj.niveau, obj.niveau_herkomst = data["niveau"], "handmatig"
        elif obj.niveau_herkomst == "handmatig":
            obj.niveau_herkomst = "stad"
        return obj


class CampagneForm(forms.ModelForm):
    onderwerpen = forms.MultipleChoiceField(
        label="Onderwerpen", choices=Onderwerp.choices, widget=forms.CheckboxSelectMultiple
    )
    screeners = forms.ModelMultipleChoiceField(
        Gebruiker.objects.none(),
        label="Wie meet",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Collega's met de rol screener of toegankelijkheidscoördinator.",
    )
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Campagne
        fields = ["naam", "zone", "niveau", "onderwerpen", "screeners", "van", "tot", "instrument", "opdracht"]
        widgets = {
            "van": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "tot": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "opdracht": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Gebruiker.objects.filter(
            is_active=True, groups__name__in=[Rol.SCREENER, Rol.TOEGANKELIJKHEIDSCOORDINATOR]
        ).distinct()
        self.fields["screeners"].queryset = people.order_by("naam")
        self.fields["niveau"].empty_label = "volg de zone"
        if self.instance.pk:
            self.initial["screeners"] = list(self.instance.screeners.values_list("pk", flat=True))
            self.initial["versie"] = self.instance.versie

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("van") and data.get("tot") and data["tot"] < data["van"]:
            self.add_error("tot", "De laatste dag komt na de eerste.")
        return data


class StapForm(forms.Form):
    """A step of a campaign, with the reason some steps need."""

    reden = forms.CharField(
        label="Reden", required=False, max_length=300, help_text="Nodig als je onderbreekt of annuleert."
    )


class ZoneForm(forms.ModelForm):
    """A woonzorgzone: drawn on the map, or taken from GeoJSON."""

    kern = PlaatsField(label="Kern", required=False, help_text="Het hart van de zone.")
    omtrek = OmtrekField(label="Omtrek tekenen", required=False, help_text="Leeg: de omtrek blijft zoals ze is.")
    bestand = forms.FileField(
        label="Of lees een omtrek in",
        required=False,
        help_text="Een GeoJSON-bestand met één vlak, in WGS84 of Lambert.",
        widget=forms.FileInput(attrs={"accept": ".json,.geojson,application/geo+json"}),
    )
    wijken = forms.ModelMultipleChoiceField(Wijk.objects.all(), label="Wijken", widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Woonzorgzone
        fields = ["naam", "omschrijving", "kern_naam", "kern", "niveau", "wijken"]
        widgets = {"omschrijving": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["wijken"] = list(self.instance.wijken.values_list("pk", flat=True))

    def clean_bestand(self) -> list[tuple[Ring, bool]] | None:
        file = self.cleaned_data["bestand"]
        if not file:
            return None
        if file.size > 2_000_000:
            raise ValidationError("Dit bestand is te groot. Hoogstens 2 MB.")
        try:
            return read_rings(file.read().decode("utf-8-sig"))
        except (ValueError, UnicodeDecodeError) as error:
            raise ValidationError(f"Dit bestand kunnen we niet lezen: {error}.") from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("omtrek") and data.get("bestand"):
            self.add_error("bestand", "Kies: tekenen of inlezen.")
        if not self.instance.pk and not self.errors and not data.get("omtrek") and not data.get("bestand"):
            self.add_error("omtrek", "Teken de omtrek van de zone, of lees ze in.")
        return data

    def ringen(self) -> list[tuple[Ring, bool]] | None:
        """The new outline; None when it stays as it is."""
        if self.cleaned_data.get("omtrek"):
            return [(self.cleaned_data["omtrek"], False)]
        rings: list[tuple[Ring, bool]] | None = self.cleaned_data.get("bestand")
        return rings


def read_rings(text: str) -> list[tuple[Ring, bool]]:
    """The rings of the first area of a GeoJSON text, in WGS84. ValueError, in plain Dutch, when there is none."""
    try:
        document = json.loads(text)
    except ValueError as error:
        raise ValueError("dit is geen GeoJSON") from error
    document = document if isinstance(document, dict) else {}
    if document.get("type") == "FeatureCollection":
        features = document.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise ValueError("er moet precies één vlak in staan")
        document = features[0]
    geometry = document.get("geometry") if document.get("type") == "Feature" else document
    parts = read_parts(geometry)
    stelsel = Stelsel(recognise(*parts[0].ring[0]))
    rows = [(part.ring, False) for part in parts] + [(hole, True) for part in parts for hole in part.gaten]
    rings = [(tuple(to_wgs84([(p.lon, p.lat) for p in ring], stelsel)), is_hole) for ring, is_hole in rows]
    return [(ring[:-1] if ring[0] == ring[-1] else ring, is_hole) for ring, is_hole in rings]


class DeelForm(forms.ModelForm):
    """A part of a zone with a level chosen by hand."""

    ring = OmtrekField(label="Omtrek van het deel")

    class Meta:
        model = Zonedeel
        fields = ["naam", "niveau", "ring", "reden"]
        labels = {"naam": "Naam van het deel", "reden": "Waarom dit niveau?"}


class MeningForm(forms.Form):
    """What a second person thinks of a finding."""

    mening = forms.ChoiceField(
        label="Heb je het zelf bekeken? Wat vind je?",
        choices=[
            (Mening.BEVESTIGD, "Ik bevestig het"),
            (Mening.BETWIST, "Ik betwist het"),
            (Mening.ONZEKER, "Ik ben niet zeker"),
        ],
        widget=forms.RadioSelect,
    )
    toelichting = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nodig als je het betwist of niet zeker bent.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("mening") in (Mening.BETWIST, Mening.ONZEKER) and not (data.get("toelichting") or "").strip():
            self.add_error("toelichting", "Zeg waarom.")
        return data


class ObjectFilter(forms.Form):
    """What the list of objects can be narrowed to."""

    onderwerp = forms.ChoiceField(
        label="Onderwerp", required=False, choices=[("", "alle onderwerpen"), *Onderwerp.choices]
    )
    zone = forms.ModelChoiceField(Woonzorgzone.objects.all(), label="Zone", required=False, empty_label="alle zones")
    oordeel = forms.ChoiceField(label="Oordeel", required=False)
    q = forms.CharField(label="Straat of naam", required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from ..rules.woorden import Oordeel

        super().__init__(*args, **kwargs)
        self.fields["oordeel"].choices = [("", "alle oordelen"), *Oordeel.choices]
