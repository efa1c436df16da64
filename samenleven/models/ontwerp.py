"""A recommendation in the making: its text version by version, and what the members of the denktafel say of it."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek

from ..states.ontwerp import Status, pairs
from .aanbeveling import Aanbeveling
from .denktafel import Bundel, Denktafel, Denktafellid


@historiek.track(exclude=["versie"])
class Ontwerp(models.Model):
    """A draft of a recommendation. When it is presented it becomes a numbered one, and stays as it was."""

    denktafel = models.ForeignKey(Denktafel, models.CASCADE, related_name="ontwerpen", verbose_name="denktafel")
    bundel = models.ForeignKey(
        Bundel, models.SET_NULL, null=True, blank=True, related_name="ontwerpen", verbose_name="uit de bundel"
    )
    titel = models.CharField("titel", max_length=160)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.ONTWERP)
    bespreken_tot = models.DateField("reageren kan tot", null=True, blank=True)
    aangenomen_op = models.DateField("aangenomen op", null=True, blank=True)
    aanbeveling = models.OneToOneField(
        Aanbeveling, models.PROTECT, null=True, blank=True, related_name="ontwerp", verbose_name="werd aanbeveling"
    )
    gemaakt_op = models.DateTimeField("gemaakt op")
    versie = models.PositiveIntegerField("wijziging", default=1)

    class Meta:
        verbose_name = "ontwerp van een aanbeveling"
        verbose_name_plural = "ontwerpen van aanbevelingen"
        ordering = ["denktafel", "titel"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="besproken", bespreken_tot__isnull=False) | ~Q(status="besproken"),
                name="ontwerp_discussed_until",
            ),
            models.CheckConstraint(
                condition=Q(status="voorgesteld", aanbeveling__isnull=False)
                | ~Q(status="voorgesteld") & Q(aanbeveling__isnull=True),
                name="ontwerp_became_one",
            ),
        ]
        triggers = [pgtrigger.FSM(name="ontwerp_steps", field="status", transitions=pairs())]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("samenleven:ontwerp", args=[self.pk])

    def takes_comments(self, on: date) -> bool:
        """Whether members can say something of it on this day."""
        return self.status == Status.BESPROKEN and self.bespreken_tot is not None and on <= self.bespreken_tot


class Ontwerpversie(models.Model):
    """The text as it was. A change is a new version; none is ever changed."""

    ontwerp = models.ForeignKey(Ontwerp, models.CASCADE, related_name="versies", verbose_name="ontwerp")
    nummer = models.PositiveSmallIntegerField("versie")
    tekst = models.TextField("tekst", max_length=4000)
    waarom = models.CharField("wat er veranderde", max_length=300, blank=True)
    op = models.DateTimeField("op")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="door"
    )

    class Meta:
        verbose_name = "versie van een ontwerp"
        verbose_name_plural = "versies van ontwerpen"
        ordering = ["ontwerp", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["ontwerp", "nummer"], name="ontwerpversie_once"),
            models.CheckConstraint(condition=~Q(tekst=""), name="ontwerpversie_says_something"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="ontwerpversie_stays", fields=["ontwerp", "nummer", "tekst", "waarom", "op"])
        ]

    def __str__(self) -> str:
        return f"{self.ontwerp}, versie {self.nummer}"


class Ontwerpreactie(models.Model):
    """What a member says of a version, and what was done with it."""

    versie = models.ForeignKey(Ontwerpversie, models.CASCADE, related_name="reacties", verbose_name="versie")
    lid = models.ForeignKey(
        Denktafellid, models.SET_NULL, null=True, blank=True, related_name="reacties", verbose_name="lid"
    )
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="collega"
    )
    tekst = models.TextField("reactie", max_length=2000)
    op = models.DateTimeField("op")
    antwoord = models.CharField("wat ermee gebeurde", max_length=300, blank=True)
    afgehandeld_op = models.DateTimeField("afgehandeld op", null=True, blank=True)

    class Meta:
        verbose_name = "reactie op een ontwerp"
        verbose_name_plural = "reacties op ontwerpen"
        ordering = ["op", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(afgehandeld_op__isnull=True, antwoord="")
                | Q(afgehandeld_op__gte=F("op")) & ~Q(antwoord=""),
                name="ontwerpreactie_answered",
            )
        ]

    def __str__(self) -> str:
        return self.tekst[:80]
