"""Saved views of the staff list, and what each person makes of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kern import historiek
from kern.gebruikers.models import Rol
from wijken.models import Team
from wijken.queries import Bereik

# How long a view that was thrown away can be put back.
REGRET = timedelta(days=30)


def codes(label: str, help_text: str = "") -> ArrayField[Any, Any]:
    """A field with codes of columns, in their order."""
    return ArrayField(
        models.CharField(max_length=30), verbose_name=label, default=list, blank=True, help_text=help_text
    )


class WeergaveQuerySet(models.QuerySet["Weergave"]):
    def kept(self) -> WeergaveQuerySet:
        """Those that nobody threw away."""
        return self.filter(verwijderd_op=None)

    def in_use(self) -> WeergaveQuerySet:
        return self.kept().filter(is_actief=True)

    def visible_to(self, user: Any, reach: Bereik) -> WeergaveQuerySet:
        """One's own, those shared with one's teams, and those of one's roles; the twin of `rules.may_use_view`."""
        return self.filter(Q(eigenaar=user) | Q(team__in=reach.team_ids) | Q(rol__in=user.rollen))

    def changeable_by(self, user: Any, reach: Bereik) -> WeergaveQuerySet:
        """One's own, of teams one leads, for a beheerder of roles; the twin of `rules.may_change_view`."""
        mine = Q(eigenaar=user) | Q(team__in=reach.geleide_team_ids)
        if user.has_role(Rol.BEHEERDER):
            mine |= ~Q(rol="")
        return self.filter(mine)


@historiek.track()
class Weergave(models.Model):
    """A list of reports under a name: which ones, in which order, with which columns.

    It is somebody's own, shared with a team, or for everybody with a role. It holds a question, never reports: who
    opens it sees what that person may see.
    """

    naam = models.CharField("naam", max_length=60)
    filters = models.CharField(
        "filters",
        max_length=2000,
        blank=True,
        help_text="Wat er achter het vraagteken staat in het adres van de lijst.",
    )
    kolommen = codes("kolommen", "Leeg: de gewone kolommen.")
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="weergaven",
        verbose_name="eigenaar",
        help_text="Leeg bij een weergave voor een rol.",
    )
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="weergaven", verbose_name="gedeeld met team"
    )
    rol = models.CharField("voor iedereen met de rol", max_length=40, choices=Rol, blank=True)
    is_standaard = models.BooleanField(
        "opent als eerste", default=False, help_text="Wie deze rol heeft en op “Meldingen” klikt, komt hier uit."
    )
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0)
    is_actief = models.BooleanField("actief", default=True, help_text="Uit: ze staat niet meer boven de lijst.")
    gemaakt_op = models.DateTimeField("gemaakt op")
    verwijderd_op = models.DateTimeField("verwijderd op", null=True, blank=True, editable=False)

    objects = WeergaveQuerySet.as_manager()

    class Meta:
        verbose_name = "weergave"
        verbose_name_plural = "weergaven"
        ordering = ["volgorde", "naam", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rol="", eigenaar__isnull=False) | (~Q(rol="") & Q(eigenaar=None, team=None)),
                name="weergave_of_a_person_or_a_role",
                violation_error_message="Een weergave is van iemand, of voor een rol: niet van allebei.",
            ),
            models.CheckConstraint(
                condition=Q(is_standaard=False) | ~Q(rol=""),
                name="weergave_first_of_a_role",
                violation_error_message="Alleen een weergave voor een rol kan als eerste openen.",
            ),
            models.UniqueConstraint(
                fields=["rol"],
                condition=Q(is_standaard=True, verwijderd_op=None),
                name="weergave_one_first_per_role",
                violation_error_message="Deze rol heeft al een weergave die als eerste opent.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Kolomkeuze(models.Model):
    """The columns that a person wants, in a view or (without one) in the plain lists."""

    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="kolomkeuzes", verbose_name="gebruiker"
    )
    weergave = models.ForeignKey(
        Weergave, models.CASCADE, null=True, blank=True, related_name="kolomkeuzes", verbose_name="weergave"
    )
    kolommen = codes("kolommen")

    class Meta:
        verbose_name = "keuze van kolommen"
        verbose_name_plural = "keuzes van kolommen"
        constraints = [
            models.UniqueConstraint(
                fields=["gebruiker", "weergave"], condition=Q(weergave__isnull=False), name="kolomkeuze_per_view"
            ),
            models.UniqueConstraint(fields=["gebruiker"], condition=Q(weergave=None), name="kolomkeuze_of_the_lists"),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker}: {self.weergave or 'de lijsten'}"


class Seintje(models.Model):
    """Somebody wants to hear in the morning of what entered a view, and what they know of already."""

    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="seintjes", verbose_name="gebruiker"
    )
    weergave = models.ForeignKey(Weergave, models.CASCADE, related_name="seintjes", verbose_name="weergave")
    sinds = models.DateTimeField("sinds")
    gezien_op = models.DateTimeField("laatst gekeken op")
    gezien = ArrayField(
        models.BigIntegerField(),
        verbose_name="meldingen die er toen in stonden",
        null=True,
        help_text="Leeg: het waren er te veel om te onthouden.",
    )

    class Meta:
        verbose_name = "seintje"
        verbose_name_plural = "seintjes"
        constraints = [models.UniqueConstraint(fields=["gebruiker", "weergave"], name="seintje_once")]

    def __str__(self) -> str:
        return f"{self.gebruiker}: {self.weergave}"
