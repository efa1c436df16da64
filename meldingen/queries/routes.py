"""Reads of the routing rules: who gets a report, what is wrong with a rule, and what a change would do."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, Value
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from kern.gebruikers.models import Gebruiker, Vervanging
from kern.geheugen import onthoud
from wijken.models import Team, Teamlid, TeamWijk, Wijk
from wijken.queries import choose_team, teams_by_wijk

from .. import routering
from ..models import Antwoord, Categorie, Melding, Routeregel, Vraag, Weekdag
from ..models.route import RouteregelQuerySet
from ..routering import Doel, Feiten, Regel
from ..rules import HANDLING_ROLES, handles
from .keyset import count_words

BACK = timedelta(days=90)
SAMPLE = 5_000
COUNT_LIMIT = 999
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


# What is wrong with a rule.


@dataclass(frozen=True)
class Vlag:
    """Something that is wrong with a rule: it can never take a report (`nooit`), or it leads to nobody."""

    nooit: bool
    tekst: str


@dataclass(frozen=True)
class Rij:
    """One rule on the page: the row, its value, its conditions in words, and what is wrong with it."""

    row: Routeregel
    regel: Regel
    woorden: tuple[tuple[str, str], ...]
    vlaggen: tuple[Vlag, ...]
    geldt: bool


Paar = tuple[Routeregel, Regel]


def all_rules() -> list[Paar]:
    """Every rule in its order, with what its words need, and its value (one query)."""
    rows = Routeregel.objects.select_related(
        "categorie__hoofdcategorie", "wijk", "stadsdeel", "vraag__categorie", "team", "persoon"
    )
    return [(row, of(row)) for row in with_target(rows).order_by("volgorde")]


def value_of(row: Routeregel) -> Regel:
    """The value of a rule that is not stored yet, or not as it stands here (at most two queries)."""
    wijken = frozenset({row.wijk_id}) if row.wijk_id else None
    if row.stadsdeel:
        wijken = frozenset(row.stadsdeel.wijken.values_list("pk", flat=True))
    usable = handles(row.persoon) if row.persoon else bool(row.team and row.team.is_actief)
    return Regel(
        pk=row.pk or 0,
        doel=Doel(row.team_id, row.persoon_id, usable),
        categorie=row.categorie_id,
        wijken=wijken,
        bron=row.bron,
        prioriteit=row.prioriteit,
        weekdagen=frozenset(row.weekdagen),
        van_uur=row.van_uur,
        tot_uur=row.tot_uur,
        vraag=row.vraag_id,
        antwoord=row.antwoord,
        is_actief=row.is_actief,
        geldig_van=row.geldig_van,
        geldig_tot=row.geldig_tot,
    )


def overview(on: date, rules: Sequence[Paar] | None = None) -> list[Rij]:
    """The rules in their order with what is wrong with each (two queries, whatever their number)."""
    rules = all_rules() if rules is None else rules
    boom = tree(on)
    found: list[Rij] = []
    for row, regel in rules:
        earlier = [(other.regel, other.row) for other in found]
        found.append(
            Rij(
                row=row,
                regel=regel,
                woorden=conditions_in_words(row),
                vlaggen=tuple(_flags(row, regel, earlier, boom, on)),
                geldt=regel.in_force(on),
            )
        )
    return found


@dataclass(frozen=True)
class Boom:
    """The categories: what is below each main one, and what a report can still get, today or later."""

    eronder: Mapping[int, frozenset[int]]
    te_kiezen: frozenset[int]


def tree(on: date) -> Boom:
    """The two levels of categories as they are on this day (one query)."""
    rows = list(Categorie.objects.values_list("pk", "hoofdcategorie_id", "geldig_tot"))
    below: dict[int, set[int]] = {pk: set() for pk, main, _until in rows if main is None}
    still = {pk for pk, _main, until in rows if until is None or until >= on}
    choosable: set[int] = set()
    for pk, main, _until in rows:
        if main is not None:
            below[main].add(pk)
            if {pk, main} <= still:
                choosable |= {pk, main}
    return Boom({main: frozenset(subs) for main, subs in below.items()}, frozenset(choosable))


def _flags(
    row: Routeregel,
    regel: Regel,
    earlier: Sequence[tuple[Regel, Routeregel]],
    boom: Boom,
    on: date,
) -> Iterable[Vlag]:
    if regel.geldig_tot and regel.geldig_tot < on:
        yield Vlag(True, _("De laatste dag is voorbij."))
    if row.categorie and row.categorie_id not in boom.te_kiezen:
        yield Vlag(True, _("Deze categorie kan niemand nog kiezen."))
    if row.stadsdeel and not regel.wijken:
        yield Vlag(True, _("In dit stadsdeel ligt geen enkele wijk."))
    if row.vraag:
        yield from _question_flags(row, row.vraag, boom.eronder)
    taken_by = routering.shadowed_by(regel, [other for other, _row in earlier], boom.eronder, on)
    if taken_by and not (regel.geldig_tot and regel.geldig_tot < on):
        names = {other.pk: other_row.naam for other, other_row in earlier}
        yield Vlag(
            True,
            _("Alles wat hier past, gaat al naar een regel die eerst komt: %(namen)s.")
            % {"namen": ", ".join(f"“{names[other.pk]}”" for other in taken_by)},
        )
    if row.team and not row.team.is_actief:
        yield Vlag(False, _("Team %(naam)s is niet meer actief: deze regel wordt overgeslagen.") % {"naam": row.team})
    if row.persoon and not regel.doel.is_bruikbaar:
        words = (
            _("%(naam)s heeft geen rol die meldingen behandelt: deze regel wordt overgeslagen.")
            if row.persoon.is_active
            else _("%(naam)s werkt niet meer met het portaal: deze regel wordt overgeslagen.")
        )
        yield Vlag(False, words % {"naam": row.persoon})


def _question_flags(row: Routeregel, vraag: Vraag, below: Mapping[int, frozenset[int]]) -> Iterable[Vlag]:
    asked_of = vraag.categorie_id
    if row.categorie_id and asked_of != row.categorie_id and asked_of not in below.get(row.categorie_id, frozenset()):
        words = _("De vraag hoort bij %(ander)s, niet bij %(categorie)s: dat past nooit samen.")
        yield Vlag(True, words % {"ander": vraag.categorie, "categorie": row.categorie})
    if not possible_answer(vraag, row.antwoord):
        yield Vlag(True, _("Dit antwoord staat niet bij de keuzes van de vraag."))


def possible_answer(vraag: Vraag, antwoord: str) -> bool:
    """Whether somebody could give this answer: one of the choices, yes or no; anything where people write freely."""
    match vraag.soort:
        case Vraag.Soort.KEUZE:
            options = [line.split("|")[0] for line in vraag.keuzes.splitlines() if line.strip()]
        case Vraag.Soort.JA_NEE:
            options = ["ja", "nee"]
        case _other:
            return True
    return any(routering.same_words(antwoord, option) for option in options)


# Words.

HOURS = "%H.%M"


def conditions_in_words(row: Routeregel) -> tuple[tuple[str, str], ...]:
    """What the rule asks, as (code of the condition, words)."""
    words: list[tuple[str, str]] = []
    if row.categorie:
        everything = _("%(naam)s (alles eronder)") % {"naam": row.categorie}
        words.append(("categorie", str(row.categorie) if row.categorie.hoofdcategorie_id else everything))
    if row.wijk:
        words.append(("plaats", _("wijk %(naam)s") % {"naam": row.wijk}))
    if row.stadsdeel:
        words.append(("plaats", _("stadsdeel %(naam)s") % {"naam": row.stadsdeel}))
    if row.bron:
        words.append(("bron", source_name(row.bron)))
    if row.prioriteit:
        words.append(("prioriteit", _("prioriteit %(naam)s") % {"naam": row.get_prioriteit_display()}))
    if row.weekdagen:
        words.append(("weekdag", days_in_words(row.weekdagen)))
    if row.van_uur and row.tot_uur:
        hours = {"van": row.van_uur.strftime(HOURS), "tot": row.tot_uur.strftime(HOURS)}
        words.append(("uur", _("van %(van)s tot %(tot)s uur") % hours))
    if row.vraag:
        words.append(("antwoord", f"“{row.vraag.tekst}” {row.antwoord}"))
    return tuple(words)


def source_name(bron: str) -> str:
    return str(dict(Melding.Bron.choices).get(bron, bron))


def days_in_words(days: Iterable[int]) -> str:
    chosen = sorted(set(days))
    if chosen == [1, 2, 3, 4, 5]:
        return _("maandag tot vrijdag")
    if chosen == [6, 7]:
        return _("het weekend")
    return ", ".join(str(Weekdag(day).label) for day in chosen)


def facts_in_words(feiten: Feiten, names: Mapping[str, str]) -> dict[str, str]:
    """What the report has, by condition. `names`: of its category and its wijk."""
    return {
        "categorie": names.get("categorie", ""),
        "plaats": names.get("wijk", "") or _("geen wijk"),
        "bron": source_name(feiten.bron),
        "prioriteit": _("prioriteit %(naam)s") % {"naam": feiten.prioriteit},
        "weekdag": str(Weekdag(feiten.moment.isoweekday()).label),
        "uur": _("%(uur)s uur") % {"uur": feiten.moment.strftime(HOURS)},
    }


@dataclass(frozen=True)
class Getoetst:
    """One condition of one rule against one report, in words."""

    naam: str
    gevraagd: str
    gegeven: str
    past: bool


@dataclass(frozen=True)
class Proef:
    """One rule against one report: what came of it, in words, condition by condition."""

    rij: Rij
    neemt: bool
    waarom: str
    voorwaarden: tuple[Getoetst, ...]


def try_out(rijen: Sequence[Rij], feiten: Feiten, on: date, names: Mapping[str, str]) -> list[Proef]:
    """Why each rule takes the report, or does not. Asks nothing."""
    given = facts_in_words(feiten, names)
    labels = {row.code: row.naam for row in routering.VOORWAARDEN}
    tried = []
    first_name = ""
    for rij, uitslag in zip(rijen, routering.explain([rij.regel for rij in rijen], feiten, on), strict=True):
        wanted = dict(rij.woorden)
        tested = tuple(
            Getoetst(labels[code], wanted.get(code, ""), _given(code, given, rij, feiten), ok)
            for code, ok in uitslag.voorwaarden
        )
        takes = uitslag.uitkomst == routering.Uitkomst.NEEMT
        first_name = rij.row.naam if takes else first_name
        tried.append(Proef(rij, takes, _why(uitslag, rij, first_name), tested))
    return tried


def _given(code: str, given: Mapping[str, str], rij: Rij, feiten: Feiten) -> str:
    if code != "antwoord":
        return given[code]
    answer = feiten.antwoorden.get(rij.regel.vraag or 0, "")
    return f"“{answer}”" if answer else _("geen antwoord op deze vraag")


def _why(uitslag: routering.Uitslag, rij: Rij, first_name: str) -> str:
    match uitslag.uitkomst:
        case routering.Uitkomst.NEEMT:
            return _("Alles past: deze regel beslist.")
        case routering.Uitkomst.TE_LAAT:
            return _("Alles past, maar “%(naam)s” komt eerst.") % {"naam": first_name}
        case routering.Uitkomst.DOEL_KAN_NIET:
            return " ".join([_("Alles past, maar:"), *(flag.tekst for flag in rij.vlaggen if not flag.nooit)])
        case routering.Uitkomst.STAAT_UIT:
            return _("Deze regel staat uit.")
        case routering.Uitkomst.NOG_NIET:
            return _("Deze regel geldt nog niet.")
        case routering.Uitkomst.VOORBIJ:
            return _("Deze regel geldt niet meer.")
    return _("Past niet.")


# What a change would do.


@dataclass(frozen=True)
class Verschuiving:
    """So many reports of the last 90 days would have gone to somebody else."""

    van: str
    naar: str
    aantal: int


@dataclass(frozen=True)
class Effect:
    """What a change of the rules would do. `bekeken`: how many reports were looked at; `is_alles`: all there were."""

    verschuivingen: tuple[Verschuiving, ...]
    bekeken: int
    is_alles: bool

    @property
    def aantal(self) -> int:
        return sum(row.aantal for row in self.verschuivingen)


def effect(before: Sequence[Regel], after: Sequence[Regel], at: datetime) -> Effect:
    """From whom to whom the reports of the last 90 days would go, the newest 5,000 (at most five queries).

    Each is routed anew by both sets of rules as if it came in now, at its own hour and weekday; who handles it today
    does not matter, and nobody counts as absent. The rule that is changed counts as begun when it begins later.
    """
    rows = list(
        Melding.objects.filter(ontvangen_op__gte=at - BACK, ontvangen_op__lte=at)
        .order_by("-ontvangen_op", "-pk")
        .values_list("pk", "categorie_id", "wijk_id", "bron", "prioriteit", "ontvangen_op")[: SAMPLE + 1]
    )
    seen, on = rows[:SAMPLE], timezone.localtime(at).date()
    changed = set(after) ^ set(before)
    before, after = _as_begun(before, changed, on), _as_begun(after, changed, on)
    answers = _answers([row[0] for row in seen], {regel.vraag for regel in (*before, *after)} - {None})
    categories = {row.pk: row for row in Categorie.objects.select_related("team")}
    teams = teams_by_wijk(on)
    moves: Counter[tuple[tuple[str, int | None], tuple[str, int | None]]] = Counter()
    for pk, categorie_id, wijk, bron, prioriteit, received in seen:
        categorie = categories[categorie_id]
        feiten = Feiten(
            categorie_id,
            categorie.hoofdcategorie_id,
            wijk,
            bron,
            prioriteit,
            timezone.localtime(received),
            answers.get(pk, {}),
        )
        default = ("team", _default(categorie, wijk, teams))
        old, new = (_target(routering.first(rules, feiten, on), default) for rules in (before, after))
        if old != new:
            moves[old, new] += 1
    return Effect(_named(moves), len(seen), len(rows) <= SAMPLE)


def _as_begun(regels: Iterable[Regel], changed: set[Regel], on: date) -> list[Regel]:
    return [
        replace(row, geldig_van=None) if row in changed and row.geldig_van and row.geldig_van > on else row
        for row in regels
    ]


def _answers(reports: Sequence[int], questions: set[int | None]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    if questions and reports:
        rows = Antwoord.objects.filter(melding__in=reports, vraag__in=questions)
        for melding, vraag, waarde in rows.values_list("melding_id", "vraag_id", "waarde"):
            found[melding][vraag] = waarde
    return found


def _default(categorie: Categorie, wijk: int | None, teams: Mapping[tuple[str, int | None], int]) -> int | None:
    if categorie.team and categorie.team.is_actief:
        return categorie.team.pk
    here = teams.get((categorie.teamsoort, wijk)) if wijk else None
    return here or teams.get((categorie.teamsoort, None))


def _target(regel: Regel | None, default: tuple[str, int | None]) -> tuple[str, int | None]:
    if regel is None:
        return default
    return ("persoon", regel.doel.persoon) if regel.doel.persoon else ("team", regel.doel.team)


def _named(moves: Counter[tuple[tuple[str, int | None], tuple[str, int | None]]]) -> tuple[Verschuiving, ...]:
    ends = {end for pair in moves for end in pair}
    team_names = dict(Team.objects.filter(pk__in=[pk for kind, pk in ends if kind == "team"]).values_list("pk", "naam"))
    people = Gebruiker.objects.filter(pk__in=[pk for kind, pk in ends if kind == "persoon"])
    person_names = dict(people.values_list("pk", "naam"))

    def name(end: tuple[str, int | None]) -> str:
        kind, pk = end
        return (person_names if kind == "persoon" else team_names).get(pk or 0, _("niemand"))

    return tuple(Verschuiving(name(van), name(naar), n) for (van, naar), n in moves.most_common())


def counts(at: datetime) -> dict[int, str]:
    """How many reports of the last 90 days each rule gave to who has them now, up to 999+ (one query)."""
    newest = Melding.objects.filter(route=OuterRef("pk"), ontvangen_op__gte=at - BACK)
    found = ArraySubquery(newest.order_by("-ontvangen_op").values("pk")[: COUNT_LIMIT + 1])
    rows = Routeregel.objects.annotate(n=Func(found, function="cardinality", output_field=IntegerField()))
    return {pk: count_words(n, COUNT_LIMIT) for pk, n in rows.order_by().values_list("pk", "n")}


def fingerprint(rows: Iterable[Routeregel]) -> str:
    """Changes with any change to the rules or their order; what somebody saw before saying yes."""
    parts = [
        "|".join(str(getattr(row, field.attname)) for field in Routeregel._meta.concrete_fields)
        for row in sorted(rows, key=lambda row: row.volgorde)
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]
