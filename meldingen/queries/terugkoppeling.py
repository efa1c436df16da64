"""Reads about how it went: the page of one survey, and the low scores that a team leader looks into."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from kern.gebruikers.models import Gebruiker, Rol
from wijken.queries import Bereik

from ..models import Enquete, Enquetereden, Terugkoppeling
from .staff import visible

LIMIT = 200


def by_key(sleutel: UUID) -> Enquete | None:
    """The survey of a link, with its report (one query)."""
    names = ("melding__categorie", "melding__team", "melding__wijk", "melding__melder")
    return Enquete.objects.select_related(*names).filter(sleutel=sleutel).first()


def leads(user: Gebruiker, reach: Bereik) -> bool:
    """Whether this person looks into low scores: who leads a team, and every beheerder."""
    return user.has_role(Rol.BEHEERDER) or bool(reach.geleide_team_ids)


def tasks(user: Gebruiker, reach: Bereik) -> QuerySet[Terugkoppeling]:
    """The low scores of the teams that this person leads, about reports that they may see; a beheerder has all."""
    rows = Terugkoppeling.objects.filter(melding__in=visible(user, reach))
    if not user.has_role(Rol.BEHEERDER):
        rows = rows.filter(team__in=reach.geleide_team_ids)
    return rows


def for_page(rows: QuerySet[Terugkoppeling]) -> QuerySet[Terugkoppeling]:
    """With all that a line shows (one query, and one for the reasons)."""
    reasons = Prefetch("enquete__redenen", Enquetereden.objects.all())
    names = ("enquete", "team", "afgehandeld_door", "melding__categorie", "melding__wijk")
    return rows.select_related(*names).prefetch_related(reasons)
