"""What may be the same: the panel of a report, the page of merging, and the queue of proposals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ... import actions, rules
from ...forms.dubbels import PaneelForm, SamenvoegForm
from ...models import Dubbelvoorstel, Melding
from ...queries import dubbels, keyset
from ...queries.staff import visible
from .gate import StaffRequest, for_staff
from .steps import refusal

MOST = 20


@for_staff
def duplicates(request: StaffRequest, nummer: int) -> HttpResponse:
    """What may be the same as this report: a page of its own, and a part of the page of the report."""
    rows = visible(request.user, request.reach)
    melding = get_object_or_404(rows.select_related("categorie", "melder"), pk=nummer)
    form = PaneelForm(request.GET)
    mag = rules.may_handle(request.user, request.reach, melding)
    panel = dubbels.panel(melding, rows, at=timezone.now(), contact=mag, **form.chosen())
    context = {"melding": melding, "paneel": panel, "mag": mag, "keuze": PaneelForm(form.chosen())}
    part = request.htmx and not request.htmx.boosted
    return render(request, f"meldingen/werk/{'dubbels_paneel' if part else 'dubbels'}.html", context)


@for_staff
def merge(request: StaffRequest) -> HttpResponse:
    """Merge the reports `m` into one of them: which one, what moves, and who gets which mail."""
    meldingen = _chosen(request)
    if len(meldingen) < 2:
        messages.warning(request, _("Kies minstens twee meldingen om samen te voegen."))
        return redirect(_back(meldingen))
    form = SamenvoegForm(request.POST or None, meldingen=meldingen, initial={"hoofd": _likely_main(meldingen).pk})
    context: dict[str, Any] = {"form": form, "meldingen": meldingen, "vragen": request.META["QUERY_STRING"]}
    if request.method == "POST" and form.is_valid():
        try:
            if "voorbeeld" not in request.POST:
                return _merge(request, form)
        except actions.Gewijzigd as change:
            context["botsing"] = change
        except ValueError as error:
            form.add_error(None, refusal(error))
    context |= _preview(request, form)
    return render(request, "meldingen/werk/samenvoegen.html", context, status=409 if "botsing" in context else 200)


@for_staff
def proposals(request: StaffRequest) -> HttpResponse:
    """The queue of reports that the portal found close together."""
    if not rules.handles(request.user):
        raise Http404
    rows = visible(request.user, request.reach)
    start = request.GET.get("voor", "")
    page, more = dubbels.proposal_page(rows, voor=int(start) if start.isdecimal() and len(start) < 18 else None)
    count = keyset.capped_count(dubbels.open_proposals(rows), dubbels.COUNT_LIMIT)
    context = {"voorstellen": page, "meer": more, "aantal": keyset.count_words(count, dubbels.COUNT_LIMIT)}
    return render(request, "meldingen/werk/voorstellen.html", context)


@for_staff
def different(request: StaffRequest, pk: int) -> HttpResponse:
    """These are not the same: never propose them together again."""
    rows = visible(request.user, request.reach)
    voorstel = get_object_or_404(Dubbelvoorstel, pk=pk)
    meldingen = dubbels.members(rows, voorstel)
    if len(meldingen) < 2 or not rules.handles(request.user):
        raise Http404
    if request.method != "POST":
        return redirect("meldingen:proposals")
    actions.reject_proposal(voorstel=voorstel, meldingen=meldingen, door=request.user, at=timezone.now())
    messages.success(request, _("Genoteerd: dit zijn verschillende meldingen. We stellen ze niet meer samen voor."))
    return redirect("meldingen:proposals")


def _chosen(request: StaffRequest) -> list[Melding]:
    """The reports of the address, in order of receipt. Not found when one of them is not this person's to handle."""
    asked = {int(nr) for nr in request.GET.getlist("m")[: MOST + 1] if nr.isdecimal() and len(nr) < 18}
    found = dubbels.together(visible(request.user, request.reach), asked)
    if len(asked) > MOST or len(found) < len(asked) or not rules.handles(request.user):
        raise Http404
    return found


def _likely_main(meldingen: list[Melding]) -> Melding:
    """The open report that most people follow, then the oldest."""
    return max(meldingen, key=lambda row: (row.is_open, row.aantal_volgers, -row.pk))


def _back(meldingen: list[Melding]) -> str:
    return reverse("meldingen:detail", args=[meldingen[0].pk]) if meldingen else reverse("meldingen:staff_list")


def _merge(request: StaffRequest, form: SamenvoegForm) -> HttpResponseRedirect:
    main, others = _sides(form, form.cleaned_data["hoofd"])
    actions.merge_all(
        meldingen=others,
        hoofdmelding=main,
        toelichting=form.cleaned_data["toelichting"],
        door=request.user,
        at=timezone.now(),
        versies=form.versies,
    )
    done = ngettext(
        "%(n)d melding gaat verder in melding %(nr)d.", "%(n)d meldingen gaan verder in melding %(nr)d.", len(others)
    )
    messages.success(request, done % {"n": len(others), "nr": main.pk})
    if request.GET.get("van") == "dubbels":
        return HttpResponseRedirect(reverse("meldingen:proposals"))
    return HttpResponseRedirect(reverse("meldingen:detail", args=[main.pk]))


def _sides(form: SamenvoegForm, hoofd: int) -> tuple[Melding, list[Melding]]:
    main = next(row for row in form.meldingen if row.pk == hoofd)
    return main, [row for row in form.meldingen if row != main]


def _preview(request: StaffRequest, form: SamenvoegForm) -> dict[str, Any]:
    """What would happen to each report with the main one that is chosen now: done, read, and taken back."""
    good = getattr(form, "cleaned_data", {})
    main, others = _sides(form, good.get("hoofd") or form.initial["hoofd"])
    words = good.get("toelichting") or form.fields["toelichting"].initial
    rows = []
    for row in others:
        why = rules.why_not_merge(row, main)
        mails = []
        if not why:
            mails = actions.outgoing(
                row,
                lambda row=row: actions.merge(
                    melding=row, hoofdmelding=main, toelichting=words, door=request.user, at=timezone.now()
                ),
            )
        rows.append({"melding": row, "waarom_niet": why, "mails": mails})
    return {"hoofd": main, "gevolgen": rows}
