"""A wijk that goes from one wijkmanager to another, with the receipt of what was handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek

from ..states.netwerk import pairs
from ..states.overdracht import OVERDRACHT_STEPS, Overdrachtstatus
from .gebied import Wijk

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from ..rules import Bereik


class OverdrachtQuerySet(models.QuerySet["Overdracht"]):
    def visible_to(self, user: Gebruiker, reach: Bereik) -> OverdrachtQuerySet:
        """What this member of staff may see; the twin of `rules.may_see_handover`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "lezer"}:
            return self.all()
        own = Q(van__in=reach.gebruiker_ids) | Q(naar__in=reach.gebruiker_ids)
        return self.filter(own | Q(wijk__in=reach.wijk_ids))


@historiek.track(exclude=["nota", "inhoud"])
class Overdracht(models.Model):
    """Somebody hands the work in a wijk to somebody else, from a day on.

    `inhoud` is the pack as it was on the moment of taking over, so that the receipt keeps saying what was in it.
    """

    wijk = models.ForeignKey(Wijk, models.PROTECT, related_name="overdrachten", verbose_name="wijk")
    van = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="wie geeft over")
    naar = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="overdrachten", verbose_name="wie neemt over"
    )
    op = models.DateField("vanaf")
    nota = models.TextField("wat je opvolger moet weten", blank=True, max_length=4000)
    status = models.CharField("stand", max_length=12, choices=Overdrachtstatus, default=Overdrachtstatus.KLAAR)
    inhoud = models.JSONField("wat overgenomen werd", default=list, blank=True, editable=False)
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gemaakt door"
    )
    beeindigd_op = models.DateTimeField("overgenomen of ingetrokken op", null=True, blank=True)
    beeindigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="overgenomen of ingetrokken door",
    )
    op_naam_gezet = models.PositiveIntegerField("op naam van de opvolger gezet", default=0)

    objects = OverdrachtQuerySet.as_manager()

    class Meta:
        verbose_name = "overdracht"
        verbose_name_plural = "overdrachten"
        ordering = ["-gemaakt_op", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wijk"], condition=Q(status=Overdrachtstatus.KLAAR), name="overdracht_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(van=F("naar")), name="overdracht_to_somebody_else"),
            models.CheckConstraint(
                condition=Q(status=Overdrachtstatus.KLAAR, beeindigd_op__isnull=True)
                | ~Q(status=Overdrachtstatus.KLAAR) & Q(beeindigd_op__isnull=False),
                name="overdracht_ended_has_moment",
            ),
        ]
        triggers = [pgtrigger.FSM(name="overdracht_steps", field="status", transitions=pairs(OVERDRACHT_STEPS))]

    def __str__(self) -> str:
        return f"{self.wijk}: {self.van} geeft over aan {self.naar}"

    def get_absolute_url(self) -> str:
        return reverse("wijken:handover_receipt", args=[self.wijk.slug, self.pk])

    @property
    def is_open(self) -> bool:
        return self.status == Overdrachtstatus.KLAAR

    @property
    def is_overgenomen(self) -> bool:
        return self.status == Overdrachtstatus.OVERGENOMEN
