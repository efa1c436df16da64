"""What staff see and do, for a program with the key of a colleague: everything through that colleague's eyes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from kern.koppelingen.api import PersonalKey, Weigering, needs
from wijken.queries import Bereik, reach

from .. import actions, rules
from ..filters import MeldingFilter
from ..models import Inzage, Melding
from ..queries import dossier, keyset
from ..queries.staff import LISTS, for_rows, visible
from ..serializers import staf as shapes
from ..views.staff.steps import STAPPEN, offered, refusal
from .basis import Resource, refusals

READ, WRITE = "staf:lezen", "staf:schrijven"
MAX_SIZE = 200
MULTIPLE = ("status", "categorie", "wijk", "team", "behandelaar", "termijn", "prioriteit", "bron", "reden", "plaats")
DAYS = ("van", "tot")
OWN = ("lijst", "volgorde", "na", "voor", "grootte")


class ForStaff(Resource):
    """For the key of somebody with a role; `reach` is what that person may reach today."""

    authentication_classes = [PersonalKey]
    reach: Bereik

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not request.user.rollen:
            raise exceptions.PermissionDenied("De eigenaar van deze sleutel heeft geen rol.")
        self.reach = reach(request.user, timezone.localdate())

    def find(self, request: Request, nummer: int) -> Melding:
        """The report when the owner of the key may see it, else 404."""
        if nummer > shapes.MAX_KEY:
            raise Http404
        found: Melding = get_object_or_404(dossier.complete(visible(request.user, self.reach)), pk=nummer)
        return found

    def answer(self, request: Request, melding: Melding) -> Response:
        """The whole report, as it is now."""
        may = rules.may_handle(request.user, self.reach, melding)
        steps = [stap.code for stap in offered(melding, request.user)] if may else []
        story = dossier.story(melding, mails=False)
        on = timezone.localdate()
        return Response(shapes.dossier(melding, story, steps, on=on, with_reporter=rules.handles(request.user)))


def _several(name: str, text: str) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, many=True, description=text)


FILTERS = [
    OpenApiParameter("lijst", OpenApiTypes.STR, enum=list(LISTS), description="Een van de werklijsten. Anders: alle."),
    OpenApiParameter("volgorde", OpenApiTypes.STR, enum=list(keyset.ORDERS), description="Anders die van de lijst."),
    OpenApiParameter("grootte", OpenApiTypes.INT, description=f"Hoeveel per bladzijde: 1 tot {MAX_SIZE}. Anders 50."),
    OpenApiParameter("na", OpenApiTypes.STR, description="De plaats in de lijst waarna deze bladzijde begint."),
    OpenApiParameter("voor", OpenApiTypes.STR, description="De plaats waarvoor deze bladzijde eindigt."),
    _several("status", "Een of meer statussen."),
    _several("categorie", "Ids van categorieën of hoofdcategorieën."),
    _several("wijk", "Ids van wijken, of geen."),
    _several("team", "Ids van teams, of geen."),
    _several("behandelaar", "Ids van collega’s, of geen."),
    _several("termijn", "laat, vandaag, week of geen."),
    _several("prioriteit", "hoog, normaal of laag."),
    _several("bron", "Hoe de melding binnenkwam."),
    _several("reden", "Waarom ze afgesloten werd."),
    _several("plaats", "kaart of geen."),
    OpenApiParameter("van", OpenApiTypes.DATE, description="Ontvangen vanaf deze dag."),
    OpenApiParameter("tot", OpenApiTypes.DATE, description="Ontvangen tot en met deze dag."),
]


class StafMeldingen(ForStaff):
    """The lists that staff work from."""

    permission_classes = [needs(READ)]

    @extend_schema(
        operation_id="staf_meldingen",
        tags=["staf"],
        summary="De meldingen die je mag zien",
        parameters=FILTERS,
        responses={200: shapes.LijstSerializer, **refusals(400, 401, 403, 429)},
    )
    def get(self, request: Request) -> Response:
        """Met de filters van de lijst op de werkpagina. Volg `volgende` tot het leeg is."""
        on, query = timezone.localdate(), request.query_params
        size = self._check(query)
        lijst = LISTS[query.get("lijst") or "alle"]
        order = keyset.ORDERS[query.get("volgorde") or lijst.order]
        for side in ("na", "voor"):
            if query.get(side) and order.beyond(query[side], backwards=side == "voor") is None:
                raise serializers.ValidationError({side: ["Dit is geen plaats in deze lijst."]})
        rows = lijst.restrict(visible(request.user, self.reach), self.reach, on)
        filterset = MeldingFilter(query, queryset=rows, on=on)
        if filterset.form.errors:
            raise serializers.ValidationError({name: list(found) for name, found in filterset.form.errors.items()})
        page = keyset.page(
            filterset.qs, order, dress=for_rows, na=query.get("na", ""), voor=query.get("voor", ""), size=size
        )
        if secret := [melding.pk for melding in page.rows if melding.categorie.is_gevoelig]:
            actions.read_many(meldingen=secret, door=request.user, at=timezone.now())
        return Response(
            {
                "resultaten": [shapes.row(melding, on) for melding in page.rows],
                "volgende": _page_url(request, "na", page.volgende),
                "vorige": _page_url(request, "voor", page.vorige),
            }
        )

    def _check(self, query: QueryDict) -> int:
        """The size of a page. Raises ValidationError for names and values that mean nothing here."""
        wrong: dict[str, list[str]] = {
            name: ["Deze filter bestaat niet."] for name in query if name not in (*MULTIPLE, *DAYS, *OWN)
        }
        wrong |= {name: ["Een nulteken kan niet."] for name in query if any("\0" in x for x in query.getlist(name))}
        for name, known in (("lijst", LISTS), ("volgorde", keyset.ORDERS)):
            if query.get(name) and query[name] not in known:
                wrong[name] = [f"Kies uit: {', '.join(known)}."]
        size = query.get("grootte") or str(keyset.SIZE)
        if not (size.isascii() and size.isdecimal() and 1 <= int(size[:6]) <= MAX_SIZE):
            wrong["grootte"] = [f"Een getal van 1 tot {MAX_SIZE}."]
        if wrong:
            raise serializers.ValidationError(wrong)
        return int(size)


def _page_url(request: Request, side: str, place: str) -> str | None:
    if not place:
        return None
    query = request.query_params.copy()
    for name in ("na", "voor"):
        query.pop(name, None)
    query[side] = place
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


class StafMelding(ForStaff):
    """One report."""

    permission_classes = [needs(READ)]

    @extend_schema(
        operation_id="staf_melding",
        tags=["staf"],
        summary="Eén melding met haar verhaal",
        responses={200: shapes.DossierSerializer, **refusals(401, 403, 404, 429)},
    )
    def get(self, request: Request, nummer: int) -> Response:
        """Wie gemeld heeft, staat er alleen bij voor wie meldingen behandelt."""
        melding = self.find(request, nummer)
        actions.read(melding=melding, door=request.user, wat=Inzage.Wat.MELDING, at=timezone.now())
        return self.answer(request, melding)


class Stap(ForStaff):
    """A step with a report: the form, the rules and the action of the page."""

    permission_classes = [needs(WRITE)]
    code = ""
    serializer: type[shapes.StapSerializer] = shapes.StapSerializer

    def post(self, request: Request, nummer: int) -> Response:
        melding = self.find(request, nummer)
        if not rules.may_handle(request.user, self.reach, melding):
            raise exceptions.PermissionDenied("De eigenaar van deze sleutel behandelt geen meldingen.")
        sent = self.serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        data = sent.validated_data
        if data["versie"] != melding.versie:
            raise _changed(melding)
        stap = STAPPEN[self.code]
        if stap not in offered(melding, request.user):
            raise Weigering(409, f"Dit kan nu niet: de melding is {melding.get_status_display()}.")
        form = stap.form({name: value for name, value in data.items() if value is not None}, melding=melding)
        if not form.is_valid():
            raise serializers.ValidationError({name: list(found) for name, found in form.errors.items()})
        fields = {name: value for name, value in form.cleaned_data.items() if name != "fotos"}
        try:
            stap.perform(melding, fields, request.user, timezone.now())
        except actions.Gewijzigd as change:
            raise _changed(change.melding) from change
        except actions.StapNietMogelijk as error:
            raise Weigering(409, refusal(ValueError(str(error)))) from error
        except ValueError as error:
            raise Weigering(400, refusal(error)) from error
        try:
            return self.answer(request, self.find(request, nummer))
        except Http404:  # the step took it out of this person's sight
            return Response(status=204)


def _changed(melding: Melding) -> Weigering:
    """Somebody was first: tell what happened and which version there is now."""
    last = dossier.latest(melding)
    words = f"{last.titel}, door {last.door}" if last else ""
    return Weigering(409, "De melding is intussen gewijzigd. Lees ze opnieuw.", versie=melding.versie, laatste=words)


OUT_OF_SIGHT = OpenApiResponse(description="Gelukt; de melding is niet meer voor de eigenaar van deze sleutel.")


def _step(code: str, serializer: type[shapes.StapSerializer], naam: str) -> type[Stap]:
    """The address of one step."""

    class Step(Stap):
        @extend_schema(
            operation_id=f"staf_{code.replace('-', '_')}",
            tags=["staf"],
            summary=naam,
            request=serializer,
            responses={200: shapes.DossierSerializer, 204: OUT_OF_SIGHT, **refusals(400, 401, 403, 404, 409, 415, 429)},
        )
        def post(self, request: Request, nummer: int) -> Response:
            """409 als de melding intussen veranderde, of als deze stap nu niet kan."""
            return super().post(request, nummer)

    Step.code, Step.serializer = code, serializer
    return Step


start = _step("start", shapes.StartSerializer, "Neem in behandeling")
plan = _step("plan", shapes.PlanSerializer, "Plan in, of kies een andere dag")
close = _step("sluit", shapes.SluitSerializer, "Sluit af")
assign = _step("wijs-toe", shapes.WijsToeSerializer, "Wijs toe aan een team of een collega")
note = _step("notitie", shapes.NotitieSerializer, "Schrijf een notitie voor collega’s")
