"""Activities that come, and the proposals for more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from kern.bewaring.models import Bewaarregel
from kern.gebruikers.models import Gebruiker
from wijken.models import Bijeenkomst
from wijken.queries import bijeenkomsten
from wijken.rules import Bereik

from ..activiteitsoorten import CODES
from ..models import Activiteitvoorstel
from ..states.activiteit import Status

SOON = 12


def coming(at: datetime) -> list[Bijeenkomst]:
    """The activities and moments of dialogue that come first (two queries)."""
    rows = Bijeenkomst.objects.public().coming(at).filter(soort__in=CODES).order_by("begin", "pk")
    return list(bijeenkomsten.shown(rows)[:SOON])


def proposals(user: Gebruiker, reach: Bereik, filters: dict[str, Any]) -> QuerySet[Activiteitvoorstel]:
    """The proposals that somebody may see and asks for; those without a confirmed address only when asked for."""
    rows = Activiteitvoorstel.objects.visible_to(user, reach).select_related("wijk", "bijeenkomst")
    if not filters.get("status"):
        rows = rows.confirmed()
    rows = rows.filter(**{name: filters[name] for name in ("status", "wijk") if filters.get(name)})
    if text := filters.get("q"):
        rows = rows.filter(Q(titel__icontains=text) | Q(organisatie__icontains=text) | Q(naam__icontains=text))
    return rows.order_by("-gedaan_op", "-pk")


def proposal(sleutel: UUID) -> Activiteitvoorstel | None:
    """Of the signed link, unless it was withdrawn or wiped."""
    rows = Activiteitvoorstel.objects.select_related("wijk", "bijeenkomst")
    return rows.filter(sleutel=sleutel, gewist_op=None).first()


def unconfirmed(regel: Bewaarregel, others: Sequence[Bewaarregel], moment: datetime) -> QuerySet[Activiteitvoorstel]:
    """Proposals of so long ago whose address nobody confirmed."""
    before = moment - timedelta(days=regel.na_dagen)
    return Activiteitvoorstel.objects.filter(status=Status.AANGEMELD, gedaan_op__lte=before)


def done(regel: Bewaarregel, others: Sequence[Bewaarregel], moment: datetime) -> QuerySet[Activiteitvoorstel]:
    """Proposals decided so long ago of which we still know who made them; an activity that came of it is over too."""
    before = moment - timedelta(days=regel.na_dagen)
    over = Q(bijeenkomst=None) | Q(bijeenkomst__einde__lte=before)
    return Activiteitvoorstel.objects.filter(over, beslist_op__lte=before, gewist_op=None)
