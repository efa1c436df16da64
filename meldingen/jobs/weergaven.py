"""What entered the views that people want to hear of, for their mail of the morning."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.herinneringen.registry import LichteTaak, Nieuws, Rubriek, register_light, register_section
from kern.termijnen import local_date
from wijken.queries import reaches

from ..actions import weergaven as actions
from ..models import Melding, Weergave
from ..queries import staff, weergaven
from ..rules import may_use_view
from ..views.staff.selection import select

LINES = 10


def news(at: datetime) -> dict[int, list[Nieuws]]:
    """Per person what entered the views that they follow, as far as they may see it today; each entry is told once.

    Ten queries for all, and per view one, or two when something entered.
    """
    on = local_date(at)
    rows = weergaven.subscribers()
    reach_of = reaches({row.gebruiker_id for row in rows}, on)
    found: dict[int, list[Nieuws]] = defaultdict(list)
    told, like = [], None
    for row in rows:
        user, reach = row.gebruiker, reach_of[row.gebruiker_id]
        if not user.rollen or not may_use_view(user, reach, row.weergave):
            continue
        chosen = select(QueryDict(row.weergave.filters), user, reach, on, like=like)
        like = like or chosen.filterset
        if chosen.is_vaag:
            continue
        new = weergaven.entered(chosen.rows, row)
        row.gezien_op, row.gezien = at, new.gezien
        told.append(row)
        if new.aantal:
            shown = chosen.order.sorted(staff.for_rows(new.rows))[:LINES]
            found[user.pk].append(_part(row.weergave, [_line(melding) for melding in shown], new.aantal))
    actions.remember(told)
    return found


def address(weergave: Weergave) -> str:
    """The path of the list as this view opens it."""
    return f"{reverse('meldingen:staff_list')}?weergave={weergave.pk}&{weergave.filters}"


def _part(weergave: Weergave, lines: list[tuple[str, str]], count: int) -> Nieuws:
    return Nieuws(_("Nieuw in “%(naam)s”") % {"naam": weergave.naam}, lines, count, address(weergave))


def _line(melding: Melding) -> tuple[str, str]:
    place = melding.adres or (melding.wijk.naam if melding.wijk else "")
    words = f"{melding.categorie.naam}{f', {place}' if place else ''} (melding {melding.pk})"
    return words, reverse("meldingen:detail", args=[melding.pk])


def register_all() -> None:
    """Make the section of the morning mail known; called once, when the app is ready."""
    register_section(Rubriek("weergaven", news))
    register_light(LichteTaak("weergaven: vergeet wat weg mocht", actions.forget_thrown_away, daily=True))
