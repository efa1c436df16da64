"""What a member of staff may see of the screening; the twin of `rules.recht.may_see`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from ..rules.recht import sees_all

if TYPE_CHECKING:
    from wijken.queries import Bereik


def visible_where(user: Any, reach: Bereik, prefix: str = "") -> Q | None:
    """Things with a `wijk` and a `zone` that this person may see; None for nothing, an empty Q for everything.

    Who works in the wijk sees it, and who screens in a campaign of its zone.
    """
    from .campagne import Campagne

    if not user.is_active or not user.rollen:
        return None
    if sees_all(user):
        return Q()
    zones = Campagne.objects.filter(screeners__in=reach.gebruiker_ids).values("zone")
    return Q(**{f"{prefix}wijk__in": reach.wijk_ids}) | Q(**{f"{prefix}zone__in": zones})
