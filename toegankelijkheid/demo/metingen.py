"""Over a thousand objects; of most of them what was measured, judged by the same rules as on the portal, in bulk."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from kern.gebruikers.models import Gebruiker, Rol
from kern.geo import Punt
from kern.geo.rings import contains
from kern.termijnen import local_date
from wijken.models import Straat, Wijk

from ..actions.oordelen import fill_in, verdicts, write_verdict
from ..actions.opnemen import recheck_on
from ..models import (
    Campagne,
    Criterium,
    GoedVoorbeeld,
    Knelpunt,
    Kwaliteitsniveau,
    Meting,
    Opname,
    Screeningsobject,
    Woonzorgzone,
    Zonedeel,
)
from ..queries.boek import Boek, book
from ..rules.oordeel import Grens, overall, with_computed
from ..rules.plek import Deel, deciding_part, middle
from ..rules.woorden import Herkomst, Instrument, Kant, Meetwijze, Onderwerp, Oordeel, Operator, Positiebron
from ..states import Campagnestatus

COUNT = 1150
SHARE = {
    Onderwerp.LOOPROUTE: 30,
    Onderwerp.OVERSTEEKPLAATS: 27,
    Onderwerp.HELLINGSBAAN: 6,
    Onderwerp.BUITENTRAP: 5,
    Onderwerp.HALTE: 10,
    Onderwerp.PARKEERPLAATS: 12,
    Onderwerp.STRAATMEUBILAIR: 10,
}
NAMES = {
    Onderwerp.LOOPROUTE: ("Voetpad", "Wandelpad", "Voetpad langs het plantsoen"),
    Onderwerp.OVERSTEEKPLAATS: ("Oversteek", "Zebrapad", "Oversteek met verkeerslicht"),
    Onderwerp.HELLINGSBAAN: ("Helling", "Hellingsbaan"),
    Onderwerp.BUITENTRAP: ("Trap", "Buitentrap"),
    Onderwerp.HALTE: ("Halte",),
    Onderwerp.PARKEERPLAATS: ("Aangepaste plaats", "Parkeerplaats voor mensen met een handicap"),
    Onderwerp.STRAATMEUBILAIR: ("Bank", "Rustbank", "Picknicktafel", "Paal"),
}
# Texts that programs stumble over.
ODD = ('{} "De Smeltkroes" & school', "{} <links van de kerk>", "{} 't Hoekje & co", "{} bij “Café <Nieuw>”")
GOOD = (
    "De nieuwe afrit is vlak, breed en goed te zien.",
    "De geleidelijn loopt mooi door tot aan de halte.",
    "Bank met rug- en armleuning, en plaats voor een rolstoel ernaast.",
    "Brede doorgang, ook op marktdag vrij gehouden.",
    "Contrasterende treden en een leuning die doorloopt.",
    'Werk van de buurt & de stad: "iedereen kan hier langs".',
)


@dataclass
class Plek:
    """A zone with what decides the level of a place in it."""

    zone: Woonzorgzone
    delen: list[Zonedeel]
    wijken: list[Wijk]
    straten: dict[int, list[Straat]]


def fill(now: datetime, dice: random.Random) -> None:
    """Objects in every zone, and visits to them."""
    boek = book(local_date(now))
    levels = {row.pk: row for row in Kwaliteitsniveau.objects.all()}
    plekken = _places()
    if not plekken:
        return
    objects = [_object(number, plekken[number % len(plekken)], now, dice) for number in range(COUNT)]
    for obj in objects:
        obj.niveau = levels[obj.niveau_id]
    Screeningsobject.objects.bulk_create(objects)
    people = list(
        Gebruiker.objects.filter(
            is_demo=True, groups__name__in=[Rol.SCREENER, Rol.TOEGANKELIJKHEIDSCOORDINATOR]
        ).order_by("pk")
    )
    campaigns = {c.zone_id: c for c in Campagne.objects.exclude(status=Campagnestatus.GEPLAND)}
    visited = [
        (obj, _visit(obj, campaigns.get(obj.zone_id), people, now, dice)) for obj in objects if dice.random() < 0.72
    ]
    Opname.objects.bulk_create(opname for _obj, opname in visited)
    measured = [(obj, measure(obj, opname, boek, dice)) for obj, opname in visited]
    Meting.objects.bulk_create((m for _obj, rows in measured for m in rows), batch_size=1000)
    _conclude(measured, boek)
    examples = [opname for _obj, opname in visited if opname.soort == Opname.Soort.GOED]
    GoedVoorbeeld.objects.bulk_create(_example(opname, dice) for opname in examples)


def _places() -> list[Plek]:
    streets: dict[int, list[Straat]] = {}
    for street in Straat.objects.filter(wijk__isnull=False):
        streets.setdefault(street.wijk_id or 0, []).append(street)
    found = []
    for zone in Woonzorgzone.objects.select_related("niveau").prefetch_related("wijken__ringen").order_by("pk"):
        delen = list(zone.delen.select_related("niveau"))
        found.append(Plek(zone, delen, list(zone.wijken.all()), streets))
    return found


def _object(number: int, plek: Plek, now: datetime, dice: random.Random) -> Screeningsobject:
    onderwerp = dice.choices(list(SHARE), list(SHARE.values()))[0]
    wijk = dice.choice(plek.wijken)
    street = dice.choice(plek.straten.get(wijk.pk) or [Straat(naam="Dorpsstraat", plaats=wijk.centrum)])
    rings = [row.ring for row in wijk.ringen.all() if not row.is_gat]
    punt = next(
        (p for _try in range(5) if any(contains(ring, p := _around(street.plaats, dice)) for ring in rings)),
        street.plaats,
    )
    line = None
    if onderwerp == Onderwerp.LOOPROUTE:
        line = (punt, Punt(round(punt.lon + dice.uniform(-0.0012, 0.0012), 6), round(punt.lat + 0.0006, 6)))
        punt = middle(line)
    inside = [Deel(d.pk, d.niveau.volgorde, d.herkomst) for d in plek.delen if contains(d.ring, punt)]
    part = deciding_part(inside)
    deel = next((d for d in plek.delen if part and d.pk == part.pk), None)
    naam = f"{dice.choice(NAMES[onderwerp])} {street.naam} {dice.randint(1, 140)}"
    if number % 60 == 7:
        naam = dice.choice(ODD).format(naam)
    return Screeningsobject(
        onderwerp=onderwerp,
        naam=naam,
        straat=street.naam,
        plaats=punt,
        lijn=line,
        kant=dice.choice([Kant.LINKS, Kant.RECHTS]) if line else "",
        positiebron=Positiebron.KAART,
        nauwkeurigheid="G",
        wijk=wijk,
        zone=plek.zone,
        zonedeel=deel,
        niveau_id=deel.niveau_id if deel else plek.zone.niveau_id,
        niveau_herkomst=deel.herkomst if deel else Herkomst.ZONE,
        context="gebouw"
        if onderwerp in (Onderwerp.HELLINGSBAAN, Onderwerp.BUITENTRAP) and dice.random() < 0.4
        else "openbaar",
        wegbeheerder="de_lijn" if onderwerp == Onderwerp.HALTE and dice.random() < 0.2 else "stad",
        kenmerken={"haltenummer": str(400000 + number)} if onderwerp == Onderwerp.HALTE else {},
        externe_id=f"DEMO-{number:05d}",
        gemaakt_op=now - timedelta(days=430),
    )


def _around(punt: Punt, dice: random.Random) -> Punt:
    return Punt(round(punt.lon + dice.gauss(0, 0.002), 6), round(punt.lat + dice.gauss(0, 0.0013), 6))


def _visit(
    obj: Screeningsobject, campagne: Campagne | None, people: list[Gebruiker], now: datetime, dice: random.Random
) -> Opname:
    if campagne is not None and obj.onderwerp in campagne.onderwerpen:
        last = min(campagne.tot, local_date(now) - timedelta(days=1))
        day = campagne.van + timedelta(days=dice.randint(0, max((last - campagne.van).days, 0)))
    else:
        campagne, day = None, local_date(now) - timedelta(days=dice.randint(200, 1300))
    moment = now.replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=(local_date(now) - day).days)
    moment += timedelta(minutes=dice.randint(0, 480))
    return Opname(
        object=obj,
        campagne=campagne,
        door=dice.choice(people) if people else None,
        gemeten_op=moment,
        ontvangen_op=moment,
        soort=Opname.Soort.GOED if dice.random() < 0.12 else Opname.Soort.GEWOON,
        omschrijving=dice.choice(GOOD),
        weer=dice.choice(["droog", "droog", "nat"]),
        is_uitgesteld=dice.random() < 0.1,
    )


def measure(obj: Screeningsobject, opname: Opname, boek: Boek, dice: random.Random) -> list[Meting]:
    """Values for most criteria; a good example fails nowhere, another object in one or two places."""
    asked = [c for c in boek.of_subject(obj.onderwerp) if c.meetwijze != Meetwijze.BEREKEND]
    bad = set() if opname.soort == Opname.Soort.GOED else {c.code for c in asked if dice.random() < 0.05}
    if opname.soort != Opname.Soort.GOED:
        opname.omschrijving = ""
    # By subject, so that what says which norm holds comes before what is judged by it.
    values: dict[str, Decimal] = {}
    for c in asked:
        if dice.random() < 0.85 or not boek.maten[c.code].grenzen:
            values[c.code] = _value(c, boek, values, obj, c.code in bad, dice)
    full = with_computed((boek.maten[c.code] for c in boek.of_subject(obj.onderwerp)), values)
    rows = [_row(boek.criteria[code], value, code in values, obj, opname, boek) for code, value in full.items()]
    if dice.random() < 0.06 and len(rows) < len(asked):
        missing = next((c for c in asked if c.code not in full and boek.judges(c.code)), None)
        if missing is not None:
            rows.append(_row(missing, None, True, obj, opname, boek))
    found = verdicts(obj, rows, boek)
    for row in rows:
        write_verdict(row, found[row.criterium.code], obj)
    return rows


def _row(
    criterium: Criterium, value: Decimal | None, asked: bool, obj: Screeningsobject, opname: Opname, boek: Boek
) -> Meting:
    return Meting(
        opname=opname,
        object=obj,
        criterium=criterium,
        waarde=value,
        niet_meetbaar="" if value is not None else "Er stond een auto op.",
        eenheid=criterium.eenheid,
        is_berekend=not asked,
        instrument=Instrument.WATERPAS if criterium.eenheid == "%" else Instrument.MEETLAT,
        gemeten_op=opname.gemeten_op,
        hercontrole_op=recheck_on(opname.gemeten_op, criterium.hercontrole_maanden)
        if boek.judges(criterium.code)
        else None,
        oordeel=Oordeel.GEEN_NORM,
        niveau_id=obj.niveau_id,
    )


# What is answered where no norm gives a hint of what is usual.
USUAL = {
    "lr-voetpadbreedte": (130, 260), "lr-versmalling-lengte": (40, 400), "lr-niveauverschil": (0, 2),
    "ov-hoogte": (6, 14), "hb-hoogte": (8, 60), "tr-hoogte": (15, 120), "pp-totaal": (10, 90),
    "pp-gereserveerd": (1, 6), "tr-optrede": (15, 18), "tr-aantrede": (28, 31),
}  # fmt: skip


def _value(
    c: Criterium, boek: Boek, values: dict[str, Decimal], obj: Screeningsobject, bad: bool, dice: random.Random
) -> Decimal:
    """A value that meets the strictest norm here, or one that does not."""
    if c.code in USUAL and not bad:
        return Decimal(dice.randint(*USUAL[c.code]))
    if c.meetwijze == Meetwijze.JA_NEE:
        if not boek.maten[c.code].grenzen:
            return Decimal(dice.random() < 0.3)
        return Decimal(not bad)
    level = obj.niveau.volgorde
    limits = [
        g
        for g in boek.maten[c.code].grenzen
        if g.niveau <= level and g.context in ("", obj.context) and (g.voorwaarde is None or g.voorwaarde.holds(values))
    ]
    if not limits:
        low, high = USUAL.get(c.code, (1, 5))
        return Decimal(dice.randint(low, high))
    return _near_limit(limits, bad, dice)


def _near_limit(limits: list[Grens], bad: bool, dice: random.Random) -> Decimal:
    low = max((g.minimum for g in limits if g.minimum is not None), default=None)
    targets = [t for g in limits for t in (g.streef_maximum, g.maximum) if t is not None]
    high = min(targets, default=None)
    if any(g.operator == Operator.MINDER_DAN for g in limits) and high is not None:
        high -= 1
    if bad:
        value = (
            low * Decimal(str(dice.uniform(0.5, 0.95)))
            if low
            else (high or Decimal(1)) * Decimal(str(dice.uniform(1.05, 1.9)))
        )
    elif low is not None and high is not None:
        value = (low + high) / 2
    elif (target := _target(limits)) is not None and dice.random() < 0.3:
        value = (target[0] + target[1]) / 2
    elif low is not None:
        value = low * Decimal(str(dice.uniform(1, 1.3)))
    else:
        value = (high or Decimal(1)) * Decimal(str(dice.uniform(0.4, 1)))
    return value.quantize(Decimal("0.1") if value < 20 else Decimal(1))


def _target(limits: list[Grens]) -> tuple[Decimal, Decimal] | None:
    """A target and the limit beyond it, between which a value is allowed and not good."""
    for grens in limits:
        if grens.streef_maximum is not None and grens.maximum is not None and grens.niveau == 1 and len(limits) == 1:
            return grens.streef_maximum, grens.maximum
    return None


def _conclude(measured: list[tuple[Screeningsobject, list[Meting]]], boek: Boek) -> None:
    """The verdict on each object, and a knelpunt for each measurement that fails."""
    bottlenecks = []
    for obj, rows in measured:
        failed = [m for m in rows if m.oordeel == Oordeel.VOLDOET_NIET]
        obj.gescreend_op = local_date(rows[0].gemeten_op)
        obj.oordeel = overall(m.oordeel for m in rows)
        obj.ernst = max((m.ernst for m in rows if m.ernst), default=None)
        obj.groepen = sorted({g for m in failed for g in m.groepen})
        obj.hercontrole_op = min((m.hercontrole_op for m in rows if m.hercontrole_op), default=None)
        obj.knelpunten_open = len(failed)
        for meting in failed:
            knelpunt = Knelpunt(object=obj, criterium=meting.criterium)
            fill_in(knelpunt, meting, obj, boek)
            bottlenecks.append(knelpunt)
    Screeningsobject.objects.bulk_update(
        [obj for obj, _rows in measured],
        ["gescreend_op", "oordeel", "ernst", "groepen", "hercontrole_op", "knelpunten_open"],
        batch_size=500,
    )
    Knelpunt.objects.bulk_create(bottlenecks, batch_size=500)


def _example(opname: Opname, dice: random.Random) -> GoedVoorbeeld:
    obj = opname.object
    return GoedVoorbeeld(
        object=obj,
        opname=opname,
        onderwerp=obj.onderwerp,
        titel=opname.omschrijving.splitlines()[0],
        omschrijving=opname.omschrijving,
        plaats=obj.plaats,
        adres=obj.straat,
        wijk_id=obj.wijk_id,
        zone_id=obj.zone_id,
        niveau_id=obj.niveau_id,
        vastgesteld_op=local_date(opname.gemeten_op),
        openbaar=dice.random() < 0.6,
    )
