"""The photos of a report."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .melding import Melding


class MeldingBeeldQuerySet(models.QuerySet["MeldingBeeld"]):
    def sent_with(self, melding: Melding) -> MeldingBeeldQuerySet:
        """The photos of this report itself, also while a merge has moved them; none that came from another."""
        return self.filter(Q(melding=melding, herkomst__isnull=True) | Q(herkomst=melding))


class MeldingBeeld(models.Model):
    """A photo with a report; private until staff release it."""

    class Soort(models.TextChoices):
        MELDING = "melding", "bij de melding"
        AANVULLING = "aanvulling", "later toegevoegd"
        NA_HERSTEL = "na_herstel", "na het herstel"
        PARTNER = "partner", "van de partner"
        PLOEG = "ploeg", "van onze ploeg, ter plaatse"

    # Photos that nobody chose for the resident yet.
    ALLEEN_COLLEGAS = (Soort.PARTNER, Soort.PLOEG)

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="beelden", verbose_name="melding")
    beeld = models.OneToOneField("beelden.Beeld", models.PROTECT, related_name="melding", verbose_name="foto")
    soort = models.CharField("soort", max_length=12, choices=Soort, default=Soort.MELDING)
    openbaar = models.BooleanField("openbaar", default=False)
    oorspronkelijk = models.OneToOneField(
        "beelden.Beeld",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="vervaagd",
        verbose_name="oorspronkelijke foto",
        help_text="De foto voor ze onherkenbaar gemaakt werd; verdwijnt vanzelf.",
    )
    vervaagd_op = models.DateTimeField("onherkenbaar gemaakt op", null=True, blank=True)
    herkomst = models.ForeignKey(
        Melding,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="beelden_elders",
        verbose_name="herkomst",
        help_text="De samengevoegde melding waar deze foto vandaan komt; leeg: hoort bij deze melding zelf.",
    )

    objects = MeldingBeeldQuerySet.as_manager()

    class Meta:
        verbose_name = "foto"
        verbose_name_plural = "foto's"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["vervaagd_op"], name="meldingbeeld_blurred", condition=Q(oorspronkelijk__isnull=False))
        ]

    def __str__(self) -> str:
        return f"foto bij {self.melding}"
