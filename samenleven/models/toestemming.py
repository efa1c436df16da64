"""The consent of people whose words or picture the city publishes."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q

from kern import historiek

if TYPE_CHECKING:
    pass

# Letters and digits that nobody takes for each other, also when written by hand.
CODE_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 10


def new_code() -> str:
    """A code that nobody finds by trying: 31 signs, ten long."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


class Waarvoor(models.TextChoices):
    """What somebody says yes to."""

    WOORDEN = "woorden", "woorden"
    BEELD = "beeld", "beeld"
    NAAM = "naam", "naam en verhaal"


@historiek.track()
class Toestemmingstekst(models.Model):
    """The words that somebody said yes to. They never change: other words are a new version."""

    waarvoor = models.CharField("waarvoor", max_length=10, choices=Waarvoor)
    versie = models.PositiveSmallIntegerField("versie")
    tekst = models.TextField("tekst", max_length=2000)
    sinds = models.DateField("gebruikt sinds")

    class Meta:
        verbose_name = "tekst van een toestemming"
        verbose_name_plural = "teksten van toestemmingen"
        ordering = ["waarvoor", "-versie"]
        constraints = [models.UniqueConstraint(fields=["waarvoor", "versie"], name="toestemmingstekst_once")]

    def __str__(self) -> str:
        return f"{self.get_waarvoor_display()}, versie {self.versie}"


class ToestemmingQuerySet(models.QuerySet["Toestemming"]):
    def valid(self) -> ToestemmingQuerySet:
        """Given and not taken back."""
        return self.filter(ingetrokken_op__isnull=True)

    def about(self, obj: models.Model) -> ToestemmingQuerySet:
        """What people said about this object."""
        return self.filter(over_type=ContentType.objects.get_for_model(obj), over_id=obj.pk)

    def for_rows(self, model: type[models.Model], waarvoor: str) -> ToestemmingQuerySet:
        """The valid consent for the row of an outer query on `model`; for `Exists`."""
        return self.valid().filter(
            over_type=ContentType.objects.get_for_model(model), over_id=models.OuterRef("pk"), waarvoor=waarvoor
        )


@historiek.track(exclude=["code"])
class Toestemming(models.Model):
    """That somebody said yes to publishing their words or picture: when, to which text, and until when.

    Who it was is not here: whoever has the code may take it back. It is about any object of any room.
    """

    class Via(models.TextChoices):
        PAPIER = "papier", "op papier"
        FORMULIER = "formulier", "op de site"
        MAIL = "mail", "per mail"
        MONDELING = "mondeling", "mondeling"

    waarvoor = models.CharField("waarvoor", max_length=10, choices=Waarvoor)
    tekst = models.ForeignKey(Toestemmingstekst, models.PROTECT, related_name="+", verbose_name="tekst")
    over_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name="soort waarover")
    over_id = models.PositiveBigIntegerField("nummer waarover")
    over = GenericForeignKey("over_type", "over_id")
    code = models.CharField("code om in te trekken", max_length=12, unique=True, default=new_code, editable=False)
    via = models.CharField("hoe gegeven", max_length=10, choices=Via)
    gegeven_op = models.DateTimeField("gegeven op")
    genoteerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="genoteerd door",
        help_text="Leeg: een gespreksleider of de persoon zelf.",
    )
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)
    ingetrokken_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingetrokken door",
        help_text="Leeg: wie de code had.",
    )

    objects = ToestemmingQuerySet.as_manager()

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        ordering = ["-gegeven_op", "-pk"]
        indexes = [models.Index(fields=["over_type", "over_id"], name="toestemming_about")]
        constraints = [
            models.UniqueConstraint(
                fields=["over_type", "over_id", "waarvoor"],
                condition=Q(ingetrokken_op__isnull=True),
                name="toestemming_one_valid",
            ),
            models.CheckConstraint(
                condition=Q(ingetrokken_op__isnull=True) | Q(ingetrokken_op__gte=F("gegeven_op")),
                name="toestemming_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"toestemming voor {self.get_waarvoor_display()}, {self.gegeven_op:%d-%m-%Y}"

    @property
    def geldt(self) -> bool:
        return self.ingetrokken_op is None

    def gold_on(self, at: datetime) -> bool:
        """Whether it was valid at that moment."""
        return self.gegeven_op <= at and (self.ingetrokken_op is None or at < self.ingetrokken_op)
