"""An action plan that holds, and the next version of it in the making. All made up."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from kern.gebruikers.models import Gebruiker, Rol
from kern.termijnen import local_date
from wijken.models import Team

from ..actions import actieplannen as actions
from ..models import Actieplan, Knelpunt
from ..states import Knelpuntstatus

S = Knelpuntstatus
UNDER_WAY, FIRST, MORE = 18, 30, 12
BUDGETS = (60_000, 90_000, 90_000, 120_000)
TEAMS = 3
UNIT = (400, 900, 1_500, 2_400, 6_000, 11_000)
INTRO = (
    "Fictief voorbeeld. De stad lost elk jaar een deel van de hindernissen op die bij het meten gevonden werden. Wat "
    "gevaarlijk is, of waar iemand er niet door kan, komt eerst."
)


def fill(now: datetime, dice: random.Random) -> None:
    """A version with four years, decided two months ago, and a concept with what was found since."""
    planner = Gebruiker.objects.filter(groups__name=Rol.TOEGANKELIJKHEIDSCOORDINATOR).order_by("pk").first()
    planner = planner or Gebruiker.objects.filter(groups__name=Rol.BEHEERDER).earliest("pk")
    before = now - timedelta(days=61)
    first = local_date(before).year
    plan = actions.save(
        plan=Actieplan(
            naam="Toegankelijk Genk (fictief)",
            inleiding=INTRO,
            van_jaar=first,
            tot_jaar=first + len(BUDGETS) - 1,
            eigenaar=planner,
        ),
        zones=[],
        budgetten=dict(enumerate(BUDGETS, first)),
        at=before,
    )
    under_way = Knelpunt.objects.filter(status__in=[S.GEPLAND, S.IN_UITVOERING, S.UITGEVOERD]).order_by("pk")
    urgent = Knelpunt.objects.filter(status__in=[S.VASTGESTELD, S.AANVAARD]).order_by("-rang", "-ernst", "pk")
    rows = [*under_way[:UNDER_WAY], *urgent[: FIRST + MORE]]
    for row in rows:
        if row.kost_laag is None and row.kost_hoog is None and dice.random() < 0.9:
            low = dice.choice(UNIT)
            row.kost_laag, row.kost_hoog = low, low * 3 // 2
    actions.add(plan=plan, knelpunten=rows[:-MORE])
    lines = list(plan.regels.filter(dienst=None).values_list("pk", flat=True))
    for place, team in enumerate(Team.objects.filter(is_actief=True).order_by("naam")[:TEAMS]):
        actions.assign(plan=plan, regels=lines[place :: TEAMS + 1], dienst=team, verantwoordelijke=None)
    actions.divide(plan=plan)
    plan.refresh_from_db()
    left = plan.regels.filter(jaar=None).values_list("pk", flat=True)
    actions.choose_years(plan=plan, jaren=dict.fromkeys(left, plan.tot_jaar))
    decided = actions.decide(
        plan=plan, besluit="Fictief: college van burgemeester en schepenen", door=planner, at=before, versie=None
    )
    concept = actions.next_version(plan=decided, door=planner, at=now)
    actions.add(plan=concept, knelpunten=rows[-MORE:])
