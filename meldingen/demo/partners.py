"""Invented work of partners and teams. The organisations exist; their contact data and what they answer are made up."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery

from kern.gebruikers.models import Gebruiker
from kern.termijnen import add_working_days, load_calendar, local_date
from wijken import actions as wijken
from wijken.models import Contactvraag, Partner, Team

from .. import actions
from ..actions import deeltaak, partner
from ..models import Categorie, Deeltaak, Gebeurtenis, Melding, MeldingBeeld, Partneropdracht, Partnerwerk
from ..states import Opdrachtstatus, Sluitreden, Status
from .reports import in_working_hours
from .reports import photo as drawn_photo

DOMAIN = "partner.genk-wijk.example"
PARTNERS = {
    "Agentschap Wegen en Verkeer (AWV)": (
        *(Partner.Soort.OVERHEID, "awv", "nl", 15),
        ("put-in-de-weg", "verkeersbord", "onveilig"),
    ),
    "De Lijn": (*(Partner.Soort.VERVOER, "delijn", "nl", 10), ("zwerfvuil", "bank", "volle-vuilnisbak")),
    "Fluvius": (*(Partner.Soort.NUTSBEDRIJF, "fluvius", "nl", 10), ("losse-tegel", "rioolkolk")),
    "Aannemer Groen & Pad (verzonnen)": (
        *(Partner.Soort.AANNEMER, "groenenpad", "nl", 5),
        ("onkruid", "boom", "toegankelijkheid"),
    ),
    "Entreprise Demo (inventée)": (
        *(Partner.Soort.AANNEMER, "entreprise", "fr", 8),
        ("graffiti", "speeltuin", "fietswrak"),
    ),
}
TASK = "Wil je dit bekijken en herstellen? Zet de plek af als het gevaarlijk is."


def fill(now: datetime, dice: random.Random) -> None:
    """Partners with tasks in every state, their contact in every state, and sub-tasks in every state."""
    partners = _add_partners(now)
    # The longest quiet ones first: what was given weeks ago can be late by now.
    quiet = Gebeurtenis.objects.filter(melding=OuterRef("pk")).order_by("-op").values("op")[:1]
    reports = list(
        Melding.objects.filter(
            status__in=[Status.NIEUW, Status.TOEGEWEZEN, Status.IN_BEHANDELING], categorie__is_gevoelig=False
        )
        .annotate(laatst=Subquery(quiet))
        .filter(laatst__lt=now - timedelta(hours=6))
        .select_related("categorie", "team", "wijk", "melder", "behandelaar")
        .order_by("-laatst", "pk")
    )
    handler = Gebruiker.objects.filter(groups__name="wijkmanager", is_active=True).order_by("pk").first()
    if handler is None:
        return
    for who, step in (*((None, step) for step in _with_teams(now)), *_with_partners(partners, now, dice)):
        if not reports:
            return
        codes = PARTNERS[partners[who].naam][4] if who is not None else ()
        report = next((row for row in reversed(reports) if row.categorie.code in codes), reports[-1])
        reports.remove(report)
        step(report, report.behandelaar or _manager(report) or handler)


def _add_partners(now: datetime) -> list[Partner]:
    """One confirmed, one that does not answer, one with a proposal, one that was just asked."""
    made = []
    for naam, (soort, login, taal, term, codes) in PARTNERS.items():
        row = Partner.objects.create(
            naam=naam,
            soort=soort,
            email=f"{login}@{DOMAIN}",
            telefoon="089 00 00 00",
            website=f"https://{login}.{DOMAIN}",
            taal=taal,
            termijn_werkdagen=term,
            is_demo=True,
            notities="Demo: de organisatie bestaat misschien, deze contactgegevens niet.",
            bevestigd_op=local_date(now) - timedelta(days=40),
        )
        for categorie in Categorie.objects.filter(code__in=codes):
            Partnerwerk.objects.create(partner=row, categorie=categorie)
        made.append(row)
    for partner_, days in zip(made[1:4], (45, 12, 2), strict=True):
        Partner.objects.filter(pk=partner_.pk).update(bevestigd_op=local_date(now) - timedelta(days=365 + days))
        wijken.ask_contact(partner=partner_, at=now - timedelta(days=days))
    wijken.correct_contact(
        vraag=Contactvraag.objects.get(partner=made[2], antwoord=None),
        at=now - timedelta(days=3),
        email=f"nieuw.fluvius@{DOMAIN}",
        telefoon="089 11 11 11",
        website="",
        opmerking="Opdrachten voor straatverlichting gaan voortaan naar dit adres.",
    )
    return made


Step = Callable[[Melding, Gebruiker], None]


def _with_partners(partners: list[Partner], now: datetime, dice: random.Random) -> list[tuple[int, Step]]:
    """For each report what happens with it at a partner: one of every state, and one that is late."""

    def give(days: float, who: int, *, photo: bool = False) -> Callable[[Melding, Gebruiker], Partneropdracht]:
        def act(melding: Melding, door: Gebruiker) -> Partneropdracht:
            at = _moment(melding, now, days)
            term = add_working_days(local_date(at), partners[who].termijn_werkdagen, load_calendar())
            photos = list(MeldingBeeld.objects.filter(melding=melding).values_list("pk", flat=True))
            partner.give(
                melding=melding,
                partner=partners[who],
                tekst=TASK,
                termijn=max(term, local_date(at)),
                toelichting="Zij beheren dit stuk; wij volgen het op." if photo else "",
                door=door,
                at=at,
                fotos=photos,
            )
            return Partneropdracht.objects.get(melding=melding, afgerond_op=None)

        return act

    def answered(days: float, who: int, status: Opdrachtstatus, **fields: object) -> Step:
        def act(melding: Melding, door: Gebruiker) -> None:
            task = give(days, who, photo=True)(melding, door)
            at = in_working_hours(min(task.gegeven_op + timedelta(hours=20), now - timedelta(minutes=5)))
            at = min(at, now - timedelta(minutes=2))
            wanted = {name: value(at) if callable(value) else value for name, value in fields.items()}
            partner.answer(opdracht=task, inzending=_key(dice), status=status, at=at, **wanted)

        return act

    def taken_back(melding: Melding, door: Gebruiker) -> None:
        task = give(6, 4)(melding, door)
        at = min(task.gegeven_op + timedelta(hours=30), now - timedelta(minutes=5))
        partner.take_back(melding=melding, reden="Onze eigen ploeg was toevallig in de straat.", door=door, at=at)

    def closed_after(melding: Melding, door: Gebruiker) -> None:
        answered(9, 1, Opdrachtstatus.UITGEVOERD, tekst="Het is in orde.")(melding, door)
        last = melding.gebeurtenissen.latest("op").op
        at = min(last + timedelta(hours=3), now - timedelta(minutes=1))
        actions.close(
            melding=melding, sluitreden=Sluitreden.OPGELOST, toelichting="De partner herstelde het.", door=door, at=at
        )

    def photo(at: datetime) -> object:
        return [drawn_photo("na het herstel", dice)]

    def soon(at: datetime) -> object:
        return add_working_days(local_date(at), 9, load_calendar())

    return [
        (3, give(25, 3)),  # late by now
        (3, give(14, 3)),
        (0, answered(3, 0, Opdrachtstatus.AANGENOMEN, tekst="We bekijken dit op de volgende ronde.")),
        (2, answered(4, 2, Opdrachtstatus.GEPLAND, datum=soon, tekst="De ploeg van Genk komt langs.")),
        (4, answered(2, 4, Opdrachtstatus.GEPLAND, datum=soon, tekst="L’équipe passe avec le camion.")),
        (1, answered(6, 1, Opdrachtstatus.UITGEVOERD, tekst="Onze ploeg was er.", beelden=photo)),
        (2, answered(5, 2, Opdrachtstatus.NIET_VOOR_ONS, tekst="Dit stuk is niet van ons, maar van Proximus.")),
        (4, taken_back),
        (1, closed_after),
        (0, give(1, 0)),
    ]


def _with_teams(now: datetime) -> list[Step]:
    """For each report the sub-tasks that it gets: open, late, busy, done, dropped."""
    teams = {row.naam: row for row in Team.objects.filter(is_actief=True)}

    def give(melding: Melding, door: Gebruiker, days: float, due: int, *names: str, titel: str) -> list[Deeltaak]:
        at = _moment(melding, now, days)
        day = max(add_working_days(local_date(at), due, load_calendar()), local_date(at))
        found = [teams[naam] for naam in names if naam in teams]
        return deeltaak.hand_out(
            melding=melding,
            titel=titel,
            tekst="Kijk ter plaatse en laat weten wat je nodig hebt.",
            teams=found,
            uiterlijk=day,
            door=door,
            at=at,
        )

    def _later(row: Deeltaak, hours: float) -> datetime:
        return min(in_working_hours(row.gemaakt_op + timedelta(hours=hours)), now - timedelta(minutes=2))

    def fresh(melding: Melding, door: Gebruiker) -> None:
        give(melding, door, 1, 8, "Dienst wegen", "Dienst groen", titel="Kijk na wat er nodig is")

    def late(melding: Melding, door: Gebruiker) -> None:
        give(melding, door, 20, 4, "Buurtwerkplaats Noord", "Buurttoezicht Zuid", titel="Zet een hek rond de plek")

    def busy(melding: Melding, door: Gebruiker) -> None:
        one, two = give(melding, door, 4, 6, "Dienst netheid", "Dienst wegen", titel="Ruim op en herstel")
        deeltaak.start(deeltaak=one, door=_somebody(one.team) or door, at=_later(one, 5))
        finished = deeltaak.finish(
            deeltaak=two, door=_somebody(two.team) or door, at=_later(two, 20), afloop="De tegels liggen weer vast."
        )
        deeltaak.drop(
            deeltaak=give(melding, door, 1, 5, "Dienst groen", titel="Snoei de haag")[0],
            reden="De eigenaar doet het zelf.",
            door=door,
            at=_later(finished, 26),
        )

    def done(melding: Melding, door: Gebruiker) -> None:
        for row in give(melding, door, 7, 5, "Dienst groen", "Buurtwerkplaats Zuid", titel="Maak het pad vrij"):
            deeltaak.finish(deeltaak=row, door=_somebody(row.team) or door, at=_later(row, 30), afloop="In orde.")

    return [late, done, busy, fresh]


def _moment(melding: Melding, now: datetime, days: float) -> datetime:
    """So many days ago in working hours, but after what already happened to the report and before now."""
    last = melding.gebeurtenissen.latest("op").op
    at = in_working_hours(max(now - timedelta(days=days), last + timedelta(hours=1)))
    return min(at, now - timedelta(minutes=10))


def _manager(melding: Melding) -> Gebruiker | None:
    return _somebody(melding.team) if melding.team else None


def _somebody(team: Team) -> Gebruiker | None:
    row = team.leden.select_related("gebruiker").filter(gebruiker__is_active=True).order_by("pk").first()
    return row.gebruiker if row else None


def _key(dice: random.Random) -> uuid.UUID:
    return uuid.UUID(int=dice.getrandbits(128), version=4)
