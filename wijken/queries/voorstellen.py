"""What is read of proposals and of what others think of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q

from kern.gebruikers.models import Gebruiker

from ..models import Actievoorstel, ActievoorstelQuerySet, Advies
from ..rules import ADVICE_LINK_DAYS, Bereik, may_give_advice

if TYPE_CHECKING:
    from kern.documenten.werkblad import Cel


@dataclass(frozen=True)
class Meningen:
    """The opinions about a proposal: those asked, how many are given, and those of this person's own services."""

    rijen: list[Advies]
    gevraagd: int
    gegeven: int
    laat: list[Advies]
    eigen: list[Advies]

    @property
    def alles_gegeven(self) -> bool:
        return self.gevraagd > 0 and self.gegeven == self.gevraagd


def proposals(user: Gebruiker, reach: Bereik) -> ActievoorstelQuerySet:
    """The proposals that this person may see, the newest first."""
    rows = Actievoorstel.objects.visible_to(user, reach).select_related("wijk", "beslist_door", "gemaakt_door")
    return rows.order_by("-pk")


def for_list(rows: ActievoorstelQuerySet) -> ActievoorstelQuerySet:
    """With how many opinions were asked and given."""
    return rows.annotate(
        gevraagd=Count("adviezen", filter=Q(adviezen__is_gevraagd=True)),
        gegeven=Count("adviezen", filter=Q(adviezen__is_gevraagd=True, adviezen__gegeven_op__isnull=False)),
    )


def opinions(voorstel: Actievoorstel, user: Gebruiker, reach: Bereik, on: date) -> Meningen:
    """What others think of the proposal (one query)."""
    rows = list(voorstel.adviezen.select_related("partner", "team", "gegeven_door"))
    asked = [row for row in rows if row.is_gevraagd]
    return Meningen(
        rijen=rows,
        gevraagd=len(asked),
        gegeven=sum(row.gegeven_op is not None for row in asked),
        laat=[row for row in asked if row.is_late(on)],
        eigen=[row for row in asked if may_give_advice(user, reach, row)] if voorstel.in_overleg else [],
    )


def lines(rows: ActievoorstelQuerySet) -> Iterator[Sequence[Cel]]:
    """The rows of an export."""
    full: Any = for_list(rows)
    for row in full.iterator(chunk_size=500):
        yield [
            row.pk,
            row.wijk.naam,
            row.titel,
            row.get_status_display(),
            row.get_looptijd_display(),
            row.raming,
            row.gegeven,
            row.gevraagd,
            row.advies_tegen,
            row.beslist_op,
            row.beslist_door.naam if row.beslist_door else "",
            row.beslist_in,
            row.reden,
        ]


def advice_by_key(sleutel: UUID) -> Advies | None:
    """The opinion that this link asks for, when it was sent out."""
    rows = Advies.objects.select_related("partner", "voorstel__wijk").filter(partner__isnull=False)
    return rows.filter(sleutel=sleutel, gevraagd_op__isnull=False).first()


def advice_link_works(advies: Advies, on: date) -> bool:
    """Whether the mailed link still opens the page: up to sixty days after the day the opinion was expected."""
    return advies.uiterlijk is not None and (on - advies.uiterlijk).days <= ADVICE_LINK_DAYS
