"""Who works where: the reach of a person, the teams, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject

from kern.beelden.models import Beeld
from kern.gebruikers.models import Gebruiker, Vervanging

from ..models import Team, Teamlid, TeamWijk, Wijk
from ..rules import Bereik


def reach(user: Gebruiker, on: date) -> Bereik:
    """The people, teams and wijken that `user` works for on that day (one query)."""
    absent = Vervanging.objects.on(on).filter(vervanger=user).values("afwezige")
    wijken = TeamWijk.objects.on(on).filter(team=OuterRef("team")).values("wijk")
    members = (
        Teamlid.objects.on(on)
        .filter(Q(gebruiker=user) | Q(gebruiker__in=absent), team__is_actief=True)
        .values(rij=JSONObject(team="team_id", leidt="is_leider", soort="team__soort", wijken=ArraySubquery(wijken)))
    )
    people, teams = (
        Gebruiker.objects.filter(pk=user.pk).values_list(ArraySubquery(absent), ArraySubquery(members)).first()
    ) or ([], [])
    return _bereik(
        {user.pk, *people},
        [(row["team"], row["leidt"], row["soort"]) for row in teams],
        {row["team"]: set(row["wijken"]) for row in teams},
    )


def reaches(user_ids: Collection[int], on: date) -> dict[int, Bereik]:
    """How far each of these people reaches on that day (three queries for any number)."""
    people = {user: {user} for user in user_ids}
    for user, absent in Vervanging.objects.on(on).filter(vervanger__in=people).values_list("vervanger", "afwezige_id"):
        people[user].add(absent)
    members: dict[int, list[tuple[int, bool, str]]] = {}
    everybody = {person for group in people.values() for person in group}
    rows = Teamlid.objects.on(on).filter(gebruiker__in=everybody, team__is_actief=True)
    for person, team, leads, soort in rows.values_list("gebruiker_id", "team_id", "is_leider", "team__soort"):
        members.setdefault(person, []).append((team, leads, soort))
    wijken: dict[int, set[int]] = {}
    teams = {team for found in members.values() for team, _leads, _soort in found}
    for team, wijk in TeamWijk.objects.on(on).filter(team__in=teams).values_list("team_id", "wijk_id"):
        wijken.setdefault(team, set()).add(wijk)
    return {
        user: _bereik(group, [row for person in group for row in members.get(person, [])], wijken)
        for user, group in people.items()
    }


def _bereik(people: set[int], members: list[tuple[int, bool, str]], wijken: dict[int, set[int]]) -> Bereik:
    teams = frozenset(team for team, _leads, _soort in members)
    return Bereik(
        gebruiker_ids=frozenset(people),
        team_ids=teams,
        geleide_team_ids=frozenset(team for team, leads, _soort in members if leads),
        wijk_ids=frozenset(wijk for team in teams for wijk in wijken.get(team, ())),
        is_meldpunt=any(soort == Team.Soort.MELDPUNT for _team, _leads, soort in members),
    )


def team_for(soort: str, wijk: Wijk | None, on: date) -> Team | None:
    """The active team of this kind that works in the wijk; without a wijk or such a team the meldpunt."""
    return choose_team(soort, candidates(soort, wijk, on).order_by("pk"))


def candidates(soort: str, wijk: Wijk | None, on: date) -> models.QuerySet[Team]:
    """The active teams of this kind that work in the wijk, and the meldpunt: those that `choose_team` chooses from."""
    at_work = TeamWijk.objects.on(on).filter(wijk=wijk, team=models.OuterRef("pk"))
    in_wijk = Q(models.Exists(at_work), soort=soort) if wijk else Q(pk__in=[])
    return Team.objects.filter(in_wijk | Q(soort=Team.Soort.MELDPUNT), is_actief=True)


def choose_team(soort: str, teams: Iterable[Team]) -> Team | None:
    """The first team of this kind, else the first that is the meldpunt."""
    found = {team.soort: team for team in reversed(list(teams))}
    return found.get(soort) or found.get(Team.Soort.MELDPUNT)


def teams_by_wijk(on: date) -> dict[tuple[str, int | None], int]:
    """The team of each kind in each wijk, and under (kind, None) the meldpunt that takes the rest (two queries).

    For whoever asks for many reports at once; the answers are those of `team_for`.
    """
    teams = Team.objects.filter(is_actief=True).order_by("-pk")
    soorten = dict(teams.values_list("pk", "soort"))
    found: dict[tuple[str, int | None], int] = {
        (soorten[team], wijk): team
        for team, wijk in TeamWijk.objects.on(on).order_by("-team_id").values_list("team_id", "wijk_id")
        if team in soorten
    }
    for team, soort in soorten.items():
        if soort == Team.Soort.MELDPUNT:
            found |= {(kind, None): team for kind in Team.Soort.values}
    return found


def wijkmanagers_of(wijk_ids: Collection[int], on: date, *, with_deputies: bool = True) -> dict[int, list[Gebruiker]]:
    """Per wijk the wijkmanagers of that day, by name, then those who stand in for them (two queries for any number)."""
    rows = (
        TeamWijk.objects.on(on)
        .filter(wijk__in=wijk_ids, team__soort=Team.Soort.WIJKMANAGEMENT, team__is_actief=True)
        .values_list("wijk_id", "team_id")
    )
    wijken_of: dict[int, list[int]] = {}
    for wijk, team in rows:
        wijken_of.setdefault(team, []).append(wijk)
    members = Teamlid.objects.on(on).filter(team__in=wijken_of)
    return _people(
        ((wijk, lid) for lid in _active(members) for wijk in wijken_of[lid.team_id]), on, with_deputies=with_deputies
    )


def leaders_of(team_ids: Collection[int], on: date, *, with_deputies: bool = True) -> dict[int, list[Gebruiker]]:
    """Per team its leaders of that day, by name, then those who stand in for them (two queries for any number)."""
    leaders = Teamlid.objects.on(on).filter(team__in=team_ids, team__is_actief=True, is_leider=True)
    return _people(((lid.team_id, lid) for lid in _active(leaders)), on, with_deputies=with_deputies)


def members_of(team_ids: Collection[int], on: date, *, with_deputies: bool = False) -> dict[int, list[Gebruiker]]:
    """Per team who works in it that day, by name (one query; two with those who stand in for them)."""
    members = Teamlid.objects.on(on).filter(team__in=team_ids, team__is_actief=True)
    return _people(((lid.team_id, lid) for lid in _active(members)), on, with_deputies=with_deputies)


def deputies_of(user_ids: Collection[int], on: date) -> dict[int, list[Gebruiker]]:
    """Per absent person those who stand in for them on that day (one query)."""
    found: dict[int, list[Gebruiker]] = {}
    rows = Vervanging.objects.on(on).filter(afwezige__in=user_ids, vervanger__is_active=True)
    for row in rows.select_related("vervanger").order_by("vervanger__naam", "pk"):
        found.setdefault(row.afwezige_id, []).append(row.vervanger)
    return found


def _active(members: Any) -> Any:
    return members.filter(gebruiker__is_active=True).select_related("gebruiker").order_by("gebruiker__naam", "pk")


def _people(rows: Iterable[tuple[int, Teamlid]], on: date, *, with_deputies: bool) -> dict[int, list[Gebruiker]]:
    found: dict[int, dict[int, Gebruiker]] = {}
    for key, lid in rows:
        found.setdefault(key, {})[lid.gebruiker_id] = lid.gebruiker
    absent = {pk for people in found.values() for pk in people}
    deputies = deputies_of(absent, on) if with_deputies and absent else {}
    for people in found.values():
        for pk in list(people):
            people.update({deputy.pk: deputy for deputy in deputies.get(pk, []) if deputy.pk not in people})
    return {key: list(people.values()) for key, people in found.items()}


@dataclass(frozen=True)
class Contactpersoon:
    """Somebody a resident of the wijk may know by name, and who takes over while they are away."""

    naam: str
    team: Team
    bereikbaar: str
    afwezig_tot: date | None
    vervanger: str
    lid: int = 0
    heeft_foto: bool = False


@dataclass(frozen=True)
class Wijkwerking:
    """Who works in a wijk on a day, as residents see it.

    Each of `buurtteams` has the members whom residents may know in `getoond`.
    """

    wijkmanagers: list[Contactpersoon]
    contact: Team | None
    buurtteams: list[Team]


def people_in(wijk: Wijk, on: date) -> Wijkwerking:
    """The wijkmanagers and the neighbourhood teams of a wijk (three queries, four when somebody is away).

    Names only of members who are shown on the page; a stand-in without that is 'een collega'.
    """
    shown = Teamlid.objects.on(on).filter(toon_op_wijkpagina=True, gebruiker__is_active=True)
    teams = list(
        Team.objects.filter(teamwijken__in=TeamWijk.objects.on(on).filter(wijk=wijk), is_actief=True)
        .distinct()
        .order_by("naam")
        .prefetch_related(
            Prefetch("leden", shown.select_related("gebruiker").order_by("gebruiker__naam"), to_attr="getoond")
        )
    )
    managing = [team for team in teams if team.soort == Team.Soort.WIJKMANAGEMENT]
    members = [(team, lid) for team in managing for lid in team.getoond]
    away = {
        row.afwezige_id: row
        for row in Vervanging.objects.on(on)
        .filter(afwezige__in=[lid.gebruiker_id for _team, lid in members])
        .select_related("vervanger")
    }
    public = set()
    if away:
        deputies = [row.vervanger_id for row in away.values()]
        public = set(shown.filter(gebruiker__in=deputies).values_list("gebruiker_id", flat=True))
    return Wijkwerking(
        wijkmanagers=[
            Contactpersoon(
                naam=lid.gebruiker.naam,
                team=team,
                bereikbaar=lid.bereikbaar,
                afwezig_tot=row.tot if row else None,
                vervanger=row.vervanger.naam if row and row.vervanger_id in public else "",
                lid=lid.pk,
                heeft_foto=lid.foto_id is not None,
            )
            for team, lid in members
            for row in [away.get(lid.gebruiker_id)]
        ],
        contact=next((team for team in managing if team.email or team.telefoon), None),
        buurtteams=[team for team in teams if team.soort in (Team.Soort.BUURTTOEZICHT, Team.Soort.BUURTWERKPLAATS)],
    )


def shown_photo(wijk: Wijk, lid: int, on: date) -> Beeld | None:
    """The photo of a member of a team of the wijk whom residents may see on that day (one query)."""
    working = TeamWijk.objects.on(on).filter(wijk=wijk).values("team")
    rows = Teamlid.objects.on(on).filter(toon_op_wijkpagina=True, gebruiker__is_active=True, team__is_actief=True)
    row = rows.filter(pk=lid, team__in=working, foto__isnull=False).select_related("foto").first()
    return row.foto if row else None
