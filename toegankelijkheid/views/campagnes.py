"""Where a surveyor starts, and the campaigns."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kern.geo.forms import map_context
from wijken.gate import StaffRequest, for_staff

from ..actions import campagnes as actions
from ..forms.beheer import CampagneForm, StapForm
from ..models import Campagne
from ..queries import screening
from ..rules import recht
from ..rules.woorden import Onderwerp
from ..states import CAMPAGNE_STEPS, Campagnestatus, Mening
from .deur import get_campaign, managers_only

SHOWN = 10
WORDS = {
    Campagnestatus.LOPEND: "Start",
    Campagnestatus.ONDERBROKEN: "Onderbreek",
    Campagnestatus.AFGEROND: "Rond af",
    Campagnestatus.GEANNULEERD: "Annuleer",
}


@for_staff
def start(request: StaffRequest) -> HttpResponse:
    """The campaigns, what is due to be measured again, and what colleagues disagree on."""
    on = timezone.localdate()
    rows = list(screening.campaigns(request.user, request.reach))
    done = screening.progress_of(rows)
    due = screening.due(request.user, request.reach, on)
    disputed = screening.findings(request.user, request.reach).filter(**{f"{Mening.BETWIST}__gt": 0})
    context = {
        "campagnes": [(row, done[row.pk], row.is_late(on)) for row in rows],
        "opnieuw": list(due[:SHOWN]),
        "opnieuw_aantal": due.count(),
        "betwist": list(disputed[:SHOWN]),
        "beheert": recht.may_manage(request.user),
        "meet": recht.measures(request.user),
        "onderwerpen": Onderwerp.choices,
    }
    return render(request, "toegankelijkheid/werk/start.html", context)


@for_staff
def campaign(request: StaffRequest, pk: int) -> HttpResponse:
    """One campaign: how far it is by subject and street, and what is still to visit."""
    row = get_campaign(request, pk)
    total, by_subject, by_street = screening.progress(row)
    objects = screening.with_visits(row).select_related("niveau").order_by("bezocht", "straat", "onderwerp", "pk")
    if straat := request.GET.get("straat"):
        objects = objects.filter(straat=straat)
    if onderwerp := request.GET.get("onderwerp"):
        objects = objects.filter(onderwerp=onderwerp)
    context = {
        "campagne": row,
        "totaal": total,
        "per_onderwerp": by_subject,
        "per_straat": by_street,
        "objecten": list(objects[:200]),
        "straat": straat or "",
        "onderwerp": onderwerp or "",
        "stappen": _steps(request, row),
        "form": StapForm(),
        "beheert": recht.may_manage(request.user),
        "meet": recht.measures(request.user),
        "te_laat": row.is_late(timezone.localdate()),
        "kaart": map_context(),
        "onderwerpen": [(o.value, o.label) for o in Onderwerp if o in row.onderwerpen],
    }
    return render(request, "toegankelijkheid/werk/campagne.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Plan a campaign, or change one."""
    managers_only(request)
    row = get_campaign(request, pk) if pk else Campagne(coordinator=request.user)
    form = CampagneForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save(
                campagne=form.save(commit=False),
                screeners=form.cleaned_data["screeners"],
                versie=form.cleaned_data["versie"],
            )
        except actions.CampagneGewijzigd:
            form.add_error(None, "Iemand anders wijzigde deze campagne intussen. Laad de pagina opnieuw en kijk na.")
        else:
            messages.success(request, "De campagne is bewaard.")
            return redirect(saved)
    return render(request, "toegankelijkheid/werk/campagne_form.html", {"form": form, "campagne": row})


@require_http_methods(["GET", "POST"])
@for_staff
def step(request: StaffRequest, pk: int, naar: str) -> HttpResponse:
    """Start, interrupt, finish or cancel a campaign; GET (whose log-in had ended comes back here) shows it again."""
    managers_only(request)
    row = get_campaign(request, pk)
    if naar not in Campagnestatus.values:
        raise Http404
    if request.method == "GET":
        return redirect(row)
    form = StapForm(request.POST)
    if form.is_valid():
        try:
            actions.step(campagne=row, naar=naar, reden=form.cleaned_data["reden"], at=timezone.now())
        except actions.StapMagNiet as error:
            words = "Zeg waarom." if str(error) == "reden" else "Dat kan nu niet. Kijk hoe de campagne ervoor staat."
            messages.error(request, words)
        else:
            messages.success(request, f"De campagne is nu {Campagnestatus(naar).label}.")
    return redirect(row)


def _steps(request: StaffRequest, row: Campagne) -> list[tuple[str, str, bool]]:
    """What can be done now: the address, the words, and whether it needs a reason."""
    if not recht.may_manage(request.user):
        return []
    targets = CAMPAGNE_STEPS[Campagnestatus(row.status)]
    return [
        (
            reverse("toegankelijkheid:campaign_step", args=[row.pk, target]),
            WORDS[target],
            target in actions.NEEDS_A_REASON,
        )
        for target in WORDS
        if target in targets
    ]
