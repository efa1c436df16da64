"""What each row of a monitoring table would do, and what is wrong with it. Writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt
from kern.geo.lambert import GENK, Stelsel, recognise, to_wgs84
from kern.geo.vormen import haversine
from kern.inlezen.registry import GELIJK, GEWIJZIGD, NIEUW, Fout, Rij, Uitkomst, Wijziging
from kern.inlezen.waarden import schoon
from wijken.models import Team

from ..actions.knelpunten import missing
from ..models import Knelpunt
from ..queries import monitoring
from ..rules import monitoring as rules
from ..rules.woorden import Groep, Planning
from ..states import Knelpuntstatus
from .kolommen import FINDING, MEASURED, PLANNED, velden

# What a new knelpunt cannot do without.
NEEDED = ("onderwerp", "titel", "ernst")
SAME_M = 0.1
MARGIN = 0.01  # degrees around the box of the city
TAKEN_OVER = "Overgenomen uit het ingelezen bestand."
LABELS = {veld.code: veld.label for veld in velden()} | {"plaats": "Plaats op de kaart"}


@dataclass
class Gelezen:
    """What a row asks for: the knelpunt it is about (None for a new one), and the values it gives."""

    row: Knelpunt | None
    versie: int
    waarden: dict[str, Any] = field(default_factory=dict)
    status: str = ""
    reden: str = ""


class Boek:
    """What is known now: the knelpunten by both numbers, the services and the people (four queries)."""

    def __init__(self, rijen: Sequence[Rij]) -> None:
        numbers = {rij.get("nummer") for rij in rijen} - {None}
        outside = {rij.get("externe_id") for rij in rijen} - {None}
        rows = Knelpunt.objects.select_related("dienst", "verantwoordelijke")
        found = [*rows.filter(pk__in=numbers), *rows.filter(externe_id__in=outside)]
        self.by_number = {row.pk: row for row in found}
        self.by_outside = {row.externe_id: row for row in found if row.externe_id}
        self.teams = {row.naam.lower(): row for row in Team.objects.filter(is_actief=True)}
        people = list(Gebruiker.objects.filter(is_active=True, groups__isnull=False).distinct())
        self.people = {person.email.lower(): person for person in people}
        names = Counter(person.naam.lower() for person in people)
        self.people |= {p.naam.lower(): p for p in people if names[p.naam.lower()] == 1}
        self.twice = {name for name, count in names.items() if count > 1}


def vergelijk(rijen: Sequence[Rij], doel: str) -> Iterator[Uitkomst | Fout]:
    """What each row would do: a known number changes, an outside number that is new adds."""
    boek, regels = Boek(rijen), monitoring.settings_row().regels
    seen: dict[Any, int] = {}
    for rij in rijen:
        key = rij.get("nummer") or rij.get("externe_id")
        if key is not None and key in seen:
            code = "nummer" if rij.get("nummer") else "externe_id"
            yield rij.fout(code, f"dit nummer staat ook op rij {seen[key]}")
            continue
        seen[key] = rij.nummer
        asked, errors = _read(rij, boek)
        if not errors:
            errors = list(_wrong(rij, asked, regels))
        if errors:
            yield from errors
            continue
        yield _outcome(rij, asked)


def _read(rij: Rij, boek: Boek) -> tuple[Gelezen, list[Fout]]:
    """The knelpunt of the row, and the values that are other than those it has."""
    number, outside = rij.get("nummer"), rij.get("externe_id")
    row = boek.by_number.get(number) if number else boek.by_outside.get(outside) if outside else None
    asked = Gelezen(row, row.versie if row else 0)
    if number and row is None:
        return asked, [rij.fout("nummer", "dit knelpunt is er niet: laat het nummer leeg bij wat nieuw is")]
    if number and outside and row and row.externe_id != outside:
        return asked, [rij.fout("externe_id", "dit nummer hoort niet bij dit knelpunt: het verandert nooit meer")]
    if row is None and not outside:
        return asked, [rij.fout("externe_id", "wat nieuw is, heeft een nummer nodig dat nooit verandert")]
    errors: list[Fout] = []
    wanted = {code: rij.get(code) for code in (*FINDING, *PLANNED) if code in rij}
    if "x" in rij or "y" in rij:
        try:
            wanted["plaats"] = place(rij.get("x"), rij.get("y"))
        except ValueError as error:
            errors.append(rij.fout("x", str(error)))
    for code, value in wanted.items():
        try:
            found = _value(code, value, row, boek)
        except ValueError as error:
            errors.append(rij.fout(code, str(error)))
            continue
        if _differs(row, code, found):
            asked.waarden[code] = found
    now = row.status if row else ""
    said = rij.get("status")
    asked.status = said if said and said != now else ""
    asked.reden = rij.get("statusreden") or ""
    if row is None and outside:
        asked.waarden["externe_id"] = outside
    return asked, errors


def place(x: Any, y: Any) -> Punt | None:
    """The place in whichever system the pair lies; ValueError in words when in none, or not in Genk."""
    if x is None and y is None:
        return None
    if x is None or y is None:
        raise ValueError("vul X en Y allebei in, of geen van beide")
    pair = (float(x), float(y))
    stelsel = recognise(*pair)
    if stelsel is None and recognise(pair[1], pair[0]) is Stelsel.WGS84:
        pair, stelsel = (pair[1], pair[0]), Stelsel.WGS84  # in Belgium no latitude can be a longitude
    if stelsel is None:
        raise ValueError("dit ligt niet in België: niet in Lambert 72, niet in Lambert 2008 en niet in graden (WGS84)")
    (punt,) = to_wgs84([pair], stelsel)
    if not (
        GENK.west - MARGIN <= punt.lon <= GENK.oost + MARGIN and GENK.zuid - MARGIN <= punt.lat <= GENK.noord + MARGIN
    ):
        raise ValueError("dit ligt niet in Genk")
    return punt


def _value(code: str, value: Any, row: Knelpunt | None, boek: Boek) -> Any:
    """The value as the field keeps it. ValueError for a name that nobody has."""
    if code == "dienst":
        current = row.dienst if row else None
        if value is None or (current and value.lower() == current.naam.lower()):
            return current if value else None
        if value.lower() not in boek.teams:
            raise ValueError(f"de dienst “{value}” kennen we niet: neem de naam zoals hij in het portaal staat")
        return boek.teams[value.lower()]
    if code == "verantwoordelijke":
        current = row.verantwoordelijke if row else None
        if value is None or (current and value.lower() == current.naam.lower()):
            return current if value else None
        if value.lower() in boek.twice:
            raise ValueError(f"er zijn er meer die “{value}” heten: neem het e-mailadres")
        if value.lower() not in boek.people:
            raise ValueError(f"“{value}” werkt hier niet: neem de naam of het e-mailadres van de collega")
        return boek.people[value.lower()]
    if code in ("groepen", "tags"):
        return value or []
    blank = Knelpunt._meta.get_field(code)
    if value is None and not blank.null:  # type: ignore[union-attr]
        return ""
    return value


def _differs(row: Knelpunt | None, code: str, value: Any) -> bool:
    if row is None:
        return value not in (None, "", [])
    before = getattr(row, code)
    if code == "plaats":
        if before is None or value is None:
            return before is not value
        return haversine(before, value) > SAME_M
    if code == "groepen":
        return sorted(before) != sorted(value)
    if code == "tags":
        return [schoon(word) for word in before] != value
    if code in ("onderwerp", "titel", "ernst", "wegbeheerder", "prioriteit") and value in (None, ""):
        return False  # what cannot be empty stays as it is
    return bool((schoon(before) if isinstance(before, str) else before) != value)


def _wrong(rij: Rij, asked: Gelezen, regels: rules.Regels) -> Iterator[Fout]:
    """What is wrong with the values together."""
    row, given = asked.row, asked.waarden
    if row is None:
        for code in NEEDED:
            if code not in given:
                yield rij.fout(code, f"wat nieuw is, heeft dit nodig: {LABELS[code].lower()}")
    elif row.criterium_id:
        for code in MEASURED:
            if code in given:
                yield rij.fout(
                    "x" if code == "plaats" else code, "dit komt uit de meting: meet opnieuw om het te veranderen"
                )
    after = _after(asked)
    yield from _wrong_plan(rij, asked, after, regels)
    if asked.status:
        yield from _wrong_status(rij, asked, after)


def _wrong_plan(rij: Rij, asked: Gelezen, after: Knelpunt, regels: rules.Regels) -> Iterator[Fout]:
    given, today = asked.waarden, timezone.localdate()
    if "prioriteit" in given and not after.prioriteit_reden and asked.row is not None:
        yield rij.fout("prioriteit_reden", "wie van de formule afwijkt, zegt waarom")
    if "prioriteit_reden" in given and given["prioriteit_reden"] and not after.prioriteit:
        yield rij.fout("prioriteit", "een reden hoort bij een prioriteit")
    wrong = rules.wrong_year(after.planning, after.planjaar, today.year, regels)
    if wrong and {"planning", "planjaar"} & set(given):
        yield rij.fout("planjaar", wrong[:1].lower() + wrong[1:])
    if after.kost_laag is not None and after.kost_hoog is not None and after.kost_hoog < after.kost_laag:
        yield rij.fout("kost_hoog", "de hoge schatting is lager dan de lage")
    for code in ("uitgevoerd_op", "vastgesteld_op"):
        if isinstance(day := given.get(code), date) and day > today:
            yield rij.fout(code, "deze dag moet nog komen")


def _wrong_status(rij: Rij, asked: Gelezen, after: Knelpunt) -> Iterator[Fout]:
    if asked.status == Knelpuntstatus.NIET_UITVOEREN:
        yield rij.fout("status", "“niet uitvoeren” vraagt twee mensen: stel het in het portaal voor, met je reden")
    elif asked.row is None:
        if asked.status == Knelpuntstatus.VERVALLEN and not asked.reden:
            yield rij.fout("statusreden", "zeg waarom dit vervallen is")
    elif words := missing(after, asked.status, reden=asked.reden):
        yield rij.fout("status", words[:1].lower() + words[1:].rstrip("."))


def _after(asked: Gelezen) -> Knelpunt:
    """The knelpunt as it would be, not saved: a copy, so that looking changes nothing."""
    fields = {f.attname: getattr(asked.row, f.attname) for f in Knelpunt._meta.concrete_fields} if asked.row else {}
    copy = Knelpunt(**fields)
    for code, value in asked.waarden.items():
        setattr(copy, code, value)
    return copy


def _outcome(rij: Rij, asked: Gelezen) -> Uitkomst:
    row = asked.row
    changes = [
        Wijziging(LABELS[code], _word(code, getattr(row, code)) if row else "", _word(code, value))
        for code, value in asked.waarden.items()
    ]
    if asked.status:
        before = str(row.get_status_display()) if row else ""
        changes.append(Wijziging(LABELS["status"], before, str(Knelpuntstatus(asked.status).label)))
    what = NIEUW if row is None else GEWIJZIGD if changes else GELIJK
    name = row.ref if row else str(rij.get("externe_id"))
    title = asked.waarden.get("titel") or (row.titel if row else "")
    return Uitkomst(rij.nummer, what, f"{name} {title}", tuple(changes), asked)


def _word(code: str, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if code == "plaats":
        return f"{value.lat:.6f}, {value.lon:.6f}"
    if code == "groepen":
        return ", ".join(str(Groep(one).label) for one in value)
    if code == "tags":
        return ", ".join(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if code == "planning":
        return str(Planning(value).value)
    choices = dict(Knelpunt._meta.get_field(code).choices or ())
    return str(choices.get(value, value))
