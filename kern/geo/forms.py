"""Form fields for a place, a line and an outline: typed, searched by address, or drawn on the map.

Everything is a plain input first. `static/js/kaart.js` adds the map beside it and writes into the same inputs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy

from . import rings
from .geojson import read_parts
from .lambert import Stelsel, format_coordinates, parse_coordinates, recognise, to_wgs84
from .vormen import Punt, Ring


class Adres(Protocol):
    """What an address search must answer: words for people and a place."""

    @property
    def label(self) -> str: ...

    @property
    def punt(self) -> Punt: ...


Search = Callable[[str], Sequence[Adres]]


class Invoer(NamedTuple):
    """What somebody filled in for a place; `gevonden` is the address that already led to the coordinates."""

    punt: str = ""
    adres: str = ""
    gevonden: str = ""
    keuze: str = ""

    @property
    def zoekt(self) -> bool:
        """An address was typed that has not been looked up yet."""
        return bool(self.adres) and self.adres != self.gevonden and not self.keuze


def map_context() -> dict[str, Any]:
    """What `geo/kaart.html` needs: the base map's tiles and the layer that every map shows."""
    return {
        "tegels": settings.MAP_TILE_URL,
        "tegels_bron": settings.MAP_TILE_ATTRIBUTION,
        "omtrekken": reverse(settings.MAP_OUTLINES_VIEW),
    }


class KaartMedia:
    """The files of a map, loaded only by pages that have one; deferred, in this order."""

    css = {"all": ["leaflet/leaflet.css", "css/kaart.css"]}
    js = [Script("leaflet/leaflet.js", defer=True), Script("js/kaart.js", defer=True)]


class TekenMedia:
    """The same with what is needed to draw lines and areas."""

    css = {"all": ["leaflet/leaflet.css", "leaflet/draw/leaflet.draw.css", "css/kaart.css"]}
    js = [
        Script("leaflet/leaflet.js", defer=True),
        Script("leaflet/draw/leaflet.draw.js", defer=True),
        Script("js/kaart.js", defer=True),
    ]


class PlaatsWidget(forms.Widget):
    """An address to look up, a place on the map, or typed coordinates; the inputs work without the map."""

    template_name = "geo/plaats.html"
    use_fieldset = True
    Media = KaartMedia

    def __init__(self, attrs: dict[str, Any] | None = None, search: Search | None = None) -> None:
        super().__init__(attrs)
        self.search = search

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Invoer:
        parts = (name, f"{name}_adres", f"{name}_gevonden", f"{name}_keuze")
        return Invoer(*(str(data.get(part) or "").strip() for part in parts))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_adres" not in data

    def format_value(self, value: Any) -> Invoer:
        if isinstance(value, Invoer):
            return Invoer(value.keuze or value.punt, value.adres, value.adres if value.keuze else value.gevonden)
        return Invoer(format_coordinates(value)) if isinstance(value, Punt) else Invoer(str(value or ""))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        invoer = self.format_value(value)
        choices = list(self.search(invoer.adres)) if self.search and invoer.zoekt else []
        context["widget"].update(
            invoer=invoer,
            keuzes=[(format_coordinates(adres.punt), adres.label) for adres in choices],
            zoekt_adres=self.search is not None,
            adres_url=reverse(settings.ADDRESS_SEARCH_VIEW),
            waar_url=reverse(settings.PLACE_NAME_VIEW),
            **map_context(),
        )
        return context


class PlaatsField(forms.Field):
    """A place. Cleans to a `Punt`, or None when nothing was filled in and nothing is required.

    An address that names exactly one place is enough; one that names several comes back as a list to choose from.
    """

    widget = PlaatsWidget
    default_error_messages = {
        "required": gettext_lazy("Zeg waar het is: typ een adres of kies een plaats op de kaart."),
        "coordinates": gettext_lazy(
            "Deze coördinaten kennen we niet. Typ ze als 50.96350, 5.49695 of als 229254, 184295."
        ),
        "unknown": gettext_lazy("We vinden dit adres niet. Kijk het na, of typ alleen de straat."),
        "several": gettext_lazy("We vinden meer dan één plaats. Kies hieronder welke je bedoelt."),
    }

    def __init__(self, *, search: Search | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.search = search or import_string(settings.ADDRESS_SEARCH)
        self.widget.search = self.search

    def __deepcopy__(self, memo: dict[int, Any]) -> PlaatsField:
        copied = super().__deepcopy__(memo)
        copied.widget.search = copied.search
        return copied

    def clean(self, value: Any) -> Punt | None:
        punt = self.to_python(value)
        if punt is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return punt

    def to_python(self, value: Any) -> Punt | None:
        if value is None or isinstance(value, Punt):
            return value
        invoer = value if isinstance(value, Invoer) else Invoer(str(value))
        if invoer.zoekt:
            found = self.search(invoer.adres)
            if len(found) == 1:
                return found[0].punt
            code = "several" if found else "unknown"
            raise ValidationError(self.error_messages[code], code=code)
        if text := invoer.keuze or invoer.punt:
            try:
                return parse_coordinates(text)
            except ValueError as error:
                raise ValidationError(self.error_messages["coordinates"], code="coordinates") from error
        return None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            value = self.to_python(data)
        except ValidationError:
            return True
        if isinstance(initial, Punt) and isinstance(value, Punt):
            return format_coordinates(initial) != format_coordinates(value)
        return initial != value


class LijnWidget(forms.Textarea):
    """Coordinates, one point a line; drawn on the map beside it."""

    template_name = "geo/lijn.html"
    vorm = "lijn"
    Media = TekenMedia

    def format_value(self, value: Any) -> str:
        if isinstance(value, (tuple, list)):
            return "\n".join(format_coordinates(Punt(*punt)) for punt in value)
        return value or ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, {"rows": 5, "spellcheck": "false", **(attrs or {})})
        context["widget"].update(vorm=self.vorm, **map_context())
        return context


class OmtrekWidget(LijnWidget):
    """The corners of an area, one a line; drawn on the map beside it."""

    vorm = "omtrek"


class LijnField(forms.Field):
    """A line: two points or more. Takes a pair of coordinates a line, or GeoJSON. Cleans to a tuple of `Punt`."""

    widget = LijnWidget
    minimum = 2
    default_error_messages = {
        "point": gettext_lazy("Regel %(line)s is geen plaats. Typ per regel een punt, bijvoorbeeld 50.96350, 5.49695."),
        "few": gettext_lazy("Dit zijn te weinig punten: er zijn er minstens %(minimum)s nodig."),
        "crosses": gettext_lazy("De rand kruist zichzelf bij %(place)s. Teken ze opnieuw, zonder lussen."),
        "geojson": gettext_lazy("Deze GeoJSON kunnen we niet lezen."),
    }

    def to_python(self, value: Any) -> Ring | None:
        if value in (None, "", ()):
            return None
        if isinstance(value, (tuple, list)):
            return tuple(Punt(*punt) for punt in value)
        text = str(value).strip()
        if text.startswith("{"):
            return self._read_geojson(text)
        return tuple(self._read_line(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip())

    def validate(self, value: Ring | None) -> None:
        super().validate(value)
        if value is not None and len(value) < self.minimum:
            raise ValidationError(self.error_messages["few"], code="few", params={"minimum": self.minimum})

    def has_changed(self, initial: Any, data: Any) -> bool:
        widget = self.widget
        return widget.format_value(initial).split() != str(data or "").split()

    def _read_line(self, number: int, line: str) -> Punt:
        try:
            return parse_coordinates(line)
        except ValueError as error:
            raise ValidationError(self.error_messages["point"], code="point", params={"line": number}) from error

    def _read_geojson(self, text: str) -> Ring:
        try:
            document = json.loads(text)
            document = document.get("geometry") or document
            rows = self._coordinates(document)
            return tuple(to_wgs84(rows, Stelsel(recognise(*rows[0]))))
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            raise ValidationError(self.error_messages["geojson"], code="geojson") from error

    def _coordinates(self, geometry: Any) -> list[tuple[float, float]]:
        if geometry["type"] != "LineString":
            raise ValueError("not a line")
        return [(float(x), float(y)) for x, y, *_height in geometry["coordinates"]]


class OmtrekField(LijnField):
    """An area in one ring: three corners or more that do not cross. Cleans to an open `Ring`."""

    widget = OmtrekWidget
    minimum = 3

    def to_python(self, value: Any) -> Ring | None:
        ring = super().to_python(value)
        return ring[:-1] if ring and len(ring) > 1 and ring[0] == ring[-1] else ring

    def validate(self, value: Ring | None) -> None:
        super().validate(value)
        place = rings.crossing(value) if value else None
        if place:
            raise ValidationError(
                self.error_messages["crosses"], code="crosses", params={"place": format_coordinates(place)}
            )

    def _coordinates(self, geometry: Any) -> list[tuple[float, float]]:
        parts = read_parts(geometry)
        if len(parts) > 1 or parts[0].gaten:
            raise ValueError("more than one ring")
        return [(p.lon, p.lat) for p in parts[0].ring]
