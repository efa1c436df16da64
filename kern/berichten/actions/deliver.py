"""Send what is in the outbox.

A worker first claims the row, so that no two send it. Between the claim and the mail server's word nobody can
know whether a mail went out: a worker that dies there leaves the row `bezig`, and the sweep calls it in doubt.
"""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kern.gebruikers.models import Gebruiker

from ..models import Bericht
from .outbox import insert_once, wake

log = structlog.get_logger(__name__)

# Minutes to wait after each failed try; after the last one the mail is given up.
PAUSES = (1, 5, 15, 60, 240, 720, 1440)
SWEEP_LIMIT = 500
IN_DOUBT = "De verzending werd onderbroken; misschien kwam de mail toch aan."


def deliver(*, pk: int, at: datetime) -> str | None:
    """Send one mail that waits; its new status, or None when it was not waiting (any more).

    A server that cannot be reached or says "later" costs a try; one that refuses for good ends it; one that
    hangs up half-way leaves it in doubt, for then nobody knows whether it took the mail.
    """
    claimed = Bericht.objects.filter(pk=pk, status=Bericht.Status.WACHT).update(
        status=Bericht.Status.BEZIG, bezig_sinds=at, pogingen=F("pogingen") + 1
    )
    if not claimed:
        return None
    bericht = Bericht.objects.get(pk=pk)
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        return _try_later(bericht, error, at)
    try:
        _message(bericht, connection).send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        return _refused(bericht, error, at)
    except OSError as error:  # also smtplib's own SMTPServerDisconnected
        log.warning("mail_in_doubt", bericht=bericht.pk, error=type(error).__name__)
        return _finish(bericht, status=Bericht.Status.ONZEKER, fout=IN_DOUBT)
    finally:
        connection.close()
    return _finish(bericht, status=Bericht.Status.VERZONDEN, verzonden_op=timezone.now(), fout="")


def sweep(*, at: datetime) -> dict[str, int]:
    """Mark what is in doubt, and send what waits; the counts of both."""
    doubt = Bericht.objects.stuck(at, timedelta(seconds=settings.MAIL_DOUBT_SECONDS)).update(
        status=Bericht.Status.ONZEKER, fout=IN_DOUBT
    )
    waiting = list(Bericht.objects.due(at).values_list("pk", flat=True)[:SWEEP_LIMIT])
    outcomes = [deliver(pk=pk, at=timezone.now()) for pk in waiting]
    sent = outcomes.count(Bericht.Status.VERZONDEN)
    return {"onzeker": doubt, "geprobeerd": len(waiting), "verzonden": sent}


@transaction.atomic
def send_again(*, bericht: Bericht, door: Gebruiker | None, at: datetime) -> Bericht:
    """Send the same mail once more, as a row of its own; the first one stays as it is.

    Raises ValueError when the mail still waits or was wiped. Clicking twice within the minute sends once.
    """
    if not bericht.can_be_sent_again:
        raise ValueError("dit bericht kan niet opnieuw verstuurd worden")
    key = f"{bericht.sleutel[:160]}:opnieuw:{at:%Y%m%d%H%M}"
    again = Bericht(
        sleutel=key,
        soort=bericht.soort,
        aan=bericht.aan,
        taal=bericht.taal,
        onderwerp=bericht.onderwerp,
        tekst=bericht.tekst,
        html=bericht.html,
        kopteksten=bericht.kopteksten,
        over_type=bericht.over_type,
        over_id=bericht.over_id,
        aangemaakt_op=at,
        volgende_poging_op=at,
        opnieuw_door=door,
    )
    if not insert_once(again):
        return Bericht.objects.get(sleutel=key)
    transaction.on_commit(lambda: wake(again.pk))
    return again


def _message(bericht: Bericht, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    message = EmailMultiAlternatives(
        bericht.onderwerp,
        bericht.tekst,
        settings.DEFAULT_FROM_EMAIL,
        [bericht.aan],
        headers={
            "Message-ID": f"<bericht-{bericht.pk}-{bericht.aangemaakt_op:%Y%m%d%H%M%S}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": bericht.taal,
            **bericht.kopteksten,
        },
        connection=connection,
    )
    message.attach_alternative(bericht.html, "text/html")
    return message


def _refused(bericht: Bericht, error: smtplib.SMTPException, at: datetime) -> str:
    if _is_final(error):
        return _give_up(bericht, error)
    return _try_later(bericht, error, at)


def _try_later(bericht: Bericht, error: Exception, at: datetime) -> str:
    if bericht.pogingen > len(PAUSES):
        return _give_up(bericht, error)
    pause = timedelta(minutes=PAUSES[bericht.pogingen - 1])
    return _finish(bericht, status=Bericht.Status.WACHT, volgende_poging_op=at + pause, fout=_words(error))


def _give_up(bericht: Bericht, error: Exception) -> str:
    log.warning("mail_given_up", bericht=bericht.pk, tries=bericht.pogingen)
    return _finish(bericht, status=Bericht.Status.MISLUKT, fout=_words(error))


def _finish(bericht: Bericht, *, status: str, **fields: object) -> str:
    """Write the outcome, unless the row was wiped or called in doubt meanwhile."""
    Bericht.objects.filter(pk=bericht.pk, status=Bericht.Status.BEZIG).update(status=status, bezig_sinds=None, **fields)
    return status


def _is_final(error: Exception) -> bool:
    """Whether the server refused the address or the mail for good (5xx), so that trying again is no use."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return False
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _words(error: Exception) -> str:
    """What the server said, without the address it said it of."""
    said = str(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = "; ".join(f"{code} {text.decode(errors='replace')}" for code, text in error.recipients.values())
    return f"{type(error).__name__}: {said}"[:500]
