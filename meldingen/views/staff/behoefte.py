"""Make a need of a wijk out of reports that were chosen in a list."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wijken import actions as wijken
from wijken.models import Behoefte, Wijk

from ... import publiek
from ...actions import behoefte as actions
from ...forms.behoefte import BehoefteVanForm
from ...models import Bulk, Melding
from ...queries import staff
from .bulk import _get
from .gate import StaffRequest, for_staff

LIMIT = 500
SHOWN = 20


@for_staff
def bulk_need(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose: a new need, or one of the same wijken that is there. Nobody is mailed."""
    chosen = _get(request, pk)
    rows = _reports(request, chosen)
    here = {row.wijk_id for row in rows if row.wijk_id}
    mine = Wijk.objects.filter(pk__in=here if request.user.rollen & {"beheerder"} else here & request.reach.wijk_ids)
    if not rows or len(rows) > LIMIT or not mine:
        messages.warning(request, _why_not(len(rows)))
        return redirect(f"{reverse('meldingen:staff_list')}?{chosen.lijst}")
    needs = Behoefte.objects.visible_to(request.user, request.reach).filter(wijk__in=mine).order_by("-pk")
    form = BehoefteVanForm(
        request.POST if request.method == "POST" else None,
        initial=_proposed(rows),
        wijken=mine,
        behoeften=needs.exclude(status=Behoefte.Status.VERWORPEN),
    )
    if form.is_bound and form.is_valid():
        return redirect(_make(request, chosen, rows, form))
    context = {"bulk": chosen, "form": form, "rijen": rows[:SHOWN], "aantal": len(rows), "meer": len(rows) - SHOWN}
    return render(request, "meldingen/werk/bulk_behoefte.html", context)


def _reports(request: StaffRequest, chosen: Bulk) -> list[Melding]:
    """The chosen reports, as far as this person may (still) see them."""
    rows = staff.visible(request.user, request.reach).filter(pk__in=chosen.rijen.values("melding"))
    return list(rows.select_related("categorie", "wijk").defer("zoek", "openbare_tekst").order_by("pk")[: LIMIT + 1])


def _why_not(count: int) -> str:
    if count > LIMIT:
        return f"Kies hoogstens {LIMIT} meldingen: van meer maak je geen behoefte die iets zegt."
    if count:
        return "Van deze meldingen ligt er geen in een wijk waar jij werkt."
    return "Kies eerst een of meer meldingen."


def _proposed(rows: list[Melding]) -> dict[str, object]:
    """A title when they are all of one kind or street, and the wijk where most of them lie."""
    kinds = Counter(row.categorie.naam for row in rows)
    streets = Counter(street for row in rows if (street := publiek.street_of(row.adres)))
    wijken_of = Counter(row.wijk_id for row in rows if row.wijk_id)
    kind, many = kinds.most_common(1)[0]
    title = kind if 2 * many > len(rows) else ""
    if title and len(streets) == 1:
        title = f"{title}: {next(iter(streets))}"
    return {"titel": title, "wijk": wijken_of.most_common(1)[0][0] if wijken_of else None}


def _make(request: StaffRequest, chosen: Bulk, rows: list[Melding], form: BehoefteVanForm) -> Behoefte:
    data, now = form.cleaned_data, timezone.now()
    if need := data["behoefte"]:
        new = wijken.add_sources(behoefte=need, bronnen=rows, door=request.user, at=now)
        messages.success(request, f"{new} {'melding staat' if new == 1 else 'meldingen staan'} nu bij deze behoefte.")
        return need
    words = {name: data[name] for name in ("wijk", "titel", "toelichting")}
    need = actions.make_need(bulk=chosen, meldingen=rows, door=request.user, at=now, **words)
    count = "Deze melding is" if len(rows) == 1 else f"Deze {len(rows)} meldingen zijn"
    messages.success(request, f"{count} nu een behoefte: beslis of de wijk dit nodig heeft.")
    return need
