"""Who agreed to do what in a wijk, by when. Nobody is anybody's boss here: an agreed task asks, and answers."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kern import historiek

from ..states.netwerk import AFSPRAAK_STEPS, Afspraakstatus, pairs
from .gebied import Wijk
from .netwerk import Partnerpersoon
from .partner import Partner


class AfspraakQuerySet(models.QuerySet["Afspraak"]):
    def open(self) -> AfspraakQuerySet:
        return self.filter(status=Afspraakstatus.OPEN)

    def visible_to(self, user: Any, reach: Any) -> AfspraakQuerySet:
        """What this member of staff may see; the twin of `rules.may_see_task`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "lezer"}:
            return self.all()
        return self.filter(
            Q(wijk__in=reach.wijk_ids) | Q(collega__in=reach.gebruiker_ids) | Q(gemaakt_door__in=reach.gebruiker_ids)
        )


@historiek.track(exclude=["sleutel", "afloop"])
class Afspraak(models.Model):
    """A task that a partner or a colleague took upon them."""

    wijk = models.ForeignKey(Wijk, models.PROTECT, related_name="afspraken", verbose_name="wijk")
    wat = models.CharField("wat", max_length=200)
    uitleg = models.TextField("uitleg", blank=True, max_length=2000)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="afspraken", verbose_name="partner"
    )
    persoon = models.ForeignKey(
        Partnerpersoon,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="afspraken",
        verbose_name="contactpersoon",
    )
    collega = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="afspraken",
        verbose_name="collega",
    )
    samen_met = models.ManyToManyField(Partner, blank=True, related_name="+", verbose_name="samen met")
    afgesproken_op = models.DateField("afgesproken op")
    waar = models.CharField("waar afgesproken", max_length=160, help_text="Bijvoorbeeld: wijkteam in het buurthuis.")
    uiterlijk = models.DateField("tegen")
    status = models.CharField("stand", max_length=12, choices=Afspraakstatus, default=Afspraakstatus.OPEN)
    afloop = models.TextField("hoe het ging", blank=True, max_length=2000)
    afgerond_op = models.DateTimeField("afgerond op", null=True, blank=True)
    keren_verzet = models.PositiveSmallIntegerField("keren verzet", default=0)
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    herinneringen = models.PositiveSmallIntegerField("herinneringen", default=0)
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gemaakt door"
    )
    versie = models.PositiveIntegerField("versie", default=1)

    objects = AfspraakQuerySet.as_manager()

    class Meta:
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        ordering = ["uiterlijk", "pk"]
        indexes = [
            models.Index(fields=["wijk", "uiterlijk"], name="afspraak_open", condition=Q(status=Afspraakstatus.OPEN)),
            models.Index(fields=["uiterlijk", "id"], name="afspraak_due"),
        ]
        constraints = [
            # A colleague who left leaves the task behind without a name.
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | Q(collega__isnull=True), name="afspraak_of_one_side"
            ),
            models.CheckConstraint(
                condition=Q(persoon__isnull=True) | Q(partner__isnull=False), name="afspraak_person_of_partner"
            ),
            models.CheckConstraint(
                condition=Q(status=Afspraakstatus.OPEN, afgerond_op__isnull=True)
                | ~Q(status=Afspraakstatus.OPEN) & Q(afgerond_op__isnull=False),
                name="afspraak_done_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Afspraakstatus.NIET_GEDAAN, Afspraakstatus.VERVALLEN]) | ~Q(afloop=""),
                name="afspraak_not_done_why",
            ),
        ]
        triggers = [pgtrigger.FSM(name="afspraak_steps", field="status", transitions=pairs(AFSPRAAK_STEPS))]

    def __str__(self) -> str:
        return self.wat

    def get_absolute_url(self) -> str:
        return reverse("wijken:task", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status == Afspraakstatus.OPEN

    @property
    def wie(self) -> str:
        """Who took it upon them, in words."""
        if self.partner:
            return f"{self.partner} ({self.persoon})" if self.persoon else str(self.partner)
        return str(self.collega) if self.collega else "niemand meer"

    @property
    def email(self) -> str:
        """Where a partner is written to; empty for a colleague, who has the digest."""
        if self.partner is None:
            return ""
        if self.persoon and self.persoon.gestopt_op is None and self.persoon.email:
            return str(self.persoon.email)
        return str(self.partner.email)

    def is_late(self, on: date) -> bool:
        return self.is_open and self.uiterlijk < on
