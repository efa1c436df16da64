"""Who gets a report: its facts, the rules in force, and the team or person that the first rule names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from kern.gebruikers.models import Gebruiker, Vervanging
from kern.geheugen import onthoud
from wijken.models import Team, Teamlid, TeamWijk, Wijk
from wijken.queries import choose_team

from ... import routering
from ...models import Antwoord, Categorie, Melding, Routeregel
from ...models.route import RouteregelQuerySet
from ...routering import Doel, Feiten, Regel
from ...rules import HANDLING_ROLES

MELDPUNT = Team.Soort.MELDPUNT
TEAM_FIELDS = ("id", "naam", "soort", "email", "telefoon", "is_actief")


@dataclass(frozen=True)
class Bestemming:
    """Who gets a report, and the rule that said so; without a rule it was the category."""

    team: Team | None
    persoon: Gebruiker | None = None
    regel: int | None = None

    def differs(self, melding: Melding) -> bool:
        """Whether the report is with another team, or not with the person that a rule names."""
        if self.persoon is not None:
            return self.persoon.pk != melding.behandelaar_id
        return (self.team.pk if self.team else None) != melding.team_id

    @property
    def naam(self) -> str:
        return str(self.persoon or self.team or _("niemand"))


def facts(
    *,
    categorie: Categorie,
    wijk: Wijk | None,
    bron: str,
    prioriteit: str,
    at: datetime,
    antwoorden: Mapping[int, str],
) -> Feiten:
    """What the rules look at in a report that came in at `at`."""
    return Feiten(
        categorie=categorie.pk,
        hoofdcategorie=categorie.hoofdcategorie_id,
        wijk=wijk.pk if wijk else None,
        bron=bron,
        prioriteit=prioriteit,
        moment=timezone.localtime(at),
        antwoorden=antwoorden,
    )


def facts_of(melding: Melding) -> Feiten:
    """The same of a report that is there already (one query for its answers)."""
    answers = dict(Antwoord.objects.filter(melding=melding).values_list("vraag_id", "waarde"))
    return facts(
        categorie=melding.categorie,
        wijk=melding.wijk,
        bron=melding.bron,
        prioriteit=melding.prioriteit,
        at=melding.ontvangen_op,
        antwoorden=answers,
    )


def destination(feiten: Feiten, categorie: Categorie, wijk: Wijk | None, on: date) -> Bestemming:
    """Who gets a report with these facts on this day (one query; one more when a rule names a person).

    The first rule that fits, else the category's own team, else the team of its kind in the wijk, else the meldpunt.
    Rules and teams come in one query: a report that is sent asks no other for them.
    """
    rows = onthoud(("verdelen", on), lambda: _rules_and_teams(on))
    if any(data["persoon"] for data in rows["regel"]):
        # Whether a person can have it hangs on accounts and their roles, and those are not watched.
        rows = _rules_and_teams(on)
    own = categorie.team
    default = own if own and own.is_actief else None
    if default is None:
        here = wijk.pk if wijk else None
        found = [_team(data) for data in rows["team"] if data["soort"] == MELDPUNT or here in data["wijken"]]
        default = choose_team(categorie.teamsoort, found)
    in_order = sorted(rows["regel"], key=lambda data: data["volgorde"])
    by_pk = {data["pk"]: data for data in in_order}
    regel = routering.first([_regel(data) for data in in_order], feiten, on)
    if regel is None:
        return Bestemming(default)
    if regel.doel.persoon is None:
        return Bestemming(_team(by_pk[regel.pk]["team_data"]), regel=regel.pk)
    return _with_person(regel, default, on)


def _rules_and_teams(on: date) -> dict[str, list[dict[str, Any]]]:
    """The rules in force on this day, and every active team with the wijken it works in, oldest first."""
    rules = with_target(Routeregel.objects.in_force(on)).order_by().values_list(Value("regel"), "data")
    wijken = ArraySubquery(TeamWijk.objects.on(on).filter(team=OuterRef("pk")).values("wijk"))
    fields = JSONObject(wijken=wijken, **{name: F(name) for name in TEAM_FIELDS})
    teams = Team.objects.filter(is_actief=True).order_by().values_list(Value("team"), fields)
    rows: dict[str, list[dict[str, Any]]] = {"regel": [], "team": []}
    for kind, data in rules.union(teams, all=True):
        rows[kind].append(data)
    rows["team"].sort(key=lambda data: data["id"])
    return rows


def with_target(rows: RouteregelQuerySet) -> Any:
    """The rules with `data`: all that `of` needs, and whether somebody can have what they give."""
    handlers = Gebruiker.objects.filter(pk=OuterRef("persoon"), is_active=True).filter(_HANDLES)
    wijken = Wijk.objects.filter(stadsdeel=OuterRef("stadsdeel")).values("pk")
    plain = ("pk", "volgorde", "bron", "prioriteit", "weekdagen", "van_uur", "tot_uur", "antwoord", "is_actief")
    return rows.annotate(
        data=JSONObject(
            **{name: F(name) for name in (*plain, "geldig_van", "geldig_tot")},
            **{name: F(f"{name}_id") for name in ("categorie", "wijk", "stadsdeel", "vraag", "team", "persoon")},
            wijken=ArraySubquery(wijken),
            persoon_kan=Exists(handlers),
            team_data=_as_json("team__", TEAM_FIELDS),
        )
    )


_HANDLES = Q(groups__name__in=HANDLING_ROLES) | Q(is_superuser=True)


def of(row: Any) -> Regel:
    """The rule as a value, of a row that came with its target."""
    return _regel(row.data)


def _as_json(prefix: str, names: Iterable[str]) -> JSONObject:
    return JSONObject(**{name: F(f"{prefix}{name}") for name in names})


def _team(data: Mapping[str, Any]) -> Team:
    return Team.from_db("default", TEAM_FIELDS, [data[name] for name in TEAM_FIELDS])


def _regel(data: Mapping[str, Any]) -> Regel:
    usable = data["persoon_kan"] if data["persoon"] else data["team_data"]["is_actief"]
    wijken = frozenset({data["wijk"]}) if data["wijk"] else frozenset(data["wijken"]) if data["stadsdeel"] else None
    return Regel(
        pk=data["pk"],
        doel=Doel(data["team"], data["persoon"], bool(usable)),
        categorie=data["categorie"],
        wijken=wijken,
        bron=data["bron"],
        prioriteit=data["prioriteit"],
        weekdagen=frozenset(data["weekdagen"]),
        van_uur=time.fromisoformat(data["van_uur"]) if data["van_uur"] else None,
        tot_uur=time.fromisoformat(data["tot_uur"]) if data["tot_uur"] else None,
        vraag=data["vraag"],
        antwoord=data["antwoord"],
        is_actief=data["is_actief"],
        geldig_van=date.fromisoformat(data["geldig_van"]) if data["geldig_van"] else None,
        geldig_tot=date.fromisoformat(data["geldig_tot"]) if data["geldig_tot"] else None,
    )


def _with_person(regel: Regel, default: Team | None, on: date) -> Bestemming:
    """The person, or who stands in on that day, with the team they work in (one query).

    The team is the one that would have got it when they are a member, else their first, else the one anyway.
    """
    away = Vervanging.objects.on(on)
    person = regel.doel.persoon
    people = list(
        Gebruiker.objects.filter(Q(pk=person) | Q(vervangt__in=away.filter(afwezige=person)), _HANDLES, is_active=True)
        .annotate(
            is_weg=Exists(away.filter(afwezige=OuterRef("pk"))),
            teams=ArraySubquery(
                Teamlid.objects.on(on)
                .filter(gebruiker=OuterRef("pk"), team__is_actief=True)
                .order_by("team_id")
                .values(data=_as_json("team__", TEAM_FIELDS))
            ),
        )
        .distinct()
        .order_by("is_weg", "naam", "pk")
    )
    own = next((row for row in people if row.pk == person), None)
    deputy = next((row for row in people if row.pk != person), None)
    chosen: Any = deputy if own is not None and own.is_weg and deputy else own
    if chosen is None:  # between two queries somebody lost the role
        return Bestemming(default)
    teams = [_team(data) for data in chosen.teams]
    team = default if default in teams else next(iter(teams), default)
    return Bestemming(team, chosen, regel.pk)
