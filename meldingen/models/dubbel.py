"""Reports about the same thing: what was merged, what may be merged, and what was said to be something else."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ..states import Status
from .categorie import Categorie
from .melding import Melding
from .verloop import Pauze


class SamenvoegingQuerySet(models.QuerySet["Samenvoeging"]):
    def current(self) -> SamenvoegingQuerySet:
        """Those that were not taken back."""
        return self.filter(ongedaan_op__isnull=True)


class Samenvoeging(models.Model):
    """A report was merged into another, with what closing it changed, so that it can be taken back exactly.

    `hoofdmelding` is the report chosen at that moment. When that one is merged in turn, `Melding.hoofdmelding` of both
    points to the last; this row still tells the way back.
    """

    melding = models.ForeignKey(
        Melding, models.CASCADE, related_name="samenvoegingen", verbose_name="samengevoegde melding"
    )
    hoofdmelding = models.ForeignKey(Melding, models.CASCADE, related_name="opgenomen", verbose_name="hoofdmelding")
    op = models.DateTimeField("op")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="door"
    )
    status_vooraf = models.CharField("status vooraf", max_length=20, choices=Status)
    gepland_vooraf = models.DateField("gepland vooraf", null=True, blank=True)
    gereageerd_vooraf = models.DateTimeField("eerste reactie vooraf", null=True, blank=True)
    uiterlijk_vooraf = models.DateField("oplossing uiterlijk vooraf")
    pauze_vooraf = models.ForeignKey(
        Pauze, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="pauze vooraf"
    )
    ongedaan_op = models.DateTimeField("ongedaan op", null=True, blank=True)
    ongedaan_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ongedaan door",
        help_text="Leeg: de melder zelf.",
    )

    objects = SamenvoegingQuerySet.as_manager()

    class Meta:
        verbose_name = "samenvoeging"
        verbose_name_plural = "samenvoegingen"
        ordering = ["op", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["melding"], condition=Q(ongedaan_op__isnull=True), name="samenvoeging_one_current"
            ),
            models.CheckConstraint(condition=~Q(melding=F("hoofdmelding")), name="samenvoeging_of_two"),
        ]

    def __str__(self) -> str:
        return f"melding {self.melding_id} in melding {self.hoofdmelding_id}"


class Dubbelvoorstel(models.Model):
    """Open reports that the portal found close together; a person decides whether they are the same."""

    categorie = models.ForeignKey(Categorie, models.CASCADE, related_name="+", verbose_name="categorie")
    gevonden_op = models.DateTimeField("gevonden op")
    gesloten_op = models.DateTimeField(
        "afgehandeld op", null=True, blank=True, help_text="Samengevoegd, niet hetzelfde, of niet meer open."
    )
    gelijkenis = models.FloatField(
        "gelijkenis van de teksten", default=0, help_text="Deel van de woorden dat ze delen: een hint, geen beslissing."
    )
    meldingen = models.ManyToManyField(Melding, through="Voorstelrij", related_name="+", verbose_name="meldingen")

    class Meta:
        verbose_name = "voorstel van dubbels"
        verbose_name_plural = "voorstellen van dubbels"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["-id"], name="dubbelvoorstel_open", condition=Q(gesloten_op__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"voorstel {self.pk}"


class Voorstelrij(models.Model):
    """A report in a proposal; in one open proposal at most."""

    voorstel = models.ForeignKey(Dubbelvoorstel, models.CASCADE, related_name="rijen", verbose_name="voorstel")
    melding = models.ForeignKey(Melding, models.CASCADE, related_name="voorstelrijen", verbose_name="melding")
    is_open = models.BooleanField("open", default=True, help_text="Volgt het voorstel.")

    class Meta:
        verbose_name = "melding in een voorstel"
        verbose_name_plural = "meldingen in een voorstel"
        constraints = [
            models.UniqueConstraint(fields=["melding"], condition=Q(is_open=True), name="voorstelrij_one_open"),
            models.UniqueConstraint(fields=["voorstel", "melding"], name="voorstelrij_once"),
        ]

    def __str__(self) -> str:
        return f"melding {self.melding_id} in voorstel {self.voorstel_id}"


class GeenDubbel(models.Model):
    """Somebody said that these two are not the same; they are never proposed again."""

    eerste = models.ForeignKey(Melding, models.CASCADE, related_name="+", verbose_name="eerste melding")
    tweede = models.ForeignKey(Melding, models.CASCADE, related_name="+", verbose_name="tweede melding")
    op = models.DateTimeField("op")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="door",
        help_text="Leeg: de melder zelf.",
    )

    class Meta:
        verbose_name = "niet hetzelfde"
        verbose_name_plural = "niet hetzelfde"
        constraints = [
            models.UniqueConstraint(fields=["eerste", "tweede"], name="geendubbel_once"),
            models.CheckConstraint(condition=Q(eerste__lt=F("tweede")), name="geendubbel_in_order"),
        ]

    def __str__(self) -> str:
        return f"melding {self.eerste_id} is niet melding {self.tweede_id}"
