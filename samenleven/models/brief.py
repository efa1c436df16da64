"""The half-year letter: how far each recommendation is, and what changed in six months."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kern import historiek


@historiek.track(exclude=["inhoud", "versie"])
class Halfjaarbrief(models.Model):
    """A letter about half a year. Once it is sent, it says for ever what it said."""

    vanaf = models.DateField("eerste dag", unique=True)
    inleiding = models.TextField(
        "inleiding", max_length=2000, blank=True, help_text="Staat bovenaan, in gewone taal. Mag leeg blijven."
    )
    # How each recommendation stood; empty while nothing was sent.
    inhoud: models.JSONField[Any, Any] = models.JSONField("inhoud", default=list, blank=True)
    gemaakt_op = models.DateTimeField("gemaakt op")
    verzonden_op = models.DateTimeField("verzonden op", null=True, blank=True)
    verzonden_door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="verzonden door",
    )
    laatste = models.PositiveBigIntegerField("tot welke volger verzonden", default=0)
    is_rond = models.BooleanField("bij iedereen", default=False)
    versie = models.PositiveIntegerField("versie", default=1)

    class Meta:
        verbose_name = "halfjaarbrief"
        verbose_name_plural = "halfjaarbrieven"
        ordering = ["-vanaf"]
        constraints = [
            models.CheckConstraint(
                condition=Q(vanaf__month__in=[1, 7], vanaf__day=1), name="halfjaarbrief_begins_a_half_year"
            ),
            models.CheckConstraint(
                condition=Q(is_rond=False) | Q(verzonden_op__isnull=False), name="halfjaarbrief_done_was_sent"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="halfjaarbrief_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__verzonden_op__isnull=False),
                func="""
                    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - ARRAY['laatste', 'is_rond', 'verzonden_door_id']
                        = to_jsonb(OLD) - ARRAY['laatste', 'is_rond', 'verzonden_door_id'] THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'letter % was sent and does not change', OLD.id
                        USING ERRCODE = 'integrity_constraint_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{'eerste' if self.vanaf.month == 1 else 'tweede'} helft van {self.vanaf.year}"

    def get_absolute_url(self) -> str:
        return reverse("samenleven:brief", args=[self.vanaf.year, 1 if self.vanaf.month == 1 else 2])

    @property
    def tot(self) -> date:
        """The last day."""
        nxt = date(self.vanaf.year, 7, 1) if self.vanaf.month == 1 else date(self.vanaf.year + 1, 1, 1)
        return nxt - timedelta(days=1)

    @property
    def helft(self) -> int:
        """1 or 2."""
        return 1 if self.vanaf.month == 1 else 2
