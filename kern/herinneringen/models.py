"""Ladders: when who is reminded; and what was sent."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kern import historiek
from kern.gezondheid.models import Taakuitvoering


class Aan(models.TextChoices):
    """To whom a step of a ladder goes; the app of the thing says who they are."""

    VERANTWOORDELIJKE = "verantwoordelijke", _("verantwoordelijke")
    TEAMLEIDER = "teamleider", _("teamleider")
    WIJKMANAGER = "wijkmanager", _("wijkmanager")
    HOOFD = "hoofd", _("hoofd")


MAX_WORKING_DAYS = 250


@historiek.track()
class Ladderstap(models.Model):
    """One step of a ladder: so many working days before or after the deadline, this person hears of it."""

    bron = models.CharField(
        _("voor wat"), max_length=40, blank=True, help_text=_("Leeg: voor alles wat een termijn heeft.")
    )
    onderwerp = models.CharField(
        _("onderwerp"),
        max_length=80,
        blank=True,
        help_text=_("Bijvoorbeeld een categorie. Heeft een onderwerp eigen stappen, dan gelden alleen die."),
    )
    werkdagen = models.SmallIntegerField(
        _("werkdagen"),
        help_text=_("-2: twee werkdagen voor de termijn. 0: op de dag zelf. 3: drie werkdagen te laat."),
    )
    aan = models.CharField(_("aan wie"), max_length=20, choices=Aan)
    is_actief = models.BooleanField(_("actief"), default=True)

    class Meta:
        verbose_name = _("stap van een ladder")
        verbose_name_plural = _("ladders van herinneringen")
        ordering: ClassVar = ["bron", "onderwerp", "werkdagen", "aan"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bron", "onderwerp", "werkdagen", "aan"],
                name="ladderstap_once",
                violation_error_message=_("Deze stap staat al in de ladder."),
            ),
            models.CheckConstraint(
                condition=models.Q(werkdagen__range=(-MAX_WORKING_DAYS, MAX_WORKING_DAYS)),
                name="ladderstap_within_a_year",
                violation_error_message=_("Kies hoogstens 250 werkdagen ervoor of erna."),
            ),
            models.CheckConstraint(
                condition=models.Q(onderwerp="") | ~models.Q(bron=""),
                name="ladderstap_subject_of_a_bron",
                violation_error_message=_("Kies eerst waarvoor dit onderwerp is."),
            ),
        ]

    def __str__(self) -> str:
        days = ngettext("%(n)d werkdag", "%(n)d werkdagen", abs(self.werkdagen)) % {"n": abs(self.werkdagen)}
        side = _("ervoor") if self.werkdagen < 0 else _("te laat")
        when = f"{days} {side}" if self.werkdagen else _("op de dag zelf")
        return f"{when}: {self.get_aan_display()}"

    @property
    def sleutel(self) -> str:
        """Names the step by what it does, so that a step taken away and put back does not go out again."""
        return f"{self.werkdagen:+d} {self.aan}"

    def clean(self) -> None:
        from .registry import bronnen

        if self.bron and self.bron not in bronnen:
            raise ValidationError({"bron": _("Dit bestaat niet. Kies uit: %s.") % ", ".join(sorted(bronnen))})
        codes = [code for code, _naam in bronnen[self.bron].onderwerpen()] if self.bron else []
        if self.onderwerp and codes and self.onderwerp not in codes:
            raise ValidationError({"onderwerp": _("Dit onderwerp hoort niet bij wat je hierboven koos.")})


class Herinnering(models.Model):
    """A step of a ladder that went to somebody, about one thing and one deadline of it."""

    bron = models.CharField(_("bron"), max_length=40)
    object = models.CharField(_("object"), max_length=80)
    stap = models.CharField(_("stap"), max_length=40)
    due_on = models.DateField(_("termijn"))
    ontvanger = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="herinneringen", verbose_name=_("ontvanger")
    )
    namens = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("in plaats van"),
        help_text=_("De afwezige collega voor wie de ontvanger overneemt."),
    )
    uitvoering = models.ForeignKey(
        Taakuitvoering, models.SET_NULL, null=True, related_name="+", verbose_name=_("uitvoering")
    )
    gemaakt_op = models.DateTimeField(_("gemaakt op"))

    class Meta:
        verbose_name = _("herinnering")
        verbose_name_plural = _("herinneringen")
        ordering: ClassVar = ["-gemaakt_op", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bron", "object", "stap", "due_on", "ontvanger"], name="herinnering_once"),
        ]

    def __str__(self) -> str:
        return f"{self.bron} {self.object}: {self.stap}"
