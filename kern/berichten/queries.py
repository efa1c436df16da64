"""What others ask of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Model

from . import registry
from .models import Bericht, BerichtQuerySet, MailTekst
from .registry import MailSoort


def for_object(obj: Model) -> BerichtQuerySet:
    """The mails about an object, newest first."""
    return Bericht.objects.about(obj).select_related("opnieuw_door")


def unsent_since(at: datetime) -> int:
    """How many mails were put in before this moment and still wait, or hang in a worker's hand."""
    open_states = [Bericht.Status.WACHT, Bericht.Status.BEZIG]
    return Bericht.objects.filter(status__in=open_states, aangemaakt_op__lt=at).count()


def failed() -> int:
    """How many mails were given up or are in doubt, and wait for somebody to look."""
    return Bericht.objects.in_trouble().count()


@dataclass(frozen=True, slots=True)
class Taalstand:
    """Whether a kind of mail has words of its own in a language, and whose."""

    taal: str
    naam: str
    bestaat: bool
    aangepast: bool


@dataclass(frozen=True, slots=True)
class Soortrij:
    soort: MailSoort
    talen: tuple[Taalstand, ...]


def overview(zoek: str = "") -> list[Soortrij]:
    """Every registered kind of mail whose name holds these words, with its languages. One query."""
    own = set(MailTekst.objects.values_list("soort", "taal"))
    return [
        Soortrij(
            soort,
            tuple(
                Taalstand(taal, str(naam), taal in soort.teksten, (soort.code, taal) in own)
                for taal, naam in settings.LANGUAGES
            ),
        )
        for soort in registry.all_kinds()
        if zoek.lower() in soort.naam.lower()
    ]
