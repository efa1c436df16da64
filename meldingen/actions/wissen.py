"""Take people out of what is kept: contact data, photos, or every word of a report. Batches, set-based."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import pgtrigger
from django.db import connection, transaction
from django.db.models import Q

from kern.beelden import actions as beelden
from kern.beelden.models import Beeld
from kern.berichten import actions as berichten

from ..models import (
    Antwoord,
    Deeltaak,
    Enquete,
    Gebeurtenis,
    Handeling,
    Inzage,
    Melder,
    Melding,
    MeldingBeeld,
    Partnerantwoord,
    Partneropdracht,
    Terugkoppeling,
    Volger,
)

GONE = "(gewist)"
DECIMALS = 3  # of a degree: some 100 metres


@transaction.atomic
def contacts(pks: Collection[int], at: datetime) -> dict[str, int]:
    """Wipe who reported and who follows these reports, also from the mails about them. The reports stay."""
    melders = Melder.objects.filter(~Q(naam="") | ~Q(email="") | ~Q(telefoon=""), melding__in=pks)
    return {
        "melders": melders.update(naam="", email="", telefoon="", wil_bericht=False),
        "volgers": Volger.objects.filter(melding__in=pks).exclude(email="").update(email=""),
        "mails": berichten.forget_all(about=Melding, keys=pks),
    }


@transaction.atomic
def anonymise(pks: Collection[int], at: datetime) -> dict[str, int]:
    """Leave of these reports only what counts: category, wijk, dates, steps, and the place to some 100 metres.

    Gone are who reported, every text, also in the story, the mails, the search and the reasons in the history,
    answers, photos and the exact place.
    """
    counts = contacts(pks, at) | {
        "foto's": photos(list(MeldingBeeld.objects.filter(melding__in=pks).values_list("pk", flat=True)), at)["foto's"],
        "antwoorden": Antwoord.objects.filter(melding__in=pks).delete()[0],
        "teksten": Gebeurtenis.objects.filter(melding__in=pks).exclude(tekst="").update(tekst=""),
    }
    counts |= _words_beside(pks)
    forget_reasons(pks)
    _blank(pks, at)
    return counts | {"meldingen": len(pks)}


@transaction.atomic
def delete(pks: Collection[int], at: datetime) -> dict[str, int]:
    """Remove these reports with all that belongs to them.

    Of their history the changes stay, and of their mails when one went out, both without words.
    """
    counts = anonymise(pks, at)
    Melding.objects.filter(pk__in=pks).delete()
    return counts


@transaction.atomic
def photos(pks: Collection[int], at: datetime) -> dict[str, int]:
    """Remove these photos with their reports (`MeldingBeeld`), also the version from before they were blurred."""
    rows = MeldingBeeld.objects.filter(pk__in=pks)
    keys = [key for pair in rows.values_list("beeld_id", "oorspronkelijk_id") for key in pair if key]
    count = rows.count()
    rows.delete()
    beelden.remove(beelden=Beeld.objects.filter(pk__in=keys))
    return {"foto's": count}


@transaction.atomic
def originals(pks: Collection[int], at: datetime) -> dict[str, int]:
    """Remove what these photos (`MeldingBeeld`) looked like before they were blurred."""
    rows = MeldingBeeld.objects.filter(pk__in=pks, oorspronkelijk__isnull=False)
    keys = list(rows.values_list("oorspronkelijk_id", flat=True))
    rows.update(oorspronkelijk=None)
    return {"originelen": beelden.remove(beelden=Beeld.objects.filter(pk__in=keys))}


@transaction.atomic
def readings(pks: Collection[int], at: datetime) -> dict[str, int]:
    """Remove these lines of the log of who read what."""
    return {"inzages": Inzage.objects.filter(pk__in=pks).delete()[0]}


def forget_reasons(pks: Collection[int]) -> None:
    """Take the reasons out of the history of these reports: a colleague may have named somebody in one.

    The only change that is ever made to rows of the history, with the trigger that forbids it off for this one.
    """
    with pgtrigger.ignore("meldingen.MeldingHistoriek:append_only"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE meldingen_meldinghistoriek SET pgh_context = pgh_context - 'reden' "
            "WHERE pgh_obj_id = ANY(%s) AND pgh_context ? 'reden'",
            [list(pks)],
        )


def _words_beside(pks: Collection[int]) -> dict[str, int]:
    """Wipe what partners, teams and residents wrote beside the report itself; what counts, and when, stays."""
    Handeling.objects.filter(melding__in=pks).delete()  # what the report was before a step
    return {
        "opdrachten": Partneropdracht.objects.filter(melding__in=pks).update(tekst=GONE, met_contact=False),
        "antwoorden van partners": Partnerantwoord.objects.filter(opdracht__melding__in=pks).update(tekst=""),
        "deeltaken": Deeltaak.objects.filter(melding__in=pks).update(titel=GONE, tekst="", afloop=GONE),
        "enquêtes": Enquete.objects.filter(melding__in=pks).exclude(tekst="").update(tekst=""),
        "terugkoppelingen": Terugkoppeling.objects.filter(melding__in=pks)
        .exclude(wat_gedaan="")
        .update(wat_gedaan=GONE),
    }


def _blank(pks: Collection[int], at: datetime) -> None:
    rows = list(Melding.objects.filter(pk__in=pks).only("plaats"))
    for row in rows:
        row.plaats = row.plaats and type(row.plaats)(round(row.plaats.lon, DECIMALS), round(row.plaats.lat, DECIMALS))
        row.omschrijving = row.plaats_in_woorden = GONE
        row.adres = row.openbare_tekst = ""
        row.let_op_gegevens = row.openbaar = False
        row.geanonimiseerd_op = at
    fields = ["plaats", "omschrijving", "plaats_in_woorden", "adres", "openbare_tekst", "let_op_gegevens", "openbaar"]
    Melding.objects.bulk_update(rows, [*fields, "geanonimiseerd_op"])
