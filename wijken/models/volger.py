"""Who follows a wijk by mail. The address stands apart from what is followed, and is gone when they stop."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from .gebied import Wijk


class Wijkvolger(models.Model):
    """Somebody who wants a mail about one or more wijken, once a week at most."""

    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mailadres")
    taal = models.CharField("taal", max_length=2, choices=settings.LANGUAGES, default="nl")
    sinds = models.DateTimeField("sinds")
    gemaild_tot = models.DateTimeField("heeft gehoord tot", help_text="Wat daarna kwam, staat in de volgende mail.")

    class Meta:
        verbose_name = "volger van een wijk"
        verbose_name_plural = "volgers van wijken"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="wijkvolger_once")]

    def __str__(self) -> str:
        return f"volger {self.pk}"


class Wijkvolging(models.Model):
    """A wijk that somebody follows; it counts once they said so from their own mail box."""

    volger = models.ForeignKey(Wijkvolger, models.CASCADE, related_name="volgingen", verbose_name="volger")
    wijk = models.ForeignKey(Wijk, models.CASCADE, related_name="volgingen", verbose_name="wijk")
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    gevraagd_op = models.DateTimeField("gevraagd op")
    bevestigd_op = models.DateTimeField("bevestigd op", null=True, blank=True)

    class Meta:
        verbose_name = "gevolgde wijk"
        verbose_name_plural = "gevolgde wijken"
        ordering = ["wijk__naam"]
        constraints = [models.UniqueConstraint(fields=["volger", "wijk"], name="wijkvolging_once")]
        indexes = [
            models.Index(
                fields=["gevraagd_op"], condition=models.Q(bevestigd_op__isnull=True), name="wijkvolging_unconfirmed"
            ),
        ]

    def __str__(self) -> str:
        return f"volging {self.pk}"
