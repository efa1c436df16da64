"""Template tags of the staff pages about reports."""

from collections.abc import Mapping

from django import template

from meldingen.models import Melding
from meldingen.tables import status_pill

register = template.Library()


@register.filter
def van_sleutel(aantallen: Mapping[int, int], sleutel: int) -> int:
    """The number under this key; 0 when it has none."""
    return aantallen.get(sleutel, 0)


@register.simple_tag
def statuspil(melding: Melding) -> str:
    """The status of a report as a word with its icon."""
    return status_pill(melding)
