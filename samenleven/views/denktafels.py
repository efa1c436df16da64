"""Denktafels for everybody, and the own page of a member."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..actions import denktafels as actions
from ..actions import ontwerpen as drafting
from ..forms.denktafels import ReactieForm
from ..mails.denktafels import SALT
from ..models import Denktafel, Denktafellid
from ..queries import denktafels as queries
from .link import by_link

own = by_link(SALT, queries.member, limiet="denktafellink", geen="samenleven/geen_link.html")


@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """Every denktafel of a traject that everybody may read about."""
    rows = queries.tables(timezone.localdate()).filter(traject__is_openbaar=True)
    return render(request, "samenleven/denktafels/lijst.html", {"tafels": rows})


@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """What it thinks about, who said their name may be read, when it met, and what it recommends."""
    rows = Denktafel.objects.filter(traject__is_openbaar=True).select_related("traject", "domein")
    row = get_object_or_404(rows, pk=pk)
    today = timezone.localdate()
    members = row.leden.on(today)
    context = {
        "tafel": row,
        "aantal": members.count(),
        "genoemd": members.named().order_by("naam"),
        "bijeenkomsten": queries.public_meetings(row)[:20],
        "aanbevelingen": queries.public_recommendations(row),
    }
    return render(request, "samenleven/denktafels/tafel.html", context)


@own
def mine(request: HttpRequest, row: Denktafellid) -> HttpResponseBase:
    """The own page: drafts to say something of, the own name, and leaving."""
    today, at = timezone.localdate(), timezone.now()
    sits = row.is_lid_op(today)
    drafts = queries.for_member(row, today) if sits else []
    tried = {}
    if request.method == "POST" and "naam" in request.POST:
        ja = request.POST["naam"] == "ja"
        actions.show_name(lid=row, ja=ja, at=at)
        messages.success(request, _("Iedereen kan je naam nu lezen.") if ja else _("Niemand kan je naam nog lezen."))
        return redirect(request.path)
    if request.method == "POST" and "stop" in request.POST:
        actions.end_mandate(lid=row, tot=today)
        actions.show_name(lid=row, ja=False, at=at)
        return redirect(request.path)
    if request.method == "POST":
        chosen = next((draft for draft, _v, _own in drafts if str(draft.pk) == request.POST.get("ontwerp")), None)
        form = ReactieForm(request.POST)
        if chosen and form.is_valid():
            drafting.comment(ontwerp=chosen, lid=row, at=at, **form.cleaned_data)
            messages.success(request, _("Dank je wel. Je reactie staat erbij."))
            return redirect(request.path)
        if chosen:
            tried[chosen.pk] = form
    context = {
        "lid": row,
        "zit": sits,
        "genoemd": queries.is_named(row),
        "ontwerpen": [
            (draft, version, own, tried.get(draft.pk) or ReactieForm(auto_id=f"id_{draft.pk}_%s"))
            for draft, version, own in drafts
        ],
        "form": next(iter(tried.values()), None),
    }
    return render(request, "samenleven/denktafels/mijn.html", context)
