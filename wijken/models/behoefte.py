"""What a wijk needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kern import historiek
from kern.geo.fields import PuntField

from ..states.draad import BEHOEFTE_STEPS, Behoeftestatus, pairs
from .gebied import Wijk
from .programma import Beleidsdomein, Doelstelling

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from .rules import Bereik


class BehoefteQuerySet(models.QuerySet["Behoefte"]):
    def visible_to(self, user: Gebruiker, reach: Bereik) -> BehoefteQuerySet:
        """What this member of staff may see; the twin of `rules.may_see_need`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "lezer"}:
            return self.all()
        return self.filter(wijk__in=reach.wijk_ids)


@historiek.track(exclude=["plaats"])
class Behoefte(models.Model):
    """What a wijk needs: a draft that somebody or the portal makes, which the wijkmanager confirms or rejects.

    What it comes from and what comes of it are rows of the red thread (`Draad`).
    """

    Status = Behoeftestatus

    class Herkomst(models.TextChoices):
        MELDINGEN = "meldingen", "meldingen die terugkomen"
        TEAM = "team", "het team van de wijk"
        CONTACT = "contact", "contactmomenten met bewoners"
        GESPREK = "gesprek", "gesprekken met partners"
        CIJFERS = "cijfers", "cijfers van de wijk"
        SCREENING = "screening", "een screening van de openbare ruimte"

    wijk = models.ForeignKey(Wijk, models.PROTECT, related_name="behoeften", verbose_name="wijk")
    titel = models.CharField("titel", max_length=160)
    toelichting = models.TextField("toelichting", blank=True, max_length=4000)
    status = models.CharField("status", max_length=10, choices=Behoeftestatus, default=Behoeftestatus.CONCEPT)
    herkomst = models.CharField("herkomst", max_length=12, choices=Herkomst, default=Herkomst.TEAM)
    kenmerk = models.CharField(
        "kenmerk",
        max_length=80,
        blank=True,
        help_text="Waaraan wie ze voorstelde ze herkent, zoals de code van een categorie.",
    )
    plaats = PuntField("plaats", null=True, blank=True)
    domeinen = models.ManyToManyField(
        Beleidsdomein, blank=True, related_name="behoeften", verbose_name="beleidsdomeinen"
    )
    doelstellingen = models.ManyToManyField(
        Doelstelling, blank=True, related_name="behoeften", verbose_name="doelstellingen"
    )
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gemaakt door",
        help_text="Leeg: het portaal zelf.",
    )
    besloten_op = models.DateTimeField("besloten op", null=True, blank=True)
    besloten_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="besloten door"
    )
    reden = models.TextField("reden van de beslissing", blank=True, max_length=2000)
    uitkomst = models.TextField("wat bewoners ervan horen", blank=True, max_length=2000)
    versie = models.PositiveIntegerField("versie", default=1)

    objects = BehoefteQuerySet.as_manager()

    class Meta:
        verbose_name = "behoefte"
        verbose_name_plural = "behoeften"
        ordering = ["-gemaakt_op", "-pk"]
        indexes = [
            GistIndex(fields=["plaats"], name="behoefte_plaats_gist"),
            models.Index(fields=["wijk", "status", "-gemaakt_op"], name="behoefte_of_wijk"),
            models.Index(fields=["status", "-gemaakt_op"], name="behoefte_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="concept", besloten_op__isnull=True)
                | ~Q(status="concept") & Q(besloten_op__isnull=False),
                name="behoefte_decided_when",
            ),
            models.CheckConstraint(condition=~Q(status="verworpen") | ~Q(reden=""), name="behoefte_rejected_why"),
        ]
        triggers = [pgtrigger.FSM(name="behoefte_steps", field="status", transitions=pairs(BEHOEFTE_STEPS))]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("wijken:need", args=[self.pk])

    @property
    def is_concept(self) -> bool:
        return self.status == Behoeftestatus.CONCEPT
