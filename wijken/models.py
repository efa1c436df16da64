"""The city in wijken, and the teams that work there."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.conf import settings
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek
from kern.geo import Punt
from kern.geo.fields import PuntField, VeelhoekField


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


@historiek.track()
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


Rij = TypeVar("Rij", bound=models.Model)


class PeriodeQuerySet(models.QuerySet[Rij]):
    def on(self, day: date) -> Self:
        """The rows that hold on this day; an open end counts as for ever."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=day), van__lte=day)


@historiek.track()
class Team(models.Model):
    """Who gets the work: the people of one kind for some wijken."""

    class Soort(models.TextChoices):
        WIJKMANAGEMENT = "wijkmanagement", "wijkmanagement"
        BUURTTOEZICHT = "buurttoezicht", "buurttoezichters"
        BUURTWERKPLAATS = "buurtwerkplaats", "buurtwerkplaats"
        DIENST = "dienst", "stadsdienst"
        MELDPUNT = "meldpunt", "meldpunt (verdeelt wat niemand heeft)"

    naam = models.CharField("naam", max_length=80, unique=True, help_text="Zo ziet ook de bewoner het team.")
    soort = models.CharField("soort", max_length=20, choices=Soort)
    email = models.EmailField("e-mailadres", blank=True, help_text="Staat op de pagina van de wijk.")
    telefoon = models.CharField("telefoon", max_length=30, blank=True, help_text="Staat op de pagina van de wijk.")
    is_actief = models.BooleanField("actief", default=True, help_text="Een team dat stopte, krijgt geen werk meer.")
    wijken = models.ManyToManyField(Wijk, through="TeamWijk", related_name="teams", verbose_name="wijken")

    class Meta:
        verbose_name = "team"
        verbose_name_plural = "teams"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


@historiek.track()
class TeamWijk(models.Model):
    """A team works in a wijk, from a day to a day."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="teamwijken", verbose_name="team")
    wijk = models.ForeignKey(Wijk, models.CASCADE, related_name="teamwijken", verbose_name="wijk")
    van = models.DateField("van")
    tot = models.DateField("tot en met", null=True, blank=True, help_text="Leeg: voor onbepaalde tijd.")

    objects = PeriodeQuerySet["TeamWijk"].as_manager()

    class Meta:
        verbose_name = "wijk van een team"
        verbose_name_plural = "wijken van een team"
        constraints = [
            models.UniqueConstraint(fields=["team", "wijk", "van"], name="teamwijk_once_per_start"),
            models.CheckConstraint(condition=Q(tot__isnull=True) | Q(tot__gte=F("van")), name="teamwijk_period"),
        ]

    def __str__(self) -> str:
        return f"{self.team} in {self.wijk}"


@historiek.track()
class Teamlid(models.Model):
    """A person works in a team, from a day to a day."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="leden", verbose_name="team")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="lidmaatschappen", verbose_name="gebruiker"
    )
    is_leider = models.BooleanField("teamleider", default=False)
    van = models.DateField("van")
    tot = models.DateField("tot en met", null=True, blank=True, help_text="Leeg: voor onbepaalde tijd.")
    toon_op_wijkpagina = models.BooleanField(
        "op de wijkpagina", default=False, help_text="Bewoners zien de naam en wanneer deze persoon te bereiken is."
    )
    bereikbaar = models.CharField(
        "bereikbaar", max_length=120, blank=True, help_text="Bijvoorbeeld: maandag en donderdag van 9 tot 12 uur."
    )

    objects = PeriodeQuerySet["Teamlid"].as_manager()

    class Meta:
        verbose_name = "teamlid"
        verbose_name_plural = "teamleden"
        constraints = [
            models.UniqueConstraint(fields=["team", "gebruiker", "van"], name="teamlid_once_per_start"),
            models.CheckConstraint(condition=Q(tot__isnull=True) | Q(tot__gte=F("van")), name="teamlid_period"),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker} ({self.team})"


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
