"""Recommendations in every state, to services and a partner. All made up."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from decimal import Decimal

from kern.gebruikers.models import Gebruiker, Rol
from wijken.models import Partner, Team

from ..actions import adviezen as actions
from ..models import Dienstadvies, Knelpunt
from ..queries.adviezen import addable
from ..rules.woorden import Onderwerp

INTRO = "Fictief voorbeeld. Deze knelpunten kwamen uit de screening. We vragen of jullie ze meenemen in de planning."
# Theme, title, days ago, to a partner, and the answer.
ADVICES = (
    (Onderwerp.OVERSTEEKPLAATS, "Boordstenen en noppen aan oversteekplaatsen (fictief)", 50, False, "gedeeltelijk"),
    (Onderwerp.LOOPROUTE, "Drempels op de looproutes (fictief)", 20, False, ""),
    (Onderwerp.HALTE, "Haltes op hoogte (fictief)", 35, True, ""),
    (Onderwerp.STRAATMEUBILAIR, "Rustpunten tussen de voorzieningen (fictief)", 0, False, "concept"),
)


def fill(now: datetime, dice: random.Random) -> None:
    """One that was answered, one that waits, one that is late with a partner, and a concept."""
    writer = Gebruiker.objects.filter(groups__name=Rol.TOEGANKELIJKHEIDSCOORDINATOR).order_by("pk").first()
    team = Team.objects.filter(is_actief=True, leden__isnull=False).order_by("pk").first()
    partner = Partner.objects.filter(is_actief=True).exclude(email="").order_by("pk").first()
    if team is None:
        return
    for theme, title, days, to_partner, answer in ADVICES:
        rows = list(addable(Knelpunt.objects.filter(onderwerp=theme)).order_by("-rang", "pk")[:6])
        if not rows or (to_partner and partner is None):
            continue
        at = now - timedelta(days=days)
        advies = Dienstadvies(titel=title, inleiding=INTRO, opgesteld_door=writer)
        advies.team, advies.partner = (None, partner) if to_partner else (team, None)
        actions.draft(advies=advies, knelpunten=rows, at=at)
        for line in advies.regels.all():
            line.hoeveelheid = Decimal(dice.randint(1, 4))
            line.save(update_fields=["hoeveelheid"])
        if answer == "concept":
            continue
        actions.send(advies=advies, at=at, versie=None)
        if answer:
            first = advies.regels.earliest("pk")
            own = {first.pk: ("niet", "Fictief: hier komt volgend jaar een nieuw kruispunt.")}
            reason = "Fictief: we nemen dit mee in het onderhoud van volgend jaar."
            actions.answer(
                advies=advies, antwoord=answer, reden=reason, regels=own, door=None, at=at + timedelta(days=12)
            )
