"""Where the team meets the people of a wijk, what was heard there, and who asked to hear what comes of it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kern import historiek
from kern.geo.fields import PuntField

from .gebied import Wijk

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker

    from ..rules import Bereik


class Thema(models.Model):
    """What people talk about; a list that the city keeps itself."""

    naam = models.CharField("naam", max_length=60, unique=True)
    is_actief = models.BooleanField("actief", default=True, help_text="Anders kies je het niet meer.")

    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema’s"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class ContactmomentQuerySet(models.QuerySet["Contactmoment"]):
    def visible_to(self, user: Gebruiker, reach: Bereik) -> ContactmomentQuerySet:
        """What this member of staff may see; the twin of `rules.may_see_of_wijk`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "lezer"}:
            return self.all()
        return self.filter(wijk__in=reach.wijk_ids)

    def past(self, on: date) -> ContactmomentQuerySet:
        """What took place on or before this day; the rest is planned."""
        return self.filter(datum__lte=on)


@historiek.track(exclude=["plaats", "adres", "notities"])
class Contactmoment(models.Model):
    """A moment at which the team of a wijk meets its people. Later than today: it is planned.

    Nobody's name is kept here; who asked to hear what comes of it is a row of its own (`Opdehoogte`).
    """

    class Soort(models.TextChoices):
        HUISBEZOEK = "huisbezoek", "huisbezoek"
        BLOKGESPREK = "blokgesprek", "blokgesprek"
        BUURTBABBEL = "buurtbabbel", "buurtbabbel"
        WIJKBUREAU = "wijkbureau", "wijkbureau"
        WIJKTEAM = "wijkteam", "wijkteam"
        BERICHT = "bericht", "mail of telefoon"

    soort = models.CharField("soort", max_length=12, choices=Soort)
    wijk = models.ForeignKey(Wijk, models.PROTECT, related_name="contactmomenten", verbose_name="wijk")
    datum = models.DateField("datum")
    adres = models.CharField(
        "waar", max_length=200, blank=True, help_text="Straat of gebouw. Bij een huisbezoek: alleen de straat."
    )
    plaats = PuntField("plaats", null=True, blank=True)
    begeleiders = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="contactmomenten", verbose_name="door wie"
    )
    samen_met = models.CharField(
        "samen met", max_length=200, blank=True, help_text="Organisaties, bijvoorbeeld het OCMW. Geen bewoners."
    )
    aantal_mensen = models.PositiveSmallIntegerField(
        "aantal mensen", default=1, validators=[MaxValueValidator(5000)], help_text="Hoeveel mensen je sprak."
    )
    themas = models.ManyToManyField(Thema, blank=True, related_name="contactmomenten", verbose_name="thema’s")
    notities = models.TextField("notities", blank=True, max_length=4000, help_text="Noem geen bewoners bij naam.")
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="gemaakt door"
    )
    inzending = models.UUIDField("inzending", unique=True, default=uuid.uuid4, editable=False)
    versie = models.PositiveIntegerField("versie", default=1)

    objects = ContactmomentQuerySet.as_manager()

    class Meta:
        verbose_name = "contactmoment"
        verbose_name_plural = "contactmomenten"
        ordering = ["-datum", "-pk"]
        indexes = [
            models.Index(fields=["wijk", "-datum", "-id"], name="contactmoment_of_wijk"),
            models.Index(fields=["-datum", "-id"], name="contactmoment_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display().capitalize()} in {self.wijk}"

    def get_absolute_url(self) -> str:
        return reverse("wijken:moment", args=[self.pk])


@historiek.track(exclude=["tekst"])
class Gehoord(models.Model):
    """One thing that was heard. What it became is a row of the red thread, or nothing more than a note."""

    class Werd(models.TextChoices):
        OPEN = "open", "nog te bekijken"
        NOTA = "nota", "nota"
        BEHOEFTE = "behoefte", "behoefte"
        MELDING = "melding", "melding"

    contactmoment = models.ForeignKey(
        Contactmoment, models.CASCADE, related_name="gehoord", verbose_name="contactmoment"
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=1)
    tekst = models.TextField("wat je hoorde", max_length=1000)
    werd = models.CharField("werd", max_length=10, choices=Werd, default=Werd.OPEN)

    class Meta:
        verbose_name = "wat gehoord werd"
        verbose_name_plural = "wat gehoord werd"
        ordering = ["volgorde", "pk"]
        indexes = [models.Index(fields=["contactmoment"], name="gehoord_open", condition=Q(werd="open"))]

    def __str__(self) -> str:
        return self.tekst if len(self.tekst) <= 80 else f"{self.tekst[:79]}…"

    def get_absolute_url(self) -> str:
        return f"{reverse('wijken:moment', args=[self.contactmoment_id])}#gehoord-{self.pk}"


class OpdehoogteQuerySet(models.QuerySet["Opdehoogte"]):
    def wants_news(self) -> OpdehoogteQuerySet:
        """Who asked to hear what comes of it and did not take that back."""
        return self.filter(ingetrokken_op__isnull=True).exclude(email="")


@historiek.track(exclude=["naam", "email", "sleutel"])
class Opdehoogte(models.Model):
    """Somebody who asked at a contact moment to hear what comes of it. Apart, so that it can go by itself."""

    contactmoment = models.ForeignKey(
        Contactmoment, models.CASCADE, related_name="op_de_hoogte", verbose_name="contactmoment"
    )
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    naam = models.CharField("naam", max_length=100, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    taal = models.CharField("taal", max_length=2, choices=settings.LANGUAGES, default="nl")
    toestemming_op = models.DateTimeField("toestemming gegeven op")
    toestemming_versie = models.CharField("versie van de toestemmingstekst", max_length=20)
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)

    objects = OpdehoogteQuerySet.as_manager()

    class Meta:
        verbose_name = "wie op de hoogte wil blijven"
        verbose_name_plural = "wie op de hoogte wil blijven"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ingetrokken_op__isnull=True) | Q(naam="", email=""), name="opdehoogte_withdrawn_is_empty"
            ),
            models.UniqueConstraint(
                fields=["contactmoment", "email"], condition=~Q(email=""), name="opdehoogte_once_per_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contactmoment} ({self.pk})"
