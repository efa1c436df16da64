"""Template tags of the staff pages about reports."""

from django import template

from meldingen.models import Melding
from meldingen.tables import status_pill

register = template.Library()


@register.simple_tag
def statuspil(melding: Melding) -> str:
    """The status of a report as a word with its icon."""
    return status_pill(melding)
