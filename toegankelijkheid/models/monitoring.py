"""What the monitoring table keeps beside a knelpunt: photos, what residents answer, and the numbers of its rules."""

from __future__ import annotations

import uuid
from dataclasses import fields

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from kern import historiek
from kern.beelden.models import Beeld

from ..rules.monitoring import Regels
from ..rules.woorden import Antwoord, Fotomoment
from .bevinding import Knelpunt


class KnelpuntBeeld(models.Model):
    """A photo of a knelpunt, from before or after the work, beside those of the visit that found it."""

    knelpunt = models.ForeignKey(Knelpunt, models.CASCADE, related_name="beelden", verbose_name="knelpunt")
    beeld = models.OneToOneField(Beeld, models.PROTECT, related_name="knelpuntbeeld", verbose_name="beeld")
    moment = models.CharField("moment", max_length=4, choices=Fotomoment)
    genomen_op = models.DateField("genomen op")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="door"
    )

    class Meta:
        verbose_name = "foto van een knelpunt"
        verbose_name_plural = "foto's van knelpunten"
        ordering = ["moment", "genomen_op", "pk"]

    def __str__(self) -> str:
        return str(self.beeld)


class Bewonersvraag(models.Model):
    """The question to one resident whether it is in order now. Who that is, stands nowhere: the key is a keyed hash."""

    sleutel = models.UUIDField("sleutel", unique=True, editable=False, default=uuid.uuid4)
    knelpunt = models.ForeignKey(Knelpunt, models.CASCADE, related_name="vragen", verbose_name="knelpunt")
    taal = models.CharField("taal", max_length=2, choices=settings.LANGUAGES, default="nl")
    uitgevoerd_op = models.DateField("over het werk van")
    gevraagd_op = models.DateTimeField("gevraagd op")
    antwoord = models.CharField("antwoord", max_length=12, choices=Antwoord, blank=True)
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)

    class Meta:
        verbose_name = "vraag aan een bewoner"
        verbose_name_plural = "vragen aan bewoners"
        ordering = ["-gevraagd_op", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(antwoord="", beantwoord_op__isnull=True) | ~Q(antwoord="") & Q(beantwoord_op__isnull=False),
                name="bewonersvraag_answered_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.knelpunt}: {self.get_antwoord_display() or 'nog geen antwoord'}"


def _number(label: str, default: int, low: int, high: int, help_text: str = "") -> models.PositiveSmallIntegerField:
    validators = [MinValueValidator(low), MaxValueValidator(high)]
    return models.PositiveSmallIntegerField(label, default=default, validators=validators, help_text=help_text)


@historiek.track()
class Monitoringregels(models.Model):
    """The numbers of the formula and the terms; one row."""

    is_enige = models.BooleanField(default=True, unique=True, editable=False)
    middel_vanaf = _number("prioriteit middel vanaf", 4, 1, 30, "Punten.")
    hoog_vanaf = _number("prioriteit hoog vanaf", 10, 2, 30, "Punten.")
    bewoners_hoogstens = _number(
        "punten voor bewoners, hoogstens", 5, 0, 20, "Elke bewoner die het meldde is een punt."
    )
    bewoners_maanden = _number("meldingen tellen mee gedurende", 6, 1, 60, "Maanden.")
    kt_jaren = _number("korte termijn: tot en met", 1, 0, 5, "Jaren na dit jaar.")
    mlt_jaren = _number("middellange termijn: tot en met", 3, 1, 10, "Jaren na dit jaar.")
    lt_jaren = _number("lange termijn: tot en met", 6, 2, 20, "Jaren na dit jaar; het meerjarenplan telt er zes.")

    class Meta:
        verbose_name = "regels van de monitoring"
        verbose_name_plural = "regels van de monitoring"
        constraints = [
            models.CheckConstraint(condition=Q(is_enige=True), name="monitoringregels_one_row"),
            models.CheckConstraint(condition=Q(middel_vanaf__lt=F("hoog_vanaf")), name="monitoringregels_points"),
            models.CheckConstraint(
                condition=Q(kt_jaren__lt=F("mlt_jaren"), mlt_jaren__lt=F("lt_jaren")), name="monitoringregels_years"
            ),
        ]

    def __str__(self) -> str:
        return "regels van de monitoring"

    @property
    def regels(self) -> Regels:
        """The same for what fetches nothing."""
        return Regels(**{field.name: getattr(self, field.name) for field in fields(Regels)})
