"""One function per message about a report: who gets it, with what words, and the key that sends it once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kern.berichten import actions as berichten
from kern.gebruikers.models import Gebruiker
from kern.vertaling import translated

from . import publiek
from .models import Gebeurtenis, Melder, Melding, Volger
from .states import Status

LINK_SALT = "meldingen.mijn"
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
    """The reporter and every follower with an address; of what became sensitive followers hear nothing more."""
    yield from reporter(melding, melding.melder)
    if melding.categorie.is_gevoelig:
        return
    for volger in melding.volgers.exclude(email=""):
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


def _facts(melding: Melding, taal: str, *, eigen: bool = True) -> dict[str, str]:
    """What every mail can name; the door and the reporter's words for the place only when `eigen`."""
    with translation.override(taal):
        return {
            "nummer": str(melding.pk),
            "categorie": translated(melding.categorie, "naam"),
            "plaats": (eigen and without_links(melding.adres or melding.plaats_in_woorden)) or publiek.where(melding),
            "team": melding.team.naam if melding.team else _("Het meldpunt"),
        }


def _words(line: Gebeurtenis, to: Ontvanger) -> str:
    """What was written with a step; what the reporter wrote goes to nobody else."""
    if line.door_id:
        return line.tekst
    return without_links(line.tekst) if to.eigen else ""


def without_links(text: str) -> str:
    """What a resident wrote, with [link] for every link.

    Anybody can fill in the form with somebody else's address: the city must not mail them where a stranger wants.
    """
    return LINK.sub("[link]", text)


def _send(melding: Melding, to: Ontvanger, soort: str, occasion: str, **extra: str | date) -> None:
    """Put the mail in the outbox; days in `extra` are written out in the language of the receiver."""
    berichten.enqueue(
        sleutel=f"melding:{melding.pk}:{occasion}:{to.sleutel}",
        soort=soort,
        aan=to.aan,
        taal=to.taal,
        context=_context(melding, to, to.taal, extra),
        context_nl=None if to.taal == "nl" else _context(melding, to, "nl", extra),
        over=melding,
        kopteksten=to.kopteksten,
    )


def _context(melding: Melding, to: Ontvanger, taal: str, extra: Mapping[str, str | date]) -> dict[str, str]:
    with translation.override(taal):
        words = {
            name: in_words(value, taal) if isinstance(value, date) else publiek.for_reader(value)
            for name, value in extra.items()
        }
    return {**_facts(melding, taal, eigen=to.eigen), "link": to.link, **words}


def received(melding: Melding, melder: Melder) -> None:
    """The report arrived: its code and what happens next."""
    for to in reporter(melding, melder):
        _send(
            melding,
            to,
            "melding_ontvangen",
            "ontvangen",
            code=melding.code,
            omschrijving=without_links(melding.omschrijving),
            reactie_datum=melding.reactie_uiterlijk,
            oplossing_datum=melding.oplossing_uiterlijk,
        )


def following(melding: Melding, volger: Volger) -> None:
    """Somebody follows the report of another."""
    if volger.email:
        to = follower(volger)
        _send(
            melding,
            to,
            "melding_gevolgd",
            "gevolgd",
            oplossing_datum=melding.oplossing_uiterlijk,
            stop_link=absolute("meldingen:unfollow", volger.sleutel),
        )


def started(melding: Melding, line: Gebeurtenis) -> None:
    """Somebody works on it."""
    for to in audience(melding):
        _send(
            melding,
            to,
            "melding_gestart",
            str(line.pk),
            toelichting=_words(line, to),
            oplossing_datum=melding.oplossing_uiterlijk,
        )


def planned(melding: Melding, line: Gebeurtenis) -> None:
    """It has a date, or another one."""
    for to in audience(melding):
        _send(
            melding,
            to,
            "melding_gepland",
            str(line.pk),
            toelichting=_words(line, to),
            gepland_op=line.datum or "",
        )


def question(melding: Melding, line: Gebeurtenis) -> None:
    """The city asks the reporter something."""
    _ask(melding, line, "melding_vraag", f"{line.pk}")


def question_reminder(melding: Melding, line: Gebeurtenis) -> None:
    """The question still waits, half-way its time."""
    _ask(melding, line, "melding_vraag_herinnering", f"{line.pk}:halfweg")


def _ask(melding: Melding, line: Gebeurtenis, soort: str, occasion: str) -> None:
    pauze = melding.pauzes.get(tot=None)
    for to in reporter(melding, melding.melder):
        _send(melding, to, soort, occasion, vraag=line.tekst, antwoord_tot=pauze.terug_op)


def promise_moved(melding: Melding, line: Gebeurtenis) -> None:
    """Another date is promised, with the reason."""
    for to in audience(melding):
        _send(
            melding,
            to,
            "melding_belofte",
            str(line.pk),
            reden=line.tekst,
            oplossing_datum=melding.oplossing_uiterlijk,
        )


def closed(melding: Melding, line: Gebeurtenis) -> None:
    """It is closed; each reason has words of its own."""
    for to in audience(melding):
        _send(melding, to, f"melding_gesloten_{line.sluitreden}", str(line.pk), toelichting=_words(line, to))


def reopened(melding: Melding, line: Gebeurtenis) -> None:
    """It is open again; the handler hears it too."""
    for to in audience(melding):
        _send(
            melding,
            to,
            "melding_heropend",
            str(line.pk),
            toelichting=_words(line, to),
            oplossing_datum=melding.oplossing_uiterlijk,
        )
    if melding.behandelaar and melding.behandelaar != line.door:
        _staff(melding, melding.behandelaar, "staf_melder_schreef", line)


def assigned(melding: Melding, colleague: Gebruiker, line: Gebeurtenis) -> None:
    """A colleague got the report."""
    _staff(melding, colleague, "staf_toegewezen", line)


def mentioned(melding: Melding, colleague: Gebruiker, line: Gebeurtenis) -> None:
    """A colleague is mentioned in a note."""
    _staff(melding, colleague, "staf_genoemd", line)


def resident_wrote(melding: Melding, line: Gebeurtenis) -> None:
    """The resident answered or added something, or did not answer in time."""
    if melding.behandelaar:
        _staff(melding, melding.behandelaar, "staf_melder_schreef", line)


def _staff(melding: Melding, colleague: Gebruiker, soort: str, line: Gebeurtenis) -> None:
    berichten.enqueue(
        sleutel=f"melding:{melding.pk}:{line.pk}:{soort}:{colleague.pk}",
        soort=soort,
        aan=colleague.email,
        context={
            **_facts(melding, "nl"),
            "naam": colleague.naam,
            "status": Status(melding.status).label,
            "wat": line.get_soort_display(),
            "door": line.door.naam if line.door else "",
            "link": absolute("meldingen:detail", melding.pk),
        },
        over=melding,
    )


def my_reports(email: str, taal: str, occasion: str) -> None:
    """A link to all reports of this address, good for two hours."""
    token = signing.dumps(email.lower(), salt=LINK_SALT)
    berichten.enqueue(
        sleutel=f"mijn_meldingen:{occasion}",
        soort="mijn_meldingen",
        aan=email,
        taal=taal,
        context={"link": absolute("meldingen:mine", token)},
    )


def forget(melding: Melding, email: str) -> None:
    """Wipe the reporter from the mails about the report, and from those with the link to all their reports."""
    berichten.forget(over=melding, aan=email)
    berichten.forget_kind(soort="mijn_meldingen", aan=email)
