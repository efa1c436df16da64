"""Whom to ask whether their contact data still hold."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Q

from kern.termijnen import local_date

from ..models import Contactvraag, Partner, Partnerpersoon
from ..rules import CONTACT_DAYS, CONTACT_LINK_DAYS


def contacts_due(at: datetime) -> list[Partner]:
    """The active partners whose contact was not confirmed nor asked for a year (one query)."""
    year_ago = timedelta(days=CONTACT_DAYS)
    asked = Contactvraag.objects.filter(
        partner=models.OuterRef("pk"), persoon__isnull=True, gevraagd_op__gt=at - year_ago
    )
    old = Q(bevestigd_op__isnull=True) | Q(bevestigd_op__lte=local_date(at) - year_ago)
    return list(Partner.objects.active().filter(old, ~models.Exists(asked)).exclude(email=""))


def persons_due(at: datetime) -> list[Partnerpersoon]:
    """The active contact persons whose data were not confirmed, asked nor written down for a year (one query)."""
    year_ago = timedelta(days=CONTACT_DAYS)
    asked = Contactvraag.objects.filter(persoon=models.OuterRef("pk"), gevraagd_op__gt=at - year_ago)
    old = Q(bevestigd_op__isnull=True, gemaakt_op__lte=at - year_ago) | Q(bevestigd_op__lte=local_date(at) - year_ago)
    return list(Partnerpersoon.objects.active().filter(old, ~models.Exists(asked)).exclude(email=""))


def contact_question(sleutel: UUID) -> Contactvraag | None:
    """The question of this link, with its partner."""
    return Contactvraag.objects.select_related("partner", "persoon").filter(sleutel=sleutel).first()


def link_works(vraag: Contactvraag, at: datetime) -> bool:
    """Whether the mailed link still opens this question: not replaced, and at most 90 days old."""
    return not vraag.is_vervallen and at - vraag.gevraagd_op <= timedelta(days=CONTACT_LINK_DAYS)
