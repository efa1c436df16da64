"""The days on which the city closes, beyond weekends and public holidays."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kern import geheugen, historiek


@geheugen.bewaakt
@historiek.track()
class Sluitingsdag(models.Model):
    """A day the city's services are closed, such as a bridge day: it counts for no deadline."""

    datum = models.DateField(
        _("datum"),
        unique=True,
        help_text=_("Deze dag telt niet mee in termijnen. De tien wettelijke feestdagen staan er al in."),
        error_messages={"unique": _("Deze dag staat al in de lijst.")},
    )
    naam = models.CharField(_("naam"), max_length=100, help_text=_("Bijvoorbeeld: brugdag na Hemelvaart."))

    class Meta:
        verbose_name = _("sluitingsdag")
        verbose_name_plural = _("sluitingsdagen")
        ordering = ["datum"]

    def __str__(self) -> str:
        return f"{self.naam} ({self.datum:%d-%m-%Y})"
