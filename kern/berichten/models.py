"""The outbox: every mail is a row, written with the change that causes it; and the words that mails are made of."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from kern import geheugen, historiek

from . import registry, render


class BerichtQuerySet(models.QuerySet["Bericht"]):
    def about(self, obj: models.Model) -> BerichtQuerySet:
        """The mails about this object, newest first."""
        return self.filter(
            over_type=ContentType.objects.get_for_model(obj, for_concrete_model=True), over_id=str(obj.pk)
        ).order_by("-aangemaakt_op", "-pk")

    def due(self, at: datetime) -> BerichtQuerySet:
        """What waits and may be tried now, longest waiting first."""
        return self.filter(status=Bericht.Status.WACHT, volgende_poging_op__lte=at).order_by("volgende_poging_op", "pk")

    def stuck(self, at: datetime, after: timedelta) -> BerichtQuerySet:
        """What a worker took in hand and never finished: nobody knows whether it went out."""
        return self.filter(status=Bericht.Status.BEZIG, bezig_sinds__lt=at - after)

    def in_trouble(self) -> BerichtQuerySet:
        """What was given up or is in doubt, and nobody dealt with yet."""
        return self.filter(status__in=[Bericht.Status.MISLUKT, Bericht.Status.ONZEKER], afgehandeld_op=None)


class Bericht(models.Model):
    """One mail to one address. Its key names the occasion, so that the same occasion never mails twice."""

    class Status(models.TextChoices):
        WACHT = "wacht", "wacht op verzending"
        BEZIG = "bezig", "wordt verzonden"
        VERZONDEN = "verzonden", "verzonden"
        MISLUKT = "mislukt", "mislukt"
        ONZEKER = "onzeker", "onzeker of het aankwam"
        GEWIST = "gewist", "gewist op vraag van de ontvanger"

    sleutel = models.CharField("sleutel", max_length=200, unique=True)
    soort = models.CharField("soort", max_length=60)
    aan = models.EmailField("aan", blank=True)
    taal = models.CharField("taal", max_length=2, default=registry.SOURCE_LANGUAGE)
    onderwerp = models.CharField("onderwerp", max_length=250)
    tekst = models.TextField("tekst")
    html = models.TextField("opgemaakte tekst")
    kopteksten = models.JSONField("kopteksten", default=dict, blank=True)
    over_type = models.ForeignKey(ContentType, models.SET_NULL, null=True, blank=True, related_name="+")
    over_id = models.CharField(max_length=40, blank=True)
    over = GenericForeignKey("over_type", "over_id")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.WACHT)
    pogingen = models.PositiveSmallIntegerField("pogingen", default=0)
    aangemaakt_op = models.DateTimeField("aangemaakt op")
    volgende_poging_op = models.DateTimeField("volgende poging op")
    bezig_sinds = models.DateTimeField("bezig sinds", null=True, blank=True)
    verzonden_op = models.DateTimeField("verzonden op", null=True, blank=True)
    fout = models.CharField("laatste fout", max_length=500, blank=True)
    afgehandeld_op = models.DateTimeField(
        "afgehandeld op", null=True, blank=True, help_text="Een collega zag dat deze mail niet aankwam."
    )
    opnieuw_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="opnieuw verstuurd door",
    )

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ["-aangemaakt_op", "-pk"]
        indexes = [
            models.Index(fields=["volgende_poging_op"], name="bericht_waiting", condition=Q(status="wacht")),
            models.Index(fields=["bezig_sinds"], name="bericht_in_hand", condition=Q(status="bezig")),
            models.Index(
                fields=["status"],
                name="bericht_in_trouble",
                condition=Q(status__in=["mislukt", "onzeker"], afgehandeld_op=None),
            ),
            models.Index(fields=["over_type", "over_id"], name="bericht_about"),
        ]

    def __str__(self) -> str:
        return self.onderwerp

    @property
    def soort_naam(self) -> str:
        """What kind of mail this is, in words."""
        return dict(registry.choices()).get(self.soort, self.soort)

    @property
    def can_be_sent_again(self) -> bool:
        return self.status in (self.Status.VERZONDEN, self.Status.MISLUKT, self.Status.ONZEKER) and bool(self.aan)


@geheugen.bewaakt
@historiek.track()
class MailTekst(models.Model):
    """The administrator's own words for a kind of mail, instead of those in the code."""

    soort = models.CharField("soort mail", max_length=60)
    taal = models.CharField("taal", max_length=2, choices=settings.LANGUAGES, default=registry.SOURCE_LANGUAGE)
    onderwerp = models.CharField("onderwerp", max_length=200)
    tekst = models.TextField(
        "tekst",
        help_text="Een lege regel maakt een nieuwe alinea. Een adres alleen op een regel wordt een knop, "
        "met de regel erboven als opschrift.",
    )

    class Meta:
        verbose_name = "tekst van een mail"
        verbose_name_plural = "teksten van mails"
        ordering = ["soort", "taal"]
        constraints = [models.UniqueConstraint(fields=["soort", "taal"], name="mailtekst_once")]

    def __str__(self) -> str:
        names = dict(registry.choices())
        return f"{names.get(self.soort, self.soort)} ({self.taal})"

    def clean(self) -> None:
        try:
            known = set(registry.get(self.soort).placeholders)
        except KeyError as error:
            raise ValidationError({"soort": "Deze soort mail bestaat niet."}) from error
        errors = {
            field: found for field in ("onderwerp", "tekst") if (found := render.problems(getattr(self, field), known))
        }
        if errors:
            raise ValidationError(errors)
