"""Send what is in the outbox.

A worker first claims the row, so that no two send it. Between the claim and the mail server's word nobody can
know whether a mail went out: a worker that dies there leaves the row `bezig`, and the sweep calls it in doubt.
"""

from __future__ import annotations

import smtplib
import time
from contextlib import closing
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F

from kern.gebruikers.models import Gebruiker

from ..models import Bericht
from ..smtp import InDoubt
from .outbox import insert_once, wake

log = structlog.get_logger(__name__)

# Minutes to wait after each failed try, some two days in all; after the last one the mail is given up.
PAUSES = (1, 5, 15, 60, 240, 720, 1440)
# One sweep: what is left is for the next, a minute later.
SWEEP_LIMIT = 500
SWEEP_SECONDS = 300
MAILS_PER_CONNECTION = 50
IN_DOUBT = "De verzending werd onderbroken; misschien kwam de mail toch aan."


def deliver(*, pk: int, at: datetime) -> str | None:
    """Send one mail that waits; its new status, or None when it was not waiting (any more).

    A server that cannot be reached or says "later" costs a try; one that refuses for good ends it; one that
    hangs up while it gets the text leaves it in doubt, for then nobody knows whether it took the mail.
    Call it outside a transaction: the claim must be committed before the mail leaves.
    """
    bericht = _claim(pk, at)
    if bericht is None:
        return None
    with closing(get_connection()) as post:
        _send(bericht, post, at)
    return bericht.status


def sweep(*, at: datetime) -> dict[str, int]:
    """Mark what is in doubt, and send what waits, over one connection; the counts of both.

    A mail server that cannot be reached ends the round: its trouble costs one mail a try, and not all of them.
    """
    doubt = Bericht.objects.stuck(at, timedelta(seconds=settings.MAIL_DOUBT_SECONDS)).update(
        status=Bericht.Status.ONZEKER, fout=IN_DOUBT
    )
    waiting = list(Bericht.objects.due(at).values_list("pk", flat=True)[:SWEEP_LIMIT])
    clock, tried, sent = time.monotonic(), 0, 0
    with closing(get_connection()) as post:
        for pk in waiting:
            now = at + timedelta(seconds=time.monotonic() - clock)
            bericht = _claim(pk, now) if now - at < timedelta(seconds=SWEEP_SECONDS) else None
            if bericht is None:
                continue
            reached = _send(bericht, post, now)
            tried, sent = tried + 1, sent + (bericht.status == Bericht.Status.VERZONDEN)
            if not reached:
                break
            if tried % MAILS_PER_CONNECTION == 0:
                post.close()
    return {"onzeker": doubt, "geprobeerd": tried, "verzonden": sent}


@transaction.atomic
def send_again(*, bericht: Bericht, door: Gebruiker | None, at: datetime) -> Bericht:
    """Send the same mail once more, as a row of its own; the first one stays as it is, but counts as dealt with.

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
    mark_handled(pks=[bericht.pk], at=at)
    transaction.on_commit(lambda: wake(again.pk))
    return again


def mark_handled(*, pks: list[int], at: datetime) -> int:
    """Take failed mails and mails in doubt off the list of what somebody must look at; how many there were."""
    return Bericht.objects.in_trouble().filter(pk__in=pks).update(afgehandeld_op=at)


def _claim(pk: int, at: datetime) -> Bericht | None:
    claimed = Bericht.objects.filter(pk=pk, status=Bericht.Status.WACHT).update(
        status=Bericht.Status.BEZIG, bezig_sinds=at, pogingen=F("pogingen") + 1
    )
    return Bericht.objects.get(pk=pk) if claimed else None


def _send(bericht: Bericht, post: BaseEmailBackend, at: datetime) -> bool:
    """Hand over a claimed mail and write down what came of it; whether the mail server could be reached."""
    try:
        post.open()
    except Exception as error:  # a claimed mail must get an outcome, whatever a library raises
        _try_later(bericht, error, at)
        return False
    try:
        post.send_messages([_message(bericht)])
    except InDoubt as error:
        log.warning("mail_in_doubt", bericht=bericht.pk, error=str(error))
        _finish(bericht, status=Bericht.Status.ONZEKER, fout=IN_DOUBT)
    except Exception as error:
        (_give_up if _is_final(error) else _try_later)(bericht, error, at)
    else:
        _finish(bericht, status=Bericht.Status.VERZONDEN, verzonden_op=at, fout="")
        return True
    post.close()
    return True


def _message(bericht: Bericht) -> EmailMultiAlternatives:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    message = EmailMultiAlternatives(
        bericht.onderwerp,
        bericht.tekst,
        settings.DEFAULT_FROM_EMAIL,
        [bericht.aan],
        headers={
            # The same at every try, so that a mailbox recognises a mail that comes twice after all.
            "Message-ID": f"<bericht-{bericht.pk}-{bericht.aangemaakt_op:%Y%m%d%H%M%S}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": bericht.taal,
            **bericht.kopteksten,
        },
    )
    message.attach_alternative(bericht.html, "text/html")
    return message


def _try_later(bericht: Bericht, error: Exception, at: datetime) -> None:
    if bericht.pogingen > len(PAUSES):
        _give_up(bericht, error, at)
        return
    pause = timedelta(minutes=PAUSES[bericht.pogingen - 1])
    _finish(bericht, status=Bericht.Status.WACHT, volgende_poging_op=at + pause, fout=_words(error))


def _give_up(bericht: Bericht, error: Exception, at: datetime) -> None:
    log.warning("mail_given_up", bericht=bericht.pk, tries=bericht.pogingen)
    _finish(bericht, status=Bericht.Status.MISLUKT, fout=_words(error))


def _finish(bericht: Bericht, *, status: str, **fields: object) -> None:
    """Write the outcome of this try, unless the row was wiped; a doubt of the sweep meanwhile is put right."""
    mine = [Bericht.Status.BEZIG, Bericht.Status.ONZEKER]
    Bericht.objects.filter(pk=bericht.pk, bezig_sinds=bericht.bezig_sinds, status__in=mine).update(
        status=status, bezig_sinds=None, **fields
    )
    bericht.status = status


def _is_final(error: Exception) -> bool:
    """Whether the server refused the address or the mail for good (RFC 5321, 4.2.1: 5yz), so that trying is no use."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _words(error: Exception) -> str:
    """What the server said, without the address it said it of."""
    said = str(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = "; ".join(f"{code} {text.decode(errors='replace')}" for code, text in error.recipients.values())
    return f"{type(error).__name__}: {said}"[:500]
