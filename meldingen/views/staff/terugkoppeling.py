"""Low scores of residents, for who leads the team."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from ... import actions
from ...queries import terugkoppeling as queries
from .gate import StaffRequest, for_staff


class AfhandelForm(forms.Form):
    """What the team leader did with it."""

    wat_gedaan = forms.CharField(
        label="Wat heb je gedaan?",
        help_text="Bijvoorbeeld: de melder gebeld, het werk laten overdoen, iets aan onze werking veranderd.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf wat je deed."},
    )


@for_staff
def feedback_list(request: StaffRequest) -> HttpResponse:
    """The low scores of my teams: what is still to be looked into, or what was handled last."""
    if not queries.leads(request.user, request.reach):
        raise Http404
    rows, handled = queries.tasks(request.user, request.reach), request.GET.get("toon") == "afgehandeld"
    rows = rows.filter(afgehandeld_op__isnull=not handled).order_by(
        *(["-afgehandeld_op"] if handled else ["uiterlijk"]), "pk"
    )
    found = list(queries.for_page(rows)[: queries.LIMIT + 1])
    context = {
        "rijen": found[: queries.LIMIT],
        "meer": len(found) > queries.LIMIT,
        "afgehandeld": handled,
        "vandaag": timezone.localdate(),
    }
    return render(request, "meldingen/werk/terugkoppelingen.html", context)


@for_staff
def feedback(request: StaffRequest, pk: int) -> HttpResponse:
    """One low score: what the resident said, and what the team leader did."""
    row = get_object_or_404(queries.for_page(queries.tasks(request.user, request.reach)), pk=pk)
    form = AfhandelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.terugkoppeling.handle(terugkoppeling=row, door=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"De terugkoppeling over melding {row.melding_id} is afgehandeld.")
        return redirect("meldingen:feedback_list")
    context = {"rij": row, "form": form, "vandaag": timezone.localdate()}
    return render(request, "meldingen/werk/terugkoppeling.html", context)
