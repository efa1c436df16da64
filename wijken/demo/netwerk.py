"""An invented network in three wijken: partners with people and roles, agreements with reports, and agreed tasks.

The organisations, people, amounts and words are all made up, and their names say so.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date

from .. import actions
from ..actions import Bereikt, Gevraagd
from ..models import Buurtwerkthema, Contactvraag, Halfjaarverslag, Partner, Partnerpersoon, Partnerrol, Wijk
from ..queries import wijkmanagers_of
from ..states.netwerk import Verslagstatus

DOMAIN = "partner.genk-wijk.example"
NOTE = "Demo: deze organisatie en haar mensen zijn verzonnen."
Rol = Partnerrol.Rol
# naam: soort, login, taal, what they are for residents, and the people (naam, functie)
PARTNERS = {
    "Buurthuis De Kiem (demo)": (
        *(Partner.Soort.WELZIJN, "dekiem", "nl"),
        (Rol.ONTMOETING, "Elke werkdag open: koffie, huiswerk en een luisterend oor."),
        (("Rita Demo", "coördinator"), ("Joris Demo", "buurtopbouwwerker")),
    ),
    "Opbouwwerk Samen Sterk (demo)": (
        *(Partner.Soort.WELZIJN, "samensterk", "nl"),
        (Rol.OPBOUWWERK, "Gaat langs de deuren en brengt bewoners samen."),
        (("Samira Demo", "opbouwwerker"),),
    ),
    "Woonmaatschappij Ons Dak (demo)": (
        *(Partner.Soort.WONEN, "thuis", "nl"),
        (Rol.WONEN, "Zitdag voor huurders, elke eerste dinsdag."),
        (("Luc Demo", "sociaal verhuurder"),),
    ),
    "School De Linde (demo)": (
        *(Partner.Soort.ANDERE, "delinde", "nl"),
        (Rol.ONDERWIJS, "Brede school: de speelplaats is na vier uur voor de buurt."),
        (("Fatma Demo", "brugfiguur"),),
    ),
    "Maison du Travail (démo)": (
        *(Partner.Soort.WELZIJN, "travail", "fr"),
        (Rol.WERK, "Helpt bij het zoeken naar werk of opleiding."),
        (("Claire Démo", "jobcoach"),),
    ),
    "Jeugdhuis De Schacht (demo)": (
        *(Partner.Soort.VERENIGING, "deschacht", "nl"),
        (Rol.JEUGD, "Jeugdwerk op het plein, woensdag en vrijdag."),
        (("Noah Demo", "jeugdwerker"),),
    ),
}
RESULTS = (
    Gevraagd(Buurtwerkthema.ONTMOETING, "Open ontmoetingsmomenten in het buurthuis", 80, "momenten"),
    Gevraagd(Buurtwerkthema.BETROKKENHEID, "Bewoners die voor het eerst mee beslissen over hun straat", 60, "bewoners"),
    Gevraagd(Buurtwerkthema.VORMING, "Oefenkansen Nederlands", 30, "lessen"),
    Gevraagd(Buurtwerkthema.BETROKKENHEID, "Wat we leerden over wie moeilijk te bereiken is"),
)


@transaction.atomic
def fill(now: datetime) -> None:
    """Fill three wijken; again does no harm."""
    wijken = list(Wijk.objects.order_by("-is_impulswijk", "naam")[:3])
    if Partnerrol.objects.exists() or len(wijken) < 3:
        return
    today = local_date(now)
    managers = wijkmanagers_of([wijk.pk for wijk in wijken], today, with_deputies=False)
    door = next((people[0] for wijk in wijken if (people := managers.get(wijk.pk))), None)
    if door is None:
        return
    partners = [_partner(naam, now, today, wijken, number) for number, naam in enumerate(PARTNERS)]
    _agreements(partners, wijken, door, now, today)
    for number, wijk in enumerate(wijken):
        _tasks(partners, wijk, (managers.get(wijk.pk) or [door])[0], now, today, number)
    _contacts(partners, now)


def _partner(naam: str, now: datetime, today: date, wijken: list[Wijk], number: int) -> Partner:
    soort, login, taal, (rol, words), people = PARTNERS[naam]
    row = Partner.objects.create(
        naam=naam,
        soort=soort,
        email=f"{login}@{DOMAIN}",
        telefoon="089 00 00 00",
        website=f"https://{login}.{DOMAIN}",
        taal=taal,
        is_demo=True,
        notities=NOTE,
        bevestigd_op=today - timedelta(days=60),
    )
    here = wijken if number < 3 else [wijken[number % 3], wijken[(number + 1) % 3]]
    first = None
    for place, (name, function) in enumerate(people):
        address = f"{name.split()[0].lower()}.{login}@{DOMAIN}"
        person = actions.add_person(
            partner=row,
            naam=name,
            functie=function,
            email=address,
            telefoon="0470 00 00 00",
            wijken=here if place == 0 else here[:1],
            at=now - timedelta(days=400 if number == 1 else 120),
        )
        first = first or person
    for wijk in here:
        start = today - timedelta(days=300)
        actions.give_role(partner=row, wijk=wijk, rol=rol, van=start, toelichting=words, persoon=first)
    if number == 0:
        actions.give_role(
            partner=row,
            wijk=wijken[0],
            rol=Rol.WELZIJN,
            van=today - timedelta(days=700),
            tot=today - timedelta(days=310),
        )
    return row


def _agreements(partners: list[Partner], wijken: list[Wijk], door: Gebruiker, now: datetime, today: date) -> None:
    """One that runs with a report to look at, one that ends soon with a late one, one in draft, one that is over."""
    year = date(today.year, 1, 1)
    kiem, opbouw, _wonen, _school, travail, jeugd = partners

    def make(partner: Partner, titel: str, van: date, tot: date, bedrag: str, where: list[Wijk], start: bool) -> None:
        at = now - timedelta(days=max((today - van).days, 1))
        row = actions.draft_agreement(
            partner=partner,
            titel=titel,
            van=van,
            tot=tot,
            bedrag=Decimal(bedrag),
            wijken=where,
            themas=[Buurtwerkthema.ONTMOETING, Buurtwerkthema.BETROKKENHEID, Buurtwerkthema.VORMING],
            resultaten=RESULTS,
            toelichting=NOTE,
            persoon=partner.personen.first(),
            door=door,
            at=at,
        )
        if start:
            actions.start_agreement(overeenkomst=row, versie=row.versie)

    next_year = date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)
    make(kiem, "Buurthuiswerk (demo)", year - timedelta(days=365), next_year[1], "48000", wijken, True)
    make(opbouw, "Opbouwwerk (demo)", year, today + timedelta(days=50), "36500", wijken[:2], True)
    make(travail, "Werkwinkel in de wijk (demo)", *next_year, "15000", wijken[:1], False)
    over = year - timedelta(days=500), today - timedelta(days=40)
    make(jeugd, "Pleinwerking (demo)", *over, "12000", wijken[1:], True)
    actions.end_passed(today=today)
    _reports(now, today)


def _reports(now: datetime, today: date) -> None:
    """What is over was asked; the oldest came in and was looked at, the next waits, the last keeps a draft."""
    passed = Halfjaarverslag.objects.filter(tot__lt=today).order_by("overeenkomst_id", "van")
    by_agreement: dict[int, list[Halfjaarverslag]] = {}
    for row in passed:
        by_agreement.setdefault(row.overeenkomst_id, []).append(row)
    for number, reports in enumerate(by_agreement.values()):
        for place, row in enumerate(reports):
            asked = datetime.combine(row.tot + timedelta(days=1), now.timetz())
            actions.ask_report(verslag=row, at=min(asked, now))
            last = place == len(reports) - 1
            lines = [
                Bereikt(
                    result.pk,
                    None if result.doel is None else result.doel // (5 - place % 3),
                    "Demo: het liep goed, met elke week een vaste kern." if place % 2 == 0 else "",
                )
                for result in row.overeenkomst.resultaten.all()
            ]
            words = "Demo: dit half jaar vonden meer mensen de weg, vooral op woensdag."
            if last and number == 1:
                actions.keep_report(verslag=row, tekst=words, regels=lines)
                continue
            at = min(datetime.combine(row.tot + timedelta(days=20), now.timetz()), now)
            actions.send_report(verslag=row, tekst=words, regels=lines, at=at)
            follower = row.overeenkomst.gemaakt_door
            if follower and not (last and number == 0):
                actions.accept_report(verslag=row, door=follower, at=at)
    Halfjaarverslag.objects.filter(status=Verslagstatus.GEVRAAGD).update(herinneringen=1)


def _tasks(partners: list[Partner], wijk: Wijk, door: Gebruiker, now: datetime, today: date, number: int) -> None:
    here = [
        row.partner for row in Partnerrol.objects.on(today).filter(wijk=wijk).select_related("partner").order_by("pk")
    ]
    where = "wijkteam (demo)"

    def agree(wat: str, days: int, **who: object) -> object:
        return actions.agree(
            wijk=wijk,
            wat=wat,
            uiterlijk=today + timedelta(days=days),
            afgesproken_op=today - timedelta(days=12),
            waar=where,
            uitleg=NOTE,
            door=door,
            at=now - timedelta(days=12),
            **who,  # type: ignore[arg-type]
        )

    one, two = here[0], here[1]
    person = Partnerpersoon.objects.filter(partner=one).order_by("pk").first()
    agree("Een zaal zoeken voor de buurtbabbel", 9, partner=one, persoon=person, samen_met=[two])
    agree("De speelstraat aanvragen", 20, partner=here[-1], samen_met=[one])
    agree("Nakijken wie er nog geen brief kreeg", -4, partner=two)
    agree("Het verslag van het wijkteam rondsturen", 2, collega=door)
    done = agree("Affiches ophangen aan de school", -2, partner=here[2])
    actions.finish_task(afspraak=done, at=now - timedelta(days=3), afloop="Ze hangen er.", door_partner=True)  # type: ignore[arg-type]
    if number == 0:
        row = agree("Een babbelbank timmeren met jongeren", -6, partner=here[-1])
        actions.fail_task(afspraak=row, at=now - timedelta(days=5), afloop="Het hout kwam niet toe.", door_partner=True)  # type: ignore[arg-type]


def _contacts(partners: list[Partner], now: datetime) -> None:
    """One contact person has a proposal, one was just asked, one stopped."""
    people = list(Partnerpersoon.objects.filter(partner__in=partners).order_by("pk"))
    asked = actions.ask_person(persoon=people[0], at=now - timedelta(days=6))
    actions.correct_contact(
        vraag=Contactvraag.objects.get(pk=asked.pk),
        at=now - timedelta(days=4),
        naam=people[0].naam,
        functie="directeur",
        email=people[0].email,
        telefoon="0470 11 11 11",
        opmerking="Mijn nummer is veranderd.",
    )
    actions.ask_person(persoon=people[2], at=now - timedelta(days=2))
    actions.stop_person(persoon=people[-1], on=local_date(now) - timedelta(days=10))
