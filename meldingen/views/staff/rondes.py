"""Rounds on foot: the list, a new one, its order, its print, and what rounds took."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.documenten import werkblad
from kern.documenten.tabel import as_file
from kern.geo.ronde import DETOUR, MAX_STOPS
from kern.historiek.queries import history_of
from wijken.models import Team, Wijk

from ... import actions, rules
from ...forms.rondes import RondefilterForm, RondeForm, RondekeuzeForm, duration_words
from ...models import Ronde, Rondestop, Verbruik
from ...queries import keyset, rondes
from ...queries.staff import visible
from .gate import StaffRequest, for_staff
from .steps import refusal

CREWS = (Team.Soort.BUURTWERKPLAATS, Team.Soort.BUURTTOEZICHT)
SHOWN = 80
"""How much work is offered to choose from; a round takes forty at most."""


@for_staff
def round_list(request: StaffRequest) -> HttpResponse:
    """The rounds that this person may see, the newest first."""
    filters = RondefilterForm(request.GET)
    rows = filters.restrict(Ronde.objects.visible_to(request.user, request.reach))
    page = keyset.page(
        rondes.with_counts(rows), rondes.NEWEST, na=request.GET.get("na", ""), voor=request.GET.get("voor", "")
    )
    context = {
        "filters": filters,
        "pillen": filters.pills(request.GET),
        "pagina": page,
        "aantal": keyset.count_words(keyset.capped_count(rows)),
        "mag_maken": bool(_teams(request)),
        "vandaag": timezone.localdate(),
    }
    return render(request, "meldingen/werk/rondes/lijst.html", context)


@for_staff
def round_new(request: StaffRequest) -> HttpResponse:
    """Choose team, wijk and day, then the work; POST makes the round."""
    teams = _teams(request)
    if not teams:
        raise Http404
    asked = request.GET if "team" in request.GET else _first_question(request, teams[0])
    known = Team.objects.filter(pk__in=[team.pk for team in teams])
    choice = RondekeuzeForm(asked, teams=known, wijken=Wijk.objects.all())
    if not choice.is_valid():
        return render(request, "meldingen/werk/rondes/nieuw.html", {"keuze": choice, "form": choice})
    team, wijk, dag = (choice.cleaned_data[name] for name in ("team", "wijk", "dag"))
    if not rules.may_plan_round(request.user, request.reach, team, wijk):
        choice.add_error("wijk", "Voor dit team maak je alleen een ronde in een wijk van jou. Kies een wijk.")
        return render(request, "meldingen/werk/rondes/nieuw.html", {"keuze": choice, "form": choice})
    work = rondes.work_for(request.user, request.reach, team=team, wijk=wijk, dag=dag)
    offered = list(work[:SHOWN])
    first = {"meldingen": [row.pk for row in offered[:MAX_STOPS]]}
    form = RondeForm(
        request.POST if request.method == "POST" else None,
        initial=first,
        work=work,
        starts=rondes.starts_of(team),
        team=team,
    )
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in MADE_OF}
        try:
            ronde = actions.ronde.make(team=team, wijk=wijk, dag=dag, door=request.user, at=timezone.now(), **fields)
        except ValueError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, "De ronde staat klaar, in de volgorde van de kortste weg te voet.")
            return redirect("meldingen:round", ronde.pk)
    ticked = {str(pk) for pk in form["meldingen"].value() or []}
    context = {
        "keuze": choice,
        "form": form,
        "werk": [(row, str(row.pk) in ticked) for row in offered],
        "meer": len(offered) == SHOWN,
        "team": team,
        "wijk": wijk,
        "dag": dag,
        "vandaag": timezone.localdate(),
        "hoogstens": MAX_STOPS,
    }
    return render(request, "meldingen/werk/rondes/nieuw.html", context)


MADE_OF = ("meldingen", "start_naam", "start_plaats", "keert_terug", "uitvoerder")


@for_staff
def round_order(request: StaffRequest, pk: int) -> HttpResponse:
    """Change the order, add or take out a stop; POST does one of these and comes back."""
    ronde = get_round(request, pk, walk=True)
    if request.method == "POST":
        try:
            at = _change(request, ronde)
        except ValueError as error:
            messages.warning(request, refusal(error))
            at = ""
        return redirect(f"{reverse('meldingen:round_order', args=[ronde.pk])}{at}")
    return render(request, "meldingen/werk/rondes/volgorde.html", {**context_of(request, ronde), "bereik": MAX_STOPS})


def _change(request: StaffRequest, ronde: Ronde) -> str:
    """Do what the pressed button says; the anchor to come back at."""
    if "kortste" in request.POST:
        actions.ronde.shorten(ronde=ronde)
        messages.success(request, "Wat nog te doen is, staat weer in de volgorde van de kortste weg.")
        return ""
    if "erbij" in request.POST:
        number = request.POST.get("nummer", "").strip()
        rows = visible(request.user, request.reach).select_related("categorie")
        melding = rows.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 15 else None
        if melding is None:
            raise ValueError("er is geen melding met dat nummer die jij mag zien")
        actions.ronde.add(ronde=ronde, melding=melding)
        messages.success(request, f"Melding {melding.pk} staat achteraan in de ronde.")
        return ""
    for name in ("omhoog", "omlaag", "eraf"):
        value = request.POST.get(name, "")
        if value.isdecimal() and len(value) < 15:
            stop = get_object_or_404(Rondestop, pk=int(value), ronde=ronde)
            if name == "eraf":
                actions.ronde.drop(stop=stop)
                messages.success(request, "De stop is uit de ronde. De melding zelf blijft zoals ze is.")
                return ""
            actions.ronde.move(stop=stop, omhoog=name == "omhoog")
            return f"#stop-{stop.pk}"
    raise Http404


@for_staff
def round_print(request: StaffRequest, pk: int) -> HttpResponse:
    """The round on paper: a numbered map, and for each stop what and where with boxes to tick."""
    ronde = get_round(request, pk)
    page = rondes.page_of(ronde, request.user, request.reach)
    context = {"ronde": ronde, "pagina": page, "plattegrond": rondes.map_of(page), "omweg": DETOUR}
    return render(request, "meldingen/werk/rondes/afdruk.html", context)


@for_staff
def round_history(request: StaffRequest, pk: int) -> HttpResponse:
    """Every change of the round and its stops."""
    ronde = get_round(request, pk)
    context = {"ronde": ronde, "regels": history_of(ronde, also=[Rondestop])}
    return render(request, "meldingen/werk/rondes/historiek.html", context)


@for_staff
@require_safe
def round_totals(request: StaffRequest) -> HttpResponse:
    """What the rounds of each team took in a period; without one, of this month."""
    filters, rows = _period(request)
    context = {
        "filters": filters,
        "pillen": filters.pills(filters.data),
        "totalen": [(row, duration_words(row.minuten)) for row in rondes.totals(rows)],
    }
    return render(request, "meldingen/werk/rondes/totalen.html", context)


@for_staff
@require_safe
def round_export(request: StaffRequest) -> HttpResponseBase:
    """The stops of these rounds, or the totals per team, as CSV or xlsx. Without places or words of residents."""
    _filters, rows = _period(request)
    header, lines = _totals_table(rows) if request.GET.get("wat") == "totalen" else _stops_table(rows)
    return as_file(request.GET.get("vorm", ""), "Rondes", header, lines)


Table = tuple[list[str], Iterator[list[werkblad.Cel]]]


def _totals_table(rows: Any) -> Table:
    header = ["Team", "Rondes", "Stops", "Gedaan", "Niet gelukt", "Niet aan toegekomen", "Minuten", "Meter te voet"]
    found = rondes.totals(rows)
    kinds = sorted({(naam, eenheid) for row in found for naam, eenheid, _n in row.materiaal})

    def lines() -> Iterator[list[werkblad.Cel]]:
        for row in found:
            used = {(naam, eenheid): n for naam, eenheid, n in row.materiaal}
            facts = [row.rondes, row.stops, row.gedaan, row.niet_gelukt, row.overgeslagen, row.minuten, row.meter]
            yield [row.team.naam, *facts, *(used.get(kind) for kind in kinds)]

    return [*header, *(f"{naam} ({eenheid})" for naam, eenheid in kinds)], lines()


def _stops_table(rows: Any) -> Table:
    header = ["Ronde", "Dag", "Team", "Wijk", "Stop", "Melding", "Categorie", "Stand", "Bevinding", "Wanneer", "Door"]
    header += ["Minuten", "Meter te voet", "Materiaal"]

    def used(stop: Rondestop) -> str:
        rows: list[Verbruik] = list(stop.verbruik.all())
        return "; ".join(f"{row.aantal.normalize():f} {row.materiaal.eenheid} {row.materiaal.naam}" for row in rows)

    def lines() -> Iterator[list[werkblad.Cel]]:
        for stop in rondes.for_export(rows).iterator(chunk_size=500):
            ronde, melding = stop.ronde, stop.melding
            kind = "gevoelig" if melding.categorie.is_gevoelig else melding.categorie.naam
            yield [
                *(ronde.pk, ronde.dag, ronde.team.naam, ronde.wijk.naam if ronde.wijk else "alle", stop.volgorde),
                *(melding.pk, kind, stop.get_status_display(), stop.get_bevinding_display(), stop.op),
                *(stop.door.naam if stop.door else "", stop.minuten, stop.meter, used(stop)),
            ]

    return header, lines()


def _period(request: StaffRequest) -> tuple[RondefilterForm, Any]:
    query = request.GET.copy()
    if "van" not in query and "tot" not in query:
        query["van"] = timezone.localdate().replace(day=1).isoformat()
    filters = RondefilterForm(query)
    return filters, filters.restrict(Ronde.objects.visible_to(request.user, request.reach))


def get_round(request: StaffRequest, pk: int, *, walk: bool = False) -> Ronde:
    """The round, when this person may see it; with `walk` when they may change it too."""
    ronde = get_object_or_404(rondes.one(request.user, request.reach), pk=pk)
    if walk and not rules.may_walk_round(request.user, request.reach, ronde):
        raise Http404
    return ronde


def context_of(request: StaffRequest, ronde: Ronde) -> dict[str, Any]:
    """What every page of a round shows."""
    page = rondes.page_of(ronde, request.user, request.reach)
    return {
        "ronde": ronde,
        "pagina": page,
        "duur": duration_words(page.minuten),
        "vandaag": timezone.localdate(),
        "mag": rules.may_walk_round(request.user, request.reach, ronde),
    }


def _first_question(request: StaffRequest, team: Team) -> dict[str, Any]:
    """What is asked when the page opens: today, and for who is not of the team the first wijk of theirs."""
    today = timezone.localdate()
    found = {"team": team.pk, "dag": today.isoformat(), "wijk": ""}
    if not rules.may_plan_round(request.user, request.reach, team, None):
        wijk = rondes.wijken_of(team, today).filter(pk__in=request.reach.wijk_ids).first()
        found["wijk"] = str(wijk.pk) if wijk else ""
    return found


def _teams(request: StaffRequest) -> list[Team]:
    """For whom this person can make a round: own teams first, then the crews in the wijken they manage."""
    if not rules.handles(request.user):
        return []
    everything = "beheerder" in request.user.rollen
    near = Q(pk__in=request.reach.team_ids)
    if everything:
        near |= Q(soort__in=CREWS)
    elif "wijkmanager" in request.user.rollen:
        near |= Q(soort__in=CREWS, wijken__in=request.reach.wijk_ids)
    rows = Team.objects.filter(near, is_actief=True).exclude(soort=Team.Soort.MELDPUNT).distinct().order_by("naam")
    return sorted(rows, key=lambda team: (team.soort not in CREWS, team.pk not in request.reach.team_ids, team.naam))
