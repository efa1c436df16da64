"""De Genks as it was, in numbers: 43 uitdagers, 3,200 people. Who they were was wiped long ago, as the rules say."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from wijken.models import Wijk

from ..actions import edities, toestemming
from ..models import (
    Citaat,
    Editieblok,
    Gesprek,
    Matrixtelling,
    Methode,
    Profielgroep,
    Profieltelling,
    Signaal,
    Thema,
    Toestemming,
    Traject,
    Uitdager,
    Waarvoor,
)
from ..states.gesprek import Status
from ..states.uitdager import Status as Uitdagerstatus
from .woorden import CITATEN, PLAATSEN, SIGNALEN, TITELS, VERHAAL

# Source: "Instrumenten lokaal woonbeleid Genk, 8. Leefbaarheid"; the number of conversations is ours.
UITDAGERS, MENSEN, GESPREKKEN = 43, 3200, 160
BEGIN = date(2009, 3, 2)
TALEN = ["nl"] * 12 + ["tr"] * 3 + ["it"] * 2 + ["ar", "fr", "pl"]
# The lesson of the project: too few people of Turkish and Moroccan origin among the uitdagers.
MATRIX = {
    "leeftijd": [2, 9, 17, 10, 5],
    "gender": [26, 17, 0],
    "taal": [30, 3, 6, 2, 2],
    "herkomst": [28, 3, 7, 1, 4],
    "werk": [24, 3, 6, 4, 6],
}
SHARES = {
    "leeftijd": [9, 20, 36, 21, 14],
    "gender": [57, 43, 0],
    "taal": [64, 13, 12, 6, 5],
    "herkomst": [55, 11, 15, 2, 17],
    "werk": [41, 12, 18, 12, 17],
}


def fill(dice: random.Random) -> None:
    traject = Traject.objects.get(slug="de-genks")
    uitdagers = _uitdagers(traject)
    gesprekken = _conversations(traject, uitdagers, dice)
    _count(traject, gesprekken, dice)
    _said(gesprekken, dice)
    _newspaper(traject)


def moment(day: date, hour: int = 20) -> datetime:
    """That day at that hour, in Brussels."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def wijken() -> list[Wijk]:
    """Where people live."""
    return list(Wijk.objects.exclude(naam__startswith="Industrieterrein").order_by("code"))


def _uitdagers(traject: Traject) -> list[Uitdager]:
    begin, end = moment(BEGIN - timedelta(days=60)), moment(date(2011, 6, 30))
    places = wijken()
    return Uitdager.objects.bulk_create(
        Uitdager(
            traject=traject,
            wijk=places[n % len(places)],
            status=Uitdagerstatus.GESTOPT,
            aangemeld_op=begin,
            bevestigd_op=begin,
            begonnen_op=begin,
            voorbij_op=end,
            bedankt_op=end,
            gewist_op=end + timedelta(days=365),
            heeft_matrix_gehad=True,
            is_demo=True,
        )
        for n in range(UITDAGERS)
    )


def _conversations(traject: Traject, uitdagers: list[Uitdager], dice: random.Random) -> list[Gesprek]:
    fase = traject.fasen.get(nummer=1)
    places, base = wijken(), MENSEN // GESPREKKEN
    sizes = [base] * GESPREKKEN
    for _ in range(4 * GESPREKKEN):
        giver, taker = dice.randrange(GESPREKKEN), dice.randrange(GESPREKKEN)
        if giver != taker and sizes[giver] > 6:
            sizes[giver], sizes[taker] = sizes[giver] - 1, sizes[taker] + 1
    rows = []
    for n, people in enumerate(sizes):
        day = BEGIN + timedelta(days=n * 3)
        rows.append(
            Gesprek(
                traject=traject,
                fase=fase,
                titel=f"{TITELS[n % len(TITELS)]} (demo)",
                datum=day,
                plaats=PLAATSEN[n % len(PLAATSEN)],
                # Some wijken were hardly reached, and the page has to show it.
                wijk=places[min(dice.randrange(len(places)), dice.randrange(len(places)))],
                methode=list(Methode)[n % 7],
                taal=dice.choice(TALEN),
                status=Status.NAGEKEKEN,
                aanwezigen=people,
                gemaakt_op=moment(day - timedelta(days=20)),
                ingevoerd_op=moment(day + timedelta(days=1)),
                nagekeken_op=moment(day + timedelta(days=8)),
            )
        )
    made = Gesprek.objects.bulk_create(rows)
    through = Gesprek.uitdagers.through
    through.objects.bulk_create(
        through(gesprek_id=row.pk, uitdager_id=uitdagers[n % UITDAGERS].pk) for n, row in enumerate(made)
    )
    return made


def _count(traject: Traject, gesprekken: list[Gesprek], dice: random.Random) -> None:
    groups: dict[str, list[Profielgroep]] = {}
    for groep in Profielgroep.objects.select_related("kenmerk"):
        groups.setdefault(groep.kenmerk.code, []).append(groep)
    Matrixtelling.objects.bulk_create(
        Matrixtelling(traject=traject, groep=groep, aantal=aantal)
        for code, counts in MATRIX.items()
        for groep, aantal in zip(groups.get(code, []), counts, strict=False)
    )
    tellingen = []
    for row in dice.sample(gesprekken, len(gesprekken) // 2):
        for code, shares in SHARES.items():
            people = dice.choices(range(len(shares)), shares, k=row.aanwezigen or 0)
            for place, groep in enumerate(groups.get(code, [])):
                if place < len(shares) and people.count(place):
                    tellingen.append(Profieltelling(gesprek=row, groep=groep, aantal=people.count(place)))
    Profieltelling.objects.bulk_create(tellingen)


def _said(gesprekken: list[Gesprek], dice: random.Random) -> None:
    themas = {thema.naam: thema for thema in Thema.objects.select_related("domein")}
    pool = [(thema, soort, tekst) for thema, rows in SIGNALEN.items() for soort, tekst in rows if thema in themas]
    rows = []
    for row in gesprekken:
        for nummer, (thema, soort, tekst) in enumerate(dice.sample(pool, 2), 1):
            rows.append(
                Signaal(
                    gesprek=row,
                    nummer=nummer,
                    soort=soort,
                    tekst=tekst,
                    thema=themas[thema],
                    domein=themas[thema].domein,
                    # Once is enough for readers: the same words of others count, but are not shown again.
                    is_openbaar=(thema, soort, tekst) in pool and _first(tekst, rows),
                )
            )
    Signaal.objects.bulk_create(rows)
    for row, (thema, tekst) in zip(dice.sample(gesprekken, len(CITATEN)), CITATEN, strict=True):
        quote(row, 1, tekst, themas.get(thema))


def _first(tekst: str, rows: list[Signaal]) -> bool:
    return all(row.tekst != tekst for row in rows)


def quote(row: Gesprek, nummer: int, tekst: str, thema: Thema | None) -> Citaat:
    """A quote that staff looked at, with the consent of who said it."""
    at = row.ingevoerd_op or row.gemaakt_op
    citaat = Citaat.objects.create(
        gesprek=row, nummer=nummer, tekst=tekst, thema=thema, is_goedgekeurd=True, gewijzigd_op=at
    )
    toestemming.give_consent(
        over=citaat, waarvoor=Waarvoor.WOORDEN, via=Toestemming.Via.PAPIER, at=at, code=row.citaatcode(nummer)
    )
    return citaat


def _newspaper(traject: Traject) -> None:
    at = moment(date(2010, 9, 15), 9)
    row = edities.start_edition(
        traject=traject,
        titel="Wat 3.200 Genkenaren zeggen",
        inleiding="Meer dan een jaar lang praatten Genkenaren met elkaar. Dit zijn hun struikelblokken, hun sleutels "
        "en wat ze zelf doen. De teksten in deze editie zijn verzonnen voor de demo.",
        at=at,
    )
    citaten = list(Citaat.objects.filter(gesprek__traject=traject).order_by("pk"))
    blocks: list[Editieblok] = []

    def text(soort: str, titel: str, tekst: str = "") -> None:
        blocks.append(Editieblok(editie=row, soort=soort, titel=titel, tekst=tekst))

    def signals(soort: str, count: int) -> None:
        found = Signaal.objects.public().filter(gesprek__traject=traject, soort=soort).order_by("pk")[:count]
        for place, signaal in enumerate(found):
            blocks.append(Editieblok(editie=row, soort=Editieblok.Soort.SIGNAAL, signaal=signaal))
            if place % 3 == 1 and citaten:
                blocks.append(Editieblok(editie=row, soort=Editieblok.Soort.CITAAT, citaat=citaten.pop(0)))

    text(Editieblok.Soort.VERHAAL, "De open poort", VERHAAL)
    text(Editieblok.Soort.TUSSENTITEL, "Struikelblokken")
    signals(Signaal.Soort.STRUIKELBLOK, 12)
    text(Editieblok.Soort.TUSSENTITEL, "Sleutels")
    signals(Signaal.Soort.SLEUTEL, 12)
    text(Editieblok.Soort.TUSSENTITEL, "Wat we zelf doen")
    signals(Signaal.Soort.EIGEN_ACTIE, 9)
    for place, blok in enumerate(blocks, 1):
        blok.volgorde = place
    Editieblok.objects.bulk_create(blocks)
    row.status, row.gepubliceerd_op = "gepubliceerd", at
    row.save()
