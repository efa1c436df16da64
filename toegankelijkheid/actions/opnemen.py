"""Write down what a surveyor measured: once, however often it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from kern.beelden import actions as beelden
from kern.beelden.rules import Foto
from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date

from ..models import Campagne, GoedVoorbeeld, Knelpunt, Meting, Opname, OpnameBeeld, Screeningsobject
from ..queries.boek import Boek, book
from ..rules.oordeel import with_computed
from ..rules.woorden import Ernst, Herkomst, Oordeel
from .oordelen import judge_object
from .prioriteit import propose

# A device may be weeks without a connection; a clock that says more is wrong.
LONGEST_DELAY = timedelta(days=60)
SAFE_SKEW = timedelta(minutes=10)


class ObjectGewijzigd(ValueError):
    """Somebody else measured or changed the object since the form was opened."""


class ObjectVerdwenen(ValueError):
    """The object does not exist any more."""


@dataclass(frozen=True)
class Waarde:
    """What was filled in for one criterium: a value, or why it cannot be measured."""

    waarde: Decimal | None = None
    niet_meetbaar: str = ""


@dataclass(frozen=True)
class Ingevuld:
    """One filled-in form."""

    inzending: UUID
    waarden: Mapping[str, Waarde]
    gemeten_op: datetime
    soort: str = Opname.Soort.GEWOON
    instrument: str = ""
    nauwkeurigheid: str = ""
    weer: str = ""
    omschrijving: str = ""
    opmerking: str = ""
    tags: Sequence[str] = ()
    is_tijdelijk: bool = False
    tijdelijk_tot: date | None = None
    alternatief: bool | None = None
    omweg_m: int | None = None
    is_uitgesteld: bool = False
    fotos: Sequence[tuple[Foto, str]] = field(default=())


@transaction.atomic
def record(
    *,
    object: Screeningsobject,
    ingevuld: Ingevuld,
    door: Gebruiker | None,
    at: datetime,
    campagne: Campagne | None = None,
    versie: int | None = None,
) -> tuple[Opname, bool]:
    """Keep a visit with its measurements, judge them and let the knelpunten follow; whether it is new.

    The same `inzending` a second time gives the first visit again and writes nothing. Raises ObjectGewijzigd when
    `versie` is not that of the object any more, and ObjectVerdwenen.
    """
    row = Screeningsobject.objects.select_for_update(of=("self",)).select_related("niveau").get(pk=object.pk)
    earlier = Opname.objects.filter(inzending=ingevuld.inzending).first()
    if earlier is not None:
        return earlier, False
    if not row.is_actief:
        raise ObjectVerdwenen
    if versie is not None and versie != row.versie:
        raise ObjectGewijzigd
    if campagne is not None and not (campagne.zone_id == row.zone_id and row.onderwerp in campagne.onderwerpen):
        campagne = None  # what lies elsewhere does not count for it
    row.versie += 1
    if campagne is not None and campagne.niveau_id and row.niveau_herkomst != Herkomst.HANDMATIG:
        row.niveau_id, row.niveau_herkomst = campagne.niveau_id, Herkomst.CAMPAGNE
    row.save(update_fields=["versie", "niveau", "niveau_herkomst", "gewijzigd_op"])
    boek = book(local_date(at))
    moment = believable(ingevuld.gemeten_op, at)
    opname = _keep_visit(row, ingevuld, moment, door, at, campagne)
    _keep_values(opname, row, ingevuld, moment, boek)
    _keep_photos(opname, ingevuld.fotos)
    judge_object(object=row, boek=boek, at=at)
    _mark(opname, row, boek)
    return opname, True


def believable(gemeten_op: datetime, at: datetime) -> datetime:
    """The moment a device says it measured, or now when that cannot be."""
    return min(gemeten_op, at) if at - LONGEST_DELAY <= gemeten_op <= at + SAFE_SKEW else at


def _keep_visit(
    row: Screeningsobject,
    ingevuld: Ingevuld,
    moment: datetime,
    door: Gebruiker | None,
    at: datetime,
    campagne: Campagne | None,
) -> Opname:
    copied: dict[str, Any] = {
        name: getattr(ingevuld, name)
        for name in (
            "inzending", "soort", "weer", "omschrijving", "opmerking", "is_tijdelijk", "tijdelijk_tot", "alternatief",
            "omweg_m", "is_uitgesteld",
        )
    }  # fmt: skip
    return Opname.objects.create(
        object=row, campagne=campagne, door=door, gemeten_op=moment, ontvangen_op=at, tags=list(ingevuld.tags), **copied
    )


def _keep_values(opname: Opname, row: Screeningsobject, ingevuld: Ingevuld, moment: datetime, boek: Boek) -> None:
    """One measurement for each criterium; the older one of the same criterium is no longer the current one."""
    given = dict(ingevuld.waarden)
    known = {code: w.waarde for code, w in given.items() if w.waarde is not None}
    # What is computed may need a value of an earlier visit.
    earlier = {
        m.criterium.code: m for m in row.metingen.current().select_for_update(of=("self",)).select_related("criterium")
    }
    inputs = {code: m.waarde for code, m in earlier.items() if m.waarde is not None and not m.is_berekend} | known
    maten = [boek.maten[c.code] for c in boek.of_subject(row.onderwerp)]
    computed = {
        maat.code: with_computed([maat], inputs).get(maat.code)
        for maat in maten
        if maat.formule and any(code in known for code in maat.uit)
    }
    given |= {code: Waarde(value) for code, value in computed.items() if value is not None}
    newer = {code for code, m in earlier.items() if code in given and m.gemeten_op > moment}
    replaced = [m.pk for code, m in earlier.items() if code in given and code not in newer]
    Meting.objects.filter(pk__in=replaced).update(is_actueel=False)
    Meting.objects.bulk_create(
        Meting(
            opname=opname,
            object=row,
            criterium=boek.criteria[code],
            is_actueel=code not in newer,
            waarde=waarde.waarde,
            eenheid=boek.criteria[code].eenheid,
            is_berekend=code in computed,
            niet_meetbaar=waarde.niet_meetbaar,
            instrument=ingevuld.instrument,
            nauwkeurigheid=ingevuld.nauwkeurigheid,
            gemeten_op=moment,
            hercontrole_op=recheck_on(moment, boek.criteria[code].hercontrole_maanden) if boek.judges(code) else None,
            oordeel=Oordeel.GEEN_NORM if waarde.waarde is not None else Oordeel.NIET_MEETBAAR,
            niveau_id=row.niveau_id,
        )
        for code, waarde in given.items()
        if code in boek.criteria
    )


def recheck_on(moment: datetime, months: int) -> date:
    """The day by which a criterium is measured again: so many months later, the last day of a shorter month."""
    day = local_date(moment)
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _keep_photos(opname: Opname, fotos: Sequence[tuple[Foto, str]]) -> None:
    for place, (foto, alt) in enumerate(fotos):
        OpnameBeeld.objects.create(opname=opname, beeld=beelden.store(foto, alt_tekst=alt), volgorde=place)


def _mark(opname: Opname, row: Screeningsobject, boek: Boek) -> None:
    """A good example, or a knelpunt that no measurement tells, as the surveyor marked the visit."""
    shared: dict[str, Any] = {
        "onderwerp": row.onderwerp,
        "plaats": row.plaats,
        "adres": row.adres or row.straat,
        "wijk_id": row.wijk_id,
        "zone_id": row.zone_id,
        "niveau_id": row.niveau_id,
        "object": row,
        "opname": opname,
        "omschrijving": opname.omschrijving,
        "vastgesteld_op": local_date(opname.gemeten_op),
        "tags": opname.tags,
    }
    first_line = (opname.omschrijving.splitlines() or [""])[0]
    if opname.soort == Opname.Soort.GOED:
        GoedVoorbeeld.objects.create(titel=(first_line or f"Goed voorbeeld: {row.naam}")[:200], **shared)
    elif opname.soort == Opname.Soort.KNELPUNT:
        found = Knelpunt.objects.create(
            titel=first_line[:200],
            wegbeheerder=row.wegbeheerder,
            ernst=Ernst.MOEILIJK,
            is_tijdelijk=opname.is_tijdelijk,
            tijdelijk_tot=opname.tijdelijk_tot,
            alternatief=opname.alternatief,
            omweg_m=opname.omweg_m,
            **shared,
        )
        propose(numbers=[found.pk], at=opname.ontvangen_op)
        judge_object(object=row, boek=boek, at=opname.ontvangen_op)
