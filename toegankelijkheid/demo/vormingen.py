"""Trainings that were held and that are to come. All made up."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from kern.gebruikers.models import Gebruiker, Rol
from wijken import actions as wijken
from wijken.models import Bijeenkomst, Team

from ..actions import vormingen as actions
from ..rules.woorden import Onderwerp

COURSES = (
    ("Een oversteek waar iedereen over kan (fictief)", [Onderwerp.OVERSTEEKPLAATS], "wie wegen ontwerpt", 12),
    ("Stoepborden en terrassen (fictief)", [Onderwerp.LOOPROUTE, Onderwerp.STRAATMEUBILAIR], "winkeliers", 40),
    ("Hellingen en trappen meten (fictief)", [Onderwerp.HELLINGSBAAN, Onderwerp.BUITENTRAP], "aannemers", -30),
)


def fill(now: datetime, dice: random.Random) -> None:
    """Two to come, and one that was held last month with how many were there."""
    planner = Gebruiker.objects.filter(groups__name=Rol.TOEGANKELIJKHEIDSCOORDINATOR).order_by("pk").first()
    team = Team.objects.filter(is_actief=True).order_by("soort", "pk").first()
    if planner is None or team is None:
        return
    hour = now.replace(hour=13, minute=0, second=0, microsecond=0)
    for titel, themas, doelgroep, days in COURSES:
        begin = hour + timedelta(days=days)
        told = min(now, begin - timedelta(days=20))
        row = actions.plan(
            themas=themas,
            doelgroep=doelgroep,
            door=planner,
            at=told,
            titel=titel,
            beschrijving="Verzonnen voor de demo: we meten samen in de straat en kijken wat beter kan.",
            begin=begin,
            einde=begin + timedelta(hours=3),
            locatie="Stadhuis, zaal 3",
            team=team,
            capaciteit=20,
        )
        meeting = wijken.announce_meeting(bijeenkomst=row.bijeenkomst, versie=row.bijeenkomst.versie, at=told)
        if days < 0:
            Bijeenkomst.objects.filter(pk=meeting.pk).update(status="gehouden")
            Bijeenkomst.objects.filter(pk=meeting.pk).update(aanwezigen=14)
