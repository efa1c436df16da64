"""De Genksenaar: an edition of the newspaper, and the blocks it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kern import historiek

from ..states.editie import Status, pairs
from .gesprek import Citaat, Signaal
from .toestemming import Toestemming, Waarvoor
from .traject import Traject

if TYPE_CHECKING:
    pass


class EditieQuerySet(models.QuerySet["Editie"]):
    def public(self) -> EditieQuerySet:
        """What has appeared, of trajects that everybody may read about."""
        return self.filter(status=Status.GEPUBLICEERD, traject__is_openbaar=True)


@historiek.track(exclude=["versie"])
class Editie(models.Model):
    """One number of the newspaper. Its page and its PDFs are made of its blocks each time somebody asks."""

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="edities", verbose_name="traject")
    nummer = models.PositiveSmallIntegerField("nummer", unique=True)
    titel = models.CharField("kop van de voorpagina", max_length=120)
    inleiding = models.TextField("inleiding", max_length=2000, blank=True)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.CONCEPT)
    gemaakt_op = models.DateTimeField("gemaakt op")
    gepubliceerd_op = models.DateTimeField("verschenen op", null=True, blank=True)
    gepubliceerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="verschenen door",
    )
    # Moves when a quote goes or its words change too: readers of the feed then fetch the new text.
    gewijzigd_op = models.DateTimeField("gewijzigd op")
    versie = models.PositiveIntegerField("versie", default=1, editable=False)

    objects = EditieQuerySet.as_manager()

    class Meta:
        verbose_name = "editie van De Genksenaar"
        verbose_name_plural = "edities van De Genksenaar"
        ordering = ["-nummer"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="concept") | Q(gepubliceerd_op__isnull=False), name="editie_published_when"
            ),
        ]
        triggers = [pgtrigger.FSM(name="editie_steps", field="status", transitions=pairs())]

    def __str__(self) -> str:
        return f"De Genksenaar {self.nummer}"

    def get_absolute_url(self) -> str:
        return reverse("samenleven:editie", args=[self.nummer])

    @property
    def is_verschenen(self) -> bool:
        return self.status == Status.GEPUBLICEERD


class EditieblokQuerySet(models.QuerySet["Editieblok"]):
    def readable(self) -> EditieblokQuerySet:
        """The blocks that may be read now: signals and quotes that still may, stories of people with their consent."""
        told = Toestemming.objects.for_rows(Editieblok, Waarvoor.WOORDEN)
        return self.filter(
            Q(signaal__isnull=True) | Q(signaal__in=Signaal.objects.public()),
            Q(citaat__isnull=True) | Q(citaat__in=Citaat.objects.public()),
            Q(is_van_iemand=False) | models.Exists(told),
        )


@historiek.track(exclude=["tekst"])
class Editieblok(models.Model):
    """One piece of an edition: a heading, something that was said, or a story that the editors wrote.

    What was said is not copied: it is shown as it stands in the conversation now, or not at all.
    """

    class Soort(models.TextChoices):
        TUSSENTITEL = "tussentitel", "tussentitel"
        VERHAAL = "verhaal", "verhaal"
        SIGNAAL = "signaal", "struikelblok, sleutel of eigen actie"
        CITAAT = "citaat", "citaat"

    editie = models.ForeignKey(Editie, models.CASCADE, related_name="blokken", verbose_name="editie")
    volgorde = models.PositiveSmallIntegerField("volgorde")
    soort = models.CharField("soort", max_length=12, choices=Soort)
    titel = models.CharField("titel", max_length=120, blank=True)
    tekst = models.TextField("tekst", max_length=6000, blank=True)
    signaal = models.ForeignKey(
        Signaal, models.CASCADE, null=True, blank=True, related_name="blokken", verbose_name="signaal"
    )
    citaat = models.ForeignKey(
        Citaat, models.CASCADE, null=True, blank=True, related_name="blokken", verbose_name="citaat"
    )
    is_van_iemand = models.BooleanField(
        "iemands eigen verhaal", default=False, help_text="Dan is er een toestemming nodig."
    )
    toestemmingen = GenericRelation(Toestemming, "over_id", "over_type")

    objects = EditieblokQuerySet.as_manager()

    class Meta:
        verbose_name = "blok van een editie"
        verbose_name_plural = "blokken van edities"
        ordering = ["editie", "volgorde"]
        constraints = [
            models.UniqueConstraint(
                fields=["editie", "volgorde"], name="editieblok_in_order", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["editie", "signaal"], name="editieblok_signaal_once"),
            models.UniqueConstraint(fields=["editie", "citaat"], name="editieblok_citaat_once"),
            models.CheckConstraint(
                condition=Q(soort="signaal", signaal__isnull=False, citaat__isnull=True)
                | Q(soort="citaat", citaat__isnull=False, signaal__isnull=True)
                | Q(soort__in=["tussentitel", "verhaal"], signaal__isnull=True, citaat__isnull=True),
                name="editieblok_of_one_kind",
            ),
            models.CheckConstraint(
                condition=Q(soort="verhaal") | Q(is_van_iemand=False), name="editieblok_story_of_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.editie}, {self.volgorde}: {self.get_soort_display()}"
