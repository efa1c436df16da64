"""Invented meetings for three wijken and the whole city: coming, full, moved, called off, held; and some followers.

Everything goes through the actions of the portal, at moments in the past. All people and texts are made up.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.gebruikers.models import Gebruiker
from kern.geo import Punt

from .. import actions
from ..actions import Noden
from ..models import Bijeenkomst, Inschrijving, Team, Wijk, Wijkvolger, Wijkvolging

MADE_UP = "(Verzonnen voor de demo.)"
# A wijk of the centre, of the west and of the east, each with the stadsdeel of its team.
WIJKEN = (("71016W06", "Centrum"), ("71016W28", "West"), ("71016W03", "Oost"))
FIRST_NAMES = (
    "An", "Bart", "Chaima", "Dirk", "Elif", "Fatma", "Giovanni", "Hilde", "Ivan", "Jolien", "Kadir", "Lena", "Marco",
    "Nele", "Omar", "Petra", "Rosa", "Selim", "Tinne", "Yusuf",
)  # fmt: skip
NEEDS = {
    1: Noden(tolktaal="tr"),
    3: Noden(kinderen="4 en 7 jaar"),
    5: Noden(rolstoel=True),
    7: Noden(tolktaal="ar", andere_nood="Liefst een plaats vooraan"),
    11: Noden(tolktaal="tr", kinderen="2 jaar"),
    14: Noden(gebarentaal=True),
}


@transaction.atomic
def fill(now: datetime) -> int:
    """Add the meetings to a portal that has none yet; how many there are then."""
    wijken = {wijk.code: wijk for wijk in Wijk.objects.filter(code__in=[code for code, _deel in WIJKEN])}
    if Bijeenkomst.objects.exists() or len(wijken) < len(WIJKEN):
        return 0
    for number, (code, deel) in enumerate(WIJKEN):
        _wijk(now, wijken[code], Team.objects.get(naam=f"Wijkmanagement {deel}"), number)
    _city(now)
    _followers(now, list(wijken.values()))
    _settle_mails(now)
    return Bijeenkomst.objects.count()


def _wijk(now: datetime, wijk: Wijk, team: Team, number: int) -> None:
    manager = Gebruiker.objects.filter(lidmaatschappen__team=team).order_by("pk")[0]
    shift = timedelta(days=number)
    common: dict[str, Any] = {
        "team": team,
        "door": manager,
        "wijken": [wijk],
        "organisatoren": [manager],
        "plaats": Punt(round(wijk.centrum.lon + 0.0012, 6), round(wijk.centrum.lat + 0.0008, 6)),
        "locatie": "Buurthuis De Voorbeeldzaal",
        "adres": f"Voorbeeldplein {number + 1}, Genk",
        "hint": "De ingang is aan de kant van de speeltuin. Bus 1 stopt op 100 meter.",
    }
    coming = _plan(
        now - timedelta(days=12),
        _evening(now + timedelta(days=10) + shift),
        soort="wijkvergadering",
        titel=f"Hoe moet het plein van {wijk.naam} eruitzien?",
        beschrijving=f"Kom mee tekenen aan het nieuwe plein. We bekijken drie plannen en jij kiest mee. {MADE_UP}",
        capaciteit=40,
        gereserveerd=4,
        tolktalen=["tr", "it", "ar"],
        met_kinderopvang=True,
        is_rolstoeltoegankelijk=True,
        samen_met="buurtwerking De Voorbeeldboom",
        **common,
    )
    _come(coming, now, 9)
    full = _plan(
        now - timedelta(days=15),
        _evening(now + timedelta(days=6) + shift, hour=14),
        soort="wijkwandeling",
        titel=f"Wandeling langs de stille plekken van {wijk.naam}",
        beschrijving=f"Twee uur stappen met de wijkmanager. Wat zie jij, wat mis je? {MADE_UP}",
        capaciteit=12,
        is_rolstoeltoegankelijk=True,
        **common,
    )
    _come(full, now, 14)
    moved = _plan(
        now - timedelta(days=20),
        _evening(now + timedelta(days=13) + shift),
        soort="wijkvergadering",
        titel=f"Veilig naar school in {wijk.naam}",
        beschrijving=f"Over oversteken, fietsen en parkeren aan de school. {MADE_UP}",
        capaciteit=30,
        met_kinderopvang=True,
        **common,
    )
    _come(moved, now, 4)
    later = _evening(now + timedelta(days=20) + shift)
    actions.move_meeting(
        bijeenkomst=moved,
        versie=_fresh(moved).versie,
        begin=later,
        einde=later + timedelta(hours=2),
        toelichting="De zaal is op de eerste avond niet vrij.",
        at=now - timedelta(days=1),
    )
    off = _plan(
        now - timedelta(days=18),
        _evening(now + timedelta(days=4) + shift),
        soort="wijkwandeling",
        titel=f"Avondwandeling met lampionnen in {wijk.naam}",
        beschrijving=f"Samen door de wijk in het donker: waar is er te weinig licht? {MADE_UP}",
        **common,
    )
    _come(off, now, 3)
    actions.call_off_meeting(
        bijeenkomst=off,
        versie=_fresh(off).versie,
        reden="Er wordt storm voorspeld. We zoeken een andere avond.",
        at=now - timedelta(hours=20),
    )
    _held(now, wijk, common, shift)
    _plan(
        now - timedelta(days=1),
        _evening(now + timedelta(days=40) + shift),
        announce=False,
        soort="wijkvergadering",
        titel=f"Zomer in {wijk.naam}: wat organiseren we?",
        beschrijving=f"Nog uit te werken. {MADE_UP}",
        **common,
    )


def _held(now: datetime, wijk: Wijk, common: dict[str, Any], shift: timedelta) -> None:
    begin = _evening(now - timedelta(days=16) + shift)
    row = _plan(
        begin - timedelta(days=25),
        begin,
        soort="wijkvergadering",
        titel=f"Wijkvergadering {wijk.naam}: groen en speelruimte",
        beschrijving=f"Wat kan er beter in het park? {MADE_UP}",
        capaciteit=40,
        **common,
    )
    _come(row, begin, 11)
    after = begin + timedelta(days=2)
    actions.hold_due(at=after)
    actions.record_meeting(
        bijeenkomst=row,
        versie=_fresh(row).versie,
        at=after,
        aanwezigen=31,
        aanwezige_kinderen=6,
        organisaties="buurtwerking De Voorbeeldboom, speelpleinwerking",
        verslag=(
            "We bekeken het park aan de hand van foto's. De meeste mensen willen meer schaduw en banken.\n\n"
            f"Ouders vragen dat het hekje aan de straatkant dicht kan. {MADE_UP}"
        ),
        verslag_openbaar=True,
        kosten=186,
        kosten_toelichting="koffie, zaal en tolk",
        evaluatie="Veel nieuwe gezichten. Volgende keer een uur vroeger beginnen voor ouders.",
        evaluatie_score=4,
        mix={
            ("leeftijd", "jonger dan 18"): 6,
            ("leeftijd", "18 tot 34"): 3,
            ("leeftijd", "35 tot 64"): 14,
            ("leeftijd", "65 en ouder"): 8,
            ("taal", "vooral Nederlands"): 13,
            ("taal", "vooral een andere taal"): 11,
            ("taal", "beide"): 7,
        },
        besluiten=[
            {"tekst": "Er komen twee banken in de schaduw", "wie": "Dienst groen", "tegen": None},
            {"tekst": "Het hekje aan de straatkant krijgt een slot", "wie": "Buurtwerkplaats", "tegen": None},
            {"tekst": "In de herfst bekijken we of er een boom bij kan", "wie": "Dienst groen"},
        ],
        sluit_af=True,
    )
    first = row.besluiten.order_by("nummer")[0]
    actions.need_of_decision(
        besluit=first,
        wijk=wijk,
        titel=f"Zitten in de schaduw in het park van {wijk.naam}",
        door=common["door"],
        at=after,
    )
    last = _plan(
        now - timedelta(days=30),
        _evening(now - timedelta(days=3) + shift / 4),
        soort="wijkwandeling",
        titel=f"Wandeling met de buurttoezichter in {wijk.naam}",
        beschrijving=f"Kijken waar vuil blijft liggen. {MADE_UP}",
        **common,
    )
    _come(last, now, 5)
    actions.hold_due(at=now)


def _city(now: datetime) -> None:
    team = Team.objects.get(naam="Wijkmanagement Noord")
    manager = Gebruiker.objects.filter(lidmaatschappen__team=team).order_by("pk")[0]
    online = _plan(
        now - timedelta(days=8),
        _evening(now + timedelta(days=16)),
        soort="wijkvergadering",
        titel="Vraag het aan de wijkmanagers",
        beschrijving=f"Een avond online: stel je vraag over je wijk, een wijkmanager antwoordt. {MADE_UP}",
        vorm=Bijeenkomst.Vorm.ONLINE,
        online_link="https://vergadering.example/wijkmanagers",
        met_gebarentaal=True,
        team=team,
        door=manager,
    )
    _come(online, now, 6)
    closed = _plan(
        now - timedelta(days=5),
        _evening(now + timedelta(days=11), hour=10),
        soort="wijkvergadering",
        titel="Overleg met de trekkers van buurtfeesten",
        beschrijving=f"Op uitnodiging. {MADE_UP}",
        locatie="Stadhuis, zaal 3",
        adres="Stadsplein 1, Genk",
        is_openbaar=False,
        capaciteit=15,
        team=team,
        door=manager,
    )
    _come(closed, now, 2)


def _plan(at: datetime, begin: datetime, *, announce: bool = True, **fields: Any) -> Bijeenkomst:
    # Not all in one house, or they would be one dot on the map.
    if spot := fields.get("plaats"):
        step = Bijeenkomst.objects.count() % 7
        fields["plaats"] = Punt(round(spot.lon - 0.0009 * step, 6), round(spot.lat + 0.0011 * (step % 3), 6))
    row = actions.plan_meeting(at=at, begin=begin, einde=begin + timedelta(hours=2), **fields)
    return actions.announce_meeting(bijeenkomst=row, versie=row.versie, at=at) if announce else row


def _come(row: Bijeenkomst, now: datetime, count: int) -> None:
    """So many registrations, spread over the days since it was announced."""
    opened = row.aangekondigd_op or now
    until = min(now, row.begin) - timedelta(hours=3)
    for number in range(count):
        name = FIRST_NAMES[(number * 7 + row.pk) % len(FIRST_NAMES)]
        actions.register(
            bijeenkomst=row,
            inzending=uuid.uuid4(),
            naam=f"{name} Voorbeeld (demo)",
            email=f"{name.lower()}.{row.pk}.{number}@bewoner.example",
            aantal=1 + number % 3 % 2 + (number % 5 == 0),
            taal=("nl", "nl", "nl", "fr", "en")[number % 5],
            noden=NEEDS.get(number, Noden()),
            at=opened + (until - opened) * (number + 1) / (count + 1),
        )


def _followers(now: datetime, wijken: list[Wijk]) -> None:
    for number, name in enumerate(FIRST_NAMES[:6]):
        wijk = wijken[number % len(wijken)]
        asked = now - timedelta(days=20 - number)
        actions.ask_to_follow(
            wijk=wijk, email=f"{name.lower()}.volgt@bewoner.example", taal=("nl", "fr", "en")[number % 3], at=asked
        )
    for volging in Wijkvolging.objects.order_by("pk")[:5]:
        actions.confirm_follow(volging=volging, at=volging.gevraagd_op + timedelta(hours=1))


def _settle_mails(now: datetime) -> None:
    """The mails of weeks ago went out at the moment they tell of; those of the last two days are sent now."""
    registered = {str(pk): op for pk, op in Inschrijving.objects.values_list("pk", "ingeschreven_op")}
    asked = {str(pk): op for pk, op in Wijkvolger.objects.values_list("pk", "sinds")}
    rows = Bericht.objects.filter(status=Bericht.Status.WACHT, soort__in=_kinds()).select_related("over_type")
    old = []
    for mail in rows:
        moment = (asked if mail.soort == "wijk_volgen" else registered).get(mail.over_id, now)
        if moment < now - timedelta(days=2) and not mail.soort.startswith("bijeenkomst_"):
            mail.aangemaakt_op = mail.verzonden_op = moment
            mail.status, mail.pogingen = Bericht.Status.VERZONDEN, 1
            old.append(mail)
    Bericht.objects.bulk_update(old, ["aangemaakt_op", "verzonden_op", "status", "pogingen"])


def _kinds() -> list[str]:
    from ..mails import bijeenkomsten, volgen

    return [*bijeenkomsten.KINDS, *volgen.KINDS]


def _fresh(row: Bijeenkomst) -> Bijeenkomst:
    return Bijeenkomst.objects.get(pk=row.pk)


def _evening(moment: datetime, hour: int = 19) -> datetime:
    """That day, at half past the hour."""
    return timezone.localtime(moment).replace(hour=hour, minute=30, second=0, microsecond=0)
