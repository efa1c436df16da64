"""What the screening found: knelpunten and good examples, and what a second person thinks of them."""

from __future__ import annotations

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
from kern.geo.fields import PuntField
from kern.ogc.models import gevolgd
from wijken.models import Team, Wijk

from ..rules.monitoring import can_work
from ..rules.recht import may_manage
from ..rules.woorden import (
    Dimensie,
    Ernst,
    Groep,
    Haalbaarheid,
    Haalbaarheidsreden,
    Onderwerp,
    Planning,
    Prioriteit,
    Wegbeheerder,
)
from ..states import CLOSED, Knelpuntstatus, Mening, pairs
from .niveau import Kwaliteitsniveau, Woonzorgzone
from .norm import Criterium, Norm
from .object import Meting, Opname, Screeningsobject
from .zicht import visible_where

if TYPE_CHECKING:
    from wijken.queries import Bereik


class BevindingQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any, reach: Bereik) -> BevindingQuerySet:
        """What this member of staff may see; the twin of `rules.recht.may_see`."""
        where = visible_where(user, reach)
        return self.none() if where is None else self.filter(where)

    def public(self) -> BevindingQuerySet:
        """What everybody may see."""
        return self.filter(openbaar=True)


class KnelpuntQuerySet(BevindingQuerySet):
    def visible_to(self, user: Any, reach: Bereik) -> KnelpuntQuerySet:
        """The twin of `rules.monitoring.may_see`: what lies in one's wijken and zones, and what one answers for."""
        where = visible_where(user, reach)
        if where is None:
            return self.none()
        return self.filter(where | _own(reach)) if where else self.all()

    def workable_by(self, user: Any, reach: Bereik) -> KnelpuntQuerySet:
        """What this person may plan and carry out; the twin of `rules.monitoring.may_work_on`."""
        if may_manage(user):
            return self.all()
        return self.filter(_own(reach)) if can_work(user) else self.none()

    def open(self) -> KnelpuntQuerySet:
        return self.exclude(status__in=CLOSED)

    def late(self, on: date) -> KnelpuntQuerySet:
        """What should have been carried out before this day and was not."""
        return self.open().filter(uiterlijk__lt=on).exclude(status=Knelpuntstatus.UITGEVOERD)


def _own(reach: Bereik) -> Q:
    return Q(dienst__in=reach.team_ids) | Q(verantwoordelijke__in=reach.gebruiker_ids)


class Bevinding(models.Model):
    """What a knelpunt and a good example have in common: what was found where."""

    onderwerp = models.CharField("thema", max_length=20, choices=Onderwerp)
    dimensie = models.CharField("DOD", max_length=12, choices=Dimensie, blank=True)
    titel = models.CharField("titel", max_length=200)
    omschrijving = models.TextField("omschrijving", blank=True)
    plaats = PuntField("plaats", null=True, blank=True)
    adres = models.CharField("adres of plaats in woorden", max_length=200, blank=True)
    vastgesteld_op = models.DateField("vastgesteld op", null=True, blank=True)
    openbaar = models.BooleanField("openbaar", default=False, help_text="Iedereen mag dit lezen, zonder namen.")
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name="trefwoorden")
    groepen = ArrayField(
        models.CharField(max_length=20, choices=Groep), default=list, blank=True, verbose_name="wie het raakt"
    )
    gewijzigd_op = models.DateTimeField("laatst gewijzigd op", auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.titel


@gevolgd
@historiek.track(exclude=["versie", "locatiegewicht", "bewoners", "rang"])
class Knelpunt(Bevinding):
    """A row of the monitoring table: what is wrong, and what is done about it."""

    object = models.ForeignKey(
        Screeningsobject, models.PROTECT, null=True, blank=True, related_name="knelpunten", verbose_name="object"
    )
    criterium = models.ForeignKey(
        Criterium, models.PROTECT, null=True, blank=True, related_name="knelpunten", verbose_name="criterium"
    )
    meting = models.ForeignKey(
        Meting, models.SET_NULL, null=True, blank=True, related_name="knelpunten", verbose_name="meting"
    )
    opname = models.ForeignKey(
        Opname, models.SET_NULL, null=True, blank=True, related_name="knelpunten", verbose_name="opname"
    )
    norm = models.ForeignKey(
        Norm, models.SET_NULL, null=True, blank=True, related_name="knelpunten", verbose_name="norm"
    )
    wijk = models.ForeignKey(
        Wijk, models.SET_NULL, null=True, blank=True, related_name="knelpunten", verbose_name="wijk"
    )
    zone = models.ForeignKey(
        Woonzorgzone, models.SET_NULL, null=True, blank=True, related_name="knelpunten", verbose_name="woonzorgzone"
    )
    niveau = models.ForeignKey(
        Kwaliteitsniveau, models.PROTECT, null=True, blank=True, related_name="knelpunten", verbose_name="niveau"
    )
    wegbeheerder = models.CharField("wegbeheerder", max_length=10, choices=Wegbeheerder, default=Wegbeheerder.STAD)
    externe_id = models.CharField("nummer in een ander systeem", max_length=80, null=True, blank=True, unique=True)

    # The finding.
    vereist = models.CharField("gevraagd", max_length=60, blank=True)
    gemeten = models.DecimalField("gemeten", max_digits=10, decimal_places=3, null=True, blank=True)
    eenheid = models.CharField("eenheid", max_length=10, blank=True)
    afwijking = models.DecimalField("afwijking", max_digits=10, decimal_places=3, null=True, blank=True)
    ernst = models.PositiveSmallIntegerField("ernst", choices=Ernst, default=Ernst.MOEILIJK)
    is_tijdelijk = models.BooleanField("tijdelijk", default=False)
    tijdelijk_tot = models.DateField("tijdelijk, tot", null=True, blank=True)
    alternatief = models.BooleanField("er is een andere route", null=True, blank=True)
    omweg_m = models.PositiveIntegerField("omweg in meter", null=True, blank=True)

    # What is done about it.
    status = models.CharField("status", max_length=16, choices=Knelpuntstatus, default=Knelpuntstatus.VASTGESTELD)
    statusreden = models.TextField("reden van de status", blank=True)
    oplossing = models.TextField("mogelijke oplossing", blank=True)
    haalbaarheid = models.PositiveSmallIntegerField("haalbaarheid", choices=Haalbaarheid, null=True, blank=True)
    haalbaarheidsreden = models.CharField(
        "reden van de haalbaarheid", max_length=14, choices=Haalbaarheidsreden, blank=True
    )
    prioriteit = models.CharField("prioriteit", max_length=8, choices=Prioriteit, blank=True)
    prioriteit_reden = models.CharField(
        "waarom deze prioriteit",
        max_length=300,
        blank=True,
        help_text="Leeg: de prioriteit volgt de formule.",
    )
    # What the formula works with, kept so that a list of any length sorts by it.
    locatiegewicht = models.PositiveSmallIntegerField("gewicht van de plaats", default=0)
    bewoners = models.PositiveSmallIntegerField("bewoners die het meldden", default=0)
    rang = models.PositiveSmallIntegerField("rang", default=0)
    planning = models.CharField("planning", max_length=3, choices=Planning, blank=True)
    planjaar = models.PositiveSmallIntegerField("jaar", null=True, blank=True)
    uiterlijk = models.DateField("termijn", null=True, blank=True)
    dienst = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="knelpunten", verbose_name="verantwoordelijke dienst"
    )
    verantwoordelijke = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="knelpunten",
        verbose_name="verantwoordelijke",
    )
    kost_laag = models.PositiveIntegerField("kost, laag geschat (euro)", null=True, blank=True)
    kost_hoog = models.PositiveIntegerField("kost, hoog geschat (euro)", null=True, blank=True)
    budgetlijn = models.CharField("budgetlijn", max_length=60, blank=True)
    subsidie = models.CharField("subsidie", max_length=120, blank=True)
    werkdossier = models.CharField("dossier van de werken", max_length=60, blank=True)
    jaarstappen = models.TextField(
        "stappen per jaar", blank=True, help_text="Nodig als het langer dan een jaar duurt: wat gebeurt wanneer?"
    )
    doorverwezen_naar = models.CharField("doorverwezen naar", max_length=120, blank=True)
    overgedragen_op = models.DateField("overgedragen op", null=True, blank=True)
    # Not to act takes two people: one who gives the reason, and somebody else who agrees.
    niet_reden = models.TextField("waarom niet uitvoeren", blank=True)
    niet_voorgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="niet uitvoeren: voorgesteld door",
    )
    niet_voorgesteld_op = models.DateField("niet uitvoeren: voorgesteld op", null=True, blank=True)
    niet_goedgekeurd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="niet uitvoeren: goedgekeurd door",
    )
    niet_goedgekeurd_op = models.DateField("niet uitvoeren: goedgekeurd op", null=True, blank=True)
    uitgevoerd_op = models.DateField("uitgevoerd op", null=True, blank=True)
    versie = models.PositiveIntegerField("versie", default=1)

    objects = KnelpuntQuerySet.as_manager()

    class Meta:
        verbose_name = "knelpunt"
        verbose_name_plural = "knelpunten"
        ordering = ["-ernst", "-vastgesteld_op", "pk"]
        indexes = [
            GistIndex(fields=["plaats"], name="knelpunt_plaats_gist"),
            # The layer for everybody: a box gives the keys without the rows, and the keys are walked in order.
            GistIndex(fields=["plaats"], name="knelpunt_public_place", include=["id"], condition=Q(openbaar=True)),
            models.Index(fields=["id"], name="knelpunt_public", condition=Q(openbaar=True)),
            # In an index on places those without one are spread over all of it.
            models.Index(
                fields=["id"], name="knelpunt_public_nowhere", condition=Q(openbaar=True, plaats__isnull=True)
            ),
            models.Index(fields=["vastgesteld_op"], name="knelpunt_public_day", condition=Q(openbaar=True)),
            models.Index(fields=["wijk", "status"], name="knelpunt_of_wijk"),
            models.Index(fields=["zone", "status"], name="knelpunt_of_zone"),
            models.Index(fields=["status", "-ernst", "id"], name="knelpunt_by_status"),
            models.Index(fields=["-rang", "-ernst", "id"], name="knelpunt_by_rank"),
            models.Index(fields=["uiterlijk"], name="knelpunt_by_term", condition=Q(uiterlijk__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["object", "criterium"], name="knelpunt_once_per_criterium"),
            models.CheckConstraint(condition=Q(status__in=Knelpuntstatus.values), name="knelpunt_known_status"),
            models.CheckConstraint(condition=Q(ernst__range=(1, 4)), name="knelpunt_severity"),
            models.CheckConstraint(
                condition=~Q(status__in=["niet_uitvoeren", "vervallen"]) | ~Q(statusreden=""),
                name="knelpunt_closed_why",
            ),
            models.CheckConstraint(
                condition=Q(kost_laag__isnull=True)
                | Q(kost_hoog__isnull=True)
                | Q(kost_hoog__gte=models.F("kost_laag")),
                name="knelpunt_cost_range",
            ),
            models.CheckConstraint(
                condition=Q(is_tijdelijk=True) | Q(tijdelijk_tot__isnull=True), name="knelpunt_until"
            ),
            models.CheckConstraint(
                condition=~Q(status="niet_uitvoeren") | Q(niet_goedgekeurd_op__isnull=False),
                name="knelpunt_refusal_approved",
            ),
            models.CheckConstraint(
                condition=~Q(niet_goedgekeurd_door=models.F("niet_voorgesteld_door")),
                name="knelpunt_refusal_by_two",
            ),
        ]
        triggers = [pgtrigger.FSM(name="knelpunt_steps", field="status", transitions=pairs())]

    def get_absolute_url(self) -> str:
        return reverse("toegankelijkheid:finding", args=[self.pk])

    @property
    def ref(self) -> str:
        """What people call it on paper and in the table."""
        return f"GNK-T-{self.pk:04d}"

    @property
    def is_open(self) -> bool:
        return self.status not in CLOSED

    @property
    def waits_for_approval(self) -> bool:
        """Whether somebody proposed not to act, and nobody answered yet."""
        return self.niet_voorgesteld_op is not None and self.niet_goedgekeurd_op is None

    def is_late(self, on: date) -> bool:
        """Whether it should have been carried out before this day; the twin of `late`."""
        done = self.status == Knelpuntstatus.UITGEVOERD or not self.is_open
        return self.uiterlijk is not None and self.uiterlijk < on and not done


@gevolgd
@historiek.track()
class GoedVoorbeeld(Bevinding):
    """Something that works well, to show others how."""

    object = models.ForeignKey(
        Screeningsobject, models.PROTECT, null=True, blank=True, related_name="voorbeelden", verbose_name="object"
    )
    criterium = models.ForeignKey(
        Criterium, models.PROTECT, null=True, blank=True, related_name="voorbeelden", verbose_name="criterium"
    )
    opname = models.ForeignKey(
        Opname, models.SET_NULL, null=True, blank=True, related_name="voorbeelden", verbose_name="opname"
    )
    wijk = models.ForeignKey(
        Wijk, models.SET_NULL, null=True, blank=True, related_name="voorbeelden", verbose_name="wijk"
    )
    zone = models.ForeignKey(
        Woonzorgzone, models.SET_NULL, null=True, blank=True, related_name="voorbeelden", verbose_name="woonzorgzone"
    )
    niveau = models.ForeignKey(
        Kwaliteitsniveau, models.PROTECT, null=True, blank=True, related_name="voorbeelden", verbose_name="niveau"
    )

    objects = BevindingQuerySet.as_manager()

    class Meta:
        verbose_name = "goed voorbeeld"
        verbose_name_plural = "goede voorbeelden"
        ordering = ["-vastgesteld_op", "pk"]
        indexes = [GistIndex(fields=["plaats"], name="voorbeeld_plaats_gist")]
        constraints = [
            models.UniqueConstraint(
                fields=["opname", "criterium"],
                condition=Q(opname__isnull=False),
                name="voorbeeld_once",
                nulls_distinct=False,
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("toegankelijkheid:example", args=[self.pk])


@historiek.track()
class TweedeMening(models.Model):
    """What another person than the surveyor thinks of a finding, having looked at it too."""

    knelpunt = models.ForeignKey(
        Knelpunt, models.CASCADE, null=True, blank=True, related_name="meningen", verbose_name="knelpunt"
    )
    voorbeeld = models.ForeignKey(
        GoedVoorbeeld, models.CASCADE, null=True, blank=True, related_name="meningen", verbose_name="goed voorbeeld"
    )
    mening = models.CharField("mening", max_length=10, choices=Mening)
    toelichting = models.TextField("toelichting", blank=True, max_length=1000)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tweede_meningen", verbose_name="door"
    )
    op = models.DateTimeField("op")

    class Meta:
        verbose_name = "tweede mening"
        verbose_name_plural = "tweede meningen"
        ordering = ["-op", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(knelpunt__isnull=False, voorbeeld__isnull=True)
                | Q(knelpunt__isnull=True, voorbeeld__isnull=False),
                name="mening_of_one_finding",
            ),
            models.UniqueConstraint(fields=["knelpunt", "door"], name="mening_once_on_bottleneck"),
            models.UniqueConstraint(fields=["voorbeeld", "door"], name="mening_once_on_example"),
            models.CheckConstraint(condition=Q(mening="bevestigd") | ~Q(toelichting=""), name="mening_doubt_in_words"),
        ]

    def __str__(self) -> str:
        return f"{self.get_mening_display()} door {self.door}"
