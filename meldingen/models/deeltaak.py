"""A part of the work on a report, for one team, with a term of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from kern import historiek
from wijken.models import Team
from wijken.queries import Bereik

from ..states import DEEL_OPEN, Deelstatus, sub_task_pairs
from .melding import Melding, visible_where

_OPEN = Q(status__in=sorted(DEEL_OPEN))


class DeeltaakQuerySet(models.QuerySet["Deeltaak"]):
    def open(self) -> DeeltaakQuerySet:
        return self.filter(_OPEN)

    def late(self, on: date) -> DeeltaakQuerySet:
        """Open sub-tasks that were due before this day."""
        return self.open().filter(uiterlijk__lt=on)

    def visible_to(self, user: Any, reach: Bereik) -> DeeltaakQuerySet:
        """What this member of staff may see; the twin of `rules.may_see_sub_task`."""
        where = visible_where(user, reach, "melding__")
        if where is None:
            return self.none()
        own = Q(team__in=reach.team_ids) | Q(behandelaar__in=reach.gebruiker_ids)
        return self.filter(own | where) if where else self.all()


@historiek.track(exclude=["titel", "tekst", "afloop"])
class Deeltaak(models.Model):
    """A sub-task. The report closes only when every one of them is done, or dropped with a reason."""

    melding = models.ForeignKey(Melding, models.CASCADE, related_name="deeltaken", verbose_name="melding")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=1)
    titel = models.CharField("wat", max_length=120)
    tekst = models.TextField("uitleg", blank=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="deeltaken", verbose_name="team")
    behandelaar = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="deeltaken",
        verbose_name="behandelaar",
    )
    uiterlijk = models.DateField("klaar tegen")
    status = models.CharField("status", max_length=10, choices=Deelstatus, default=Deelstatus.OPEN)
    afloop = models.TextField("afloop", blank=True, help_text="Wat er gedaan is, of waarom de deeltaak verviel.")
    gemaakt_op = models.DateTimeField("gemaakt op")
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gemaakt door"
    )
    afgerond_op = models.DateTimeField("afgerond op", null=True, blank=True)

    objects = DeeltaakQuerySet.as_manager()

    class Meta:
        verbose_name = "deeltaak"
        verbose_name_plural = "deeltaken"
        ordering = ["volgorde", "pk"]
        indexes = [
            models.Index(fields=["team", "uiterlijk", "id"], name="deeltaak_team_open", condition=_OPEN),
            models.Index(fields=["behandelaar", "uiterlijk", "id"], name="deeltaak_person_open", condition=_OPEN),
            models.Index(fields=["uiterlijk", "id"], name="deeltaak_due", condition=_OPEN),
            models.Index(fields=["team", "-afgerond_op", "-id"], name="deeltaak_team_done", condition=~_OPEN),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Deelstatus.values), name="deeltaak_known_status"),
            models.CheckConstraint(
                condition=_OPEN & Q(afgerond_op__isnull=True) | ~_OPEN & Q(afgerond_op__isnull=False),
                name="deeltaak_done_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status=Deelstatus.VERVALLEN) | ~Q(afloop=""), name="deeltaak_dropped_has_reason"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="deeltaak_steps", field="status", transitions=sub_task_pairs()),
            # Touches the report, whose own trigger then counts again; the report refuses when it is closed.
            pgtrigger.Trigger(
                name="deeltaak_counts",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    UPDATE meldingen_melding SET deeltaken_open = deeltaken_open + 1
                    WHERE id IN (OLD.melding_id, NEW.melding_id);
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def is_open(self) -> bool:
        return self.status in DEEL_OPEN

    def is_late(self, on: date) -> bool:
        return self.is_open and self.uiterlijk < on
