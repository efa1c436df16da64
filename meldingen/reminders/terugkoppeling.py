"""When to ask how it went, and the term in which a team leader looks into a low score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.urls import reverse

from kern.herinneringen.models import Aan
from kern.herinneringen.registry import Bron, Item, LichteTaak, register, register_light
from wijken.models import Team
from wijken.queries import leaders_of

from .. import actions
from ..actions.terugkoppeling import BATCH
from ..models import Terugkoppeling
from .ochtend import in_batches

BRON = "terugkoppeling"


def open_items(today: date, horizon: date) -> Iterator[Item]:
    """Every low score that nobody looked into, due on or before `horizon`, for who leads the team (four queries)."""
    rows = list(
        Terugkoppeling.objects.filter(afgehandeld_op=None, uiterlijk__lte=horizon).select_related("melding__categorie")
    )
    if not rows:
        return
    meldpunten = set(Team.objects.filter(soort=Team.Soort.MELDPUNT, is_actief=True).values_list("pk", flat=True))
    leaders = leaders_of({row.team_id for row in rows if row.team_id} | meldpunten, today, with_deputies=False)
    heads = [user.pk for team in meldpunten for user in leaders.get(team, [])]
    for row in rows:
        lead = [user.pk for user in leaders.get(row.team_id or 0, [])]
        people = {Aan.VERANTWOORDELIJKE: lead, Aan.TEAMLEIDER: lead, Aan.HOOFD: heads}
        if row.melding.categorie.is_gevoelig:  # of these only their own team may hear
            people[Aan.HOOFD] = [pk for pk in heads if pk in lead]
        yield Item(
            sleutel=str(row.pk),
            titel=f"Ontevreden melder: {row.melding.categorie.naam} (melding {row.melding_id})",
            url=reverse("meldingen:feedback", args=[row.pk]),
            due_on=row.uiterlijk,
            ontvangers={role: ids for role, ids in people.items() if ids},
        )


def ask_how_it_went(at: datetime) -> Mapping[str, int]:
    """Ask reporters of what was solved some working days ago; on working days from half past seven."""
    done = in_batches(at, lambda calendar: actions.terugkoppeling.ask(at=at, calendar=calendar), BATCH)
    return {} if done is None else {"gevraagd": done}


def register_all() -> None:
    """Make the term of low scores known to the ladders, and the question to the light round."""
    register(
        Bron(code=BRON, naam="terugkoppeling van melders", open_items=open_items, list_url="/werk/terugkoppeling/")
    )
    register_light(LichteTaak("meldingen: vraag hoe het ging", ask_how_it_went))
