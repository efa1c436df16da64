"""The teams that work in the wijken, and who works in them."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kern import geheugen, historiek
from kern.beelden.models import Beeld

from .gebied import Wijk

Rij = TypeVar("Rij", bound=models.Model)


class PeriodeQuerySet(models.QuerySet[Rij]):
    def on(self, day: date) -> Self:
        """The rows that hold on this day; an open end counts as for ever."""
        return self.filter(Q(tot__isnull=True) | Q(tot__gte=day), van__lte=day)


@geheugen.bewaakt
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


@geheugen.bewaakt
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


@historiek.track(exclude=["foto"])
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

    foto = models.ForeignKey(Beeld, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="foto")

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
