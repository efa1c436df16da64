"""The norm book: what is measured, by which limits, and what changed when a norm did."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from kern import historiek
from kern.opdrachten.models import Opdracht

from ..rules.woorden import (
    Context,
    Dimensie,
    Ernst,
    Formule,
    Groep,
    Kracht,
    Meetwijze,
    Onderwerp,
    Oordeel,
    Operator,
    Zekerheid,
)
from .niveau import Kwaliteitsniveau


@historiek.track()
class Normbron(models.Model):
    """A source of norms: a regulation, a guideline, a page."""

    code = models.CharField("code", max_length=10, unique=True)
    titel = models.CharField("titel", max_length=300)
    vindplaats = models.CharField("waar te vinden", max_length=300, blank=True)

    class Meta:
        verbose_name = "bron van normen"
        verbose_name_plural = "bronnen van normen"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.titel}"


@historiek.track()
class Criterium(models.Model):
    """One thing a surveyor measures or answers; one or more norms judge it."""

    code = models.SlugField("code", max_length=40, unique=True)
    onderwerp = models.CharField("onderwerp", max_length=20, choices=Onderwerp)
    dimensie = models.CharField("DOD", max_length=12, choices=Dimensie)
    naam = models.CharField("naam", max_length=160)
    hulp = models.CharField("hoe meet je dit", max_length=300, blank=True)
    meetwijze = models.CharField("meetwijze", max_length=10, choices=Meetwijze, default=Meetwijze.GETAL)
    eenheid = models.CharField("eenheid", max_length=10, blank=True)
    formule = models.CharField("formule", max_length=10, choices=Formule, blank=True)
    uit = models.ManyToManyField(
        "self", through="Invoer", symmetrical=False, related_name="gebruikt_in", verbose_name="berekend uit"
    )
    laagst = models.DecimalField(
        "laagst mogelijke waarde", max_digits=10, decimal_places=3, default=0, help_text="Lager is een tikfout."
    )
    hoogst = models.DecimalField(
        "hoogst mogelijke waarde", max_digits=10, decimal_places=3, default=100000, help_text="Hoger is een tikfout."
    )
    standaard = models.DecimalField(
        "waarde als niemand antwoordt",
        max_digits=10,
        decimal_places=3,
        null=True,
        blank=True,
        help_text="Alleen voor vragen die zeggen welke norm geldt. 0 is nee, 1 is ja.",
    )
    groepen = ArrayField(
        models.CharField(max_length=20, choices=Groep), default=list, blank=True, verbose_name="wie het raakt"
    )
    ernst_bij_nee = models.PositiveSmallIntegerField(
        "ernst als het antwoord nee is", choices=Ernst, default=Ernst.MOEILIJK
    )
    hercontrole_maanden = models.PositiveSmallIntegerField(
        "opnieuw meten na (maanden)",
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
    )
    oplossing = models.CharField("gewone oplossing", max_length=300, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde op het formulier", default=0)
    is_actief = models.BooleanField("in gebruik", default=True)

    class Meta:
        verbose_name = "criterium"
        verbose_name_plural = "criteria"
        ordering = ["onderwerp", "volgorde", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meetwijze="berekend") & ~Q(formule="") | ~Q(meetwijze="berekend") & Q(formule=""),
                name="criterium_computed_has_formula",
            ),
            models.CheckConstraint(condition=Q(laagst__lte=F("hoogst")), name="criterium_range"),
            models.CheckConstraint(
                condition=Q(hercontrole_maanden__range=(1, 240)), name="criterium_recheck_within_20_years"
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Invoer(models.Model):
    """What a computed criterium is computed from, in the order of its formula."""

    criterium = models.ForeignKey(Criterium, models.CASCADE, related_name="invoer", verbose_name="berekend criterium")
    bron = models.ForeignKey(Criterium, models.PROTECT, related_name="+", verbose_name="uit")
    plaats = models.PositiveSmallIntegerField("plaats in de formule")

    class Meta:
        verbose_name = "invoer van een formule"
        verbose_name_plural = "invoer van formules"
        ordering = ["criterium", "plaats"]
        constraints = [models.UniqueConstraint(fields=["criterium", "plaats"], name="invoer_once")]

    def __str__(self) -> str:
        return f"{self.criterium} uit {self.bron}"


class NormQuerySet(models.QuerySet["Norm"]):
    def on(self, day: date) -> NormQuerySet:
        """The versions that hold on this day."""
        return self.filter(Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=day), geldig_van__lte=day)


@historiek.track()
class Norm(models.Model):
    """One version of one norm: a limit for a criterium at a level, from a day to a day.

    A version that once held is not edited: `actions.normen.revise` ends it and makes the next one.
    """

    code = models.CharField("code", max_length=12)
    versie = models.PositiveSmallIntegerField("versie", default=1)
    criterium = models.ForeignKey(Criterium, models.PROTECT, related_name="normen", verbose_name="criterium")
    naam = models.CharField("naam", max_length=160)
    niveau = models.ForeignKey(Kwaliteitsniveau, models.PROTECT, related_name="normen", verbose_name="vanaf niveau")
    operator = models.CharField("vergelijking", max_length=8, choices=Operator)
    minimum = models.DecimalField("minimum", max_digits=10, decimal_places=3, null=True, blank=True)
    maximum = models.DecimalField("maximum", max_digits=10, decimal_places=3, null=True, blank=True)
    streef_minimum = models.DecimalField(
        "streefwaarde: minstens", max_digits=10, decimal_places=3, null=True, blank=True
    )
    streef_maximum = models.DecimalField(
        "streefwaarde: hoogstens", max_digits=10, decimal_places=3, null=True, blank=True
    )
    hangt_af_van = models.ForeignKey(
        Criterium,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="afhankelijke_normen",
        verbose_name="geldt alleen als",
        help_text="Een andere meting die zegt of deze norm geldt, zoals het hoogteverschil.",
    )
    vanaf = models.DecimalField("van", max_digits=10, decimal_places=3, null=True, blank=True)
    vanaf_inbegrepen = models.BooleanField("van inbegrepen", default=False)
    tot = models.DecimalField("tot", max_digits=10, decimal_places=3, null=True, blank=True)
    tot_inbegrepen = models.BooleanField("tot inbegrepen", default=True)
    context = models.CharField("alleen bij", max_length=10, choices=Context, blank=True, help_text="Leeg: overal.")
    kracht = models.CharField("status", max_length=24, choices=Kracht)
    ernst_minstens = models.PositiveSmallIntegerField(
        "ernst minstens",
        choices=Ernst,
        default=Ernst.HINDER,
        help_text="Wie deze grens niet haalt, krijgt minstens deze ernst.",
    )
    bron = models.CharField("bron", max_length=120, help_text="Codes van de bronnen, met het artikel.")
    zekerheid = models.CharField("zekerheid", max_length=1, choices=Zekerheid, default=Zekerheid.GELEZEN)
    opmerking = models.TextField("opmerking", blank=True)
    geldig_van = models.DateField("geldig van")
    geldig_tot = models.DateField("geldig tot en met", null=True, blank=True, help_text="Leeg: geldt nog.")
    gemaakt_op = models.DateTimeField("gemaakt op", auto_now_add=True)
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="gemaakt door"
    )

    objects = NormQuerySet.as_manager()

    class Meta:
        verbose_name = "norm"
        verbose_name_plural = "normen"
        ordering = ["criterium__onderwerp", "criterium__volgorde", "code", "-versie"]
        constraints = [
            models.UniqueConstraint(fields=["code", "versie"], name="norm_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(geldig_tot__isnull=True), name="norm_one_open_version"
            ),
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=F("geldig_van")), name="norm_period"
            ),
            models.CheckConstraint(
                condition=Q(operator=">=", minimum__isnull=False, maximum__isnull=True)
                | Q(operator__in=["<=", "<"], minimum__isnull=True, maximum__isnull=False)
                | Q(operator="between", minimum__isnull=False, maximum__gte=F("minimum"))
                | Q(operator="bool", minimum__in=[0, 1], maximum__isnull=True),
                name="norm_limit_fits_operator",
            ),
            models.CheckConstraint(
                condition=Q(hangt_af_van__isnull=True, vanaf__isnull=True, tot__isnull=True)
                | Q(hangt_af_van__isnull=False) & (Q(vanaf__isnull=False) | Q(tot__isnull=False)),
                name="norm_condition_has_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} (versie {self.versie})"


class Herberekening(models.Model):
    """The measurements judged again after a norm changed, and how many verdicts changed."""

    reden = models.CharField("reden", max_length=300)
    norm = models.ForeignKey(
        Norm, models.SET_NULL, null=True, blank=True, related_name="herberekeningen", verbose_name="norm"
    )
    gevraagd_op = models.DateTimeField("gevraagd op")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="door"
    )
    opdracht = models.ForeignKey(
        Opdracht, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="opdracht"
    )
    klaar_op = models.DateTimeField("klaar op", null=True, blank=True)
    bekeken = models.PositiveIntegerField("metingen bekeken", default=0)

    class Meta:
        verbose_name = "herberekening"
        verbose_name_plural = "herberekeningen"
        ordering = ["-gevraagd_op", "-pk"]

    def __str__(self) -> str:
        return self.reden


class Oordeelwijziging(models.Model):
    """One verdict that changed without a new visit."""

    herberekening = models.ForeignKey(
        Herberekening, models.CASCADE, related_name="wijzigingen", verbose_name="herberekening"
    )
    meting = models.ForeignKey("toegankelijkheid.Meting", models.CASCADE, related_name="+", verbose_name="meting")
    van = models.CharField("was", max_length=16, choices=Oordeel)
    naar = models.CharField("is nu", max_length=16, choices=Oordeel)
    ernst_van = models.PositiveSmallIntegerField("ernst was", choices=Ernst, null=True, blank=True)
    ernst_naar = models.PositiveSmallIntegerField("ernst is nu", choices=Ernst, null=True, blank=True)

    class Meta:
        verbose_name = "gewijzigd oordeel"
        verbose_name_plural = "gewijzigde oordelen"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["herberekening", "meting"], name="oordeelwijziging_once")]

    def __str__(self) -> str:
        return f"{self.meting}: {self.get_van_display()} → {self.get_naar_display()}"
