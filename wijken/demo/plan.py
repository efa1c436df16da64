"""A made-up multi-year plan, figures and programme for the demo. None of the numbers is real."""

from __future__ import annotations

import random
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from kern.gebruikers.models import Gebruiker

from .. import actions
from ..models import (
    Actieplan,
    Behoefte,
    Beleidsdoelstelling,
    Beleidsdomein,
    Doelstelling,
    Impulsperiode,
    Indicator,
    Indicatorwaarde,
    Meerjarenplan,
    Partner,
    PlanActie,
    Planbedrag,
    Programmapunt,
    Wijk,
)
from ..states.programma import Puntstatus

SEED = 2026
SOURCE = "Verzonnen cijfers voor de demo, in de vorm van Provincies in Cijfers"
LICENCE = "geen: verzonnen"

# (title, goals, domains, [(action plan, [(action, service, euro a year, invests)])])
PLAN = [
    (
        "Genk is een stad van wijken waar het goed leven is",
        ["fysieke-leefbaarheid", "sociale-leefbaarheid", "participatie"],
        ["wonen", "stadsprojecten"],
        [
            (
                "Straten en pleinen zijn van iedereen",
                [
                    ("Speelplekken en rustbanken in elke wijk", "Dienst groen", 60_000, True),
                    ("Voetpaden zonder drempels rond woonzorgcentra", "Dienst wegen", 140_000, True),
                    ("Buurttoezicht en buurtwerkplaatsen", "Gebiedsgerichte werking", 310_000, False),
                ],
            ),
            (
                "Bewoners beslissen mee over hun wijk",
                [
                    ("Wijkbudget en bewonersplatformen", "Gebiedsgerichte werking", 90_000, False),
                    ("Wijkbureaus dicht bij huis", "Gebiedsgerichte werking", 45_000, False),
                ],
            ),
        ],
    ),
    (
        "Alle Genkenaren voelen zich thuis en krijgen kansen",
        ["sociale-cohesie", "talentontwikkeling", "tewerkstelling"],
        ["welzijn"],
        [
            (
                "Een intensieve aanpak in de impulswijken",
                [
                    ("Buurtwerk rond ontmoeting, betrokkenheid en vorming", "Welzijn", 404_000, False),
                    ("Jobcoaches in de wijk", "OCMW", 120_000, False),
                ],
            ),
            (
                "Een brede leeromgeving",
                [
                    ("Taal en spel voor jonge kinderen", "Onderwijs", 75_000, False),
                    ("Brede school in elke wijk", "Onderwijs", 160_000, True),
                ],
            ),
        ],
    ),
    (
        "Genk woont betaalbaar en duurzaam",
        ["fysieke-leefbaarheid"],
        ["wonen"],
        [("De mijncités vernieuwen", [("Premies voor woningen in de cités", "Wonen", 200_000, False)])],
    ),
]

# code, name, factor, unit, explanation, higher is better, kind of period, middle of the city, spread, public
INDICATORS = [
    (
        "kansarmoede",
        "Kansarmoede-index",
        "opvoeding",
        "%",
        "Van de kinderen van 0 tot 3 jaar: hoeveel geboren zijn in een kansarm gezin.",
        False,
        "jaar",
        21,
        7,
        True,
    ),
    (
        "kleuterparticipatie",
        "Kleuters die genoeg naar school gaan",
        "opvoeding",
        "%",
        "Van de kleuters: hoeveel genoeg halve dagen naar school gaan.",
        True,
        "schooljaar",
        94,
        3,
        True,
    ),
    (
        "werkzaamheid",
        "Werkzaamheidsgraad",
        "tewerkstelling",
        "%",
        "Van de mensen van 20 tot 64 jaar: hoeveel er werk hebben.",
        True,
        "jaar",
        66,
        6,
        True,
    ),
    (
        "werkloosheid",
        "Werkloosheidsgraad",
        "tewerkstelling",
        "%",
        "Van wie werkt of werk zoekt: hoeveel er werk zoeken.",
        False,
        "jaar",
        10,
        4,
        True,
    ),
    (
        "schoolse-vertraging",
        "Schoolse vertraging",
        "onderwijs",
        "%",
        "Van de leerlingen in het lager onderwijs: hoeveel een jaar of meer achter zijn.",
        False,
        "schooljaar",
        15,
        5,
        True,
    ),
    (
        "zonder-diploma",
        "Leerlingen die stoppen zonder diploma",
        "onderwijs",
        "%",
        "Van de jongeren die de school verlaten: hoeveel geen diploma hebben.",
        False,
        "schooljaar",
        13,
        5,
        False,
    ),
    (
        "thuistaal",
        "Thuistaal niet het Nederlands",
        "taal",
        "%",
        "Van de leerlingen in het lager onderwijs: hoeveel thuis een andere taal spreken.",
        None,
        "schooljaar",
        43,
        15,
        True,
    ),
]

# factor, what, who, partner or not, days until it is due, state, goals
POINTS = [
    (
        "tewerkstelling",
        "Jobcoach op maandag in het buurthuis",
        "maatschappelijk werk OCMW",
        True,
        120,
        "loopt",
        ["tewerkstelling"],
    ),
    ("taal", "Praatgroep Nederlands voor ouders", "buurtopbouwwerk", True, 60, "afgesproken", ["sociale-cohesie"]),
    (
        "opvoeding",
        "Spelnamiddag voor jonge gezinnen, elke maand",
        "huis van het kind",
        True,
        -12,
        "loopt",
        ["sociale-cohesie"],
    ),
    (
        "onderwijs",
        "Huiswerkbegeleiding in de bibliotheek",
        "dienst onderwijs",
        False,
        -40,
        "klaar",
        ["talentontwikkeling"],
    ),
    ("opvoeding", "Opvoedingspunt in het wijkbureau", "opvoedingswinkel", True, 30, "gestopt", []),
]


@transaction.atomic
def fill(now: datetime) -> None:
    """Add all of it where there is no plan yet."""
    if Meerjarenplan.objects.exists():
        return
    dice = random.Random(SEED)  # noqa: S311 (nothing secret)
    _plan(now.date(), dice)
    _impulswijken(now)
    _figures(now.date(), dice)
    _programme(now, dice)
    _ties(now)


def _plan(on: date, dice: random.Random) -> None:
    plan = Meerjarenplan.objects.create(
        naam="Meerjarenplan 2026–2031 (demo)",
        van=2026,
        tot=2031,
        is_fictief=True,
        toelichting="Verzonnen voor de demo: geen van deze doelstellingen en bedragen is van de stad Genk.",
    )
    goals = {row.code: row for row in Doelstelling.objects.all()}
    domains = {row.code: row for row in Beleidsdomein.objects.all()}
    amounts = []
    for b, (title, to_goals, to_domains, plans) in enumerate(PLAN, 1):
        goal = Beleidsdoelstelling.objects.create(plan=plan, code=f"BD-{b:02}", naam=title, is_prioritair=b < 3)
        goal.doelstellingen.set(goals[code] for code in to_goals if code in goals)
        goal.domeinen.set(domains[code] for code in to_domains if code in domains)
        for p, (name, acts) in enumerate(plans, 1):
            ap = Actieplan.objects.create(
                beleidsdoelstelling=goal, code=f"AP-{b:02}.{p:02}", naam=name, is_prioritair=b < 3
            )
            for a, (what, service, euro, invests) in enumerate(acts, 1):
                actie = PlanActie.objects.create(
                    actieplan=ap,
                    code=f"A-{b:02}.{p:02}.{a:02}",
                    naam=what,
                    dienst=service,
                    is_prioritair=b < 3,
                    status=dice.choice(["gepland", "in_uitvoering", "in_uitvoering"]),
                )
                for year in plan.jaren:
                    budget = Decimal(round(euro * dice.uniform(0.9, 1.2), -2))
                    spent = round(budget * Decimal(str(round(dice.uniform(0.5, 0.95), 2))), 2)
                    kind = "investering" if invests else "exploitatie"
                    done = spent if year <= on.year else None
                    amounts.append(Planbedrag(actie=actie, jaar=year, soort=kind, budget=budget, gerealiseerd=done))
    Planbedrag.objects.bulk_create(amounts)


def _impulswijken(now: datetime) -> None:
    """The wijken of the demo that are impulswijken, with their period; one that was one before."""
    on = now.date()
    for wijk in Wijk.objects.filter(is_impulswijk=True, impulsperiodes=None):
        begin = wijk.impulswijk_sinds or date(on.year - 1, 1, 1)
        Impulsperiode.objects.create(wijk=wijk, van=begin, reden="In de demo aangeduid, naar de eerste wijkmanagers.")
    former = Wijk.objects.filter(is_impulswijk=False, impulsperiodes=None).order_by("code").first()
    if former:
        Impulsperiode.objects.create(
            wijk=former, van=date(2021, 1, 1), tot=date(2023, 12, 31), reden="In de demo: drie jaar lang."
        )
    actions.settle_impuls(now)


def _figures(on: date, dice: random.Random) -> None:
    wijken = [wijk for wijk in Wijk.objects.all() if "Industrieterrein" not in wijk.naam]
    rows = []
    for order, (code, name, factor, unit, words, better, kind, middle, spread, public) in enumerate(INDICATORS):
        indicator = Indicator.objects.create(
            code=code,
            naam=name,
            factor=factor,
            uitleg=words,
            eenheid=unit,
            hoger_is_beter=better,
            periodesoort=kind,
            bron=SOURCE,
            licentie=LICENCE,
            is_openbaar=public,
            is_fictief=True,
            volgorde=order,
        )
        years = range(on.year - 6, on.year - 1)
        periods = [f"{year}-{year + 1}" if kind == "schooljaar" else str(year) for year in years]
        for wijk in (*wijken, None):
            worse = 1 if wijk and wijk.is_impulswijk else dice.uniform(-1, 0.6) if wijk else 0
            level = middle + (spread * worse if better is not True else -spread * worse)
            for step, period in enumerate(periods):
                people = dice.randint(30, 400) if wijk else 5000
                if wijk and dice.random() < 0.06:
                    people = dice.randint(1, 9)  # too few: the database hides it
                value = max(0.5, min(99.5, level + dice.uniform(-1.5, 1.5) - step * 0.3))
                rows.append(
                    Indicatorwaarde(
                        indicator=indicator,
                        wijk=wijk,
                        periode=period,
                        waarde=Decimal(str(round(value, 1))),
                        aantal=people,
                    )
                )
    Indicatorwaarde.objects.bulk_create(rows, batch_size=1000)


def _programme(now: datetime, dice: random.Random) -> None:
    partners = [
        Partner.objects.get_or_create(
            naam=f"{name} (demo)", defaults={"soort": Partner.Soort.WELZIJN, "is_demo": True, "notities": "Verzonnen."}
        )[0]
        for name in ("OCMW-wijkteam", "Buurtwerk De Brug")
    ]
    goals = {row.code: row for row in Doelstelling.objects.all()}
    manager = Gebruiker.objects.filter(is_demo=True, email__startswith="wijkmanager-").order_by("pk").first()
    on = now.date()
    for wijk in Wijk.objects.filter(is_impulswijk=True).order_by("code")[:4]:
        for factor, what, who, with_partner, days, state, to_goals in POINTS:
            due = on + timedelta(days=days + dice.randint(-5, 5))
            ended = state in (Puntstatus.KLAAR, Puntstatus.GESTOPT)
            point = Programmapunt.objects.create(
                wijk=wijk,
                factor=factor,
                titel=what,
                toelichting="Verzonnen voor de demo. Afgesproken op het wijkoverleg.",
                partner=dice.choice(partners) if with_partner else None,
                wie=who,
                van=due - timedelta(days=150),
                tegen=due,
                status=state,
                reden="De ruimte was niet langer vrij." if state == Puntstatus.GESTOPT else "",
                resultaat="Elke week kwamen er twaalf kinderen." if state == Puntstatus.KLAAR else "",
                klaar_op=now - timedelta(days=20) if ended else None,
                sleutel=uuid.UUID(int=dice.getrandbits(128)),
                gemaakt_op=now - timedelta(days=100),
                gemaakt_door=manager,
            )
            point.doelstellingen.set(goals[code] for code in to_goals if code in goals)


def _ties(now: datetime) -> None:
    """What needs there are, are tied to the plan, each to another degree."""
    plan = Meerjarenplan.objects.get()
    door = Gebruiker.objects.filter(is_demo=True, email__startswith="wijkmanager-").order_by("pk").first()
    acts = list(PlanActie.objects.order_by("code")[:3])
    said = [
        ("volledig", acts[0], "Deze plek staat met naam in de actie."),
        ("verweven", acts[1], "De actie pakt heel de buurt aan; deze plek is er een van."),
        ("niet", None, "Hiervoor is in dit plan geen geld voorzien; volgend jaar kijken we opnieuw."),
    ]
    for need, (degree, place, why) in zip(Behoefte.objects.order_by("pk"), said, strict=False):
        if door:
            actions.tie_to_plan(van=need, plan=plan, waarin=place, mate=degree, reden=why, door=door, at=now)
