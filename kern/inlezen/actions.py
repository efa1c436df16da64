"""Every write on files that are read in."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils.text import get_valid_filename

from kern import historiek
from kern.gebruikers.models import Gebruiker
from kern.opdrachten import actions as opdrachten
from kern.opdrachten.storage import file_storage

from . import lezen, queries, registry, rules
from .models import Inlezing, Koppeling

log = structlog.get_logger(__name__)

JOB_LOOK, JOB_WRITE = "inlezen_nakijken", "inlezen"
PREVIEW_ROWS = 5
LOCK = 7_201


class Veranderd(ValueError):
    """What the file would do is no longer what was on screen; it was looked at again."""


def begin(
    *, soort: str, doel: str, eigenaar: Gebruiker, bestand: UploadedFile, reden: str, sleutel: uuid.UUID, at: datetime
) -> Inlezing:
    """Keep a file, and go as far with it as nobody has to choose anything. Raises Onleesbaar.

    `sleutel` names one filled-in form: a second call with it gives the file that the first one kept.
    """
    kind = registry.get(soort)
    if known := Inlezing.objects.filter(sleutel=sleutel, eigenaar=eigenaar).first():
        return known
    if bestand.size and bestand.size > lezen.MAX_BYTES:
        raise lezen.Onleesbaar(f"Het bestand is groter dan {lezen.MAX_BYTES // 1024 // 1024} MB.")
    name = bestand.name or "bestand"
    bestand.open("rb")
    table = lezen.read(bestand, name, max_rijen=kind.max_rijen)
    fields = {
        "soort": soort,
        "doel": doel,
        "eigenaar": eigenaar,
        "bestandsnaam": name[-150:],
        "kop": table.kop,
        "voorbeeld": [[_short(cell) for cell in row.cellen] for row in table.regels[:PREVIEW_ROWS]],
        "rijen": len(table.regels),
        "reden": reden,
        "gemaakt_op": at,
        "gewijzigd_op": at,
    }
    path = ""
    try:
        with transaction.atomic():
            kept, made = Inlezing.objects.get_or_create(sleutel=sleutel, defaults=fields)
            if not made:
                return kept
            bestand.seek(0)
            path = file_storage().save(f"inlezen/{kept.pk}/{get_valid_filename(name[-100:])}", bestand)
            kept.bestand = path
            velden = kind.velden(doel, table.kop)
            kept.koppeling = queries.mapping_for(kept, velden)
            kept.save()
    except BaseException:
        if path:
            file_storage().delete(path)
        raise
    chosen_before = bool(queries.remembered(soort, table.kop))
    if rules.fits(kept.koppeling, kept.kop, velden) and (chosen_before or len(kept.koppeling) == len(kept.kop)):
        return look(inlezing=kept, at=at)
    return kept


@transaction.atomic
def choose_columns(*, inlezing: Inlezing, koppeling: Mapping[str, int], at: datetime) -> Inlezing:
    """Say which column is which field, and remember it for the next file with these headings.

    Raises ValueError when a field that must be there has no column, or a column stands for two.
    """
    row = _locked(inlezing)
    kind = registry.get(row.soort)
    if not rules.fits(koppeling, row.kop, kind.velden(row.doel, row.kop)):
        raise ValueError("deze kolommen passen niet bij dit bestand")
    row.koppeling, row.uitslag, row.status = dict(koppeling), {}, Inlezing.Status.KOLOMMEN
    row.gewijzigd_op = at
    row.save()
    Koppeling.objects.update_or_create(
        soort=row.soort,
        koppen=rules.headings_key(row.kop),
        defaults={
            "velden": {code: rules.known_as(row.kop[place]) for code, place in koppeling.items()},
            "gebruikt_op": at,
        },
    )
    return row


def look(*, inlezing: Inlezing, at: datetime) -> Inlezing:
    """Look at what the file would do; a large one is given to the worker. Raises Onleesbaar."""
    if inlezing.rijen > rules.LARGE:
        return _hand_over(inlezing, JOB_LOOK, f"Kijk na: {inlezing.bestandsnaam}", at)
    return look_now(inlezing=inlezing, at=at)


def look_now(*, inlezing: Inlezing, at: datetime, step: Callable[[int], None] = lambda rows: None) -> Inlezing:
    """Look at it here and now, and keep what came of it. Raises Onleesbaar."""
    outcome = queries.looked_at(inlezing, step).as_json()
    with transaction.atomic():
        row = _locked(inlezing)
        row.uitslag, row.status, row.gewijzigd_op = outcome, Inlezing.Status.NAKIJKEN, at
        row.save()
    return row


def confirm(*, inlezing: Inlezing, at: datetime, reden: str = "") -> Inlezing:
    """Read the file in, or let the worker do it; a second click changes nothing.

    Raises Onleesbaar, Veranderd, and ValueError while something is wrong with it.
    """
    row = Inlezing.objects.get(pk=inlezing.pk)
    if row.is_gedaan or row.is_bezig:
        return row
    if not row.klopt:
        raise ValueError("dit bestand kan zo niet ingelezen worden")
    if reden and reden != row.reden:
        Inlezing.objects.filter(pk=row.pk).update(reden=reden)
    if row.rijen > rules.LARGE:
        return _hand_over(row, JOB_WRITE, f"Lees in: {row.bestandsnaam}", at)
    return write_now(inlezing=row, at=at)


def write_now(*, inlezing: Inlezing, at: datetime, step: Callable[[int], None] = lambda rows: None) -> Inlezing:
    """Write everything in the file, or nothing of it. Done before is done.

    Raises Onleesbaar; and Veranderd, with what it would do now kept, when that is not what somebody said yes to.
    """
    kind = registry.get(inlezing.soort)
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Two files of one kind at once would each count on what the other is about to change.
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, inlezing.soort])
        row = _locked(inlezing)
        if row.is_gedaan:
            return row
        looked = queries.looked_at(row, step)
        outcome = looked.as_json()
        if same := outcome["vingerafdruk"] == row.uitslag.get("vingerafdruk") and not outcome["fouten"]:
            with historiek.reason(f"Ingelezen uit {row.bestandsnaam}{': ' if row.reden else ''}{row.reden}"):
                kind.schrijf(looked.werk, row.doel, row.eigenaar, at)
            row.status, row.gedaan_op = Inlezing.Status.GEDAAN, at
        row.uitslag, row.gewijzigd_op = outcome, at
        row.save()
    if not same:
        raise Veranderd("Intussen is er iets gewijzigd. Kijk opnieuw na wat dit bestand zou doen.")
    log.info("file_read_in", kind=row.soort, rows=row.rijen, new=outcome["nieuw"], changed=outcome["gewijzigd"])
    return row


@transaction.atomic
def discard(*, inlezing: Inlezing) -> None:
    """Throw away a file that did not come in. What came in stays on record."""
    row = _locked(inlezing)
    if row.is_gedaan:
        return
    path = row.bestand.name
    row.delete()
    if path:
        transaction.on_commit(lambda: file_storage().delete(path))


def _hand_over(inlezing: Inlezing, job: str, title: str, at: datetime) -> Inlezing:
    with transaction.atomic():
        row = _locked(inlezing)
        if row.is_gedaan or row.is_bezig:
            return row
        row.opdracht = opdrachten.start(
            soort=job, eigenaar=row.eigenaar, invoer={"inlezing": row.pk}, titel=title[:200], totaal=row.rijen, at=at
        )
        row.gewijzigd_op = at
        row.save()
    return row


def _locked(inlezing: Inlezing) -> Inlezing:
    return Inlezing.objects.select_for_update(of=("self",)).select_related("opdracht", "eigenaar").get(pk=inlezing.pk)


def _short(cell: object) -> str:
    return "" if cell is None else str(cell)[:60]
