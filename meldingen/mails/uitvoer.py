"""The message that a file is ready; the file itself never goes by mail."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kern.berichten import actions as berichten
from kern.opdrachten.actions import KEEP
from kern.opdrachten.models import Opdracht

from ..models import Uitvoer
from .basis import absolute, in_words


def export_ready(uitvoer: Uitvoer, opdracht: Opdracht, aantal: int) -> None:
    """Tell who asked for a list that it can be fetched, and until when; the link asks for their log-in."""
    until: timedelta = KEEP
    day = timezone.localtime(opdracht.aangevraagd_op + until).date()
    owner = opdracht.eigenaar
    berichten.enqueue(
        sleutel=f"uitvoer:{uitvoer.pk}:klaar",
        soort="staf_uitvoer",
        aan=owner.email,
        context={
            "naam": owner.naam,
            "wat": uitvoer.wat,
            "aantal": f"{aantal:,}".replace(",", "."),
            "bewaard_tot": in_words(day, "nl"),
            "link": absolute("opdrachten:detail", opdracht.pk),
        },
    )
