"""Who looked into what concerns people: sensitive reports, and everything on one mail address."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .melding import Melding


class Inzage(models.Model):
    """Somebody of the staff opened a sensitive report."""

    class Wat(models.TextChoices):
        MELDING = "melding", "de melding"
        HISTORIEK = "historiek", "historiek en mails"
        MAIL = "mail", "een mail"
        FOTO = "foto", "een foto"
        UITVOER = "uitvoer", "een lijst of uitvoer"

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="inzages", verbose_name="melding")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="wie"
    )
    wat = models.CharField("wat", max_length=10, choices=Wat)
    op = models.DateTimeField("wanneer")

    class Meta:
        verbose_name = "inzage in een gevoelige melding"
        verbose_name_plural = "inzage in gevoelige meldingen"
        ordering = ["-op", "-pk"]
        indexes = [
            models.Index(fields=["melding", "-op"], name="inzage_of_report"),
            models.Index(fields=["op"], name="inzage_age"),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker}: {self.get_wat_display()} van {self.melding}"


class Adresvraag(models.Model):
    """Everything on one mail address was asked for or wiped: proof that a request was handled."""

    class Wat(models.TextChoices):
        INZAGE = "inzage", "alles gedownload"
        WISSEN = "wissen", "alles gewist"

    wat = models.CharField("wat", max_length=8, choices=Wat)
    adres = models.CharField("adres", max_length=80, help_text="Afgekort: genoeg om de vraag te herkennen.")
    aantal = models.PositiveIntegerField("aantal meldingen")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="door",
        help_text="Leeg: de bewoner zelf.",
    )
    op = models.DateTimeField("op")

    class Meta:
        verbose_name = "vraag over een mailadres"
        verbose_name_plural = "vragen over een mailadres"
        ordering = ["-op", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_wat_display()}: {self.adres}"
