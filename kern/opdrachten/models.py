"""Long jobs that staff start and a worker does: each is a row that tells how far it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from . import registry
from .storage import file_storage


class OpdrachtQuerySet(models.QuerySet["Opdracht"]):
    def waiting(self) -> OpdrachtQuerySet:
        """What no worker took up yet, the oldest first."""
        return self.filter(status=Opdracht.Status.WACHT).order_by("aangevraagd_op", "pk")

    def lost(self, before: datetime) -> OpdrachtQuerySet:
        """What a worker took up and has not been heard of since this moment."""
        return self.filter(status=Opdracht.Status.BEZIG, hartslag__lt=before)


class Opdracht(models.Model):
    """A long job: what was asked by whom, how far it is, and what came of it."""

    class Status(models.TextChoices):
        WACHT = "wacht", "wacht op een werker"
        BEZIG = "bezig", "bezig"
        KLAAR = "klaar", "klaar"
        MISLUKT = "mislukt", "mislukt"
        GESTOPT = "gestopt", "gestopt"

    soort = models.CharField("soort", max_length=40)
    titel = models.CharField("titel", max_length=200)
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="opdrachten", verbose_name="eigenaar"
    )
    sleutel = models.CharField(
        "sleutel", max_length=120, null=True, blank=True, unique=True, help_text="Van één formulier komt één opdracht."
    )
    invoer: models.JSONField[Any, Any] = models.JSONField("invoer", default=dict)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.WACHT)
    stop_gevraagd = models.BooleanField("moet stoppen", default=False)
    totaal = models.PositiveIntegerField("totaal", null=True, blank=True)
    gedaan = models.PositiveIntegerField("gedaan", default=0)
    resultaat: models.JSONField[Any, Any] = models.JSONField("resultaat", default=dict)
    fout = models.TextField("fout", blank=True)
    bestand = models.FileField("bestand", storage=file_storage, max_length=250, blank=True)
    bestandsnaam = models.CharField("naam van het bestand", max_length=150, blank=True)
    bestandstype = models.CharField("type van het bestand", max_length=100, blank=True)
    pogingen = models.PositiveSmallIntegerField("pogingen", default=0)
    aangevraagd_op = models.DateTimeField("aangevraagd op")
    begonnen_op = models.DateTimeField("begonnen op", null=True, blank=True)
    klaar_op = models.DateTimeField("klaar op", null=True, blank=True)
    hartslag = models.DateTimeField("laatste teken van leven", null=True, blank=True)

    objects = OpdrachtQuerySet.as_manager()

    class Meta:
        verbose_name = "opdracht"
        verbose_name_plural = "opdrachten"
        ordering = ["-aangevraagd_op", "-pk"]
        indexes = [
            models.Index(fields=["eigenaar", "-aangevraagd_op", "-id"], name="opdracht_mine"),
            models.Index(fields=["aangevraagd_op"], name="opdracht_waiting", condition=Q(status="wacht")),
            models.Index(fields=["hartslag"], name="opdracht_in_hand", condition=Q(status="bezig")),
            models.Index(fields=["aangevraagd_op"], name="opdracht_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["wacht", "bezig"], klaar_op=None)
                | Q(status__in=["klaar", "mislukt", "gestopt"], klaar_op__isnull=False),
                name="opdracht_ended_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(totaal=None) | Q(gedaan__lte=F("totaal")), name="opdracht_no_more_than_all"
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def soort_naam(self) -> str:
        """What kind of job this is, in words."""
        return registry.names().get(self.soort, self.soort)

    @property
    def loopt(self) -> bool:
        return self.status in (self.Status.WACHT, self.Status.BEZIG)

    @property
    def kan_stoppen(self) -> bool:
        return self.loopt and not self.stop_gevraagd

    @property
    def verder_url(self) -> str:
        """Where its owner goes on from; empty for a kind that nobody registers any more."""
        try:
            return registry.get(self.soort).terug(self)
        except KeyError:
            return ""

    @property
    def verder(self) -> str:
        """The words of that link."""
        return registry.get(self.soort).verder
