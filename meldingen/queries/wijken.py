"""What the rooms of the wijken show of reports: a number in the weekly mail, planned work in the shared agenda."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from kern.gebruikers.models import Gebruiker
from wijken.models import Wijk
from wijken.queries import Bereik
from wijken.registry import Agendaregel

from ..models import Melding
from ..states import Status
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
