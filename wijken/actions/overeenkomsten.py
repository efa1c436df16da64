"""Every write on agreements with external organisations: from a draft to its end, with the results that are asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from kern import historiek
from kern.gebruikers.models import Gebruiker

from ..models import Gevraagdresultaat, Halfjaarverslag, Partner, Partnerpersoon, Samenwerkingsovereenkomst, Wijk
from ..rules import REPORT_DAYS, half_years
from ..states.netwerk import OVEREENKOMST_STEPS, Overeenkomststatus, Verslagstatus


class OvereenkomstGewijzigd(ValueError):
    """Somebody else changed the agreement since the page was opened."""


@dataclass(frozen=True)
class Gevraagd:
    """A result to ask: for which theme, in words, and how many of what when it can be counted. `pk` of a known one."""

    thema: str
    tekst: str
    doel: int | None = None
    eenheid: str = ""
    pk: int | None = None


@transaction.atomic
def draft_agreement(
    *,
    partner: Partner,
    titel: str,
    van: date,
    tot: date,
    bedrag: Decimal,
    wijken: Iterable[Wijk],
    themas: Sequence[str],
    door: Gebruiker,
    at: datetime,
    toelichting: str = "",
    verantwoordelijke: Gebruiker | None = None,
    persoon: Partnerpersoon | None = None,
    resultaten: Iterable[Gevraagd] = (),
) -> Samenwerkingsovereenkomst:
    """Write down an agreement that does not run yet. Raises ValueError without a wijk, or for a wrong person."""
    rows = list(wijken)
    _check(partner, rows, persoon)
    row = Samenwerkingsovereenkomst.objects.create(
        partner=partner,
        titel=titel,
        van=van,
        tot=tot,
        bedrag=bedrag,
        themas=list(themas),
        toelichting=toelichting,
        verantwoordelijke=verantwoordelijke,
        persoon=persoon,
        gemaakt_op=at,
        gemaakt_door=door,
    )
    row.wijken.set(rows)
    _set_results(row, resultaten)
    return row


@transaction.atomic
def change_agreement(
    *,
    overeenkomst: Samenwerkingsovereenkomst,
    versie: int,
    titel: str,
    van: date,
    tot: date,
    bedrag: Decimal,
    wijken: Iterable[Wijk],
    themas: Sequence[str],
    toelichting: str,
    verantwoordelijke: Gebruiker | None,
    persoon: Partnerpersoon | None,
    resultaten: Iterable[Gevraagd],
) -> Samenwerkingsovereenkomst:
    """Change the agreement. One that runs keeps its begin; a later end adds half years to report of, an earlier one
    drops those that nobody asked yet.

    Raises OvereenkomstGewijzigd, and ValueError for one that is over, or for a result with an answer that is left out.
    """
    row = _locked(overeenkomst, versie)
    rows = list(wijken)
    _check(row.partner, rows, persoon)
    if row.status not in (Overeenkomststatus.ONTWERP, Overeenkomststatus.LOPEND):
        raise ValueError("deze overeenkomst is voorbij")
    if row.is_lopend and van != row.van:
        raise ValueError("een overeenkomst die loopt, houdt haar begin")
    row.titel, row.van, row.tot, row.bedrag = titel, van, tot, bedrag
    row.themas, row.toelichting = list(themas), toelichting
    row.verantwoordelijke, row.persoon = verantwoordelijke, persoon
    row.save()
    row.wijken.set(rows)
    _set_results(row, resultaten)
    if row.is_lopend:
        _plan_reports(row)
    return row


@transaction.atomic
def start_agreement(*, overeenkomst: Samenwerkingsovereenkomst, versie: int) -> Samenwerkingsovereenkomst:
    """The agreement is signed: it runs, and its half-year reports are planned. Raises OvereenkomstGewijzigd."""
    row = _locked(overeenkomst, versie)
    _step(row, Overeenkomststatus.LOPEND)
    with historiek.reason("De overeenkomst loopt"):
        row.save()
    _plan_reports(row)
    return row


@transaction.atomic
def stop_agreement(*, overeenkomst: Samenwerkingsovereenkomst, reden: str, versie: int) -> Samenwerkingsovereenkomst:
    """End it before its time, for a reason; reports that did not come in are asked no more.

    Raises OvereenkomstGewijzigd, and ValueError without a reason.
    """
    if not reden.strip():
        raise ValueError("stopzetten vraagt een reden")
    row = _locked(overeenkomst, versie)
    _step(row, Overeenkomststatus.STOPGEZET)
    row.reden = reden
    with historiek.reason(f"Stopgezet: {reden}"):
        row.save()
        row.verslagen.filter(status__in=[Verslagstatus.GEPLAND, Verslagstatus.GEVRAAGD]).update(
            status=Verslagstatus.VERVALLEN
        )
    return row


@transaction.atomic
def renew_agreement(*, overeenkomst: Samenwerkingsovereenkomst, tot: date, versie: int) -> Samenwerkingsovereenkomst:
    """Let an agreement that ended run on until a later day. Raises OvereenkomstGewijzigd and ValueError."""
    row = _locked(overeenkomst, versie)
    if tot <= row.tot:
        raise ValueError("kies een dag na het einde van nu")
    _step(row, Overeenkomststatus.LOPEND)
    row.tot = tot
    with historiek.reason("De overeenkomst loopt verder"):
        row.save()
    _plan_reports(row)
    return row


def end_passed(*, today: date) -> int:
    """End every agreement whose last day is over; how many. Its last report may still come in."""
    count = 0
    for pk in Samenwerkingsovereenkomst.objects.running().filter(tot__lt=today).values_list("pk", flat=True):
        with transaction.atomic(), historiek.reason("De laatste dag is voorbij"):
            count += (
                Samenwerkingsovereenkomst.objects.running()
                .filter(pk=pk, tot__lt=today)
                .update(status=Overeenkomststatus.AFGELOPEN)
            )
    return count


def _locked(overeenkomst: Samenwerkingsovereenkomst, versie: int) -> Samenwerkingsovereenkomst:
    rows = Samenwerkingsovereenkomst.objects.select_for_update(of=("self",)).select_related("partner")
    row = rows.get(pk=overeenkomst.pk)
    if row.versie != versie:
        raise OvereenkomstGewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.versie += 1
    return row


def _step(row: Samenwerkingsovereenkomst, naar: Overeenkomststatus) -> None:
    if naar not in OVEREENKOMST_STEPS[Overeenkomststatus(row.status)]:
        raise ValueError(f"een overeenkomst die {row.get_status_display()} is, kan niet naar {naar.label}")
    row.status = naar


def _check(partner: Partner, wijken: Sequence[Wijk], persoon: Partnerpersoon | None) -> None:
    if not wijken:
        raise ValueError("een overeenkomst geldt voor minstens één wijk")
    if persoon and persoon.partner_id != partner.pk:
        raise ValueError("deze contactpersoon hoort bij een andere partner")


def _set_results(row: Samenwerkingsovereenkomst, resultaten: Iterable[Gevraagd]) -> None:
    known = {found.pk: found for found in row.resultaten.all()}
    kept: set[int] = set()
    for asked in resultaten:
        found = known.get(asked.pk or 0) or Gevraagdresultaat(overeenkomst=row)
        found.thema, found.tekst, found.doel, found.eenheid = asked.thema, asked.tekst, asked.doel, asked.eenheid
        found.save()
        kept.add(found.pk)
    gone = row.resultaten.exclude(pk__in=kept)
    if gone.filter(regels__verslag__ingediend_op__isnull=False).exists():
        raise ValueError("over een resultaat dat je weglaat, is al verslag gedaan")
    gone.delete()


def _plan_reports(row: Samenwerkingsovereenkomst) -> None:
    """A report for each half year; of those that nobody asked yet the period may still change."""
    planned = row.verslagen.select_for_update()
    fixed = list(planned.exclude(status=Verslagstatus.GEPLAND).order_by("van"))
    planned.filter(status=Verslagstatus.GEPLAND).delete()
    begin = max((report.tot for report in fixed), default=row.van - timedelta(days=1)) + timedelta(days=1)
    Halfjaarverslag.objects.bulk_create(
        Halfjaarverslag(overeenkomst=row, van=van, tot=tot, uiterlijk=tot + timedelta(days=REPORT_DAYS))
        for van, tot in half_years(begin, row.tot)
    )
