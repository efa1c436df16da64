"""What staff did lately, kept for as long as it can be taken back: one report at a time, or many at once."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from kern.opdrachten.models import Opdracht

from .melding import Melding


class Bulk(models.Model):
    """One change of many reports: chosen in a list, looked at beforehand, and then done once."""

    class Status(models.TextChoices):
        VOORSTEL = "voorstel", "nog niet gedaan"
        BEZIG = "bezig", "bezig"
        KLAAR = "klaar", "gedaan"
        TERUG_BEZIG = "terug_bezig", "wordt teruggedraaid"
        TERUG = "terug", "teruggedraaid"

    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    actie = models.CharField("wat", max_length=20, blank=True)
    invoer: models.JSONField[Any, Any] = models.JSONField("ingevuld", default=dict)
    lijst = models.TextField("lijst", blank=True, help_text="De filters van de lijst waaruit gekozen werd.")
    is_hele_lijst = models.BooleanField("hele lijst gekozen", default=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bulks", verbose_name="door")
    status = models.CharField("status", max_length=12, choices=Status, default=Status.VOORSTEL)
    aantal = models.PositiveIntegerField("aantal gekozen")
    aantal_gedaan = models.PositiveIntegerField("aantal gedaan", default=0)
    verzoek = models.CharField("verzoek", max_length=64, blank=True)
    opdracht = models.ForeignKey(
        Opdracht, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="opdracht"
    )
    gekozen_op = models.DateTimeField("gekozen op")
    gedaan_op = models.DateTimeField("gedaan op", null=True, blank=True)

    class Meta:
        verbose_name = "bulkwijziging"
        verbose_name_plural = "bulkwijzigingen"
        ordering = ["-gekozen_op", "-pk"]
        indexes = [
            models.Index(fields=["door", "-gekozen_op"], name="bulk_mine"),
            models.Index(fields=["gekozen_op"], name="bulk_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="voorstel", gedaan_op=None) | ~Q(status="voorstel") & Q(gedaan_op__isnull=False),
                name="bulk_done_has_moment",
            )
        ]

    def __str__(self) -> str:
        return f"bulkwijziging {self.pk}"

    @property
    def vingerafdruk(self) -> str:
        """Tells one filled-in form from another, so that nobody confirms what another window shows."""
        filled_in = json.dumps([self.actie, self.invoer], sort_keys=True)
        return hashlib.sha256(filled_in.encode()).hexdigest()[:16]

    @property
    def is_voorstel(self) -> bool:
        return self.status == self.Status.VOORSTEL


class HandelingQuerySet(models.QuerySet["Handeling"]):
    def open(self, at: datetime) -> HandelingQuerySet:
        """What can still be taken back at this moment, as far as the clock goes."""
        return self.filter(teruggedraaid_op=None, tot__gte=at)


class Handeling(models.Model):
    """What one step of a member of staff changed in a report, to be able to take it back.

    `velden` has the value before and after of every field that changed; it is wiped with the row.
    """

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="handelingen", verbose_name="melding")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="door")
    wat = models.CharField("wat", max_length=120)
    op = models.DateTimeField("op")
    tot = models.DateTimeField("kan terug tot")
    versie_voor = models.PositiveIntegerField("versie ervoor")
    versie_na = models.PositiveIntegerField("versie erna")
    velden: models.JSONField[Any, Any] = models.JSONField("velden", default=dict)
    bijwerk: models.JSONField[Any, Any] = models.JSONField("wat erbij hoorde", default=dict)
    lijnen: models.JSONField[Any, Any] = models.JSONField("lijnen van het verhaal", default=list)
    teruggedraaid_op = models.DateTimeField("teruggedraaid op", null=True, blank=True)

    objects = HandelingQuerySet.as_manager()

    class Meta:
        verbose_name = "handeling"
        verbose_name_plural = "handelingen"
        ordering = ["op", "pk"]
        indexes = [models.Index(fields=["tot"], name="handeling_age")]

    def __str__(self) -> str:
        return f"{self.wat} ({self.melding})"


class BulkRij(models.Model):
    """One report of a bulk change: as it was when it was chosen, and what came of it."""

    class Status(models.TextChoices):
        WACHT = "wacht", "nog niet gedaan"
        GEDAAN = "gedaan", "gedaan"
        GEWEIGERD = "geweigerd", "niet gedaan"
        TERUG = "terug", "teruggedraaid"

    bulk = models.ForeignKey(Bulk, models.CASCADE, related_name="rijen", verbose_name="bulkwijziging", db_index=False)
    melding = models.ForeignKey(Melding, models.CASCADE, related_name="+", verbose_name="melding")
    versie = models.PositiveIntegerField("versie")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.WACHT)
    reden = models.CharField("waarom niet", max_length=250, blank=True)
    mails = models.PositiveIntegerField("mails", default=0)
    handeling = models.OneToOneField(
        Handeling, models.SET_NULL, null=True, blank=True, related_name="rij", verbose_name="handeling"
    )

    class Meta:
        verbose_name = "melding in een bulkwijziging"
        verbose_name_plural = "meldingen in bulkwijzigingen"
        ordering = ["pk"]
        indexes = [models.Index(fields=["bulk", "status", "id"], name="bulkrij_todo")]
        constraints = [models.UniqueConstraint(fields=["bulk", "melding"], name="bulkrij_once")]

    def __str__(self) -> str:
        return f"{self.melding} in {self.bulk}"
