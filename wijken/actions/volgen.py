"""Every write on who follows a wijk by mail."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from kern.berichten import actions as berichten

from .. import mails
from ..models import Wijk, Wijkvolger, Wijkvolging
from ..queries import volgen as queries


@transaction.atomic
def ask_to_follow(*, wijk: Wijk, email: str, taal: str, at: datetime) -> None:
    """Mail this address whether it wants to follow the wijk; who follows it already gets nothing new.

    Whoever fills in the address learns nothing of it.
    """
    volger = Wijkvolger.objects.select_for_update().filter(email__iexact=email).first()
    if volger is None:
        volger = Wijkvolger.objects.create(email=email, taal=taal, sinds=at, gemaild_tot=at)
    volging, _made = Wijkvolging.objects.get_or_create(volger=volger, wijk=wijk, defaults={"gevraagd_op": at})
    if volging.bevestigd_op is None:
        mails.volgen.confirm(volging, at)


@transaction.atomic
def confirm_follow(*, volging: Wijkvolging, at: datetime) -> Wijkvolging:
    """They want it, said from their own mail box. A second click changes nothing."""
    row = Wijkvolging.objects.select_for_update().get(pk=volging.pk)
    if row.bevestigd_op is None:
        if not row.volger.volgingen.exclude(bevestigd_op=None).exists():
            Wijkvolger.objects.filter(pk=row.volger_id).update(gemaild_tot=at)
        row.bevestigd_op = at
        row.save()
    return row


@transaction.atomic
def stop_following(*, volger: Wijkvolger, wijk: Wijk | None = None) -> bool:
    """Follow this wijk no more, or nothing at all; whether the follower is gone, with the address and every mail."""
    rows = volger.volgingen.filter(wijk=wijk) if wijk else volger.volgingen.all()
    rows.delete()
    if volger.volgingen.exists():
        return False
    forget_followers([volger.pk])
    return True


@transaction.atomic
def forget_followers(pks: Collection[int]) -> dict[str, int]:
    """Remove these followers, and their address from every mail they got."""
    mailed = berichten.forget_all(about=Wijkvolger, keys=pks)
    Wijkvolger.objects.filter(pk__in=pks).delete()
    return {"volgers": len(pks), "mails": mailed}


@transaction.atomic
def forget_unconfirmed(pks: Collection[int], at: datetime) -> dict[str, int]:
    """Remove these wijken (`Wijkvolging`) that were never confirmed, and who then follows nothing at all."""
    rows = Wijkvolging.objects.filter(pk__in=pks, bevestigd_op=None)
    people = set(rows.values_list("volger_id", flat=True))
    count = rows.delete()[0]
    alone = list(Wijkvolger.objects.filter(pk__in=people, volgingen=None).values_list("pk", flat=True))
    return {"volgingen": count} | (forget_followers(alone) if alone else {})


def send_weekly(*, at: datetime, batch: int = 500) -> int:
    """Mail every follower the news of their wijken since the last mail, when there is any; how many mails.

    Once a week at most, by a key that names the Thursday. What there is to tell comes from `registry.register_news`.
    """
    edition = queries.edition(at)
    count = 0
    letters = queries.Weekbrief(edition)
    for volgers in queries.due_for(edition, batch):
        with transaction.atomic():
            for volger in volgers:
                wijken = [row.wijk for row in volger.bevestigd]
                news = letters.news(wijken, volger.taal)
                if news:
                    told = mails.volgen.week(volger, edition.dag, news, letters.news(wijken, "nl"))
                    count += told
            Wijkvolger.objects.filter(pk__in=[row.pk for row in volgers]).update(gemaild_tot=edition.op)
    return count
