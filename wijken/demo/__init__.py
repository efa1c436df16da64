"""A made-up city to look around in: real names and centres of the wijken, everything else invented and marked so.

Source of the 31 names, centres and sizes: "Wijken voor omgevingsanalyse", Provincies in Cijfers (free reuse).
The outlines are not theirs: each is the area that lies nearer to that centre than to any other.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from kern.gebruikers.models import Gebruiker, Rol, Vervanging
from kern.geo import Punt
from kern.geo.geojson import Deel
from kern.geo.lambert import Stelsel, from_wgs84, to_wgs84
from kern.termijnen.models import Sluitingsdag

from .. import actions
from ..imports import Omtrek
from ..models import Stadsdeel, Straat, Team, Teamlid, TeamWijk, Wijk
from ..rules import zoeknaam

WIJKEN = Path(__file__).parents[1] / "data" / "wijken.csv"
# The official bounding box of the city in Lambert 72 metres. Source: Statbel, NIS 71016.
CITY_BOX = ((221382.0, 178697.0), (236127.0, 178697.0), (236127.0, 190648.0), (221382.0, 190648.0))
MAIL_DOMAIN = "demo.genk-wijk.example"
START = date(2024, 1, 1)

# The city has 8 stadsdelen whose names are not public: these groups are made up.
STADSDELEN = {
    "Noord": ("71016W30", "71016W31", "71016W20", "71016W17"),
    "Noordwest": ("71016W04", "71016W09", "71016W10", "71016W24"),
    "Noordoost": ("71016W26", "71016W27", "71016W19"),
    "West": ("71016W28", "71016W29", "71016W02", "71016W08"),
    "Zuidwest": ("71016W01", "71016W22", "71016W18"),
    "Centrum": ("71016W06", "71016W07", "71016W25", "71016W15", "71016W13"),
    "Oost": ("71016W03", "71016W05", "71016W12", "71016W23"),
    "Zuid": ("71016W14", "71016W16", "71016W21", "71016W11"),
}
# Seven wijkmanagers for eight stadsdelen; the one of the west also has the south-west.
MANAGERS = {
    "Noord": "Noor",
    "Noordwest": "Bilal",
    "Noordoost": "Elif",
    "West": "Wout",
    "Zuidwest": "Wout",
    "Centrum": "Sara",
    "Oost": "Giulia",
    "Zuid": "Karel",
}
HOURS = (
    "maandag en donderdag van 9 tot 12 uur",
    "dinsdag van 13 tot 16 uur en vrijdag van 9 tot 12 uur",
    "woensdag van 13 tot 18 uur",
)
CLOSING_DAYS = {
    (1, 2): "dag na Nieuwjaar",
    (7, 11): "feest van de Vlaamse Gemeenschap",
    (11, 2): "Allerzielen",
    (12, 26): "dag na Kerstmis",
}
NORTH = ("Noord", "Noordwest", "Noordoost", "West")

# fmt: off
STREET_BEGIN = (
    "Linden", "Berken", "Eiken", "Beuken", "Essen", "Wilgen", "Olmen", "Dennen", "Sparren", "Kastanje", "Hazelaar",
    "Esdoorn", "Meidoorn", "Sleedoorn", "Vlier", "Brem", "Varen", "Klaver", "Leeuwerik", "Merel", "Vinken", "Mezen",
    "Kievit", "Reiger", "Zwaluw", "Spechten", "Roodborst", "Vlinder", "Krekel", "Egel", "Vossen",
)
# fmt: on
STREET_END = ("straat", "laan", "weg", "plein", "pad")


@transaction.atomic
def fill(on: date) -> None:
    """Fill an empty portal with the demo's wijken, teams, people and streets; again does no harm.

    `on` is today: the stand-in of the demo is away around it.
    """
    _add_closing_days(on)
    rows = read_wijken()
    _draw_wijken(rows, on)
    _add_streets()
    people = _add_people()
    _add_teams(people)
    Vervanging.objects.get_or_create(
        afwezige=people["wijkmanager-oost"],
        vervanger=people["wijkmanager-centrum"],
        defaults={"van": on - timedelta(days=2), "tot": on + timedelta(days=12)},
    )


def _add_closing_days(on: date) -> None:
    """The days on which towns here usually close, for this year and the next: nobody is warned in the demo."""
    for year in (on.year, on.year + 1):
        for (month, day), naam in CLOSING_DAYS.items():
            Sluitingsdag.objects.get_or_create(datum=date(year, month, day), defaults={"naam": f"{naam} (demo)"})


def read_wijken() -> list[dict[str, str]]:
    """The facts of the 31 wijken."""
    with WIJKEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def nearest_centre_cells(centres: list[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """Per centre (Lambert metres) the part of the city's box nearer to it than to any other, counter-clockwise."""
    for x, y in centres:
        cell = list(CITY_BOX)
        for other_x, other_y in centres:
            if (other_x, other_y) != (x, y):
                half = (x + other_x) / 2, (y + other_y) / 2
                cell = _keep_side(cell, half, (x - other_x, y - other_y))
        yield cell


def _keep_side(
    ring: list[tuple[float, float]], through: tuple[float, float], towards: tuple[float, float]
) -> list[tuple[float, float]]:
    """The part of a convex ring on the side of the line that `towards` points to (Sutherland and Hodgman, 1974)."""

    def depth(point: tuple[float, float]) -> float:
        return (point[0] - through[0]) * towards[0] + (point[1] - through[1]) * towards[1]

    kept = []
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        before, after = depth(a), depth(b)
        if before >= 0:
            kept.append(a)
        if (before >= 0) != (after >= 0):
            share = before / (before - after)
            kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
    return kept


def _draw_wijken(rows: list[dict[str, str]], on: date) -> None:
    """Only where there are no outlines yet: a demo with imported outlines keeps them."""
    if Wijk.objects.filter(code__in=[row["code"] for row in rows]).exists():
        return
    centres = [Punt(float(row["lon"]), float(row["lat"])) for row in rows]
    cells = nearest_centre_cells(from_wgs84(centres, Stelsel.LAMBERT_72))
    actions.import_outlines(
        omtrekken=[
            Omtrek(row["code"], row["naam"], (Deel(_ring(cell)),)) for row, cell in zip(rows, cells, strict=True)
        ],
        benaderend=True,
    )
    stadsdelen = {
        code: Stadsdeel.objects.get_or_create(naam=f"{naam} (demo)", defaults={"is_fictief": True})[0]
        for naam, codes in STADSDELEN.items()
        for code in codes
    }
    wijken = {wijk.code: wijk for wijk in Wijk.objects.all()}
    for row, centre in zip(rows, centres, strict=True):
        wijk = wijken[row["code"]]
        wijk.centrum, wijk.stadsdeel = centre, stadsdelen[wijk.code]
        wijk.oppervlakte_km2 = float(row["km2"])
        wijk.is_impulswijk = row["aandachtswijk"] == "ja"
        if wijk.is_impulswijk:
            wijk.impulswijk_sinds = date(on.year - 1, 1, 1)
            wijk.inleiding = "In deze demo is dit een impulswijk: een wijk die extra aandacht krijgt."
        wijk.save()


def _ring(cell: list[tuple[float, float]]) -> tuple[Punt, ...]:
    rounded = [Punt(round(p.lon, 6), round(p.lat, 6)) for p in to_wgs84(cell, Stelsel.LAMBERT_72)]
    return tuple(p for p, following in zip(rounded, rounded[1:] + rounded[:1], strict=True) if p != following)


def _add_streets() -> None:
    """Five made-up streets in each wijk; none when there are streets already."""
    if Straat.objects.exists():
        return
    streets = []
    for begin, wijk in zip(STREET_BEGIN, Wijk.objects.prefetch_related("ringen").order_by("code"), strict=False):
        corners = max((row.ring for row in wijk.ringen.all() if not row.is_gat), key=len, default=(wijk.centrum,))
        for step, (end, corner) in enumerate(zip(STREET_END, cycle(corners), strict=False)):
            # Between the centre and a corner, so inside the cell.
            share = 0.15 + 0.1 * step
            plaats = Punt(
                round(wijk.centrum.lon + share * (corner.lon - wijk.centrum.lon), 6),
                round(wijk.centrum.lat + share * (corner.lat - wijk.centrum.lat), 6),
            )
            naam = f"{begin}{end}"
            streets.append(Straat(naam=naam, zoeknaam=zoeknaam(naam), plaats=plaats, wijk=wijk, is_fictief=True))
    Straat.objects.bulk_create(streets)


def _add_people() -> dict[str, Gebruiker]:
    """One demo account for each role and place, by the part of its address before the @."""
    wanted: dict[str, tuple[str, tuple[Rol, ...]]] = {
        "beheerder": ("Bea Beheerder", (Rol.BEHEERDER,)),
        "teamleider": ("Tom Teamleider", (Rol.TEAMLEIDER, Rol.BUURTTOEZICHTER)),
        "teamleider-werkplaats": ("Wendy Werkplaatsleider", (Rol.TEAMLEIDER, Rol.BUURTWERKPLAATS)),
        "buurttoezichter": ("Bram Buurttoezichter", (Rol.BUURTTOEZICHTER,)),
        "buurttoezichter-zuid": ("Zeynep Buurttoezichter", (Rol.BUURTTOEZICHTER,)),
        "buurtwerkplaats": ("Hassan Herstel", (Rol.BUURTWERKPLAATS,)),
        "buurtwerkplaats-zuid": ("Sofia Herstel", (Rol.BUURTWERKPLAATS,)),
        "meldpunt": ("Mia Meldpunt", (Rol.BEHANDELAAR,)),
        "groen": ("Guido Groen", (Rol.BEHANDELAAR,)),
        "wegen": ("Wim Wegen", (Rol.BEHANDELAAR,)),
        "netheid": ("Nadia Netheid", (Rol.BEHANDELAAR,)),
        "toegankelijkheid": ("Tine Toegankelijkheid", (Rol.TOEGANKELIJKHEIDSCOORDINATOR,)),
        "screener": ("Stef Screener", (Rol.SCREENER,)),
        "samenleven": ("Sam Samenleven", (Rol.SAMENLEVINGSCOORDINATOR,)),
        "lezer": ("Leo Lezer", (Rol.LEZER,)),
    }
    for stadsdeel, voornaam in MANAGERS.items():
        login = f"wijkmanager-{stadsdeel.lower()}"
        if stadsdeel != "Zuidwest":
            wanted[login] = (f"{voornaam} Wijkmanager", (Rol.WIJKMANAGER,))
    password = make_password(settings.DEMO_PASSWORD)
    groups = {rol: Group.objects.get_or_create(name=rol)[0] for rol in Rol}
    people = {}
    for login, (naam, rollen) in wanted.items():
        person, made = Gebruiker.objects.get_or_create(
            email=f"{login}@{MAIL_DOMAIN}",
            defaults={"naam": naam, "password": password, "is_demo": True},
        )
        if made:
            person.groups.set([groups[rol] for rol in rollen])
        people[login] = person
    return people


def _add_teams(people: dict[str, Gebruiker]) -> None:
    wijken = {wijk.code: wijk for wijk in Wijk.objects.all()}
    every = list(wijken.values())
    north = [wijken[code] for naam in NORTH for code in STADSDELEN[naam]]
    south = [wijk for wijk in every if wijk not in north]
    soort = Team.Soort
    for hours, (stadsdeel, codes) in zip(cycle(HOURS), STADSDELEN.items(), strict=False):
        login = "wijkmanager-west" if stadsdeel == "Zuidwest" else f"wijkmanager-{stadsdeel.lower()}"
        team = _team(f"Wijkmanagement {stadsdeel}", soort.WIJKMANAGEMENT, [wijken[code] for code in codes])
        _member(team, people[login], is_leider=True, toon_op_wijkpagina=True, bereikbaar=hours)
    toezicht_noord = _team("Buurttoezicht Noord", soort.BUURTTOEZICHT, north)
    toezicht_zuid = _team("Buurttoezicht Zuid", soort.BUURTTOEZICHT, south)
    werkplaats_noord = _team("Buurtwerkplaats Noord", soort.BUURTWERKPLAATS, north)
    werkplaats_zuid = _team("Buurtwerkplaats Zuid", soort.BUURTWERKPLAATS, south)
    for team, login in [
        (toezicht_noord, "buurttoezichter"),
        (toezicht_zuid, "buurttoezichter-zuid"),
        (werkplaats_noord, "buurtwerkplaats"),
        (werkplaats_zuid, "buurtwerkplaats-zuid"),
    ]:
        _member(team, people[login])
    for team in (toezicht_noord, toezicht_zuid):
        _member(team, people["teamleider"], is_leider=True)
    for team in (werkplaats_noord, werkplaats_zuid):
        _member(team, people["teamleider-werkplaats"], is_leider=True)
    _member(_team("Meldpunt", soort.MELDPUNT, []), people["meldpunt"], is_leider=True)
    for naam, login in [("Dienst groen", "groen"), ("Dienst wegen", "wegen"), ("Dienst netheid", "netheid")]:
        _member(_team(naam, soort.DIENST, every), people[login], is_leider=True)


def _team(naam: str, soort: Team.Soort, wijken: list[Wijk]) -> Team:
    login = naam.lower().replace(" ", "-")
    team, made = Team.objects.get_or_create(
        naam=naam, defaults={"soort": soort, "email": f"{login}@{MAIL_DOMAIN}", "telefoon": "089 00 00 00"}
    )
    if made:
        TeamWijk.objects.bulk_create(TeamWijk(team=team, wijk=wijk, van=START) for wijk in wijken)
    return team


def _member(team: Team, person: Gebruiker, **fields: object) -> None:
    Teamlid.objects.get_or_create(team=team, gebruiker=person, van=START, defaults=fields)
