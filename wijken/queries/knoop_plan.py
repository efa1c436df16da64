"""How objectives of the plan and agreements of a programme are shown among the things tied to a goal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from kern.gebruikers.models import Gebruiker

from ..models import Beleidsdoelstelling, Programmapunt
from ..registry import Knoop
from ..rules import Bereik


def objectives(nummers: Collection[int], user: Gebruiker, reach: Bereik) -> list[Knoop]:
    """Objectives of the plan; every member of staff may see them (one query)."""
    rows = Beleidsdoelstelling.objects.filter(pk__in=nummers).select_related("plan")
    return [
        Knoop(
            nummer=row.pk,
            titel=str(row),
            url=row.get_absolute_url(),
            dag=date(row.plan.van, 1, 1),
            waar=row.plan.naam,
        )
        for row in rows
    ]


def agreements(nummers: Collection[int], user: Gebruiker, reach: Bereik) -> list[Knoop]:
    """Those of these agreements that this person may see (one query)."""
    rows = Programmapunt.objects.visible_to(user, reach).filter(pk__in=nummers).select_related("wijk")
    return [
        Knoop(
            nummer=row.pk,
            titel=row.titel,
            url=row.get_absolute_url(),
            dag=row.van,
            waar=row.wijk.naam,
            status=row.get_status_display(),
            toon="goed" if row.status == "klaar" else "",
        )
        for row in rows
    ]
