"""Trainings about accessibility: a meeting of `wijken`, with the themes that it treats."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wijken.models import Bijeenkomst

from ..rules.woorden import Onderwerp


class ThemavormingQuerySet(models.QuerySet["Themavorming"]):
    def public(self) -> ThemavormingQuerySet:
        """Announced, and for everybody."""
        return self.filter(bijeenkomst__in=Bijeenkomst.objects.public())

    def coming(self, at: datetime) -> ThemavormingQuerySet:
        """Not over yet, announced and not called off."""
        return self.filter(bijeenkomst__einde__gte=at, bijeenkomst__status="aangekondigd")

    def about(self, themas: Any) -> ThemavormingQuerySet:
        """Those that treat any of these themes."""
        return self.filter(themas__overlap=list(themas))


class Themavorming(models.Model):
    """What a training is about and for whom. When, where, who comes and how many were there is told by the meeting."""

    bijeenkomst = models.OneToOneField(
        Bijeenkomst, models.CASCADE, primary_key=True, related_name="themavorming", verbose_name="bijeenkomst"
    )
    themas = ArrayField(models.CharField(max_length=20, choices=Onderwerp), verbose_name="thema's")
    doelgroep = models.CharField(
        "voor wie", max_length=160, help_text="Bijvoorbeeld: wie wegen ontwerpt, aannemers, winkeliers."
    )

    objects = ThemavormingQuerySet.as_manager()

    class Meta:
        verbose_name = "vorming over toegankelijkheid"
        verbose_name_plural = "vormingen over toegankelijkheid"
        ordering = ["-bijeenkomst__begin", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(themas=[]), name="themavorming_is_about_something")]

    def __str__(self) -> str:
        return str(self.bijeenkomst)

    @property
    def in_woorden(self) -> str:
        """The themes in words."""
        names = dict(Onderwerp.choices)
        return ", ".join(str(names[code]) for code in self.themas if code in names)
