"""The norm book for every test, and the cast of the screening."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

import pytest
from django.apps import apps

from kern.gebruikers.models import Gebruiker, Rol
from meldingen.tests.factories import GebruikerFactory
from toegankelijkheid.models import Campagne, Criterium, Woonzorgzone
from toegankelijkheid.states import Campagnestatus
from wijken.models import Team, Wijk
from wijken.tests.conftest import WEST, join, make_team, make_wijk

from .factories import CampagneFactory, ZoneFactory


def load_book() -> None:
    """What the migrations brought; a browser test before this one may have emptied the database."""
    if not Criterium.objects.exists():
        for name in ("0002_levels", "0003_norm_book", "0004_ladders", "0007_monitoring_rules", "0011_advies_data"):
            import_module(f"toegankelijkheid.migrations.{name}").make(apps, None)


@pytest.fixture
def normenboek(db):
    load_book()


@dataclass
class Cast:
    """Everybody with their wijk, a zone over it, and a running campaign."""

    wijk: Wijk
    zone: Woonzorgzone
    campagne: Campagne
    coordinator: Gebruiker
    screener: Gebruiker
    wijkmanager: Gebruiker
    collega: Gebruiker
    lezer: Gebruiker
    beheerder: Gebruiker


@pytest.fixture
def cast(normenboek) -> Cast:
    wijk = make_wijk("W1", "West", WEST)
    wijkmanager = GebruikerFactory(rollen=[Rol.WIJKMANAGER])
    join(make_team("Management West", Team.Soort.WIJKMANAGEMENT, [wijk]), wijkmanager)
    screener = GebruikerFactory(rollen=[Rol.SCREENER])
    zone = ZoneFactory(wijken=[wijk])
    return Cast(
        wijk=wijk,
        zone=zone,
        campagne=CampagneFactory(
            zone=zone,
            screeners=[screener],
            status=Campagnestatus.LOPEND,
            onderwerpen=["looproute", "oversteekplaats", "hellingsbaan", "buitentrap", "halte"],
        ),
        coordinator=GebruikerFactory(rollen=[Rol.TOEGANKELIJKHEIDSCOORDINATOR]),
        screener=screener,
        wijkmanager=wijkmanager,
        collega=GebruikerFactory(rollen=[Rol.SCREENER, Rol.WIJKMANAGER]),
        lezer=GebruikerFactory(rollen=[Rol.LEZER]),
        beheerder=GebruikerFactory(rollen=[Rol.BEHEERDER]),
    )
