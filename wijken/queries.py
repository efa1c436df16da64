"""Reads that the other rooms need: whose wijk is this, and how far does somebody reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kern.gebruikers.models import Gebruiker, Vervanging
from kern.geo import Punt, Ring
from kern.geo.tekening import Tekening, draw

from .models import Team, Teamlid, TeamWijk, Wijk, WijkRing


@dataclass(frozen=True)
class Bereik:
    """What somebody may reach on a day: as themselves and for the absent colleagues they stand in for."""

    gebruiker_ids: frozenset[int]
    team_ids: frozenset[int]
    geleide_team_ids: frozenset[int]
    wijk_ids: frozenset[int]
    is_meldpunt: bool


def reach(user: Gebruiker, on: date) -> Bereik:
    """The people, teams and wijken that `user` works for on that day (three queries)."""
    people = frozenset(
        {user.pk, *Vervanging.objects.on(on).filter(vervanger=user).values_list("afwezige_id", flat=True)}
    )
    members = list(
        Teamlid.objects.on(on)
        .filter(gebruiker__in=people, team__is_actief=True)
        .values_list("team_id", "is_leider", "team__soort")
    )
    teams = frozenset(team for team, _leads, _soort in members)
    wijken = frozenset(TeamWijk.objects.on(on).filter(team__in=teams).values_list("wijk_id", flat=True))
    return Bereik(
        gebruiker_ids=people,
        team_ids=teams,
        geleide_team_ids=frozenset(team for team, leads, _soort in members if leads),
        wijk_ids=wijken,
        is_meldpunt=any(soort == Team.Soort.MELDPUNT for _team, _leads, soort in members),
    )


def wijk_at(punt: Punt) -> Wijk | None:
    """The wijk whose outline holds the place; None outside the city."""
    return Wijk.objects.containing(punt).first()


def team_for(soort: str, wijk: Wijk | None, on: date) -> Team | None:
    """The active team of this kind that works in the wijk; without a wijk or such a team the meldpunt."""
    in_wijk = Q(soort=soort, teamwijken__in=TeamWijk.objects.on(on).filter(wijk=wijk)) if wijk else Q(pk__in=[])
    fallback = Q(soort=Team.Soort.MELDPUNT)
    teams = Team.objects.filter(in_wijk | fallback, is_actief=True).order_by("pk").distinct()
    found = {team.soort: team for team in reversed(teams)}
    return found.get(soort) or found.get(Team.Soort.MELDPUNT)


def city_drawing(width: int = 400) -> Tekening | None:
    """All wijken as one line drawing, paths by the wijk's primary key; None as long as there are no outlines."""
    outlines: dict[object, list[Ring]] = {}
    for wijk, ring in WijkRing.objects.order_by("wijk_id", "pk").values_list("wijk_id", "ring"):
        outlines.setdefault(wijk, []).append(ring)
    return draw(outlines, width)
