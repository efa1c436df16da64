"""Files that somebody reads in, and which columns they chose for which fields."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kern.opdrachten.models import Opdracht
from kern.opdrachten.storage import file_storage

from . import registry

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker


class InlezingQuerySet(models.QuerySet["Inlezing"]):
    def visible_to(self, user: Gebruiker) -> InlezingQuerySet:
        """My own files, of kinds that I may still read in; the twin of `rules.may_see`."""
        kinds = [soort.code for soort in registry.kinds() if user.is_active and soort.mag(user)]
        return self.filter(eigenaar=user, soort__in=kinds)

    def with_file(self, before: datetime) -> InlezingQuerySet:
        """Those not touched since this moment whose file still lies here."""
        return self.filter(gewijzigd_op__lt=before).exclude(bestand="")


class Inlezing(models.Model):
    """One file on its way in: kept between the steps, and after it came in the record of who read in what and why."""

    class Status(models.TextChoices):
        KOLOMMEN = "kolommen", "kolommen kiezen"
        NAKIJKEN = "nakijken", "na te kijken"
        GEDAAN = "gedaan", "ingelezen"

    soort = models.CharField("soort", max_length=40)
    doel = models.CharField("waarover", max_length=60, blank=True)
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="inlezingen", verbose_name="eigenaar"
    )
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    bestand = models.FileField("bestand", storage=file_storage, max_length=250, blank=True)
    bestandsnaam = models.CharField("naam van het bestand", max_length=150)
    status = models.CharField("stand", max_length=10, choices=Status, default=Status.KOLOMMEN)
    kop: models.JSONField[Any, Any] = models.JSONField("koppen", default=list)
    voorbeeld: models.JSONField[Any, Any] = models.JSONField("eerste rijen", default=list)
    rijen = models.PositiveIntegerField("rijen", default=0)
    koppeling: models.JSONField[Any, Any] = models.JSONField("kolom per veld", default=dict)
    uitslag: models.JSONField[Any, Any] = models.JSONField("wat het zou doen", default=dict)
    reden = models.CharField("reden", max_length=300, blank=True)
    opdracht = models.ForeignKey(
        Opdracht, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="lange opdracht"
    )
    gemaakt_op = models.DateTimeField("gemaakt op")
    gewijzigd_op = models.DateTimeField("laatst aan gewerkt op")
    gedaan_op = models.DateTimeField("ingelezen op", null=True, blank=True)

    objects = InlezingQuerySet.as_manager()

    class Meta:
        verbose_name = "ingelezen bestand"
        verbose_name_plural = "ingelezen bestanden"
        ordering = ["-gemaakt_op", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="gedaan", gedaan_op__isnull=False) | ~Q(status="gedaan") & Q(gedaan_op=None),
                name="inlezing_done_has_moment",
            )
        ]
        indexes = [
            models.Index(fields=["eigenaar", "-gemaakt_op"], name="inlezing_mine"),
            models.Index(fields=["gewijzigd_op"], name="inlezing_age", condition=~Q(bestand="")),
        ]

    def __str__(self) -> str:
        return self.bestandsnaam

    def get_absolute_url(self) -> str:
        return reverse("inlezen:detail", args=[self.pk])

    @property
    def soort_naam(self) -> str:
        """What kind of file this is, in words."""
        try:
            return registry.get(self.soort).naam
        except KeyError:
            return self.soort

    @property
    def is_gedaan(self) -> bool:
        return self.status == self.Status.GEDAAN

    @property
    def is_bezig(self) -> bool:
        """Whether the worker has it now."""
        return bool(self.opdracht and self.opdracht.loopt)

    @property
    def klopt(self) -> bool:
        """Whether it was looked at, nothing is wrong with it, and it would do something."""
        outcome = self.uitslag
        return bool(outcome) and not outcome["fouten"] and bool(outcome["nieuw"] or outcome["gewijzigd"])


class Koppeling(models.Model):
    """Which column belongs to which field, as somebody last chose it for files of this kind with these headings."""

    soort = models.CharField("soort", max_length=40)
    koppen = models.CharField("koppen", max_length=64, help_text="Een vingerafdruk van de koppen.")
    velden: models.JSONField[Any, Any] = models.JSONField("kolom per veld", default=dict)
    gebruikt_op = models.DateTimeField("laatst gebruikt op")

    class Meta:
        verbose_name = "gekozen kolommen"
        verbose_name_plural = "gekozen kolommen"
        constraints = [models.UniqueConstraint(fields=["soort", "koppen"], name="koppeling_once")]

    def __str__(self) -> str:
        return f"{self.soort}: {', '.join(self.velden)}"
