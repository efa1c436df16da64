"""What residents think of how their report was solved, and what a team leader does with a low score."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from kern import historiek
from wijken.models import Team

from .melding import Melding
from .verloop import Gebeurtenis


@historiek.track()
class Enquetereden(models.Model):
    """A reason that a resident can tick: for being content, or for not being so."""

    tevreden = models.BooleanField("bij een tevreden antwoord", default=True, help_text="Anders bij een ontevreden.")
    tekst = models.CharField("tekst", max_length=120)
    tekst_fr = models.CharField("tekst (Frans)", max_length=120, blank=True)
    tekst_en = models.CharField("tekst (Engels)", max_length=120, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    is_actief = models.BooleanField("te kiezen", default=True, help_text="Zet dit uit in plaats van te wissen.")

    class Meta:
        verbose_name = "reden in de enquête"
        verbose_name_plural = "redenen in de enquête"
        ordering = ["-tevreden", "volgorde", "pk"]
        constraints = [models.UniqueConstraint(fields=["tevreden", "tekst"], name="enquetereden_once")]

    def __str__(self) -> str:
        return self.tekst


class Enquete(models.Model):
    """The question how it went: once per closing, open until a day."""

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="enquetes", verbose_name="melding")
    afsluiting = models.OneToOneField(Gebeurtenis, models.CASCADE, related_name="enquete", verbose_name="afsluiting")
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    taal = models.CharField("taal", max_length=2, choices=settings.LANGUAGES, default="nl")
    verstuurd_op = models.DateTimeField("verstuurd op")
    geldig_tot = models.DateField("te beantwoorden tot en met")
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)
    tevreden = models.BooleanField("tevreden", null=True, blank=True)
    redenen = models.ManyToManyField(Enquetereden, blank=True, related_name="+", verbose_name="redenen")
    tekst = models.TextField("in eigen woorden", blank=True, max_length=2000)
    wil_heropenen = models.BooleanField("wil heropenen", default=False)

    class Meta:
        verbose_name = "enquête"
        verbose_name_plural = "enquêtes"
        ordering = ["-verstuurd_op"]
        constraints = [
            models.CheckConstraint(
                condition=Q(beantwoord_op__isnull=True, tevreden__isnull=True)
                | Q(beantwoord_op__isnull=False, tevreden__isnull=False),
                name="enquete_answer_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"enquête over melding {self.melding_id}"

    def is_over(self, on: date) -> bool:
        return self.beantwoord_op is None and on > self.geldig_tot


@historiek.track(exclude=["wat_gedaan"])
class Terugkoppeling(models.Model):
    """A low score that a team leader looks into, with a term of its own."""

    enquete = models.OneToOneField(Enquete, models.CASCADE, related_name="terugkoppeling", verbose_name="enquête")
    melding = models.ForeignKey(Melding, models.CASCADE, related_name="terugkoppelingen", verbose_name="melding")
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="terugkoppelingen", verbose_name="team"
    )
    uiterlijk = models.DateField("te bekijken tegen")
    afgehandeld_op = models.DateTimeField("afgehandeld op", null=True, blank=True)
    afgehandeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="door"
    )
    wat_gedaan = models.TextField("wat je deed", blank=True, max_length=2000)

    class Meta:
        verbose_name = "terugkoppeling"
        verbose_name_plural = "terugkoppelingen"
        ordering = ["uiterlijk", "pk"]
        indexes = [
            models.Index(fields=["uiterlijk"], name="terugkoppeling_open", condition=Q(afgehandeld_op__isnull=True)),
            models.Index(fields=["-afgehandeld_op"], name="terugkoppeling_handled"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(afgehandeld_op__isnull=True) | ~Q(wat_gedaan=""), name="terugkoppeling_handled_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"terugkoppeling over melding {self.melding_id}"
