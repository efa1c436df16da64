"""The partners of the city, on one place: who they are, their people and roles, and what is with them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kern.documenten.tabel import as_file
from kern.gebruikers.models import Rol
from kern.historiek.queries import history_of

from .. import actions, registry, rules
from ..forms.netwerk import PartnerfilterForm, PersoonForm, RolForm
from ..gate import StaffRequest, for_staff
from ..models import Contactvraag, Partner, Partnerpersoon, Partnerrol, Samenwerkingsovereenkomst, Wijk
from ..queries import netwerk

PAGE = 50


@for_staff
@require_safe
def partner_list(request: StaffRequest) -> HttpResponse:
    """Every partner that the filters leave, with what other rooms know of it."""
    filters, every = PartnerfilterForm(request.GET), "alle" in request.GET
    today = timezone.localdate()
    page = Paginator(netwerk.partner_rows(filters.chosen(), today, with_inactive=every), PAGE).get_page(
        request.GET.get("pagina")
    )
    rows = list(page)
    parts = registry.partner_parts()
    known = [part.per_partner([row.pk for row in rows], request.user, request.reach, today) for part in parts]
    columns = [
        (kop, template, facts) for part, facts in zip(parts, known, strict=True) for kop, template in part.kolommen
    ]
    cells = [(row, [(kop, template, facts.get(row.pk)) for kop, template, facts in columns]) for row in rows]
    context = {
        "partners": rows,
        "rijen": cells,
        "koppen": [kop for kop, _template, _facts in columns],
        "pagina": page,
        "filters": filters,
        "pillen": filters.pills(request.GET),
        "alle": every,
        "wijken": Wijk.objects.filter(pk__in=request.reach.wijk_ids).order_by("naam"),
        "mag_beheren": request.user.has_role(Rol.BEHEERDER),
    }
    return render(request, "wijken/werk/partners.html", context)


@for_staff
@require_safe
def partner_export(request: StaffRequest) -> HttpResponseBase:
    """The partners of the list as a file: organisations and their roles, without people."""
    filters = PartnerfilterForm(request.GET)
    rows = netwerk.partner_rows(filters.chosen(), timezone.localdate(), with_inactive="alle" in request.GET)
    header = ["Naam", "Soort", "E-mail", "Telefoon", "Website", "Rollen in wijken", "Contact bevestigd op", "Actief"]
    lines = (
        [
            *(row.naam, row.get_soort_display(), row.email, row.telefoon, row.website),
            "; ".join(f"{rol.get_rol_display()} ({rol.wijk.naam})" for rol in row.rollen_nu),
            *(row.bevestigd_op, row.is_actief),
        ]
        for row in rows
    )
    return as_file(request.GET.get("vorm", ""), "Partners", header, lines)


@for_staff
@require_safe
def partner_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One partner: the facts, its people and roles, what was agreed, and whether the contact still holds."""
    partner = get_object_or_404(Partner, pk=pk)
    today = timezone.localdate()
    user, reach = request.user, request.reach
    people = netwerk.persons_on_page(partner, user, reach)
    context = {
        "partner": partner,
        "vandaag": today,
        "personen": people,
        "zichtbaar": {person.pk for person in people},
        "ziet_personen": user.rollen != {"lezer"},
        "rollen": netwerk.roles_of(partner, today),
        "overeenkomsten": list(netwerk.agreements(user, reach, {"partner": partner})),
        "afspraken": list(netwerk.tasks(user, reach, today, {"partner": partner, "stand": "open"})[:PAGE]),
        "vragen": _questions(request, partner),
        "delen": [(part.template, part.context(partner, user, reach, today)) for part in registry.partner_parts()],
        "mag_beheren": user.has_role(Rol.BEHEERDER),
        "mag": rules.may_keep_partners(user),
    }
    return render(request, "wijken/werk/partner.html", context)


@for_staff
@require_safe
def partner_history(request: StaffRequest, pk: int) -> HttpResponse:
    """Every change of a partner, its roles and its agreements; of its people only that they came and went."""
    partner = get_object_or_404(Partner, pk=pk)
    visible = Samenwerkingsovereenkomst.objects.visible_to(request.user, request.reach).filter(partner=partner)
    lines = history_of(partner, also=[Partnerrol, visible])
    return render(
        request, "wijken/werk/historiek.html", {"wat": partner.naam, "regels": lines, "terug": partner_url(partner)}
    )


@for_staff
@require_http_methods(["GET", "POST"])
def partner_settle(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for the contact now, or settle a proposal: of the partner a beheerder, of its people a wijkmanager too."""
    if not rules.may_keep_partners(request.user):
        raise Http404
    partner = get_object_or_404(Partner, pk=pk)
    if request.method != "POST":  # whose log-in had ended comes back here from the log-in page
        return redirect("wijken:partner", partner.pk)
    number, at = request.POST.get("persoon", ""), timezone.now()
    person = None
    if number:
        people = Partnerpersoon.objects.visible_to(request.user, request.reach).filter(partner=partner)
        person = get_object_or_404(people, pk=int(number) if number.isdecimal() and len(number) < 15 else 0)
    elif not request.user.has_role(Rol.BEHEERDER):
        raise Http404
    try:
        if "vraag" in request.POST and person:
            actions.ask_person(persoon=person, at=at)
            messages.success(request, "De vraag is verstuurd.")
        elif "vraag" in request.POST:
            actions.ask_contact(partner=partner, at=at)
            messages.success(request, "De vraag naar het contact is verstuurd.")
        else:
            vraag = get_object_or_404(
                Contactvraag,
                partner=partner,
                persoon=person,
                antwoord=Contactvraag.Antwoord.ANDERS,
                verwerkt_op=None,
            )
            actions.settle_contact(vraag=vraag, overnemen="overnemen" in request.POST, door=request.user, at=at)
            messages.success(request, "Het voorstel is verwerkt.")
    except ValueError as error:
        messages.warning(request, refusal(error))
    return redirect("wijken:partner", partner.pk)


@for_staff
@require_http_methods(["GET", "POST"])
def person_new(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down a contact person."""
    partner = _keep(request, pk)
    form = PersoonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.add_person(partner=partner, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"{form.cleaned_data['naam']} staat bij {partner.naam}.")
        return redirect("wijken:partner", partner.pk)
    return render(request, "wijken/werk/persoon.html", {"partner": partner, "form": form})


@for_staff
@require_http_methods(["GET", "POST"])
def person_edit(request: StaffRequest, pk: int, persoon: int) -> HttpResponse:
    """Change a contact person, or say that they do this no more."""
    partner = _keep(request, pk)
    people = Partnerpersoon.objects.visible_to(request.user, request.reach).filter(anoniem_op__isnull=True)
    row = get_object_or_404(people, pk=persoon, partner=partner)
    if "stop" in request.POST:
        actions.stop_person(persoon=row, on=timezone.localdate())
        messages.success(request, f"{row.naam} is geen contactpersoon meer. De gegevens worden later vanzelf gewist.")
        return redirect("wijken:partner", partner.pk)
    start = {name: getattr(row, name) for name in ("naam", "functie", "email", "telefoon")}
    form = PersoonForm(
        request.POST if request.method == "POST" else None,
        initial={**start, "wijken": [wijk.pk for wijk in row.wijken.all()]},
    )
    if request.method == "POST" and form.is_valid():
        actions.change_person(persoon=row, **form.cleaned_data)
        messages.success(request, "De gegevens zijn bewaard.")
        return redirect("wijken:partner", partner.pk)
    return render(request, "wijken/werk/persoon.html", {"partner": partner, "persoon": row, "form": form})


@for_staff
@require_http_methods(["GET", "POST"])
def role_new(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what a partner is in a wijk."""
    partner = _keep(request, pk)
    people = netwerk.people_of(request.user, request.reach)
    form = RolForm(
        request.POST if request.method == "POST" else None,
        partner=partner,
        people=people,
        initial={"van": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_role(partner=partner, **form.cleaned_data)
        except ValueError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, "De rol staat er.")
            return redirect("wijken:partner", partner.pk)
    return render(request, "wijken/werk/rol.html", {"partner": partner, "form": form})


@for_staff
def role_end(request: StaffRequest, pk: int, rol: int) -> HttpResponse:
    """The role ends today."""
    partner = _keep(request, pk)
    row = get_object_or_404(Partnerrol, pk=rol, partner=partner)
    if request.method == "POST":
        actions.end_role(rol=row, on=timezone.localdate())
        messages.success(request, "De rol is beëindigd.")
    return redirect("wijken:partner", partner.pk)


@for_staff
@require_safe
def network(request: StaffRequest, slug: str) -> HttpResponse:
    """Who works with whom in a wijk and on what: a drawing, and the same as a list."""
    wijk = get_object_or_404(Wijk, slug=slug)
    context = {
        "wijk": wijk,
        "wijken": Wijk.objects.order_by("naam"),
        "netwerk": netwerk.network_of(wijk, request.user, request.reach, timezone.localdate()),
        "mag": rules.may_keep_partners(request.user),
    }
    return render(request, "wijken/werk/netwerk.html", context)


def partner_url(partner: Partner) -> str:
    """The page of a partner."""
    return f"/werk/partners/{partner.pk}/"


def refusal(error: Exception) -> str:
    """What a person reads when an action refuses: its words as a sentence."""
    return f"Dit kan niet: {error}."


def _keep(request: StaffRequest, pk: int) -> Partner:
    if not rules.may_keep_partners(request.user):
        raise Http404
    return get_object_or_404(Partner, pk=pk)


def _questions(request: StaffRequest, partner: Partner) -> list[Any]:
    """The questions about the partner itself, and those about people whom this person may see."""
    rows = partner.contactvragen.select_related("verwerkt_door", "persoon")
    seen = {row.pk for row in Partnerpersoon.objects.visible_to(request.user, request.reach).filter(partner=partner)}
    return [row for row in rows[:20] if row.persoon_id is None or row.persoon_id in seen][:6]
