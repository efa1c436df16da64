"""Bruggenbouwers: who is put forward for the label 100% Genks, who supports that, and what the jury thinks."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from kern import historiek
from kern.beelden.models import Beeld
from wijken.models import Wijk

from ..states.bruggenbouwer import Rondestatus, Status, pairs, ronde_pairs
from .toestemming import Toestemming, Waarvoor

if TYPE_CHECKING:
    from kern.gebruikers.models import Gebruiker
    from wijken.rules import Bereik


@historiek.track()
class Juryronde(models.Model):
    """A round in which a jury reads nominations without names."""

    naam = models.CharField("naam", max_length=80, help_text="Zoals: voorjaar 2027.")
    lezen_tot = models.DateField("de jury leest tot en met")
    status = models.CharField("status", max_length=10, choices=Rondestatus, default=Rondestatus.CONCEPT)
    gemaakt_op = models.DateTimeField("gemaakt op")
    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    class Meta:
        verbose_name = "juryronde"
        verbose_name_plural = "juryrondes"
        ordering = ["-lezen_tot", "-pk"]
        triggers = [pgtrigger.FSM(name="juryronde_steps", field="status", transitions=ronde_pairs())]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("samenleven:jury_ronde", args=[self.pk])

    @property
    def is_concept(self) -> bool:
        return self.status == Rondestatus.CONCEPT

    @property
    def is_open(self) -> bool:
        return self.status == Rondestatus.OPEN

    @property
    def is_gesloten(self) -> bool:
        return self.status == Rondestatus.GESLOTEN


class Jurylid(models.Model):
    """Somebody who reads in a round, by the signed link of a mail."""

    ronde = models.ForeignKey(Juryronde, models.CASCADE, related_name="juryleden", verbose_name="ronde")
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    naam = models.CharField("naam", max_length=120)
    email = models.EmailField("e-mailadres")

    class Meta:
        verbose_name = "jurylid"
        verbose_name_plural = "juryleden"
        ordering = ["ronde", "naam", "pk"]
        constraints = [models.UniqueConstraint("ronde", Lower("email"), name="jurylid_once")]

    def __str__(self) -> str:
        return self.naam


class BruggenbouwerQuerySet(models.QuerySet["Bruggenbouwer"]):
    def visible_to(self, user: Gebruiker, reach: Bereik) -> BruggenbouwerQuerySet:
        """Whom this member of staff may see; the twin of `rules.bruggen.may_see`."""
        if not user.is_active or not user.rollen:
            return self.none()
        if user.rollen & {"beheerder", "samenlevingscoördinator", "lezer"}:
            return self.all()
        if "wijkmanager" in user.rollen:
            return self.filter(wijk__in=reach.wijk_ids)
        return self.none()

    def with_label(self, on: date) -> BruggenbouwerQuerySet:
        """Who has the label on that day, and says yes to being known for it."""
        consent = Toestemming.objects.for_rows(Bruggenbouwer, Waarvoor.NAAM)
        return self.filter(Exists(consent), status=Status.LABEL, geldig_tot__gte=on, gewist_op=None)

    def with_photo_consent(self) -> BruggenbouwerQuerySet:
        """Each with `beeld_mag`: whether the photo may be shown."""
        consent = Toestemming.objects.for_rows(Bruggenbouwer, Waarvoor.BEELD)
        return self.annotate(beeld_mag=Exists(consent.filter(over_id=models.OuterRef("pk"))))


PRIVATE = [
    "sleutel", "inzending", "naam", "email", "waarom", "werelden", "door_naam", "door_email", "leestekst", "jury_reden",
    "verhaal", "foto", "foto_alt", "code", "versie",
]  # fmt: skip


@historiek.track(exclude=PRIVATE)
class Bruggenbouwer(models.Model):
    """Somebody who brings worlds together, as others say. Nothing here says what somebody is or believes."""

    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    inzending = models.UUIDField("inzending", unique=True, default=uuid.uuid4, editable=False)
    naam = models.CharField("naam", max_length=120, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    taal = models.CharField("taal van de mails", max_length=2, choices=settings.LANGUAGES, default="nl")
    wijk = models.ForeignKey(
        Wijk, models.SET_NULL, null=True, blank=True, related_name="bruggenbouwers", verbose_name="wijk"
    )
    waarom = models.TextField("waarom", max_length=2000, blank=True)
    werelden = models.TextField("welke werelden elkaar ontmoetten", max_length=1000, blank=True)
    door_naam = models.CharField("voorgedragen door", max_length=120, blank=True)
    door_email = models.EmailField("e-mailadres van wie voordraagt", blank=True)

    status = models.CharField("status", max_length=12, choices=Status, default=Status.VOORGEDRAGEN)
    voorgedragen_op = models.DateTimeField("voorgedragen op")
    ingestemd_op = models.DateTimeField("zei ja op", null=True, blank=True)
    ronde = models.ForeignKey(
        Juryronde, models.SET_NULL, null=True, blank=True, related_name="kandidaten", verbose_name="juryronde"
    )
    leestekst = models.TextField(
        "tekst voor de jury",
        max_length=8000,
        blank=True,
        help_text="Zonder namen, straten of iets anders waaraan de jury iemand herkent.",
    )
    jury_reden = models.TextField("waarom de jury zo besliste", max_length=1000, blank=True)
    beslist_op = models.DateTimeField("beslist op", null=True, blank=True)

    code = models.CharField("code om na te kijken", max_length=12, unique=True, null=True, blank=True, editable=False)
    label_op = models.DateField("label sinds", null=True, blank=True)
    geldig_tot = models.DateField("label tot en met", null=True, blank=True)
    verlenging_gevraagd_op = models.DateTimeField("vroeg verlenging op", null=True, blank=True)

    verhaal = models.TextField("verhaal", max_length=4000, blank=True)
    foto = models.ForeignKey(Beeld, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="foto")
    foto_alt = models.CharField("wat de foto toont", max_length=250, blank=True)
    verhaal_nagekeken = models.BooleanField("verhaal en foto staan op de site", default=False)

    gewist_op = models.DateTimeField("gegevens gewist op", null=True, blank=True)
    is_demo = models.BooleanField("demo", default=False, help_text="Deze persoon is verzonnen.")
    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    objects = BruggenbouwerQuerySet.as_manager()

    class Meta:
        verbose_name = "bruggenbouwer"
        verbose_name_plural = "bruggenbouwers"
        ordering = ["-voorgedragen_op", "-pk"]
        indexes = [models.Index(fields=["status", "geldig_tot"], name="bruggenbouwer_by_status")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["voorgedragen", "geweigerd"]) | Q(ingestemd_op__isnull=False),
                name="bruggenbouwer_says_yes_first",
            ),
            models.CheckConstraint(
                condition=~Q(status="label")
                | Q(code__isnull=False, label_op__isnull=False, geldig_tot__isnull=False)
                & Q(geldig_tot__gte=F("label_op")),
                name="bruggenbouwer_label_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["label", "niet_gekozen"])
                | Q(beslist_op__isnull=False) & (~Q(jury_reden="") | Q(gewist_op__isnull=False)),
                name="bruggenbouwer_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(gewist_op__isnull=True)
                | Q(
                    naam="", email="", waarom="", werelden="", door_naam="", door_email="", leestekst="",
                    jury_reden="", verhaal="", foto__isnull=True, foto_alt="",
                ),
                name="bruggenbouwer_wiped_is_empty",
            ),
        ]  # fmt: skip
        triggers = [pgtrigger.FSM(name="bruggenbouwer_steps", field="status", transitions=pairs())]

    def __str__(self) -> str:
        return self.naam or f"bruggenbouwer {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("samenleven:brug_werk", args=[self.pk])

    @property
    def is_gewist(self) -> bool:
        return self.gewist_op is not None

    @property
    def heeft_label(self) -> bool:
        return self.status == Status.LABEL

    def geldt_op(self, on: date) -> bool:
        """Whether the label is valid on that day."""
        return self.heeft_label and self.geldig_tot is not None and on <= self.geldig_tot


class Steun(models.Model):
    """Somebody who says that a nomination is right; it counts once their address is confirmed."""

    bruggenbouwer = models.ForeignKey(Bruggenbouwer, models.CASCADE, related_name="steun", verbose_name="bruggenbouwer")
    sleutel = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    naam = models.CharField("naam", max_length=120, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    waarom = models.TextField("waarom", max_length=1000, blank=True)
    taal = models.CharField("taal van de mails", max_length=2, choices=settings.LANGUAGES, default="nl")
    gegeven_op = models.DateTimeField("gegeven op")
    bevestigd_op = models.DateTimeField("bevestigd op", null=True, blank=True)

    class Meta:
        verbose_name = "steun"
        verbose_name_plural = "steun"
        ordering = ["bruggenbouwer", "pk"]
        constraints = [
            models.UniqueConstraint(
                "bruggenbouwer", Lower("email"), condition=~Q(email=""), name="steun_once_for_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.naam or f"steun {self.pk}"


class Juryoordeel(models.Model):
    """What one member of the jury thinks of one nomination, with the reason."""

    class Keuze(models.TextChoices):
        JA = "ja", "ja, dit is 100% Genks"
        NEE = "nee", "nee, nu niet"
        HERKEND = "herkend", "ik herken deze persoon, ik oordeel niet"

    jurylid = models.ForeignKey(Jurylid, models.CASCADE, related_name="oordelen", verbose_name="jurylid")
    bruggenbouwer = models.ForeignKey(
        Bruggenbouwer, models.CASCADE, related_name="oordelen", verbose_name="bruggenbouwer"
    )
    keuze = models.CharField("oordeel", max_length=8, choices=Keuze)
    reden = models.TextField("waarom", max_length=1000, blank=True)
    op = models.DateTimeField("op")

    class Meta:
        verbose_name = "oordeel van de jury"
        verbose_name_plural = "oordelen van de jury"
        ordering = ["jurylid", "bruggenbouwer"]
        constraints = [
            models.UniqueConstraint(fields=["jurylid", "bruggenbouwer"], name="juryoordeel_once"),
            models.CheckConstraint(condition=Q(keuze="herkend") | ~Q(reden=""), name="juryoordeel_has_reason"),
        ]

    def __str__(self) -> str:
        return self.get_keuze_display()
