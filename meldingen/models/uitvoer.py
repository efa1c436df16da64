"""Lists that left the portal as a file: each is written down, and some go out by themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from kern import historiek

from .weergave import Weergave, codes


class Vorm(models.TextChoices):
    """The kinds of file."""

    XLSX = "xlsx", "Excel (xlsx)"
    CSV = "csv", "CSV"


@historiek.track()
class Uitvoerplan(models.Model):
    """A saved view that somebody gets as a file, again and again."""

    class Ritme(models.TextChoices):
        WERKDAG = "werkdag", "elke werkdag"
        WEEK = "week", "elke week"
        MAAND = "maand", "elke maand"

    class Weekdag(models.IntegerChoices):
        MAANDAG = 1, "maandag"
        DINSDAG = 2, "dinsdag"
        WOENSDAG = 3, "woensdag"
        DONDERDAG = 4, "donderdag"
        VRIJDAG = 5, "vrijdag"
        ZATERDAG = 6, "zaterdag"
        ZONDAG = 7, "zondag"

    weergave = models.ForeignKey(Weergave, models.CASCADE, related_name="uitvoerplannen", verbose_name="weergave")
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="uitvoerplannen", verbose_name="voor wie"
    )
    ritme = models.CharField("hoe vaak", max_length=10, choices=Ritme, default=Ritme.WEEK)
    dag = models.PositiveSmallIntegerField(
        "dag", null=True, blank=True, help_text="Van de week (1 is maandag) of van de maand (1 tot 28)."
    )
    vorm = models.CharField("bestand", max_length=4, choices=Vorm, default=Vorm.XLSX)
    alle_kolommen = models.BooleanField("alle kolommen", default=False)
    is_actief = models.BooleanField("actief", default=True)
    gemaakt_op = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name = "geplande uitvoer"
        verbose_name_plural = "geplande uitvoer"
        ordering = ["weergave", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["weergave", "eigenaar"], name="uitvoerplan_once"),
            models.CheckConstraint(
                condition=Q(ritme="werkdag", dag=None)
                | Q(ritme="week", dag__range=(1, 7))
                | Q(ritme="maand", dag__range=(1, 28)),
                name="uitvoerplan_day_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weergave} voor {self.eigenaar}"

    @property
    def wanneer(self) -> str:
        """When it goes out, in words."""
        if self.ritme == self.Ritme.WERKDAG:
            return "elke werkdag"
        if self.ritme == self.Ritme.WEEK:
            return f"elke {self.Weekdag(self.dag).label}"
        return f"elke maand op de {self.dag}e"


class Uitvoer(models.Model):
    """A list that somebody took out as a file. The rows are not in it: what they were follows from the question."""

    class Wijze(models.TextChoices):
        METEEN = "meteen", "meteen"
        ACHTERGROND = "achtergrond", "op de achtergrond"
        GEPLAND = "gepland", "gepland"

    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="uitvoer", verbose_name="door"
    )
    op = models.DateTimeField("op", db_index=True)
    wat = models.CharField("wat", max_length=300, help_text="De lijst en de filters in woorden.")
    filters = models.CharField("filters", max_length=2000, blank=True)
    vorm = models.CharField("bestand", max_length=4, choices=Vorm)
    kolommen = codes("kolommen")
    met_contact = models.BooleanField("met gegevens van melders", default=False)
    aantal = models.PositiveIntegerField("aantal meldingen", null=True, blank=True, help_text="Leeg: nog niet klaar.")
    wijze = models.CharField("hoe", max_length=12, choices=Wijze)
    plan = models.ForeignKey(
        Uitvoerplan, models.SET_NULL, null=True, blank=True, related_name="uitvoer", verbose_name="geplande uitvoer"
    )
    sleutel = models.CharField("gelegenheid", max_length=80, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = "uitvoer"
        verbose_name_plural = "uitvoer"
        ordering = ["-op", "-pk"]

    def __str__(self) -> str:
        return self.wat
