"""Template tags of the staff pages about reports."""

from django import template

from meldingen.models import Melding
from meldingen.tables import labels_html, status_pill

register = template.Library()


@register.simple_tag
def statuspil(melding: Melding) -> str:
    """The status of a report as a word with its icon."""
    return status_pill(melding)


@register.simple_tag
def labels(melding: Melding) -> str:
    """The labels of a report, each as its word."""
    return labels_html(melding)
