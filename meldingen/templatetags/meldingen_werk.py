"""Template tags of the staff pages about reports."""

from collections.abc import Mapping

from django import template

from meldingen.models import Melding
from meldingen.tables import status_pill

register = template.Library()


@register.filter
def van_sleutel(woorden: Mapping[int, str], sleutel: int) -> str:
    """The words under this key; none when it has none."""
    return woorden.get(sleutel, "")


@register.simple_tag
def statuspil(melding: Melding) -> str:
    """The status of a report as a word with its icon."""
    return status_pill(melding)
