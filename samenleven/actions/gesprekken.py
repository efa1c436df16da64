"""Every write on conversations: planned, entered from a sheet, looked at by staff."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kern import historiek
from kern.gebruikers.models import Gebruiker

from .. import mails
from ..models import (
    Citaat,
    Domein,
    Editie,
    Gesprek,
    Profielgroep,
    Profieltelling,
    Signaal,
    Thema,
    Toestemming,
    Uitdager,
    Waarvoor,
)
from ..states.gesprek import Status, allowed
from .toestemming import give_consent
from .uitdagers import Gewijzigd


@dataclass(frozen=True)
class NieuwSignaal:
    """A line of a sheet."""

    soort: str
    tekst: str
    thema: Thema | None = None


@dataclass(frozen=True)
class NieuwCitaat:
    """A quote of a sheet whose speaker said yes; `nummer` is that of its strip."""

    nummer: int
    tekst: str


@dataclass(frozen=True)
class Blad:
    """What stands on a sheet."""

    datum: date
    aanwezigen: int
    antwoorden: Mapping[str, str]
    signalen: Sequence[NieuwSignaal] = ()
    citaten: Sequence[NieuwCitaat] = ()
    profiel: Mapping[Profielgroep, int] = field(default_factory=dict)


@transaction.atomic
def plan_conversation(*, gesprek: Gesprek, uitdagers: Collection[Uitdager], at: datetime, versie: int = 0) -> Gesprek:
    """Keep a planned conversation, new or changed, and mail each host the link to its sheet, once.

    Raises Gewijzigd when somebody else changed it since `versie`.
    """
    if gesprek.pk:
        now = Gesprek.objects.select_for_update().get(pk=gesprek.pk)
        if now.versie != versie:
            raise Gewijzigd("iemand anders was je voor: kijk na wat er nu staat")
        gesprek.versie = versie + 1
    else:
        gesprek.gemaakt_op = at
    gesprek.save()
    gesprek.uitdagers.set(uitdagers)
    if gesprek.status == Status.GEPLAND:
        for uitdager in uitdagers:
            mails.sheet(gesprek, uitdager)
    return gesprek


@transaction.atomic
def keep_draft(*, gesprek: Gesprek, velden: Mapping[str, Any], at: datetime) -> None:
    """Hold on to what a host typed and did not send yet."""
    Gesprek.objects.filter(pk=gesprek.pk, status=Status.GEPLAND).update(concept=dict(velden), concept_op=at)


@transaction.atomic
def enter_sheet(*, gesprek: Gesprek, blad: Blad, at: datetime, door: Gebruiker | None = None) -> Gesprek:
    """Put a paper sheet in the portal; staff look at it before anybody else reads it.

    A second click finds it entered and changes nothing. Quotes come with their consent; the code on the strip takes
    it back. Raises Gewijzigd for a conversation that was called off.
    """
    row = _locked(gesprek)
    if row.is_gehouden:
        return row
    if not allowed(row.status, Status.INGEVOERD):
        raise Gewijzigd("dit gesprek gaat niet door")
    for name in ("vandaag", "ikzelf", "samen", "bestuur"):
        setattr(row, name, blad.antwoorden.get(name, ""))
    row.datum, row.aanwezigen = blad.datum, blad.aanwezigen
    row.status, row.ingevoerd_op, row.ingevoerd_door = Status.INGEVOERD, at, door
    row.concept, row.concept_op, row.opmerking = {}, None, ""
    row.versie += 1
    row.save()
    _write_signals(row, blad.signalen)
    _write_quotes(row, blad.citaten, at, door)
    row.profiel.all().delete()
    Profieltelling.objects.bulk_create(
        Profieltelling(gesprek=row, groep=groep, aantal=aantal) for groep, aantal in blad.profiel.items() if aantal
    )
    mails.entered(row)
    return row


def _write_signals(row: Gesprek, lines: Sequence[NieuwSignaal]) -> None:
    """What was entered before, when a sheet comes back with a question, is replaced."""
    row.signalen.all().delete()
    for nummer, line in enumerate(lines, 1):
        Signaal.objects.create(
            gesprek=row,
            nummer=nummer,
            soort=line.soort,
            tekst=line.tekst,
            thema=line.thema,
            domein=line.thema.domein if line.thema else None,
        )


def _write_quotes(row: Gesprek, lines: Sequence[NieuwCitaat], at: datetime, door: Gebruiker | None) -> None:
    """A quote that was taken back stays away, also when the sheet is sent again."""
    given = {line.nummer: line for line in lines}
    for citaat in row.citaten.with_consent():  # type: ignore[attr-defined]
        if citaat.nummer not in given:
            Toestemming.objects.about(citaat).delete()
            citaat.delete()
    gone = set(row.citaten.filter(tekst="").values_list("nummer", flat=True))
    for nummer, line in given.items():
        if nummer in gone:
            continue
        citaat, _made = Citaat.objects.update_or_create(
            gesprek=row, nummer=nummer, defaults={"tekst": line.tekst, "gewijzigd_op": at}
        )
        give_consent(
            over=citaat,
            waarvoor=Waarvoor.WOORDEN,
            via=Toestemming.Via.PAPIER,
            at=at,
            door=door,
            code=row.citaatcode(nummer),
        )


@dataclass(frozen=True)
class Oordeel:
    """What staff make of a line: its words, what it is about, and whether everybody may read it."""

    tekst: str
    openbaar: bool
    soort: str = ""
    thema: Thema | None = None
    domein: Domein | None = None


@transaction.atomic
def check_sheet(
    *,
    gesprek: Gesprek,
    antwoorden: Mapping[str, str],
    signalen: Mapping[int, Oordeel],
    citaten: Mapping[int, Oordeel],
    klaar: bool,
    door: Gebruiker,
    at: datetime,
    versie: int,
) -> Gesprek:
    """Staff correct what was entered, decide what everybody may read, and (`klaar`) close the sheet.

    Lines are named by their number on the sheet. A quote that was taken back meanwhile stays empty.
    Raises Gewijzigd.
    """
    row = _locked(gesprek)
    if row.versie != versie or not row.is_gehouden:
        raise Gewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    for name, text in antwoorden.items():
        setattr(row, name, text)
    if klaar and row.status == Status.INGEVOERD:
        row.status, row.nagekeken_op, row.nagekeken_door = Status.NAGEKEKEN, at, door
    row.versie += 1
    row.save()
    for signaal in row.signalen.filter(nummer__in=signalen):
        line = signalen[signaal.nummer]
        signaal.tekst, signaal.is_openbaar = line.tekst, line.openbaar
        signaal.soort = line.soort or signaal.soort
        signaal.thema, signaal.domein = line.thema, line.domein
        signaal.save()
    for citaat in row.citaten.with_consent().select_for_update().filter(nummer__in=citaten):  # type: ignore[attr-defined]
        line = citaten[citaat.nummer]
        citaat.tekst, citaat.is_goedgekeurd, citaat.thema = line.tekst, line.openbaar, line.thema
        citaat.gewijzigd_op = at
        citaat.save()
    Editie.objects.filter(blokken__signaal__gesprek=row).update(gewijzigd_op=at)
    return row


@transaction.atomic
def send_back(*, gesprek: Gesprek, opmerking: str, at: datetime, versie: int) -> Gesprek:
    """Ask the hosts to fill in what is missing; what they entered is in the form. Raises Gewijzigd and ValueError."""
    if not opmerking.strip():
        raise ValueError("zeg wat er ontbreekt")
    row = _step(gesprek, Status.GEPLAND, versie)
    row.opmerking, row.concept, row.concept_op = opmerking, _as_draft(row), at
    row.save()
    for uitdager in row.uitdagers.all():
        mails.sheet_question(row, uitdager)
    return row


@transaction.atomic
def reopen(*, gesprek: Gesprek, versie: int) -> Gesprek:
    """Look at a sheet again: until it is closed anew nobody outside reads it. Raises Gewijzigd."""
    row = _step(gesprek, Status.INGEVOERD, versie)
    row.nagekeken_op = row.nagekeken_door = None
    row.save()
    return row


@transaction.atomic
def call_off(*, gesprek: Gesprek, reden: str, versie: int) -> Gesprek:
    """A planned conversation does not take place. Raises Gewijzigd, and ValueError without a reason."""
    if not reden.strip():
        raise ValueError("zeg waarom het niet doorgaat")
    row = _step(gesprek, Status.AFGELAST, versie)
    row.reden = reden.strip()
    with historiek.reason(row.reden):
        row.save()
    return row


@transaction.atomic
def revive(*, gesprek: Gesprek, versie: int) -> Gesprek:
    """A conversation that was called off takes place after all. Raises Gewijzigd."""
    row = _step(gesprek, Status.GEPLAND, versie)
    row.reden = ""
    row.save()
    return row


@transaction.atomic
def anonymise_sheets(*, pks: Collection[int]) -> dict[str, int]:
    """Wipe the free answers of old sheets; what was counted and what everybody may read stays."""
    rows = Gesprek.objects.filter(pk__in=pks)
    lines = Signaal.objects.filter(gesprek__in=rows, is_openbaar=False, blokken=None).update(tekst="(gewist)")
    sheets = rows.update(vandaag="", ikzelf="", samen="", bestuur="", concept={}, opmerking="")
    return {"bladen": sheets, "signalen": lines}


def _as_draft(row: Gesprek) -> dict[str, str]:
    """What was entered, as the fields of the form of a sheet."""
    fields = {name: getattr(row, name) for name in ("vandaag", "ikzelf", "samen", "bestuur")}
    fields |= {"datum": row.datum.isoformat(), "aanwezigen": str(row.aanwezigen or "")}
    for place, signaal in enumerate(row.signalen.order_by("nummer")):
        fields |= {f"signaal-{place}-soort": signaal.soort, f"signaal-{place}-tekst": signaal.tekst}
        fields[f"signaal-{place}-thema"] = str(signaal.thema_id or "")
    for citaat in row.citaten.with_consent():  # type: ignore[attr-defined]
        fields |= {f"citaat-{citaat.nummer}-tekst": citaat.tekst, f"citaat-{citaat.nummer}-akkoord": "on"}
    for telling in row.profiel.all():
        fields[f"profiel-{telling.groep_id}"] = str(telling.aantal)
    return fields


def _step(gesprek: Gesprek, to: Status, versie: int) -> Gesprek:
    row = _locked(gesprek)
    if row.versie != versie or not allowed(row.status, to):
        raise Gewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.status = to
    row.versie += 1
    return row


def _locked(gesprek: Gesprek) -> Gesprek:
    return Gesprek.objects.select_for_update(of=("self",)).get(pk=gesprek.pk)
