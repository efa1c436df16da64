"""Template tags of the staff pages about reports."""

from collections.abc import Hashable, Mapping
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxSelectMultiple
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from meldingen.models import Melding
from meldingen.tables import labels_html, status_pill

register = template.Library()

MAX_KEPT = 500
# The filters that stand beside the list; the others are behind "Meer filters".
OFTEN = ("status", "categorie", "wijk", "team", "behandelaar", "termijn", "prioriteit", "partner", "label")


@register.filter
def van_sleutel(woorden: Mapping[int, str], sleutel: int) -> str:
    """The words under this key; none when it has none."""
    return woorden.get(sleutel, "")


@register.filter
def afstand(meter: int) -> str:
    """Metres as people say them: 850 m, 2,3 km."""
    return f"{meter} m" if meter < 1000 else f"{meter / 1000:.1f} km".replace(".", ",")


@register.simple_tag
def statuspil(melding: Melding) -> str:
    """The status of a report as a word with its icon."""
    return status_pill(melding)


@register.simple_tag
def labels(melding: Melding) -> str:
    """The labels of a report, each as its word."""
    return labels_html(melding)


_kept: dict[Hashable, SafeString] = {}


@register.simple_tag
def leeg_eens(veld: BoundField, sjabloon: str) -> SafeString:
    """A field as this template draws it; while nothing is filled in, drawn once for the same words and choices.

    A list has more than twenty filters with some hundred and forty boxes, and most people use one or two.
    """
    if veld.value() or veld.errors:
        return render_to_string(sjabloon, {"veld": veld})
    key = (sjabloon, get_language(), veld.auto_id, veld.label, _frozen(getattr(veld.field, "choices", ())))
    if (drawn := _kept.get(key)) is None:
        if len(_kept) >= MAX_KEPT:
            _kept.clear()
        drawn = _kept[key] = render_to_string(sjabloon, {"veld": veld})
    return drawn


def _frozen(choices: Any) -> Hashable:
    """The values and the words of choices, to compare them with others."""
    return tuple((value, _frozen(name) if isinstance(name, list | tuple) else str(name)) for value, name in choices)


@register.simple_tag
def delen(filters: BaseForm) -> dict[str, object]:
    """The filters with boxes to tick in two parts, and whether one of the second part is on."""
    boxes = [field for field in filters if isinstance(field.field.widget, CheckboxSelectMultiple)]
    often = [field for field in boxes if field.name in OFTEN]
    seldom = [field for field in boxes if field.name not in OFTEN]
    return {"vaak": often, "zelden": seldom, "is_gekozen": any(field.value() for field in seldom)}
