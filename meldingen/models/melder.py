"""Who stands behind a report: who sent it, what that person answered, and who follows it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Lower

from .categorie import Vraag
from .melding import Melding


class PhoneTail(Func):
    """The last eight digits of a phone number: the same however it was written, with or without a country code."""

    template = "right(regexp_replace(%(expressions)s, '[^0-9]', '', 'g'), 8)"
    output_field = models.TextField()


class Melder(models.Model):
    """Who reported, as far as that person wanted to say. Removed on request and by age."""

    melding = models.OneToOneField(Melding, models.CASCADE, primary_key=True, verbose_name="melding")
    naam = models.CharField("naam", max_length=120, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    telefoon = models.CharField("telefoon", max_length=30, blank=True)
    wil_bericht = models.BooleanField("wil bericht", default=True)

    class Meta:
        verbose_name = "melder"
        verbose_name_plural = "melders"
        indexes = [
            models.Index(Lower("email"), name="melder_email_lower"),
            models.Index(PhoneTail("telefoon"), name="melder_phone_tail"),
            GinIndex(SearchVector("naam", config="simple"), name="melder_name_words"),
            models.Index(
                fields=["melding"], name="melder_known", condition=~Q(naam="") | ~Q(email="") | ~Q(telefoon="")
            ),
        ]

    def __str__(self) -> str:
        return self.naam or self.email or self.telefoon or "onbekend"


class Antwoord(models.Model):
    """The answer to an extra question of the category."""

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="antwoorden", verbose_name="melding")
    vraag = models.ForeignKey(Vraag, models.PROTECT, related_name="+", verbose_name="vraag")
    waarde = models.TextField("antwoord")

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"
        constraints = [models.UniqueConstraint(fields=["melding", "vraag"], name="antwoord_once")]

    def __str__(self) -> str:
        return self.waarde


class Volger(models.Model):
    """Somebody who reported the same or wants to hear how it ends; counted, and mailed when there is an address."""

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="volgers", verbose_name="melding")
    email = models.EmailField("e-mailadres", blank=True)
    taal = models.CharField("taal", max_length=2, choices=settings.LANGUAGES, default="nl")
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    sinds = models.DateTimeField("volgt sinds", auto_now_add=True)
    herkomst = models.ForeignKey(
        Melding,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="volgers_elders",
        verbose_name="herkomst",
        help_text="De samengevoegde melding waar deze volger vandaan komt; leeg: volgde deze melding zelf.",
    )
    is_melder = models.BooleanField(
        "melder van de herkomst", default=False, help_text="Volgt omdat de eigen melding werd samengevoegd."
    )

    class Meta:
        verbose_name = "volger"
        verbose_name_plural = "volgers"
        constraints = [
            models.UniqueConstraint("melding", Lower("email"), condition=~Q(email=""), name="volger_once_per_address"),
            models.UniqueConstraint(fields=["herkomst"], condition=Q(is_melder=True), name="volger_one_reporter"),
            models.CheckConstraint(
                condition=Q(is_melder=False) | Q(herkomst__isnull=False), name="volger_reporter_has_origin"
            ),
        ]
        indexes = [models.Index(Lower("email"), name="volger_email_lower", condition=~Q(email=""))]

    def __str__(self) -> str:
        return f"volger van {self.melding}"
