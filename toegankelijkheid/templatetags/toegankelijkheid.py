"""Words for templates of the screening."""

from typing import Any

from django import template

from ..queries.actieplannen import euro
from ..queries.cijfers import Rij
from ..queries.tekening import days
from ..rules.woorden import Groep

register = template.Library()


@register.filter
def groepen(bevinding: Any) -> str:
    """The user groups a finding is about, in words."""
    names = dict(Groep.choices)
    return ", ".join(str(names[code]) for code in bevinding.groepen if code in names)


@register.filter
def gemeten(rij: Rij) -> str:
    """Between which days the objects of a row were measured."""
    return days(rij)


@register.filter
def bedrag(amount: int | None) -> str:
    """An amount of whole euros, with points between the thousands."""
    return euro(amount)
