"""What the portal says about itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verklaring(models.Model):
    """The accessibility statement (Bestuursdecreet of 7 December 2018; model of Decision (EU) 2018/1523).

    The newest one is shown. Each review is a new date on it, or a new statement.
    """

    class Status(models.TextChoices):
        VOLLEDIG = "volledig", _("voldoet volledig")
        GEDEELTELIJK = "gedeeltelijk", _("voldoet gedeeltelijk")
        NIET = "niet", _("voldoet niet")

    class Methode(models.TextChoices):
        ZELF = "zelf", _("de stad keek het zelf na")
        DERDE = "derde", _("een ander bedrijf of een organisatie keek het na")

    status = models.CharField("status", max_length=20, choices=Status, default=Status.GEDEELTELIJK)
    methode = models.CharField("hoe is het nagekeken", max_length=10, choices=Methode, default=Methode.ZELF)
    uitleg = models.TextField(
        "hoe precies", blank=True, help_text="Bijvoorbeeld: met welke toestellen, programma’s en mensen."
    )
    opgesteld_op = models.DateField("opgesteld op")
    nagekeken_op = models.DateField(
        "laatst nagekeken op", help_text="Minstens elk jaar. Na twaalf maanden waarschuwt het portaal."
    )
    contact_mail = models.EmailField("e-mailadres voor problemen")
    contact_telefoon = models.CharField("telefoonnummer voor problemen", max_length=30, blank=True)

    class Meta:
        verbose_name = "toegankelijkheidsverklaring"
        verbose_name_plural = "toegankelijkheidsverklaringen"
        ordering = ["-opgesteld_op", "-pk"]
        get_latest_by = ["opgesteld_op", "pk"]

    def __str__(self) -> str:
        return f"{self.get_status_display()}, nagekeken op {self.nagekeken_op:%d-%m-%Y}"


class Hindernis(models.Model):
    """Something in the portal that is not accessible: why, and how else to get it."""

    class Reden(models.TextChoices):
        NIET_CONFORM = "niet_conform", _("voldoet nog niet")
        LAST = "last", _("onevenredige last")
        BUITEN = "buiten", _("valt buiten de regels")

    verklaring = models.ForeignKey(Verklaring, models.CASCADE, related_name="hindernissen", verbose_name="verklaring")
    wat = models.CharField("wat is niet toegankelijk", max_length=300)
    reden = models.CharField("reden", max_length=20, choices=Reden)
    alternatief = models.CharField("hoe kan het wel", max_length=300)

    class Meta:
        verbose_name = "hindernis"
        verbose_name_plural = "hindernissen"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.wat


class Stand(models.Model):
    """One row that gets another value whenever something that processes keep in memory changes (`kern.geheugen`)."""

    versie = models.UUIDField("versie")

    class Meta:
        verbose_name = "stand"
        verbose_name_plural = "standen"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="stand_one_row")]

    def __str__(self) -> str:
        return str(self.versie)
