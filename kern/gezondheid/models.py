"""What the portal did by itself: one row per run of a periodic job."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Taak(models.TextChoices):
    """The two rounds that keep the portal going; the health page watches them."""

    OCHTENDRONDE = "ochtendronde", _("ochtendronde (herinneringen)")
    LICHTE_RONDE = "lichte ronde", _("lichte ronde (om de paar minuten)")


class TaakuitvoeringQuerySet(models.QuerySet["Taakuitvoering"]):
    def succeeded(self, *taken: str) -> "TaakuitvoeringQuerySet":
        """The runs of these jobs that went well."""
        return self.filter(taak__in=taken, status=Taakuitvoering.Status.GELUKT)

    def abandoned(self, *, before: datetime) -> "TaakuitvoeringQuerySet":
        """Runs of before this moment that never ended: the process was killed."""
        return self.filter(status=Taakuitvoering.Status.BEZIG, gestart_op__lt=before)


class Taakuitvoering(models.Model):
    """One run of a periodic job: when, how much, and what went wrong."""

    class Status(models.TextChoices):
        BEZIG = "bezig", _("bezig")
        GELUKT = "gelukt", _("gelukt")
        MISLUKT = "mislukt", _("mislukt")

    taak = models.CharField(_("taak"), max_length=60)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.BEZIG)
    gestart_op = models.DateTimeField(_("gestart op"))
    geeindigd_op = models.DateTimeField(_("geëindigd op"), null=True)
    aantallen = models.JSONField(_("aantallen"), default=dict)
    fout = models.TextField(_("fout"), blank=True, max_length=2000)

    objects = TaakuitvoeringQuerySet.as_manager()

    class Meta:
        verbose_name = _("taakuitvoering")
        verbose_name_plural = _("taakuitvoeringen")
        ordering: ClassVar = ["-gestart_op", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["taak", "status", "-gestart_op"], name="taakuitvoering_last_run"),
            models.Index(fields=["gestart_op"], name="taakuitvoering_age"),
        ]

    def __str__(self) -> str:
        return f"{self.taak} ({self.get_status_display()})"
