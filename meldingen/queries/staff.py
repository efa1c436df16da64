"""What the staff pages read: the six lists, their counts, and the rows of a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kern.gebruikers.models import Gebruiker
from wijken.queries import Bereik

from ..models import Melding, MeldingBeeld
from ..models.melding import MeldingQuerySet
from .keyset import ORDERS, capped_counts, count_words
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
        ),
        Lijst(
            "wijk",
            _("In mijn wijken"),
            _("Hier staan de open meldingen uit de wijken waar je team werkt, van wie ze ook zijn."),
            lambda rows, reach, on: rows.open().filter(wijk__in=reach.wijk_ids),
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
        ),
    )
}


def visible(user: Gebruiker, reach: Bereik) -> MeldingQuerySet:
    """The reports that this member of staff may see: the only door of the staff pages to reports."""
    return Melding.objects.visible_to(user, reach)


def for_rows(rows: MeldingQuerySet) -> MeldingQuerySet:
    """With all that a row of a list shows, in one query."""
    return (
        rows.select_related("categorie", "wijk", "team", "behandelaar")
        .defer("zoek", "openbare_tekst")
        .annotate(labelrij=labels_of())
        .annotate(heeft_foto=Exists(MeldingBeeld.objects.filter(melding=OuterRef("pk"))))
    )


def counts(user: Gebruiker, reach: Bereik, on: date) -> dict[str, str]:
    """How many reports each working list holds, up to 999+; not how many there are in all (one query)."""
    rows = visible(user, reach)
    lists = [row for row in LISTS.values() if row.code != "alle"]
    counts = capped_counts([row.restrict(rows, reach, on) for row in lists], COUNT_LIMIT)
    return {row.code: count_words(count, COUNT_LIMIT) for row, count in zip(lists, counts, strict=True)}


def next_up(user: Gebruiker, reach: Bereik, on: date, limit: int = 8) -> list[Melding]:
    """What this person should do first: own reports and those of the team that nobody took up, by term."""
    todo = Q(behandelaar__in=reach.gebruiker_ids) | Q(behandelaar__isnull=True, team__in=reach.team_ids)
    rows = visible(user, reach).open().filter(todo, volgende_termijn__isnull=False)
    return list(ORDERS["termijn"].sorted(for_rows(rows))[:limit])
