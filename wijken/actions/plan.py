"""Every write on the multi-year plan that does not come from a file: what is tied to it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model

from kern import historiek
from kern.gebruikers.models import Gebruiker

from ..models import Actieplan, Beleidsdoelstelling, Meerjarenplan, PlanActie, Planlink

Planitem = Beleidsdoelstelling | Actieplan | PlanActie


@transaction.atomic
def tie_to_plan(
    *, van: Model, plan: Meerjarenplan, waarin: Planitem | None, mate: str, reden: str, door: Gebruiker, at: datetime
) -> Planlink:
    """Say to what degree a thing was taken up in the plan, and where; said before, it is said anew.

    Raises ValueError without a reason, without a place in the plan (unless it was not taken up at all), or when the
    place belongs to another plan.
    """
    if not reden.strip():
        raise ValueError("zeg waarom")
    if waarin is None and mate != Planlink.Mate.NIET:
        raise ValueError("kies waarin het opgenomen is")
    if waarin is not None and plan_of(waarin).pk != plan.pk:
        raise ValueError("dit hoort bij een ander plan")
    place = {
        "beleidsdoelstelling": waarin if isinstance(waarin, Beleidsdoelstelling) else None,
        "actieplan": waarin if isinstance(waarin, Actieplan) else None,
        "actie": waarin if isinstance(waarin, PlanActie) else None,
    }
    with historiek.reason(reden.strip()):
        link, _made = Planlink.objects.update_or_create(
            plan=plan,
            van_type=ContentType.objects.get_for_model(van),
            van_id=van.pk,
            **place,
            defaults={"mate": mate, "reden": reden.strip(), "door": door},
            create_defaults={"mate": mate, "reden": reden.strip(), "door": door, "gemaakt_op": at},
        )
    return link


@transaction.atomic
def untie_from_plan(*, link: Planlink, reden: str) -> None:
    """Take back what was said; the history keeps it, with why. Raises ValueError without a reason."""
    if not reden.strip():
        raise ValueError("zeg waarom deze band weg mag")
    with historiek.reason(reden.strip()):
        Planlink.objects.filter(pk=link.pk).delete()


def plan_of(item: Planitem) -> Meerjarenplan:
    """The plan that something belongs to."""
    if isinstance(item, PlanActie):
        item = item.actieplan
    if isinstance(item, Actieplan):
        item = item.beleidsdoelstelling
    return item.plan
