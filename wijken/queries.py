"""Reads that the other rooms need: whose wijk is this, and how far does somebody reach."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.gebruikers.models import Gebruiker, Vervanging
from kern.geo import Punt, Ring, geocoder, geojson, haversine, rings
from kern.geo.fields import within
from kern.geo.tekening import Tekening, draw
from kern.termijnen import local_date

from . import registry
from .models import Behoefte, Contactvraag, Draad, Partner, Straat, Team, Teamlid, TeamWijk, Wijk, WijkRing
from .rules import CONTACT_DAYS, CONTACT_LINK_DAYS, Bereik, read_address, zoeknaam

NEARBY_M = 150


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


def wijk_at(punt: Punt) -> Wijk | None:
    """The wijk whose outline holds the place; None outside the city."""
    return Wijk.objects.containing(punt).first()


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


def city_drawing(width: int = 400) -> Tekening | None:
    """All wijken as one line drawing, paths by the wijk's primary key; None as long as there are no outlines."""
    outlines: dict[object, list[Ring]] = {}
    for wijk, ring in WijkRing.objects.order_by("wijk_id", "pk").values_list("wijk_id", "ring"):
        outlines.setdefault(wijk, []).append(ring)
    return draw(outlines, width)


@dataclass(frozen=True)
class Adres:
    """A place found by its address. `bron`: straten (our table), voorbeeld (the demo's) or geocoder."""

    label: str
    punt: Punt
    wijk: Wijk | None
    bron: str


def search_address(text: str, limit: int = 8) -> list[Adres]:
    """Places for a typed address: the table of streets first, house numbers from the outside geocoder if there is one.

    Looks at the begin of the name and then of each word in it, without accents or capitals. Two letters or more.
    A house number is kept in the label; the place is then the middle of the street, unless the geocoder knows better.
    An exact name leaves out the longer ones. Never raises; at most two seconds for the outside geocoder.
    """
    asked = read_address(text)
    wanted = zoeknaam(asked.straat)
    if len(wanted) < 2:
        return []
    streets = list(
        Straat.objects.filter(Q(zoeknaam__startswith=wanted) | Q(zoeknaam__contains=f" {wanted}"))
        .select_related("wijk")
        .order_by("zoeknaam", "wijk__naam", "pk")[: 4 * limit]
    )
    exact = [street for street in streets if street.zoeknaam == wanted]
    streets = exact or sorted(streets, key=lambda street: not street.zoeknaam.startswith(wanted))
    outside = _outside(text) if asked.nummer or not streets else []
    if outside:
        return outside[:limit]
    names = [street.naam for street in streets]
    return [
        Adres(
            label=_street_label(street, asked.nummer, is_double=names.count(street.naam) > 1),
            punt=street.plaats,
            wijk=street.wijk,
            bron="voorbeeld" if street.is_fictief else "straten",
        )
        for street in streets[:limit]
    ]


def address_at(punt: Punt) -> str:
    """The place in words: 'nabij' the nearest street within 150 m of its middle; empty when there is none."""
    street = within(Straat.objects.all(), punt, NEARBY_M).first()
    return _("nabij %(straat)s") % {"straat": street.naam} if street else ""


def _outside(text: str) -> list[Adres]:
    return [Adres(found.label, found.punt, wijk_at(found.punt), "geocoder") for found in geocoder.search(text)]


def _street_label(street: Straat, number: str, *, is_double: bool) -> str:
    label = f"{street.naam} {number}".strip()
    return f"{label} ({street.wijk.naam})" if is_double and street.wijk else label


def moved(places: models.QuerySet[Any]) -> dict[int | None, list[int]]:
    """Which rows (with `plaats` and `wijk`) now lie in another wijk than they say: per wijk their keys (one query)."""
    rings = WijkRing.objects.filter(wijk=models.OuterRef("pk"), ring__bevat=models.OuterRef(models.OuterRef("plaats")))
    here = Wijk.objects.filter(models.Exists(rings.filter(is_gat=False)), ~models.Exists(rings.filter(is_gat=True)))
    found: dict[int | None, list[int]] = {}
    rows = places.filter(plaats__isnull=False).annotate(wijk_nu=models.Subquery(here.order_by("code").values("pk")[:1]))
    for pk, now, before in rows.order_by("pk").values_list("pk", "wijk_nu", "wijk_id"):
        if now != before:
            found.setdefault(now, []).append(pk)
    return found


def contacts_due(at: datetime) -> list[Partner]:
    """The active partners whose contact was not confirmed nor asked for a year (one query)."""
    year_ago = timedelta(days=CONTACT_DAYS)
    asked = Contactvraag.objects.filter(partner=models.OuterRef("pk"), gevraagd_op__gt=at - year_ago)
    old = Q(bevestigd_op__isnull=True) | Q(bevestigd_op__lte=local_date(at) - year_ago)
    return list(Partner.objects.active().filter(old, ~models.Exists(asked)).exclude(email=""))


def contact_question(sleutel: UUID) -> Contactvraag | None:
    """The question of this link, with its partner."""
    return Contactvraag.objects.select_related("partner").filter(sleutel=sleutel).first()


def link_works(vraag: Contactvraag, at: datetime) -> bool:
    """Whether the mailed link still opens this question: not replaced, and at most 90 days old."""
    return not vraag.is_vervallen and at - vraag.gevraagd_op <= timedelta(days=CONTACT_LINK_DAYS)


def nearest_wijken(punt: Punt, limit: int = 3) -> list[Wijk]:
    """The wijken whose middle is nearest, for a place that lies just outside every outline."""
    return sorted(Wijk.objects.all(), key=lambda wijk: haversine(wijk.centrum, punt))[:limit]


def outlines() -> dict[str, Any]:
    """All outlines as GeoJSON for the maps, in 5 decimals (a metre); tells when they are approximate (two queries)."""
    wijken = Wijk.objects.prefetch_related("ringen").order_by("code")
    features = [
        geojson.feature(
            wijk.code,
            geojson.outline(((ring.ring, ring.is_gat) for ring in wijk.ringen.all()), decimals=5),
            code=wijk.code,
            naam=wijk.naam,
            url=reverse("wijken:detail", args=[wijk.slug]),
            opschrift=geojson.point(rings.inner_point([row.ring for row in wijk.ringen.all()]), 5)["coordinates"],
        )
        for wijk in wijken
        if wijk.ringen.all()
    ]
    rough = any(wijk.omtrek_is_benaderend for wijk in wijken)
    nota = {"nota": _("Grenzen bij benadering, niet de officiële.")} if rough else {}
    return geojson.feature_collection(features, **nota)


def drawing_of(wijk: Wijk, width: int = 240) -> Tekening | None:
    """One wijk as a line drawing; None without an outline. Costs no query when `ringen` was prefetched."""
    return draw({wijk.pk: [ring.ring for ring in wijk.ringen.all()]}, width)


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


NEEDS_PAGE = 25
THREAD_LIMIT = 200


def needs(user: Gebruiker, reach: Bereik, status: str = "") -> models.QuerySet[Behoefte]:
    """The needs that this person may see, newest first; all, or those that stand so."""
    rows = Behoefte.objects.visible_to(user, reach).select_related("wijk", "besloten_door").order_by("-pk")
    return rows.filter(status=status) if status else rows


def needs_page(
    rows: models.QuerySet[Behoefte], *, voor: int | None = None
) -> tuple[list[tuple[Behoefte, int]], int | None]:
    """A page of needs, each with the number of things that lead to it, and where the next page begins (two queries)."""
    batch = list((rows if voor is None else rows.filter(pk__lt=voor))[: NEEDS_PAGE + 1])
    shown = batch[:NEEDS_PAGE]
    to = ContentType.objects.get_for_model(Behoefte)
    sources = Draad.objects.filter(naar_type=to, naar_id__in=[row.pk for row in shown]).order_by()
    counts = dict(sources.values_list("naar_id").annotate(n=models.Count("pk")))
    more = shown[-1].pk if len(batch) > NEEDS_PAGE else None
    return [(row, counts.get(row.pk, 0)) for row in shown], more


@dataclass(frozen=True)
class Bronnen:
    """Things of one kind that lead to another: those that a person may see, and how many there are besides."""

    naam: str
    knopen: list[registry.Knoop]
    verborgen: int


def thread_into(obj: models.Model, user: Gebruiker, reach: Bereik) -> list[Bronnen]:
    """What leads to this object, by kind, as this person may see it; the newest two hundred.

    A query, and those that each kind needs to be shown.
    """
    by_type: dict[int, list[int]] = {}
    newest = Draad.objects.into(obj).order_by("-sinds", "-pk").values_list("van_type_id", "van_id")[:THREAD_LIMIT]
    for kind, number in newest:
        by_type.setdefault(kind, []).append(number)
    found = []
    for kind, numbers in by_type.items():
        if shown := registry.thread_kind(ContentType.objects.get_for_id(kind).model_class()):
            knots = shown.tonen(numbers, user, reach)
            found.append(Bronnen(shown.naam, knots, len(numbers) - len(knots)))
    return found


@dataclass(frozen=True)
class Contactpersoon:
    """Somebody a resident of the wijk may know by name, and who takes over while they are away."""

    naam: str
    team: Team
    bereikbaar: str
    afwezig_tot: date | None
    vervanger: str


@dataclass(frozen=True)
class Wijkwerking:
    """Who works in a wijk on a day, as residents see it."""

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
            )
            for team, lid in members
            for row in [away.get(lid.gebruiker_id)]
        ],
        contact=next((team for team in managing if team.email or team.telefoon), None),
        buurtteams=[team for team in teams if team.soort in (Team.Soort.BUURTTOEZICHT, Team.Soort.BUURTWERKPLAATS)],
    )
