"""The red thread: one thing led to another."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q


class DraadQuerySet(models.QuerySet["Draad"]):
    def out_of(self, obj: models.Model) -> DraadQuerySet:
        """What leads on from this object."""
        return self.filter(van_type=ContentType.objects.get_for_model(obj), van_id=obj.pk)

    def into(self, obj: models.Model) -> DraadQuerySet:
        """What leads to this object."""
        return self.filter(naar_type=ContentType.objects.get_for_model(obj), naar_id=obj.pk)


class Draad(models.Model):
    """A piece of the red thread: one thing led to another, whatever room either of them lives in.

    How a kind of thing is shown in a thread its room tells in `registry.register_thread`.
    """

    class Soort(models.TextChoices):
        BRON = "bron", "is een bron van"

    soort = models.CharField("soort", max_length=12, choices=Soort, default=Soort.BRON)
    van_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name="soort van het eerste")
    van_id = models.PositiveBigIntegerField("nummer van het eerste")
    van = GenericForeignKey("van_type", "van_id")
    naar_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name="soort van het tweede")
    naar_id = models.PositiveBigIntegerField("nummer van het tweede")
    naar = GenericForeignKey("naar_type", "naar_id")
    sinds = models.DateTimeField("sinds")
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="door",
        help_text="Leeg: het portaal zelf.",
    )

    objects = DraadQuerySet.as_manager()

    class Meta:
        verbose_name = "rode draad"
        verbose_name_plural = "rode draden"
        ordering = ["sinds", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["van_type", "van_id", "naar_type", "naar_id", "soort"], name="draad_once"),
            models.CheckConstraint(
                condition=~Q(van_type=F("naar_type"), van_id=F("naar_id")), name="draad_to_something_else"
            ),
        ]
        indexes = [models.Index(fields=["naar_type", "naar_id"], name="draad_back")]

    def __str__(self) -> str:
        return f"{self.van_type} {self.van_id} {self.get_soort_display()} {self.naar_type} {self.naar_id}"
