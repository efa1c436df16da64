"""Reads for who holds the code or the link of a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models.functions import Lower
from django.utils import timezone

from kern.beelden.models import Beeld
from kern.berichten.models import Bericht
from kern.termijnen import local_date

from .. import publiek
from ..models import Gebeurtenis, Melder, Melding, MeldingBeeld, Volger
from ..models.melding import MeldingQuerySet
from ..rules import REOPEN_DAYS, may_reopen, may_separate, may_withdraw
from ..states import Status


@dataclass(frozen=True)
class HoofdmeldingStand:
    """How the report stands with which this one goes on: what everybody may know, and nothing of who sent it."""

    status: publiek.PubliekeStatus
    plaats: str
    uiterlijk: date | None


@dataclass(frozen=True)
class Volgpagina:
    """What the follow page of the reporter shows."""

    melding: Melding
    categorie: str
    status: publiek.PubliekeStatus
    stappen: list[publiek.Stap]
    fotos: list[MeldingBeeld]
    fotos_na_herstel: list[MeldingBeeld]
    melder: Melder | None
    vraag: str
    antwoord_tot: date | None
    mag_intrekken: bool
    mag_heropenen: bool
    mag_losmaken: bool
    heropenen_tot: date | None
    hoofd: HoofdmeldingStand | None


def _with_names() -> MeldingQuerySet:
    main = [f"hoofdmelding__{name}" for name in ("categorie", "team", "wijk")]
    private = [f"hoofdmelding__{name}" for name in ("zoek", "omschrijving", "plaats_in_woorden", "openbare_tekst")]
    return Melding.objects.select_related("categorie", "team", "wijk", "melder", *main).defer("zoek", *private)


def by_code(code: str) -> Melding | None:
    """The report of a normalised code; None when there is none."""
    return _with_names().filter(code=code).first()


def follow_page(melding: Melding, at: datetime) -> Volgpagina:
    """Everything on the follow page (two queries; a third while the city waits for an answer)."""
    today = local_date(at)
    lines = list(melding.gebeurtenissen.filter(voor_melder=True).select_related("partner"))
    photos = list(MeldingBeeld.objects.sent_with(melding).select_related("beeld"))
    waits = melding.status == Status.WACHT_OP_MELDER
    after = MeldingBeeld.Soort.NA_HERSTEL
    return Volgpagina(
        melding=melding,
        categorie=publiek.subject(melding),
        status=publiek.public_status(melding, on=today, eigen=True),
        stappen=publiek.story(melding, lines, on=today, eigen=True),
        fotos=[row for row in photos if row.soort not in (after, *MeldingBeeld.ALLEEN_COLLEGAS)],
        fotos_na_herstel=[row for row in photos if row.soort == after],
        melder=_known(melding),
        vraag=next((x.tekst for x in reversed(lines) if x.soort == Gebeurtenis.Soort.VRAAG), "") if waits else "",
        antwoord_tot=melding.pauzes.filter(tot=None).values_list("terug_op", flat=True).first() if waits else None,
        mag_intrekken=may_withdraw(melding),
        mag_heropenen=may_reopen(melding, at),
        mag_losmaken=may_separate(melding, at),
        heropenen_tot=local_date(melding.afgesloten_op + timedelta(days=REOPEN_DAYS))
        if melding.afgesloten_op
        else None,
        hoofd=main_of(melding, today),
    )


def main_of(melding: Melding, on: date) -> HoofdmeldingStand | None:
    """How the main report of a merged one stands; None when it is not merged, or the main became sensitive."""
    main = melding.hoofdmelding
    if main is None or main.categorie.is_gevoelig:
        return None
    return HoofdmeldingStand(
        status=publiek.public_status(main, on=on),
        plaats=publiek.where(main),
        uiterlijk=main.oplossing_uiterlijk if main.is_open else None,
    )


def _known(melding: Melding) -> Melder | None:
    """Who reported, as long as we know anything of that person."""
    melder: Melder | None = getattr(melding, "melder", None)
    return melder if melder and (melder.naam or melder.email or melder.telefoon) else None


def photo_of(melding: Melding, beeld: UUID) -> Beeld | None:
    """A photo of this report; the code opens all but what came along with another or nobody has seen."""
    rows = MeldingBeeld.objects.sent_with(melding).exclude(soort__in=MeldingBeeld.ALLEEN_COLLEGAS)
    row = rows.filter(beeld=beeld).select_related("beeld").first()
    return row.beeld if row else None


def was_said(melding: Melding, soort: str, tekst: str) -> bool:
    """Whether these words already stand with the report: the second click on one button."""
    return melding.gebeurtenissen.filter(soort=soort, tekst=tekst).exists()


def by_address(email: str) -> list[Melding]:
    """All reports of a mail address, newest first (one query)."""
    known = Melder.objects.alias(adres=Lower("email")).filter(adres=email.lower()).exclude(email="").values("pk")
    return list(_with_names().filter(pk__in=known).order_by("-ontvangen_op", "-pk"))


def followed_by(email: str) -> list[Volger]:
    """Where a mail address follows a report of another, newest first (one query)."""
    rows = Volger.objects.alias(adres=Lower("email")).filter(adres=email.lower()).exclude(email="")
    return list(rows.select_related("melding__categorie", "melding__wijk", "melding__team").order_by("-pk"))


@dataclass(frozen=True)
class EigenMelding:
    """One line of “al mijn meldingen”."""

    melding: Melding
    categorie: str
    plaats: str
    status: publiek.PubliekeStatus


def own_cards(email: str, on: date) -> list[EigenMelding]:
    """All reports of a mail address with their status on this day, newest first (one query)."""
    return [
        EigenMelding(
            melding=row,
            categorie=publiek.subject(row),
            plaats=row.adres or row.plaats_in_woorden or publiek.where(row),
            status=publiek.public_status(row, on=on, eigen=True),
        )
        for row in by_address(email)
    ]


def follower(sleutel: UUID) -> Volger | None:
    """The follower of this link, with the report."""
    return (
        Volger.objects.select_related(*(f"melding__{x}" for x in ("categorie", "team", "wijk")))
        .filter(sleutel=sleutel)
        .first()
    )


def own_data(melding: Melding, on: date) -> dict[str, Any]:
    """All that is kept of the reporter and the report, for who asks for it (GDPR art. 15 and 20)."""
    melder = _known(melding)
    return {
        "melding": {
            "nummer": melding.pk,
            "code": melding.code,
            "categorie": melding.categorie.naam,
            "omschrijving": melding.omschrijving,
            "adres": melding.adres,
            "plaats_in_woorden": melding.plaats_in_woorden,
            "plaats": {"lon": melding.plaats.lon, "lat": melding.plaats.lat} if melding.plaats else None,
            "wijk": melding.wijk.naam if melding.wijk else None,
            "status": publiek.public_status(melding, on=on, eigen=True).woord,
            "ontvangen_op": _moment(melding.ontvangen_op),
            "eerste_belofte": melding.oplossing_beloofd,
            "oplossing_uiterlijk": melding.oplossing_uiterlijk,
            "gepland_op": melding.gepland_op,
            "afgesloten_op": _moment(melding.afgesloten_op),
            "openbaar": melding.openbaar,
            "taal": melding.taal,
        },
        "antwoorden": [
            {"vraag": row.vraag.tekst, "antwoord": row.waarde} for row in melding.antwoorden.select_related("vraag")
        ],
        "contact": {
            "naam": melder.naam,
            "email": melder.email,
            "telefoon": melder.telefoon,
            "wil_bericht": melder.wil_bericht,
        }
        if melder
        else None,
        "verhaal": [
            {"op": _moment(line.op), "wat": line.get_soort_display(), "datum": line.datum, "tekst": line.tekst}
            for line in melding.gebeurtenissen.filter(voor_melder=True)
        ],
        "fotos": [
            {"soort": row.get_soort_display(), "openbaar": row.openbaar, "bestand": str(row.beeld_id)}
            for row in MeldingBeeld.objects.sent_with(melding).exclude(soort__in=MeldingBeeld.ALLEEN_COLLEGAS)
        ],
        "doorgegeven": [
            {"aan": task.partner.naam, "op": _moment(task.gegeven_op), "met_contactgegevens": task.met_contact}
            for task in melding.partneropdrachten.select_related("partner")
        ],
        "terugkoppeling": [
            {"op": _moment(row.beantwoord_op), "tevreden": row.tevreden, "tekst": row.tekst}
            for row in melding.enquetes.filter(beantwoord_op__isnull=False)
        ],
        "mails": [
            {"op": _moment(mail.aangemaakt_op), "onderwerp": mail.onderwerp, "tekst": mail.tekst}
            for mail in Bericht.objects.about(melding).filter(aan=melder.email if melder else "").exclude(aan="")
        ],
    }


def _moment(value: datetime | None) -> str | None:
    return timezone.localtime(value).isoformat() if value else None
