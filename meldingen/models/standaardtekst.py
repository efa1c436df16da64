"""Answers that are written once and sent often: per step, and where wanted per category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from kern import historiek

from ..states import Sluitreden
from .categorie import Categorie

if TYPE_CHECKING:
    from .melding import Melding


class StandaardtekstQuerySet(models.QuerySet["Standaardtekst"]):
    def offered(self, stap: str, melding: Melding) -> StandaardtekstQuerySet:
        """What can be used in this step of this report: of its category, the main one, or of all; in their order."""
        categories = [melding.categorie_id, melding.categorie.hoofdcategorie_id]
        mine = Q(categorie__isnull=True) | Q(categorie__in=[pk for pk in categories if pk])
        return self.filter(mine, stap=stap, is_actief=True).order_by("volgorde", "naam", "pk")


@historiek.track(exclude=["aantal_gebruikt", "laatst_gebruikt_op"])
class Standaardtekst(models.Model):
    """Words for the resident with {placeholders}, in Dutch and, when filled in, in French and English."""

    class Stap(models.TextChoices):
        """The steps that write to the resident; the codes are those of the steps of the staff pages."""

        START = "start", "neem in behandeling"
        PLAN = "plan", "plan in"
        VRAAG = "vraag", "stel een vraag"
        SLUIT = "sluit", "sluit af"
        BELOFTE = "belofte", "verzet de belofte"

    naam = models.CharField("naam", max_length=80, help_text="Zo kiest een collega deze tekst.")
    stap = models.CharField("bij de stap", max_length=12, choices=Stap)
    sluitreden = models.CharField(
        "bij deze afloop",
        max_length=20,
        choices=Sluitreden,
        blank=True,
        help_text="Alleen bij afsluiten. Leeg: bij elke afloop.",
    )
    categorie = models.ForeignKey(
        Categorie,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="categorie",
        help_text="Een hoofdcategorie geldt voor alles wat eronder staat. Leeg: bij elke categorie.",
    )
    tekst = models.TextField("tekst", max_length=1500)
    tekst_fr = models.TextField("tekst (Frans)", max_length=1500, blank=True)
    tekst_en = models.TextField("tekst (Engels)", max_length=1500, blank=True)
    volgorde = models.PositiveSmallIntegerField("volgorde", default=10, help_text="De laagste staat bovenaan.")
    is_actief = models.BooleanField("aan", default=True, help_text="Wat uit staat, kan niemand kiezen.")
    aantal_gebruikt = models.PositiveIntegerField("aantal keren gebruikt", default=0, editable=False)
    laatst_gebruikt_op = models.DateTimeField("laatst gebruikt op", null=True, blank=True, editable=False)

    objects = StandaardtekstQuerySet.as_manager()

    class Meta:
        verbose_name = "standaardtekst"
        verbose_name_plural = "standaardteksten"
        ordering = ["stap", "volgorde", "naam"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stap="sluit") | Q(sluitreden=""), name="standaardtekst_reason_of_closing"
            ),
        ]

    def __str__(self) -> str:
        return self.naam
