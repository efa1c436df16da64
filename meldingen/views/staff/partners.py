"""The partners of the city: who they are, what is with them, and whether their contact still holds."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kern.gebruikers.models import Rol
from wijken import actions as wijken
from wijken.models import Contactvraag, Partner

from ...queries import keyset, partners
from .gate import StaffRequest, for_staff
from .steps import refusal

FEW = 20


@for_staff
def partner_list(request: StaffRequest) -> HttpResponse:
    """Every partner, with what is with it and what is late."""
    every = "alle" in request.GET
    rows = partners.overview(request.user, request.reach, timezone.localdate(), with_inactive=every)
    context = {"partners": rows, "alle": every, "mag_beheren": request.user.has_role(Rol.BEHEERDER)}
    return render(request, "meldingen/werk/partners.html", context)


@for_staff
def partner_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One partner: the facts, the yearly question, and what is there now."""
    partner = get_object_or_404(Partner.objects.prefetch_related("werk__categorie", "werk__wijk"), pk=pk)
    tasks = partners.at_partners(request.user, request.reach, partner).order_by("uiterlijk", "pk")
    shown = list(tasks[: FEW + 1])
    context = {
        "partner": partner,
        "vandaag": timezone.localdate(),
        "vragen": list(partner.contactvragen.select_related("verwerkt_door")[:5]),
        "opdrachten": shown[:FEW],
        "meer": len(shown) > FEW,
        "mag_beheren": request.user.has_role(Rol.BEHEERDER),
    }
    return render(request, "meldingen/werk/partner.html", context)


@for_staff
def partner_settle(request: StaffRequest, pk: int) -> HttpResponse:
    """For administrators: ask for the contact now, or settle what the partner proposed."""
    if not request.user.has_role(Rol.BEHEERDER):
        raise Http404
    partner = get_object_or_404(Partner, pk=pk)
    if request.method != "POST":  # whose log-in had ended comes back here from the log-in page
        return redirect("meldingen:partner_detail", partner.pk)
    at = timezone.now()
    try:
        if "vraag" in request.POST:
            wijken.ask_contact(partner=partner, at=at)
            messages.success(request, _("De vraag naar het contact is verstuurd."))
        else:
            vraag = get_object_or_404(
                Contactvraag, partner=partner, antwoord=Contactvraag.Antwoord.ANDERS, verwerkt_op=None
            )
            wijken.settle_contact(vraag=vraag, overnemen="overnemen" in request.POST, door=request.user, at=at)
            messages.success(request, _("Het voorstel is verwerkt."))
    except ValueError as error:
        messages.warning(request, refusal(error))
    return redirect("meldingen:partner_detail", partner.pk)


@for_staff
def at_partners(request: StaffRequest) -> HttpResponse:
    """What is with partners now, late first."""
    chosen = request.GET.get("partner", "")
    partner = Partner.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 18 else None
    rows = partners.at_partners(request.user, request.reach, partner)
    page = keyset.page(rows, partners.BY_DUE, na=request.GET.get("na", ""), voor=request.GET.get("voor", ""))
    context = {
        "pagina": page,
        "aantal": keyset.count_words(keyset.capped_count(rows)),
        "laat": keyset.count_words(keyset.capped_count(rows.late(timezone.localdate()))),
        "partner": partner,
        "partners": Partner.objects.active(),
        "vandaag": timezone.localdate(),
    }
    return render(request, "meldingen/werk/bij_partners.html", context)
