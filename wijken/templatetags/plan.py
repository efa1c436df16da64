"""The multi-year plan on other pages, and its money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.db.models import Model

from .. import queries, rules

register = template.Library()


@register.inclusion_tag("wijken/werk/plan/_blok.html", takes_context=True)
def planblok(context: dict[str, Any], ding: Model) -> dict[str, Any]:
    """To what degree a thing of the red thread was taken up in the plan, with the way to say so (one query).

    The page of the thing decides who sees it; who may tie is asked here.
    """
    return {
        "banden": queries.plan_bonds(ding),
        "soort": ding._meta.model_name,
        "nummer": ding.pk,
        "mag": rules.may_tie_to_plan(context["request"].user),
    }


@register.filter
def euro(bedrag: Decimal | None) -> str:
    """An amount in whole euros as it is written here: "€ 12.500"; a dash when it is not known."""
    if bedrag is None:
        return "–"
    return f"€\u00a0{bedrag:,.0f}".replace(",", ".")


@register.filter
def van_jaar(bedragen: dict[int, Decimal], jaar: int) -> Decimal | None:
    """The amount of a year; None when it is not known."""
    return bedragen.get(jaar)
