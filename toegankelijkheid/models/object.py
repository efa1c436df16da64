"""What is screened, each visit to it and each measurement."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kern import historiek
from kern.beelden.models import Beeld
from kern.geo.fields import LijnField, PuntField
from kern.ogc.models import gevolgd
from wijken.models import Wijk

from ..rules.woorden import (
    Context,
    Ernst,
    Groep,
    Herkomst,
    Instrument,
    Kant,
    Nauwkeurigheid,
    Onderwerp,
    Oordeel,
    Positiebron,
    Wegbeheerder,
)
from .campagne import Campagne
from .niveau import Kwaliteitsniveau, Woonzorgzone, Zonedeel
from .norm import Criterium, Norm
from .zicht import visible_where

if TYPE_CHECKING:
    from wijken.queries import Bereik


class ScreeningsobjectQuerySet(models.QuerySet["Screeningsobject"]):
    def visible_to(self, user: Any, reach: Bereik) -> ScreeningsobjectQuerySet:
        """What this member of staff may see; the twin of `rules.recht.may_see`."""
        where = visible_where(user, reach)
        return self.none() if where is None else self.filter(where)

    def of_campaign(self, campagne: Campagne) -> ScreeningsobjectQuerySet:
        """What a campaign has to visit: the objects of its zone and subjects."""
        return self.filter(zone=campagne.zone_id, onderwerp__in=campagne.onderwerpen, is_actief=True)

    def due(self, on: date) -> ScreeningsobjectQuerySet:
        """Objects of which a criterium has to be measured again on or before this day."""
        return self.filter(is_actief=True, hercontrole_op__lte=on)


@gevolgd
@historiek.track(exclude=["gescreend_op", "oordeel", "ernst", "groepen", "hercontrole_op", "knelpunten_open", "versie"])
class Screeningsobject(models.Model):
    """One thing in public space: a point, or a line with a side."""

    onderwerp = models.CharField("onderwerp", max_length=20, choices=Onderwerp)
    naam = models.CharField("naam", max_length=160)
    straat = models.CharField("straat", max_length=120, blank=True)
    adres = models.CharField("adres of plaats in woorden", max_length=200, blank=True)
    plaats = PuntField("plaats", null=True, blank=True, help_text="Van een lijn: het midden.")
    lijn = LijnField("lijn", null=True, blank=True)
    kant = models.CharField("kant", max_length=8, choices=Kant, blank=True, help_text="Gezien vanaf het eerste punt.")
    positiebron = models.CharField("plaats gekozen", max_length=12, choices=Positiebron, blank=True)
    nauwkeurigheid = models.CharField("nauwkeurigheid van de plaats", max_length=1, choices=Nauwkeurigheid, blank=True)
    wijk = models.ForeignKey(
        Wijk, models.SET_NULL, null=True, blank=True, related_name="screeningsobjecten", verbose_name="wijk"
    )
    zone = models.ForeignKey(
        Woonzorgzone, models.SET_NULL, null=True, blank=True, related_name="objecten", verbose_name="woonzorgzone"
    )
    zonedeel = models.ForeignKey(
        Zonedeel, models.SET_NULL, null=True, blank=True, related_name="objecten", verbose_name="deel van de zone"
    )
    niveau = models.ForeignKey(
        Kwaliteitsniveau, models.PROTECT, related_name="objecten", verbose_name="kwaliteitsniveau"
    )
    niveau_herkomst = models.CharField(
        "herkomst van het niveau", max_length=12, choices=Herkomst, default=Herkomst.STAD
    )
    context = models.CharField("ligt", max_length=10, choices=Context, default=Context.OPENBAAR)
    in_bebouwde_kom = models.BooleanField("in de bebouwde kom", default=True)
    wegbeheerder = models.CharField("wegbeheerder", max_length=10, choices=Wegbeheerder, default=Wegbeheerder.STAD)
    kenmerken: models.JSONField[Any, Any] = models.JSONField(
        "kenmerken", default=dict, blank=True, help_text="Bijvoorbeeld het nummer van de halte."
    )
    externe_id = models.CharField("nummer in een ander systeem", max_length=80, null=True, blank=True, unique=True)
    is_actief = models.BooleanField("bestaat nog", default=True)
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="gemaakt door"
    )
    gewijzigd_op = models.DateTimeField("laatst gewijzigd op", auto_now=True)
    inzending = models.UUIDField("inzending", unique=True, default=uuid.uuid4, editable=False)

    # What the measurements say, written by `actions.oordelen`.
    gescreend_op = models.DateField("laatst gescreend op", null=True, blank=True)
    oordeel = models.CharField("oordeel", max_length=16, choices=Oordeel, default=Oordeel.NIET_GESCREEND)
    ernst = models.PositiveSmallIntegerField("ernst", choices=Ernst, null=True, blank=True)
    groepen = ArrayField(
        models.CharField(max_length=20, choices=Groep), default=list, blank=True, verbose_name="wie het raakt"
    )
    hercontrole_op = models.DateField("opnieuw meten tegen", null=True, blank=True)
    knelpunten_open = models.PositiveSmallIntegerField("open knelpunten", default=0)
    versie = models.PositiveIntegerField("versie", default=1)

    objects = ScreeningsobjectQuerySet.as_manager()

    class Meta:
        verbose_name = "screeningsobject"
        verbose_name_plural = "screeningsobjecten"
        ordering = ["onderwerp", "straat", "naam", "pk"]
        indexes = [
            GistIndex(fields=["plaats"], name="object_plaats_gist"),
            GistIndex(fields=["plaats"], name="object_active_place", include=["id"], condition=Q(is_actief=True)),
            models.Index(fields=["id"], name="object_active", condition=Q(is_actief=True)),
            models.Index(fields=["id"], name="object_active_nowhere", condition=Q(is_actief=True, plaats__isnull=True)),
            models.Index(fields=["zone", "onderwerp", "straat"], name="object_of_zone"),
            models.Index(fields=["wijk", "onderwerp"], name="object_of_wijk"),
            models.Index(fields=["hercontrole_op"], name="object_due", condition=Q(is_actief=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(lijn__isnull=True) | Q(plaats__isnull=False), name="object_line_middle"),
            models.CheckConstraint(condition=Q(lijn__isnull=False) | Q(kant=""), name="object_side_of_a_line"),
            models.CheckConstraint(
                condition=Q(plaats__isnull=False) | ~Q(adres="") | ~Q(straat=""), name="object_is_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(gescreend_op__isnull=True, oordeel="niet_gescreend")
                | Q(gescreend_op__isnull=False) & ~Q(oordeel="niet_gescreend"),
                name="object_verdict_after_a_visit",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("toegankelijkheid:object", args=[self.pk])

    @property
    def ref(self) -> str:
        """What people call it on paper."""
        return f"GNK-O-{self.pk:05d}"

    @property
    def is_gescreend(self) -> bool:
        return self.gescreend_op is not None


class OpnameQuerySet(models.QuerySet["Opname"]):
    def visible_to(self, user: Any, reach: Bereik) -> OpnameQuerySet:
        where = visible_where(user, reach, "object__")
        return self.none() if where is None else self.filter(where)


class Opname(models.Model):
    """One visit of one surveyor to one object; one filled-in form."""

    class Soort(models.TextChoices):
        GEWOON = "gewoon", "gewone opname"
        GOED = "goed", "goed voorbeeld"
        KNELPUNT = "knelpunt", "knelpunt, ook zonder meting"

    inzending = models.UUIDField(
        "inzending", unique=True, default=uuid.uuid4, editable=False, help_text="Van één formulier komt één opname."
    )
    object = models.ForeignKey(Screeningsobject, models.PROTECT, related_name="opnames", verbose_name="object")
    campagne = models.ForeignKey(
        Campagne, models.PROTECT, null=True, blank=True, related_name="opnames", verbose_name="campagne"
    )
    soort = models.CharField("bevinding", max_length=10, choices=Soort, default=Soort.GEWOON)
    gemeten_op = models.DateTimeField("gemeten op")
    ontvangen_op = models.DateTimeField("ontvangen op")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="gemeten door"
    )
    is_uitgesteld = models.BooleanField(
        "later verstuurd", default=False, help_text="Bewaard op het toestel en verstuurd toen er weer verbinding was."
    )
    weer = models.CharField("weer", max_length=40, blank=True)
    omschrijving = models.TextField("wat is er te zien", blank=True, max_length=2000)
    opmerking = models.TextField("opmerking", blank=True, max_length=2000)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name="trefwoorden")
    tijdelijk_tot = models.DateField("tijdelijk, tot", null=True, blank=True)
    is_tijdelijk = models.BooleanField("tijdelijk", default=False)
    alternatief = models.BooleanField("er is een andere route", null=True, blank=True)
    omweg_m = models.PositiveIntegerField("omweg in meter", null=True, blank=True)

    objects = OpnameQuerySet.as_manager()

    class Meta:
        verbose_name = "opname"
        verbose_name_plural = "opnames"
        ordering = ["-gemeten_op", "-pk"]
        indexes = [
            models.Index(fields=["object", "-gemeten_op"], name="opname_of_object"),
            models.Index(fields=["campagne", "object"], name="opname_of_campaign"),
            models.Index(fields=["door", "-gemeten_op"], name="opname_of_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(is_tijdelijk=True) | Q(tijdelijk_tot__isnull=True), name="opname_until"),
            models.CheckConstraint(
                condition=~Q(soort="knelpunt") | ~Q(omschrijving=""), name="opname_bottleneck_in_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object}, {self.gemeten_op:%d-%m-%Y}"


class OpnameBeeld(models.Model):
    """A photo of a visit; what is to be seen on it stands with the photo."""

    opname = models.ForeignKey(Opname, models.CASCADE, related_name="beelden", verbose_name="opname")
    beeld = models.OneToOneField(Beeld, models.PROTECT, related_name="opnamebeeld", verbose_name="beeld")
    openbaar = models.BooleanField("openbaar", default=False)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)

    class Meta:
        verbose_name = "foto van een opname"
        verbose_name_plural = "foto's van opnames"
        ordering = ["volgorde", "pk"]

    def __str__(self) -> str:
        return str(self.beeld)


class MetingQuerySet(models.QuerySet["Meting"]):
    def current(self) -> MetingQuerySet:
        """The last measurement of each criterium of each object."""
        return self.filter(is_actueel=True)


class Meting(models.Model):
    """One value of one criterium, and the verdict on it by the norms of today.

    The value never changes; a better one is a new measurement. The verdict changes when a norm does.
    """

    opname = models.ForeignKey(Opname, models.CASCADE, related_name="metingen", verbose_name="opname")
    object = models.ForeignKey(Screeningsobject, models.PROTECT, related_name="metingen", verbose_name="object")
    criterium = models.ForeignKey(Criterium, models.PROTECT, related_name="metingen", verbose_name="criterium")
    is_actueel = models.BooleanField("laatste meting", default=True)
    waarde = models.DecimalField("waarde", max_digits=10, decimal_places=3, null=True, blank=True)
    eenheid = models.CharField("eenheid", max_length=10, blank=True)
    is_berekend = models.BooleanField("berekend", default=False)
    niet_meetbaar = models.CharField("niet te meten, omdat", max_length=200, blank=True)
    instrument = models.CharField("instrument", max_length=12, choices=Instrument, blank=True)
    nauwkeurigheid = models.CharField("nauwkeurigheid", max_length=1, choices=Nauwkeurigheid, blank=True)
    gemeten_op = models.DateTimeField("gemeten op")
    hercontrole_op = models.DateField("opnieuw meten tegen", null=True, blank=True)

    oordeel = models.CharField("oordeel", max_length=16, choices=Oordeel)
    norm = models.ForeignKey(
        Norm, models.SET_NULL, null=True, blank=True, related_name="metingen", verbose_name="beoordeeld met"
    )
    niveau = models.ForeignKey(Kwaliteitsniveau, models.PROTECT, related_name="+", verbose_name="beoordeeld op niveau")
    afwijking = models.DecimalField(
        "afwijking",
        max_digits=10,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="In de eenheid; onder de grens is min.",
    )
    ernst = models.PositiveSmallIntegerField("ernst", choices=Ernst, null=True, blank=True)
    groepen = ArrayField(
        models.CharField(max_length=20, choices=Groep), default=list, blank=True, verbose_name="wie het raakt"
    )

    objects = MetingQuerySet.as_manager()

    class Meta:
        verbose_name = "meting"
        verbose_name_plural = "metingen"
        ordering = ["criterium__volgorde", "pk"]
        indexes = [
            models.Index(fields=["object", "criterium"], name="meting_current", condition=Q(is_actueel=True)),
            models.Index(fields=["criterium"], name="meting_of_criterium", condition=Q(is_actueel=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["opname", "criterium"], name="meting_once_per_visit"),
            models.UniqueConstraint(
                fields=["object", "criterium"], condition=Q(is_actueel=True), name="meting_one_current"
            ),
            models.CheckConstraint(
                condition=Q(waarde__isnull=True) & ~Q(niet_meetbaar="") | Q(waarde__isnull=False, niet_meetbaar=""),
                name="meting_value_or_why_not",
            ),
            models.CheckConstraint(
                condition=Q(ernst__isnull=True) | Q(oordeel__in=["voldoet_niet", "aandachtspunt"]),
                name="meting_severity_of_a_failure",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="meting_value_stays",
                fields=["opname", "object", "criterium", "waarde", "eenheid", "niet_meetbaar", "gemeten_op"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterium}: {self.waarde if self.waarde is not None else self.niet_meetbaar}"
