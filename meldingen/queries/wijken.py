"""What the rooms of the wijken show of reports: a number in the weekly mail, planned work and rounds in the agenda."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from kern.gebruikers.models import Gebruiker
from wijken.models import TeamWijk, Wijk
from wijken.queries import Bereik
from wijken.registry import Agendaregel

from ..models import Melding, Ronde
from ..states import Status, Stopstatus
from .public import SOLVED

TITLE = gettext_lazy("wat is opgelost")
AGENDA_LIMIT = 300


def solved_by_wijk(since: datetime, until: datetime) -> Mapping[int, list[tuple[str, str]]]:
    """How many reports were solved in each wijk between two moments, in words, with their page (two queries)."""
    solved = Melding.objects.filter(SOLVED, afgesloten_op__gte=since, afgesloten_op__lt=until, wijk__isnull=False)
    counts = dict(solved.order_by().values_list("wijk_id").annotate(n=Count("pk")))
    slugs = dict(Wijk.objects.filter(pk__in=counts).values_list("pk", "slug"))
    page = reverse("meldingen:public_list")
    return {
        wijk: [
            (
                ngettext("%(aantal)s melding is opgelost", "%(aantal)s meldingen zijn opgelost", count)
                % {"aantal": count},
                f"{page}?wijk={slugs[wijk]}",
            )
        ]
        for wijk, count in counts.items()
    }


def planned(user: Gebruiker, reach: Bereik, wijk: Wijk | None, since: datetime, until: datetime) -> list[Agendaregel]:
    """Reports with a planned day, as this person may see them (one query); of a sensitive one only its number."""
    rows = Melding.objects.visible_to(user, reach).filter(
        status=Status.INGEPLAND,
        gepland_op__gte=timezone.localtime(since).date(),
        gepland_op__lt=timezone.localtime(until).date(),
    )
    rows = rows.filter(wijk=wijk) if wijk else rows
    found = []
    for row in rows.select_related("categorie", "wijk", "team").order_by("gepland_op", "pk")[:AGENDA_LIMIT]:
        day = row.gepland_op or timezone.localtime(since).date()  # never empty, by the filter
        begin = timezone.make_aware(datetime.combine(day, time.min))
        found.append(
            Agendaregel(
                begin=begin,
                einde=begin,
                titel=f"Melding {row.pk}: {row.categorie.naam}",
                url=reverse("meldingen:detail", args=[row.pk]),
                soort="geplande melding",
                waar="" if row.categorie.is_gevoelig else row.adres,
                heel_de_dag=True,
                wijken=(row.wijk.naam,) if row.wijk else (),
            )
        )
    return found


def rounds(user: Gebruiker, reach: Bereik, wijk: Wijk | None, since: datetime, until: datetime) -> list[Agendaregel]:
    """Rounds on foot of a team (one query). One through all wijken of its team is in the agenda of each of them."""
    rows = Ronde.objects.visible_to(user, reach).filter(
        dag__gte=timezone.localtime(since).date(), dag__lt=timezone.localtime(until).date()
    )
    if wijk:
        day, team = OuterRef("dag"), OuterRef("team")
        works_there = TeamWijk.objects.filter(Q(tot__isnull=True) | Q(tot__gte=day), team=team, wijk=wijk, van__lte=day)
        rows = rows.filter(Q(wijk=wijk) | Q(wijk__isnull=True) & Exists(works_there))
    todo = Count("stops", filter=Q(stops__status=Stopstatus.OPEN))
    rows = rows.select_related("team", "wijk", "uitvoerder").annotate(aantal=Count("stops"), te_doen=todo)
    found = []
    for row in rows.order_by("dag", "pk")[:AGENDA_LIMIT]:
        begin = timezone.make_aware(datetime.combine(row.dag, time.min))
        where = row.wijk.naam if row.wijk else "alle wijken van het team"
        found.append(
            Agendaregel(
                begin=begin,
                einde=begin,
                titel=f"Ronde van {row.team.naam}, {where}",
                url=reverse("meldingen:round", args=[row.pk]),
                soort="ronde te voet",
                waar=f"vertrekt aan {row.start_naam}" + (f", {row.uitvoerder.naam} gaat" if row.uitvoerder else ""),
                status=_how_far(row),
                toon="goed" if row.afgerond_op else "",
                heel_de_dag=True,
                wijken=(row.wijk.naam,) if row.wijk else (),
            )
        )
    return found


def _how_far(row: Any) -> str:
    if row.afgerond_op:
        return "afgerond"
    return f"{row.aantal - row.te_doen} van {row.aantal} stops gedaan"
