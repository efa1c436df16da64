"""What a webhook is told of what happened to a report. Nothing that its reporter wrote, and not whose door it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from kern.termijnen import local_date
from wijken.models import Wijk

from .. import publiek
from ..models import Categorie, Gebeurtenis, Melding


def contents(keys: Collection[str]) -> dict[str, dict[str, Any]]:
    """Per line of a story (by number) what is told of it; of sensitive categories nothing (one query)."""
    lines = Gebeurtenis.objects.filter(pk__in=[int(key) for key in keys], melding__categorie__is_gevoelig=False)
    lines = lines.select_related("melding__categorie", "melding__wijk", "melding__team").defer("tekst", "melding__zoek")
    return {str(line.pk): _content(line) for line in lines}


def _content(line: Gebeurtenis) -> dict[str, Any]:
    return {
        "gebeurtenis": {
            "nummer": line.pk,
            "soort": line.soort,
            "op": line.op.isoformat(),
            "van_status": line.van_status or None,
            "naar_status": line.naar_status or None,
            "datum": line.datum.isoformat() if line.datum else None,
        },
        "melding": _report(line.melding, line),
    }


def _report(melding: Melding, line: Gebeurtenis) -> dict[str, Any]:
    rough = publiek.rough_place(melding.plaats) if melding.plaats else None
    portal = settings.PORTAL_URL.rstrip("/")
    return {
        "nummer": melding.pk,
        "status": melding.status,
        "status_in_woorden": publiek.public_status(melding, on=local_date(line.op)).woord,
        "afsluitreden": melding.sluitreden or None,
        "categorie": {"code": melding.categorie.code, "naam": melding.categorie.naam},
        "wijk": {"code": melding.wijk.code, "naam": melding.wijk.naam} if melding.wijk else None,
        "team": melding.team.naam if melding.team else None,
        "straat": publiek.street_of(melding.adres) or None,
        "plaats": {"lat": rough.lat, "lon": rough.lon} if rough else None,
        "bron": melding.bron,
        "ontvangen_op": melding.ontvangen_op.isoformat(),
        "reactie_uiterlijk": melding.reactie_uiterlijk.isoformat(),
        "oplossing_uiterlijk": melding.oplossing_uiterlijk.isoformat(),
        "gepland_op": melding.gepland_op.isoformat() if melding.gepland_op else None,
        "afgesloten_op": melding.afgesloten_op.isoformat() if melding.afgesloten_op else None,
        "versie": melding.versie,
        "url": portal + reverse("meldingen:detail", args=[melding.pk]),
    }


def category_choices() -> Iterable[tuple[str, str]]:
    """The categories that a webhook can be narrowed to: never a sensitive one."""
    return Categorie.objects.sub().filter(is_gevoelig=False).order_by("naam").values_list("code", "naam")


def wijk_choices() -> Iterable[tuple[str, str]]:
    return Wijk.objects.order_by("naam").values_list("code", "naam")
