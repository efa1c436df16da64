"""Change many reports at once: the choice from a list, the page that shows what would happen, and what came of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import structlog
from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ... import rules
from ...actions import NietTerug, bulk
from ...forms.bulk import FORMS, BulkForm
from ...models import Bulk, BulkRij, Melding
from ...queries import keyset, staff
from ...rules import UNDO
from .gate import StaffRequest, for_staff, kept
from .selection import select
from .steps import refusal

SHOWN = 100
EARLIER = 20
PRINT_LIMIT = 500
NUMBER_LENGTH = 12


@for_staff
def bulk_new(request: StaffRequest) -> HttpResponse:
    """Keep the choice that was made in a list, and go on to what to do with it; a GET shows what I did before."""
    _may(request)
    data = request.POST
    if request.method != "POST":
        data = QueryDict(mutable=True)
        for name, values in kept(request, request.path).items():
            data.setlist(name, values)
        if not data:
            return _earlier(request)
    try:
        made = _choose(request, data)
    except ValueError as error:
        messages.warning(request, refusal(error))
        return HttpResponseRedirect(f"{reverse('meldingen:staff_list')}?{request.GET.urlencode()}")
    actie = data.get("actie", "")
    if actie == "behoefte":
        return redirect("meldingen:bulk_need", made.pk)
    return HttpResponseRedirect(_page_of(made, f"?actie={actie}" if actie in FORMS else ""))


@for_staff
def bulk_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Before it is done: the form and what it would change. Afterwards: what came of each report."""
    chosen = _get(request, pk)
    if not chosen.is_voorstel:
        return _result(request, chosen)
    actie = request.POST.get("actie") or request.GET.get("actie") or chosen.actie
    if actie not in FORMS:
        return _proposal(request, chosen, "", None)
    form = FORMS[actie](request.POST if "actie" in request.POST else None, initial=_filled(chosen, actie))
    if form.is_bound and form.is_valid():
        bulk.fill_in(bulk=chosen, actie=actie, velden=form.cleaned_data)
        return HttpResponseRedirect(_page_of(chosen, f"?actie={actie}#voorbeeld"))
    if typed := kept(request, request.path):
        form.put_back(typed)
        messages.warning(request, _("Je was uitgelogd. Wat je typte, staat er weer; het is nog niet gedaan."))
    return _proposal(request, chosen, actie, form)


@for_staff
def bulk_do(request: StaffRequest, pk: int) -> HttpResponse:
    """Do it, once; when another window asked something else, or the whole list grew, look again first."""
    chosen = _get(request, pk)
    if request.method != "POST" or not chosen.is_voorstel or chosen.actie not in FORMS:
        return redirect(_page_of(chosen))
    if request.POST.get("vingerafdruk") != chosen.vingerafdruk:
        messages.warning(request, _("Je keek intussen naar iets anders met deze meldingen. Dit is het laatste."))
        return redirect(_page_of(chosen, "#voorbeeld"))
    if chosen.is_hele_lijst and request.POST.get("gezien") != str(_now_in_list(request, chosen)):
        messages.warning(request, _("De lijst is intussen veranderd. Kijk na of je keuze nog klopt."))
        return redirect(_page_of(chosen, "#voorbeeld"))
    now = timezone.now()
    verzoek = structlog.contextvars.get_contextvars().get("request_id", "")
    if bulk.confirm(bulk=chosen, at=now, verzoek=verzoek) and chosen.aantal <= bulk.AT_ONCE:
        bulk.run(bulk=chosen, at=now)
    return _onward(chosen)


@for_staff
def bulk_undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Take all of it back, as far as that can be."""
    chosen = _get(request, pk)
    if request.method == "POST":
        now = timezone.now()
        try:
            began = bulk.undo(bulk=chosen, at=now)
        except NietTerug as error:
            messages.warning(request, refusal(error))
        else:
            verzoek = structlog.contextvars.get_contextvars().get("request_id", "")
            if began and chosen.aantal <= bulk.AT_ONCE:
                bulk.run_undo(bulk=chosen, at=now, verzoek=verzoek)
            return _onward(chosen)
    return redirect(_page_of(chosen))


@for_staff
def bulk_print(request: StaffRequest, pk: int) -> HttpResponse:
    """The chosen reports on paper, as far as the person may see them."""
    chosen = _get(request, pk)
    rows = staff.for_rows(_rows(request, chosen))
    selection = select(QueryDict(chosen.lijst), request.user, request.reach, timezone.localdate())
    found = list(selection.order.sorted(rows)[: PRINT_LIMIT + 1])
    context = {"keuze": selection, "rijen": found[:PRINT_LIMIT], "meer": len(found) > PRINT_LIMIT}
    return render(request, "meldingen/werk/afdruk.html", {**context, "vandaag": timezone.localdate(), "pillen": []})


def _earlier(request: StaffRequest) -> HttpResponse:
    """My latest bulk changes, to see what came of them or to take them back."""
    rows = Bulk.objects.filter(door=request.user).exclude(status=Bulk.Status.VOORSTEL)[:EARLIER]
    context = {"rijen": [(row, bulk.ACTIES.get(row.actie)) for row in rows], "lijst": request.GET.urlencode()}
    return render(request, "meldingen/werk/bulk_eerder.html", context)


def _may(request: StaffRequest) -> None:
    if not rules.handles(request.user):
        raise Http404


def _get(request: StaffRequest, pk: int) -> Bulk:
    """A bulk change of this person: nobody sees that of another."""
    _may(request)
    return get_object_or_404(Bulk.objects.filter(door=request.user).select_related("opdracht"), pk=pk)


def _rows(request: StaffRequest, chosen: Bulk) -> Any:
    return staff.visible(request.user, request.reach).filter(pk__in=chosen.rijen.values("melding"))


def _choose(request: StaffRequest, data: QueryDict) -> Bulk:
    """The choice that a form tells: ticked reports (of other pages in `erbij`), this page, or the whole list."""
    lijst = request.GET.urlencode()
    where = {"door": request.user, "at": timezone.now(), "lijst": lijst}
    if data.get("bereik") == "alles":
        selection = select(request.GET, request.user, request.reach, timezone.localdate())
        return bulk.choose(rows=selection.order.sorted(selection.rows), pks=None, **where)
    named = data.get("pagina", "") if data.get("bereik") == "pagina" else data.get("erbij", "")
    ticked = [] if data.get("bereik") == "pagina" else data.getlist("kies")
    numbers = {int(word) for word in [*ticked, *named.split(",")] if word.isdecimal() and len(word) <= NUMBER_LENGTH}
    return bulk.choose(rows=staff.visible(request.user, request.reach).order_by("pk"), pks=numbers, **where)


def _now_in_list(request: StaffRequest, chosen: Bulk) -> int:
    selection = select(QueryDict(chosen.lijst), request.user, request.reach, timezone.localdate())
    return keyset.capped_count(selection.rows, bulk.LIMIT)


def _as_query(chosen: Bulk) -> str:
    """The chosen reports as a query string of a list, however many; it works for who chose them alone."""
    return urlencode({"lijst": "alle", "bulk": chosen.pk})


def _filled(chosen: Bulk, actie: str) -> dict[str, Any]:
    return chosen.invoer if chosen.actie == actie else {}


def _proposal(request: StaffRequest, chosen: Bulk, actie: str, form: BulkForm | None) -> HttpResponse:
    seen = None
    if actie and chosen.actie == actie and not (form and form.errors):
        seen = bulk.preview(bulk=chosen, user=request.user, reach=request.reach)
    context = {
        "bulk": chosen,
        "acties": bulk.ACTIES.values(),
        "actie": bulk.ACTIES.get(actie),
        "form": form,
        "voorbeeld": seen,
        "regels": seen.gaat_door[:SHOWN] if seen else [],
        "geweigerd": seen.geweigerd[:SHOWN] if seen else [],
        "nu_in_lijst": _now_in_list(request, chosen) if chosen.is_hele_lijst else chosen.aantal,
        "tegelijk": bulk.AT_ONCE,
        "keuze_query": _as_query(chosen),
    }
    return render(request, "meldingen/werk/bulk.html", context)


def _result(request: StaffRequest, chosen: Bulk) -> HttpResponse:
    now, status = timezone.now(), BulkRij.Status
    left = Q(mails__gt=0) if chosen.gedaan_op and now > chosen.gedaan_op + UNDO else Q(pk__in=[])
    totals = chosen.rijen.aggregate(
        gedaan=Count("pk", filter=Q(status=status.GEDAAN)),
        geweigerd=Count("pk", filter=Q(status=status.GEWEIGERD)),
        terug=Count("pk", filter=Q(status=status.TERUG)),
        wacht=Count("pk", filter=Q(status=status.WACHT)),
        vertrekt=Sum("mails", filter=Q(status=status.GEDAAN), default=0),
        gemaild=Count("pk", filter=Q(status=status.GEDAAN) & left),
    )
    visible = staff.visible(request.user, request.reach)
    # What did not go through comes first: somebody has to do something about it.
    rows = list(chosen.rijen.order_by("-reden", "pk")[:SHOWN])
    seen = visible.filter(pk__in=[row.melding_id for row in rows]).select_related("categorie").defer("zoek").in_bulk()
    context = {
        "bulk": chosen,
        "actie": bulk.ACTIES.get(chosen.actie),
        "totaal": totals,
        "rijen": [(row, seen.get(row.melding_id)) for row in rows],
        "kan_terug": bulk.can_undo(chosen, now) and totals["gedaan"] > totals["gemaild"],
        "terug_tot": chosen.gedaan_op + bulk.BULK_UNDO if chosen.gedaan_op else None,
        "mails_tot": chosen.gedaan_op + UNDO if chosen.gedaan_op and now <= chosen.gedaan_op + UNDO else None,
    }
    return render(request, "meldingen/werk/bulk_klaar.html", context)


def _page_of(chosen: Bulk, more: str = "") -> str:
    return reverse("meldingen:bulk", args=[chosen.pk]) + more


def _onward(chosen: Bulk) -> HttpResponse:
    """To how far the worker is, or to what came of it."""
    fresh = Bulk.objects.get(pk=chosen.pk)
    if fresh.opdracht_id and fresh.status in (Bulk.Status.BEZIG, Bulk.Status.TERUG_BEZIG):
        return redirect("opdrachten:detail", fresh.opdracht_id)
    return redirect(_page_of(fresh))


def bulk_bar(request: StaffRequest, rows: list[Melding]) -> dict[str, Any]:
    """What the bar of a list needs to choose reports and what to do with them."""
    if not rules.handles(request.user):
        return {}
    return {
        "acties": bulk.ACTIES.values(),
        "pagina": ",".join(str(row.pk) for row in rows),
        "aantal": len(rows),
        "waar": f"{reverse('meldingen:bulk_new')}?{request.GET.urlencode()}",
    }
