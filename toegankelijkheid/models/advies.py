"""Recommendations to a service or a partner: which knelpunten, with which solution, what it costs, and the answer."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek
from wijken.models import Partner, Team

from ..rules import advies as rules
from ..rules.recht import sees_all
from ..rules.woorden import Adviesantwoord, Eenheid, Onderwerp
from ..states import Adviesstatus, advice_pairs
from .bevinding import Knelpunt
from .norm import Criterium

if TYPE_CHECKING:
    from wijken.queries import Bereik

MOST_EURO = 10_000_000
EURO = [MaxValueValidator(MOST_EURO)]


class Standaardoplossing(models.Model):
    """What usually solves a kind of knelpunt, and what one of it costs."""

    onderwerp = models.CharField("thema", max_length=20, choices=Onderwerp)
    criterium = models.ForeignKey(
        Criterium,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="oplossingen",
        verbose_name="criterium",
        help_text="Leeg: voor alles van dit thema.",
    )
    naam = models.CharField("naam", max_length=120, unique=True)
    tekst = models.TextField("tekst", max_length=1000, help_text="Zo komt het in de aanbeveling.")
    eenheid = models.CharField("per", max_length=8, choices=Eenheid, default=Eenheid.STUK)
    prijs_laag = models.PositiveIntegerField("prijs per eenheid, laag (euro)", validators=EURO)
    prijs_hoog = models.PositiveIntegerField("prijs per eenheid, hoog (euro)", validators=EURO)
    bron = models.CharField("bron van de prijs", max_length=200, help_text="Bijvoorbeeld: raamcontract wegen 2026.")
    is_actief = models.BooleanField("in gebruik", default=True)

    class Meta:
        verbose_name = "standaardoplossing"
        verbose_name_plural = "standaardoplossingen"
        ordering = ["onderwerp", "naam"]
        constraints = [
            models.CheckConstraint(condition=Q(prijs_hoog__gte=F("prijs_laag")), name="standaardoplossing_price_range")
        ]

    def __str__(self) -> str:
        return self.naam


class DienstadviesQuerySet(models.QuerySet["Dienstadvies"]):
    def visible_to(self, user: Any, reach: Bereik) -> DienstadviesQuerySet:
        """The twin of `rules.advies.may_see`: who sees all of the screening, and a service what was sent to it."""
        if sees_all(user):
            return self
        if not user.is_active or not user.rollen:
            return self.none()
        return self.filter(team__in=reach.team_ids).exclude(status=Adviesstatus.CONCEPT)


@historiek.track(exclude=["versie", "sleutel"])
class Dienstadvies(models.Model):
    """One recommendation: to whom, by when, and what they answered as a whole."""

    titel = models.CharField("titel", max_length=160)
    inleiding = models.TextField("inleiding", max_length=2000, blank=True, help_text="Waarom vraagt de stad dit?")
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="toegankelijkheidsadviezen", verbose_name="dienst"
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="toegankelijkheidsadviezen", verbose_name="partner"
    )
    werkdagen = models.PositiveSmallIntegerField(
        "werkdagen om te antwoorden", default=20, validators=[MinValueValidator(1), MaxValueValidator(250)]
    )
    status = models.CharField("status", max_length=12, choices=Adviesstatus, default=Adviesstatus.CONCEPT)
    opgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="opgesteld door"
    )
    gemaakt_op = models.DateTimeField("gemaakt op")
    verzonden_op = models.DateField("verzonden op", null=True, blank=True)
    antwoord_tegen = models.DateField("antwoord tegen", null=True, blank=True)
    antwoord = models.CharField("antwoord", max_length=12, choices=Adviesantwoord, blank=True)
    antwoord_reden = models.TextField("reden", max_length=2000, blank=True)
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)
    # Empty for a partner, who answers by a link.
    beantwoord_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beantwoord door",
    )
    intrekreden = models.CharField("waarom ingetrokken", max_length=300, blank=True)
    sleutel = models.UUIDField("sleutel", unique=True, editable=False, default=uuid.uuid4)
    versie = models.PositiveIntegerField("wijziging", default=1)

    objects = DienstadviesQuerySet.as_manager()

    class Meta:
        verbose_name = "aanbeveling aan een dienst"
        verbose_name_plural = "aanbevelingen aan diensten"
        ordering = ["-gemaakt_op", "-pk"]
        indexes = [models.Index(fields=["antwoord_tegen"], name="advies_waits", condition=Q(status="verzonden"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False, partner__isnull=True) | Q(team__isnull=True, partner__isnull=False),
                name="advies_to_one",
            ),
            models.CheckConstraint(
                condition=Q(status="concept", verzonden_op__isnull=True, antwoord_tegen__isnull=True)
                | ~Q(status="concept") & Q(verzonden_op__isnull=False, antwoord_tegen__isnull=False),
                name="advies_sent_with_term",
            ),
            models.CheckConstraint(
                condition=Q(status="beantwoord", beantwoord_op__isnull=False) & ~Q(antwoord="") & ~Q(antwoord_reden="")
                | ~Q(status="beantwoord") & Q(antwoord="", beantwoord_op__isnull=True),
                name="advies_answered_why",
            ),
            models.CheckConstraint(
                condition=~Q(status="ingetrokken") | ~Q(intrekreden=""), name="advies_withdrawn_why"
            ),
        ]
        triggers = [pgtrigger.FSM(name="advies_steps", field="status", transitions=advice_pairs())]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("toegankelijkheid:advice", args=[self.pk])

    @property
    def aan(self) -> Team | Partner:
        """To whom it is."""
        return self.team or self.partner  # type: ignore[return-value]

    @property
    def is_concept(self) -> bool:
        return self.status == Adviesstatus.CONCEPT

    @property
    def waits(self) -> bool:
        """Whether it was sent and nobody answered yet."""
        return self.status == Adviesstatus.VERZONDEN

    def is_late(self, on: date) -> bool:
        """Whether the answer should have been here before this day."""
        return self.waits and self.antwoord_tegen is not None and self.antwoord_tegen < on


class Adviesregel(models.Model):
    """One knelpunt of a recommendation. What it says of solution and price is its own: a price list changes later."""

    advies = models.ForeignKey(Dienstadvies, models.CASCADE, related_name="regels", verbose_name="aanbeveling")
    knelpunt = models.ForeignKey(Knelpunt, models.PROTECT, related_name="adviesregels", verbose_name="knelpunt")
    oplossing = models.ForeignKey(
        Standaardoplossing,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="regels",
        verbose_name="standaardoplossing",
    )
    tekst = models.TextField("wat we aanbevelen", max_length=1000, blank=True)
    hoeveelheid = models.DecimalField(
        "hoeveelheid", max_digits=8, decimal_places=2, default=1, validators=[MinValueValidator(Decimal("0.01"))]
    )
    eenheid = models.CharField("eenheid", max_length=8, choices=Eenheid, blank=True)
    prijs_laag = models.PositiveIntegerField("prijs laag (euro)", null=True, blank=True, validators=EURO)
    prijs_hoog = models.PositiveIntegerField("prijs hoog (euro)", null=True, blank=True, validators=EURO)
    antwoord = models.CharField("antwoord", max_length=12, choices=Adviesantwoord, blank=True)
    reden = models.CharField("reden", max_length=500, blank=True)

    class Meta:
        verbose_name = "regel van een aanbeveling"
        verbose_name_plural = "regels van een aanbeveling"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["advies", "knelpunt"], name="adviesregel_once"),
            models.CheckConstraint(condition=Q(antwoord="") | ~Q(reden=""), name="adviesregel_answered_why"),
            models.CheckConstraint(
                condition=Q(prijs_laag__isnull=True, prijs_hoog__isnull=True)
                | Q(prijs_laag__isnull=False, prijs_hoog__gte=F("prijs_laag")),
                name="adviesregel_price_range",
            ),
            models.CheckConstraint(condition=Q(hoeveelheid__gt=0), name="adviesregel_some"),
        ]

    def __str__(self) -> str:
        return str(self.knelpunt)

    @property
    def kost_laag(self) -> int | None:
        """Quantity times the low price, in whole euros."""
        return rules.cost(self.hoeveelheid, self.prijs_laag)

    @property
    def kost_hoog(self) -> int | None:
        """Quantity times the high price, in whole euros."""
        return rules.cost(self.hoeveelheid, self.prijs_hoog)
