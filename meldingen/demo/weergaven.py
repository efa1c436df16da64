"""Saved views of the demo: of a person, of a team, for a role; one with a seintje, one that goes out as a file."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from kern.gebruikers.models import Gebruiker, Rol
from wijken.models import Teamlid

from ..actions import uitvoer, weergaven
from ..models import Uitvoer, Uitvoerplan, Vorm

COLUMNS = ["nummer", "wat", "waar", "prioriteit", "termijn", "status", "wie", "doen"]


def fill(now: datetime, dice: random.Random) -> None:
    """Views for the wijkmanager of the demo and the team, one for every teamleider, and what was taken out."""
    at = now - timedelta(days=9)
    manager = Gebruiker.objects.filter(is_demo=True, groups__name=Rol.WIJKMANAGER).order_by("pk").first()
    leader = Gebruiker.objects.filter(is_demo=True, groups__name=Rol.TEAMLEIDER).order_by("pk").first()
    if manager is None:
        return
    team = Teamlid.objects.filter(gebruiker=manager).select_related("team").order_by("pk").first()
    haste = weergaven.save_view(
        naam="Te laat in mijn wijken",
        filters="lijst=wijk&termijn=laat&volgorde=termijn",
        kolommen=COLUMNS,
        door=manager,
        at=at,
    )
    shared = weergaven.save_view(
        naam="Nieuw, nog van niemand",
        filters="lijst=zonder&status=nieuw",
        kolommen=[],
        door=manager,
        at=at,
        team=team.team if team else None,
    )
    week = weergaven.save_view(
        naam="Deze week te doen",
        filters="lijst=wijk&termijn=vandaag&termijn=week",
        kolommen=[],
        door=manager,
        at=at,
    )
    weergaven.tell_me(gebruiker=manager, weergave=shared, gezien=[], at=at)
    uitvoer.plan_export(
        weergave=week,
        eigenaar=manager,
        at=now,
        ritme=Uitvoerplan.Ritme.WEEK,
        dag=(now + timedelta(days=2)).isoweekday(),
        vorm=Vorm.XLSX,
        alle_kolommen=False,
    )
    if leader:
        weergaven.save_view(
            naam="Te laat bij ons team",
            filters="lijst=team&termijn=laat",
            kolommen=[],
            door=leader,
            at=at,
            rol=Rol.TEAMLEIDER,
        )
    for view, count, days in ((haste, 7, 6), (week, 12, 2)):
        uitvoer.write_down(
            door=manager,
            at=now - timedelta(days=days),
            wat=view.naam,
            filters=view.filters,
            vorm=Vorm.XLSX,
            kolommen=COLUMNS,
            met_contact=False,
            wijze=Uitvoer.Wijze.METEEN,
            aantal=count,
        )
