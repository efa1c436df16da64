"""Messages to who reported, and to who follows a report."""

from __future__ import annotations

from datetime import datetime

from django.core import signing

from kern.berichten import actions as berichten
from wijken.mails import forget_outcomes

from ..models import Gebeurtenis, Melder, Melding, Volger
from . import staf
from .basis import absolute, audience, by_staff, follower, not_before, reporter, send, without_links, words

LINK_SALT = "meldingen.mijn"


def received(melding: Melding, melder: Melder) -> None:
    """The report arrived: its code and what happens next."""
    for to in reporter(melding, melder):
        send(
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
        send(
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
        send(
            melding,
            to,
            "melding_gestart",
            str(line.pk),
            niet_voor=not_before(line),
            toelichting=words(line, to),
            oplossing_datum=melding.oplossing_uiterlijk,
        )


def planned(melding: Melding, line: Gebeurtenis) -> None:
    """It has a date, or another one."""
    for to in audience(melding):
        send(
            melding,
            to,
            "melding_gepland",
            str(line.pk),
            niet_voor=not_before(line),
            toelichting=words(line, to),
            gepland_op=line.datum or "",
        )


def question(melding: Melding, line: Gebeurtenis) -> None:
    """The city asks the reporter something."""
    _ask(melding, line, "melding_vraag", f"{line.pk}", not_before(line))


def question_reminder(melding: Melding, line: Gebeurtenis) -> None:
    """The question still waits, half-way its time."""
    _ask(melding, line, "melding_vraag_herinnering", f"{line.pk}:halfweg")


def _ask(melding: Melding, line: Gebeurtenis, soort: str, occasion: str, niet_voor: datetime | None = None) -> None:
    pauze = melding.pauzes.get(tot=None)
    for to in reporter(melding, melding.melder):
        send(
            melding,
            to,
            soort,
            occasion,
            niet_voor=niet_voor,
            vraag=by_staff(line.tekst),
            antwoord_tot=pauze.terug_op or "",
        )


def promise_moved(melding: Melding, line: Gebeurtenis) -> None:
    """Another date is promised, with the reason."""
    for to in audience(melding):
        send(
            melding,
            to,
            "melding_belofte",
            str(line.pk),
            niet_voor=not_before(line),
            reden=by_staff(line.tekst),
            oplossing_datum=melding.oplossing_uiterlijk,
        )


def closed(melding: Melding, line: Gebeurtenis) -> None:
    """It is closed; each reason has words of its own."""
    for to in audience(melding):
        send(
            melding,
            to,
            f"melding_gesloten_{line.sluitreden}",
            str(line.pk),
            niet_voor=not_before(line),
            toelichting=words(line, to),
        )


def reopened(melding: Melding, line: Gebeurtenis) -> None:
    """It is open again; the handler hears it too."""
    for to in audience(melding):
        send(
            melding,
            to,
            "melding_heropend",
            str(line.pk),
            niet_voor=not_before(line),
            toelichting=words(line, to),
            oplossing_datum=melding.oplossing_uiterlijk,
        )
    staf.resident_wrote(melding, line)


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
    """Wipe the reporter from the mails about the report, from those with the link to all their reports, and from those
    that told what came of it.
    """
    berichten.forget(over=melding, aan=email)
    forget_outcomes(email)
    berichten.forget_kind(soort="mijn_meldingen", aan=email)
