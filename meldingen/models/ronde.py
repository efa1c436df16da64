"""Rounds on foot of a neighbourhood team: the open reports of a day in a walking order, and what was done at each."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Deferrable, Q

from kern import historiek
from kern.gebruikers.models import Rol
from kern.geo.fields import PuntField
from wijken.models import Team, Wijk
from wijken.queries import Bereik

from ..states import Stopstatus, stop_pairs
from .melding import Melding
from .verloop import Gebeurtenis

DAY_MINUTES = 24 * 60


@historiek.track()
class Materiaal(models.Model):
    """What a crew uses up, in its unit."""

    naam = models.CharField("naam", max_length=80, unique=True)
    eenheid = models.CharField("eenheid", max_length=20, help_text="Bijvoorbeeld: stuks, zakken, kg, liter.")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    is_actief = models.BooleanField(
        "actief", default=True, help_text="Wat niet meer gebruikt wordt, blijft in de cijfers."
    )

    class Meta:
        verbose_name = "materiaal"
        verbose_name_plural = "materialen"
        ordering = ["volgorde", "naam"]

    def __str__(self) -> str:
        return f"{self.naam} ({self.eenheid})"


@historiek.track()
class Startplaats(models.Model):
    """Where rounds begin, such as the buurtwerkplaats."""

    naam = models.CharField("naam", max_length=120, unique=True)
    plaats = PuntField("plaats")
    team = models.ForeignKey(
        Team,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="startplaatsen",
        verbose_name="team",
        help_text="Staat bij dit team bovenaan. Leeg: voor elk team.",
    )
    is_actief = models.BooleanField("actief", default=True)

    class Meta:
        verbose_name = "startplaats van rondes"
        verbose_name_plural = "startplaatsen van rondes"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class RondeQuerySet(models.QuerySet["Ronde"]):
    def visible_to(self, user: Any, reach: Bereik) -> RondeQuerySet:
        """What this member of staff may see; the twin of `rules.may_see_round`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {Rol.BEHEERDER, Rol.LEZER}:
            return self.all()
        return self.filter(
            Q(team__in=reach.team_ids) | Q(wijk__in=reach.wijk_ids) | Q(uitvoerder__in=reach.gebruiker_ids)
        )


@historiek.track(exclude=["opmerking"])
class Ronde(models.Model):
    """A round of a team on a day, through one wijk or through all of its wijken."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="rondes", verbose_name="team")
    wijk = models.ForeignKey(
        Wijk, models.PROTECT, null=True, blank=True, related_name="rondes", verbose_name="wijk", help_text="Leeg: alle."
    )
    dag = models.DateField("dag")
    uitvoerder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="rondes",
        verbose_name="wie gaat",
        help_text="Leeg: iemand van het team.",
    )
    start_naam = models.CharField("vertrekt aan", max_length=200)
    start_plaats = PuntField("plaats van vertrek")
    keert_terug = models.BooleanField("eindigt waar ze begon", default=True)
    minuten = models.PositiveSmallIntegerField(
        "minuten voor de hele ronde",
        null=True,
        blank=True,
        validators=[MaxValueValidator(DAY_MINUTES)],
        help_text="Bovenop wat bij de stops staat, bijvoorbeeld onderweg of laden.",
    )
    opmerking = models.TextField("opmerking", blank=True, max_length=2000)
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gemaakt door"
    )
    afgerond_op = models.DateTimeField("afgerond op", null=True, blank=True)

    objects = RondeQuerySet.as_manager()

    class Meta:
        verbose_name = "ronde"
        verbose_name_plural = "rondes"
        ordering = ["-dag", "-pk"]
        indexes = [
            models.Index(fields=["team", "-dag", "-id"], name="ronde_team_day"),
            models.Index(fields=["-dag", "-id"], name="ronde_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minuten__isnull=True) | Q(minuten__lte=DAY_MINUTES), name="ronde_within_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"Ronde {self.team}, {self.dag:%d-%m-%Y}"

    @property
    def is_open(self) -> bool:
        return self.afgerond_op is None


@historiek.track(exclude=["lijn"])
class Rondestop(models.Model):
    """One report in a round, and what came of it there."""

    class Bevinding(models.TextChoices):
        """What was found instead of work that could be done."""

        WEG = "weg", "er is niets (meer) te zien"
        ONDUIDELIJK = "onduidelijk", "ik weet niet waar of wat het is"
        NIET_VOOR_ONS = "niet_voor_ons", "het is er, maar niet voor ons"
        LATER = "later", "het is er, maar het lukt vandaag niet"

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="stops", verbose_name="ronde")
    melding = models.ForeignKey(Melding, models.CASCADE, related_name="rondestops", verbose_name="melding")
    volgorde = models.PositiveSmallIntegerField("plaats in de ronde")
    meter = models.PositiveIntegerField("meter te voet vanaf de vorige", default=0)
    status = models.CharField("status", max_length=12, choices=Stopstatus, default=Stopstatus.OPEN)
    bevinding = models.CharField("wat er was", max_length=16, choices=Bevinding, blank=True)
    minuten = models.PositiveSmallIntegerField(
        "minuten", null=True, blank=True, validators=[MaxValueValidator(DAY_MINUTES)]
    )
    op = models.DateTimeField("wanneer", null=True, blank=True)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="door"
    )
    lijn = models.ForeignKey(
        Gebeurtenis,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="rondestops",
        verbose_name="regel in het verhaal",
    )

    class Meta:
        verbose_name = "stop van een ronde"
        verbose_name_plural = "stops van een ronde"
        ordering = ["volgorde", "pk"]
        indexes = [
            models.Index(fields=["melding"], name="rondestop_open", condition=Q(status=Stopstatus.OPEN)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ronde", "melding"], name="rondestop_once"),
            models.UniqueConstraint(
                fields=["ronde", "volgorde"], name="rondestop_own_place", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(status__in=Stopstatus.values), name="rondestop_known_status"),
            models.CheckConstraint(
                condition=Q(status=Stopstatus.NIET_GELUKT) & ~Q(bevinding="")
                | ~Q(status=Stopstatus.NIET_GELUKT) & Q(bevinding=""),
                name="rondestop_not_done_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(status=Stopstatus.OPEN, op__isnull=True) | ~Q(status=Stopstatus.OPEN) & Q(op__isnull=False),
                name="rondestop_done_has_moment",
            ),
        ]
        triggers = [pgtrigger.FSM(name="rondestop_steps", field="status", transitions=stop_pairs())]

    def __str__(self) -> str:
        return f"stop {self.volgorde} van {self.ronde}"

    @property
    def is_open(self) -> bool:
        return self.status == Stopstatus.OPEN


class Verbruik(models.Model):
    """Material that was used up at a stop, or on the round as a whole."""

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="verbruik", verbose_name="ronde")
    stop = models.ForeignKey(
        Rondestop, models.CASCADE, null=True, blank=True, related_name="verbruik", verbose_name="stop"
    )
    materiaal = models.ForeignKey(Materiaal, models.PROTECT, related_name="verbruik", verbose_name="materiaal")
    aantal = models.DecimalField(
        "hoeveel", max_digits=8, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )

    class Meta:
        verbose_name = "verbruikt materiaal"
        verbose_name_plural = "verbruikt materiaal"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ronde", "stop", "materiaal"], name="verbruik_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(aantal__gt=0), name="verbruik_more_than_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.aantal} {self.materiaal.eenheid} {self.materiaal.naam}"
