"""What Open311 (GeoReport v2) needs beside the reports: how a service answers, and requests that wait for a number."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from kern import historiek
from kern.koppelingen.models import Sleutel

from .categorie import Categorie
from .melding import Melding


@historiek.track()
class Open311Dienst(models.Model):
    """How a category answers to Open311. Without a row it is offered, and answers with a number at once."""

    class Verwerking(models.TextChoices):
        METEEN = "realtime", "meteen een nummer (realtime)"
        LATER = "batch", "eerst een bewijs, het nummer volgt (batch)"
        GEEN = "geen", "niet aanbieden"

    categorie = models.OneToOneField(
        Categorie, models.CASCADE, related_name="open311", primary_key=True, verbose_name="categorie"
    )
    verwerking = models.CharField("verwerking", max_length=10, choices=Verwerking, default=Verwerking.METEEN)

    class Meta:
        verbose_name = "Open311-dienst"
        verbose_name_plural = "Open311-diensten"

    def __str__(self) -> str:
        return str(self.categorie)


class Open311Inzending(models.Model):
    """A request to a service that answers later: kept as it was sent, until the worker makes a report of it."""

    bewijs = models.UUIDField("bewijs", primary_key=True, default=uuid.uuid4, editable=False)
    sleutel = models.ForeignKey(Sleutel, models.CASCADE, related_name="+", verbose_name="sleutel")
    categorie = models.ForeignKey(Categorie, models.CASCADE, related_name="+", verbose_name="categorie")
    invoer = models.JSONField("invoer", default=dict, help_text="Leeg zodra er een melding van gemaakt is.")
    ontvangen_op = models.DateTimeField("ontvangen op")
    melding = models.ForeignKey(Melding, models.CASCADE, null=True, related_name="+", verbose_name="melding")

    class Meta:
        verbose_name = "Open311-inzending"
        verbose_name_plural = "Open311-inzendingen"
        indexes = [models.Index(fields=["ontvangen_op"], name="open311_waiting", condition=Q(melding=None))]

    def __str__(self) -> str:
        return str(self.bewijs)
