"""Screening campaigns: where, how strict, what, who, when and with what."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek

from ..rules.recht import sees_all
from ..rules.woorden import Instrument, Onderwerp
from ..states import Campagnestatus, campaign_pairs
from .niveau import Kwaliteitsniveau, Woonzorgzone

if TYPE_CHECKING:
    from wijken.queries import Bereik


class CampagneQuerySet(models.QuerySet["Campagne"]):
    def visible_to(self, user: Any, reach: Bereik) -> CampagneQuerySet:
        """Campaigns in a zone with a wijk of theirs, and those they screen in."""
        if not user.is_active or not user.rollen:
            return self.none()
        if sees_all(user):
            return self
        zones = Woonzorgzone.objects.filter(wijken__in=reach.wijk_ids).values("pk")
        own = self.model.objects.filter(screeners__in=reach.gebruiker_ids).values("pk")
        return self.filter(Q(zone__in=zones) | Q(pk__in=own))

    def running(self) -> CampagneQuerySet:
        return self.filter(status=Campagnestatus.LOPEND)

    def late(self, on: date) -> CampagneQuerySet:
        """Campaigns that should have been finished before this day."""
        return self.filter(status__in=[Campagnestatus.LOPEND, Campagnestatus.ONDERBROKEN], tot__lt=on)


@historiek.track()
class Campagne(models.Model):
    """One round of screening in a zone."""

    naam = models.CharField("naam", max_length=120, unique=True)
    zone = models.ForeignKey(Woonzorgzone, models.PROTECT, related_name="campagnes", verbose_name="woonzorgzone")
    niveau = models.ForeignKey(
        Kwaliteitsniveau,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="campagnes",
        verbose_name="kwaliteitsniveau",
        help_text="Leeg: elk object volgens het niveau van zijn deel van de zone.",
    )
    onderwerpen = ArrayField(models.CharField(max_length=20, choices=Onderwerp), verbose_name="onderwerpen")
    screeners = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="campagnes", blank=True, verbose_name="wie meet"
    )
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="coördinator",
    )
    van = models.DateField("van")
    tot = models.DateField("tot en met")
    instrument = models.CharField("instrument", max_length=12, choices=Instrument, default=Instrument.MEETLAT)
    opdracht = models.TextField("afspraken", blank=True, help_text="Wat moet wie meet nog weten?")
    status = models.CharField("status", max_length=12, choices=Campagnestatus, default=Campagnestatus.GEPLAND)
    reden = models.CharField("reden", max_length=300, blank=True)
    versie = models.PositiveIntegerField("versie", default=1)

    objects = CampagneQuerySet.as_manager()

    class Meta:
        verbose_name = "campagne"
        verbose_name_plural = "campagnes"
        ordering = ["-van", "naam"]
        constraints = [
            models.CheckConstraint(condition=Q(tot__gte=F("van")), name="campagne_period"),
            models.CheckConstraint(condition=Q(status__in=Campagnestatus.values), name="campagne_known_status"),
            models.CheckConstraint(condition=Q(onderwerpen__len__gte=1), name="campagne_has_a_subject"),
            models.CheckConstraint(
                condition=~Q(status__in=["onderbroken", "geannuleerd"]) | ~Q(reden=""), name="campagne_stopped_why"
            ),
        ]
        triggers = [pgtrigger.FSM(name="campagne_steps", field="status", transitions=campaign_pairs())]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("toegankelijkheid:campaign", args=[self.pk])

    def is_late(self, on: date) -> bool:
        return self.status in (Campagnestatus.LOPEND, Campagnestatus.ONDERBROKEN) and self.tot < on
