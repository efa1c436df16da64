"""A report that is there already goes to whom the routing rules say now."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date

from .. import mails
from ..models import Gebeurtenis, Melding
from ..queries import routes
from ..queries.routes import Bestemming
from ..states import Status
from .lock import BY_RULE, given_to, locked, move, write


def apply(row: Melding, at: datetime) -> bool:
    """Send a locked, open report on when its facts changed; whether it went anywhere.

    A hand-made assignment is never overruled, nor what somebody has in hand.
    """
    if not row.is_open or row.is_met_hand_toegewezen or row.behandelaar_id is not None:
        return False
    to = routes.destination(routes.facts_of(row), row.categorie, row.wijk, local_date(at))
    if not to.differs(row):
        return False
    _give(row, to, at=at, door=None)
    return True


@transaction.atomic
def assign_by_rules(*, melding: Melding, door: Gebruiker, at: datetime, versie: int | None = None) -> Melding:
    """A person follows the rules: the report goes to whom they say. That is an assignment by hand.

    Raises ValueError for a closed report and when it is there already.
    """
    row = locked(melding, versie)
    to = routes.destination(routes.facts_of(row), row.categorie, row.wijk, local_date(at))
    if not row.is_open or not to.differs(row):
        raise ValueError("de regels geven deze melding aan niemand anders")
    row.is_met_hand_toegewezen = True
    _give(row, to, at=at, door=door)
    return row


def _give(row: Melding, to: Bestemming, *, at: datetime, door: Gebruiker | None) -> None:
    van = row.status
    row.team, row.behandelaar, row.route_id = to.team, to.persoon, to.regel
    if row.status == Status.HEROPEND or (row.status == Status.NIEUW and (door or to.persoon)):
        move(row, Status.TOEGEWEZEN)
    line = write(
        row,
        soort=Gebeurtenis.Soort.TOEWIJZING,
        at=at,
        door=door,
        van_status=van,
        naar_status=row.status,
        tekst=f"{given_to(row.team, row.behandelaar)}\n{BY_RULE}",
    )
    if row.behandelaar and row.behandelaar != door:
        mails.assigned(row, row.behandelaar, line)
