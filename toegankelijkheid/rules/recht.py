"""Who may do what in the screening. Fetches nothing."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from kern.gebruikers.rollen import Rol

if TYPE_CHECKING:
    from wijken.queries import Bereik

SEES_ALL = frozenset({Rol.BEHEERDER, Rol.TOEGANKELIJKHEIDSCOORDINATOR, Rol.LEZER})


def sees_all(user: Any) -> bool:
    """Whether somebody sees the screening of the whole city."""
    return bool(user.is_active) and not SEES_ALL.isdisjoint(user.rollen)


def may_manage(user: Any) -> bool:
    """Whether somebody plans campaigns, draws zones and decides on findings: the coordinator and the beheerder."""
    return bool(user.has_role(Rol.BEHEERDER, Rol.TOEGANKELIJKHEIDSCOORDINATOR))


def measures(user: Any) -> bool:
    """Whether somebody measures at all."""
    return bool(user.has_role(Rol.BEHEERDER, Rol.TOEGANKELIJKHEIDSCOORDINATOR, Rol.SCREENER))


def may_see(
    user: Any, reach: Bereik, *, wijk_id: int | None, zone_id: int | None, eigen_zones: Collection[int]
) -> bool:
    """Whether somebody may see a thing in this wijk and zone; `eigen_zones` are those they screen in."""
    if not user.is_active or not user.rollen:
        return False
    return sees_all(user) or wijk_id in reach.wijk_ids or zone_id in eigen_zones


def may_measure(
    user: Any, reach: Bereik, *, wijk_id: int | None, zone_id: int | None, eigen_zones: Collection[int]
) -> bool:
    """Whether somebody may write measurements of a thing: who manages, and surveyors where they may see."""
    if may_manage(user):
        return True
    return bool(user.has_role(Rol.SCREENER)) and may_see(
        user, reach, wijk_id=wijk_id, zone_id=zone_id, eigen_zones=eigen_zones
    )
