"""What others ask of the outbox."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Model

from .models import Bericht, BerichtQuerySet


def for_object(obj: Model) -> BerichtQuerySet:
    """The mails about an object, newest first."""
    return Bericht.objects.about(obj)


def unsent_since(at: datetime) -> int:
    """How many mails were put in before this moment and still wait, or hang in a worker's hand."""
    open_states = [Bericht.Status.WACHT, Bericht.Status.BEZIG]
    return Bericht.objects.filter(status__in=open_states, aangemaakt_op__lt=at).count()


def failed() -> int:
    """How many mails were given up or are in doubt, and wait for somebody to look."""
    return Bericht.objects.in_trouble().count()
