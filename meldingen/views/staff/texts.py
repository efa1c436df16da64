"""The standard texts: their list, and writing one with an example beside it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kern.historiek.queries import history_of

from ... import rules
from ...actions import texts as writes
from ...forms.texts import StandaardtekstForm
from ...mails import standaard
from ...models import Standaardtekst
from .gate import StaffRequest
from .routes import only_for

Stap = Standaardtekst.Stap


@only_for(rules.may_edit_texts)
@require_safe
def text_list(request: StaffRequest) -> HttpResponse:
    """All texts by step, in the order in which colleagues see them, with how often they were used."""
    rows = list(Standaardtekst.objects.select_related("categorie__hoofdcategorie").order_by("volgorde", "naam", "pk"))
    groups = [(stap, [row for row in rows if row.stap == stap]) for stap in Stap]
    context = {"groepen": [group for group in groups if group[1]]}
    return render(request, "meldingen/werk/teksten/lijst.html", context)


@only_for(rules.may_edit_texts)
@require_http_methods(["GET", "HEAD", "POST"])
def text_add(request: StaffRequest) -> HttpResponse:
    """Write a new text."""
    return _edit(request, Standaardtekst())


@only_for(rules.may_edit_texts)
@require_http_methods(["GET", "HEAD", "POST"])
def text_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a text, or see it on an example."""
    return _edit(request, get_object_or_404(Standaardtekst, pk=pk))


@only_for(rules.may_edit_texts)
@require_POST
def text_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Delete a text; what was sent with it stays as it was sent."""
    tekst = get_object_or_404(Standaardtekst, pk=pk)
    writes.remove(tekst=tekst, door=request.user)
    messages.success(request, _("“%(naam)s” is gewist.") % {"naam": tekst.naam})
    return redirect("meldingen:text_list")


def _edit(request: StaffRequest, tekst: Standaardtekst) -> HttpResponse:
    is_new = tekst.pk is None
    posted = request.method == "POST"
    form = StandaardtekstForm(request.POST if posted else None, instance=tekst)
    context: dict[str, Any] = {"form": form, "tekst": None if is_new else tekst, "velden": standaard.PLACEHOLDERS}
    if posted and form.is_valid():
        if "voorbeeld" in request.POST:
            context["voorbeelden"] = form.examples()
        else:
            try:
                writes.save(tekst=form.instance, door=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("“%(naam)s” is bewaard.") % {"naam": tekst.naam})
                return redirect("meldingen:text_list")
    if not is_new:
        context["historiek"] = history_of(tekst)
    return render(request, "meldingen/werk/teksten/tekst.html", context)
