"""When a meeting is, and for how many, in the words of a page."""

from datetime import datetime

from django import template

from wijken import wanneer
from wijken.forms.inschrijven import TOLKTALEN
from wijken.models import Bijeenkomst

register = template.Library()
LANGUAGES = dict(TOLKTALEN)


@register.filter(expects_localtime=False)
def uur(moment: datetime) -> str:
    """The hour of a moment: 19.30."""
    return wanneer.hour(moment)


@register.simple_tag
def wanneer_is(bijeenkomst: Bijeenkomst) -> str:
    """A moment as people say it: donderdag 23 juli 2026 van 19.30 tot 21.30 uur."""
    return wanneer.when(bijeenkomst.begin, bijeenkomst.einde)


@register.filter
def personen(aantal: int) -> str:
    """So many people."""
    return wanneer.people(aantal)


@register.filter
def taalnaam(code: str) -> str:
    """The name of a language in that language."""
    return LANGUAGES.get(code, code)
