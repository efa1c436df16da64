"""The multi-year plan as a file: a row per objective, action plan and action, columns per year and kind of money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.urls import reverse

from kern.documenten.werkblad import Cel
from kern.gebruikers.models import Gebruiker
from kern.inlezen.registry import GELIJK, GEWIJZIGD, NIEUW, Fout, Rij, Soort, Uitkomst, Veld, Wijziging, register
from kern.inlezen.waarden import decimaal, ja_nee, keuze, schoon, tekst, tekst_tot

from .. import plancode, rules
from ..models import Actieplan, Beleidsdoelstelling, Meerjarenplan, PlanActie, Planbedrag

CODE = "meerjarenplan"
MODELS = {"BD": Beleidsdoelstelling, "AP": Actieplan, "A": PlanActie}
# The words of a row; what an action has, the others do not.
WORDS = ("naam", "omschrijving", "is_prioritair")
OF_ACTION = ("status", "dienst")
KINDS = {"exploitatie": "Exploitatie", "investering": "Investering"}
SIDES = {"budget": "budget", "gerealiseerd": "gerealiseerd"}


def _code(cel: Any) -> plancode.Plancode | None:
    found = tekst(cel)
    return plancode.read(found) if found else None


def _amount(jaar: int, soort: str, kant: str) -> str:
    return f"{kant}_{soort}_{jaar}"


def velden(doel: str, kop: Sequence[str] = ()) -> list[Veld]:
    """The fields of a plan: its own years are its columns."""
    plan = Meerjarenplan.objects.get(pk=doel)
    money = decimaal(2, minstens=Decimal(0))
    return [
        Veld("code", "Code", _code, verplicht=True, hulp="BD-02, AP-02.04 of A-02.04.03.", voorbeeld="A-02.04.03"),
        Veld("naam", "Naam", tekst_tot(300), hulp="Nodig voor wat nieuw is.", voorbeeld="Speelplekken vernieuwen"),
        Veld("omschrijving", "Omschrijving", tekst_tot(4000)),
        Veld("is_prioritair", "Prioritair", ja_nee, hulp="Ja of nee.", voorbeeld="ja"),
        Veld(
            "status",
            "Status",
            keuze(dict(PlanActie.Status.choices)),
            hulp=f"Alleen bij een actie: {', '.join(PlanActie.Status.labels)}.",
            voorbeeld="in uitvoering",
        ),
        Veld("dienst", "Dienst", tekst_tot(120), hulp="Alleen bij een actie.", voorbeeld="Dienst groen"),
        *(
            Veld(
                _amount(jaar, soort, kant),
                f"{naam} {SIDES[kant]} {jaar}",
                money,
                hulp="In euro, alleen bij een actie. Leeg: niet gekend.",
                voorbeeld="12.500,00" if kant == "budget" else "",
            )
            for jaar in plan.jaren
            for soort, naam in KINDS.items()
            for kant in SIDES
        ),
    ]


def vergelijk(rijen: Sequence[Rij], doel: str) -> Iterator[Uitkomst | Fout]:
    """What each row would do in this plan."""
    plan = Meerjarenplan.objects.get(pk=doel)
    rows, money = _now(plan)
    fields = velden(doel)
    labels = {veld.code: veld.label for veld in fields}
    known = {code.code for code in (rij.get("code") for rij in rijen)} | set(rows)
    seen: dict[str, int] = {}
    for rij in rijen:
        code = rij.get("code")
        if code.code in seen:
            yield rij.fout("code", f"{code.code} staat ook op rij {seen[code.code]}")
            continue
        seen[code.code] = rij.nummer
        errors = list(_wrong(rij, code, rows, known, labels))
        if errors:
            yield from errors
            continue
        yield _outcome(rij, code, rows.get(code.code), money.get(code.code, {}), labels)


def _wrong(
    rij: Rij, code: plancode.Plancode, rows: dict[str, Any], known: set[str], labels: dict[str, str]
) -> Iterator[Fout]:
    if code.boven and code.boven not in known:
        yield rij.fout("code", f"{code.boven} bestaat niet in dit plan en staat niet in dit bestand")
    if "naam" in rij and rij.get("naam") is None:
        yield rij.fout("naam", "dit moet ingevuld zijn")
    elif "naam" not in rij and code.code not in rows:
        yield rij.fout("code", f"{code.code} is nieuw en heeft een naam nodig: kies de kolom met de naam")
    if code.niveau == "A":
        return
    for field in labels:
        if field not in ("code", *WORDS) and rij.get(field) is not None:
            what = "dit hoort bij een actie" if field in OF_ACTION else "bedragen staan bij de acties"
            yield rij.fout(field, f"{what}: laat het leeg bij een {plancode.NAMES[code.niveau]}")


def _outcome(
    rij: Rij, code: plancode.Plancode, row: Any, amounts: dict[str, Decimal], labels: dict[str, str]
) -> Uitkomst:
    new_words = {}
    for field in (*WORDS, *(OF_ACTION if code.niveau == "A" else ())):
        if field not in rij:
            continue
        value = rij.get(field)
        if field == "status" and value is None:
            continue  # what is not said of a status, stays; a new action is planned
        new_words[field] = bool(value) if field == "is_prioritair" else (value or "")
    new_money = {}
    if code.niveau == "A":
        new_money = {field: rij.get(field) for field in labels if field.startswith(tuple(SIDES)) and field in rij}
    changes = []
    for field, value in new_words.items():
        before = getattr(row, field) if row else ""
        before = schoon(before) if isinstance(before, str) else before
        if before != value:
            changes.append(Wijziging(labels[field], _word(field, before), _word(field, value)))
    for field, value in new_money.items():
        if amounts.get(field) != value:
            changes.append(Wijziging(labels[field], _euro(amounts.get(field)), _euro(value)))
    what = NIEUW if row is None else GEWIJZIGD if changes else GELIJK
    name = new_words.get("naam") or (row.naam if row else "")
    return Uitkomst(rij.nummer, what, f"{code.code} {name}", tuple(changes), (code, new_words, new_money))


def schrijf(uitkomsten: Sequence[Uitkomst], doel: str, door: Gebruiker, at: datetime) -> None:
    """Write rows level by level, so that what is above is there; then the money."""
    plan = Meerjarenplan.objects.get(pk=doel)
    rows, _money = _now(plan)
    for level, above in (("BD", "plan"), ("AP", "beleidsdoelstelling"), ("A", "actieplan")):
        for outcome in uitkomsten:
            code, words, _amounts = outcome.inhoud
            if code.niveau != level:
                continue
            row = rows.get(code.code)
            if row is None:
                parent = rows[code.boven] if code.boven else plan
                rows[code.code] = MODELS[level].objects.create(code=code.code, **{above: parent}, **words)
            elif any(getattr(row, field) != value for field, value in words.items()):
                for field, value in words.items():
                    setattr(row, field, value)
                row.save()
    _write_money([(rows[o.inhoud[0].code], o.inhoud[2]) for o in uitkomsten if o.inhoud[2]])


def _write_money(wanted: Sequence[tuple[PlanActie, dict[str, Decimal | None]]]) -> None:
    found = {
        (row.actie_id, row.jaar, row.soort): row
        for row in Planbedrag.objects.select_for_update().filter(actie__in=[actie for actie, _ in wanted]).order_by()
    }
    made: dict[tuple[int, int, str], Planbedrag] = {}
    touched: dict[tuple[int, int, str], Planbedrag] = {}
    for actie, amounts in wanted:
        for field, value in amounts.items():
            side, kind, year = field.split("_")
            key = (actie.pk, int(year), kind)
            row = found.get(key) or made.get(key)
            if row is None:
                if value is None:
                    continue
                row = made[key] = Planbedrag(actie=actie, jaar=int(year), soort=kind)
            elif getattr(row, side) == value:
                continue
            elif key in found:
                touched[key] = row
            setattr(row, side, value)
    gone = [row.pk for row in touched.values() if row.budget is None and row.gerealiseerd is None]
    Planbedrag.objects.filter(pk__in=gone).delete()
    Planbedrag.objects.bulk_update(
        [row for row in touched.values() if row.pk not in set(gone)], ["budget", "gerealiseerd"], batch_size=500
    )
    Planbedrag.objects.bulk_create(made.values(), batch_size=1000)


def uitvoer(doel: str) -> Iterator[Sequence[Cel]]:
    """The plan as it is, in the columns of `velden`."""
    plan = Meerjarenplan.objects.get(pk=doel)
    rows, money = _now(plan)
    fields = [veld.code for veld in velden(doel)]
    for code in sorted(rows, key=_in_order):
        row, amounts = rows[code], money.get(code, {})
        values: dict[str, Cel] = {field: amounts.get(field) for field in fields if field.startswith(tuple(SIDES))}
        values |= {"code": code, "naam": row.naam, "omschrijving": row.omschrijving}
        values["is_prioritair"] = row.is_prioritair
        if isinstance(row, PlanActie):
            values |= {"status": row.get_status_display(), "dienst": row.dienst}
        yield [values.get(field) for field in fields]


def voorbeelden(doel: str) -> Iterable[Sequence[Cel]]:
    """Three rows of a template: one of each level."""
    fields = velden(doel)
    names = {"BD-01": "Genk is een stad van wijken", "AP-01.01": "Leefbare straten en pleinen"}
    for code in ("BD-01", "AP-01.01", "A-01.01.01"):
        row = []
        for veld in fields:
            value = {"code": code, "naam": names.get(code, veld.voorbeeld), "is_prioritair": "ja"}.get(veld.code)
            row.append(value if value is not None else veld.voorbeeld if code.startswith("A-") else "")
        yield row


def _in_order(code: str) -> tuple[str, int]:
    level, _, numbers = code.partition("-")
    return numbers, len(level) == 1


def _now(plan: Meerjarenplan) -> tuple[dict[str, Any], dict[str, dict[str, Decimal]]]:
    """Every row of the plan by its code, and the known amounts by the name of their field."""
    rows: dict[str, Any] = {row.code: row for row in plan.doelstellingen.all()}
    rows |= {row.code: row for row in Actieplan.objects.filter(beleidsdoelstelling__plan=plan)}
    rows |= {row.code: row for row in PlanActie.objects.filter(actieplan__beleidsdoelstelling__plan=plan)}
    money: dict[str, dict[str, Decimal]] = {}
    amounts = Planbedrag.objects.filter(actie__actieplan__beleidsdoelstelling__plan=plan).select_related("actie")
    for row in amounts:
        known = money.setdefault(row.actie.code, {})
        for side in SIDES:
            if (value := getattr(row, side)) is not None:
                known[_amount(row.jaar, row.soort, side)] = value
    return rows, money


def _word(field: str, value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(PlanActie.Status(value).label) if field == "status" and value else str(value)


def _euro(value: Decimal | None) -> str:
    return "" if value is None else f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def register_kind() -> None:
    """Make the plan known as a file."""
    register(
        Soort(
            CODE,
            "Meerjarenplan (BBC)",
            "Doelstellingen, actieplannen en acties met budget en wat gerealiseerd is per jaar.",
            mag=rules.may_manage_figures,
            velden=velden,
            vergelijk=vergelijk,
            schrijf=schrijf,
            terug=lambda doel: reverse("wijken:plan", args=[doel]) if doel else reverse("wijken:plans"),
            doelen=lambda user: [(str(pk), naam) for pk, naam in Meerjarenplan.objects.values_list("pk", "naam")],
            doel_vraag="Welk plan?",
            uitvoer=uitvoer,
            voorbeelden=partial(voorbeelden),
        )
    )
