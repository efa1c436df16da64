"""The half-year letter for staff: look it over, write the words on top, send it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kern.historiek.queries import history_of
from wijken.gate import StaffRequest

from ... import rules
from ...actions import brieven as actions
from ...forms.brieven import InleidingForm
from ...models import Halfjaarbrief
from ...queries import brieven as queries
from . import for_samenleven, for_writers

TEMPLATES = "samenleven/werk/brieven"


@for_samenleven
@require_safe
def letter_list(request: StaffRequest) -> HttpResponse:
    """Every letter: what waits to be looked over, and what was sent."""
    rows = queries.letters() if rules.may_see_all(request.user) else queries.sent()
    return render(request, f"{TEMPLATES}/lijst.html", {"brieven": rows, "mag": rules.may_write(request.user)})


@for_writers
@require_POST
def begin(request: StaffRequest) -> HttpResponse:
    """Prepare the letter of the half year that is over, without waiting for the clock."""
    made = actions.prepare(at=timezone.now())
    if made is None:
        messages.warning(request, "De brief van het vorige halfjaar is er al, of er is nog niets openbaar.")
        return redirect("samenleven:brieven_werk")
    messages.success(request, "De brief staat klaar. Kijk hem na en verstuur hem.")
    return redirect("samenleven:brief_werk", made.pk)


@for_samenleven
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """One letter: what it says or would say now, and to how many."""
    if not rules.may_see_all(request.user):
        raise Http404
    row = get_object_or_404(queries.letters(), pk=pk)
    return _page(request, row, InleidingForm(initial={"inleiding": row.inleiding}))


def _page(request: StaffRequest, row: Halfjaarbrief, form: InleidingForm) -> HttpResponse:
    kept = row.inhoud if row.verzonden_op else queries.content(row, timezone.localdate())
    context = {
        "brief": row,
        "regels": queries.told(kept),
        "lezers": queries.readers(),
        "form": form,
        "mag": rules.may_write(request.user),
        "historiek": history_of(row, limit=20),
    }
    return render(request, f"{TEMPLATES}/brief.html", context)


@for_writers
@require_POST
def act(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep the words on top, or send it."""
    row = get_object_or_404(Halfjaarbrief, pk=pk)
    text = request.POST.get("versie", "")
    versie = int(text) if text.isdecimal() and len(text) < 10 else 0
    form = InleidingForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    try:
        row = actions.introduce(brief=row, inleiding=form.cleaned_data["inleiding"], versie=versie)
        if "verstuur" in request.POST:
            actions.send(brief=row, door=request.user, at=timezone.now(), versie=row.versie)
            messages.success(request, "De brief vertrekt. Iedereen die volgt, krijgt hem één keer.")
        else:
            messages.success(request, "De brief is bewaard.")
    except (actions.Gewijzigd, actions.StapKanNiet) as error:
        messages.error(request, f"{error}.".capitalize())
    return redirect("samenleven:brief_werk", pk)
