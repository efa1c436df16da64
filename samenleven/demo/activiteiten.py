"""Invented proposals for activities in every state, and the activities that came of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from kern.gebruikers.models import Gebruiker, Rol
from wijken import actions as wijken_actions
from wijken.models import Bijeenkomst, Team

from ..actions import activiteiten as actions
from ..models import Activiteitvoorstel
from .degenks import wijken

MADE_UP = "Deze activiteit is verzonnen voor de demo."
# Title, what, who meets, where, kind, days from now (None: no decision yet), places.
VOORSTELLEN = [
    (
        "Lange tafel op het plein",
        "Iedereen brengt iets mee uit de eigen keuken.",
        "Twee straten.",
        "activiteit",
        11,
        60,
    ),
    (
        "Vertelavond over de mijn",
        "Oud-mijnwerkers vertellen, jongeren vragen.",
        "Jong en oud.",
        "dialoogmoment",
        17,
        40,
    ),
    ("Fietsen herstellen voor de buurt", "Breng je fiets mee, we leren het elkaar.", "", "activiteit", 24, 12),
    ("Zaaien in de moestuin", "We delen plantjes en gereedschap.", "Nieuwe en oude buren.", "activiteit", -20, 30),
    ("Praten over pesten op het plein", "Ouders en jongeren samen aan tafel.", "Ouders en jongeren.", "", None, None),
    ("Dansen in de sporthal", "Een avond met muziek van overal.", "", "", None, None),
]


@transaction.atomic
def fill(now: datetime) -> int:
    """Add them where there are none yet; how many there are then."""
    user = Gebruiker.objects.filter(groups__name=Rol.SAMENLEVINGSCOORDINATOR, is_demo=True).first()
    team = Team.objects.filter(is_actief=True).order_by("pk").first()
    if Activiteitvoorstel.objects.exists() or user is None or team is None:
        return Activiteitvoorstel.objects.count()
    for place, row in enumerate(VOORSTELLEN):
        _proposal(place, row, user, team, now)
    return len(VOORSTELLEN)


def _proposal(
    place: int,
    words: tuple[str, str, str, str, int | None, int | None],
    user: Gebruiker,
    team: Team,
    now: datetime,
) -> None:
    titel, wat, wie, soort, days, places = words
    at = now - timedelta(days=60 - place)
    areas = wijken()
    row = actions.propose(
        inzending=uuid4(), titel=titel, beschrijving=f"{wat} {MADE_UP}", ontmoeting=wie,
        wijk=areas[(3 * place) % len(areas)], wanneer="op een avond of in het weekend",
        waar="Buurthuis De Voorbeeldzaal",
        verwacht=30, kosten=Decimal(150), nodig="tafels en stoelen", naam="Buur (demo)",
        organisatie="Buurtwerking De Voorbeeldboom" if place % 2 else "",
        email=f"voorstel{place + 1}@demo.genk-wijk.example", telefoon="", taal="nl", at=at,
    )  # fmt: skip
    row = actions.confirm(voorstel=row, at=at + timedelta(hours=1))
    if days is None:
        if place == len(VOORSTELLEN) - 1:
            actions.refuse(
                voorstel=row, reden="De sporthal is dan bezet. Stel gerust een andere dag voor.",
                at=at + timedelta(days=4), versie=row.versie,
            )  # fmt: skip
        return
    begin = timezone.localtime(now + timedelta(days=days)).replace(hour=19, minute=0, second=0, microsecond=0)
    row = actions.accept(
        voorstel=row, soort=soort, titel=f"{titel} (demo)", begin=begin, einde=begin + timedelta(hours=3),
        locatie="Buurthuis De Voorbeeldzaal", team=team, capaciteit=places, reden="Mooi idee, we werken het samen uit.",
        door=user, at=at + timedelta(days=4), versie=row.versie,
    )  # fmt: skip
    meeting = Bijeenkomst.objects.get(pk=row.bijeenkomst_id)
    announced = wijken_actions.announce_meeting(bijeenkomst=meeting, versie=meeting.versie, at=at + timedelta(days=5))
    if days < 0:
        _held(announced, begin)


def _held(meeting: Bijeenkomst, begin: datetime) -> None:
    """One that is over, with who came as counts, what it cost and how it went."""
    after = begin + timedelta(days=2)
    wijken_actions.hold_due(at=after)
    row = Bijeenkomst.objects.get(pk=meeting.pk)
    wijken_actions.record_meeting(
        bijeenkomst=row, versie=row.versie, at=after, aanwezigen=34, aanwezige_kinderen=9,
        organisaties="Buurtwerking De Voorbeeldboom", verslag=f"We zaaiden twintig bakken in. {MADE_UP}",
        verslag_openbaar=True, kosten=Decimal(142), kosten_toelichting="grond en koffie",
        evaluatie="Veel nieuwe gezichten. Volgende keer meer gieters.", evaluatie_score=5,
        mix={
            ("leeftijd", "jonger dan 18"): 9, ("leeftijd", "18 tot 34"): 8, ("leeftijd", "35 tot 64"): 11,
            ("leeftijd", "65 en ouder"): 6, ("taal", "vooral Nederlands"): 15, ("taal", "vooral een andere taal"): 12,
            ("taal", "beide"): 7,
        },
    )  # fmt: skip
