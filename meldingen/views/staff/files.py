"""The list on screen as a file: at once when it is short, by a worker when it is long; always written down."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kern.documenten import werkblad

from ... import kolommen
from ...actions import inzage
from ...actions import uitvoer as actions
from ...forms.weergaven import UitvoerForm
from ...models import Uitvoer, Vorm
from ...queries import keyset, uitvoer, weergaven
from ...rules import handles
from .gate import StaffRequest, for_staff
from .saved import active_view, columns_in
from .selection import Selectie, select

AT_ONCE = 2000
"""A list of up to so many reports is a file while one waits."""
COUNT_LIMIT = 10_000


@require_http_methods(["GET", "POST"])
@for_staff
def export(request: StaffRequest) -> HttpResponseBase:
    """Take out the list of this query string: the reports of the list in its order, with the columns on screen."""
    on = timezone.localdate()
    chosen = select(request.GET, request.user, request.reach, on)
    if chosen.is_vaag:
        messages.warning(request, _("Kies eerst waar je zoekt: toon een van de vondsten als lijst."))
        return HttpResponseRedirect(f"{reverse('meldingen:staff_list')}?{chosen.terug}")
    form = UitvoerForm(request.POST or None, may_contact=handles(request.user))
    count = keyset.capped_count(chosen.counted, COUNT_LIMIT)
    if request.method == "POST" and form.is_valid():
        return _make(request, chosen, form.cleaned_data, count)
    context = {
        "form": form,
        "keuze": chosen,
        "aantal": keyset.count_words(count, COUNT_LIMIT),
        "leeg": count == 0,
        "groot": count > AT_ONCE,
    }
    return render(request, "meldingen/werk/weergaven/uitvoer.html", context)


def _make(request: StaffRequest, chosen: Selectie, data: dict[str, Any], count: int) -> HttpResponseBase:
    at, vorm, large = timezone.now(), Vorm(data["vorm"]), count > AT_ONCE
    weergave = active_view(weergaven.views_for(request.user, request.reach), request.GET)
    asked = {
        "kolommen": columns_in(weergave, request.user) or list(kolommen.GEWOON),
        "alle": data["kolommen"] == "alle",
        "contact": bool(data.get("contact")),
    }
    row = actions.write_down(
        door=request.user,
        at=at,
        wat=chosen.in_words,
        filters="" if chosen.regel and chosen.regel.contact else chosen.hier,
        vorm=vorm,
        kolommen=asked["kolommen"],
        met_contact=asked["contact"],
        wijze=Uitvoer.Wijze.ACHTERGROND if large else Uitvoer.Wijze.METEEN,
        aantal=None if large else count,
    )
    if large:
        question = {**asked, "query": chosen.hier, "vorm": vorm.value}
        opdracht = actions.start_large(uitvoer=row, door=request.user, at=at, vraag=question)
        return redirect("opdrachten:detail", opdracht.pk)
    inzage.read_many(meldingen=uitvoer.sensitive(chosen.rows), door=request.user, at=at)
    tabel = uitvoer.table(
        chosen.rows,
        chosen.order,
        chosen.on,
        codes=asked["kolommen"],
        everything=asked["alle"],
        contact=asked["contact"],
    )
    return _file(tabel, vorm, uitvoer.file_name(vorm, at))


def _file(tabel: uitvoer.Tabel, vorm: Vorm, name: str) -> HttpResponseBase:
    response: Any
    if vorm == Vorm.CSV:
        response = StreamingHttpResponse(werkblad.csv_bytes(tabel.kop, tabel.rijen), content_type=uitvoer.TYPES[vorm])
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        made = werkblad.xlsx_file(tabel.kop, tabel.rijen, title=uitvoer.TITLE)
        response = FileResponse(made, as_attachment=True, filename=name, content_type=uitvoer.TYPES[vorm])
    response["Cache-Control"] = "private, no-store"
    return response
