"""The monitoring table in use: knelpunten in every step, planned and late, with photos and reports. All made up."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any
from uuid import uuid4

from kern.beelden import actions as beelden
from kern.gebruikers.models import Gebruiker, Rol
from kern.termijnen import local_date
from wijken.models import Team

from ..actions import knelpunten as actions
from ..actions.opnemen import Ingevuld, Waarde, record
from ..actions.prioriteit import propose_all
from ..models import Bewonersvraag, Knelpunt, KnelpuntBeeld
from ..queries import monitoring
from ..rules import monitoring as rules
from ..rules.woorden import Antwoord, Haalbaarheid, Haalbaarheidsreden, Onderwerp, Operator
from ..states import Knelpuntstatus
from .rondes import drawing

S = Knelpuntstatus
EACH = 6
REPORTS = 6
# How to come from `vastgesteld` to each status.
WAYS: dict[Knelpuntstatus, tuple[Knelpuntstatus, ...]] = {
    S.VASTGESTELD: (),
    S.BEOORDEELD: (S.BEOORDEELD,),
    S.AANVAARD: (S.BEOORDEELD, S.AANVAARD),
    S.DOORVERWEZEN: (S.BEOORDEELD, S.DOORVERWEZEN),
    S.NIET_UITVOEREN: (S.BEOORDEELD, S.NIET_UITVOEREN),
    S.GEPLAND: (S.BEOORDEELD, S.AANVAARD, S.GEPLAND),
    S.IN_UITVOERING: (S.BEOORDEELD, S.AANVAARD, S.GEPLAND, S.IN_UITVOERING),
    S.UITGEVOERD: (S.BEOORDEELD, S.AANVAARD, S.GEPLAND, S.IN_UITVOERING, S.UITGEVOERD),
    S.GECONTROLEERD: (S.BEOORDEELD, S.AANVAARD, S.GEPLAND, S.UITGEVOERD, S.GECONTROLEERD),
    S.HEROPEND: (S.BEOORDEELD, S.AANVAARD, S.GEPLAND, S.UITGEVOERD, S.HEROPEND),
    S.VERVALLEN: (S.VERVALLEN,),
}
REASONS = {
    S.NIET_UITVOEREN: "Fictief: de gevel is beschermd en er is een vlakke route op 40 meter.",
    S.DOORVERWEZEN: "Fictief: dit is een gewestweg.",
    S.GECONTROLEERD: "Fictief: ter plaatse nagekeken, de boordsteen is nu vlak.",
    S.HEROPEND: "Fictief: de nieuwe tegels liggen weer los.",
    S.VERVALLEN: "Fictief: de straat is heraangelegd.",
}
SOLUTIONS = (
    "Verlaag de boordsteen tot 2 cm",
    "Verplaats de paal naar de rand van het trottoir",
    "Leg noppentegels over de hele breedte",
    "Vlak de tegels opnieuw uit",
)


def fill(now: datetime, dice: random.Random) -> None:
    """Some in each step, in many wijken; then what residents reported near them, and every priority."""
    who = Gebruiker.objects.filter(is_demo=True)
    planner = who.filter(groups__name=Rol.TOEGANKELIJKHEIDSCOORDINATOR).order_by("pk").first()
    other = who.filter(groups__name=Rol.BEHEERDER).order_by("pk").first()
    if planner is None or other is None:
        return
    propose_all(now, closed=True)
    spread = Knelpunt.objects.filter(status=S.VASTGESTELD, vastgesteld_op__isnull=False, ernst__gte=2)
    by_wijk: dict[int | None, list[Knelpunt]] = {}
    for row in spread.order_by("pk"):
        by_wijk.setdefault(row.wijk_id, []).append(row)
    wijken = cycle(list(by_wijk.values()))
    teams = list(Team.objects.filter(is_actief=True).order_by("pk")[:3])
    for way in WAYS.values():
        for number in range(EACH):
            row = next((found.pop() for found in (next(wijken) for _ in by_wijk) if found), None)
            if row is not None:
                _walk(row, way, number, (planner, other), teams, now, dice)
    _proposed(planner, now)
    _reports(planner, now)
    propose_all(now, closed=True)


def _walk(
    row: Knelpunt,
    way: tuple[Knelpuntstatus, ...],
    number: int,
    people: tuple[Gebruiker, Gebruiker],
    teams: list[Team],
    now: datetime,
    dice: random.Random,
) -> None:
    planner, other = people
    today = local_date(now)
    year = today.year + number % 5
    hard = number % 3 == 0
    fields: dict[S, dict[str, Any]] = {
        S.BEOORDEELD: {
            "haalbaarheid": Haalbaarheid.LASTIG if hard else Haalbaarheid.GOED,
            "haalbaarheidsreden": Haalbaarheidsreden.BUDGET if hard else "",
            "oplossing": row.oplossing or dice.choice(SOLUTIONS),
            "kost_laag": 500 + 250 * number,
            "kost_hoog": 900 + 600 * number,
        },
        S.DOORVERWEZEN: {"doorverwezen_naar": "Agentschap Wegen en Verkeer"},
        S.GEPLAND: {
            "planning": rules.term_of(year, today.year, monitoring.settings_row().regels),
            "planjaar": year,
            "dienst": teams[number % len(teams)] if teams else None,
            "verantwoordelijke": planner if number % 2 or not teams else None,
            # One in three should have been ready by now.
            "uiterlijk": today - timedelta(days=12 + number) if hard else None,
        },
        S.UITGEVOERD: {"uitgevoerd_op": today - timedelta(days=6 + number)},
    }
    for target in way:
        if target == S.GECONTROLEERD and row.criterium_id:
            _measure_again(row, planner, now)
            break
        row = actions.step(
            knelpunt=row, naar=target, door=planner, at=now, versie=None, reden=REASONS.get(target, ""),
            fields=fields.get(target, {}),
        )  # fmt: skip
        if target == S.NIET_UITVOEREN:
            row = actions.answer_refusal(knelpunt=row, akkoord=True, door=other, at=now, versie=None)
    if S.UITGEVOERD in way and number < 2:
        _photos(row, planner, now, dice)


def _measure_again(row: Knelpunt, door: Gebruiker, now: datetime) -> None:
    """A value that meets the norm: what was measured is checked by measuring."""
    if row.norm is None or row.object is None or row.criterium is None:
        return
    limit = row.norm.maximum if row.norm.maximum is not None else row.norm.minimum
    good = Decimal(1) if row.norm.operator == Operator.JA or limit is None else limit
    values = {row.criterium.code: Waarde(good)}
    record(object=row.object, ingevuld=Ingevuld(uuid4(), values, now), door=door, at=now)


def _photos(row: Knelpunt, door: Gebruiker, now: datetime, dice: random.Random) -> None:
    for moment, words in (
        ("voor", "Getekende demofoto van voor het werk"),
        ("na", "Getekende demofoto van na het werk"),
    ):
        beeld = beelden.store(drawing(words, dice), alt_tekst=words)
        KnelpuntBeeld.objects.create(knelpunt=row, beeld=beeld, moment=moment, genomen_op=local_date(now), door=door)


def _proposed(planner: Gebruiker, now: datetime) -> None:
    """Two proposals not to act wait for somebody else."""
    for row in Knelpunt.objects.filter(status=S.BEOORDEELD).order_by("pk")[:2]:
        actions.step(
            knelpunt=row, naar=S.NIET_UITVOEREN, door=planner, at=now, versie=None, reden=REASONS[S.NIET_UITVOEREN]
        )


def _reports(planner: Gebruiker, now: datetime) -> None:
    """Reports about accessibility stand with knelpunten that are open, and with one that was carried out."""
    kind = monitoring.report_kind()
    if kind is None:
        return
    model: Any = kind.model
    found = model.objects.filter(categorie__code__in=rules.REPORT_CATEGORIES, plaats__isnull=False)
    reports = list(found.order_by("-ontvangen_op", "-pk")[:REPORTS])
    open_rows = list(
        Knelpunt.objects.filter(status__in=[S.AANVAARD, S.GEPLAND], plaats__isnull=False).order_by("pk")[:2]
    )
    for report, row in zip(reports[:-1], cycle(open_rows), strict=False):
        if row is not None:
            actions.link(knelpunt=row, melding=report, door=planner, at=now)
    if reports:
        made = Knelpunt(
            titel="Te hoge boordsteen (fictief)", onderwerp=Onderwerp.OVERSTEEKPLAATS, plaats=reports[-1].plaats
        )
        actions.from_report(knelpunt=made, melding=reports[-1], door=planner, at=now)
    for answer, row in zip(Antwoord, Knelpunt.objects.filter(status=S.UITGEVOERD).order_by("pk"), strict=False):
        Bewonersvraag.objects.create(
            knelpunt=row, uitgevoerd_op=row.uitgevoerd_op, gevraagd_op=now, antwoord=answer, beantwoord_op=now
        )
