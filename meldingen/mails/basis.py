"""What every message about a report shares: who hears of it, the facts it can name, and the way to the outbox."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kern.berichten import actions as berichten
from kern.vertaling import translated

from .. import publiek
from ..models import Gebeurtenis, Melder, Melding, Volger
from ..rules import UNDO

LINK = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,20}://|\bwww\.)\S+|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.[a-z]{2,24}/\S*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Ontvanger:
    """Somebody outside the city who hears of a report: its reporter (`eigen`), who may read it all, or a follower."""

    aan: str
    taal: str
    sleutel: str
    link: str
    kopteksten: dict[str, str]
    eigen: bool


def absolute(name: str, *args: object) -> str:
    """A full address of the portal, for use in a mail."""
    return settings.PORTAL_URL.rstrip("/") + reverse(name, args=args)


def in_words(day: date, taal: str) -> str:
    """A date as people say it: donderdag 23 juli 2026."""
    with translation.override(taal):
        return date_format(day, "l j F Y")


def reporter(melding: Melding, melder: Melder) -> Iterator[Ontvanger]:
    """The reporter, when there is an address and mail is wanted."""
    if melder.email and melder.wil_bericht:
        link = absolute("meldingen:status", melding.code)
        yield Ontvanger(melder.email, melding.taal, "melder", link, {}, eigen=True)


def audience(melding: Melding) -> Iterator[Ontvanger]:
    """The reporter and every follower with an address; of what became sensitive followers hear nothing more.

    Who is both hears of it once, as the reporter.
    """
    own = [*reporter(melding, melding.melder)]
    yield from own
    if melding.categorie.is_gevoelig:
        return
    for volger in melding.volgers.exclude(email=""):
        if volger.email.lower() not in {to.aan.lower() for to in own}:
            yield follower(volger)


def follower(volger: Volger) -> Ontvanger:
    unfollow = absolute("meldingen:unfollow", volger.sleutel)
    return Ontvanger(
        volger.email,
        volger.taal,
        f"volger:{volger.pk}",
        absolute("meldingen:following", volger.sleutel),
        {"List-Unsubscribe": f"<{unfollow}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        eigen=False,
    )


def facts(melding: Melding, taal: str, *, eigen: bool = True) -> dict[str, str]:
    """What every mail can name; the door and the reporter's words for the place only when `eigen`."""
    with translation.override(taal):
        return {
            "nummer": str(melding.pk),
            "categorie": translated(melding.categorie, "naam"),
            "plaats": (eigen and without_links(melding.adres or melding.plaats_in_woorden)) or publiek.where(melding),
            "team": melding.team.naam if melding.team else _("Het meldpunt"),
        }


def words(line: Gebeurtenis, to: Ontvanger) -> str:
    """What was written with a step; what the reporter wrote goes to nobody else."""
    if line.door_id:
        return line.tekst
    return without_links(line.tekst) if to.eigen else ""


def without_links(text: str) -> str:
    """What a resident wrote, with [link] for every link.

    Anybody can fill in the form with somebody else's address: the city must not mail them where a stranger wants.
    """
    return LINK.sub("[link]", text)


def not_before(line: Gebeurtenis) -> datetime | None:
    """When a mail about this line may leave: after the minutes in which the colleague can still take it back."""
    return line.op + UNDO if line.door_id else None


def send(
    melding: Melding,
    to: Ontvanger,
    soort: str,
    occasion: str,
    *,
    niet_voor: datetime | None = None,
    **extra: str | date,
) -> None:
    """Put the mail in the outbox; days in `extra` are written out in the language of the receiver.

    The mail about a line of the story has the number of that line as its occasion, by which `undo` finds it again.
    """
    berichten.enqueue(
        sleutel=f"melding:{melding.pk}:{occasion}:{to.sleutel}",
        soort=soort,
        aan=to.aan,
        taal=to.taal,
        context=_context(melding, to, to.taal, extra),
        context_nl=None if to.taal == "nl" else _context(melding, to, "nl", extra),
        over=melding,
        kopteksten=to.kopteksten,
        niet_voor=niet_voor,
    )


def _context(melding: Melding, to: Ontvanger, taal: str, extra: Mapping[str, str | date]) -> dict[str, str]:
    with translation.override(taal):
        filled = {
            name: in_words(value, taal) if isinstance(value, date) else publiek.for_reader(value)
            for name, value in extra.items()
        }
    return {**facts(melding, taal, eigen=to.eigen), "link": to.link, **filled}
