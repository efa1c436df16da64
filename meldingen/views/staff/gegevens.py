"""Somebody asks what the city keeps on their mail address: look, hand it over, or wipe it. For administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kern.gebruikers.models import Rol

from ... import actions
from ...forms.privacy import AdresForm
from ...models import Adresvraag
from ...queries import gegevens
from ..gegevens import as_download
from .gate import StaffRequest, for_staff

SHOWN = 20


@never_cache
@require_http_methods(["GET", "POST"])
@for_staff
def address(request: StaffRequest) -> HttpResponseBase:
    """Ask for an address; then what there is on it, with the ways to hand it over or wipe it (`doe`)."""
    if not request.user.has_role(Rol.BEHEERDER):
        raise Http404
    form = AdresForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "eerder": Adresvraag.objects.select_related("door")[:SHOWN]}
    if request.method == "POST" and form.is_valid():
        found = gegevens.on_address(form.cleaned_data["email"])
        if found and request.POST.get("doe") == "zip":
            return _zip(request, found)
        if found and request.POST.get("doe") == "wis":
            return _wipe(request, found)
        context |= {"gevonden": found, "gezocht": True, "bevestig": request.POST.get("doe") == "vraag_wis"}
    status = 400 if form.errors else 200
    return render(request, "meldingen/werk/gegevens.html", context, status=status)


def _zip(request: StaffRequest, found: gegevens.Gegevens) -> FileResponse:
    actions.asked(email=found.email, aantal=len(found.meldingen), door=request.user, at=timezone.now())
    return as_download(found)


def _wipe(request: StaffRequest, found: gegevens.Gegevens) -> HttpResponse:
    count = actions.forget_address(email=found.email, door=request.user, at=timezone.now())
    text = ngettext(
        "De gegevens van de melder zijn gewist uit %(n)d melding, en overal elders waar het adres stond.",
        "De gegevens van de melder zijn gewist uit %(n)d meldingen, en overal elders waar het adres stond.",
        count,
    )
    messages.success(request, text % {"n": count})
    return redirect("meldingen:staff_address")
