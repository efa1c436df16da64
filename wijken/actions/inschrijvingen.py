"""Every write on who comes to a meeting. Each begins by locking the meeting, so places are given out one by one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, Sum

from kern.berichten import actions as berichten
from kern.gebruikers.models import Gebruiker

from .. import mails
from ..models import Bijeenkomst, Inschrijving
from ..rules import REMIND_HOURS, may_change_registration, registration_open
from ..states.bijeenkomst import Plaats, Status


class InschrijvenKanNiet(ValueError):
    """Registering is not open (any more), or what was asked does not fit in this meeting at all."""


class AlIngeschreven(ValueError):
    """Somebody with this address has registered for the meeting; `inschrijving` is that row."""

    def __init__(self, inschrijving: Inschrijving) -> None:
        super().__init__("met dit adres is al iemand ingeschreven")
        self.inschrijving = inschrijving


class TeWeinigPlaatsen(ValueError):
    """More people than there are places left; `vrij` is how many more can come."""

    def __init__(self, vrij: int) -> None:
        super().__init__("zoveel plaatsen zijn er niet meer")
        self.vrij = vrij


@dataclass(frozen=True)
class Noden:
    """What somebody needs to be able to take part."""

    tolktaal: str = ""
    kinderen: str = ""
    rolstoel: bool = False
    gebarentaal: bool = False
    andere_nood: str = ""


NO_NEEDS = Noden()


@transaction.atomic
def register(
    *,
    bijeenkomst: Bijeenkomst,
    inzending: UUID,
    naam: str,
    email: str,
    at: datetime,
    aantal: int = 1,
    taal: str = "nl",
    telefoon: str = "",
    noden: Noden = NO_NEEDS,
    door: Gebruiker | None = None,
) -> tuple[Inschrijving, bool]:
    """Register for a meeting: a place, or the next turn on the waiting list; whether it is a new registration.

    The same `inzending` a second time gives the first registration. A colleague (`door`) can also register somebody
    when residents cannot (any more). Raises InschrijvenKanNiet and AlIngeschreven.
    """
    meeting = _locked(bijeenkomst)
    if known := Inschrijving.objects.filter(inzending=inzending, bijeenkomst=meeting).first():
        return known, False
    if not (registration_open(meeting, at) or (door and meeting.is_aangekondigd and at < meeting.einde)):
        raise InschrijvenKanNiet("inschrijven kan nu niet")
    if meeting.plaatsen is not None and aantal > meeting.plaatsen:
        raise InschrijvenKanNiet("zoveel plaatsen zijn er niet")
    if email and (same := meeting.inschrijvingen.standing().filter(email__iexact=email).first()):
        raise AlIngeschreven(same)
    free = free_places(meeting)
    fits = not meeting.inschrijvingen.waiting().exists() and (free is None or aantal <= free)
    row = Inschrijving.objects.create(
        bijeenkomst=meeting,
        inzending=inzending,
        naam=naam,
        email=email,
        telefoon=telefoon,
        taal=taal,
        aantal=aantal,
        **vars(noden),
        status=Plaats.BEVESTIGD if fits else Plaats.WACHTLIJST,
        ingeschreven_op=at,
        bevestigd_op=at if fits else None,
        door=door,
        herinnerd_voor=_not_reminded(meeting, at),
    )
    mails.registered(row)
    return row, True


@transaction.atomic
def change_registration(*, inschrijving: Inschrijving, aantal: int, noden: Noden, at: datetime) -> Inschrijving:
    """Come with more or fewer people, or with other needs; places that come free go to who waits.

    Raises InschrijvenKanNiet when it is too late, and TeWeinigPlaatsen, with nothing changed.
    """
    meeting, row = _both(inschrijving)
    if not may_change_registration(row, at):
        raise InschrijvenKanNiet("veranderen kan niet meer")
    if meeting.plaatsen is not None and aantal > meeting.plaatsen:
        raise TeWeinigPlaatsen(meeting.plaatsen - row.aantal)
    free = free_places(meeting)
    if row.is_bevestigd and aantal > row.aantal and free is not None and aantal - row.aantal > free:
        raise TeWeinigPlaatsen(max(free, 0))
    row.aantal = aantal
    for name, value in vars(noden).items():
        setattr(row, name, value)
    row.save()
    promote(meeting, at)
    row.refresh_from_db()
    return row


@transaction.atomic
def cancel_registration(*, inschrijving: Inschrijving, at: datetime, door: Gebruiker | None = None) -> Inschrijving:
    """Come not after all: the place goes to the first who waits. A second click changes nothing.

    Raises InschrijvenKanNiet when it has begun or was called off.
    """
    meeting, row = _both(inschrijving)
    if row.is_geannuleerd:
        return row
    if not may_change_registration(row, at):
        raise InschrijvenKanNiet("annuleren kan niet meer")
    row.status, row.geannuleerd_op = Plaats.GEANNULEERD, at
    row.save()
    berichten.drop_waiting(soort=mails.REMINDER, about=Inschrijving, keys=[row.pk])
    if row.email:
        mails.cancelled(row)
    promote(meeting, at)
    return row


def promote(meeting: Bijeenkomst, at: datetime) -> int:
    """Give the places that are free to who waits, in order; how many registrations got one. The meeting is locked.

    The order is strict: behind a family of five that does not fit yet, nobody goes first.
    """
    if not meeting.is_aangekondigd or at >= meeting.begin:
        return 0
    free = free_places(meeting)
    count = 0
    for row in meeting.inschrijvingen.waiting().select_for_update():
        if free is not None and row.aantal > free:
            break
        row.status, row.bevestigd_op, row.herinnerd_voor = Plaats.BEVESTIGD, at, _not_reminded(meeting, at)
        row.save()
        row.bijeenkomst = meeting
        if row.email:
            mails.promoted(row)
        if free is not None:
            free -= row.aantal
        count += 1
    return count


def free_places(meeting: Bijeenkomst) -> int | None:
    """How many more people can come; None without a limit, less than none when places were taken away."""
    if meeting.plaatsen is None:
        return None
    taken = meeting.inschrijvingen.confirmed().aggregate(n=Sum("aantal"))["n"] or 0
    return meeting.plaatsen - taken


@transaction.atomic
def mail_link_again(*, inschrijving: Inschrijving, at: datetime) -> None:
    """Mail somebody the link to their registration once more; one mail an hour at most."""
    if inschrijving.email:
        mails.link_again(inschrijving, at)


def remind_due(*, at: datetime, limit: int = 2000) -> int:
    """Remind who has a place of a meeting that begins within 48 hours; how many. Twice reminds nobody twice.

    Asks what is due now: a meeting that moved to later or was called off, and who cancelled, are not among them.
    """
    soon = Q(
        bijeenkomst__status=Status.AANGEKONDIGD,
        bijeenkomst__begin__gt=at,
        bijeenkomst__begin__lte=at + timedelta(hours=REMIND_HOURS),
    )
    due = Inschrijving.objects.confirmed().filter(soon).exclude(email="")
    due = due.exclude(herinnerd_voor__isnull=False, herinnerd_voor=F("bijeenkomst__begin"))
    meetings = list(due.order_by().values_list("bijeenkomst", flat=True).distinct())
    count = 0
    for pk in meetings:
        with transaction.atomic():
            # The lock that moving and cancelling take too: what is read here still holds when the mail is written.
            meeting = Bijeenkomst.objects.select_for_update().get(pk=pk)
            rows = list(due.filter(bijeenkomst=meeting).order_by("pk")[:limit])
            for row in rows:
                row.bijeenkomst = meeting
                mails.reminder(row)
            Inschrijving.objects.filter(pk__in=[row.pk for row in rows]).update(herinnerd_voor=meeting.begin)
            count += len(rows)
    return count


@transaction.atomic
def forget_registrations(pks: Collection[int], at: datetime) -> dict[str, int]:
    """Wipe who registered and what they needed, also from the mails to them. That so many came, stays."""
    rows = Inschrijving.objects.named().filter(pk__in=pks)
    mailed = berichten.forget_all(about=Inschrijving, keys=pks)
    wiped = rows.update(
        naam="", email="", telefoon="", tolktaal="", kinderen="", rolstoel=False, gebarentaal=False, andere_nood="",
        gewist_op=at,
    )  # fmt: skip
    return {"inschrijvingen": wiped, "mails": mailed}


def _locked(bijeenkomst: Bijeenkomst) -> Bijeenkomst:
    return Bijeenkomst.objects.select_for_update().get(pk=bijeenkomst.pk)


def _both(inschrijving: Inschrijving) -> tuple[Bijeenkomst, Inschrijving]:
    """The meeting, locked, and then the registration as it is now."""
    meeting = Bijeenkomst.objects.select_for_update().get(pk=inschrijving.bijeenkomst_id)
    row = Inschrijving.objects.select_for_update().get(pk=inschrijving.pk)
    row.bijeenkomst = meeting
    return meeting, row


def _not_reminded(meeting: Bijeenkomst, at: datetime) -> datetime | None:
    """Who gets a place in the last 48 hours needs no reminder: the mail about it is one."""
    return meeting.begin if meeting.begin - at <= timedelta(hours=REMIND_HOURS) else None
