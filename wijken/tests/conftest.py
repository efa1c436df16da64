"""Two wijken side by side and the people who work there; the same cast for every test of wijken."""

from dataclasses import dataclass
from datetime import date

import pytest

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt
from wijken.models import Straat, Team, Teamlid, TeamWijk, Wijk, WijkRing

DAY = date(2026, 3, 2)
START = date(2024, 1, 1)
WEST = (Punt(5.48, 50.95), Punt(5.50, 50.95), Punt(5.50, 50.97), Punt(5.48, 50.97))
OOST = (Punt(5.50, 50.95), Punt(5.52, 50.95), Punt(5.52, 50.97), Punt(5.50, 50.97))


@dataclass
class Stad:
    west: Wijk
    oost: Wijk
    management_west: Team
    management_oost: Team
    wijkmanager: Gebruiker
    collega: Gebruiker


def make_wijk(code, naam, ring):
    centre = Punt(sum(p.lon for p in ring) / len(ring), sum(p.lat for p in ring) / len(ring))
    wijk = Wijk.objects.create(code=code, naam=naam, slug=naam.lower(), centrum=centre)
    WijkRing.objects.create(wijk=wijk, ring=ring)
    return wijk


def make_person(naam, **fields):
    return Gebruiker.objects.create_user(f"{naam.lower()}@genk.example", naam=naam, **fields)


def make_team(naam, soort, wijken, **fields):
    team = Team.objects.create(naam=naam, soort=soort, **fields)
    TeamWijk.objects.bulk_create(TeamWijk(team=team, wijk=wijk, van=START) for wijk in wijken)
    return team


def join(team, person, van=START, **fields):
    return Teamlid.objects.create(team=team, gebruiker=person, van=van, **fields)


def make_street(naam, zoeknaam, wijk, punt=None):
    return Straat.objects.create(naam=naam, zoeknaam=zoeknaam, plaats=punt or wijk.centrum, wijk=wijk)


@pytest.fixture
def stad(db):
    west, oost = make_wijk("W1", "West", WEST), make_wijk("W2", "Oost", OOST)
    soort = Team.Soort.WIJKMANAGEMENT
    management_west = make_team("Management West", soort, [west], email="west@genk.example")
    management_oost = make_team("Management Oost", soort, [oost])
    wijkmanager, collega = make_person("Wijkmanager"), make_person("Collega")
    join(management_west, wijkmanager, is_leider=True, toon_op_wijkpagina=True, bereikbaar="maandag van 9 tot 12 uur")
    join(management_oost, collega)
    return Stad(west, oost, management_west, management_oost, wijkmanager, collega)
