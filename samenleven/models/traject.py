"""Trajects of living together, their phases, and the lists that all of them share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek

if TYPE_CHECKING:
    pass


class TrajectQuerySet(models.QuerySet["Traject"]):
    def public(self) -> TrajectQuerySet:
        """What everybody may read about."""
        return self.filter(is_openbaar=True)

    def running(self, on: date) -> TrajectQuerySet:
        """Begun and not over on that day."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=on), van__lte=on)


@historiek.track()
class Traject(models.Model):
    """A programme of conversations with its own period, such as De Genks or 100% Genks."""

    naam = models.CharField("naam", max_length=80, unique=True)
    slug = models.SlugField("adres op de site", max_length=80, unique=True)
    ondertitel = models.CharField("ondertitel", max_length=160, blank=True, help_text="Eén zin: waar gaat het over?")
    inleiding = models.TextField(
        "inleiding", max_length=6000, blank=True, help_text="In gewone woorden, voor wie er nog niets van weet."
    )
    van = models.DateField("begon op")
    tot = models.DateField("eindigt op", null=True, blank=True, help_text="Leeg: het einde is nog niet bekend.")
    is_openbaar = models.BooleanField("openbaar", default=False, help_text="Zonder vinkje zien alleen collega’s het.")
    zoekt_uitdagers = models.BooleanField(
        "zoekt uitdagers", default=False, help_text="Met vinkje staat het formulier om uitdager te worden open."
    )

    objects = TrajectQuerySet.as_manager()

    class Meta:
        verbose_name = "traject"
        verbose_name_plural = "trajecten"
        ordering = ["van", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                name="traject_ends_after_begin",
                violation_error_message="Het einde ligt voor het begin.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("samenleven:traject", args=[self.slug])

    def is_voorbij(self, on: date) -> bool:
        return self.tot is not None and self.tot < on


@historiek.track()
class Fase(models.Model):
    """A part of a traject with a period, and how many people it wants to reach."""

    traject = models.ForeignKey(Traject, models.CASCADE, related_name="fasen", verbose_name="traject")
    nummer = models.PositiveSmallIntegerField("nummer")
    naam = models.CharField("naam", max_length=80)
    beschrijving = models.TextField("wat er gebeurt", max_length=3000, blank=True)
    van = models.DateField("begon op")
    tot = models.DateField("eindigt op", null=True, blank=True)
    doel_personen = models.PositiveIntegerField(
        "hoeveel mensen we willen bereiken", null=True, blank=True, help_text="Leeg: voor deze fase is er geen doel."
    )

    class Meta:
        verbose_name = "fase"
        verbose_name_plural = "fasen"
        ordering = ["traject", "nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["traject", "nummer"],
                name="fase_numbered_once",
                violation_error_message="Er is al een fase met dit nummer.",
            ),
            models.CheckConstraint(
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                name="fase_ends_after_begin",
                violation_error_message="Het einde ligt voor het begin.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.naam}"


@historiek.track()
class Domein(models.Model):
    """A domain in which the city can do something: a denktafel works on each."""

    code = models.SlugField("code", max_length=40, unique=True)
    naam = models.CharField("naam", max_length=80, unique=True)
    uitleg = models.CharField("uitleg", max_length=300, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    is_actief = models.BooleanField("in gebruik", default=True)

    class Meta:
        verbose_name = "domein"
        verbose_name_plural = "domeinen"
        ordering = ["volgorde", "naam"]

    def __str__(self) -> str:
        return self.naam


@historiek.track()
class Thema(models.Model):
    """What a signal is about, finer than its domain."""

    naam = models.CharField("naam", max_length=60, unique=True)
    domein = models.ForeignKey(
        Domein,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="themas",
        verbose_name="domein",
        help_text="Krijgt een signaal over dit thema, tenzij je een ander kiest.",
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    is_actief = models.BooleanField("in gebruik", default=True)

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema’s"
        ordering = ["volgorde", "naam"]

    def __str__(self) -> str:
        return self.naam


@historiek.track()
class Profielkenmerk(models.Model):
    """Something by which who takes part is counted, such as age; never a fact about one person."""

    code = models.SlugField("code", max_length=20, unique=True)
    naam = models.CharField("naam", max_length=40, unique=True)
    vraag = models.CharField("de vraag aan uitdagers", max_length=120)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    is_actief = models.BooleanField("in gebruik", default=True)

    class Meta:
        verbose_name = "kenmerk van de diversiteitsmatrix"
        verbose_name_plural = "kenmerken van de diversiteitsmatrix"
        ordering = ["volgorde", "naam"]

    def __str__(self) -> str:
        return self.naam


@historiek.track()
class Profielgroep(models.Model):
    """A group within a Profielkenmerk, and its share of the city where that is known."""

    kenmerk = models.ForeignKey(Profielkenmerk, models.CASCADE, related_name="groepen", verbose_name="kenmerk")
    code = models.SlugField("code", max_length=20)
    naam = models.CharField("naam", max_length=60)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    aandeel = models.DecimalField(
        "aandeel in de stad (%)",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text="Leeg: niet bekend; dan vergelijken we niet.",
    )
    bron = models.CharField("bron van het aandeel", max_length=160, blank=True)

    class Meta:
        verbose_name = "groep van de diversiteitsmatrix"
        verbose_name_plural = "groepen van de diversiteitsmatrix"
        ordering = ["kenmerk__volgorde", "kenmerk", "volgorde", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kenmerk", "code"], name="profielgroep_once"),
            models.CheckConstraint(
                condition=Q(aandeel__isnull=True) | Q(aandeel__gte=0, aandeel__lte=100), name="profielgroep_percentage"
            ),
            models.CheckConstraint(
                condition=Q(aandeel__isnull=True) | ~Q(bron=""),
                name="profielgroep_share_has_source",
                violation_error_message="Zeg waar dit aandeel vandaan komt.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam
