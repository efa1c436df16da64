"""Words for templates of the screening."""

from typing import Any

from django import template

from ..rules.woorden import Groep

register = template.Library()


@register.filter
def groepen(bevinding: Any) -> str:
    """The user groups a finding is about, in words."""
    names = dict(Groep.choices)
    return ", ".join(str(names[code]) for code in bevinding.groepen if code in names)
