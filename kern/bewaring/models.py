"""The rules of keeping, what they announce, and what they did."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from kern import historiek

from . import registry


class Wat(models.TextChoices):
    """What happens when the time is over."""

    ANONIMISEER = "anonimiseer", "maak anoniem"
    VERWIJDER = "verwijder", "verwijder"


class BewaarregelQuerySet(models.QuerySet["Bewaarregel"]):
    def active(self) -> BewaarregelQuerySet:
        return self.filter(is_actief=True)


@historiek.track()
class Bewaarregel(models.Model):
    """After how many days something is made anonymous or deleted. The most exact rule for a thing wins."""

    soort = models.CharField("voor wat", max_length=40)
    toestand = models.CharField("in welke toestand", max_length=40, blank=True, help_text="Leeg: in elke toestand.")
    onderwerp = models.CharField(
        "over welk onderwerp", max_length=80, blank=True, help_text="Leeg: elk onderwerp zonder een eigen regel."
    )
    na_dagen = models.PositiveIntegerField(
        "na hoeveel dagen", validators=[MinValueValidator(1)], help_text="Geteld vanaf het einde, bijvoorbeeld 365."
    )
    wat = models.CharField("wat dan", max_length=12, choices=Wat)
    grond = models.CharField(
        "waarom zo lang", max_length=300, blank=True, help_text="Wet, selectielijst of beslissing; voor het register."
    )
    is_actief = models.BooleanField("actief", default=True)

    objects = BewaarregelQuerySet.as_manager()

    class Meta:
        verbose_name = "bewaarregel"
        verbose_name_plural = "bewaarregels"
        ordering: ClassVar = ["soort", "onderwerp", "toestand", "wat"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["soort", "toestand", "onderwerp", "wat"],
                name="bewaarregel_once",
                violation_error_message="Voor dit onderwerp in deze toestand bestaat deze regel al.",
            ),
            models.CheckConstraint(condition=Q(na_dagen__gte=1), name="bewaarregel_at_least_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.waarvoor}: {self.get_wat_display()} na {self.na_dagen} dagen"

    @property
    def waarvoor(self) -> str:
        """What the rule is about, in words."""
        known = registry.soorten.get(self.soort)
        state = dict(known.toestanden()).get(self.toestand, self.toestand) if known and self.toestand else ""
        return ", ".join(filter(None, [known.naam if known else self.soort, str(state), self.onderwerp]))

    def clean(self) -> None:
        soort = registry.soorten.get(self.soort)
        if soort is None:
            raise ValidationError({"soort": "Dit bestaat niet. Kies iets uit de lijst."})
        errors = {}
        if self.toestand and self.toestand not in dict(soort.toestanden()):
            errors["toestand"] = "Deze toestand hoort niet bij wat je hierboven koos."
        if self.onderwerp and self.onderwerp not in dict(soort.onderwerpen()):
            errors["onderwerp"] = "Dit onderwerp hoort niet bij wat je hierboven koos."
        if self.wat and self.wat not in soort.uitvoering:
            errors["wat"] = "Dit kan hiermee niet."
        if errors:
            raise ValidationError(errors)


class AankondigingQuerySet(models.QuerySet["Aankondiging"]):
    def not_held(self) -> AankondigingQuerySet:
        """What goes when its day comes: nobody holds it back."""
        return self.filter(ingehouden_op__isnull=True)


class Aankondiging(models.Model):
    """One thing that a rule will treat: it stands on the list for a week before it goes."""

    regel = models.ForeignKey(Bewaarregel, models.CASCADE, related_name="aankondigingen", verbose_name="regel")
    object = models.BigIntegerField("nummer")
    omschrijving = models.CharField("wat", max_length=200, help_text="Zonder gegevens van mensen.")
    aangekondigd_op = models.DateTimeField("aangekondigd op")
    uitvoeren_op = models.DateField("gaat weg op")
    ingehouden_op = models.DateTimeField("ingehouden op", null=True, blank=True)
    ingehouden_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingehouden door",
    )
    reden = models.CharField("reden om in te houden", max_length=300, blank=True)

    objects = AankondigingQuerySet.as_manager()

    class Meta:
        verbose_name = "aankondiging"
        verbose_name_plural = "wat binnenkort weggaat"
        ordering: ClassVar = ["uitvoeren_op", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["regel", "object"], name="aankondiging_once"),
            models.CheckConstraint(
                condition=Q(ingehouden_op__isnull=True) | ~Q(reden=""),
                name="aankondiging_held_for_a_reason",
                violation_error_message="Zeg waarom dit langer bewaard wordt.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["regel", "uitvoeren_op"], name="aankondiging_by_day")]

    def __str__(self) -> str:
        return self.omschrijving


class Bewaarronde(models.Model):
    """What one rule did in one night: the log that shows that the terms are kept. Counts only, nobody's data."""

    regel = models.ForeignKey(Bewaarregel, models.SET_NULL, null=True, related_name="rondes", verbose_name="regel")
    regel_in_woorden = models.CharField("regel in woorden", max_length=250)
    op = models.DateTimeField("op")
    aangekondigd = models.PositiveIntegerField("nieuw op de lijst", default=0)
    vervallen = models.PositiveIntegerField("toch niet meer", default=0)
    behandeld = models.PositiveIntegerField("behandeld", default=0)
    aantallen = models.JSONField("wat er weg is", default=dict)

    class Meta:
        verbose_name = "bewaarronde"
        verbose_name_plural = "logboek van de bewaring"
        ordering: ClassVar = ["-op", "-pk"]
        indexes: ClassVar = [models.Index(fields=["-op"], name="bewaarronde_newest")]

    def __str__(self) -> str:
        return self.regel_in_woorden
