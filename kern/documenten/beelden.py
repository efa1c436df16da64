"""Pictures for a PDF: photos, outlines and drawings, each with its alternative text."""

from __future__ import annotations

import base64
import functools
import io
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext
from PIL import Image, ImageOps

from kern.design import colours
from kern.geo.tekening import Tekening
from kern.grafiek import tekenen
from kern.grafiek.tekenen import Lijnen, Staven

FOTO_ZIJDE = 1600  # pixels of the longest side: 200 a inch on a width of 20 cm
FOTO_PIXELS = 60_000_000


@dataclass(frozen=True, slots=True)
class Beeld:
    """A picture as SVG, and what it shows in words; without words it is an ornament that is not read aloud."""

    svg: str
    alt: str = ""

    def __json__(self) -> dict[str, Any]:
        return {"svg": self.svg, "alt": self.alt}


@dataclass(frozen=True, slots=True)
class Grafiek:
    """A chart with its words and its table."""

    titel: str
    uitleg: str
    beeld: Beeld
    kop: list[str]
    rijen: list[list[str | int | None]]

    def __json__(self) -> dict[str, Any]:
        return {
            "titel": self.titel,
            "uitleg": self.uitleg,
            "beeld": self.beeld,
            "kop": self.kop,
            "rijen": self.rijen,
        }


def foto(content: bytes, alt: str) -> Beeld:
    """A photo, upright, without its metadata and no larger than paper needs.

    Raises ValueError without alternative text, for what is no picture, and for one of more than 60 million pixels.
    """
    if not alt.strip():
        raise ValueError("a photo needs alternative text")
    try:
        with Image.open(io.BytesIO(content)) as source:
            if source.width * source.height > FOTO_PIXELS:
                raise ValueError(f"a photo of {source.width} by {source.height} is too large")
            picture = ImageOps.exif_transpose(source)
            picture.thumbnail((FOTO_ZIJDE, FOTO_ZIJDE))
            picture = _on_white(picture)
    except OSError as error:
        raise ValueError("this is no picture") from error
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=82, optimize=True)
    coded = base64.b64encode(written.getvalue()).decode()
    size = f'width="{picture.width}" height="{picture.height}"'
    image = f'<image {size} href="data:image/jpeg;base64,{coded}"/>'
    return Beeld(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{image}</svg>', alt)


def motief(drawing: Tekening | None, alt: str = "", *, kleur: str = "heide") -> Beeld | None:
    """The outlines of a drawing in a colour of the house, an ornament unless it gets words; None without outlines."""
    if not drawing:
        return None
    paths = "".join(f'<path fill-rule="evenodd" d="{path}"/>' for path in drawing.paden.values())
    look = f'fill="{_colour(kleur + "-vlak")}" stroke="{_colour(kleur)}" stroke-width="{drawing.breedte / 120:.2f}"'
    return Beeld(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawing.breedte}" height="{drawing.hoogte}" '
        f'viewBox="0 0 {drawing.breedte} {drawing.hoogte}"><g stroke-linejoin="round" {look}>{paths}</g></svg>',
        alt,
    )


def grafiek(chart: Lijnen | Staven) -> Grafiek:
    """A chart of kern/grafiek as a picture with its words, and its numbers as a table."""
    if isinstance(chart, Lijnen):
        drawing = _lijnen(chart)
        head = ["", *(row.naam for row in chart.reeksen)]
        values = zip(*(row.waarden for row in chart.reeksen), strict=True)
        rows: list[list[str | int | None]] = [
            [label, *(None if v is None else f"{v}{chart.eenheid}" if chart.eenheid else v for v in cells)]
            for label, cells in zip(chart.labels, values, strict=True)
        ]
        head[0] = gettext("Periode")
    else:
        drawing = _staven(chart)
        head, rows = [gettext("Naam"), gettext("Aantal")], [[bar.naam, bar.waarde] for bar in chart.staven]
    return Grafiek(chart.titel, chart.uitleg, Beeld(drawing, f"{chart.titel}. {chart.uitleg}".strip()), head, rows)


def _lijnen(chart: Lijnen) -> str:
    drawn, grid, below = tekenen.lines(chart)
    right, foot = tekenen.WIDTH - tekenen.RIGHT, tekenen.HEIGHT - 6
    looks = [("heide", "", "heide"), ("groen", ' stroke-dasharray="6 4"', "vlak")]
    parts = [
        f'<line stroke="{_colour("lijn")}" x1="{tekenen.LEFT}" x2="{right}" y1="{line.plek}" y2="{line.plek}"/>'
        + _text(tekenen.LEFT - 6, line.plek + 4, line.tekst, "end", 12)
        for line in grid
    ]
    parts += [_text(label.plek, foot, label.tekst, "middle", 12) for label in below]
    for number, row in enumerate(drawn):
        colour, dashes, fill = looks[number % len(looks)]
        parts.append(f'<path fill="none" stroke="{_colour(colour)}" stroke-width="2.5"{dashes} d="{row.pad}"/>')
        parts += [
            f'<circle cx="{point.x}" cy="{point.y}" r="3.5" stroke-width="2" '
            f'stroke="{_colour(colour)}" fill="{_colour(fill)}"/>'
            for point in row.punten
        ]
        parts.append(_text(right + 10, row.naam_y + 4, row.naam, "start", 13, colour))
    width = max(tekenen.WIDTH, right + 10 + 8 * max((len(row.naam) for row in drawn), default=0))
    return _drawing(width, tekenen.HEIGHT, parts)


def _staven(chart: Staven) -> str:
    drawn, height = tekenen.bars(chart)
    parts = []
    for bar in drawn:
        parts += [
            _text(tekenen.BAR_LEFT - 10, bar.midden + 5, bar.naam, "end", 13),
            f'<rect fill="{_colour("heide")}" x="{tekenen.BAR_LEFT}" y="{bar.y}" width="{bar.breedte}" '
            f'height="{tekenen.BAR}"/>',
            _text(bar.einde, bar.midden + 5, str(bar.waarde), "start", 13),
        ]
    return _drawing(tekenen.WIDTH, max(height, 1), parts)


def _drawing(width: float, height: float, parts: list[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="Noto Sans">{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, words: str, anchor: str, size: int, colour: str = "inkt") -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor={quoteattr(anchor)} fill="{_colour(colour)}">'
        f"{escape(words)}</text>"
    )


@functools.cache
def kleuren() -> dict[str, str]:
    """The colours of the house on paper: the light value of each token."""
    return {token: light for token, light, dark in colours()}


def _colour(name: str) -> str:
    return kleuren()[name]


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in {"RGBA", "LA", "PA", "P"}:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground
