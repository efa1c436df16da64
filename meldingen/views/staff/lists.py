"""The start page of staff, the lists, the search and the printed list."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijken.models import Behoefte
from wijken.queries import needs

from ...filters import Pil, pills, without
from ...kolommen import GEWOON, load
from ...models import Weergave
from ...queries import dubbels, keyset, staff, terugkoppeling, weergaven
from ...rules import handles, may_change_view
from ...tables import MeldingTable
from .bulk import bulk_bar
from .gate import StaffRequest, for_staff
from .saved import active_view, columns_in, view_url
from .selection import Selectie, select

PRINT_LIMIT = 500
SEARCH_LIMIT = 20
WAITING_LIMIT = 99


@for_staff
def work(request: StaffRequest) -> HttpResponse:
    """My start page: five numbers, each a link to its list, and what to do first."""
    on = timezone.localdate()
    mine = select(QueryDict("lijst=mijn"), request.user, request.reach, on)
    rows = staff.next_up(request.user, request.reach, on)
    context = {
        "cijfers": [tab for tab in _tabs(request) if tab["aantal"]],
        "tabel": _table(request, mine, rows) if rows else None,
        "vandaag": on,
        "ook": _also(request),
        "leidt": terugkoppeling.leads(request.user, request.reach),
    }
    return render(request, "meldingen/werk/start.html", context)


@for_staff
def staff_list(request: StaffRequest) -> HttpResponse:
    """A list by tab, view, filters and order; with words in the search box, what each rule of the search finds.

    Without any of these it opens as the beheerder set for the role.
    """
    on = timezone.localdate()
    chosen = select(request.GET, request.user, request.reach, on)
    context = _frame(request, chosen)
    if chosen.is_vaag:
        context["vondsten"] = _findings(request, chosen)
        return render(request, "meldingen/werk/zoek.html", context)
    saved = weergaven.views_for(request.user, request.reach)
    if not request.GET and (first := next((row for row in saved if row.is_standaard), None)):
        return HttpResponseRedirect(view_url(first))
    weergave = active_view(saved, request.GET)
    own = columns_in(weergave, request.user)
    place = {name: request.GET.get(name, "") for name in ("na", "voor")}
    page = keyset.page(chosen.rows, chosen.order, dress=with_columns(own), **place)
    if bij := request.GET.get("bij"):
        page = keyset.page_with(chosen.rows, chosen.order, bij, page, dress=with_columns(own))
    context |= {
        "tabs": _tabs(request, "" if weergave else chosen.lijst.code),
        "pagina": page,
        "aantal": keyset.count_words(_count(chosen, page)),
        "tabel": _table(
            request, chosen, page.rows, order=chosen.order.code, kolommen=own or GEWOON, kies=chosen.contact
        ),
        "bulk": bulk_bar(request, list(page.rows)),
        "eigen_kolommen": bool(own),
        **_saved(request, saved, weergave, chosen),
    }
    return render(request, "meldingen/werk/lijst.html", context)


@for_staff
def printed(request: StaffRequest) -> HttpResponse:
    """The same list on paper: up to 500 reports, with their whole text."""
    on = timezone.localdate()
    chosen = select(request.GET, request.user, request.reach, on)
    weergave = active_view(weergaven.views_for(request.user, request.reach), request.GET)
    own = columns_in(weergave, request.user)
    page = keyset.page(chosen.rows, chosen.order, dress=with_columns(own), size=PRINT_LIMIT)
    context = {**_frame(request, chosen), "rijen": page.rows, "meer": bool(page.volgende), "vandaag": on}
    context |= {"weergave": weergave, "tabel": _table(request, chosen, page.rows, kolommen=own) if own else None}
    return render(request, "meldingen/werk/afdruk.html", context)


def with_columns(codes: list[str]) -> keyset.Dress:
    """What adds to reports all that a list with these columns shows."""
    return lambda rows: load(staff.for_rows(rows), codes)


def _also(request: StaffRequest) -> list[tuple[str, str, str]]:
    """What waits for a decision beside the lists: how many, what, and where (two queries)."""
    found = []
    if handles(request.user):
        double = keyset.capped_count(dubbels.open_proposals(staff.visible(request.user, request.reach)), WAITING_LIMIT)
        words = ngettext("voorstel om samen te voegen", "voorstellen om samen te voegen", double)
        found.append((double, words, reverse("meldingen:proposals")))
    drafts = keyset.capped_count(needs(request.user, request.reach, Behoefte.Status.CONCEPT), WAITING_LIMIT)
    found.append((drafts, ngettext("voorgestelde behoefte", "voorgestelde behoeften", drafts), reverse("wijken:needs")))
    return [(keyset.count_words(count, WAITING_LIMIT), what, url) for count, what, url in found if count]


def _saved(request: StaffRequest, saved: list[Weergave], active: Weergave | None, chosen: Selectie) -> dict[str, Any]:
    """The views above the list; of the one that is open, whether the filters are still its own."""
    return {
        "weergaven": [{"weergave": row, "url": view_url(row), "is_nu": row == active} for row in saved],
        "weergave": active,
        "weergave_url": view_url(active) if active else "",
        "is_gewijzigd": active is not None and QueryDict(active.filters) != QueryDict(chosen.vraag),
        "mag_bewaren": active is not None and may_change_view(request.user, request.reach, active),
    }


def _frame(request: StaffRequest, chosen: Selectie) -> dict[str, object]:
    on = pills(chosen.filterset)
    if chosen.regel:
        on.insert(0, Pil(_("Zoekt in"), f"{chosen.regel.naam}: {chosen.zoek}", without(request.GET, "regel")))
    if chosen.alleen_cijfers:
        on.insert(0, Pil(_("Telt mee in"), _("jouw cijfers"), without(request.GET, "bereik")))
    bare = f"?lijst={chosen.lijst.code}"
    return {"keuze": chosen, "filter": chosen.filterset.form, "pillen": on, "wis_href": bare if on else ""}


def _count(chosen: Selectie, page: keyset.Bladzijde) -> int:
    """How many reports the list has; what stands on one page need not be counted again."""
    if page.rows and not (page.vorige or page.volgende):
        return len(page.rows)
    return keyset.capped_count(chosen.counted, order=None if chosen.regel else chosen.order)


def _tabs(request: StaffRequest, chosen: str = "") -> list[dict[str, object]]:
    numbers = staff.counts(request.user, request.reach, timezone.localdate())
    return [
        {"lijst": row, "aantal": numbers.get(row.code, ""), "is_nu": row.code == chosen} for row in staff.LISTS.values()
    ]


def _findings(request: StaffRequest, chosen: Selectie) -> list[dict[str, object]]:
    everything = staff.visible(request.user, request.reach)
    found = []
    for rule in chosen.rules:
        rows = rule.find(everything if rule.exact else chosen.filterset.qs, chosen.zoek)
        page = keyset.page(rows, chosen.order, dress=staff.for_rows, size=SEARCH_LIMIT)
        table = _table(request, chosen.found_by(rule), page.rows) if page.rows else None
        found.append({"regel": rule, "tabel": table, "aantal": len(page.rows), "meer": bool(page.volgende)})
    return found


def _table(request: StaffRequest, chosen: Selectie, rows: object, **options: object) -> MeldingTable:
    return MeldingTable(
        rows, reach=request.reach, user_id=request.user.pk, on=timezone.localdate(), link=chosen.link, **options
    )
