"""Make what this room adds known: what is tied to goals, the figures on the page of a wijk, the daily round."""

from __future__ import annotations

from datetime import date
from typing import Any

from kern.gebruikers.models import Gebruiker
from kern.herinneringen.registry import LichteTaak, register_light

from . import actions, inlezen, queries, registry
from .models import Beleidsdoelstelling, Programmapunt, Wijk
from .queries import knoop_plan
from .rules import Bereik


def _objectives(user: Gebruiker, reach: Bereik) -> Any:
    return Beleidsdoelstelling.objects.order_by("-plan__van", "code")


def _agreements(user: Gebruiker, reach: Bereik) -> Any:
    return Programmapunt.objects.visible_to(user, reach).order_by("tegen", "pk")


def _figures(wijk: Wijk, on: date) -> dict[str, Any] | None:
    blocks = queries.monitor(wijk, openbaar=True)
    return {"wijk": wijk, "panelen": [block.panelen[0] for block in blocks]} if blocks else None


def register_all() -> None:
    """Called once, when the app is ready."""
    inlezen.register_all()
    registry.register_goal_kind(
        registry.Doelsoort(
            Beleidsdoelstelling, "beleidsdoelstellingen van het meerjarenplan", _objectives, knoop_plan.objectives, 80
        )
    )
    registry.register_goal_kind(
        registry.Doelsoort(Programmapunt, "afspraken in de impulswijken", _agreements, knoop_plan.agreements, 60)
    )
    registry.register_block(registry.Blok("cijfers", "wijken/_cijferblok.html", _figures, volgorde=70))
    register_light(LichteTaak("impulswijken bijwerken", actions.settle_impuls, daily=True))
