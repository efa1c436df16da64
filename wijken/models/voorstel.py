"""A proposal for an action: what it would be, what others think of it, and what was decided."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kern import historiek

from ..states.draad import ACCEPTED, DECIDED, VOORSTEL_STEPS, Voorstelstatus, pairs
from .gebied import Wijk
from .partner import Partner
from .programma import Beleidsdomein, Doelstelling
from .team import Team

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from ..rules import Bereik

_DECIDED = Q(status__in=sorted(DECIDED))


class Looptijd(models.TextChoices):
    """How long something may take, in the words of the source page."""

    KT = "kt", "korte termijn"
    MLT = "mlt", "middellange termijn"
    LT = "lt", "lange termijn"


class ActievoorstelQuerySet(models.QuerySet["Actievoorstel"]):
    def visible_to(self, user: Gebruiker, reach: Bereik) -> ActievoorstelQuerySet:
        """What this member of staff may see: of their wijken, and what their team is asked about.

        The twin of `rules.may_see_proposal`.
        """
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "lezer"}:
            return self.all()
        asked = Advies.objects.filter(voorstel=models.OuterRef("pk"), team__in=reach.team_ids, is_gevraagd=True)
        return self.filter(Q(wijk__in=reach.wijk_ids) | models.Exists(asked))


@historiek.track()
class Actievoorstel(models.Model):
    """A proposal for an action in a wijk. The needs it answers are rows of the red thread (`Draad`)."""

    Status = Voorstelstatus

    wijk = models.ForeignKey(Wijk, models.PROTECT, related_name="actievoorstellen", verbose_name="wijk")
    titel = models.CharField("titel", max_length=160)
    voorstel = models.TextField("wat stel je voor?", max_length=6000, help_text="Wat, waar, met wie en waarom dit.")
    looptijd = models.CharField("looptijd", max_length=3, choices=Looptijd, default=Looptijd.KT)
    raming = models.DecimalField("raming (euro)", max_digits=11, decimal_places=2, null=True, blank=True)
    status = models.CharField("status", max_length=12, choices=Voorstelstatus, default=Voorstelstatus.CONCEPT)
    advies_tegen = models.DateField("meningen verwacht tegen", null=True, blank=True)
    domeinen = models.ManyToManyField(
        Beleidsdomein, blank=True, related_name="actievoorstellen", verbose_name="beleidsdomeinen"
    )
    doelstellingen = models.ManyToManyField(
        Doelstelling, blank=True, related_name="actievoorstellen", verbose_name="doelstellingen"
    )
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="gemaakt door"
    )
    beslist_op = models.DateTimeField("beslist op", null=True, blank=True)
    beslist_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="beslist door"
    )
    beslist_in = models.CharField(
        "beslist in", max_length=120, blank=True, help_text="Bijvoorbeeld: het college, of het overleg van de wijk."
    )
    reden = models.TextField("waarom zo beslist", blank=True, max_length=2000)
    uitkomst = models.TextField("wat bewoners ervan horen", blank=True, max_length=2000)
    versie = models.PositiveIntegerField("versie", default=1)

    objects = ActievoorstelQuerySet.as_manager()

    class Meta:
        verbose_name = "actievoorstel"
        verbose_name_plural = "actievoorstellen"
        ordering = ["-gemaakt_op", "-pk"]
        indexes = [
            models.Index(fields=["wijk", "status", "-id"], name="voorstel_of_wijk"),
            models.Index(fields=["status", "-id"], name="voorstel_by_status"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Voorstelstatus.values), name="voorstel_known_status"),
            models.CheckConstraint(
                condition=_DECIDED & Q(beslist_op__isnull=False) & ~Q(reden="")
                | ~_DECIDED & Q(beslist_op__isnull=True),
                name="voorstel_decided_when_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=Voorstelstatus.OVERLEG) | Q(advies_tegen__isnull=False), name="voorstel_has_term"
            ),
            models.CheckConstraint(condition=Q(raming__isnull=True) | Q(raming__gte=0), name="voorstel_cost"),
        ]
        triggers = [pgtrigger.FSM(name="voorstel_steps", field="status", transitions=pairs(VOORSTEL_STEPS))]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("wijken:proposal", args=[self.pk])

    @property
    def is_concept(self) -> bool:
        return self.status == Voorstelstatus.CONCEPT

    @property
    def in_overleg(self) -> bool:
        return self.status == Voorstelstatus.OVERLEG

    @property
    def is_beslist(self) -> bool:
        return self.status in DECIDED

    @property
    def is_aanvaard(self) -> bool:
        return self.status in ACCEPTED


class AdviesQuerySet(models.QuerySet["Advies"]):
    def waiting(self) -> AdviesQuerySet:
        """What was asked about a proposal that is still talked about, and has no answer."""
        return self.filter(is_gevraagd=True, gegeven_op__isnull=True, voorstel__status=Voorstelstatus.OVERLEG)


@historiek.track(exclude=["sleutel", "tekst", "naam"])
class Advies(models.Model):
    """What one partner or one service thinks of a proposal. `sleutel` opens the partner's page, in a signed link."""

    class Standpunt(models.TextChoices):
        AKKOORD = "akkoord", "akkoord"
        MITS = "mits", "akkoord, op voorwaarde"
        NIET = "niet", "niet akkoord"
        GEEN = "geen", "geen mening"

    voorstel = models.ForeignKey(Actievoorstel, models.CASCADE, related_name="adviezen", verbose_name="voorstel")
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="adviezen", verbose_name="partner"
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="adviezen", verbose_name="dienst"
    )
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    is_gevraagd = models.BooleanField("gevraagd", default=False, help_text="Nee: gekozen, maar de vraag is niet weg.")
    gevraagd_op = models.DateTimeField("gevraagd op", null=True, blank=True)
    uiterlijk = models.DateField("verwacht tegen", null=True, blank=True)
    herinneringen = models.PositiveSmallIntegerField("herinneringen", default=0)
    standpunt = models.CharField("standpunt", max_length=10, choices=Standpunt, blank=True)
    tekst = models.TextField("toelichting", blank=True, max_length=4000)
    naam = models.CharField("gegeven door", max_length=100, blank=True)
    gegeven_op = models.DateTimeField("gegeven op", null=True, blank=True)
    gegeven_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="collega"
    )

    objects = AdviesQuerySet.as_manager()

    class Meta:
        verbose_name = "mening over een voorstel"
        verbose_name_plural = "meningen over voorstellen"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=True, team__isnull=False) | Q(partner__isnull=False, team__isnull=True),
                name="advies_of_a_partner_or_a_team",
            ),
            models.UniqueConstraint(fields=["voorstel", "partner"], name="advies_partner_once"),
            models.UniqueConstraint(fields=["voorstel", "team"], name="advies_team_once"),
            models.CheckConstraint(
                condition=Q(gegeven_op__isnull=True, standpunt="") | Q(gegeven_op__isnull=False) & ~Q(standpunt=""),
                name="advies_given_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(is_gevraagd=False) | Q(gevraagd_op__isnull=False, uiterlijk__isnull=False),
                name="advies_asked_has_term",
            ),
        ]
        indexes = [
            models.Index(
                fields=["uiterlijk"], name="advies_waiting", condition=Q(is_gevraagd=True, gegeven_op__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wie}: {self.get_standpunt_display() or 'nog niet gegeven'}"

    @property
    def wie(self) -> str:
        """The partner or the service."""
        return str(self.partner or self.team)

    def is_late(self, on: date) -> bool:
        """Whether it was not there on its day: still not given, or given after it."""
        if not self.is_gevraagd or self.uiterlijk is None:
            return False
        return (self.gegeven_op.date() if self.gegeven_op else on) > self.uiterlijk
