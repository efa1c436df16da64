"""Who gets which reports: rules in an order, of which the first that fits decides."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Deferrable, F, Q

from kern import geheugen, historiek
from wijken.models import Stadsdeel, Team, Wijk

from .categorie import Categorie, Prioriteit, Vraag
from .melding import Melding


class Weekdag(models.IntegerChoices):
    """The days of the week, numbered as ISO 8601 does."""

    MAANDAG = 1, "maandag"
    DINSDAG = 2, "dinsdag"
    WOENSDAG = 3, "woensdag"
    DONDERDAG = 4, "donderdag"
    VRIJDAG = 5, "vrijdag"
    ZATERDAG = 6, "zaterdag"
    ZONDAG = 7, "zondag"


def sources() -> list[tuple[str, str]]:
    """Where a report can come from; a function, so that a new source needs no migration here."""
    return Melding.Bron.choices


class RouteregelQuerySet(models.QuerySet["Routeregel"]):
    def in_force(self, on: date) -> RouteregelQuerySet:
        """The rules that are switched on and hold on this day, in their order."""
        return (
            self.filter(Q(geldig_van__isnull=True) | Q(geldig_van__lte=on), is_actief=True)
            .filter(Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=on))
            .order_by("volgorde")
        )


@geheugen.bewaakt
@historiek.track()
class Routeregel(models.Model):
    """Reports like this go to this team or person. What is left empty does not matter; all that is filled in must fit.

    The first rule that fits decides. Without one the category says who gets the report.
    """

    volgorde = models.PositiveIntegerField("plaats in de volgorde")
    naam = models.CharField("naam", max_length=80, help_text="Zo herkennen collega’s de regel, ook bij een melding.")
    categorie = models.ForeignKey(
        Categorie,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="categorie",
        help_text="Een hoofdcategorie geldt voor alles wat eronder staat.",
    )
    wijk = models.ForeignKey(Wijk, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="wijk")
    stadsdeel = models.ForeignKey(
        Stadsdeel, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="stadsdeel"
    )
    bron = models.CharField("bron", max_length=12, choices=sources, blank=True)
    prioriteit = models.CharField("prioriteit", max_length=10, choices=Prioriteit, blank=True)
    weekdagen = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekdag), verbose_name="weekdagen", default=list, blank=True
    )
    van_uur = models.TimeField("vanaf (uur)", null=True, blank=True)
    tot_uur = models.TimeField(
        "tot (uur)",
        null=True,
        blank=True,
        help_text="Mag na middernacht liggen: van 22.00 tot 6.00. De weekdag is die van het moment zelf.",
    )
    vraag = models.ForeignKey(Vraag, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vraag")
    antwoord = models.CharField(
        "antwoord",
        max_length=200,
        blank=True,
        help_text="Bij ja of nee: ja of nee. Bij een keuze: de Nederlandse tekst.",
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="naar dit team"
    )
    persoon = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="of naar deze persoon",
        help_text="Is die afwezig, dan gaat de melding naar wie vervangt.",
    )
    is_actief = models.BooleanField("aan", default=True)
    geldig_van = models.DateField("geldig van", null=True, blank=True)
    geldig_tot = models.DateField("geldig tot en met", null=True, blank=True)

    objects = RouteregelQuerySet.as_manager()

    class Meta:
        verbose_name = "routeregel"
        verbose_name_plural = "routeregels"
        ordering = ["volgorde"]
        constraints = [
            models.UniqueConstraint(
                fields=["volgorde"], name="routeregel_one_per_place", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=False, persoon__isnull=True) | Q(team__isnull=True, persoon__isnull=False),
                name="routeregel_one_target",
            ),
            models.CheckConstraint(
                condition=Q(wijk__isnull=True) | Q(stadsdeel__isnull=True), name="routeregel_one_area"
            ),
            models.CheckConstraint(
                condition=Q(van_uur__isnull=True, tot_uur__isnull=True)
                | Q(van_uur__isnull=False, tot_uur__isnull=False) & ~Q(van_uur=F("tot_uur")),
                name="routeregel_two_hours",
            ),
            models.CheckConstraint(
                condition=Q(vraag__isnull=True, antwoord="") | Q(vraag__isnull=False) & ~Q(antwoord=""),
                name="routeregel_question_and_answer",
            ),
            models.CheckConstraint(
                condition=Q(geldig_van__isnull=True) | Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=F("geldig_van")),
                name="routeregel_period",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def clean(self) -> None:
        """Say in words what the constraints refuse."""
        errors = {}
        if (self.team_id is None) == (self.persoon_id is None):
            errors["team"] = "Kies een team of een persoon, niet allebei."
        if self.wijk_id and self.stadsdeel_id:
            errors["stadsdeel"] = "Kies een wijk of een stadsdeel, niet allebei."
        if (self.van_uur is None) != (self.tot_uur is None):
            errors["tot_uur"] = "Vul allebei de uren in, of geen van beide."
        elif self.van_uur and self.van_uur == self.tot_uur:
            errors["tot_uur"] = "Kies twee verschillende uren; laat ze leeg voor de hele dag."
        if self.vraag_id and not self.antwoord:
            errors["antwoord"] = "Zeg bij welk antwoord de regel geldt."
        if self.antwoord and not self.vraag_id:
            errors["vraag"] = "Kies bij welke vraag dit antwoord hoort."
        if self.geldig_van and self.geldig_tot and self.geldig_tot < self.geldig_van:
            errors["geldig_tot"] = "De laatste dag ligt voor de eerste."
        if errors:
            raise ValidationError(errors)
