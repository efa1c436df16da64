"""The multi-year plan of the city (BBC): objectives, action plans, actions with money per year, and what is tied to it.

Source of the shape and the codes: the rules for the policy and management cycle of local boards (BVR 30 March 2018).
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek

from ..plancode import AP, BD, A
from .programma import Beleidsdomein, Doelstelling


class Meerjarenplan(models.Model):
    """A plan of the city for some years, usually six."""

    naam = models.CharField("naam", max_length=80, unique=True)
    van = models.PositiveSmallIntegerField("eerste jaar")
    tot = models.PositiveSmallIntegerField("laatste jaar")
    toelichting = models.TextField("toelichting", blank=True, max_length=2000)
    is_fictief = models.BooleanField("fictief", default=False, help_text="Alleen voor de demo bedacht.")

    class Meta:
        verbose_name = "meerjarenplan"
        verbose_name_plural = "meerjarenplannen"
        ordering = ["-van", "naam"]
        constraints = [
            models.CheckConstraint(
                condition=Q(van__gte=2000, tot__gte=F("van"), tot__lte=F("van") + 9),
                name="meerjarenplan_years",
                violation_error_message="Een plan loopt hoogstens tien jaar, en eindigt niet voor het begint.",
            )
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("wijken:plan", args=[self.pk])

    @property
    def jaren(self) -> range:
        return range(self.van, self.tot + 1)


@historiek.track()
class Beleidsdoelstelling(models.Model):
    """What the city wants to reach (BD)."""

    plan = models.ForeignKey(Meerjarenplan, models.CASCADE, related_name="doelstellingen", verbose_name="plan")
    code = models.CharField("code", max_length=8, validators=[RegexValidator(BD, "Schrijf de code als BD-02.")])
    naam = models.CharField("naam", max_length=300)
    omschrijving = models.TextField("omschrijving", blank=True, max_length=4000)
    is_prioritair = models.BooleanField("prioritair", default=False)
    doelstellingen = models.ManyToManyField(
        Doelstelling, blank=True, related_name="beleidsdoelstellingen", verbose_name="doelen van Samen Stad maken"
    )
    domeinen = models.ManyToManyField(
        Beleidsdomein, blank=True, related_name="beleidsdoelstellingen", verbose_name="beleidsdomeinen"
    )

    class Meta:
        verbose_name = "beleidsdoelstelling"
        verbose_name_plural = "beleidsdoelstellingen"
        ordering = ["plan", "code"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="beleidsdoelstelling_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.naam}"

    def get_absolute_url(self) -> str:
        return reverse("wijken:plan_item", args=[self.plan_id, self.code])


@historiek.track()
class Actieplan(models.Model):
    """How an objective is reached (AP)."""

    beleidsdoelstelling = models.ForeignKey(
        Beleidsdoelstelling, models.CASCADE, related_name="actieplannen", verbose_name="beleidsdoelstelling"
    )
    code = models.CharField("code", max_length=12, validators=[RegexValidator(AP, "Schrijf de code als AP-02.04.")])
    naam = models.CharField("naam", max_length=300)
    omschrijving = models.TextField("omschrijving", blank=True, max_length=4000)
    is_prioritair = models.BooleanField("prioritair", default=False)

    class Meta:
        verbose_name = "actieplan"
        verbose_name_plural = "actieplannen"
        ordering = ["beleidsdoelstelling", "code"]
        constraints = [models.UniqueConstraint(fields=["beleidsdoelstelling", "code"], name="actieplan_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.naam}"

    def get_absolute_url(self) -> str:
        return reverse("wijken:plan_item", args=[self.beleidsdoelstelling.plan_id, self.code])


@historiek.track()
class PlanActie(models.Model):
    """What is done for an action plan (A), with money per year. Not the same as an action in a wijk."""

    class Status(models.TextChoices):
        GEPLAND = "gepland", "gepland"
        IN_UITVOERING = "in_uitvoering", "in uitvoering"
        UITGEVOERD = "uitgevoerd", "uitgevoerd"
        UITGESTELD = "uitgesteld", "uitgesteld"
        STOPGEZET = "stopgezet", "stopgezet"

    actieplan = models.ForeignKey(Actieplan, models.CASCADE, related_name="acties", verbose_name="actieplan")
    code = models.CharField("code", max_length=16, validators=[RegexValidator(A, "Schrijf de code als A-02.04.03.")])
    naam = models.CharField("naam", max_length=300)
    omschrijving = models.TextField("omschrijving", blank=True, max_length=4000)
    is_prioritair = models.BooleanField("prioritair", default=False)
    status = models.CharField("status", max_length=14, choices=Status, default=Status.GEPLAND)
    dienst = models.CharField("dienst", max_length=120, blank=True, help_text="Wie er in de stad voor instaat.")

    class Meta:
        verbose_name = "actie van het meerjarenplan"
        verbose_name_plural = "acties van het meerjarenplan"
        ordering = ["actieplan", "code"]
        constraints = [models.UniqueConstraint(fields=["actieplan", "code"], name="planactie_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.naam}"

    def get_absolute_url(self) -> str:
        return reverse("wijken:plan_item", args=[self.actieplan.beleidsdoelstelling.plan_id, self.code])


@historiek.track()
class Planbedrag(models.Model):
    """The money of an action in a year: what was planned, and what was spent; empty is not known."""

    class Soort(models.TextChoices):
        EXPLOITATIE = "exploitatie", "exploitatie"
        INVESTERING = "investering", "investering"

    actie = models.ForeignKey(PlanActie, models.CASCADE, related_name="bedragen", verbose_name="actie")
    jaar = models.PositiveSmallIntegerField("jaar")
    soort = models.CharField("soort", max_length=12, choices=Soort)
    budget = models.DecimalField("budget (euro)", max_digits=14, decimal_places=2, null=True, blank=True)
    gerealiseerd = models.DecimalField("gerealiseerd (euro)", max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "bedrag van een actie"
        verbose_name_plural = "bedragen van acties"
        ordering = ["actie", "jaar", "soort"]
        constraints = [
            models.UniqueConstraint(fields=["actie", "jaar", "soort"], name="planbedrag_once"),
            models.CheckConstraint(
                condition=Q(budget__isnull=False) | Q(gerealiseerd__isnull=False), name="planbedrag_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actie.code} {self.get_soort_display()} {self.jaar}"


class PlanlinkQuerySet(models.QuerySet["Planlink"]):
    def of(self, obj: models.Model) -> PlanlinkQuerySet:
        """The ties of one thing of the red thread."""
        return self.filter(van_type=ContentType.objects.get_for_model(obj), van_id=obj.pk)


@historiek.track()
class Planlink(models.Model):
    """To what degree a thing of the red thread was taken up in the multi-year plan, where, and why.

    What was not taken up at all stands with the plan alone; the reason then says why not.
    """

    class Mate(models.TextChoices):
        VOLLEDIG = "volledig", "volledig opgenomen"
        GEDEELTELIJK = "gedeeltelijk", "gedeeltelijk opgenomen"
        VERWEVEN = "verweven", "verweven in iets ruimers"
        NIET = "niet", "niet opgenomen"

    plan = models.ForeignKey(Meerjarenplan, models.CASCADE, related_name="links", verbose_name="plan")
    beleidsdoelstelling = models.ForeignKey(
        Beleidsdoelstelling, models.CASCADE, null=True, blank=True, related_name="links", verbose_name="doelstelling"
    )
    actieplan = models.ForeignKey(
        Actieplan, models.CASCADE, null=True, blank=True, related_name="links", verbose_name="actieplan"
    )
    actie = models.ForeignKey(
        PlanActie, models.CASCADE, null=True, blank=True, related_name="links", verbose_name="actie"
    )
    van_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name="soort")
    van_id = models.PositiveBigIntegerField("nummer")
    van = GenericForeignKey("van_type", "van_id")
    mate = models.CharField("mate", max_length=14, choices=Mate)
    reden = models.TextField("reden", max_length=2000)
    gemaakt_op = models.DateTimeField("gemaakt op")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="door"
    )

    objects = PlanlinkQuerySet.as_manager()

    class Meta:
        verbose_name = "band met het meerjarenplan"
        verbose_name_plural = "banden met het meerjarenplan"
        ordering = ["-gemaakt_op", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "van_type", "van_id", "beleidsdoelstelling", "actieplan", "actie"],
                name="planlink_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(actieplan=None, actie=None)
                | Q(beleidsdoelstelling=None, actie=None)
                | Q(beleidsdoelstelling=None, actieplan=None),
                name="planlink_to_one",
            ),
            models.CheckConstraint(
                condition=Q(mate="niet")
                | Q(beleidsdoelstelling__isnull=False)
                | Q(actieplan__isnull=False)
                | Q(actie__isnull=False),
                name="planlink_somewhere",
            ),
            models.CheckConstraint(condition=~Q(reden=""), name="planlink_says_why"),
        ]
        indexes = [models.Index(fields=["van_type", "van_id"], name="planlink_of_thing")]

    def __str__(self) -> str:
        return f"{self.van_type} {self.van_id}: {self.get_mate_display()}"

    @property
    def waarin(self) -> Beleidsdoelstelling | Actieplan | PlanActie | None:
        """What it was taken up in; None for what was not taken up at all."""
        return self.actie or self.actieplan or self.beleidsdoelstelling
