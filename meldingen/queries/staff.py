"""What the staff pages read: the six lists, their counts, and the rows of a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kern.gebruikers.models import Gebruiker, Rol
from wijken.queries import Bereik

from ..models import Kaartvak, Melding, MeldingBeeld
from ..models.kaartvak import KaartvakQuerySet
from ..models.melding import MeldingQuerySet, with_sub_tasks_of
from ..states import Status
from .keyset import ORDERS, Telling, count_words
from .labels import labels_of

COUNT_LIMIT = 999


@dataclass(frozen=True)
class Lijst:
    """A list of reports that staff work from. `order` is how it opens; late reports come first by it."""

    code: str
    naam: str | Promise
    leeg: str | Promise
    restrict: Callable[[MeldingQuerySet, Bereik, date], MeldingQuerySet]
    order: str = "termijn"
    # The same on the kept cells of the map; None where they do not know it.
    cells: Callable[[KaartvakQuerySet, Bereik], KaartvakQuerySet] | None = None


LISTS = {
    row.code: row
    for row in (
        Lijst(
            "mijn",
            _("Van mij"),
            _("Hier staan de open meldingen waarvan jij de behandelaar bent. Neem er een op uit de lijst van je team."),
            lambda rows, reach, on: rows.open().filter(behandelaar__in=reach.gebruiker_ids),
        ),
        Lijst(
            "team",
            _("Van mijn team"),
            _("Hier staan de open meldingen van de teams waar je bij hoort."),
            lambda rows, reach, on: rows.open().filter(team__in=reach.team_ids),
            cells=lambda rows, reach: rows.open().filter(team__in=reach.team_ids),
        ),
        Lijst(
            "wijk",
            _("In mijn wijken"),
            _("Hier staan de open meldingen uit de wijken waar je team werkt, van wie ze ook zijn."),
            lambda rows, reach, on: rows.open().filter(wijk__in=reach.wijk_ids),
            cells=lambda rows, reach: rows.open().filter(wijk__in=reach.wijk_ids),
        ),
        Lijst(
            "zonder",
            _("Zonder behandelaar"),
            _("Elke open melding heeft een behandelaar."),
            lambda rows, reach, on: rows.without_owner(),
        ),
        Lijst(
            "laat",
            _("Te laat"),
            _("Geen enkele melding is te laat."),
            lambda rows, reach, on: rows.late(on),
        ),
        Lijst(
            "alle",
            _("Alle"),
            _("Hier staan alle meldingen die je mag zien, ook de afgesloten."),
            lambda rows, reach, on: rows.all(),
            order="-ontvangen",
            cells=lambda rows, reach: rows.all(),
        ),
    )
}


def visible(user: Gebruiker, reach: Bereik, *, by_index: bool = True) -> MeldingQuerySet:
    """The reports that this member of staff may see: the only door of the staff pages to reports."""
    return Melding.objects.visible_to(user, reach, by_index=by_index)


def for_rows(rows: MeldingQuerySet) -> MeldingQuerySet:
    """With all that a row of a list shows, in one query."""
    return (
        rows.select_related("categorie", "wijk", "team", "behandelaar")
        .defer("zoek", "openbare_tekst")
        .annotate(labelrij=labels_of())
        # Not Exists: for a page of fifty the database would read the table of photos as a whole.
        .annotate(heeft_foto=Subquery(MeldingBeeld.objects.filter(melding=OuterRef("pk")).values("pk")[:1]))
    )


def visible_cells(user: Gebruiker, reach: Bereik) -> KaartvakQuerySet:
    """The kept cells of the map of what this member of staff may see by team or wijk."""
    return Kaartvak.objects.visible_to(user, reach)


def beside_cells(rows: MeldingQuerySet, user: Gebruiker, reach: Bereik) -> MeldingQuerySet | None:
    """Of these reports the open ones that `visible_cells` leaves out: seen as handler, or by a sub-task, alone.

    None for who sees everything. Closed ones are left out of the counts on the map of the city; its lists have them.
    """
    if user.has_role(Rol.BEHEERDER):
        return None
    # Written out, because `NOT` of an empty wijk or team would lose the reports that have none.
    other_team = Q(team__isnull=True) | ~Q(team__in=reach.team_ids)
    elsewhere = Q(wijk__isnull=True) | ~Q(wijk__in=reach.wijk_ids)
    if reach.is_meldpunt:
        elsewhere &= Q(team__isnull=False) & ~Q(status=Status.NIEUW)
    if user.has_role(Rol.LEZER):
        elsewhere = Q(pk__in=[])
    mine = rows.open().filter(Q(behandelaar__in=reach.gebruiker_ids) | with_sub_tasks_of(reach))
    return mine.filter(other_team & (Q(categorie__is_gevoelig=True) | elsewhere))


def counts(user: Gebruiker, reach: Bereik, on: date) -> dict[str, str]:
    """How many reports each working list holds, up to 999+; not how many there are in all (one query)."""
    counts = _counting(user, user.is_active, user.rollen, reach, on).counts()
    return {row.code: count_words(count, COUNT_LIMIT) for row, count in zip(COUNTED, counts, strict=True)}


COUNTED = [row for row in LISTS.values() if row.code != "alle"]


@lru_cache(maxsize=500)
def _counting(user: Gebruiker, is_active: bool, rollen: frozenset[str], reach: Bereik, on: date) -> Telling:
    """What `counts` asks, which hangs on these alone: writing it takes longer than answering it."""
    rows = visible(user, reach)
    return Telling.of([row.restrict(rows, reach, on) for row in COUNTED], COUNT_LIMIT)


def next_up(user: Gebruiker, reach: Bereik, on: date, limit: int = 8) -> list[Melding]:
    """What this person should do first: own reports and those of the team that nobody took up, by term."""
    todo = Q(behandelaar__in=reach.gebruiker_ids) | Q(behandelaar__isnull=True, team__in=reach.team_ids)
    rows = visible(user, reach).open().filter(todo, volgende_termijn__isnull=False)
    return list(ORDERS["termijn"].sorted(for_rows(rows))[:limit])
