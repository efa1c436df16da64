"""What people do with saved views: keep, share, throw away and put back; columns; and wanting to hear of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from kern.gebruikers.models import Gebruiker
from wijken.models import Team

from ..models import Kolomkeuze, Seintje, Weergave
from ..models.weergave import REGRET


@transaction.atomic
def save_view(
    *,
    naam: str,
    filters: str,
    kolommen: Sequence[str],
    door: Gebruiker,
    at: datetime,
    team: Team | None = None,
    rol: str = "",
    is_standaard: bool = False,
) -> Weergave:
    """Keep a list under a name: for oneself, for a team too, or for everybody with a role; the last in the row."""
    if is_standaard:
        _no_other_first(rol)
    last: int | None = Weergave.objects.kept().filter(eigenaar=door).aggregate(last=Max("volgorde"))["last"]
    return Weergave.objects.create(
        naam=naam,
        filters=filters,
        kolommen=list(kolommen),
        eigenaar=None if rol else door,
        team=None if rol else team,
        rol=rol,
        is_standaard=is_standaard,
        volgorde=(last or 0) + 1,
        gemaakt_op=at,
    )


@transaction.atomic
def change_view(
    *,
    weergave: Weergave,
    door: Gebruiker,
    naam: str,
    team: Team | None,
    rol: str,
    is_standaard: bool,
    volgorde: int,
    is_actief: bool,
) -> Weergave:
    """Rename a view, share it with others, or set it aside. What was of a role and is no longer becomes one's own."""
    row = Weergave.objects.select_for_update().get(pk=weergave.pk)
    if is_standaard:
        _no_other_first(rol, but=row.pk)
    row.naam, row.rol, row.volgorde, row.is_actief = naam, rol, volgorde, is_actief
    row.team, row.eigenaar = (None, None) if rol else (team, row.eigenaar or door)
    row.is_standaard = is_standaard and bool(rol)
    row.save()
    return row


@transaction.atomic
def keep_question(*, weergave: Weergave, filters: str, kolommen: Sequence[str]) -> Weergave:
    """Let the view hold what is on screen now; what people chose as its columns for themselves stays theirs."""
    row = Weergave.objects.select_for_update().get(pk=weergave.pk)
    row.filters, row.kolommen = filters, list(kolommen)
    row.save(update_fields=["filters", "kolommen"])
    return row


@transaction.atomic
def throw_away(*, weergave: Weergave, at: datetime) -> Weergave:
    """Take the view from everybody's list; for 30 days it can be put back as it was."""
    row = Weergave.objects.select_for_update().get(pk=weergave.pk)
    row.verwijderd_op = row.verwijderd_op or at
    row.save(update_fields=["verwijderd_op"])
    return row


@transaction.atomic
def put_back(*, weergave: Weergave) -> Weergave:
    """Undo `throw_away`; another view that became the first of the role meanwhile stays that."""
    row = Weergave.objects.select_for_update().get(pk=weergave.pk)
    taken = Weergave.objects.kept().filter(rol=row.rol, is_standaard=True).exclude(pk=row.pk).exists()
    row.verwijderd_op, row.is_standaard = None, row.is_standaard and not taken
    row.save(update_fields=["verwijderd_op", "is_standaard"])
    return row


def forget_thrown_away(at: datetime) -> dict[str, int]:
    """Delete what was thrown away longer ago than people regret it; the counts."""
    return {"gewist": Weergave.objects.filter(verwijderd_op__lt=at - REGRET).delete()[0]}


@transaction.atomic
def choose_columns(*, gebruiker: Gebruiker, weergave: Weergave | None, kolommen: Sequence[str]) -> None:
    """Remember which columns somebody wants in a view, or in the plain lists; none is the usual ones again."""
    if kolommen:
        Kolomkeuze.objects.update_or_create(
            gebruiker=gebruiker, weergave=weergave, defaults={"kolommen": list(kolommen)}
        )
    else:
        Kolomkeuze.objects.filter(gebruiker=gebruiker, weergave=weergave).delete()


@transaction.atomic
def tell_me(*, gebruiker: Gebruiker, weergave: Weergave, gezien: list[int] | None, at: datetime) -> Seintje:
    """From now on somebody hears in the morning of what enters the view; of what is in it (`gezien`) they know."""
    start: dict[str, Any] = {"sinds": at, "gezien_op": at, "gezien": gezien}
    return Seintje.objects.get_or_create(gebruiker=gebruiker, weergave=weergave, defaults=start)[0]


@transaction.atomic
def stop_telling(*, gebruiker: Gebruiker, weergave: Weergave) -> bool:
    """Somebody no longer wants to hear of the view; whether they did before."""
    return bool(Seintje.objects.filter(gebruiker=gebruiker, weergave=weergave).delete()[0])


def remember(rows: Sequence[Seintje]) -> None:
    """Keep what people know of now, in the transaction that tells them."""
    Seintje.objects.bulk_update(rows, ["gezien_op", "gezien"], batch_size=100)


def _no_other_first(rol: str, but: int | None = None) -> None:
    Weergave.objects.filter(rol=rol, is_standaard=True).exclude(pk=but or 0).update(is_standaard=False)
