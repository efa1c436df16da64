"""Filters of the public form."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.db.models import Model

from kern.vertaling import translated

from ..models import Categorie
from ..queries.form import Treffer

register = template.Library()


@register.filter
def vertaald(obj: Model, field: str) -> str:
    """A text that administrators write, in the active language."""
    return translated(obj, field) if obj else ""


@register.filter
def is_in(categorie: Categorie, treffers: Iterable[Treffer]) -> bool:
    """Whether the search found this category."""
    return any(treffer.categorie == categorie for treffer in treffers)


@register.filter
def bel(nummer: str) -> str:
    """A telephone number as a `tel:` link wants it."""
    return "".join(sign for sign in nummer if sign.isdigit() or sign == "+")


@register.filter
def zonder_https(adres: str) -> str:
    """A web address as people say it: "www.fluvius.be"."""
    return adres.removeprefix("https://").rstrip("/")
