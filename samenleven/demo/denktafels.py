"""The five denktafels with members, bundles and drafts in every step. Names and texts are made up, and say so."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date

from ..actions import denktafels as actions
from ..actions import ontwerpen as drafting
from ..models import Bundel, Denktafel, Denktafellid, Domein, Signaal, Traject
from ..states.ontwerp import Status

MEMBERS = (
    ("Amina Voorbeeld", "voorzitter", "Buurtcomité (fictief)"),
    ("Bram Denkt", "lid", ""),
    ("Chiara Proef", "lid", "Oudervereniging (fictief)"),
    ("Deniz Verslag", "verslag", ""),
)
TASK = "Verzonnen voor de demo: deze tafel leest wat er in de gesprekken gezegd werd, en zoekt wat de stad kan doen."
BEGUN, ENDED = date(2011, 9, 1), date(2012, 6, 30)
DRAFTS = (
    ("Buren leren elkaar kennen bij een gedeelde tuin (fictief)", Status.ONTWERP),
    ("Elke wijk een vaste babbelplek (fictief)", Status.BESPROKEN),
    ("Een lichtje op de winterdagen (fictief)", Status.AANGENOMEN),
)
FIRST = "De stad zoekt in elke wijk een plek waar buren elkaar ontmoeten. Ze betaalt de eerste koffie."
SECOND = "De stad zoekt met elke wijk een vaste plek waar buren elkaar ontmoeten. Ze betaalt de koffie en de sleutel."


def fill(now: datetime) -> None:
    """People and bundles at the five tables of De Genks, which are over; and one table that meets now."""
    if Denktafellid.objects.exists():
        return
    staff = Gebruiker.objects.filter(groups__name="samenlevingscoördinator").order_by("pk").first()
    staff = staff or Gebruiker.objects.filter(groups__name="beheerder").earliest("pk")
    for number, tafel in enumerate(Denktafel.objects.filter(traject__slug="de-genks").order_by("pk"), 1):
        actions.save_table(tafel=tafel, fields={"opdracht": TASK})
        Denktafellid.objects.bulk_create(
            Denktafellid(denktafel=tafel, van=BEGUN, tot=ENDED, **person) for person in _people(number)
        )
        _bundle(tafel, staff, now)
    tafel = actions.save_table(
        tafel=Denktafel(traject=Traject.objects.get(slug="100-genks"), domein=Domein.objects.get(code="samenleven")),
        fields={"naam": "Denktafel buren (fictief)", "opdracht": TASK},
    )
    begun = local_date(now) - timedelta(days=120)
    for place, person in enumerate(_people(6)):
        lid = actions.add_member(tafel=tafel, fields={**person, "van": begun}, at=now)
        if place < 2:
            actions.show_name(lid=lid, ja=True, at=now)
    _drafts(tafel, _bundle(tafel, staff, now), staff, now)


def _people(number: int) -> list[dict[str, str]]:
    return [
        {
            "naam": naam,
            "email": f"denktafel{number}.{place}@demo.genk-wijk.example",
            "rol": rol,
            "organisatie": organisatie,
        }
        for place, (naam, rol, organisatie) in enumerate(MEMBERS)
    ]


def _bundle(tafel: Denktafel, staff: Gebruiker, now: datetime) -> Bundel:
    found = list(Signaal.objects.filter(gesprek__traject=tafel.traject, domein=tafel.domein).order_by("pk")[:6])
    bundel = actions.save_bundle(
        bundel=Bundel(denktafel=tafel),
        fields={
            "titel": "Elkaar tegenkomen (fictief)",
            "vraag": "Wat kan de stad doen zodat mensen elkaar tegenkomen?",
        },
        door=staff,
        at=now,
    )
    actions.put_in(bundel=bundel, signalen=found)
    return bundel


def _drafts(tafel: Denktafel, bundel: Bundel, staff: Gebruiker, now: datetime) -> None:
    for titel, status in DRAFTS:
        row = drafting.begin(tafel=tafel, bundel=bundel, titel=titel, tekst=FIRST, door=staff, at=now)
        if status == Status.ONTWERP:
            continue
        drafting.move(
            ontwerp=row, naar=Status.BESPROKEN, tot=local_date(now) + timedelta(days=21), at=now, versie=row.versie
        )
        lid = tafel.leden.get(rol="voorzitter")
        reactie = drafting.comment(ontwerp=row, lid=lid, tekst="Vraag de wijk zelf welke plek. (fictief)", at=now)
        row.refresh_from_db()
        drafting.write(
            ontwerp=row, titel=titel, tekst=SECOND, waarom="Met de wijk samen.", door=staff, at=now, versie=row.versie
        )
        if status == Status.AANGENOMEN:
            drafting.settle(reactie=reactie, antwoord="Verwerkt in versie 2.", at=now)
            row.refresh_from_db()
            drafting.move(ontwerp=row, naar=Status.AANGENOMEN, tot=None, at=now, versie=row.versie)
