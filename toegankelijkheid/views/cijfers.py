"""The figures of the screening: shares with what was screened, what blocks, and the list behind each number."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.documenten.tabel import as_file
from kern.grafiek.tekenen import Staaf, Staven
from wijken.gate import StaffRequest, for_staff

from ..forms.cijfers import CijferForm
from ..models import Campagne, Screeningsobject, Woonzorgzone
from ..queries import cijfers, rondes, screening
from ..queries.cijfers import PER, Rij, Vraag
from ..queries.rondes import Ronde
from ..queries.tekening import bars, days, short, trends

BLOCKING = 12
PAGE = 50
HEADS = {
    "objecten": "Objecten",
    "gescreend": "Gescreend",
    "niet_gescreend": "Niet gescreend",
    "onbeslist": "Nog niet te beoordelen",
    "haalt": "Haalt het niveau",
    "onder_streef": "waarvan onder de streefwaarde",
    "haalt_niet": "Haalt het niet",
    "blokkeert": "Onmogelijk of gevaarlijk",
    "opnieuw": "Opnieuw te meten",
}
ROUND_HEADS = {
    "bezocht": "Bezocht",
    "haalt": "Haalde het niveau",
    "haalt_niet": "Haalde het niet",
    "blokkeert": "Onmogelijk of gevaarlijk",
    "vergeleken": "Ook eerder beoordeeld",
    "beter": "Beter geworden",
    "slechter": "Slechter geworden",
}


@dataclass(frozen=True)
class Getal:
    """A number as it is shown, and the list behind it."""

    kop: str
    waarde: int
    href: str


@dataclass(frozen=True)
class Regel:
    """A row of the table: its name and page, both shares, its numbers, and the days between which was measured."""

    naam: str
    href: str
    dekking: int | None
    aandeel: int | None
    getallen: list[Getal]
    dagen: str = ""


def _address(vraag: Vraag, **more: str | int) -> str:
    query = {"zone": vraag.zone, "onderwerp": vraag.onderwerp, "groep": vraag.groep} | more
    found = {name: value for name, value in query.items() if value != ""}
    return f"{reverse('toegankelijkheid:figures_list')}?{urlencode(found)}"


def _line(vraag: Vraag, rij: Rij) -> Regel:
    """A row; its numbers lead to their lists. A quality level is asked as one more filter."""
    own: dict[str, str | int] = {vraag.per: rij.sleutel} if rij.sleutel else {}
    numbers = [Getal(kop, rij.n[name], _address(vraag, getal=name, **own)) for name, kop in HEADS.items()]
    return Regel(rij.naam, "", rij.dekking, rij.aandeel, numbers, days(rij))


def _round_line(vraag: Vraag, row: Ronde) -> Regel:
    own = {"ronde": row.campagne.pk}
    numbers = [Getal(kop, row.n[name], _address(vraag, getal=name, **own)) for name, kop in ROUND_HEADS.items()]
    when = f"{row.campagne.van:%d-%m-%Y} tot {row.campagne.tot:%d-%m-%Y}"
    return Regel(row.campagne.naam, row.campagne.get_absolute_url(), row.dekking, row.aandeel, numbers, when)


def _rounds(request: StaffRequest, vraag: Vraag) -> list[Ronde]:
    seen = Campagne.objects.visible_to(request.user, request.reach).select_related("zone")
    return rondes.rounds(Screeningsobject.objects.visible_to(request.user, request.reach), vraag, seen)


@for_staff
@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    """Shares with what was screened, per zone, subject, level, group or round; what blocks stands beside them."""
    on = timezone.localdate()
    zones = list(Woonzorgzone.objects.all())
    form = CijferForm(request.GET, zones=zones)
    vraag = form.vraag()
    objects = Screeningsobject.objects.visible_to(request.user, request.reach)
    together = cijfers.total(objects, vraag, on)
    stuck = list(cijfers.blocking(objects, vraag, on)[:BLOCKING])
    why = cijfers.reasons(stuck, vraag.groep)
    context = {
        "form": form,
        "vraag": vraag,
        "per": PER[vraag.per],
        "totaal": _line(Vraag("zone", vraag.zone, vraag.onderwerp, vraag.groep), together),
        "groot": together,
        "koppen": list((ROUND_HEADS if vraag.per == "ronde" else HEADS).values()),
        "blokkades": [(row, why.get(row.pk, [])) for row in stuck],
        "blokkades_aantal": together.n["blokkeert"],
        "blokkades_href": _address(vraag, getal="blokkeert"),
        "niet_gescreend_href": _address(vraag, getal="niet_gescreend"),
        "opnieuw_href": _address(vraag, getal="opnieuw"),
        "haalt_href": _address(vraag, getal="haalt"),
        "gescreend_href": _address(vraag, getal="gescreend"),
        "nu": timezone.now(),
        "vraagtekst": request.GET.urlencode(),
    }
    if vraag.per == "ronde":
        found = _rounds(request, vraag)
        context |= {"regels": [_round_line(vraag, row) for row in found], "verloop": trends(found)}
    else:
        rows = cijfers.table(objects, vraag, on, zones)
        context |= {"regels": [_line(vraag, row) for row in rows], "grafieken": _charts(vraag, rows)}
    return render(request, "toegankelijkheid/werk/cijfers.html", context)


def _charts(vraag: Vraag, rows: list[Rij]) -> list[Staven]:
    """Two charts side by side, so that no share is read without what was screened."""
    share = [
        Staaf(short(row, vraag.per), row.aandeel, _address(vraag, getal="haalt", **{vraag.per: row.sleutel}))
        for row in rows
        if row.aandeel is not None
    ]
    seen = [
        Staaf(short(row, vraag.per), row.dekking or 0, _address(vraag, getal="gescreend", **{vraag.per: row.sleutel}))
        for row in rows
    ]
    return [
        bars("aandeel", "Haalt het niveau", "In procent van wat te beoordelen is.", share),
        bars("dekking", "Gescreend", "In procent van alle objecten. Over de rest weten we niets.", seen),
    ]


@for_staff
@require_safe
def figures_file(request: StaffRequest) -> HttpResponseBase:
    """The table as a file for a spreadsheet, with the same rows as the page."""
    on = timezone.localdate()
    zones = list(Woonzorgzone.objects.all())
    vraag = CijferForm(request.GET, zones=zones).vraag()
    objects = Screeningsobject.objects.visible_to(request.user, request.reach)
    heads = ROUND_HEADS if vraag.per == "ronde" else HEADS
    if vraag.per == "ronde":
        lines = [_round_line(vraag, row) for row in _rounds(request, vraag)]
    else:
        lines = [_line(vraag, row) for row in cijfers.table(objects, vraag, on, zones)]
    header = [str(PER[vraag.per]).capitalize(), "Gescreend (%)", "Haalt het niveau (%)", *heads.values(), "Gemeten"]
    rows = ([r.naam, r.dekking, r.aandeel, *(g.waarde for g in r.getallen), r.dagen] for r in lines)
    return as_file(request.GET.get("vorm", "csv"), f"toegankelijkheid per {PER[vraag.per]}", header, rows)


@for_staff
@require_safe
def behind(request: StaffRequest) -> HttpResponse:
    """The objects behind one number, of a round when one is asked."""
    on = timezone.localdate()
    vraag = CijferForm(request.GET, zones=Woonzorgzone.objects.all()).vraag()
    objects = Screeningsobject.objects.visible_to(request.user, request.reach)
    getal = request.GET.get("getal", "objecten")
    campagne = None
    if level := request.GET.get("niveau"):
        objects = objects.filter(niveau__code=level)
    try:
        if "ronde" in request.GET:
            campagne = _campaign(request)
            rows, naam = rondes.listed(objects, vraag, getal, campagne), rondes.NUMBERS[getal]
        else:
            rows, naam = cijfers.listed(objects, vraag, getal, on), cijfers.NUMBERS[getal]
    except KeyError as error:
        raise Http404 from error
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    back = request.GET.copy()
    back.pop("page", None)
    context = {
        "naam": naam,
        "campagne": campagne,
        "vraag": vraag,
        "pagina": page,
        "rijen": [(obj, screening.tone(obj.oordeel)) for obj in page],
        "zoekopdracht": back.urlencode(),
    }
    return render(request, "toegankelijkheid/werk/cijferlijst.html", context)


def _campaign(request: StaffRequest) -> Campagne:
    asked = request.GET.get("ronde", "")
    rows = Campagne.objects.visible_to(request.user, request.reach)
    return get_object_or_404(rows, pk=int(asked) if asked.isdigit() and len(asked) < 10 else 0)
