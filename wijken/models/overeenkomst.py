"""What the city agreed on with external organisations for its wijken, and what they report of it twice a year."""

from __future__ import annotations

import uuid
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek

from ..states.netwerk import (
    OVEREENKOMST_STEPS,
    VERSLAG_STEPS,
    Overeenkomststatus,
    Verslagstatus,
    pairs,
)
from .gebied import Wijk
from .netwerk import Partnerpersoon
from .partner import Partner


class Buurtwerkthema(models.TextChoices):
    """What external organisations of buurtwerk are asked to work on."""

    ONTMOETING = "ontmoeting", "ontmoeting"
    BETROKKENHEID = "betrokkenheid", "betrokkenheid van moeilijk bereikbare doelgroepen"
    VORMING = "vorming", "vorming"


class OvereenkomstQuerySet(models.QuerySet["Samenwerkingsovereenkomst"]):
    def running(self) -> OvereenkomstQuerySet:
        return self.filter(status=Overeenkomststatus.LOPEND)

    def visible_to(self, user: Any, reach: Any) -> OvereenkomstQuerySet:
        """What this member of staff may see; the twin of `rules.may_see_agreement`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "lezer"}:
            return self.all()
        there = Samenwerkingsovereenkomst.wijken.through.objects.filter(
            samenwerkingsovereenkomst=models.OuterRef("pk"), wijk__in=reach.wijk_ids
        )
        return self.filter(models.Exists(there) | Q(verantwoordelijke__in=reach.gebruiker_ids))


@historiek.track()
class Samenwerkingsovereenkomst(models.Model):
    """An agreement with an external organisation of buurtwerk: for which wijken, what, and for how much."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="overeenkomsten", verbose_name="partner")
    titel = models.CharField("waarover", max_length=160)
    van = models.DateField("van")
    tot = models.DateField("tot en met")
    bedrag = models.DecimalField("bedrag (€)", max_digits=11, decimal_places=2)
    wijken = models.ManyToManyField(Wijk, related_name="overeenkomsten", verbose_name="wijken")
    themas = ArrayField(models.CharField(max_length=14, choices=Buurtwerkthema), verbose_name="thema's")
    toelichting = models.TextField("toelichting", blank=True, max_length=4000)
    verantwoordelijke = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="overeenkomsten",
        verbose_name="wie het volgt",
        help_text="Leeg: de wijkmanagers van de wijken.",
    )
    persoon = models.ForeignKey(
        Partnerpersoon,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="overeenkomsten",
        verbose_name="contactpersoon",
        help_text="Krijgt de link naar het verslag. Leeg: het adres van de partner.",
    )
    status = models.CharField("stand", max_length=12, choices=Overeenkomststatus, default=Overeenkomststatus.ONTWERP)
    reden = models.TextField("reden van het stopzetten", blank=True, max_length=2000)
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gemaakt door"
    )
    versie = models.PositiveIntegerField("versie", default=1)

    objects = OvereenkomstQuerySet.as_manager()

    class Meta:
        verbose_name = "samenwerkingsovereenkomst"
        verbose_name_plural = "samenwerkingsovereenkomsten"
        ordering = ["-van", "-pk"]
        indexes = [models.Index(fields=["status", "tot"], name="overeenkomst_by_end")]
        constraints = [
            models.CheckConstraint(condition=Q(tot__gte=F("van")), name="overeenkomst_period"),
            models.CheckConstraint(condition=Q(bedrag__gte=0), name="overeenkomst_amount"),
            models.CheckConstraint(condition=Q(themas__len__gte=1), name="overeenkomst_has_a_theme"),
            models.CheckConstraint(
                condition=Q(themas__contained_by=Buurtwerkthema.values), name="overeenkomst_known_themes"
            ),
            models.CheckConstraint(
                condition=~Q(status=Overeenkomststatus.STOPGEZET) | ~Q(reden=""), name="overeenkomst_stopped_why"
            ),
        ]
        triggers = [pgtrigger.FSM(name="overeenkomst_steps", field="status", transitions=pairs(OVEREENKOMST_STEPS))]

    def __str__(self) -> str:
        return f"{self.partner}: {self.titel}"

    def get_absolute_url(self) -> str:
        return reverse("wijken:agreement", args=[self.pk])

    @property
    def thema_namen(self) -> list[str]:
        return [str(Buurtwerkthema(code).label) for code in self.themas]

    @property
    def is_lopend(self) -> bool:
        return self.status == Overeenkomststatus.LOPEND

    @property
    def is_ontwerp(self) -> bool:
        return self.status == Overeenkomststatus.ONTWERP


@historiek.track()
class Gevraagdresultaat(models.Model):
    """A result that the agreement asks, with the number to reach when it can be counted."""

    overeenkomst = models.ForeignKey(
        Samenwerkingsovereenkomst, models.CASCADE, related_name="resultaten", verbose_name="overeenkomst"
    )
    thema = models.CharField("thema", max_length=14, choices=Buurtwerkthema)
    tekst = models.CharField("gevraagd resultaat", max_length=200)
    doel = models.PositiveIntegerField("hoeveel", null=True, blank=True, help_text="Leeg: niet te tellen.")
    eenheid = models.CharField(
        "waarvan", max_length=40, blank=True, help_text="Bijvoorbeeld: deelnemers, activiteiten."
    )

    class Meta:
        verbose_name = "gevraagd resultaat"
        verbose_name_plural = "gevraagde resultaten"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(thema__in=Buurtwerkthema.values), name="resultaat_known_theme"),
        ]

    def __str__(self) -> str:
        return self.tekst


@historiek.track(exclude=["sleutel", "tekst", "vraag"])
class Halfjaarverslag(models.Model):
    """What the organisation reports of half a year, through a signed link. Until it is sent in, it is a draft."""

    overeenkomst = models.ForeignKey(
        Samenwerkingsovereenkomst, models.CASCADE, related_name="verslagen", verbose_name="overeenkomst"
    )
    van = models.DateField("over de periode van")
    tot = models.DateField("tot en met")
    uiterlijk = models.DateField("verwacht tegen")
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    status = models.CharField("stand", max_length=10, choices=Verslagstatus, default=Verslagstatus.GEPLAND)
    tekst = models.TextField("verhaal van het half jaar", blank=True, max_length=6000)
    vraag = models.TextField("vraag van de stad", blank=True, max_length=2000)
    gevraagd_op = models.DateTimeField("gevraagd op", null=True, blank=True)
    ingediend_op = models.DateTimeField("ingediend op", null=True, blank=True)
    nagekeken_op = models.DateTimeField("nagekeken op", null=True, blank=True)
    nagekeken_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="nagekeken door",
    )
    herinneringen = models.PositiveSmallIntegerField("herinneringen", default=0)

    class Meta:
        verbose_name = "halfjaarverslag"
        verbose_name_plural = "halfjaarverslagen"
        ordering = ["van", "pk"]
        indexes = [models.Index(fields=["status", "uiterlijk"], name="verslag_due")]
        constraints = [
            models.UniqueConstraint(fields=["overeenkomst", "van"], name="verslag_once_per_period"),
            models.CheckConstraint(condition=Q(tot__gte=F("van"), uiterlijk__gt=F("tot")), name="verslag_period"),
            models.CheckConstraint(
                condition=~Q(status__in=[Verslagstatus.INGEDIEND, Verslagstatus.AANVAARD])
                | Q(ingediend_op__isnull=False),
                name="verslag_sent_has_moment",
            ),
        ]
        triggers = [pgtrigger.FSM(name="verslag_steps", field="status", transitions=pairs(VERSLAG_STEPS))]

    def __str__(self) -> str:
        return f"Verslag {self.van:%m/%Y} – {self.tot:%m/%Y} van {self.overeenkomst}"

    @property
    def is_in(self) -> bool:
        """Whether it was sent in: only then anybody of the city reads it."""
        return self.status in (Verslagstatus.INGEDIEND, Verslagstatus.AANVAARD)


class Verslagregel(models.Model):
    """What was reached of one result in one half year; what was typed stays, sent or not."""

    verslag = models.ForeignKey(Halfjaarverslag, models.CASCADE, related_name="regels", verbose_name="verslag")
    resultaat = models.ForeignKey(
        Gevraagdresultaat, models.CASCADE, related_name="regels", verbose_name="gevraagd resultaat"
    )
    aantal = models.PositiveIntegerField("bereikt", null=True, blank=True)
    tekst = models.TextField("hoe het ging", blank=True, max_length=2000)

    class Meta:
        verbose_name = "regel van een verslag"
        verbose_name_plural = "regels van een verslag"
        ordering = ["resultaat_id"]
        constraints = [models.UniqueConstraint(fields=["verslag", "resultaat"], name="verslagregel_once")]

    def __str__(self) -> str:
        return f"{self.resultaat}: {self.aantal}"
