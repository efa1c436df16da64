"""Every write to the routing rules. Only administrators make them."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from kern import historiek
from kern.gebruikers.models import Gebruiker

from ..models import Routeregel
from ..rules import may_change_routes


@transaction.atomic
def save(*, regel: Routeregel, door: Gebruiker, reden: str = "") -> Routeregel:
    """Add a rule at the end, or change one; its place stays.

    Raises PermissionError for who is no administrator, ValidationError for what the database would refuse.
    """
    _for_administrators(door)
    _keep_others_out()
    if regel.pk is None:
        regel.volgorde = (Routeregel.objects.aggregate(last=Max("volgorde"))["last"] or 0) + 1
    else:
        regel.volgorde = Routeregel.objects.values_list("volgorde", flat=True).get(pk=regel.pk)
    regel.full_clean(validate_unique=False)
    with historiek.reason(reden or "Routeregel bewaard"):
        regel.save()
    return regel


@transaction.atomic
def move(*, regel: Routeregel, omhoog: bool, door: Gebruiker) -> bool:
    """Go past the rule before or after it that is switched on; whether there was one. Raises PermissionError."""
    _for_administrators(door)
    _keep_others_out()
    order = list(Routeregel.objects.order_by("volgorde"))
    moved = swapped(order, regel.pk, omhoog=omhoog)
    if moved is None:
        return False
    with historiek.reason("Andere volgorde van de routeregels"):
        for place, row in enumerate(moved, 1):
            if row.volgorde != place:
                row.volgorde = place
                row.save(update_fields=["volgorde"])
    return True


def swapped(order: list[Routeregel], pk: int, *, omhoog: bool) -> list[Routeregel] | None:
    """The order in which one rule went past the next one that is switched on; None where there is none."""
    at = next((place for place, row in enumerate(order) if row.pk == pk), None)
    if at is None:
        return None
    way = range(at - 1, -1, -1) if omhoog else range(at + 1, len(order))
    to = next((place for place in way if order[place].is_actief), None)
    if to is None:
        return None
    order = list(order)
    order.insert(to, order.pop(at))
    return order


@transaction.atomic
def remove(*, regel: Routeregel, door: Gebruiker) -> None:
    """Delete a rule that never gave a report to anybody.

    Raises PermissionError; ValueError for a rule that did: switched off, it can still say why a report is where it is.
    """
    _for_administrators(door)
    _keep_others_out()
    if is_used(regel):
        raise ValueError("deze regel verdeelde al meldingen: zet hem uit in plaats van hem te wissen")
    with historiek.reason("Routeregel gewist"):
        Routeregel.objects.filter(pk=regel.pk).delete()


def is_used(regel: Routeregel) -> bool:
    """Whether a report is with somebody because of this rule."""
    return regel.meldingen.exists()


def _for_administrators(door: Gebruiker) -> None:
    if not may_change_routes(door):
        raise PermissionError("alleen een beheerder verandert routeregels")


def _keep_others_out() -> None:
    """One change at a time; reports that come in meanwhile go on, by the rules as they were."""
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(Routeregel._meta.db_table)
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
