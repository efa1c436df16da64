"""What changed in the actions of each wijk, for the weekly mail to who follows one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.historiek.tracking import event_model

from ..models import Actie, Mijlpaal, Wijk
from ..states.draad import Actiestatus, Mijlpaalstatus


def by_wijk(since: datetime, until: datetime) -> Mapping[int, list[tuple[str, str]]]:
    """Per wijk what residents could read for the first time between two moments, each with its page (four queries).

    That an action is planned, runs, is finished or stopped; and the milestones it reached. The history tells when, so
    that what somebody writes down later with an earlier day is told too. Each is told as it stands now, and once.
    """
    found: dict[int, list[tuple[str, str]]] = {}
    for actie, line in [*_steps(since, until), *_milestones(since, until)]:
        for wijk in {actie.wijk_id: actie.wijk, **{row.pk: row for row in actie.ook_in.all()}}.values():
            found.setdefault(wijk.pk, []).append((line, _page(actie, wijk)))
    return found


def _steps(since: datetime, until: datetime) -> Iterator[tuple[Actie, str]]:
    words = {
        Actiestatus.GEPLAND: _("Binnenkort: %(actie)s"),
        Actiestatus.GAAND: _("Dit loopt nu: %(actie)s"),
        Actiestatus.AFGEROND: _("Afgerond: %(actie)s"),
        Actiestatus.STOPGEZET: _("Gestopt: %(actie)s"),
    }
    events: Any = event_model(Actie)
    told = events._default_manager.filter(
        pgh_obj=OuterRef("pk"), pgh_created_at__lt=until, is_openbaar=True, status=OuterRef("status")
    )
    rows = Actie.objects.public().filter(
        Exists(told.filter(pgh_created_at__gte=since)), ~Exists(told.filter(pgh_created_at__lt=since))
    )
    for row in rows.select_related("wijk").prefetch_related("ook_in").order_by("pk"):
        yield row, words[Actiestatus(row.status)] % {"actie": row.titel}


def _milestones(since: datetime, until: datetime) -> Iterator[tuple[Actie, str]]:
    events: Any = event_model(Mijlpaal)
    told = events._default_manager.filter(
        pgh_obj=OuterRef("pk"), pgh_created_at__lt=until, status=Mijlpaalstatus.GEHAALD
    )
    rows = Mijlpaal.objects.filter(
        Exists(told.filter(pgh_created_at__gte=since)),
        ~Exists(told.filter(pgh_created_at__lt=since)),
        actie__is_openbaar=True,
        status=Mijlpaalstatus.GEHAALD,
    )
    rows = rows.select_related("actie__wijk").prefetch_related("actie__ook_in")
    for row in rows.order_by("gehaald_op", "pk"):
        yield row.actie, _("%(mijlpaal)s is gehaald (%(actie)s)") % {"actie": row.actie.titel, "mijlpaal": row.titel}


def _page(actie: Actie, wijk: Wijk) -> str:
    """Its page, in the wijk of the reader."""
    return reverse("wijken:action_public", args=[wijk.slug, actie.pk])
