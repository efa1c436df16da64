"""Every write on recommendations: what the city answers, what came of it, and who hears of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation

from kern.berichten import actions as berichten
from kern.gebruikers.models import Gebruiker

from ..mails import aanbevelingen as mails
from ..models import Aanbeveling, Aanbevelingsnieuws, Aanbevelingsvolger, Ladderbewijs, Mijlpaal
from ..queries import aanbevelingen as queries
from ..rules import TELL_AFTER_MINUTES
from ..states.aanbeveling import allowed
from ..states.nieuws import Verandering, sentence
from .uitdagers import Gewijzigd

TOO_LATE = "iemand anders was je voor: kijk na wat er nu staat"


@transaction.atomic
def save_recommendation(*, row: Aanbeveling, fields: dict[str, Any], at: datetime, versie: int = 0) -> Aanbeveling:
    """Make a recommendation, or change its words and who looks after it. Raises Gewijzigd."""
    signalen = fields.pop("signalen", None)
    if row.pk:
        row = _locked(row, versie)
    for name, value in fields.items():
        setattr(row, name, value)
    _save(row, at)
    if signalen is not None:
        row.signalen.set(signalen)
    return row


@transaction.atomic
def answer(*, aanbeveling: Aanbeveling, antwoord: str, reden: str, op: date, at: datetime, versie: int) -> Aanbeveling:
    """What the city says, and why. The same answer may get other reasons. Raises Gewijzigd."""
    row = _locked(aanbeveling, versie)
    if row.antwoord != antwoord and not allowed(row.antwoord, antwoord):
        raise Gewijzigd(TOO_LATE)
    row.antwoord, row.antwoord_reden, row.antwoord_op = antwoord, reden, op
    _save(row, at)
    _tell(row, Verandering.ANTWOORD, at, antwoord)
    return row


@transaction.atomic
def dissent(*, aanbeveling: Aanbeveling, nota: str, op: date | None, at: datetime, versie: int) -> Aanbeveling:
    """The note of the denktafel beside what the city says; an empty one takes it away. Raises Gewijzigd."""
    row = _locked(aanbeveling, versie)
    row.nota, row.nota_op = nota, op if nota else None
    _save(row, at)
    _tell(row, Verandering.NOTA if nota else Verandering.NOTA_WEG, at)
    return row


@transaction.atomic
def prove(
    *, aanbeveling: Aanbeveling, trede: int, bewijs: str, url: str, op: date, door: Gebruiker | None, at: datetime
) -> Ladderbewijs:
    """Say what shows that a rung was reached; again for the same rung, it replaces what stood there."""
    row = _locked(aanbeveling)
    proof, _made = Ladderbewijs.objects.update_or_create(
        aanbeveling=row, trede=trede, defaults={"bewijs": bewijs, "url": url, "op": op, "door": door}
    )
    _save(row, at)
    _tell(row, Verandering.BEWIJS, at, str(int(trede)))
    return proof


@transaction.atomic
def unprove(*, aanbeveling: Aanbeveling, trede: int, at: datetime) -> None:
    """The evidence of a rung was wrong; what was said of it stays told."""
    row = _locked(aanbeveling)
    if row.bewijzen.filter(trede=trede).delete()[0]:
        _save(row, at)
        _tell(row, Verandering.BEWIJS_WEG, at, str(int(trede)))


@transaction.atomic
def plan_milestone(*, aanbeveling: Aanbeveling, titel: str, tegen: date, at: datetime) -> Mijlpaal:
    """Something that has to be there by a day."""
    row = _locked(aanbeveling)
    made = Mijlpaal.objects.create(aanbeveling=row, titel=titel, tegen=tegen)
    _save(row, at)
    _tell(row, Verandering.MIJLPAAL, at, titel)
    return made


@transaction.atomic
def meet_milestone(*, mijlpaal: Mijlpaal, bewijs: str, op: date, at: datetime) -> Mijlpaal:
    """It is there, and this shows it. Twice is once. Raises Gewijzigd when somebody else said so with other words."""
    row = _locked(mijlpaal.aanbeveling)
    mark = Mijlpaal.objects.select_for_update().get(pk=mijlpaal.pk)
    if mark.gehaald_op is not None:
        if (mark.bewijs, mark.gehaald_op) == (bewijs, op):
            return mark
        raise Gewijzigd(TOO_LATE)
    mark.gehaald_op, mark.bewijs = op, bewijs
    mark.save(update_fields=["gehaald_op", "bewijs"])
    _save(row, at)
    _tell(row, Verandering.GEHAALD, at, mark.titel)
    return mark


@transaction.atomic
def ask_to_follow(*, aanbeveling: Aanbeveling, email: str, taal: str, at: datetime) -> None:
    """Mail this address whether it wants to follow; who follows already gets nothing new. The asker learns nothing."""
    row = Aanbevelingsvolger.objects.select_for_update().filter(aanbeveling=aanbeveling, email__iexact=email).first()
    if row is None:
        row, _made = Aanbevelingsvolger.objects.get_or_create(
            aanbeveling=aanbeveling, denktafel=None, email=email, defaults={"taal": taal, "gevraagd_op": at}
        )
    if row.bevestigd_op is None:
        mails.confirm(row, at)


@transaction.atomic
def confirm_follow(*, volger: Aanbevelingsvolger, at: datetime) -> Aanbevelingsvolger:
    """They want it, said from their own mail box. A second click changes nothing."""
    row = Aanbevelingsvolger.objects.select_for_update().get(pk=volger.pk)
    if row.bevestigd_op is None:
        row.bevestigd_op = at
        row.save(update_fields=["bevestigd_op"])
    return row


@transaction.atomic
def stop_following(*, volger: Aanbevelingsvolger) -> None:
    """Nothing more to this address, about any recommendation: the address goes, from every mail it got too."""
    forget_followers(Aanbevelingsvolger.objects.filter(email__iexact=volger.email).values_list("pk", flat=True))


@transaction.atomic
def forget_followers(pks: Collection[int]) -> dict[str, int]:
    """Remove these followers, and their address from every mail they got."""
    keys = list(pks)
    mailed = berichten.forget_all(about=Aanbevelingsvolger, keys=keys)
    Aanbevelingsvolger.objects.filter(pk__in=keys).delete()
    return {"volgers": len(keys), "mails": mailed}


@transaction.atomic
def tell_followers(*, at: datetime) -> int:
    """One mail to each address with all that changed up to a quarter of an hour ago; how many mails.

    What is not public is told to nobody, and waits until it is.
    """
    news = list(
        Aanbevelingsnieuws.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(gemeld_op=None, op__lte=at - timedelta(minutes=TELL_AFTER_MINUTES))
        .filter(aanbeveling__in=Aanbeveling.objects.public())
        .select_related("aanbeveling__traject")
        .order_by("aanbeveling__traject", "aanbeveling__nummer", "op", "pk")
    )
    if not news:
        return 0
    count = sum(mails.changed(volger, rows) for volger, rows in queries.who_hears(news))
    Aanbevelingsnieuws.objects.filter(pk__in=[row.pk for row in news]).update(gemeld_op=at)
    return count


def _tell(row: Aanbeveling, soort: Verandering, at: datetime, gegeven: str = "") -> None:
    with translation.override("nl"):
        tekst = sentence(soort, gegeven)
    Aanbevelingsnieuws.objects.create(aanbeveling=row, soort=soort, gegeven=gegeven, tekst=tekst, op=at)


def _save(row: Aanbeveling, at: datetime) -> None:
    row.gewijzigd_op = at
    if row.pk:
        row.versie += 1
    row.save()


def _locked(aanbeveling: Aanbeveling, versie: int | None = None) -> Aanbeveling:
    row = Aanbeveling.objects.select_for_update(of=("self",)).select_related("traject").get(pk=aanbeveling.pk)
    if versie is not None and row.versie != versie:
        raise Gewijzigd(TOO_LATE)
    return row
