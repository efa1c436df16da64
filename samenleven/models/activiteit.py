"""Proposals for activities, by residents and organisations. What is accepted becomes a meeting of `wijken`."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kern import historiek
from wijken.models import Bijeenkomst, Wijk

from ..states.activiteit import Status, pairs

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker
    from wijken.rules import Bereik


class ActiviteitvoorstelQuerySet(models.QuerySet["Activiteitvoorstel"]):
    def visible_to(self, user: Gebruiker, reach: Bereik) -> ActiviteitvoorstelQuerySet:
        """Which proposals this member of staff may see; the twin of `rules.bruggen.may_see`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "samenlevingscoördinator", "lezer"}:
            return self.all()
        if "wijkmanager" in user.rollen:
            return self.filter(wijk__in=reach.wijk_ids)
        return self.none()

    def confirmed(self) -> ActiviteitvoorstelQuerySet:
        """Whose mail address was confirmed: the others may not be of people at all."""
        return self.exclude(status=Status.AANGEMELD)


@historiek.track(exclude=["sleutel", "inzending", "naam", "email", "telefoon", "organisatie", "versie"])
class Activiteitvoorstel(models.Model):
    """An activity that a resident or an organisation wants to hold."""

    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    inzending = models.UUIDField("inzending", unique=True, default=uuid.uuid4, editable=False)
    titel = models.CharField("titel", max_length=120)
    beschrijving = models.TextField("wat er gebeurt en voor wie", max_length=3000)
    ontmoeting = models.TextField("wie elkaar leert kennen", max_length=1000, blank=True)
    wijk = models.ForeignKey(
        Wijk, models.SET_NULL, null=True, blank=True, related_name="activiteitvoorstellen", verbose_name="wijk"
    )
    wanneer = models.CharField("wanneer", max_length=200)
    waar = models.CharField("waar", max_length=200, blank=True)
    verwacht = models.PositiveIntegerField("hoeveel mensen verwacht", null=True, blank=True)
    kosten = models.DecimalField("geraamde kosten in euro", max_digits=9, decimal_places=2, null=True, blank=True)
    nodig = models.TextField("wat nodig is van de stad", max_length=1000, blank=True)

    naam = models.CharField("naam", max_length=120, blank=True)
    organisatie = models.CharField("organisatie", max_length=160, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    telefoon = models.CharField("telefoonnummer", max_length=30, blank=True)
    taal = models.CharField("taal van de mails", max_length=2, choices=settings.LANGUAGES, default="nl")

    status = models.CharField("status", max_length=12, choices=Status, default=Status.AANGEMELD)
    gedaan_op = models.DateTimeField("voorgesteld op")
    bevestigd_op = models.DateTimeField("e-mailadres bevestigd op", null=True, blank=True)
    beslist_op = models.DateTimeField("beslist op", null=True, blank=True)
    reden = models.TextField("waarom (niet)", max_length=1000, blank=True, help_text="Leest wie het voorstelde.")
    bijeenkomst = models.ForeignKey(
        Bijeenkomst, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="activiteit"
    )
    gewist_op = models.DateTimeField("gegevens gewist op", null=True, blank=True)
    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    objects = ActiviteitvoorstelQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel voor een activiteit"
        verbose_name_plural = "voorstellen voor activiteiten"
        ordering = ["-gedaan_op", "-pk"]
        indexes = [models.Index(fields=["status", "gedaan_op"], name="activiteitvoorstel_by_status")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["aangemeld", "ingetrokken"]) | Q(bevestigd_op__isnull=False),
                name="activiteitvoorstel_confirmed_first",
            ),
            models.CheckConstraint(
                condition=~Q(status="geweigerd") | ~Q(reden=""), name="activiteitvoorstel_refused_why"
            ),
            models.CheckConstraint(
                condition=Q(gewist_op__isnull=True) | Q(naam="", email="", telefoon="", organisatie=""),
                name="activiteitvoorstel_wiped_is_empty",
            ),
        ]
        triggers = [pgtrigger.FSM(name="activiteitvoorstel_steps", field="status", transitions=pairs())]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("samenleven:activiteit_werk", args=[self.pk])

    @property
    def is_gewist(self) -> bool:
        return self.gewist_op is not None
