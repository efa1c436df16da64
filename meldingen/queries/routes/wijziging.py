"""What rules did with the reports of the last 90 days, and what a change of them would do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from kern.gebruikers.models import Gebruiker
from wijken.models import Team
from wijken.queries import teams_by_wijk

from ... import routering
from ...models import Antwoord, Categorie, Melding, Routeregel
from ...routering import Feiten, Regel
from ..keyset import count_words

BACK = timedelta(days=90)
SAMPLE = 5_000
COUNT_LIMIT = 999


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
