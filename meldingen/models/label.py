"""Labels: words of the city's own that staff hang on reports, to find them together."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from kern import historiek

from .melding import Melding


class LabelQuerySet(models.QuerySet["Label"]):
    def active(self) -> LabelQuerySet:
        """The labels that can be given now."""
        return self.filter(actief=True)


@historiek.track()
class Label(models.Model):
    """A word that reports can have, with a colour that is never the only sign."""

    class Kleur(models.TextChoices):
        LEI = "lei", "leisteen"
        HEIDE = "heide", "heide"
        KEMPEN = "kempen", "Kempens groen"
        GLOED = "gloed", "gloed"
        ZAND = "zand", "zand"

    naam = models.CharField("naam", max_length=40)
    kleur = models.CharField("kleur", max_length=10, choices=Kleur, default=Kleur.LEI)
    actief = models.BooleanField(
        "in gebruik",
        default=True,
        help_text="Een label dat niet meer in gebruik is, blijft op de meldingen die het hebben.",
    )

    objects = LabelQuerySet.as_manager()

    class Meta:
        verbose_name = "label"
        verbose_name_plural = "labels"
        ordering = ["naam"]
        constraints = [models.UniqueConstraint(Lower("naam"), name="label_once_per_name")]

    def __str__(self) -> str:
        return self.naam


@historiek.track()
class MeldingLabel(models.Model):
    """A label on a report: since when, and by whom."""

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="labels", verbose_name="melding")
    label = models.ForeignKey(Label, models.PROTECT, related_name="meldingen", verbose_name="label", db_index=False)
    op = models.DateTimeField("op")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="door"
    )

    class Meta:
        verbose_name = "label van een melding"
        verbose_name_plural = "labels van meldingen"
        ordering = ["label__naam"]
        indexes = [models.Index(fields=["label", "melding"], name="meldinglabel_reports")]
        constraints = [models.UniqueConstraint(fields=["melding", "label"], name="meldinglabel_once")]

    def __str__(self) -> str:
        return f"{self.label} op {self.melding}"
