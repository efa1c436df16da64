"""Invented threads in three wijken, from what residents reported and said to what came of it, in every state.

All names of people and organisations are made up; titles say "(demo)" where a stranger could take them for real.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from kern.gebruikers.models import Gebruiker
from kern.termijnen import load_calendar, local_date
from wijken import actions
from wijken.models import (
    Actie,
    Actievoorstel,
    Advies,
    Behoefte,
    Beleidsdomein,
    Contactmoment,
    Doelstelling,
    Looptijd,
    Mijlpaal,
    Partner,
    Team,
    Thema,
    Wijk,
)
from wijken.queries import wijkmanagers_of
from wijken.states.draad import Actiestatus, Mijlpaalstatus, Voorstelstatus

from ..models import Categorie, Melding

STADSDELEN = ("Noord (demo)", "Centrum (demo)", "Oost (demo)")
HELPERS = {
    "Buurtwerk De Brug (demo)": (Partner.Soort.WELZIJN, "brug", "nl"),
    "Woonmaatschappij Thuis (demo)": (Partner.Soort.WONEN, "thuis", "nl"),
    "Atelier du Quartier (demo)": (Partner.Soort.VERENIGING, "atelier", "fr"),
}
Kind = Contactmoment.Soort
MOMENTS: tuple[tuple[int, str, int, tuple[str, ...], tuple[str, ...]], ...] = (
    (-80, Kind.WIJKTEAM, 7, ("veiligheid",), ("Op het plein is het ’s avonds donker.", "De containers staan vol.")),
    (
        -64,
        Kind.BLOKGESPREK,
        23,
        ("buren en samenleven", "groen en spelen"),
        (
            "Er is geen plek voor kleine kinderen om te spelen.",
            "We kennen onze nieuwe buren niet.",
            "De bus komt op zondag te weinig.",
        ),
    ),
    (-52, Kind.HUISBEZOEK, 2, ("gezondheid en zorg",), ("Ik raak de trap niet meer af.", "Ik zie dagen niemand.")),
    (-38, Kind.WIJKTEAM, 8, ("werk", "taal"), ("Mensen vinden de weg niet naar Nederlandse les.",)),
    (-20, Kind.BUURTBABBEL, 31, ("netheid",), ("Het zwerfvuil ligt er weer na een week.", "Meer banken, graag.")),
    (-9, Kind.WIJKBUREAU, 5, ("wonen",), ("Mijn huis is vochtig en niemand komt kijken.",)),
    (-3, Kind.BERICHT, 1, ("verkeer en parkeren",), ("Auto’s rijden hier veel te snel voorbij de school.",)),
    (4, Kind.BLOKGESPREK, 0, ("groen en spelen",), ()),
)


def fill(now: datetime, dice: random.Random) -> None:
    """Threads in every state, in three wijken, each with its wijkmanager; none when there are actions already."""
    if Actie.objects.exists():
        return
    partners = [_partner(*row, now) for row in HELPERS.items()]
    for number, naam in enumerate(STADSDELEN):
        wijk = _busiest(naam)
        people = wijkmanagers_of([wijk.pk], local_date(now)).get(wijk.pk, []) if wijk else []
        if wijk and people:
            Verhaal(wijk, people[0], partners, now, dice, number).tell()


def _partner(naam: str, facts: tuple[str, str, str], now: datetime) -> Partner:
    soort, login, taal = facts
    row, _made = Partner.objects.get_or_create(
        naam=naam,
        defaults={
            "soort": soort,
            "email": f"{login}@demo.genk-wijk.example",
            "taal": taal,
            "is_demo": True,
            "bevestigd_op": local_date(now),
        },
    )
    return row


def _busiest(stadsdeel: str) -> Wijk | None:
    """The wijk with the most reports, so that a thread has something to begin with."""
    rows = Wijk.objects.filter(stadsdeel__naam=stadsdeel)
    return max(rows, key=lambda wijk: (Melding.objects.filter(wijk=wijk).count(), wijk.naam), default=None)


class Verhaal:
    """What happened in one wijk."""

    def __init__(
        self, wijk: Wijk, door: Gebruiker, partners: Sequence[Partner], now: datetime, dice: random.Random, number: int
    ) -> None:
        self.wijk, self.door, self.partners, self.now, self.dice, self.number = wijk, door, partners, now, dice, number
        self.teams = list(Team.objects.filter(soort=Team.Soort.DIENST, is_actief=True).order_by("naam")[:2])
        self.reports = list(
            Melding.objects.filter(wijk=wijk, categorie__is_gevoelig=False).order_by("ontvangen_op", "pk")
        )

    def day(self, days: float) -> datetime:
        return self.now + timedelta(days=days)

    def tell(self) -> None:
        """From first to last."""
        moments = self._meet()
        self._ended(moments)
        self._running(moments)
        self._talked_about()
        self._refused()
        self._stopped()
        self._open_needs(moments)

    def _meet(self) -> dict[tuple[int, str], Contactmoment]:
        made = {}
        for days, soort, people, themes, heard in MOMENTS:
            at = self.day(min(days, 0) + self.number / 10)
            street = self.wijk.straten.order_by("naam")[self.number % 5].naam if self.wijk.straten.exists() else ""
            row, _new = actions.note_moment(
                inzending=uuid.uuid4(),
                wijk=self.wijk,
                soort=soort,
                datum=timezone.localdate(at) + timedelta(days=max(days, 0)),
                adres="" if soort == Kind.BERICHT else street,
                aantal_mensen=people,
                samen_met=self.partners[0].naam if soort in (Kind.BLOKGESPREK, Kind.WIJKTEAM) else "",
                notities="",
                themas=Thema.objects.filter(naam__in=themes),
                gehoord=heard,
                door=self.door,
                at=at,
            )
            made[days, soort] = row
        for number, taal in ((1, "nl"), (2, "fr")):
            actions.keep_informed(
                moment=made[-64, Kind.BLOKGESPREK],
                email=f"buur{number}-{self.number}@bewoner.example",
                naam=f"Demobewoner {number}",
                taal=taal,
                at=self.day(-64),
            )
        return made

    def _need(
        self, titel: str, toelichting: str, sources: Sequence[Melding], days: float, **fields: object
    ) -> Behoefte:
        need = actions.make_need(
            wijk=self.wijk,
            titel=titel,
            toelichting=toelichting,
            bronnen=sources,
            herkomst=fields.pop("herkomst", Behoefte.Herkomst.MELDINGEN if sources else Behoefte.Herkomst.TEAM),  # type: ignore[arg-type]
            doelstellingen=Doelstelling.objects.filter(code__in=["fysieke-leefbaarheid", "participatie"]),
            domeinen=Beleidsdomein.objects.filter(code="welzijn"),
            door=self.door,
            at=self.day(days),
        )
        return actions.confirm_need(behoefte=need, door=self.door, at=self.day(days + 1), versie=1)

    def _proposal(
        self, need: Behoefte, titel: str, words: str, days: float, *, loop: str = Looptijd.KT
    ) -> Actievoorstel:
        return actions.make_proposal(
            wijk=self.wijk,
            behoeften=[need],
            titel=titel,
            voorstel=words,
            looptijd=loop,
            raming=self.dice.choice([1500, 4200, 12000, 35000]),
            doelstellingen=need.doelstellingen.all(),
            domeinen=need.domeinen.all(),
            door=self.door,
            at=self.day(days),
        )

    def _ask(self, row: Actievoorstel, days: float, term: float, answers: Sequence[str]) -> Actievoorstel:
        """Ask two partners and two services; the first of them answer."""
        row = actions.consult(
            voorstel=row,
            partners=self.partners[:2],
            teams=self.teams,
            tegen=local_date(self.day(term)),
            at=self.day(days),
        )
        words = {
            Advies.Standpunt.AKKOORD: "",
            Advies.Standpunt.MITS: "Als er iemand is die het onderhoudt.",
            Advies.Standpunt.NIET: "Daar is dit jaar geen geld voor.",
            Advies.Standpunt.GEEN: "",
        }
        for number, (advies, answer) in enumerate(zip(row.adviezen.order_by("pk"), answers, strict=False)):
            actions.give_advice(
                advies=advies,
                standpunt=answer,
                tekst=words[Advies.Standpunt(answer)],
                naam="Demomedewerker, coördinator",
                at=self.day(days + 2 + number),
            )
        return row

    def _decide(self, row: Actievoorstel, status: str, reden: str, days: float, uitkomst: str = "") -> Actievoorstel:
        row.refresh_from_db()
        return actions.decide(
            voorstel=row,
            status=status,
            reden=reden,
            uitkomst=uitkomst,
            beslist_in="overleg van de wijk (demo)",
            door=self.door,
            at=self.day(days),
            versie=row.versie,
        )

    def _action(
        self, source: Actievoorstel, titel: str, tekst: str, days: float, until: float, **fields: object
    ) -> Actie:
        return actions.make_action(
            wijk=self.wijk,
            voorstel=source,
            titel=titel,
            tekst=tekst,
            eigenaar=self.door,
            looptijd=source.looptijd,
            start=local_date(self.day(days)),
            einde=local_date(self.day(until)),
            budget=source.raming,
            domeinen=source.domeinen.all(),
            doelstellingen=source.doelstellingen.all(),
            door=self.door,
            at=self.day(days - 3),
            **{"budgetlijn": "Leefbaarheid in de wijken (demo)", **fields},
        )

    def _points(self, row: Actie, points: Sequence[tuple[str, float, str]]) -> list[Mijlpaal]:
        """Milestones: what, by when, and what came of it (empty: still open)."""
        made = []
        for titel, days, status in points:
            point = actions.add_milestone(actie=row, titel=titel, uiterlijk=local_date(self.day(days)))
            if status:
                actions.move_milestone(
                    mijlpaal=point,
                    status=status,
                    op=local_date(self.day(min(days, 0))),
                    reden="Dit bleek niet nodig." if status == Mijlpaalstatus.VERVALLEN else "",
                )
            made.append(point)
        return made

    def _start(self, row: Actie) -> Actie:
        row.refresh_from_db()
        return actions.start_action(actie=row, versie=row.versie)

    def _end(self, row: Actie, status: str, uitkomst: str, days: float) -> Actie:
        row.refresh_from_db()
        return actions.end_action(
            actie=row, status=status, uitkomst=uitkomst, door=self.door, at=self.day(days), versie=row.versie
        )

    def _ended(self, moments: dict[tuple[int, str], Contactmoment]) -> None:
        """Reports and a conversation became a need, a proposal, and an action that is finished: everybody heard."""
        need = self._need(
            "Een proper plein waar kinderen kunnen spelen (demo)",
            "Het vuil komt terug, en kinderen hebben er geen plek.",
            self.reports[:3],
            -62,
        )
        heard = moments[-64, Kind.BLOKGESPREK].gehoord.order_by("pk")[0]
        actions.make_need_of(gehoord=heard, behoefte=need, door=self.door, at=self.day(-61))
        words = "We zetten een vaste glasbol en een speeltoestel op het plein, en buren helpen het proper te houden."
        row = self._proposal(need, "Speelplein met vaste glasbol (demo)", words, -58)
        akkoord, mits = Advies.Standpunt.AKKOORD, Advies.Standpunt.MITS
        self._ask(row, -56, -44, (akkoord, mits, akkoord, akkoord))
        row = self._decide(row, Voorstelstatus.AANVAARD, "Iedereen is akkoord, en het kan dit jaar.", -43)
        actie = self._action(
            row,
            "Het plein wordt een speelplein (demo)",
            "Op het plein komen een speeltoestel en een vaste glasbol. Buren houden het mee proper.",
            -40,
            -6,
            betrokkenheid=Actie.Betrokkenheid.SAMEN,
            betrokkenheid_tekst="Kinderen kozen het speeltoestel.",
        )
        actions.add_partner(actie=actie, partner=self.partners[0], rol="begeleidt de buren")
        self._start(actie)
        done = Mijlpaalstatus.GEHAALD
        points = self._points(
            actie,
            [
                ("Kinderen kozen het toestel", -30, done),
                ("Het toestel staat er", -14, done),
                ("Glasbol geplaatst", -8, done),
            ],
        )
        actions.add_evidence(
            mijlpaal=points[1], tekst="Het toestel staat er en is gekeurd (demo).", door=self.door, at=self.day(-13)
        )
        self._end(
            actie,
            Actiestatus.AFGEROND,
            "Het speeltoestel en de glasbol staan er. Tien buren ruimen samen op, elke eerste zaterdag.",
            -6,
        )

    def _running(self, moments: dict[tuple[int, str], Contactmoment]) -> None:
        """One action on plan, one behind it, and one that still has to start."""
        need = self._need(
            "Veilig naar school stappen (demo)", "Ouders brengen kinderen met de auto.", self.reports[3:5], -50
        )
        row = self._proposal(need, "Schoolstraat op proef (demo)", "De straat gaat dicht bij begin en einde.", -47)
        self._ask(row, -46, -36, (Advies.Standpunt.AKKOORD, Advies.Standpunt.MITS, Advies.Standpunt.AKKOORD))
        row = self._decide(row, Voorstelstatus.BIJGESTUURD, "Eerst op proef, voor drie maanden.", -33)
        done, dropped = Mijlpaalstatus.GEHAALD, Mijlpaalstatus.VERVALLEN
        plan = self._action(
            row,
            "Een schoolstraat op proef (demo)",
            "De straat gaat ’s morgens en ’s middags dicht voor auto’s. Na drie maanden vragen we wat iedereen vindt.",
            -30,
            60,
            betrokkenheid=Actie.Betrokkenheid.GERAADPLEEGD,
        )
        self._start(plan)
        self._points(
            plan, [("Ouders gaven hun mening", -20, done), ("Hekken geplaatst", -5, done), ("Proef bekeken", 55, "")]
        )
        behind = self._action(
            row,
            "Nieuwe zebrapaden (demo)",
            "Er komen drie zebrapaden bij, met verlichting.",
            -28,
            20,
            budgetlijn="Verkeersveiligheid (demo)",
        )
        self._start(behind)
        self._points(
            behind,
            [
                ("Plan getekend", -22, done),
                ("Extra onderzoek", -18, dropped),
                ("Aannemer gekozen", -4, ""),
                ("Klaar", 18, ""),
            ],
        )
        actions.add_partner(actie=behind, partner=self.partners[1], rol="verlicht de oversteek aan haar gebouw")
        later = self._action(
            row,
            "Fietsles voor ouders en kinderen (demo)",
            "Een reeks van zes lessen, gegeven door vrijwilligers uit de wijk.",
            12,
            80,
            betrokkenheid=Actie.Betrokkenheid.ZELF,
        )
        self._points(later, [("Vrijwilligers gevonden", 20, ""), ("Eerste les", 35, "")])

    def _talked_about(self) -> None:
        """Two of four gave their opinion, one of the others is late; and a draft that nobody saw yet."""
        need = self._need("Meer groen in de straten (demo)", "Het is hier heet in de zomer.", self.reports[5:7], -30)
        row = self._proposal(need, "Tegels eruit, groen erin (demo)", "Samen met buren maken we geveltuinen.", -28)
        self._ask(row, -26, -2 if self.number else 9, (Advies.Standpunt.AKKOORD, Advies.Standpunt.NIET))
        self._proposal(
            need, "Bomen op de parking (demo)", "Twaalf bomen in plaats van zes plaatsen.", -3, loop=Looptijd.LT
        )

    def _refused(self) -> None:
        need = self._need("Een lift naar de voetgangersbrug (demo)", "De trap is te steil.", self.reports[7:8], -45)
        row = self._proposal(need, "Een lift aan de brug (demo)", "Een lift aan beide kanten.", -42, loop=Looptijd.LT)
        self._ask(row, -40, -30, (Advies.Standpunt.NIET, Advies.Standpunt.GEEN, Advies.Standpunt.NIET))
        self._decide(
            row,
            Voorstelstatus.AFGEWEZEN,
            "Te duur in verhouding tot wie ze gebruikt.",
            -27,
            uitkomst="Een lift is te duur. We zetten wel een bord naar de helling, die vijftig meter verder ligt.",
        )

    def _stopped(self) -> None:
        need = self._need(
            "Een plek voor jongeren (demo)", "Jongeren hangen rond aan de winkels.", self.reports[8:9], -48
        )
        row = self._proposal(need, "Container als jongerenplek (demo)", "Een omgebouwde container.", -46)
        self._ask(row, -45, -38, (Advies.Standpunt.AKKOORD,))
        row = self._decide(row, Voorstelstatus.AANVAARD, "We proberen het een half jaar.", -37)
        actie = self._action(row, "Container voor jongeren (demo)", "Een eigen plek, door jongeren ingericht.", -35, 30)
        self._start(actie)
        self._points(actie, [("Plek gevonden", -25, Mijlpaalstatus.GEHAALD), ("Container geplaatst", -12, "")])
        self._end(
            actie,
            Actiestatus.STOPGEZET,
            "De eigenaar van het terrein verkocht het. We zoeken met de jongeren een andere plek.",
            -10,
        )

    def _open_needs(self, moments: dict[tuple[int, str], Contactmoment]) -> None:
        """What was said became a need, a report or a note; some still waits, and one need was rejected."""
        babbel = list(moments[-20, Kind.BUURTBABBEL].gehoord.order_by("pk"))
        make: list[Callable[[], object]] = [
            lambda: actions.make_need_of(gehoord=babbel[1], door=self.door, at=self.day(-19)),
            lambda: actions.make_report_of(gehoord=babbel[0], soort=self._kind(), door=self.door, at=self.day(-19)),
            lambda: actions.keep_as_note(gehoord=moments[-38, Kind.WIJKTEAM].gehoord.get()),
        ]
        for act in make:
            act()
        rejected = actions.make_need(
            wijk=self.wijk,
            titel="Een nieuwe parking (demo)",
            toelichting="Er is plaats genoeg op de parking van de sporthal.",
            door=self.door,
            at=self.day(-15),
        )
        actions.reject_need(
            behoefte=rejected,
            reden="Vijftig meter verder is er plaats.",
            door=self.door,
            at=self.day(-14),
            versie=rejected.versie,
        )
        for advies in Advies.objects.waiting().filter(voorstel__wijk=self.wijk, partner__isnull=False):
            actions.remind_adviser(advies=advies, today=local_date(self.now), calendar=load_calendar())

    def _kind(self) -> int | None:
        found = Categorie.objects.sub().filter(is_gevoelig=False, stoppagina__isnull=True).order_by("pk").first()
        return found.pk if found else None
