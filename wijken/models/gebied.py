"""The city in wijken, with their outlines and streets."""

from __future__ import annotations

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.urls import reverse

from kern import geheugen, historiek
from kern.geo import Punt
from kern.geo.fields import PuntField, VeelhoekField
from kern.ogc.models import gevolgd


@gevolgd
class Stadsdeel(models.Model):
    """A part of the city that groups wijken."""

    naam = models.CharField("naam", max_length=80, unique=True)
    is_fictief = models.BooleanField("fictief", default=False, help_text="Alleen voor de demo bedacht.")

    class Meta:
        verbose_name = "stadsdeel"
        verbose_name_plural = "stadsdelen"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class WijkQuerySet(models.QuerySet["Wijk"]):
    def containing(self, punt: Punt) -> WijkQuerySet:
        """The wijken whose outline holds the place: in a part and in none of the holes."""
        rings = WijkRing.objects.filter(wijk=models.OuterRef("pk"), ring__bevat=punt)
        return self.filter(
            models.Exists(rings.filter(is_gat=False)),
            ~models.Exists(rings.filter(is_gat=True)),
        ).order_by("code")


@gevolgd
@geheugen.bewaakt
@historiek.track(exclude=["inwoners", "inwoners_bron"])
class Wijk(models.Model):
    """A neighbourhood. Source of codes and centres: Provincies in Cijfers, level ggw7."""

    code = models.CharField("code", max_length=12, unique=True)
    naam = models.CharField("naam", max_length=80, unique=True)
    slug = models.SlugField("adres op de site", max_length=80, unique=True)
    stadsdeel = models.ForeignKey(
        Stadsdeel, models.SET_NULL, null=True, blank=True, related_name="wijken", verbose_name="stadsdeel"
    )
    centrum = PuntField("middelpunt")
    oppervlakte_km2 = models.FloatField("oppervlakte (km²)", null=True, blank=True)
    is_impulswijk = models.BooleanField(
        "impulswijk", default=False, help_text="Een wijk die extra en intensievere aandacht krijgt."
    )
    impulswijk_sinds = models.DateField("impulswijk sinds", null=True, blank=True)
    omtrek_is_benaderend = models.BooleanField(
        "omtrek is benaderend", default=False, help_text="De kaart zegt dat deze omtrek niet de officiële is."
    )
    inwoners = models.PositiveIntegerField(
        "inwoners", null=True, blank=True, help_text="Voor de cijfers per 1.000 inwoners. Leeg: niet bekend."
    )
    inwoners_bron = models.CharField(
        "bron van het aantal inwoners",
        max_length=120,
        blank=True,
        help_text="Met de datum: rijksregister, 1 januari 2026.",
    )
    inleiding = models.TextField("inleiding", blank=True, help_text="Korte tekst bovenaan de pagina van de wijk.")

    objects = WijkQuerySet.as_manager()

    class Meta:
        verbose_name = "wijk"
        verbose_name_plural = "wijken"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("wijken:detail", args=[self.slug])


@geheugen.bewaakt
@gevolgd
class WijkRing(models.Model):
    """One ring of a wijk's outline: a part, or a hole in a part."""

    wijk = models.ForeignKey(Wijk, models.CASCADE, related_name="ringen", verbose_name="wijk")
    ring = VeelhoekField("ring")
    is_gat = models.BooleanField("is een gat", default=False)

    class Meta:
        verbose_name = "ring van een omtrek"
        verbose_name_plural = "ringen van omtrekken"
        indexes = [GistIndex(fields=["ring"], name="wijkring_ring_gist")]

    def __str__(self) -> str:
        return f"{self.wijk} ({'gat' if self.is_gat else 'deel'})"


class Straat(models.Model):
    """A street with its middle, for the address search when no outside geocoder answers."""

    naam = models.CharField("naam", max_length=120, help_text="De wijk zoeken we zelf op, bij de plaats.")
    zoeknaam = models.CharField(
        "zoeknaam", max_length=120, editable=False, help_text="De naam in kleine letters, zonder accenten."
    )
    plaats = PuntField("plaats")
    wijk = models.ForeignKey(Wijk, models.SET_NULL, null=True, blank=True, related_name="straten", verbose_name="wijk")
    is_fictief = models.BooleanField("fictief", default=False, help_text="Alleen voor de demo bedacht.")

    class Meta:
        verbose_name = "straat"
        verbose_name_plural = "straten"
        ordering = ["naam"]
        indexes = [models.Index(fields=["zoeknaam"], name="straat_zoeknaam", opclasses=["varchar_pattern_ops"])]
        constraints = [
            models.UniqueConstraint(fields=["naam", "wijk"], name="straat_once_per_wijk", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.naam
