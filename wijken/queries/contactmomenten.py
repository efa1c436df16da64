"""What is read of contact moments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, Prefetch, Q, QuerySet, Sum

from kern.gebruikers.models import Gebruiker

from .. import registry
from ..models import Contactmoment, Draad, Gehoord, Opdehoogte, Wijk
from ..models.contactmoment import ContactmomentQuerySet
from ..rules import WIJKTEAM_DAYS, Bereik

if TYPE_CHECKING:
    from kern.bewaring.models import Bewaarregel
    from kern.documenten.werkblad import Cel


def moments(user: Gebruiker, reach: Bereik) -> ContactmomentQuerySet:
    """The contact moments that this person may see, the latest first."""
    return Contactmoment.objects.visible_to(user, reach).select_related("wijk").order_by("-datum", "-pk")


def for_list(rows: ContactmomentQuerySet) -> ContactmomentQuerySet:
    """With what a list shows of each: how much was heard, and what of it waits (two queries more)."""
    return rows.annotate(
        gehoord_aantal=Count("gehoord", distinct=True),
        gehoord_open=Count("gehoord", filter=Q(gehoord__werd=Gehoord.Werd.OPEN), distinct=True),
    ).prefetch_related("themas", "begeleiders")


def people_met(rows: ContactmomentQuerySet) -> int:
    """How many people were met at these moments together (one query)."""
    met = Contactmoment.objects.filter(pk__in=rows.order_by().values("pk"))
    return met.aggregate(som=Sum("aantal_mensen"))["som"] or 0


def became(moment: Contactmoment, user: Gebruiker, reach: Bereik) -> list[tuple[Gehoord, list[registry.Knoop], int]]:
    """What was heard, each with what it became as this person may see it, and how much they may not see.

    Two queries, and those of each kind.
    """
    rows = list(moment.gehoord.all())
    kind = ContentType.objects.get_for_model(Gehoord)
    links = Draad.objects.filter(van_type=kind, van_id__in=[row.pk for row in rows])
    onward = list(links.order_by("pk").values_list("van_id", "naar_type_id", "naar_id"))
    knots: dict[tuple[int, int], registry.Knoop] = {}
    for to in {to for _number, to, _target in onward}:
        shown = registry.thread_kind(ContentType.objects.get_for_id(to).model_class())
        numbers = {target for _number, other, target in onward if other == to}
        knots |= {(to, knot.nummer): knot for knot in (shown.tonen(numbers, user, reach) if shown else [])}
    found = []
    for row in rows:
        mine = [(to, target) for number, to, target in onward if number == row.pk]
        seen = [knots[key] for key in mine if key in knots]
        found.append((row, seen, len(mine) - len(seen)))
    return found


def lines(rows: ContactmomentQuerySet) -> Iterator[Sequence[Cel]]:
    """The rows of an export: one for each thing heard, or one for a moment where nothing was heard."""
    full = for_list(rows).prefetch_related(Prefetch("gehoord", Gehoord.objects.order_by("volgorde", "pk")))
    for row in full.iterator(chunk_size=500):
        facts: list[Cel] = [
            row.pk,
            row.datum,
            row.get_soort_display(),
            row.wijk.naam,
            row.adres,
            row.aantal_mensen,
            ", ".join(person.naam for person in row.begeleiders.all()),
            row.samen_met,
            ", ".join(theme.naam for theme in row.themas.all()),
        ]
        heard: Iterable[tuple[str, str]] = [(item.tekst, item.get_werd_display()) for item in row.gehoord.all()]
        for tekst, werd in heard or [("", "")]:
            yield [*facts, tekst, werd]


def informed_by_key(sleutel: UUID) -> Opdehoogte | None:
    """Who this link was mailed to."""
    return Opdehoogte.objects.select_related("contactmoment__wijk").filter(sleutel=sleutel).first()


def wijkteams_to_plan(horizon: date) -> list[tuple[Wijk, date, date]]:
    """Wijken whose next wijkteam is not planned: the last one, and the day the next is due (one query).

    Only wijken that ever had one; a planned one is a moment on a later day.
    """
    rows = Wijk.objects.filter(contactmomenten__soort=Contactmoment.Soort.WIJKTEAM)
    latest = rows.annotate(laatste=Max("contactmomenten__datum", filter=Q(contactmomenten__soort="wijkteam")))
    found = [(wijk, wijk.laatste, wijk.laatste + timedelta(days=WIJKTEAM_DAYS)) for wijk in latest.order_by("pk")]
    return [row for row in found if row[2] <= horizon]


def long_ago(regel: Bewaarregel, others: Sequence[Bewaarregel], moment: datetime) -> QuerySet[Opdehoogte]:
    """Who was to be kept informed of a moment so long ago, and still is known."""
    before = (moment - timedelta(days=regel.na_dagen)).date()
    return Opdehoogte.objects.filter(ingetrokken_op__isnull=True, contactmoment__datum__lte=before)


def name_informed(pks: Collection[int]) -> Mapping[int, str]:
    """A line without personal data: the moment and its day."""
    rows: Any = Opdehoogte.objects.filter(pk__in=pks).select_related("contactmoment__wijk")
    return {row.pk: f"{row.contactmoment}, {row.contactmoment.datum:%d-%m-%Y}" for row in rows}
