"""The action plan: which knelpunten are solved in which year, within which budget, version by version."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek
from wijken.models import Team

from ..rules.monitoring import FIRST_YEAR
from ..states import Planstatus, plan_pairs
from .bevinding import Knelpunt
from .niveau import Woonzorgzone

YEARS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(2200)]


class ActieplanQuerySet(models.QuerySet["Actieplan"]):
    def public(self) -> ActieplanQuerySet:
        """What the city decided and still holds."""
        return self.filter(status=Planstatus.VASTGESTELD)


# What belongs to a version that was decided does not change, unless an account or a team disappears.
FROZEN = """
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - ARRAY['dienst_id', 'verantwoordelijke_id']
        = to_jsonb(OLD) - ARRAY['dienst_id', 'verantwoordelijke_id'] THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1 FROM toegankelijkheid_actieplan WHERE id IN (NEW.plan_id, OLD.plan_id) AND status <> 'concept'
    ) THEN
        RAISE EXCEPTION 'this version of the action plan was decided and does not change'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


def _freezes(name: str) -> pgtrigger.Trigger:
    every = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    return pgtrigger.Trigger(name=name, when=pgtrigger.Before, operation=every, func=FROZEN)


@historiek.track(exclude=["versie"])
class Actieplan(models.Model):
    """One version of an action plan. Versions of the same plan share `slug`; `nummer` counts them."""

    naam = models.CharField("naam", max_length=120)
    slug = models.SlugField("naam in het adres", max_length=120)
    nummer = models.PositiveSmallIntegerField("versie", default=1)
    inleiding = models.TextField(
        "inleiding", blank=True, max_length=2000, help_text="Staat boven de openbare pagina, in gewone taal."
    )
    van_jaar = models.PositiveSmallIntegerField("eerste jaar", validators=YEARS)
    tot_jaar = models.PositiveSmallIntegerField("laatste jaar", validators=YEARS)
    zones = models.ManyToManyField(
        Woonzorgzone,
        blank=True,
        related_name="actieplannen",
        verbose_name="woonzorgzones",
        help_text="Niets gekozen: de hele stad.",
    )
    waar = models.TextField(
        "waar het over gaat",
        blank=True,
        help_text="De zones, zoals ze heetten toen het plan vastgesteld werd.",
    )
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wie het plan beheert",
    )
    status = models.CharField("status", max_length=12, choices=Planstatus, default=Planstatus.CONCEPT)
    vastgesteld_op = models.DateField("vastgesteld op", null=True, blank=True)
    vastgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vastgesteld door",
    )
    besluit = models.CharField(
        "besluit", max_length=200, blank=True, help_text="Bijvoorbeeld: college van 12 maart, punt 4."
    )
    gemaakt_op = models.DateTimeField("gemaakt op")
    versie = models.PositiveIntegerField("wijziging", default=1)

    objects = ActieplanQuerySet.as_manager()

    class Meta:
        verbose_name = "actieplan"
        verbose_name_plural = "actieplannen"
        ordering = ["naam", "-nummer"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "nummer"], name="actieplan_version_once"),
            models.UniqueConstraint(fields=["slug"], condition=Q(status="concept"), name="actieplan_one_concept"),
            models.UniqueConstraint(fields=["slug"], condition=Q(status="vastgesteld"), name="actieplan_one_in_force"),
            models.CheckConstraint(condition=Q(tot_jaar__gte=F("van_jaar")), name="actieplan_years"),
            models.CheckConstraint(
                condition=Q(status="concept", vastgesteld_op__isnull=True)
                | ~Q(status="concept") & Q(vastgesteld_op__isnull=False),
                name="actieplan_decided_when",
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="actieplan_steps", field="status", transitions=plan_pairs()),
            pgtrigger.Trigger(
                name="actieplan_decided_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__status="concept"),
                func="""
                    IF TG_OP = 'UPDATE' AND NEW.status <> OLD.status
                        AND to_jsonb(NEW) - ARRAY['status', 'versie'] = to_jsonb(OLD) - ARRAY['status', 'versie'] THEN
                        RETURN NEW;
                    END IF;
                    IF TG_OP = 'UPDATE'
                        AND to_jsonb(NEW) - ARRAY['eigenaar_id', 'vastgesteld_door_id']
                            = to_jsonb(OLD) - ARRAY['eigenaar_id', 'vastgesteld_door_id'] THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'version % of the action plan was decided and does not change', OLD.id
                        USING ERRCODE = 'integrity_constraint_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.naam}, versie {self.nummer}"

    def get_absolute_url(self) -> str:
        return reverse("toegankelijkheid:action_plan", args=[self.pk])

    @property
    def is_concept(self) -> bool:
        return self.status == Planstatus.CONCEPT

    @property
    def jaren(self) -> range:
        """The years of the plan."""
        return range(self.van_jaar, self.tot_jaar + 1)


class Planbudget(models.Model):
    """What can be spent in one year of a plan. A year without a row has no limit."""

    plan = models.ForeignKey(Actieplan, models.CASCADE, related_name="budgetten", verbose_name="actieplan")
    jaar = models.PositiveSmallIntegerField("jaar", validators=YEARS)
    bedrag = models.PositiveIntegerField("budget (euro)")

    class Meta:
        verbose_name = "budget van een jaar"
        verbose_name_plural = "budgetten"
        ordering = ["jaar"]
        constraints = [models.UniqueConstraint(fields=["plan", "jaar"], name="planbudget_once_a_year")]
        triggers = [_freezes("planbudget_frozen")]

    def __str__(self) -> str:
        return f"{self.jaar}: {self.bedrag} euro"


class Planregel(models.Model):
    """One knelpunt in a plan. What it was called and who would do it is kept as it was when the plan was decided."""

    plan = models.ForeignKey(Actieplan, models.CASCADE, related_name="regels", verbose_name="actieplan")
    knelpunt = models.ForeignKey(Knelpunt, models.PROTECT, related_name="planregels", verbose_name="knelpunt")
    jaar = models.PositiveSmallIntegerField("jaar", null=True, blank=True, validators=YEARS)
    is_gekozen = models.BooleanField(
        "jaar met de hand gekozen", default=False, help_text="Dan blijft het jaar staan als het plan verdeeld wordt."
    )
    volgorde = models.PositiveIntegerField("volgorde", default=0)
    kost_laag = models.PositiveIntegerField("kost, laag geschat (euro)", null=True, blank=True)
    kost_hoog = models.PositiveIntegerField("kost, hoog geschat (euro)", null=True, blank=True)
    dienst = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="verantwoordelijke dienst"
    )
    verantwoordelijke = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="verantwoordelijke",
    )
    # As it was decided; empty in a concept, which shows the knelpunt itself.
    titel = models.CharField("titel", max_length=200, blank=True)
    adres = models.CharField("plaats", max_length=200, blank=True)
    oplossing = models.TextField("oplossing", blank=True)
    thema = models.CharField("thema", max_length=40, blank=True)
    prioriteit = models.CharField("prioriteit", max_length=8, blank=True)
    wie = models.CharField("wie", max_length=200, blank=True)

    class Meta:
        verbose_name = "regel van een actieplan"
        verbose_name_plural = "regels van een actieplan"
        ordering = [F("jaar").asc(nulls_last=True), "volgorde", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "knelpunt"], name="planregel_once"),
            models.CheckConstraint(
                condition=Q(kost_laag__isnull=True) | Q(kost_hoog__isnull=True) | Q(kost_hoog__gte=F("kost_laag")),
                name="planregel_cost_range",
            ),
        ]
        triggers = [_freezes("planregel_frozen")]

    def __str__(self) -> str:
        return f"{self.knelpunt}: {self.jaar or 'nog geen jaar'}"

    def is_late(self, on: date) -> bool:
        """Whether its year is over and it was not carried out."""
        return self.jaar is not None and self.jaar < on.year and self.knelpunt.is_open
