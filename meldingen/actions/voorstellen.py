"""What the portal proposes by itself at night: reports that may be the same, and needs of a wijk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from kern.geo import Punt
from wijken import actions as wijken
from wijken.models import Behoefte

from .. import publiek
from ..models import Dubbelvoorstel, GeenDubbel, Melding, Voorstelrij
from ..queries.terugkeer import AGAIN_METRES, Paar, proposals_of
from ..rules import word_overlap

# Along a street each pair is close while the ends are far apart: a proposal stays small enough to judge at a glance.
MOST_IN_ONE = 12


@transaction.atomic
def propose_duplicates(*, paren: Iterable[Paar], at: datetime) -> int:
    """Put pairs together to proposals, nearest first, and add to those that are open; how many got a report more.

    A report is in one open proposal at most, and a proposal holds twelve reports at most.
    """
    pairs = list(paren)
    numbers = {number for pair in pairs for number in (pair.eerste, pair.tweede)}
    known = proposals_of(numbers)
    lines = list(Voorstelrij.objects.filter(voorstel__in=set(known.values()), is_open=True).order_by("pk"))
    numbers |= {line.melding_id for line in lines}
    apart = GeenDubbel.objects.filter(eerste__in=numbers, tweede__in=numbers)
    groups = Groepen(lines, set(apart.values_list("eerste_id", "tweede_id")))
    for pair in pairs:
        groups.join(pair.eerste, pair.tweede)
    chosen = Melding.objects.select_related("categorie").defer("zoek").in_bulk(numbers)
    grown = 0
    for proposal, members in groups.changed():
        texts = [chosen[pk].omschrijving for pk in members]
        row = Dubbelvoorstel.objects.filter(pk=proposal).first() if proposal else None
        row = row or Dubbelvoorstel(categorie=chosen[members[0]].categorie, gevonden_op=at)
        row.gelijkenis = word_overlap(texts)
        row.save()
        # A report that leaves another open proposal for this one has to leave it first.
        Voorstelrij.objects.filter(melding__in=members, is_open=True).exclude(voorstel=row).update(is_open=False)
        Voorstelrij.objects.bulk_create(
            (Voorstelrij(voorstel=row, melding_id=pk) for pk in members),
            update_conflicts=True,
            unique_fields=["voorstel", "melding"],
            update_fields=["is_open"],
        )
        grown += 1
    return grown


@transaction.atomic
def close_proposals(*, at: datetime) -> int:
    """Close the proposals of which fewer than two reports are still open; how many."""
    still = Q(rijen__is_open=True) & ~Q(rijen__melding__status="afgesloten")
    over = Dubbelvoorstel.objects.filter(gesloten_op=None).annotate(n=Count("rijen", filter=still)).filter(n__lt=2)
    pks = list(over.values_list("pk", flat=True))
    Voorstelrij.objects.filter(voorstel__in=pks, is_open=True).update(is_open=False)
    return Dubbelvoorstel.objects.filter(pk__in=pks).update(gesloten_op=at)


def propose_needs(*, plaatsen: Mapping[int, list[int]], at: datetime) -> dict[str, int]:
    """Draft a need for each place where the same thing was reported three times, or add to the draft there is."""
    counts = {"nieuw": 0, "aangevuld": 0}
    for number, others in plaatsen.items():
        melding = Melding.objects.select_related("categorie", "wijk").get(pk=number)
        if melding.wijk is None or melding.plaats is None:
            continue
        draft, new = _propose_need(melding, others, at)
        if draft:
            counts["nieuw" if new else "aangevuld"] += 1
    return counts


@transaction.atomic
def _propose_need(melding: Melding, others: list[int], at: datetime) -> tuple[Behoefte | None, bool]:
    sources = list(Melding.objects.filter(pk__in=others).only("pk", "plaats"))
    places = [row.plaats for row in sources if row.plaats]
    middle = Punt(
        round(sum(place.lon for place in places) / len(places), 6),
        round(sum(place.lat for place in places) / len(places), 6),
    )
    naam = melding.categorie.naam
    assert melding.wijk is not None  # noqa: S101 (the caller leaves out what lies in no wijk)
    return wijken.propose_need(
        wijk=melding.wijk,
        kenmerk=f"melding:{melding.categorie.code}",
        plaats=middle,
        metres=2 * AGAIN_METRES,
        titel=f"{naam} komt terug: {publiek.where(melding)}"[:160],
        toelichting=(
            f"“{naam}” werd hier in twaalf maanden {len(others)} keer gemeld, binnen {AGAIN_METRES} meter. "
            "Telkens oplossen helpt blijkbaar niet voor lang. Wat heeft deze plaats nodig?"
        ),
        bronnen=sources,
        at=at,
    )


class Groepen:
    """Union-find over reports, starting from the open proposals.

    No group grows past the limit, or puts together two that somebody said are different.
    """

    def __init__(self, lines: Iterable[Voorstelrij], apart: Set[tuple[int, int]]) -> None:
        self._apart = apart
        self._root: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._proposal: dict[int, int] = {}
        self._touched: set[int] = set()
        firsts: dict[int, int] = {}
        for line in lines:
            first = firsts.setdefault(line.voorstel_id, line.melding_id)
            self._merge(self.find(first), self.find(line.melding_id))
        for proposal, first in firsts.items():
            self._proposal[self.find(first)] = proposal

    def find(self, number: int) -> int:
        """The report that stands for the group of this one."""
        if self._root.setdefault(number, number) == number:
            self._members.setdefault(number, [number])
        return self._root[number]

    def join(self, one: int, other: int) -> None:
        """Put two in one group, if that group can be."""
        a, b = self.find(one), self.find(other)
        if a == b or len(self._members[a]) + len(self._members[b]) > MOST_IN_ONE:
            return
        across = {(min(x, y), max(x, y)) for x in self._members[a] for y in self._members[b]}
        if not across & self._apart:
            self._touched.add(self._merge(a, b))

    def changed(self) -> list[tuple[int | None, list[int]]]:
        """The groups that got a report more, each with the proposal it belongs to, if any."""
        return [(self._proposal.get(root), sorted(self._members[root])) for root in sorted(self._touched)]

    def _merge(self, a: int, b: int) -> int:
        low, high = min(a, b), max(a, b)
        if low == high:
            return low
        moving = self._members.pop(high)
        self._root.update(dict.fromkeys(moving, low))
        self._members[low] += moving
        known = [self._proposal.pop(root) for root in (low, high) if root in self._proposal]
        if known:
            self._proposal[low] = min(known)
        self._touched.discard(high)
        return low
