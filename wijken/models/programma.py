"""What the neighbourhood work is for: the policy domains, and the goals of the programme Samen Stad maken."""

from __future__ import annotations

from django.db import models

from kern import historiek


class ReferentieQuerySet(models.QuerySet[models.Model]):
    def active(self) -> ReferentieQuerySet:
        """What can be chosen for something new; what was chosen before stays."""
        return self.filter(is_actief=True)


class Referentie(models.Model):
    """A row of reference data that things are tied to: its code never changes, its words may."""

    code = models.SlugField("code", max_length=40, unique=True, help_text="Voor bestanden; wijzigt niet meer.")
    naam = models.CharField("naam", max_length=120, unique=True)
    omschrijving = models.TextField("omschrijving", blank=True, max_length=1000, help_text="Voor wie kiest en leest.")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=100)
    is_actief = models.BooleanField(
        "actief", default=True, help_text="Niet meer actief: niet te kiezen voor iets nieuws. Wat eraan hangt, blijft."
    )

    objects = ReferentieQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["volgorde", "naam"]

    def __str__(self) -> str:
        return self.naam


@historiek.track()
class Beleidsdomein(Referentie):
    """A domain of policy that the service works for: Wonen, Welzijn, stadsprojecten."""

    class Meta(Referentie.Meta):
        verbose_name = "beleidsdomein"
        verbose_name_plural = "beleidsdomeinen"


@historiek.track()
class Doelstelling(Referentie):
    """A goal of the programme Samen Stad maken, or an ambition of the whole city that the wijken work on."""

    class Soort(models.TextChoices):
        PROGRAMMA = "programma", "doel van Samen Stad maken"
        AMBITIE = "ambitie", "ambitie van de hele stad"

    soort = models.CharField("soort", max_length=10, choices=Soort, default=Soort.PROGRAMMA)

    class Meta(Referentie.Meta):
        verbose_name = "doelstelling"
        verbose_name_plural = "doelstellingen"
