"""Photos: private, without metadata, in two sizes."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from .storage import private_storage


class Maat(models.TextChoices):
    """The two sizes of a photo: longest side at most 1600 and 400 pixels."""

    GROOT = "groot", _("groot")
    KLEIN = "klein", _("klein")


def _path(kind: str, beeld: "Beeld", suffix: str) -> str:
    return f"{kind}/{beeld.pk.hex[:2]}/{beeld.pk}{suffix}"


def original_path(beeld: "Beeld", filename: str) -> str:
    return _path("origineel", beeld, "")


def large_path(beeld: "Beeld", filename: str) -> str:
    return _path("groot", beeld, ".webp")


def small_path(beeld: "Beeld", filename: str) -> str:
    return _path("klein", beeld, ".webp")


class BeeldQuerySet(models.QuerySet["Beeld"]):
    def waiting(self, *, before: datetime) -> "BeeldQuerySet":
        """Photos of before this moment whose sizes are still to be made."""
        return self.filter(status=Beeld.Status.WACHT, aangemaakt_op__lt=before)

    def unreferenced(self, *, before: datetime) -> "BeeldQuerySet":
        """Photos of before this moment to which no row of any app points.

        A reference is a foreign key that the database guards; the copies in the history do not count.
        """
        free = self.filter(aangemaakt_op__lt=before)
        for relation in Beeld._meta.get_fields(include_hidden=True):
            field = getattr(relation, "field", None)
            if relation.auto_created and not relation.many_to_many and getattr(field, "db_constraint", False):
                rows = field.model._base_manager.filter(**{field.name: OuterRef("pk")})
                free = free.filter(~Exists(rows))
        return free


class Beeld(models.Model):
    """A photo that somebody sent in. The app that owns it decides who may see it."""

    class Status(models.TextChoices):
        WACHT = "wacht", _("wordt klaargemaakt")
        KLAAR = "klaar", _("klaar")
        MISLUKT = "mislukt", _("mislukt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WACHT)
    origineel = models.FileField(
        _("origineel"),
        storage=private_storage,
        upload_to=original_path,
        blank=True,
        help_text=_("Het bestand zoals het binnenkwam; verdwijnt zodra de foto klaar is."),
    )
    groot = models.FileField(_("groot"), storage=private_storage, upload_to=large_path, blank=True)
    klein = models.FileField(_("klein"), storage=private_storage, upload_to=small_path, blank=True)
    breedte = models.PositiveIntegerField(_("breedte"), null=True, help_text=_("Van de grote versie, in pixels."))
    hoogte = models.PositiveIntegerField(_("hoogte"), null=True, help_text=_("Van de grote versie, in pixels."))
    alt_tekst = models.CharField(
        _("beschrijving"), max_length=250, blank=True, help_text=_("Wat is er te zien? Voor wie de foto niet kan zien.")
    )
    sha256 = models.CharField(_("vingerafdruk van het origineel"), max_length=64, db_index=True)
    pogingen = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    aangemaakt_op = models.DateTimeField(_("aangemaakt op"), auto_now_add=True, db_index=True)

    objects = BeeldQuerySet.as_manager()

    class Meta:
        verbose_name = _("beeld")
        verbose_name_plural = _("beelden")
        ordering: ClassVar = ["aangemaakt_op", "id"]
        indexes: ClassVar = [
            models.Index(fields=["aangemaakt_op"], condition=Q(status="wacht"), name="beeld_waiting"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="beeld_ready_has_both_sizes_and_no_original",
                condition=~Q(status="klaar")
                | (~Q(groot="") & ~Q(klein="") & Q(origineel="", breedte__gt=0, hoogte__gt=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.alt_tekst or f"foto {str(self.pk)[:8]}"
