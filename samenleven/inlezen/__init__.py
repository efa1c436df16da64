"""Recommendations of a traject as a file: what goes out can be read in again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from kern.documenten.werkblad import Cel
from kern.gebruikers.models import Gebruiker
from kern.inlezen.registry import GELIJK, GEWIJZIGD, NIEUW, Fout, Rij, Soort, Uitkomst, Veld, Wijziging, register
from kern.inlezen.waarden import datum, geheel, keuze, schoon, tekst_tot
from wijken.models import Team

from .. import rules
from ..actions import aanbevelingen as actions
from ..models import Aanbeveling, Denktafel, Domein, Traject
from ..states.aanbeveling import Antwoord, allowed

CODE = "aanbevelingen"
# What a new recommendation cannot do without.
NEEDED = ("titel", "tekst", "domein", "horizon", "gericht_aan", "voorgesteld_op")
ANSWER = ("antwoord", "antwoord_reden", "antwoord_op")


def velden(doel: str, kop: Sequence[str] = ()) -> list[Veld]:
    """The fields of a recommendation."""
    return [
        Veld("nummer", "Nummer", geheel(minstens=1, hoogstens=999), verplicht=True, voorbeeld="3"),
        Veld("titel", "Titel", tekst_tot(160), voorbeeld="Eén loket voor nieuwe inwoners"),
        Veld("tekst", "Tekst", tekst_tot(4000), hulp="Zoals voorgesteld.", voorbeeld="De stad bundelt …"),
        Veld("domein", "Domein", tekst_tot(120), voorbeeld="Dienstverlening"),
        Veld("denktafel", "Denktafel", tekst_tot(80), voorbeeld="Denktafel dienstverlening"),
        Veld("horizon", "Termijn", keuze(dict(Aanbeveling.Horizon.choices)), voorbeeld="quick win"),
        Veld("gericht_aan", "Gericht aan", tekst_tot(160), voorbeeld="College van burgemeester en schepenen"),
        Veld("voorgesteld_op", "Voorgesteld op", datum, voorbeeld="31/01/2012"),
        Veld("team", "Dienst die instaat", tekst_tot(80)),
        Veld("antwoord", "Antwoord van de stad", keuze(dict(Antwoord.choices)), voorbeeld="overgenomen"),
        Veld("antwoord_reden", "Waarom", tekst_tot(4000), voorbeeld="Het past in het plan."),
        Veld("antwoord_op", "Beantwoord op", datum, voorbeeld="15/06/2012"),
    ]


def vergelijk(rijen: Sequence[Rij], doel: str) -> Iterator[Uitkomst | Fout]:
    """What each row would do in this traject."""
    rows = {row.nummer: row for row in _rows(doel)}
    names = _names(doel)
    labels = {veld.code: veld.label for veld in velden(doel)}
    seen: dict[int, int] = {}
    for rij in rijen:
        nummer = rij.get("nummer")
        if nummer in seen:
            yield rij.fout("nummer", f"{nummer} staat ook op rij {seen[nummer]}")
            continue
        seen[nummer] = rij.nummer
        row = rows.get(nummer)
        if errors := list(_wrong(rij, row, names, labels)):
            yield from errors
            continue
        wanted = {
            code: _value(code, rij.get(code), names)
            for code in labels
            if code != "nummer" and code in rij and not (code in NEEDED and rij.get(code) is None)
        }
        changes = tuple(
            Wijziging(labels[code], _word(code, getattr(row, code) if row else None), _word(code, value))
            for code, value in wanted.items()
            if _differs(row, code, value)
        )
        what = NIEUW if row is None else GEWIJZIGD if changes else GELIJK
        name = wanted.get("titel") or (row.titel if row else "")
        yield Uitkomst(rij.nummer, what, f"{nummer}. {name}", changes, (nummer, row.versie if row else 0, wanted))


def _wrong(
    rij: Rij, row: Aanbeveling | None, names: dict[str, dict[str, Any]], labels: dict[str, str]
) -> Iterator[Fout]:
    if row is None:
        for code in NEEDED:
            if rij.get(code) is None:
                yield rij.fout(code, f"wat nieuw is, heeft dit nodig: {labels[code].lower()}")
    for code, known in names.items():
        value = rij.get(code)
        if value and value.lower() not in known:
            yield rij.fout(code, f"“{value}” kennen we niet: neem de naam zoals hij in het portaal staat")
    now = row.antwoord if row else Antwoord.WACHT
    then = rij.get("antwoord") or now
    if then != now and not allowed(now, then):
        yield rij.fout("antwoord", "een antwoord kan veranderen, niet verdwijnen")
        return
    day = rij.get("antwoord_op") or (row.antwoord_op if row else None)
    if then == Antwoord.WACHT:
        if rij.get("antwoord_reden") or rij.get("antwoord_op"):
            yield rij.fout("antwoord", "er staat een reden of een dag zonder antwoord")
    elif not (rij.get("antwoord_reden") or (row and row.antwoord == then and row.antwoord_reden)):
        yield rij.fout("antwoord_reden", "een antwoord heeft een reden nodig")
    elif not day:
        yield rij.fout("antwoord_op", "vul in wanneer de stad antwoordde")
    if day and day > timezone.localdate():
        yield rij.fout("antwoord_op", "deze dag moet nog komen")


def schrijf(uitkomsten: Sequence[Uitkomst], doel: str, door: Gebruiker, at: datetime) -> None:
    """Write through the actions, so that an answer is told to who follows as if it was typed."""
    rows = {row.nummer: row for row in _rows(doel)}
    for outcome in uitkomsten:
        nummer, versie, wanted = outcome.inhoud
        row = rows.get(nummer) or Aanbeveling(traject_id=int(doel), nummer=nummer)
        fields = {code: value for code, value in wanted.items() if code not in ANSWER}
        if row.pk is None or any(_differs(row, code, value) for code, value in fields.items()):
            row = actions.save_recommendation(row=row, fields=fields, at=at, versie=versie)
        said = {code: wanted.get(code) or getattr(row, code) for code in ANSWER}
        if any(_differs(row, code, value) for code, value in said.items()):
            actions.answer(
                aanbeveling=row,
                antwoord=said["antwoord"],
                reden=said["antwoord_reden"],
                op=said["antwoord_op"],
                at=at,
                versie=row.versie,
            )


def uitvoer(doel: str) -> Iterator[Sequence[Cel]]:
    """The recommendations as they are, in the columns of `velden`."""
    codes = [veld.code for veld in velden(doel)]
    for row in _rows(doel):
        yield [
            getattr(row, code) if code == "nummer" or code.endswith("_op") else _word(code, getattr(row, code))
            for code in codes
        ]


def voorbeelden(doel: str) -> Iterable[Sequence[Cel]]:
    """One row of a template."""
    yield [veld.voorbeeld for veld in velden(doel)]


def _rows(doel: str) -> QuerySet[Aanbeveling]:
    rows = Aanbeveling.objects.filter(traject=int(doel)).select_related("traject", "domein", "denktafel", "team")
    return rows.order_by("nummer")


def _names(doel: str) -> dict[str, dict[str, Any]]:
    tables = Denktafel.objects.filter(traject=int(doel))
    return {
        "domein": {row.naam.lower(): row for row in Domein.objects.all()},
        "denktafel": {row.naam.lower(): row for row in tables},
        "team": {row.naam.lower(): row for row in Team.objects.all()},
    }


def _value(code: str, value: Any, names: dict[str, dict[str, Any]]) -> Any:
    if code in names:
        return names[code][value.lower()] if value else None
    if code == "antwoord":
        return value or Antwoord.WACHT
    return "" if value is None and code == "antwoord_reden" else value


def _differs(row: Aanbeveling | None, code: str, value: Any) -> bool:
    if row is None:
        return value not in (None, "")
    if code in ANSWER and value in (None, "", Antwoord.WACHT):
        return False  # an empty cell says nothing new of an answer
    before = getattr(row, code)
    return bool((schoon(before) if isinstance(before, str) else before) != value)


def _word(code: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if code == "antwoord":
        return str(Antwoord(value).label)
    return str(Aanbeveling.Horizon(value).label) if code == "horizon" else str(value)


def register_all() -> None:
    """Make the file known; called once, when the app is ready."""
    register(
        Soort(
            CODE,
            "Aanbevelingen",
            "Wat denktafels voorstelden, met het antwoord van de stad. Wie volgt, krijgt daar een mail van.",
            mag=rules.may_write,
            velden=velden,
            vergelijk=vergelijk,
            schrijf=schrijf,
            terug=lambda doel: reverse("samenleven:aanbevelingen_werk") + (f"?traject={doel}" if doel else ""),
            doelen=lambda user: [(str(pk), naam) for pk, naam in Traject.objects.values_list("pk", "naam")],
            doel_vraag="Van welk traject?",
            uitvoer=uitvoer,
            voorbeelden=voorbeelden,
        )
    )
