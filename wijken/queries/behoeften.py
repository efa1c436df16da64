"""The needs that somebody may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Coalesce

from kern.gebruikers.models import Gebruiker

from ..models import Behoefte, Draad
from ..rules import Bereik

if TYPE_CHECKING:
    from kern.documenten.werkblad import Cel

NEEDS_PAGE = 25


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


def need_lines(rows: models.QuerySet[Behoefte]) -> Iterator[Sequence[Cel]]:
    """The rows of an export."""
    to = ContentType.objects.get_for_model(Behoefte)
    links = Draad.objects.filter(naar_type=to, naar_id=models.OuterRef("pk")).order_by().values("naar_id")
    count = models.Subquery(links.annotate(n=models.Count("pk")).values("n"))
    full: Any = rows.annotate(bronnen=Coalesce(count, 0))
    for row in full.iterator(chunk_size=500):
        yield [
            row.pk,
            row.wijk.naam,
            row.titel,
            row.toelichting,
            row.get_status_display(),
            row.get_herkomst_display(),
            row.bronnen,
            row.gemaakt_op,
            row.besloten_op,
            row.reden,
        ]
