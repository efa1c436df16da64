"""The impulswijken: since when, figures by factor, and what is agreed there with OCMW and welzijn partners."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kern import historiek

from ..periode import SHAPES
from ..states.programma import OPEN, Puntstatus, pairs
from .gebied import Wijk
from .partner import Partner
from .programma import Doelstelling
from .team import PeriodeQuerySet

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from ..rules import Bereik


@historiek.track()
class Impulsperiode(models.Model):
    """A wijk is an impulswijk, from a day to a day. `Wijk.is_impulswijk` says whether it is one today."""

    wijk = models.ForeignKey(Wijk, models.CASCADE, related_name="impulsperiodes", verbose_name="wijk")
    van = models.DateField("van")
    tot = models.DateField("tot en met", null=True, blank=True, help_text="Leeg: voor onbepaalde tijd.")
    reden = models.CharField("waarom", max_length=300, help_text="De beslissing, of waaruit het blijkt.")

    objects = PeriodeQuerySet["Impulsperiode"].as_manager()

    class Meta:
        verbose_name = "periode als impulswijk"
        verbose_name_plural = "periodes als impulswijk"
        ordering = ["wijk", "-van"]
        constraints = [
            models.UniqueConstraint(fields=["wijk"], condition=Q(tot=None), name="impulsperiode_one_open"),
            models.UniqueConstraint(fields=["wijk", "van"], name="impulsperiode_once_per_start"),
            models.CheckConstraint(condition=Q(tot__isnull=True) | Q(tot__gte=F("van")), name="impulsperiode_period"),
        ]

    def __str__(self) -> str:
        return f"{self.wijk} vanaf {self.van:%d-%m-%Y}"


class Factor(models.TextChoices):
    """The factors of disadvantage that the approach of an impulswijk works on."""

    TEWERKSTELLING = "tewerkstelling", "tewerkstelling"
    ONDERWIJS = "onderwijs", "onderwijs"
    OPVOEDING = "opvoeding", "opvoeding"
    TAAL = "taal", "taal"


class Periodesoort(models.TextChoices):
    JAAR = "jaar", "jaar"
    SCHOOLJAAR = "schooljaar", "schooljaar"
    KWARTAAL = "kwartaal", "kwartaal"


@historiek.track()
class Indicator(models.Model):
    """Something that is counted in every wijk, and where it comes from."""

    code = models.SlugField("code", max_length=40, unique=True, help_text="Voor bestanden; wijzigt niet meer.")
    naam = models.CharField("naam", max_length=160, unique=True)
    factor = models.CharField("factor", max_length=16, choices=Factor)
    uitleg = models.TextField("uitleg", max_length=1000, help_text="Wat dit cijfer zegt, in gewone woorden.")
    eenheid = models.CharField("eenheid", max_length=30, blank=True, help_text="Bijvoorbeeld: %, of leerlingen.")
    decimalen = models.PositiveSmallIntegerField("cijfers na de komma", default=1)
    hoger_is_beter = models.BooleanField(
        "hoger is beter", null=True, blank=True, help_text="Onbekend: hoger of lager is niet beter of slechter."
    )
    periodesoort = models.CharField("per", max_length=12, choices=Periodesoort, default=Periodesoort.JAAR)
    bron = models.CharField("bron", max_length=200)
    bron_url = models.CharField(
        "adres van de bron",
        max_length=300,
        blank=True,
        validators=[URLValidator(["https"])],
        help_text="Begint met https://.",
    )
    licentie = models.CharField("licentie", max_length=120, help_text="Waaronder de bron hergebruik toelaat.")
    min_aantal = models.PositiveSmallIntegerField(
        "verberg onder dit aantal",
        default=10,
        help_text="Een cijfer over minder mensen dan dit bewaren en tonen we niet: het zou over iemand kunnen gaan.",
    )
    is_openbaar = models.BooleanField("openbaar", default=True, help_text="Staat op de pagina van de wijk.")
    is_fictief = models.BooleanField("fictief", default=False, help_text="De cijfers zijn voor de demo bedacht.")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=100)

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        ordering = ["factor", "volgorde", "naam"]
        constraints = [
            models.CheckConstraint(condition=Q(decimalen__lte=3), name="indicator_decimals"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="indicator_hides",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("min_aantal"),
                condition=pgtrigger.Q(old__min_aantal__lt=pgtrigger.F("new__min_aantal")),
                # Each goes through the trigger of the figure itself, which hides it.
                func="""
                    UPDATE wijken_indicatorwaarde SET aantal = aantal
                    WHERE indicator_id = NEW.id AND aantal < NEW.min_aantal;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.naam


@historiek.track()
class Indicatorwaarde(models.Model):
    """A figure of a wijk in a period; without a wijk that of the whole city.

    Of what is hidden, because it is about too few people, neither the figure nor the number of people is kept.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="waarden", verbose_name="indicator")
    wijk = models.ForeignKey(Wijk, models.CASCADE, null=True, blank=True, related_name="cijfers", verbose_name="wijk")
    periode = models.CharField(
        "periode", max_length=9, validators=[RegexValidator("|".join(SHAPES.values()), "Schrijf 2024 of 2023-2024.")]
    )
    waarde = models.DecimalField("waarde", max_digits=14, decimal_places=3, null=True, blank=True)
    aantal = models.PositiveIntegerField(
        "aantal", null=True, blank=True, help_text="Over hoeveel mensen het cijfer gaat."
    )
    is_verborgen = models.BooleanField("verborgen", default=False, help_text="Te klein om te bewaren en te tonen.")

    class Meta:
        verbose_name = "cijfer"
        verbose_name_plural = "cijfers"
        ordering = ["indicator", "wijk", "periode"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "wijk", "periode"], name="indicatorwaarde_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(is_verborgen=True, waarde=None, aantal=None) | Q(is_verborgen=False, waarde__isnull=False),
                name="indicatorwaarde_hidden_is_gone",
            ),
        ]
        indexes = [models.Index(fields=["wijk", "indicator", "periode"], name="indicatorwaarde_of_wijk")]
        triggers = [
            # Whoever writes: what is about fewer people than the indicator says, does not get in.
            pgtrigger.Trigger(
                name="indicatorwaarde_hides",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__aantal__isnull=False),
                func=pgtrigger.Func(
                    """
                    IF NEW.aantal < (SELECT min_aantal FROM wijken_indicator WHERE id = NEW.indicator_id) THEN
                        NEW.waarde = NULL;
                        NEW.aantal = NULL;
                        NEW.is_verborgen = TRUE;
                    END IF;
                    RETURN NEW;
                    """
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.periode}: {self.wijk or 'Genk'}"


class ProgrammapuntQuerySet(models.QuerySet["Programmapunt"]):
    def visible_to(self, user: Gebruiker, reach: Bereik) -> ProgrammapuntQuerySet:
        """What this member of staff may see; the twin of `rules.may_see_in_wijk`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "lezer", "samenlevingscoördinator"}:
            return self.all()
        return self.filter(wijk__in=reach.wijk_ids)

    def open(self) -> ProgrammapuntQuerySet:
        return self.filter(status__in=OPEN)

    def late(self, on: date) -> ProgrammapuntQuerySet:
        """What is past its day."""
        return self.open().filter(tegen__lt=on)


@historiek.track(exclude=["sleutel", "versie"])
class Programmapunt(models.Model):
    """An agreement in the intensive programme of an impulswijk: what, who, until when, and where it stands.

    Nobody is above another here: the wijkmanager writes down what partners agreed and asks how it goes.
    """

    wijk = models.ForeignKey(Wijk, models.PROTECT, related_name="programmapunten", verbose_name="wijk")
    factor = models.CharField("factor", max_length=16, choices=Factor)
    titel = models.CharField("wat", max_length=160)
    toelichting = models.TextField("toelichting", blank=True, max_length=4000)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmapunten",
        verbose_name="partner",
        help_text="De organisatie die het op zich neemt; leeg als het de stad zelf is.",
    )
    wie = models.CharField("wie", max_length=120, help_text="Dienst of functie, zoals: maatschappelijk werk OCMW.")
    van = models.DateField("begint op")
    tegen = models.DateField("klaar tegen")
    status = models.CharField("stand", max_length=12, choices=Puntstatus, default=Puntstatus.AFGESPROKEN)
    reden = models.TextField("reden", blank=True, max_length=1000, help_text="Waarom het stopte of weer begon.")
    resultaat = models.TextField("wat het opleverde", blank=True, max_length=2000)
    klaar_op = models.DateTimeField("klaar of gestopt op", null=True, blank=True)
    doelstellingen = models.ManyToManyField(
        Doelstelling, blank=True, related_name="programmapunten", verbose_name="doelen van Samen Stad maken"
    )
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="gemaakt door"
    )
    versie = models.PositiveIntegerField("versie", default=1)

    objects = ProgrammapuntQuerySet.as_manager()

    class Meta:
        verbose_name = "afspraak in het programma"
        verbose_name_plural = "afspraken in het programma"
        ordering = ["tegen", "pk"]
        indexes = [
            models.Index(fields=["wijk", "status", "tegen"], name="programmapunt_of_wijk"),
            models.Index(fields=["tegen"], name="programmapunt_due", condition=Q(status__in=["afgesproken", "loopt"])),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(tegen__gte=F("van")), name="programmapunt_period"),
            models.CheckConstraint(
                condition=Q(status__in=["klaar", "gestopt"], klaar_op__isnull=False)
                | Q(status__in=["afgesproken", "loopt"], klaar_op=None),
                name="programmapunt_ended_has_moment",
            ),
            models.CheckConstraint(condition=~Q(status="gestopt") | ~Q(reden=""), name="programmapunt_stopped_why"),
        ]
        triggers = [pgtrigger.FSM(name="programmapunt_steps", field="status", transitions=pairs())]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("wijken:impuls_item", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status in OPEN
