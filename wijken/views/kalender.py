"""Meetings for other programs: a file for one, a calendar to subscribe to, and a feed of what changes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kern.documenten.agenda import Afspraak, Organisator, calendar_bytes, event_bytes, ics_response
from kern.documenten.feed import Item, feed, feed_response
from kern.documenten.kenmerk import tag, uid
from kern.geo import geojson
from kern.geo.views import respond as respond_geojson
from kern.prive import private_page, read_token

from .. import mails, queries, soorten
from ..forms import AgendaFilter
from ..models import Bijeenkomst, Inschrijving
from ..wanneer import when
from .inschrijven import by_token

# Before there was any meeting, a feed still needs a moment.
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One public meeting as a file."""
    row = queries.bijeenkomsten.meeting(pk)
    if row is None:
        raise Http404
    content = event_bytes(event(row))
    return ics_response(request, content, row.titel, gewijzigd_op=row.gewijzigd_op, publiek=True)


@require_safe
def place(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Where a public meeting is, for its map (GeoJSON)."""
    return _place(request, Bijeenkomst.objects.public().filter(pk=pk).first())


@private_page
@require_safe
def invitation_place(request: HttpRequest, token: str) -> HttpResponseBase:
    """The same for who was invited."""
    sleutel = read_token(token, mails.bijeenkomsten.INVITATION_SALT)
    return _place(request, Bijeenkomst.objects.filter(sleutel=sleutel).first() if sleutel else None)


def _place(request: HttpRequest, row: Bijeenkomst | None) -> HttpResponseBase:
    if row is None or row.plaats is None:
        raise Http404
    spot = geojson.feature(row.pk, geojson.point(row.plaats), naam=row.titel)
    return respond_geojson(request, geojson.feature_collection([spot]), seconds=300)


@by_token
@require_safe
def registration(request: HttpRequest, row: Inschrijving, token: str) -> HttpResponse:
    """The meeting as a file for who registered, with the link to take part and to cancel."""
    own = request.build_absolute_uri(reverse("wijken:registration", args=[token]))
    content = event_bytes(event(row.bijeenkomst, own=row, own_url=own))
    return ics_response(request, content, row.bijeenkomst.titel, gewijzigd_op=row.bijeenkomst.gewijzigd_op)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The agenda to subscribe to: of the whole city, of a wijk, of a kind. The same filters as the page."""
    keuze = _chosen(request)
    rows = queries.bijeenkomsten.calendar_rows(keuze)
    content = calendar_bytes(
        (event(row) for row in rows),
        naam=_name(keuze),
        omschrijving=_("Wat er in de wijken van Genk te doen is."),
        adres=request.build_absolute_uri(),
    )
    return ics_response(request, content, _name(keuze), gewijzigd_op=_newest(rows), publiek=True)


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """What was announced, moved or called off last. The same filters as the page."""
    keuze = _chosen(request)
    key = "-".join(filter(None, ["agenda", keuze.wijk.slug if keuze.wijk else "", keuze.soort, keuze.vorm]))
    book = feed(
        (_item(row) for row in queries.bijeenkomsten.feed_rows(keuze)),
        id=tag("feed", key),
        titel=_name(keuze),
        adres=request.build_absolute_uri(),
        pagina=_absolute(f"{reverse('wijken:agenda')}?{request.GET.urlencode()}".rstrip("?")),
        begonnen_op=BEGAN,
        auteur=_("Stad Genk"),
    )
    return feed_response(request, book)


def event(row: Bijeenkomst, *, own: Inschrijving | None = None, own_url: str = "") -> Afspraak:
    """A meeting as an event. Who registered gets the link to take part; what was cancelled leaves their calendar."""
    online = own is not None and own.is_bevestigd and row.is_online and row.online_link
    words = [
        row.toelichting if row.is_afgelast else "",
        row.beschrijving,
        row.hint,
        _("Online meedoen: %(link)s") % {"link": row.online_link} if online else "",
        _("Je inschrijving: %(link)s") % {"link": own_url} if own_url else "",
    ]
    title = _("Gaat niet door: %(titel)s") % {"titel": row.titel} if row.is_afgelast else row.titel
    mail = row.team.email
    left = own.geannuleerd_op if own is not None else None
    return Afspraak(
        uid=uid("bijeenkomst", row.sleutel),
        titel=title,
        begin=row.begin,
        einde=row.einde,
        gewijzigd_op=max(filter(None, [row.gewijzigd_op, left])),
        plaats=row.waar or (_("online") if row.is_online else ""),
        punt=row.plaats if row.is_ter_plaatse else None,
        omschrijving="\n\n".join(filter(None, words)),
        url=own_url or (_absolute(row.get_absolute_url()) if row.is_openbaar else ""),
        volgnummer=row.volgnummer + bool(left),
        is_afgelast=row.is_afgelast or bool(left),
        organisator=Organisator(row.team.naam, mail) if mail else None,
    )


def _item(row: Bijeenkomst) -> Item:
    state = _("Gaat niet door. ") if row.is_afgelast else _("Verplaatst. ") if row.verplaatst_van else ""
    parts = [f"{state}{when(row.begin, row.einde)}", row.waar, row.toelichting, row.beschrijving]
    return Item(
        id=tag("bijeenkomst", row.sleutel),
        titel=row.titel,
        adres=_absolute(row.get_absolute_url()),
        gepubliceerd_op=row.aangekondigd_op or row.gewijzigd_op,
        gewijzigd_op=row.gewijzigd_op,
        samenvatting="\n".join(filter(None, parts)),
        onderwerpen=(row.soort_naam, *(wijk.naam for wijk in row.wijken.all())),
        punt=row.plaats if row.is_ter_plaatse else None,
    )


def _chosen(request: HttpRequest) -> Any:
    return queries.bijeenkomsten.Keuze(timezone.now(), **AgendaFilter(request.GET).chosen())


def _name(keuze: Any) -> str:
    what = str(soorten.get(keuze.soort).meervoud).capitalize() if keuze.soort else _("Agenda")
    where = keuze.wijk.naam if keuze.wijk else _("wijken van Genk")
    return f"{what} – {where}"


def _newest(rows: list[Bijeenkomst]) -> datetime:
    return max((row.gewijzigd_op for row in rows), default=BEGAN)


def _absolute(path: str) -> str:
    return settings.PORTAL_URL.rstrip("/") + path
