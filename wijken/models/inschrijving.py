"""Who comes to a meeting. What identifies somebody is wiped some time after it."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from kern import historiek

from ..states.bijeenkomst import Plaats, place_pairs
from .bijeenkomst import Bijeenkomst

MAX_PEOPLE = 10


class InschrijvingQuerySet(models.QuerySet["Inschrijving"]):
    def confirmed(self) -> InschrijvingQuerySet:
        return self.filter(status=Plaats.BEVESTIGD)

    def waiting(self) -> InschrijvingQuerySet:
        """Those who wait for a place, in the order in which they came."""
        return self.filter(status=Plaats.WACHTLIJST).order_by("pk")

    def standing(self) -> InschrijvingQuerySet:
        """Those who hear when something changes: with a place or waiting for one."""
        return self.exclude(status=Plaats.GEANNULEERD)

    def named(self) -> InschrijvingQuerySet:
        """Those of whom something is still known."""
        return self.filter(gewist_op__isnull=True)


# Who somebody is and what they need stays out of the history.
@historiek.track(
    exclude=[
        "sleutel",
        "inzending",
        "naam",
        "email",
        "telefoon",
        "tolktaal",
        "kinderen",
        "rolstoel",
        "gebarentaal",
        "andere_nood",
        "herinnerd_voor",
    ]
)
class Inschrijving(models.Model):
    """A person or household that wants to come. The order on the waiting list is that of the rows."""

    bijeenkomst = models.ForeignKey(
        Bijeenkomst, models.CASCADE, related_name="inschrijvingen", verbose_name="bijeenkomst"
    )
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    inzending = models.UUIDField(
        "inzending",
        unique=True,
        default=uuid.uuid4,
        editable=False,
        help_text="Van één formulier komt één inschrijving.",
    )
    naam = models.CharField("naam", max_length=120, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    telefoon = models.CharField("telefoon", max_length=30, blank=True, help_text="Van wie geen e-mailadres heeft.")
    taal = models.CharField("taal", max_length=2, choices=settings.LANGUAGES, default="nl")
    aantal = models.PositiveSmallIntegerField("aantal personen", default=1)
    tolktaal = models.CharField("tolk nodig voor", max_length=40, blank=True)
    kinderen = models.CharField("leeftijd van kinderen in de opvang", max_length=60, blank=True)
    rolstoel = models.BooleanField("iemand komt met een rolstoel", default=False)
    gebarentaal = models.BooleanField("tolk gebarentaal nodig", default=False)
    andere_nood = models.CharField("wat nog nodig is", max_length=300, blank=True)
    status = models.CharField("status", max_length=12, choices=Plaats, default=Plaats.BEVESTIGD)
    ingeschreven_op = models.DateTimeField("ingeschreven op")
    bevestigd_op = models.DateTimeField("plaats gekregen op", null=True, blank=True)
    geannuleerd_op = models.DateTimeField("geannuleerd op", null=True, blank=True)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingeschreven door",
        help_text="Leeg: de bewoner zelf.",
    )
    herinnerd_voor = models.DateTimeField("herinnerd aan het begin op", null=True, blank=True, editable=False)
    gewist_op = models.DateTimeField("gegevens gewist op", null=True, blank=True)

    objects = InschrijvingQuerySet.as_manager()

    class Meta:
        verbose_name = "inschrijving"
        verbose_name_plural = "inschrijvingen"
        ordering = ["bijeenkomst", "pk"]
        indexes = [
            models.Index(fields=["bijeenkomst", "status", "id"], name="inschrijving_in_order"),
            models.Index(fields=["bijeenkomst"], condition=Q(gewist_op__isnull=True), name="inschrijving_named"),
        ]
        constraints = [
            models.UniqueConstraint(
                F("bijeenkomst"),
                Lower("email"),
                condition=~Q(email="") & ~Q(status="geannuleerd"),
                name="inschrijving_once_per_address",
            ),
            models.CheckConstraint(condition=Q(aantal__gte=1), name="inschrijving_somebody"),
            models.CheckConstraint(
                condition=~Q(status="bevestigd") | Q(bevestigd_op__isnull=False), name="inschrijving_confirmed_when"
            ),
            models.CheckConstraint(
                condition=Q(status="geannuleerd", geannuleerd_op__isnull=False)
                | ~Q(status="geannuleerd") & Q(geannuleerd_op__isnull=True),
                name="inschrijving_cancelled_when",
            ),
        ]
        triggers = [pgtrigger.FSM(name="inschrijving_steps", field="status", transitions=place_pairs())]

    def __str__(self) -> str:
        return f"inschrijving {self.pk}"

    @property
    def is_bevestigd(self) -> bool:
        return self.status == Plaats.BEVESTIGD

    @property
    def is_wachtend(self) -> bool:
        return self.status == Plaats.WACHTLIJST

    @property
    def is_geannuleerd(self) -> bool:
        return self.status == Plaats.GEANNULEERD

    @property
    def heeft_nood(self) -> bool:
        """Whether the organiser has something to see to for them."""
        return bool(self.tolktaal or self.kinderen or self.rolstoel or self.gebarentaal or self.andere_nood)
