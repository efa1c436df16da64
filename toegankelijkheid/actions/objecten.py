"""Objects to screen: add, change, take out of use."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kern.gebruikers.models import Gebruiker
from wijken.queries import address_at

from ..models import Screeningsobject
from ..rules.plek import middle
from ..rules.woorden import Herkomst
from .oordelen import judge_object
from .zones import put_in_place


@transaction.atomic
def add(*, object: Screeningsobject, door: Gebruiker | None, at: datetime) -> tuple[Screeningsobject, bool]:
    """Keep a new object in its wijk, zone and level; whether it is new. The same `inzending` gives the first one."""
    earlier = Screeningsobject.objects.filter(inzending=object.inzending).first()
    if earlier is not None:
        return earlier, False
    object.gemaakt_op, object.gemaakt_door = at, door
    _complete(object)
    put_in_place(object=object, at=at)
    object.save()
    return object, True


@transaction.atomic
def change(*, object: Screeningsobject, at: datetime) -> Screeningsobject:
    """Keep what was changed of an object, look up its place again and judge it by what holds there."""
    _complete(object)
    object.versie += 1
    object.save()
    put_in_place(object=object, at=at)
    if object.is_gescreend:
        judge_object(object=object, at=at)
    object.refresh_from_db()
    return object


@transaction.atomic
def set_level(*, object: Screeningsobject, niveau_id: int | None, at: datetime) -> Screeningsobject:
    """Choose a level by hand, or None to follow the zone again."""
    object.niveau_herkomst = Herkomst.HANDMATIG if niveau_id else Herkomst.STAD
    if niveau_id:
        object.niveau_id = niveau_id
    return change(object=object, at=at)


def _complete(object: Screeningsobject) -> None:
    """The middle of a line, and the street by the place."""
    if object.lijn:
        object.plaats = middle(object.lijn)
    else:
        object.kant = ""
    if object.plaats and not object.straat:
        object.straat = address_at(object.plaats).removeprefix("nabij ")
    if not object.straat and not object.adres and not object.plaats:
        raise ValueError("an object is somewhere")
