"""Which reports a URL asks for: the list, the search and the filters, read the same way by every staff page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from kern.gebruikers.models import Gebruiker
from wijken.queries import Bereik

from ...filters import PLACES, MeldingFilter
from ...models import Melding
from ...models.melding import MeldingQuerySet
from ...queries.cijfers import in_figures
from ...queries.keyset import ORDERS, Volgorde
from ...queries.search import RULES, Regel, rules_for
from ...queries.staff import LISTS, Lijst, visible
from ...rules import handles


@dataclass(frozen=True)
class Selectie:
    """The reports of one list as a URL describes it."""

    query: QueryDict
    lijst: Lijst
    zoek: str
    regel: Regel | None
    order: Volgorde
    contact: bool
    start: MeldingQuerySet
    on: date
    alleen_cijfers: bool = False

    @cached_property
    def filterset(self) -> MeldingFilter:
        return MeldingFilter(self.query, queryset=self.start, on=self.on)

    @property
    def rows(self) -> MeldingQuerySet:
        rows = self.filterset.qs
        return self.regel.find(rows, self.zoek) if self.regel and self.zoek else rows

    @property
    def rules(self) -> list[Regel]:
        return rules_for(self.zoek, contact=self.contact)

    @property
    def terug(self) -> str:
        """The query string of this list, to come back to it."""
        rest = self.query.copy()
        for place in PLACES:
            rest.pop(place, None)
        return rest.urlencode()

    def link(self, melding: Melding) -> str:
        """The address of a report as opened from this list: it remembers the list and the place in it."""
        plek = self.order.place(melding) if hasattr(melding, "sorteer") else ""
        return f"{reverse('meldingen:detail', args=[melding.pk])}?{urlencode({'terug': self.terug, 'plek': plek})}"


def select(query: QueryDict, user: Gebruiker, reach: Bereik, on: date) -> Selectie:
    """Read the list, the search, the filters and the order from a query string; what makes no sense is ignored."""
    zoek = query.get("q", "").replace("\0", "").strip()[:200]
    lijst = LISTS.get(query.get("lijst", ""), LISTS["alle"])
    contact = handles(user)
    regel = RULES.get(query.get("regel", "")) if zoek else None
    if regel and regel not in rules_for(zoek, contact=contact):
        regel = None
    rows, counted = visible(user, reach), query.get("bereik") == "cijfers"
    if counted:
        rows = in_figures(rows, user, reach)
    return Selectie(
        query=query,
        lijst=lijst,
        zoek=zoek,
        regel=regel,
        order=ORDERS.get(query.get("volgorde", ""), ORDERS[lijst.order]),
        contact=contact,
        start=lijst.restrict(rows, reach, on),
        on=on,
        alleen_cijfers=counted,
    )
