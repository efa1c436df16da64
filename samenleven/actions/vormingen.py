"""Every write on the training of uitdagers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction

from .. import mails
from ..models import Uitdager, Vorming, Vormingsdeelname


@transaction.atomic
def save_training(*, vorming: Vorming) -> Vorming:
    """Keep a training, new or changed; who was asked hears of another time or place."""
    before = Vorming.objects.select_for_update().filter(pk=vorming.pk).first() if vorming.pk else None
    vorming.versie = before.versie + 1 if before else 1
    vorming.save()
    if before and (before.begin, before.einde, before.locatie) != (vorming.begin, vorming.einde, vorming.locatie):
        for row in vorming.deelnames.select_related("uitdager", "vorming"):
            mails.training(row)
    return vorming


@transaction.atomic
def invite(*, vorming: Vorming, uitdagers: Collection[Uitdager]) -> int:
    """Ask these uitdagers for a training; how many had not been asked yet."""
    asked = set(vorming.deelnames.values_list("uitdager_id", flat=True))
    new = [uitdager for uitdager in uitdagers if uitdager.pk not in asked]
    for uitdager in new:
        row, made = Vormingsdeelname.objects.get_or_create(vorming=vorming, uitdager=uitdager)
        if made:
            mails.training(row)
    return len(new)


@transaction.atomic
def note_attendance(*, vorming: Vorming, was_er: Mapping[int, bool | None]) -> None:
    """Who came and who did not, by the number of the row."""
    for row in vorming.deelnames.select_for_update().filter(pk__in=was_er):
        if row.was_er != was_er[row.pk]:
            row.was_er = was_er[row.pk]
            row.save()
