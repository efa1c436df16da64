"""The palette keeps its contrast, computed from the stylesheet itself (WCAG 2.2: 1.4.3, 1.4.6, 1.4.11)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text()
_LIGHT, _DARK = (
    dict(re.findall(r"--([a-z-]+):\s*#([0-9a-f]{6});", part))
    for part in TOKENS.split("@media (prefers-color-scheme: dark)")
)
THEMES = {"light": _LIGHT, "dark": _LIGHT | _DARK}

BODY = [("inkt", "papier"), ("inkt", "vlak"), ("inkt", "zand"), ("inkt-zacht", "papier"), ("inkt-zacht", "vlak")]
TEXT = [
    *[(ink, paper) for ink in ("heide", "heide-diep", "groen", "gloed") for paper in ("papier", "vlak", "zand")],
    ("inkt-zacht", "zand"),
    ("op-heide", "heide"),
    ("op-heide", "heide-diep"),
    ("op-heide-paneel", "heide-paneel"),
    ("op-leisteen", "leisteen"),
    ("op-leisteen-zacht", "leisteen"),
    ("vlak", "gloed"),
    *[(colour, f"{colour}-vlak") for colour in ("heide", "groen", "gloed")],
    *[("inkt", f"{colour}-vlak") for colour in ("heide", "groen", "gloed")],
    ("heide-diep", "heide-vlak"),
]
EDGES = [
    ("rand", "papier"),
    ("rand", "vlak"),
    ("rand", "zand"),
    ("focus", "papier"),
    ("focus", "vlak"),
    ("focus", "zand"),
    ("focus-leisteen", "leisteen"),
    ("focus-leisteen", "heide-paneel"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("pairs", "least"), [(BODY, 7), (TEXT, 4.5), (EDGES, 3)], ids=["body text", "other text", "edges and focus"]
)
def test_every_pair_of_colours_is_readable(theme, pairs, least):
    colours = THEMES[theme]
    weak = {
        f"{one} on {other}": round(contrast(colours[one], colours[other]), 2)
        for one, other in pairs
        if contrast(colours[one], colours[other]) < least
    }
    assert weak == {}


def test_every_colour_has_a_light_and_a_dark_value():
    assert set(_LIGHT) - set(_DARK) == set()
