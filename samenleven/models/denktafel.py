"""Denktafels: their members with a mandate, and the bundles of what was said that they think about."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek

from .gesprek import Signaal
from .toestemming import Toestemming, Waarvoor
from .traject import Domein, Traject


class Denktafel(models.Model):
    """A table that thought about one domain and wrote the recommendations."""

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="denktafels", verbose_name="traject")
    naam = models.CharField("naam", max_length=80)
    domein = models.ForeignKey(Domein, models.PROTECT, related_name="denktafels", verbose_name="domein")
    opdracht = models.TextField(
        "opdracht",
        max_length=2000,
        blank=True,
        help_text="Waarover de tafel nadenkt, in gewone taal. Iedereen leest dit.",
    )
    voorgesteld_op = models.DateField(
        "stelde voor op", null=True, blank=True, help_text="De dag waarop de stad de aanbevelingen kreeg."
    )

    class Meta:
        verbose_name = "denktafel"
        verbose_name_plural = "denktafels"
        ordering = ["traject", "naam"]
        constraints = [models.UniqueConstraint(fields=["traject", "naam"], name="denktafel_once")]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("samenleven:denktafel_werk", args=[self.pk])


class DenktafellidQuerySet(models.QuerySet["Denktafellid"]):
    def on(self, day: date) -> DenktafellidQuerySet:
        """Whose mandate runs on this day."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=day), van__lte=day)

    def named(self) -> DenktafellidQuerySet:
        """Who said that everybody may read their name, and did not take that back."""
        return self.filter(models.Exists(Toestemming.objects.for_rows(Denktafellid, Waarvoor.NAAM)))


@historiek.track(exclude=["naam", "email", "organisatie", "sleutel"])
class Denktafellid(models.Model):
    """Somebody at a denktafel, with a mandate. Their name is public only with a consent."""

    class Rol(models.TextChoices):
        VOORZITTER = "voorzitter", "voorzitter"
        LID = "lid", "lid"
        VERSLAG = "verslag", "verslaggever"

    denktafel = models.ForeignKey(Denktafel, models.CASCADE, related_name="leden", verbose_name="denktafel")
    naam = models.CharField("naam", max_length=120)
    email = models.EmailField("e-mailadres")
    organisatie = models.CharField("organisatie", max_length=120, blank=True)
    rol = models.CharField("rol", max_length=12, choices=Rol, default=Rol.LID)
    van = models.DateField("mandaat van")
    tot = models.DateField("mandaat tot", null=True, blank=True, help_text="Leeg: zolang de denktafel bestaat.")
    taal = models.CharField("taal", max_length=2, choices=settings.LANGUAGES, default="nl")
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)

    objects = DenktafellidQuerySet.as_manager()

    class Meta:
        verbose_name = "lid van een denktafel"
        verbose_name_plural = "leden van denktafels"
        ordering = ["denktafel", "naam"]
        constraints = [
            models.UniqueConstraint(fields=["denktafel", "email"], name="denktafellid_once"),
            models.CheckConstraint(condition=Q(tot__isnull=True) | Q(tot__gte=F("van")), name="denktafellid_mandate"),
        ]

    def __str__(self) -> str:
        return self.naam

    def is_lid_op(self, day: date) -> bool:
        """Whether the mandate runs on this day; the twin of `on`."""
        return self.van <= day and (self.tot is None or self.tot >= day)


class Bundel(models.Model):
    """What was said in conversations and belongs together, with the question it puts to a denktafel."""

    denktafel = models.ForeignKey(Denktafel, models.CASCADE, related_name="bundels", verbose_name="denktafel")
    titel = models.CharField("titel", max_length=120)
    vraag = models.CharField(
        "vraag aan de denktafel",
        max_length=300,
        help_text="Bijvoorbeeld: wat kan de stad doen zodat buren elkaar kennen?",
    )
    signalen = models.ManyToManyField(Signaal, blank=True, related_name="bundels", verbose_name="wat er gezegd werd")
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="gemaakt door"
    )

    class Meta:
        verbose_name = "bundel"
        verbose_name_plural = "bundels"
        ordering = ["denktafel", "titel"]
        constraints = [models.UniqueConstraint(fields=["denktafel", "titel"], name="bundel_once")]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("samenleven:bundel", args=[self.pk])
