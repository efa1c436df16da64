"""Other programs that work with the portal: keys that open its interfaces, and webhooks that it calls."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from kern import historiek

from . import registry


@historiek.track(exclude=["hash", "laatst_gebruikt_op"])
class Sleutel(models.Model):
    """A key with which a program sends or reads. The key itself is shown once and not kept."""

    naam = models.CharField("naam", max_length=120, help_text="Welk programma gebruikt deze sleutel?")
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="sleutels",
        verbose_name="eigenaar",
        help_text="Wie ervoor instaat. Met rechten van de staf ziet en doet de sleutel wat deze collega mag.",
    )
    begin = models.CharField("begint met", max_length=20, editable=False)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    rechten = ArrayField(models.CharField(max_length=40), verbose_name="rechten")
    per_minuut = models.PositiveIntegerField(
        "hoogstens per minuut", default=120, validators=[MinValueValidator(1)], help_text="Vragen per minuut."
    )
    verloopt_op = models.DateTimeField(
        "verloopt op", null=True, blank=True, help_text="Nodig als de sleutel rechten van de staf heeft."
    )
    aangemaakt_op = models.DateTimeField("aangemaakt op", editable=False)
    laatst_gebruikt_op = models.DateTimeField("laatst gebruikt op", null=True, blank=True, editable=False)
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True, editable=False)
    is_demo = models.BooleanField("demosleutel", default=False, editable=False)

    class Meta:
        verbose_name = "sleutel"
        verbose_name_plural = "sleutels"
        ordering = ["naam", "pk"]

    def __str__(self) -> str:
        return self.naam

    def clean(self) -> None:
        check_rights(self.rechten or [], self.verloopt_op)

    def holds(self, at: datetime) -> bool:
        """Whether the key opens anything at this moment. A key of the demo opens nothing in production."""
        return (
            self.ingetrokken_op is None
            and (self.verloopt_op is None or self.verloopt_op > at)
            and not (self.is_demo and settings.PRODUCTION)
        )


def check_rights(rechten: list[str], verloopt_op: datetime | None) -> None:
    """Raises ValidationError for a right that does not exist, and for one of staff without an end."""
    unknown = set(rechten) - set(registry.rechten)
    if unknown or not rechten:
        raise ValidationError({"rechten": "Kies wat deze sleutel mag."})
    if verloopt_op is None and any(registry.rechten[code].persoonlijk for code in rechten):
        raise ValidationError({"verloopt_op": "Een sleutel met rechten van de staf heeft een einddatum."})


class Antwoord(models.Model):
    """What was answered to a request with an `Idempotency-Key`, to answer the same when it comes again."""

    sleutel = models.CharField(max_length=64, unique=True)
    vraag = models.CharField(max_length=64)
    inhoud = models.JSONField()
    gemaakt_op = models.DateTimeField()

    class Meta:
        verbose_name = "bewaard antwoord"
        verbose_name_plural = "bewaarde antwoorden"
        indexes = [models.Index(fields=["gemaakt_op"], name="antwoord_oldest")]

    def __str__(self) -> str:
        return self.sleutel[:8]


@historiek.track(exclude=["geheim_versleuteld", "fouten_op_rij"])
class Webhook(models.Model):
    """An address of another program that the portal calls when something happens."""

    naam = models.CharField("naam", max_length=120)
    url = models.CharField(
        "adres", max_length=500, help_text="Begint met https://. Geen adres binnen een eigen netwerk."
    )
    geheim_versleuteld = models.TextField(editable=False)
    gebeurtenissen = ArrayField(models.CharField(max_length=40), verbose_name="gebeurtenissen")
    filters = models.JSONField("filters", default=dict, blank=True)
    is_actief = models.BooleanField("actief", default=True)
    uitgezet_op = models.DateTimeField("door het portaal uitgezet op", null=True, blank=True, editable=False)
    fouten_op_rij = models.PositiveIntegerField("mislukte pogingen na elkaar", default=0, editable=False)
    aangemaakt_op = models.DateTimeField("aangemaakt op", editable=False)

    class Meta:
        verbose_name = "webhook"
        verbose_name_plural = "webhooks"
        ordering = ["naam", "pk"]

    def __str__(self) -> str:
        return self.naam


class LeveringQuerySet(models.QuerySet["Levering"]):
    def due(self, at: datetime) -> LeveringQuerySet:
        """What waits and may be tried now, longest waiting first; nothing for a webhook that is off."""
        waiting = self.filter(status=Levering.Status.WACHT, volgende_poging_op__lte=at, webhook__is_actief=True)
        return waiting.order_by("volgende_poging_op", "pk")

    def stuck(self, at: datetime, after: timedelta) -> LeveringQuerySet:
        """What a worker took in hand and never finished."""
        return self.filter(status=Levering.Status.BEZIG, bezig_sinds__lt=at - after)


class Levering(models.Model):
    """One call of one webhook about one occasion, and how it went. Written by the database with what happened."""

    class Status(models.TextChoices):
        WACHT = "wacht", "wacht"
        BEZIG = "bezig", "wordt verstuurd"
        GELUKT = "gelukt", "aangekomen"
        MISLUKT = "mislukt", "mislukt"
        VERVALLEN = "vervallen", "vervallen"

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="leveringen", verbose_name="webhook")
    gebeurtenis = models.CharField("gebeurtenis", max_length=40)
    sleutel = models.CharField("waarover", max_length=60)
    herhaling = models.PositiveSmallIntegerField("herhaling", default=0)
    inhoud = models.JSONField("inhoud", null=True, blank=True)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.WACHT)
    pogingen = models.PositiveSmallIntegerField("pogingen", default=0)
    aangemaakt_op = models.DateTimeField("aangemaakt op")
    volgende_poging_op = models.DateTimeField("volgende poging op")
    bezig_sinds = models.DateTimeField("bezig sinds", null=True, blank=True)
    afgerond_op = models.DateTimeField("afgerond op", null=True, blank=True)
    http_status = models.PositiveSmallIntegerField("antwoord", null=True, blank=True)
    antwoord = models.CharField("begin van het antwoord", max_length=500, blank=True)
    fout = models.CharField("fout", max_length=300, blank=True)
    duur_ms = models.PositiveIntegerField("duur (ms)", null=True, blank=True)

    objects = LeveringQuerySet.as_manager()

    class Meta:
        verbose_name = "levering"
        verbose_name_plural = "leveringen"
        ordering = ["-aangemaakt_op", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "gebeurtenis", "sleutel", "herhaling"], name="levering_once")
        ]
        indexes = [
            models.Index(fields=["volgende_poging_op"], name="levering_waiting", condition=Q(status="wacht")),
            models.Index(fields=["bezig_sinds"], name="levering_in_hand", condition=Q(status="bezig")),
            models.Index(fields=["-aangemaakt_op", "-id"], name="levering_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.gebeurtenis} aan {self.webhook}"
