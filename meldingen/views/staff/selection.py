"""Which reports a URL asks for: the list, the search and the filters, read the same way by every staff page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kern.gebruikers.models import Gebruiker
from wijken.queries import Bereik

from ...filters import PLACES, MeldingFilter, pills
from ...models import BulkRij, Melding
from ...models.kaartvak import KaartvakQuerySet
from ...models.melding import MeldingQuerySet
from ...queries.cijfers import in_figures
from ...queries.keyset import ORDERS, Volgorde
from ...queries.search import RULES, Gezien, Regel, rules_for
from ...queries.staff import LISTS, Lijst, visible
from ...rules import handles

MAX_CHOSEN = 1000


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 19


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
    # The same as `start`, with what may be seen asked of each row.
    walked: Callable[[], MeldingQuerySet]
    on: date
    everything: MeldingQuerySet
    user_id: int
    alleen_cijfers: bool = False
    vondst: Regel | None = None
    like: MeldingFilter | None = None

    @cached_property
    def filterset(self) -> MeldingFilter:
        return MeldingFilter(self.query, queryset=self.start, on=self.on, like=self.like)

    @cached_property
    def rows(self) -> MeldingQuerySet:
        """The reports; those ticked one by one (`kies=1,2,3`) or for a change (`bulk=4`) alone when it names them."""
        return self._picked(self._found)

    @property
    def is_picked(self) -> bool:
        return "kies" in self.query or "bulk" in self.query

    def _picked(self, rows: MeldingQuerySet) -> MeldingQuerySet:
        if "kies" in self.query:
            rows = rows.filter(pk__in=self.kies)
        if "bulk" in self.query:
            number = self.query["bulk"]
            own = BulkRij.objects.filter(bulk__door=self.user_id, bulk=int(number) if _is_number(number) else 0)
            rows = rows.filter(pk__in=own.values("melding"))
        return rows

    @cached_property
    def _found(self) -> MeldingQuerySet:
        if self.vondst:
            return self.vondst.find(self.everything if self.vondst.exact else self.filterset.qs, self.zoek)
        return self._seen.among(self.filterset.qs) if self._seen else self.filterset.qs

    @cached_property
    def _seen(self) -> Gezien | None:
        return self.regel.seen(self.zoek) if self.regel and self.zoek else None

    @cached_property
    def kies(self) -> list[int]:
        """The numbers that were ticked, whether or not this person may see those reports."""
        words = ",".join(self.query.getlist("kies"))[: 20 * MAX_CHOSEN].split(",")
        return [int(word) for word in words if _is_number(word)][:MAX_CHOSEN]

    @property
    def is_vaag(self) -> bool:
        """Whether the words of the search were not yet tied to one rule: then there is no list, only findings."""
        return bool(self.zoek) and self.regel is None

    @property
    def counted(self) -> MeldingQuerySet:
        """The same reports, to be counted in no order."""
        if self._seen is None:
            return self.rows
        return self._picked(self._seen.counted(self.filterset.qs, self._asked_of_each))

    def _asked_of_each(self) -> MeldingQuerySet:
        rows: MeldingQuerySet = self.filterset.filter_queryset(self.walked())
        return rows

    @cached_property
    def first(self) -> tuple[MeldingQuerySet, bool]:
        """The same reports for a map, and whether a search found more than it draws."""
        if self._seen is None:
            return self.rows, False
        rows, more = self._seen.first(self.filterset.qs)
        return self._picked(rows), more

    def cells(self, visible: KaartvakQuerySet, reach: Bereik) -> KaartvakQuerySet | None:
        """The kept cells of the map of the same reports; None when the address asks what they do not know."""
        searched = bool(self.zoek) and (self.regel is not None or self.vondst is not None)
        if self.lijst.cells is None or searched or self.is_picked or self.alleen_cijfers:
            return None
        return self.filterset.cells(self.lijst.cells(visible, reach))

    @property
    def rules(self) -> list[Regel]:
        return rules_for(self.zoek, contact=self.contact)

    @property
    def vraag(self) -> str:
        """What the list asks, as a query string without place, ticks or view: what a saved view holds."""
        kept = self.query.copy()
        for name in set(kept) - {"lijst", "q", "regel", "volgorde", *MeldingFilter.base_filters}:
            kept.pop(name)
        kept["lijst"] = self.lijst.code
        for name, values in list(kept.lists()):
            kept.setlist(name, [value for value in values if value])
        return kept.urlencode()

    @property
    def in_words(self) -> str:
        """The list and its filters in words; who was searched for among reporters is left out."""
        parts = [str(self.lijst.naam)]
        if self.regel:
            parts.append(f"{self.regel.naam}: {'…' if self.regel.contact else self.zoek}")
        parts += [f"{pil.naam}: {pil.waarde}" for pil in pills(self.filterset)]
        if self.is_picked:
            parts.append(_("aangevinkte meldingen"))
        return " · ".join(parts)

    @property
    def terug(self) -> str:
        """The query string of this list, from its first page."""
        return self._address(*PLACES)

    @cached_property
    def hier(self) -> str:
        """The query string of this page of the list, to come back to it."""
        return self._address()

    def link(self, melding: Melding) -> str:
        """The address of a report as opened from this list: it remembers the list, the page and the place in it."""
        plek = self.order.place(melding) if hasattr(melding, "sorteer") else ""
        path, query = self._to_detail
        return f"{path.replace('/0/', f'/{melding.pk}/')}?{query}{quote_plus(plek)}"

    @cached_property
    def _to_detail(self) -> tuple[str, str]:
        """The address of report 0, and what its query string begins with: made once for all rows of a list."""
        return reverse("meldingen:detail", args=[0]), urlencode({"terug": self.hier, "plek": ""})

    def found_by(self, regel: Regel) -> Selectie:
        """What one rule of the search finds: its own rows to walk through, and the findings to come back to."""
        query = self.query.copy()
        query["vondst"] = regel.code
        return replace(self, query=query, vondst=regel)

    def _address(self, *without: str) -> str:
        rest = self.query.copy()
        for name in without:
            rest.pop(name, None)
        return rest.urlencode()


def select(
    query: QueryDict, user: Gebruiker, reach: Bereik, on: date, *, like: MeldingFilter | None = None
) -> Selectie:
    """Read the list, the search, the filters and the order from a query string; what makes no sense is ignored.

    `like` is a filter that was made before, whose choices need not be fetched again.
    """
    zoek = query.get("q", "").replace("\0", "").strip()[:200]
    lijst = LISTS.get(query.get("lijst", ""), LISTS["alle"])
    contact = handles(user)
    fitting = rules_for(zoek, contact=contact) if zoek else []
    regel, vondst = (rule if rule in fitting else None for rule in map(RULES.get, map(query.get, ("regel", "vondst"))))
    counted = query.get("bereik") == "cijfers"

    def seen(*, by_index: bool) -> MeldingQuerySet:
        rows = visible(user, reach, by_index=by_index)
        return in_figures(rows, user, reach) if counted else rows

    rows = seen(by_index=True)
    return Selectie(
        query=query,
        lijst=lijst,
        zoek=zoek,
        regel=regel,
        order=ORDERS.get(query.get("volgorde", ""), ORDERS[lijst.order]),
        contact=contact,
        start=lijst.restrict(rows, reach, on),
        walked=lambda: lijst.restrict(seen(by_index=False), reach, on),
        on=on,
        alleen_cijfers=counted,
        everything=rows,
        user_id=user.pk,
        vondst=None if regel else vondst,
        like=like,
    )
