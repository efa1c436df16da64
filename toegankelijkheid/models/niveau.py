"""Quality levels, woonzorgzones and the facilities that ask for a level around them."""

from __future__ import annotations

from django.contrib.postgres.indexes import GistIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kern import historiek
from kern.geo import Punt
from kern.geo.fields import PuntField, VeelhoekField
from kern.ogc.models import gevolgd
from wijken.models import Wijk

from ..rules.woorden import Herkomst


@gevolgd
@historiek.track()
class Kwaliteitsniveau(models.Model):
    """How much is asked of a place. A higher level asks all that the lower ones ask, and more."""

    code = models.SlugField("code", max_length=20, unique=True)
    naam = models.CharField("naam", max_length=60, unique=True)
    volgorde = models.PositiveSmallIntegerField(
        "volgorde", unique=True, help_text="1 vraagt het minst. Een hoger niveau vraagt ook alles van de lagere."
    )
    uitleg = models.TextField(
        "uitleg", blank=True, help_text="Voor bewoners: waar geldt dit niveau, en wat mag je verwachten?"
    )

    class Meta:
        verbose_name = "kwaliteitsniveau"
        verbose_name_plural = "kwaliteitsniveaus"
        ordering = ["volgorde"]

    def __str__(self) -> str:
        return self.naam


class WoonzorgzoneQuerySet(models.QuerySet["Woonzorgzone"]):
    def containing(self, punt: Punt) -> WoonzorgzoneQuerySet:
        """The zones whose outline holds the place."""
        rings = ZoneRing.objects.filter(zone=models.OuterRef("pk"), ring__bevat=punt)
        return self.filter(
            models.Exists(rings.filter(is_gat=False)), ~models.Exists(rings.filter(is_gat=True))
        ).order_by("pk")


@gevolgd
@historiek.track()
class Woonzorgzone(models.Model):
    """A part of the city where people can live on with care within reach, around a core."""

    naam = models.CharField("naam", max_length=80, unique=True)
    slug = models.SlugField("adres op de site", max_length=80, unique=True)
    kern = PuntField("kern", null=True, blank=True, help_text="Het hart van de zone.")
    kern_naam = models.CharField("naam van de kern", max_length=120, blank=True)
    omschrijving = models.TextField("omschrijving", blank=True, help_text="Voor bewoners, in gewone woorden.")
    wijken = models.ManyToManyField(Wijk, related_name="woonzorgzones", verbose_name="wijken")
    niveau = models.ForeignKey(
        Kwaliteitsniveau,
        models.PROTECT,
        related_name="zones",
        verbose_name="niveau van de zone",
        help_text="Geldt overal in de zone waar geen deel een ander niveau heeft.",
    )
    is_fictief = models.BooleanField("fictief", default=False, help_text="Alleen voor de demo bedacht.")
    gewijzigd_op = models.DateTimeField("laatst gewijzigd op", auto_now=True)

    objects = WoonzorgzoneQuerySet.as_manager()

    class Meta:
        verbose_name = "woonzorgzone"
        verbose_name_plural = "woonzorgzones"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("toegankelijkheid:zone", args=[self.slug])


@gevolgd
class ZoneRing(models.Model):
    """One ring of a zone's outline: a part, or a hole in a part."""

    zone = models.ForeignKey(Woonzorgzone, models.CASCADE, related_name="ringen", verbose_name="zone")
    ring = VeelhoekField("ring")
    is_gat = models.BooleanField("is een gat", default=False)

    class Meta:
        verbose_name = "ring van een zone"
        verbose_name_plural = "ringen van zones"
        indexes = [GistIndex(fields=["ring"], name="zonering_ring_gist")]

    def __str__(self) -> str:
        return f"{self.zone} ({'gat' if self.is_gat else 'deel'})"


@historiek.track()
class Voorzieningsoort(models.Model):
    """A kind of facility, the level it asks for around it and how much a place near it weighs."""

    code = models.SlugField("code", max_length=30, unique=True)
    naam = models.CharField("naam", max_length=80, unique=True)
    niveau = models.ForeignKey(
        Kwaliteitsniveau,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="voorzieningsoorten",
        verbose_name="niveau errond",
        help_text="Leeg: deze soort verandert het niveau niet.",
    )
    afstand_m = models.PositiveSmallIntegerField(
        "tot hoeveel meter",
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text="Tot hoe ver dit niveau geldt. De gewone regel is 50 meter.",
    )
    gewicht = models.PositiveSmallIntegerField(
        "gewicht",
        default=1,
        validators=[MaxValueValidator(4)],
        help_text="0 tot 4: hoe zwaar een knelpunt in de buurt weegt voor de prioriteit.",
    )

    class Meta:
        verbose_name = "soort voorziening"
        verbose_name_plural = "soorten voorzieningen"
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(condition=Q(afstand_m__range=(1, 1000)), name="voorzieningsoort_distance"),
            models.CheckConstraint(condition=Q(gewicht__lte=4), name="voorzieningsoort_weight"),
        ]

    def __str__(self) -> str:
        return self.naam


@historiek.track()
class Voorziening(models.Model):
    """A place that many people with a limitation need to reach."""

    naam = models.CharField("naam", max_length=120)
    soort = models.ForeignKey(Voorzieningsoort, models.PROTECT, related_name="voorzieningen", verbose_name="soort")
    plaats = PuntField("plaats")
    adres = models.CharField("adres", max_length=200, blank=True)
    wijk = models.ForeignKey(
        Wijk, models.SET_NULL, null=True, blank=True, related_name="voorzieningen", verbose_name="wijk"
    )
    is_actief = models.BooleanField("in gebruik", default=True)
    is_fictief = models.BooleanField("fictief", default=False, help_text="Alleen voor de demo bedacht.")

    class Meta:
        verbose_name = "voorziening"
        verbose_name_plural = "voorzieningen"
        ordering = ["naam"]
        indexes = [GistIndex(fields=["plaats"], name="voorziening_plaats_gist")]
        constraints = [
            models.UniqueConstraint(fields=["naam", "soort", "wijk"], name="voorziening_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.naam


@historiek.track()
class Zonedeel(models.Model):
    """A part of a zone with a level of its own: drawn by hand, or the circle around a facility."""

    zone = models.ForeignKey(Woonzorgzone, models.CASCADE, related_name="delen", verbose_name="zone")
    naam = models.CharField("naam", max_length=160)
    niveau = models.ForeignKey(
        Kwaliteitsniveau, models.PROTECT, related_name="zonedelen", verbose_name="kwaliteitsniveau"
    )
    herkomst = models.CharField(
        "herkomst",
        max_length=12,
        choices=[(h.value, h.label) for h in (Herkomst.HANDMATIG, Herkomst.AFGELEID)],
        default=Herkomst.HANDMATIG,
    )
    ring = VeelhoekField("omtrek")
    voorziening = models.ForeignKey(
        Voorziening, models.CASCADE, null=True, blank=True, related_name="zonedelen", verbose_name="voorziening"
    )
    afstand_m = models.PositiveSmallIntegerField("afstand in meter", null=True, blank=True)
    reden = models.CharField("waarom dit niveau", max_length=300, blank=True)

    class Meta:
        verbose_name = "deel van een zone"
        verbose_name_plural = "delen van zones"
        ordering = ["zone", "naam"]
        indexes = [GistIndex(fields=["ring"], name="zonedeel_ring_gist")]
        constraints = [
            models.CheckConstraint(
                condition=Q(herkomst="afgeleid", voorziening__isnull=False, afstand_m__isnull=False)
                | Q(herkomst="handmatig", voorziening__isnull=True, afstand_m__isnull=True),
                name="zonedeel_derived_from",
            ),
            models.UniqueConstraint(
                fields=["zone", "voorziening"], condition=Q(herkomst="afgeleid"), name="zonedeel_once_per_facility"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone}: {self.naam}"
