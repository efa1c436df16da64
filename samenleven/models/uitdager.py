"""Who holds the conversations: the person, apart from the counts of the diversity matrix; and the training."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek
from wijken.models import Wijk

from ..states.uitdager import Status, pairs
from .traject import Profielgroep, Traject

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker
    from wijken.rules import Bereik


class UitdagerQuerySet(models.QuerySet["Uitdager"]):
    def visible_to(self, user: Gebruiker, reach: Bereik) -> UitdagerQuerySet:
        """Whom this member of staff may see; the twin of `rules.may_see_uitdager`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "samenlevingscoördinator", "lezer"}:
            return self.all()
        mine = Q(coach__in=reach.gebruiker_ids)
        if "wijkmanager" in user.rollen:
            mine |= Q(wijk__in=reach.wijk_ids)
        return self.filter(mine)

    def active(self) -> UitdagerQuerySet:
        return self.filter(status=Status.ACTIEF)

    def confirmed(self) -> UitdagerQuerySet:
        """Whose mail address was confirmed: the others may not be people at all."""
        return self.exclude(status=Status.AANGEMELD)


@historiek.track(exclude=["sleutel", "naam", "email", "telefoon", "motivatie", "heeft_matrix_gehad", "versie"])
class Uitdager(models.Model):
    """A volunteer who brings people together for a good conversation. Nothing here says what somebody is."""

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="uitdagers", verbose_name="traject")
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    inzending = models.UUIDField("inzending", unique=True, default=uuid.uuid4, editable=False)
    naam = models.CharField("naam", max_length=120, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    telefoon = models.CharField("telefoonnummer", max_length=30, blank=True)
    taal = models.CharField("taal van de mails", max_length=2, choices=settings.LANGUAGES, default="nl")
    wijk = models.ForeignKey(
        Wijk, models.SET_NULL, null=True, blank=True, related_name="uitdagers", verbose_name="wijk"
    )
    motivatie = models.TextField("waarover en met wie je wilt praten", max_length=1500, blank=True)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.AANGEMELD)
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="coach",
        help_text="De collega die deze uitdager bijstaat.",
    )
    aangemeld_op = models.DateTimeField("aangemeld op")
    bevestigd_op = models.DateTimeField("e-mailadres bevestigd op", null=True, blank=True)
    begonnen_op = models.DateTimeField("begonnen op", null=True, blank=True)
    voorbij_op = models.DateTimeField("gestopt op", null=True, blank=True)
    bedankt_op = models.DateTimeField("bedankt op", null=True, blank=True)
    gewist_op = models.DateTimeField("gegevens gewist op", null=True, blank=True)
    # Whether the counts were asked, so that nobody is counted twice; what was answered is not here, nor when.
    heeft_matrix_gehad = models.BooleanField("matrix gehad", default=False, editable=False)
    is_demo = models.BooleanField("demo", default=False, help_text="Deze persoon is verzonnen.")
    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    objects = UitdagerQuerySet.as_manager()

    class Meta:
        verbose_name = "uitdager"
        verbose_name_plural = "uitdagers"
        ordering = ["-aangemeld_op", "-pk"]
        indexes = [
            models.Index(fields=["traject", "status"], name="uitdager_by_status"),
            models.Index(fields=["voorbij_op"], name="uitdager_over", condition=Q(gewist_op__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["aangemeld", "ingetrokken"]) | Q(bevestigd_op__isnull=False),
                name="uitdager_confirmed_first",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["niet_gekozen", "gestopt", "ingetrokken"], voorbij_op__isnull=False)
                | ~Q(status__in=["niet_gekozen", "gestopt", "ingetrokken"]) & Q(voorbij_op__isnull=True),
                name="uitdager_over_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(gewist_op__isnull=True) | Q(naam="", email="", telefoon="", motivatie=""),
                name="uitdager_wiped_is_empty",
            ),
        ]
        triggers = [pgtrigger.FSM(name="uitdager_steps", field="status", transitions=pairs())]

    def __str__(self) -> str:
        return self.naam or f"uitdager {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("samenleven:uitdager", args=[self.pk])

    @property
    def is_gewist(self) -> bool:
        return self.gewist_op is not None


class Matrixtelling(models.Model):
    """How many of those who signed up belong to a group: a number beside nobody's name.

    It has no history and no moments on purpose: two lists side by side would tell who is what.
    """

    traject = models.ForeignKey(Traject, models.CASCADE, related_name="matrix", verbose_name="traject")
    groep = models.ForeignKey(Profielgroep, models.PROTECT, related_name="+", verbose_name="groep")
    aantal = models.PositiveIntegerField("aantal", default=0)

    class Meta:
        verbose_name = "telling van de diversiteitsmatrix"
        verbose_name_plural = "tellingen van de diversiteitsmatrix"
        ordering = ["traject", "groep"]
        constraints = [models.UniqueConstraint(fields=["traject", "groep"], name="matrixtelling_once")]

    def __str__(self) -> str:
        return str(self.groep)


@historiek.track()
class Vorming(models.Model):
    """A training for uitdagers, on theme or on method."""

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="vormingen", verbose_name="traject")
    titel = models.CharField("titel", max_length=120)
    inhoud = models.TextField("wat je er leert", max_length=3000, blank=True)
    begin = models.DateTimeField("begin")
    einde = models.DateTimeField("einde")
    locatie = models.CharField("plaats", max_length=160)
    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    class Meta:
        verbose_name = "vorming"
        verbose_name_plural = "vormingen"
        ordering = ["-begin", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(einde__gt=F("begin")),
                name="vorming_ends_after_begin",
                violation_error_message="Het einde ligt niet na het begin.",
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("samenleven:vorming", args=[self.pk])


@historiek.track()
class Vormingsdeelname(models.Model):
    """An uitdager who is asked for a training, and whether they came."""

    vorming = models.ForeignKey(Vorming, models.CASCADE, related_name="deelnames", verbose_name="vorming")
    uitdager = models.ForeignKey(Uitdager, models.CASCADE, related_name="vormingen", verbose_name="uitdager")
    was_er = models.BooleanField("was er", null=True, blank=True, help_text="Leeg: nog niet aangeduid.")

    class Meta:
        verbose_name = "deelname aan een vorming"
        verbose_name_plural = "deelnames aan vormingen"
        ordering = ["vorming", "pk"]
        constraints = [models.UniqueConstraint(fields=["vorming", "uitdager"], name="vormingsdeelname_once")]

    def __str__(self) -> str:
        return f"{self.uitdager} in {self.vorming}"
