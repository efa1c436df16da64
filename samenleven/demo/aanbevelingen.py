"""The 28 recommendations of De Genks. Their number and the five domains are real; every text is made up, and says so.

Source: "Instrumenten lokaal woonbeleid Genk, 8. Leefbaarheid" (28 recommendations, quick wins and long term, 2012).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from kern.gebruikers.models import Gebruiker
from wijken.actions import tie_to_plan
from wijken.models import Meerjarenplan, PlanActie, Team

from ..actions import aanbevelingen as actions
from ..models import Aanbeveling, Aanbevelingsnieuws, Denktafel, Domein, Signaal, Traject

PRESENTED, ANSWERED, MET = date(2012, 1, 31), date(2012, 6, 15), date(2012, 11, 20)
NAMES: dict[str, tuple[str, ...]] = {
    "personeelsbeleid": (
        "Vacatures in gewone woorden",
        "Stages voor jongeren uit elke wijk",
        "Een jury met gemengde blik",
        "Taal leren op de werkvloer",
        "Elk jaar tellen wie bij de stad werkt",
    ),
    "onderwijs": (
        "Een koffiekamer in elke basisschool",
        "Huiswerk maken in het buurthuis",
        "Ouders die ouders wegwijs maken",
        "Scholen spiegelen hun wijk",
        "Voorlezen in twee talen",
        "Een brugfiguur per school",
    ),
    "dienstverlening": (
        "Eén loket voor nieuwe inwoners",
        "Brieven die iedereen begrijpt",
        "Tolken op afspraak",
        "Het loket komt naar de wijk",
        "Hulp bij formulieren op het scherm",
        "Medewerkers leren omgaan met verschil",
    ),
    "vrijetijdsaanbod": (
        "Proeflessen bij elke sportclub",
        "Een zaal voor wie geen vereniging heeft",
        "Feesten samen op één kalender",
        "Verenigingen die samen iets organiseren",
        "Sport op het plein na school",
    ),
    "samenleven": (
        "Een bank voor elke straat die dat vraagt",
        "Onthaal door buren",
        "Een buurtfeest over de grens van de wijk",
        "Pleinen waar meisjes ook komen",
        "Kleine budgetten voor ideeën van buren",
        "Elk jaar een groot gesprek",
    ),
}
PROOFS = (
    "Voorgelezen op de avond waarop de aanbevelingen werden voorgesteld.",
    "Het college keurde het goed.",
    "Er staat een bedrag voor in de begroting.",
    "De dienst begon eraan in drie wijken.",
    "Je ziet het in de wijk: er is een foto van.",
    "Zes bewoners gingen kijken en vonden het in orde.",
)
REASONS = {
    "overgenomen": "Dit past bij wat de stad wil. De dienst werkt het uit. (verzonnen voor de demo)",
    "gedeeltelijk": "We beginnen in drie wijken en kijken dan verder. (verzonnen voor de demo)",
    "niet": "Hiervoor is een andere overheid bevoegd. We geven het door. (verzonnen voor de demo)",
}
# Per number modulo 7: what the city said, and the highest rung with evidence.
OUTCOMES = (
    ("overgenomen", 6),
    ("overgenomen", 4),
    ("gedeeltelijk", 3),
    ("overgenomen", 5),
    ("niet", 1),
    ("gedeeltelijk", 2),
    ("wacht", 1),
)


def fill(now: datetime) -> None:
    """Add the 28 where there are none yet."""
    if Aanbeveling.objects.exists():
        return
    traject = Traject.objects.get(slug="de-genks")
    services = list(Team.objects.filter(soort=Team.Soort.DIENST, is_actief=True).order_by("pk"))
    nummer = 0
    for code, titles in NAMES.items():
        domein = Domein.objects.get(code=code)
        table = Denktafel.objects.create(
            traject=traject, naam=f"Denktafel {domein.naam.lower()}", domein=domein, voorgesteld_op=PRESENTED
        )
        heard = list(Signaal.objects.public().filter(gesprek__traject=traject, domein=domein).order_by("pk")[:6])
        for place, titel in enumerate(titles):
            nummer += 1
            row = actions.save_recommendation(
                row=Aanbeveling(traject=traject, nummer=nummer),
                fields={
                    "titel": titel,
                    "tekst": f"De denktafel vraagt: {titel[0].lower()}{titel[1:]}. Mensen zeiden in de gesprekken dat "
                    "dit in hun wijk ontbreekt. Deze tekst is verzonnen voor de demo.",
                    "domein": domein,
                    "denktafel": table,
                    "horizon": Aanbeveling.Horizon.QUICK_WIN if place % 2 == 0 else Aanbeveling.Horizon.LANG,
                    "gericht_aan": "College van burgemeester en schepenen",
                    "voorgesteld_op": PRESENTED,
                    # Some have no owner, and the check has to show it.
                    "team": services[nummer % len(services)] if services and nummer % 9 else None,
                    "is_openbaar": True,
                    "is_fictief": True,
                    "signalen": heard[place % 3 :: 3],
                },
                at=_at(PRESENTED),
            )
            _follow_up(row, now)
    # What happened long ago is told already.
    Aanbevelingsnieuws.objects.filter(gemeld_op=None).update(gemeld_op=now)
    _plan(traject, now)


def _follow_up(row: Aanbeveling, now: datetime) -> None:
    said, rung = OUTCOMES[row.nummer % len(OUTCOMES)]
    if said != "wacht":
        row = actions.answer(
            aanbeveling=row, antwoord=said, reden=REASONS[said], op=ANSWERED, at=_at(ANSWERED), versie=row.versie
        )
    for trede in range(1, rung + 1):
        day = PRESENTED + timedelta(days=200 * (trede - 1))
        actions.prove(
            aanbeveling=row, trede=trede, bewijs=f"{PROOFS[trede - 1]} (demo)", url="", op=day, door=None, at=_at(day)
        )
    if said in ("overgenomen", "gedeeltelijk"):
        first = actions.plan_milestone(
            aanbeveling=row, titel="Een voorstel ligt klaar", tegen=date(2012, 12, 31), at=_at(ANSWERED)
        )
        actions.meet_milestone(
            mijlpaal=first,
            bewijs="Het voorstel staat op de agenda. (demo)",
            op=date(2012, 11, 20),
            at=_at(date(2012, 11, 20)),
        )
        if rung < 5:
            later = timezone.localdate(now) + timedelta(days=30 * (row.nummer % 5) - 20)
            actions.plan_milestone(aanbeveling=row, titel="Het loopt in alle wijken", tegen=later, at=_at(ANSWERED))
    if said == "gedeeltelijk":
        row.refresh_from_db()
        actions.dissent(
            aanbeveling=row,
            nota="Drie wijken is een begin. We vragen een datum voor de andere. (verzonnen voor de demo)",
            op=date(2012, 9, 1),
            at=_at(date(2012, 9, 1)),
            versie=row.versie,
        )


def _plan(traject: Traject, now: datetime) -> None:
    plan = Meerjarenplan.objects.order_by("-van").first()
    door = Gebruiker.objects.filter(groups__name="beheerder", is_active=True).order_by("pk").first()
    if plan is None or door is None:
        return
    acts = list(PlanActie.objects.filter(actieplan__beleidsdoelstelling__plan=plan).order_by("code")[:4])
    degrees = ("volledig", "verweven", "gedeeltelijk")
    taken = Aanbeveling.objects.filter(traject=traject, antwoord__in=["overgenomen", "gedeeltelijk"]).order_by("nummer")
    for place, row in enumerate(taken[:9] if acts else []):
        tie_to_plan(
            van=row,
            plan=plan,
            waarin=acts[place % len(acts)],
            mate=degrees[place % 3],
            reden="Deze actie neemt de vraag mee. (verzonnen voor de demo)",
            door=door,
            at=now,
        )


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))
