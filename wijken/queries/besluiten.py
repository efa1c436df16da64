"""What meetings decided, and what came of it."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from kern.gebruikers.models import Gebruiker

from ..models import Besluit, Bijeenkomst, Draad
from ..registry import Knoop, thread_kind
from ..rules import Bereik


def came_of(besluiten: Collection[Besluit], user: Gebruiker, reach: Bereik) -> dict[int, list[Knoop]]:
    """Per decision what it led to, of whatever kind, as this person may see it.

    A query, and those that each kind needs to be shown.
    """
    kind = ContentType.objects.get_for_model(Besluit)
    pieces = Draad.objects.filter(van_type=kind, van_id__in=[row.pk for row in besluiten]).order_by("sinds", "pk")
    by_type: dict[int, list[tuple[int, int]]] = {}
    for van, to, naar in pieces.values_list("van_id", "naar_type_id", "naar_id"):
        by_type.setdefault(to, []).append((van, naar))
    found: dict[int, list[Knoop]] = {}
    for to, pairs in by_type.items():
        shown = thread_kind(ContentType.objects.get_for_id(to).model_class())
        knots = (
            {knot.nummer: knot for knot in shown.tonen([naar for _van, naar in pairs], user, reach)} if shown else {}
        )
        for van, naar in pairs:
            if naar in knots:
                found.setdefault(van, []).append(knots[naar])
    return found


def decisions_in_thread(numbers: Collection[int], user: Gebruiker, reach: Bereik) -> list[Knoop]:
    """Decisions as the red thread shows them: those of public meetings to everybody, the others to who may see them."""
    rows = Besluit.objects.filter(pk__in=numbers).select_related("bijeenkomst").order_by("-genomen_op", "-pk")
    mine = set(
        Bijeenkomst.objects.visible_to(user, reach)
        .filter(pk__in={row.bijeenkomst_id for row in rows})
        .values_list("pk", flat=True)
    )
    return [
        Knoop(
            nummer=row.pk,
            titel=row.tekst,
            url=row.get_absolute_url(),
            dag=timezone.localtime(row.bijeenkomst.begin).date(),
            waar=row.bijeenkomst.titel,
            punt=row.bijeenkomst.plaats,
        )
        for row in rows
        if row.bijeenkomst_id in mine
    ]
