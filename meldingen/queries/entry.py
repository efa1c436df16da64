"""What staff see while they enter a report for somebody else."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt
from kern.geo.fields import within

from ..models import Categorie, Gebeurtenis, Melding
from ..models.melding import MeldingQuerySet
from ..rules import handles

NEAR_METRES = 100
NEAR_LIMIT = 5


def nearby(rows: MeldingQuerySet, punt: Punt | None, categorie: Categorie | None) -> list[Melding]:
    """Open reports of the same main category within 100 metres, nearest first, out of those given (one query).

    None without a place, a category or a kind: of “ik weet het niet” everything would be the same.
    """
    if punt is None or categorie is None or categorie.is_onbekend:
        return []
    same = rows.open().filter(categorie__hoofdcategorie=categorie.hoofdcategorie_id)
    return list(within(same, punt, NEAR_METRES).select_related("categorie", "team").defer("zoek")[:NEAR_LIMIT])


def entered(user: Gebruiker, rows: MeldingQuerySet) -> MeldingQuerySet:
    """The reports of which this member of staff may know the code: entered by them, or theirs to handle.

    `rows` are those they may see; one they entered of a sensitive category can lie outside.
    """
    by_me = Gebeurtenis.objects.filter(melding=OuterRef("pk"), soort=Gebeurtenis.Soort.ONTVANGEN, door=user)
    mine = Q(Exists(by_me))
    if handles(user):
        mine |= Q(pk__in=rows.values("pk"))
    return Melding.objects.filter(mine).select_related("categorie", "team", "behandelaar", "melder")
