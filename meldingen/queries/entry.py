"""What staff see while they enter a report for somebody else."""

from __future__ import annotations

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


def entered(user: Gebruiker, rows: MeldingQuerySet, **lookup: object) -> Melding | None:
    """The report of which this member of staff may know the code: entered by them, or theirs to handle (two queries).

    `rows` are those they may see; one they entered of a sensitive category can lie outside. None for any other.
    """
    found = Melding.objects.select_related("categorie", "team", "behandelaar", "melder").filter(**lookup).first()
    if found is None:
        return None
    by_me = found.gebeurtenissen.filter(soort=Gebeurtenis.Soort.ONTVANGEN, door=user)
    # One after the other: in one query the database would look through all that they may see.
    is_theirs = by_me.exists() or (handles(user) and rows.filter(pk=found.pk).exists())
    return found if is_theirs else None
