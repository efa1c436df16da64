"""100% Genks as it runs now: a round of conversations half way, a sheet to look at, an edition in the making."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings

from kern.gebruikers.models import Gebruiker, Rol

from ..actions import edities, gesprekken, uitdagers, vormingen
from ..actions.gesprekken import Blad, NieuwCitaat, NieuwSignaal, Oordeel
from ..models import (
    Citaat,
    Fase,
    Gesprek,
    Matrixtelling,
    Methode,
    Profielgroep,
    Signaal,
    Thema,
    Traject,
    Uitdager,
    Vorming,
)
from .degenks import wijken
from .woorden import CITATEN, PLAATSEN, SIGNALEN, TITELS, VOORNAMEN

HELD, TO_CHECK, PLANNED, GOAL = 18, 2, 3, 600
TALEN = ["nl", "nl", "nl", "tr", "it", "nl", "fr", "nl", "ar", "nl"]
MATRIX = {
    "leeftijd": [0, 3, 7, 5, 1],
    "gender": [11, 5, 0],
    "taal": [9, 5, 1, 1, 0],
    "herkomst": [9, 5, 1, 0, 1],
    "werk": [8, 1, 2, 5, 0],
}


def fill(now: datetime, dice: random.Random) -> None:
    traject = Traject.objects.get(slug="100-genks")
    traject.zoekt_uitdagers = True
    traject.save()
    today = now.date()
    fase = Fase.objects.create(
        traject=traject,
        nummer=1,
        naam="Gespreksronde (demo)",
        beschrijving="Deze ronde, haar doel en haar gesprekken zijn verzonnen voor de demo.",
        van=today - timedelta(days=120),
        tot=today + timedelta(days=120),
        doel_personen=GOAL,
    )
    coach = Gebruiker.objects.filter(groups__name=Rol.SAMENLEVINGSCOORDINATOR, is_demo=True).first()
    if coach is None:
        coach = Gebruiker.objects.filter(groups__name=Rol.BEHEERDER).first()
    people = _uitdagers(traject, coach, now)
    _training(traject, people, now)
    _conversations(traject, fase, people, coach, now, dice)
    _edition(traject, coach, now)


def _uitdagers(traject: Traject, coach: Gebruiker | None, now: datetime) -> list[Uitdager]:
    """Ten at work, two candidates, one not chosen, one who still has to confirm."""
    places = wijken()
    rows = []
    for n, voornaam in enumerate(VOORNAMEN):
        at = now - timedelta(days=130 - 4 * n)
        row = uitdagers.sign_up(
            inzending=uuid4(),
            traject=traject,
            naam=f"{voornaam} (demo)",
            email=f"uitdager{n + 1}@demo.genk-wijk.example",
            telefoon="",
            wijk=places[(5 * n) % len(places)],
            motivatie="Ik wil met mijn straat praten over hoe we elkaar helpen.",
            taal=settings.LANGUAGE_CODE,
            at=at,
        )
        Uitdager.objects.filter(pk=row.pk).update(is_demo=True, heeft_matrix_gehad=True)
        if n < 15:
            row = uitdagers.confirm(uitdager=row, at=at + timedelta(hours=2))
        if n < 12:
            row = uitdagers.accept(uitdager=row, coach=coach, at=at + timedelta(days=3), versie=row.versie)
        elif n == 12:
            row = uitdagers.decline(uitdager=row, at=at + timedelta(days=3), versie=row.versie)
        rows.append(row)
    groups: dict[str, list[Profielgroep]] = {}
    for groep in Profielgroep.objects.select_related("kenmerk"):
        groups.setdefault(groep.kenmerk.code, []).append(groep)
    Matrixtelling.objects.bulk_create(
        Matrixtelling(traject=traject, groep=groep, aantal=aantal)
        for code, counts in MATRIX.items()
        for groep, aantal in zip(groups.get(code, []), counts, strict=False)
    )
    return rows[:12]


def _training(traject: Traject, people: list[Uitdager], now: datetime) -> None:
    for titel, days in (
        ("Een goed gesprek leiden", -100),
        ("Luisteren en samenvatten", -60),
        ("Wat je hoort opschrijven", 9),
    ):
        begin = (now + timedelta(days=days)).replace(hour=18, minute=0, second=0, microsecond=0)
        row = vormingen.save_training(
            vorming=Vorming(
                traject=traject,
                titel=f"{titel} (demo)",
                inhoud="Een avond om te oefenen met de vier vragen en met het blad.",
                begin=begin,
                einde=begin + timedelta(hours=3),
                locatie="Stadhuis, zaal 2",
            )
        )
        vormingen.invite(vorming=row, uitdagers=people)
        if days < 0:
            present = {rij.pk: rij.pk % 5 != 0 for rij in row.deelnames.all()}
            vormingen.note_attendance(vorming=row, was_er=present)


def _conversations(
    traject: Traject,
    fase: Fase,
    people: list[Uitdager],
    coach: Gebruiker | None,
    now: datetime,
    dice: random.Random,
) -> None:
    places = wijken()
    themas = {thema.naam: thema for thema in Thema.objects.select_related("domein")}
    groepen = list(Profielgroep.objects.filter(kenmerk__code="herkomst").order_by("volgorde"))
    pool = [(thema, soort, tekst) for thema, rows in SIGNALEN.items() for soort, tekst in rows]
    for n in range(HELD + TO_CHECK + PLANNED):
        planned = n >= HELD + TO_CHECK
        day = now + timedelta(days=6 * (n - HELD - TO_CHECK + 1) if planned else 5 * (n - HELD - TO_CHECK))
        row = gesprekken.plan_conversation(
            gesprek=Gesprek(
                traject=traject,
                fase=fase,
                titel=f"{TITELS[n % len(TITELS)]} (demo)",
                datum=day.date(),
                plaats=PLAATSEN[n % len(PLAATSEN)],
                wijk=places[(3 * n) % (len(places) // 2) + (len(places) // 2 if n % 4 == 0 else 0)],
                methode=list(Methode)[n % 6],
                taal=TALEN[n % len(TALEN)],
                begeleider=coach,
            ),
            uitdagers=[people[n % len(people)]],
            at=day - timedelta(days=20),
        )
        if planned:
            continue
        size = dice.randint(9, 24)
        who = dice.choices(groepen, [60, 8, 17, 2, 13][: len(groepen)], k=size)
        quote = CITATEN[n % len(CITATEN)]
        row = gesprekken.enter_sheet(
            gesprek=row,
            blad=Blad(
                datum=day.date(),
                aanwezigen=size,
                antwoorden={
                    "vandaag": "We groeten elkaar, maar we kennen elkaar te weinig. (demo)",
                    "ikzelf": "De eerste stap zetten en iemand uitnodigen. (demo)",
                    "samen": "Een vast moment op het plein. (demo)",
                    "bestuur": "Een lokaal openstellen en de brief eenvoudiger maken. (demo)",
                },
                signalen=[
                    NieuwSignaal(soort, tekst, themas.get(thema)) for thema, soort, tekst in dice.sample(pool, 3)
                ],
                citaten=[NieuwCitaat(1, f"{quote[1]}")] if n % 3 == 0 else [],
                profiel={groep: who.count(groep) for groep in groepen},
            ),
            at=day + timedelta(hours=20),
        )
        if n < HELD and coach:
            gesprekken.check_sheet(
                gesprek=row,
                antwoorden={},
                signalen={
                    rij.nummer: Oordeel(rij.tekst, _is_new(rij.tekst), rij.soort, rij.thema, rij.domein)
                    for rij in row.signalen.select_related("thema", "domein")
                },
                citaten={rij.nummer: Oordeel(rij.tekst, True, "", themas.get(quote[0])) for rij in row.citaten.all()},
                klaar=True,
                door=coach,
                at=day + timedelta(days=2),
                versie=row.versie,
            )


def _is_new(tekst: str) -> bool:
    return not Signaal.objects.public().filter(tekst=tekst, gesprek__traject__slug="100-genks").exists()


def _edition(traject: Traject, coach: Gebruiker | None, now: datetime) -> None:
    row = edities.start_edition(
        traject=traject,
        titel="Zo praat Genk nu",
        inleiding="Een editie in de maak. De teksten zijn verzonnen voor de demo.",
        at=now - timedelta(days=3),
    )
    for signaal in Signaal.objects.public().filter(gesprek__traject=traject).order_by("pk")[:6]:
        edities.add_signal(editie=row, signaal=signaal, at=now)
    for citaat in Citaat.objects.public().filter(gesprek__traject=traject).order_by("pk")[:2]:
        edities.add_quote(editie=row, citaat=citaat, at=now)
