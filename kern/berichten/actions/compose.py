"""Put a mail in the outbox."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from kern.gebruikers.models import Gebruiker
from kern.geheugen import onthoud

from .. import registry, render
from ..models import Bericht, MailTekst
from ..render import Voorbeeld
from .outbox import insert_once, wake

# How long staff can still read what was sent.
KEEP = timedelta(days=365)
WIPED: dict[str, Any] = {"aan": "", "onderwerp": "(gewist)", "tekst": "", "html": "", "kopteksten": {}, "fout": ""}


def enqueue(
    *,
    sleutel: str,
    soort: str,
    aan: str,
    context: Mapping[str, str],
    taal: str = registry.SOURCE_LANGUAGE,
    context_nl: Mapping[str, str] | None = None,
    over: Model | None = None,
    kopteksten: Mapping[str, str] | None = None,
    niet_voor: datetime | None = None,
) -> Bericht | None:
    """Write a mail in the caller's transaction and wake the worker once that is committed.

    `sleutel` names the occasion: None when a mail with that key exists already. `context` fills the
    placeholders; in a mail that is not Dutch, `context_nl` fills the Dutch text below it. Two queries.
    A mail with `niet_voor` leaves no earlier than that moment: the sweep takes it up then.
    A Redis that is down stops nothing: the sweep finds the row.
    """
    mail = preview(soort, context, taal, context_nl)
    bericht = _row(
        mail, sleutel=sleutel, soort=soort, aan=aan, taal=taal, over=over, kopteksten=kopteksten, at=timezone.now()
    )
    if niet_voor is not None:
        bericht.volgende_poging_op = niet_voor
    if not insert_once(bericht):
        return None
    if niet_voor is None:
        transaction.on_commit(lambda: wake(bericht.pk))
    return bericht


def preview(
    soort: str,
    context: Mapping[str, str],
    taal: str = registry.SOURCE_LANGUAGE,
    context_nl: Mapping[str, str] | None = None,
) -> Voorbeeld:
    """The mail as the receiver would get it: the administrator's words, or else those in the code. One query."""
    kind = registry.get(soort)
    own = onthoud(("mailtekst", soort, taal), lambda: _own_words(soort, taal))
    return _mail(kind, own, context, taal, context_nl)


def _own_words(soort: str, taal: str) -> dict[str, registry.Tekst]:
    rows = MailTekst.objects.filter(soort=soort, taal__in={taal, registry.SOURCE_LANGUAGE})
    return {row.taal: registry.Tekst(row.onderwerp, row.tekst) for row in rows}


def preview_text(text: MailTekst, *, show_title: bool = False) -> Voorbeeld:
    """The mail with these words, saved or not, filled with examples. One query."""
    kind = registry.get(text.soort)
    stored = MailTekst.objects.filter(soort=text.soort, taal=registry.SOURCE_LANGUAGE)
    own = {row.taal: registry.Tekst(row.onderwerp, row.tekst) for row in [*stored, text]}
    return _mail(kind, own, kind.voorbeeld, text.taal, None, show_title=show_title)


@transaction.atomic
def send_test(text: MailTekst, *, to: Gebruiker, at: datetime) -> Bericht:
    """Send these words, saved or not, to the person who works on them, filled with examples."""
    bericht = _row(preview_text(text), sleutel=f"test:{uuid4()}", soort=text.soort, aan=to.email, taal=text.taal, at=at)
    insert_once(bericht)
    transaction.on_commit(lambda: wake(bericht.pk))
    return bericht


@transaction.atomic
def restore_default(*, soort: str, taal: str) -> bool:
    """Let the words in the code hold again for this kind of mail in this language; whether there were others."""
    return bool(MailTekst.objects.filter(soort=soort, taal=taal).delete()[0])


def _row(
    mail: Voorbeeld,
    *,
    sleutel: str,
    soort: str,
    aan: str,
    taal: str,
    at: datetime,
    over: Model | None = None,
    kopteksten: Mapping[str, str] | None = None,
) -> Bericht:
    return Bericht(
        sleutel=sleutel,
        soort=soort,
        aan=aan,
        taal=taal,
        onderwerp=mail.onderwerp,
        tekst=mail.tekst,
        html=mail.html,
        kopteksten=dict(kopteksten or {}),
        over_type=ContentType.objects.get_for_model(over) if over else None,
        over_id=str(over.pk) if over else "",
        aangemaakt_op=at,
        volgende_poging_op=at,
    )


def _mail(
    kind: registry.MailSoort,
    own: Mapping[str, registry.Tekst],
    context: Mapping[str, str],
    taal: str,
    context_nl: Mapping[str, str] | None,
    *,
    show_title: bool = False,
) -> Voorbeeld:
    dutch = own.get(registry.SOURCE_LANGUAGE) or kind.default(registry.SOURCE_LANGUAGE)
    words = own.get(taal) or kind.teksten.get(taal) or dutch
    onderwerp, tekst = render.subject(words.onderwerp, context), render.fill(words.tekst, context)
    if words is not dutch:
        tekst = render.with_dutch(tekst, render.fill(dutch.tekst, context_nl or context), taal)
    language = taal if words is not dutch else registry.SOURCE_LANGUAGE
    return Voorbeeld(onderwerp, tekst, render.html(tekst, title=onderwerp, language=language, show_title=show_title))


@transaction.atomic
def forget(*, over: Model, aan: str) -> int:
    """Wipe an address, and what was written to it, from every mail about an object; what waits is not sent."""
    return _wipe(Bericht.objects.about(over), aan)


@transaction.atomic
def forget_kind(*, soort: str, aan: str) -> int:
    """Wipe an address from every mail of a kind that is about no object; what waits is not sent."""
    return _wipe(Bericht.objects.filter(soort=soort, over_type=None), aan)


@transaction.atomic
def forget_all(*, about: type[Model], keys: Collection[int]) -> int:
    """Wipe every mail about these objects of a model, whoever it was to; what waits is not sent. How many."""
    kind = ContentType.objects.get_for_model(about)
    rows = Bericht.objects.filter(over_type=kind, over_id__in=[str(key) for key in keys])
    return rows.exclude(aan="").update(**WIPED, status=Bericht.Status.GEWIST)


def _wipe(berichten: QuerySet[Bericht], aan: str) -> int:
    if not aan:
        return 0
    return berichten.filter(aan__iexact=aan).update(**WIPED, status=Bericht.Status.GEWIST)


class Vertrokken(Exception):
    """A mail that somebody wants back has left, or is leaving now."""


@transaction.atomic
def withdraw(*, prefixes: Iterable[str]) -> int:
    """Delete the mails whose keys begin so and that still wait; how many. What failed for good or was wiped stays.

    Raises Vertrokken, and deletes nothing, when one has left or may have left.
    """
    wanted = Q(pk__in=[])
    for prefix in prefixes:
        wanted |= Q(sleutel__startswith=prefix)
    rows = list(Bericht.objects.select_for_update().filter(wanted).order_by("pk").only("pk", "status"))
    left = {Bericht.Status.BEZIG, Bericht.Status.VERZONDEN, Bericht.Status.ONZEKER}
    if any(row.status in left for row in rows):
        raise Vertrokken
    waiting = [row.pk for row in rows if row.status == Bericht.Status.WACHT]
    return Bericht.objects.filter(pk__in=waiting).delete()[0]


@transaction.atomic
def drop_waiting(*, soort: str, about: type[Model], keys: Collection[int]) -> int:
    """Delete the mails of a kind about these objects that did not leave yet; how many. What left, has left."""
    kind = ContentType.objects.get_for_model(about)
    rows = Bericht.objects.filter(over_type=kind, over_id__in=[str(key) for key in keys], soort=soort)
    return rows.filter(status=Bericht.Status.WACHT).delete()[0]


def wipe_old(at: datetime) -> dict[str, int]:
    """Wipe address and words of what was finished longer than KEEP ago; the key stays, so nobody is mailed twice."""
    old = Bericht.objects.filter(aangemaakt_op__lt=at - KEEP).exclude(aan="")
    done = old.exclude(status__in=[Bericht.Status.WACHT, Bericht.Status.BEZIG])
    return {"gewist": done.update(**WIPED)}
