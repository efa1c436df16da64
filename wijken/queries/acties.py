"""What is read of actions: how far they are, in words and in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern.gebruikers.models import Gebruiker
from kern.templatetags.kern import datum

from ..models import Actie, ActieQuerySet, Bewijs, Mijlpaal, Wijk
from ..rules import Bereik
from ..states.draad import ENDED, Actiestatus, Mijlpaalstatus

if TYPE_CHECKING:
    from kern.documenten.werkblad import Cel

ENDED_SHOWN = 4
RUNNING_SHOWN = 12


@dataclass(frozen=True)
class Vordering:
    """How far an action is, from its milestones: in words, and in hundredths for a bar beside them."""

    woorden: str
    stand: str
    toon: str
    icoon: str
    procent: int
    gehaald: int
    aantal: int
    achter: bool


def actions(user: Gebruiker, reach: Bereik) -> ActieQuerySet:
    """The actions that this person may see, the latest first."""
    return Actie.objects.visible_to(user, reach).select_related("wijk", "eigenaar").order_by("-start", "-pk")


def progress(actie: Actie, on: date, milestones: Sequence[Mijlpaal] | None = None) -> Vordering:
    """How far the action is on this day. It counts the milestones given, or those of `with_progress`.

    What was dropped does not count. Behind plan: a milestone is late, or the day it had to be ready has passed.
    """
    if milestones is None:
        row: Any = actie
        total, reached, late = row.mijlpalen_aantal, row.mijlpalen_gehaald, row.mijlpalen_laat
    else:
        total = sum(point.status != Mijlpaalstatus.VERVALLEN for point in milestones)
        reached = sum(point.status == Mijlpaalstatus.GEHAALD for point in milestones)
        late = sum(point.is_late(on) for point in milestones)
    behind = actie.is_lopend and (late > 0 or (actie.einde is not None and actie.einde < on))
    words = _("nog geen mijlpalen")
    if total:
        counts = {"gehaald": reached, "aantal": total}
        words = ngettext(
            "%(gehaald)d van %(aantal)d mijlpaal gehaald", "%(gehaald)d van %(aantal)d mijlpalen gehaald", total
        )
        words %= counts
    stand, toon, icoon = _stand(actie, behind=behind)
    return Vordering(words, stand, toon, icoon, round(100 * reached / total) if total else 0, reached, total, behind)


def _stand(actie: Actie, *, behind: bool) -> tuple[str, str, str]:
    match actie.status:
        case Actiestatus.AFGEROND:
            return _("afgerond"), "goed", "vink"
        case Actiestatus.STOPGEZET:
            return _("stopgezet"), "", "kruis"
    if behind:
        return _("achter op plan"), "laat", "let-op"
    if actie.status == Actiestatus.GEPLAND:
        return _("start op %(dag)s") % {"dag": datum(actie.start)}, "", "kalender"
    return _("op plan"), "bezig", "gereedschap"


def milestones_of(actie: Actie) -> list[Mijlpaal]:
    """The milestones with what shows that they were reached (two queries)."""
    evidence = Prefetch("bewijzen", Bewijs.objects.select_related("beeld", "door"))
    return list(actie.mijlpalen.prefetch_related(evidence))


def lines(rows: ActieQuerySet, on: date) -> Iterator[Sequence[Cel]]:
    """The rows of an export."""
    for row in rows.with_progress(on).prefetch_related("ook_in", "partners").iterator(chunk_size=500):
        how = progress(row, on)
        yield [
            row.pk,
            row.titel,
            row.wijk.naam,
            ", ".join(wijk.naam for wijk in row.ook_in.all()),
            row.get_status_display(),
            how.stand,
            how.gehaald,
            how.aantal,
            row.get_looptijd_display(),
            row.start,
            row.einde,
            row.eigenaar.naam if row.eigenaar else "",
            ", ".join(partner.naam for partner in row.partners.all()),
            row.budgetlijn,
            row.budget,
            row.get_betrokkenheid_display(),
            row.uitkomst,
        ]


def total_budget(rows: ActieQuerySet) -> Decimal:
    """The budgets of these actions together (one query)."""
    found = Actie.objects.filter(pk__in=rows.order_by().values("pk")).aggregate(som=Sum("budget"))
    return found["som"] or Decimal(0)


def public_of(wijk: Wijk) -> ActieQuerySet:
    """The actions of a wijk that residents may read about."""
    return Actie.objects.public().in_wijken([wijk.pk]).select_related("wijk")


def block(wijk: Wijk, on: date) -> dict[str, Any] | None:
    """What is done in a wijk, for its page: what runs, then what ended last; None without any (one query)."""
    rows = public_of(wijk).with_progress(on)
    first = rows.running().order_by("-start", "-pk")[:RUNNING_SHOWN]
    last = rows.filter(status__in=sorted(ENDED)).order_by("-beeindigd_op", "-pk")[:ENDED_SHOWN]
    found = list(first.union(last, all=True))
    running = sorted((row for row in found if row.is_lopend), key=lambda row: (row.start, row.pk), reverse=True)
    ended = sorted((row for row in found if not row.is_lopend), key=_ended, reverse=True)
    if not running and not ended:
        return None
    return {
        "wijk": wijk,
        "lopend": [(row, progress(row, on)) for row in running],
        "voorbij": [(row, progress(row, on)) for row in ended],
    }


def _ended(row: Actie) -> tuple[Any, int]:
    return row.beeindigd_op, row.pk
