"""The public agenda: what is held where and when, as a list, a month and a map."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.geo.forms import map_context
from kern.geo.views import respond as respond_geojson
from kern.prive import link_token, private_page, read_token

from .. import mails, queries
from ..forms import AgendaFilter
from ..models import Bijeenkomst
from ..rules import registration_open

MONTHS = 18


@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """What is coming, or what was: a list beside its map."""
    form = AgendaFilter(request.GET)
    at = timezone.now()
    over = request.GET.get("voorbij") == "ja"
    keuze = queries.bijeenkomsten.Keuze(at, voorbij=over, **form.chosen())
    number = _page_number(request)
    rows, more = queries.bijeenkomsten.public_page(keuze, number)
    context = _common(request, form, keuze) | {
        "bijeenkomsten": [card(row, at) for row in rows],
        "nummer": number,
        "vorige": number - 1,
        "volgende": number + 1 if more else None,
        "voorbij": over,
        "kaart": map_context(),
        "punten": f"{reverse('wijken:agenda_places')}?{_without(request, 'pagina')}",
    }
    return render(request, "wijken/agenda/lijst.html", context)


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """A month as a calendar; `maand` is 2026-09, else this month."""
    form = AgendaFilter(request.GET)
    at = timezone.now()
    keuze = queries.bijeenkomsten.Keuze(at, **form.chosen())
    first = _month(request.GET.get("maand", ""), timezone.localdate())
    weeks = queries.bijeenkomsten.month(keuze, first)
    context = _common(request, form, keuze) | {
        "eerste": first,
        "weken": weeks,
        "is_leeg": not any(day.bijeenkomsten for week in weeks for day in week if not day.buiten),
        "vorige_maand": _neighbour(first, -1),
        "volgende_maand": _neighbour(first, 1),
        "nu": at,
    }
    return render(request, "wijken/agenda/maand.html", context)


@require_safe
def places(request: HttpRequest) -> HttpResponseBase:
    """The meetings of the list for its map (GeoJSON)."""
    form = AgendaFilter(request.GET)
    keuze = queries.bijeenkomsten.Keuze(timezone.now(), voorbij=request.GET.get("voorbij") == "ja", **form.chosen())
    return respond_geojson(request, queries.bijeenkomsten.places(keuze), seconds=60)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: when, where, for whom, and how to come."""
    row = queries.bijeenkomsten.meeting(pk)
    if row is None:
        raise Http404
    return page(request, row, reverse("wijken:register", args=[row.pk]))


@private_page
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The same for who was invited to a meeting that is not for everybody, by the link they got."""
    sleutel = read_token(token, mails.bijeenkomsten.INVITATION_SALT)
    row = queries.bijeenkomsten.invited(sleutel) if sleutel else None
    if row is None:
        raise Http404
    return page(request, row, reverse("wijken:invitation_register", args=[token]))


def page(request: HttpRequest, row: Bijeenkomst, register_url: str, **more: Any) -> HttpResponse:
    """The page of a meeting, for everybody, for who was invited, and as a preview for staff."""
    context = {
        **card(row, timezone.now()),
        "inschrijf_url": register_url,
        "ics_url": reverse("wijken:meeting_ics", args=[row.pk]) if row.is_openbaar else "",
        "mix": queries.bijeenkomsten.mix_of(row) if row.verslag_openbaar else {},
        "besluiten": list(row.besluiten.all()) if row.verslag_openbaar and row.is_voorbij else [],
        "kaart": map_context(),
        "punt_url": place_url(row),
        **more,
    }
    return render(request, "wijken/agenda/detail.html", context)


def place_url(row: Bijeenkomst) -> str:
    """Where the map asks where it is; of a meeting that is not for everybody by its signed key. "" without a place."""
    if row.plaats is None or not row.is_ter_plaatse:
        return ""
    if row.is_openbaar and not row.is_concept:
        return reverse("wijken:meeting_place", args=[row.pk])
    return reverse("wijken:invitation_place", args=[link_token(row.sleutel, mails.bijeenkomsten.INVITATION_SALT)])


def card(row: Any, at: Any) -> dict[str, Any]:
    """A meeting (with its seats) and what a visitor can do about it now."""
    free = None if row.plaatsen is None else max(row.plaatsen - row.personen_in, 0)
    return {
        "bijeenkomst": row,
        "open": registration_open(row, at),
        "vrij": free,
        "vol": free is not None and (free == 0 or row.personen_wacht > 0),
        "later_open": row.is_aangekondigd
        and row.met_inschrijving
        and row.inschrijven_vanaf is not None
        and at < row.inschrijven_vanaf,
        "voorbij": row.einde <= at,
    }


def _common(request: HttpRequest, form: AgendaFilter, keuze: queries.bijeenkomsten.Keuze) -> dict[str, Any]:
    kept = request.GET.copy()
    for name in ("pagina", "maand", "voorbij"):
        kept.pop(name, None)
    return {
        "form": form,
        "pillen": form.pills(request.GET),
        "gekozen_wijk": keuze.wijk,
        "filters": kept.urlencode(),
        "wis": "?voorbij=ja" if keuze.voorbij else "?",
    }


def _without(request: HttpRequest, *names: str) -> str:
    kept = request.GET.copy()
    for name in names:
        kept.pop(name, None)
    return kept.urlencode()


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("pagina", "")
    return min(max(int(text), 1), 1000) if text.isdecimal() and len(text) < 5 else 1


def _month(text: str, today: date) -> date:
    this = today.replace(day=1)
    try:
        first = date.fromisoformat(f"{text}-01") if text else this
    except ValueError:
        return this
    return first if abs((first.year - this.year) * 12 + first.month - this.month) <= MONTHS else this


def _neighbour(first: date, step: int) -> date:
    if step > 0:
        return (first + timedelta(days=32)).replace(day=1)
    return (first - timedelta(days=1)).replace(day=1)
