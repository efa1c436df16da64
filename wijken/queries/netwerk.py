"""Reads about partners and the network of a wijk: lists, the page of one, who works with whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Sum

from kern.gebruikers.models import Gebruiker
from kern.grafiek import netwerk as tekenen

from .. import registry
from ..models import (
    Afspraak,
    AfspraakQuerySet,
    Contactvraag,
    Halfjaarverslag,
    OvereenkomstQuerySet,
    Partner,
    Partnerpersoon,
    PartnerpersoonQuerySet,
    PartnerQuerySet,
    Partnerrol,
    Samenwerkingsovereenkomst,
    Team,
    TeamWijk,
    Verslagregel,
    Wijk,
)
from ..rules import Bereik
from ..states.netwerk import Afspraakstatus, Overeenkomststatus, Verslagstatus

PAGE = 50
Chosen = Mapping[str, Any]


def partner_rows(chosen: Chosen, on: date, *, with_inactive: bool = False) -> PartnerQuerySet:
    """The partners that the filters leave, by name, each with whether its contact holds and its roles of today."""
    rows = Partner.objects.all() if with_inactive else Partner.objects.active()
    if words := chosen.get("q"):
        rows = rows.filter(naam__icontains=words)
    if kind := chosen.get("soort"):
        rows = rows.filter(soort=kind)
    here = Partnerrol.objects.on(on).filter(partner=OuterRef("pk"))
    if wijk := chosen.get("wijk"):
        agreed = Samenwerkingsovereenkomst.objects.running().filter(partner=OuterRef("pk"), wijken=wijk)
        rows = rows.filter(Exists(here.filter(wijk=wijk)) | Exists(agreed))
    if role := chosen.get("rol"):
        rows = rows.filter(Exists(here.filter(rol=role)))
    proposal = Contactvraag.objects.filter(
        partner=OuterRef("pk"), antwoord=Contactvraag.Antwoord.ANDERS, verwerkt_op__isnull=True
    )
    rows = rows.annotate(
        is_onbevestigd=Exists(Partner.objects.unconfirmed(on).filter(pk=OuterRef("pk"))),
        heeft_voorstel=Exists(proposal),
    )
    if chosen.get("contact") == "niet":
        rows = rows.filter(is_onbevestigd=True)
    elif chosen.get("contact") == "voorstel":
        rows = rows.filter(heeft_voorstel=True)
    roles = Partnerrol.objects.on(on).select_related("wijk")
    return rows.prefetch_related(Prefetch("rollen", roles, to_attr="rollen_nu")).order_by("naam", "pk")


def people_of(user: Gebruiker, reach: Bereik) -> PartnerpersoonQuerySet:
    """The contact persons whose data this person may read, those who stopped left out."""
    rows = Partnerpersoon.objects.visible_to(user, reach).active()
    return rows.select_related("partner").order_by("naam", "pk")


def persons_on_page(partner: Partner, user: Gebruiker, reach: Bereik) -> list[Partnerpersoon]:
    """The people of a partner for its page, with their wijken and whether a question about them waits."""
    waits = Contactvraag.objects.filter(
        persoon=OuterRef("pk"), antwoord=Contactvraag.Antwoord.ANDERS, verwerkt_op__isnull=True
    )
    rows = Partnerpersoon.objects.visible_to(user, reach).filter(partner=partner, anoniem_op__isnull=True)
    rows = rows.annotate(heeft_voorstel=Exists(waits)).prefetch_related("wijken")
    return list(rows.order_by(models.F("gestopt_op").asc(nulls_first=True), "naam", "pk"))


def roles_of(partner: Partner, on: date) -> list[Partnerrol]:
    """What the partner is and was in the wijken, what holds today first."""
    rows = list(partner.rollen.select_related("wijk", "persoon"))
    return sorted(rows, key=lambda row: (row.tot is not None and row.tot < on, row.wijk.naam, row.rol))


def agreements(user: Gebruiker, reach: Bereik, chosen: Chosen | None = None) -> OvereenkomstQuerySet:
    """The agreements that this person may see and the filters leave, with their wijken; what ends first is first."""
    rows = Samenwerkingsovereenkomst.objects.visible_to(user, reach)
    chosen = chosen or {}
    if partner := chosen.get("partner"):
        rows = rows.filter(partner=partner)
    if wijk := chosen.get("wijk"):
        rows = rows.filter(wijken=wijk)
    if theme := chosen.get("thema"):
        rows = rows.filter(themas__contains=[theme])
    if year := chosen.get("jaar"):
        rows = rows.filter(van__lte=date(year, 12, 31), tot__gte=date(year, 1, 1))
    if status := chosen.get("stand"):
        rows = rows.filter(status=status)
    if last := chosen.get("loopt_af"):
        rows = rows.filter(tot__lte=last)
    order = models.Case(
        models.When(status=Overeenkomststatus.LOPEND, then=0),
        models.When(status=Overeenkomststatus.ONTWERP, then=1),
        default=2,
        output_field=models.IntegerField(),
    )
    rows = rows.select_related("partner", "verantwoordelijke", "persoon").prefetch_related("wijken")
    return rows.order_by(order, "tot", "pk")


def total_amount(rows: OvereenkomstQuerySet) -> Decimal:
    """The amounts of these agreements together (one query)."""
    found = Samenwerkingsovereenkomst.objects.filter(pk__in=rows.order_by().values("pk")).aggregate(som=Sum("bedrag"))
    return found["som"] or Decimal(0)


@dataclass(frozen=True)
class Resultaatstand:
    """A result that was asked, and what of it was reached in each report that is in."""

    resultaat: Any
    per_verslag: list[Verslagregel | None]
    bereikt: int | None

    @property
    def is_gehaald(self) -> bool:
        goal = self.resultaat.doel
        return goal is not None and self.bereikt is not None and self.bereikt >= goal


@dataclass(frozen=True)
class Overeenkomstpagina:
    """Everything on the page of an agreement. Of a report that is not in nobody reads the draft."""

    verslagen: list[Halfjaarverslag]
    binnen: list[Halfjaarverslag]
    resultaten: list[Resultaatstand]


def agreement_page(row: Samenwerkingsovereenkomst) -> Overeenkomstpagina:
    """The reports of an agreement and what was reached of each result (three queries)."""
    reports = list(row.verslagen.select_related("nagekeken_door"))
    inside = [report for report in reports if report.is_in]
    lines = {
        (line.verslag_id, line.resultaat_id): line
        for line in Verslagregel.objects.filter(verslag__in=[report.pk for report in inside])
    }
    results = []
    for result in row.resultaten.all():
        found = [lines.get((report.pk, result.pk)) for report in inside]
        numbers = [line.aantal for line in found if line and line.aantal is not None]
        results.append(Resultaatstand(result, found, sum(numbers) if numbers else None))
    return Overeenkomstpagina(reports, inside, results)


def report_by_key(sleutel: UUID) -> Halfjaarverslag | None:
    """The report that this link opens, with its agreement."""
    rows = Halfjaarverslag.objects.select_related("overeenkomst__partner")
    return rows.filter(sleutel=sleutel).first()


def task_by_key(sleutel: UUID) -> Afspraak | None:
    """The task that this link opens."""
    return Afspraak.objects.select_related("partner", "wijk", "persoon").filter(sleutel=sleutel).first()


def tasks(user: Gebruiker, reach: Bereik, on: date, chosen: Chosen | None = None) -> AfspraakQuerySet:
    """The agreed tasks that this person may see and the filters leave; what is open and due first is first."""
    rows = Afspraak.objects.visible_to(user, reach)
    chosen = chosen or {}
    for name in ("wijk", "partner", "collega"):
        if chosen.get(name):
            rows = rows.filter(**{name: chosen[name]})
    if chosen.get("stand") == "laat":
        rows = rows.open().filter(uiterlijk__lt=on)
    elif status := chosen.get("stand"):
        rows = rows.filter(status=status)
    closed = models.Case(models.When(status=Afspraakstatus.OPEN, then=0), default=1, output_field=models.IntegerField())
    return rows.select_related("wijk", "partner", "persoon", "collega").order_by(closed, "uiterlijk", "pk")


# The network of a wijk.


@dataclass(frozen=True)
class Netwerk:
    """Who works with whom in a wijk and on what: the ties as a list, and the drawing of them."""

    banden: list[registry.Band]
    tekening: tekenen.Net | None
    namen: int


def network_of(wijk: Wijk, user: Gebruiker, reach: Bereik, on: date) -> Netwerk:
    """The network of a wijk on a day, from roles, agreements, tasks and what other rooms know (six queries and theirs).

    What this person may not see is left out of both the list and the drawing.
    """
    middle = _management(wijk, on)
    ties = [*_roles(wijk, middle, on), *_agreements(wijk, middle, user, reach, on), *_tasks(wijk, middle, user, reach)]
    for source in registry.network_sources():
        ties += source.banden(wijk, user, reach, on)
    ties.sort(key=lambda tie: (tie.een[2], tie.ander[2], tie.soort, tie.wat))
    names = {end[:2]: end[2] for tie in ties for end in (tie.een, tie.ander)}
    counted: dict[tuple[str, str], int] = {}
    for tie in ties:
        a, b = sorted((_key(tie.een), _key(tie.ander)))
        counted[a, b] = counted.get((a, b), 0) + 1
    others = [
        tekenen.Knoop(f"{kind}:{number}", naam, is_huis=kind != "partner")
        for (kind, number), naam in names.items()
        if (kind, number) != middle[:2]
    ]
    drawing = None
    if others:
        drawing = tekenen.draw(
            tekenen.Knoop(_key(middle), middle[2], is_huis=True),
            sorted(others, key=lambda row: (row.naam, row.sleutel)),
            [tekenen.Verband(a, b, count) for (a, b), count in sorted(counted.items())],
        )
    return Netwerk(ties, drawing, len(names))


def _key(end: tuple[str, int, str]) -> str:
    return f"{end[0]}:{end[1]}"


def _management(wijk: Wijk, on: date) -> tuple[str, int, str]:
    """The team that manages the wijk stands in the middle: it ties the others together and is nobody's boss."""
    team = (
        Team.objects.filter(
            teamwijken__in=TeamWijk.objects.on(on).filter(wijk=wijk),
            soort=Team.Soort.WIJKMANAGEMENT,
            is_actief=True,
        )
        .order_by("naam")
        .first()
    )
    return ("team", team.pk, team.naam) if team else ("team", 0, "Wijkmanagement")


def _partner(row: Partner) -> tuple[str, int, str]:
    return ("partner", row.pk, row.naam)


def _roles(wijk: Wijk, middle: tuple[str, int, str], on: date) -> list[registry.Band]:
    rows = Partnerrol.objects.on(on).filter(wijk=wijk, partner__is_actief=True).select_related("partner")
    return [
        registry.Band(middle, _partner(row.partner), row.get_rol_display(), "rol", f"/werk/partners/{row.partner_id}/")
        for row in rows
    ]


def _agreements(
    wijk: Wijk, middle: tuple[str, int, str], user: Gebruiker, reach: Bereik, on: date
) -> list[registry.Band]:
    rows = Samenwerkingsovereenkomst.objects.visible_to(user, reach).running().filter(wijken=wijk, van__lte=on)
    return [
        registry.Band(
            middle,
            _partner(row.partner),
            f"{row.titel} ({', '.join(row.themas)})",
            "overeenkomst",
            row.get_absolute_url(),
        )
        for row in rows.select_related("partner")
    ]


def _tasks(wijk: Wijk, middle: tuple[str, int, str], user: Gebruiker, reach: Bereik) -> list[registry.Band]:
    rows = Afspraak.objects.visible_to(user, reach).open().filter(wijk=wijk)
    found = []
    for row in rows.select_related("partner", "collega").prefetch_related("samen_met"):
        if row.partner:
            who = _partner(row.partner)
        elif row.collega:
            who = ("collega", row.collega.pk, row.collega.naam)
        else:
            continue
        url = row.get_absolute_url()
        others = [_partner(other) for other in row.samen_met.all()]
        found += [registry.Band(who, other, row.wat, "afspraak", url) for other in others]
        if not others:
            found.append(registry.Band(middle, who, row.wat, "afspraak", url))
    return found


def public_partners(wijk: Wijk, on: date) -> dict[str, Any] | None:
    """What residents read about who works in their wijk: organisations and what they are, no people (one query)."""
    rows = (
        Partnerrol.objects.on(on)
        .filter(wijk=wijk, is_openbaar=True, partner__is_actief=True)
        .select_related("partner")
        .order_by("partner__naam", "rol")
    )
    found: dict[int, tuple[Partner, list[Partnerrol]]] = {}
    for row in rows:
        found.setdefault(row.partner_id, (row.partner, []))[1].append(row)
    return {"partners": list(found.values())} if found else None


def waiting_reports(rows: OvereenkomstQuerySet, on: date) -> OvereenkomstQuerySet:
    """With, for each agreement, whether a report is late and whether one waits to be looked at."""
    mine = Halfjaarverslag.objects.filter(overeenkomst=OuterRef("pk"))
    return rows.annotate(
        verslag_laat=Exists(mine.filter(status=Verslagstatus.GEVRAAGD, uiterlijk__lt=on)),
        verslag_wacht=Exists(mine.filter(status=Verslagstatus.INGEDIEND)),
    )
