"""Every write on proposals for activities. What is accepted is a meeting of `wijken` from then on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from kern import historiek
from kern.berichten import actions as berichten
from kern.gebruikers.models import Gebruiker
from wijken import actions as wijken
from wijken.models import Team, Wijk

from ..mails import activiteiten as mails
from ..models import Activiteitvoorstel
from ..states.activiteit import Status, allowed


class VoorstelGewijzigd(ValueError):
    """Somebody else was first, or the step does not follow on what is there now."""


@transaction.atomic
def propose(
    *,
    inzending: UUID,
    titel: str,
    beschrijving: str,
    ontmoeting: str,
    wijk: Wijk | None,
    wanneer: str,
    waar: str,
    verwacht: int | None,
    kosten: Decimal | None,
    nodig: str,
    naam: str,
    organisatie: str,
    email: str,
    telefoon: str,
    taal: str,
    at: datetime,
) -> Activiteitvoorstel:
    """Keep a proposal and mail a link to confirm the address. Sent twice, it is one."""
    row, made = Activiteitvoorstel.objects.get_or_create(
        inzending=inzending,
        defaults={
            "titel": titel,
            "beschrijving": beschrijving,
            "ontmoeting": ontmoeting,
            "wijk": wijk,
            "wanneer": wanneer,
            "waar": waar,
            "verwacht": verwacht,
            "kosten": kosten,
            "nodig": nodig,
            "naam": naam,
            "organisatie": organisatie,
            "email": email,
            "telefoon": telefoon,
            "taal": taal,
            "gedaan_op": at,
        },
    )
    if made:
        mails.confirm_address(row)
    return row


@transaction.atomic
def confirm(*, voorstel: Activiteitvoorstel, at: datetime) -> Activiteitvoorstel:
    """The address is theirs: now staff look at it. A second click changes nothing."""
    row = _locked(voorstel)
    if row.status == Status.AANGEMELD:
        row.status, row.bevestigd_op = Status.NIEUW, at
        _save(row)
    return row


@transaction.atomic
def accept(
    *,
    voorstel: Activiteitvoorstel,
    soort: str,
    titel: str,
    begin: datetime,
    einde: datetime,
    locatie: str,
    team: Team,
    capaciteit: int | None,
    reden: str,
    door: Gebruiker,
    at: datetime,
    versie: int,
) -> Activiteitvoorstel:
    """Draft a meeting out of it, run by whoever accepts, and tell who proposed it. Raises VoorstelGewijzigd."""
    row = _step(voorstel, Status.AANVAARD, versie, at, reden)
    words = [row.beschrijving, row.ontmoeting]
    row.bijeenkomst = wijken.plan_meeting(
        door=door,
        at=at,
        wijken=[row.wijk] if row.wijk else [],
        organisatoren=[door],
        hoort_bij=row,
        soort=soort,
        titel=titel,
        beschrijving="\n\n".join(word for word in words if word),
        begin=begin,
        einde=einde,
        locatie=locatie,
        team=team,
        capaciteit=capaciteit,
        samen_met=row.organisatie,
    )
    _save(row)
    mails.accepted(row)
    return row


@transaction.atomic
def refuse(*, voorstel: Activiteitvoorstel, reden: str, at: datetime, versie: int) -> Activiteitvoorstel:
    """Tell who proposed it that it will not be, and why. Raises VoorstelGewijzigd; ValueError without a reason."""
    if not reden.strip():
        raise ValueError("zeg waarom niet")
    row = _save(_step(voorstel, Status.GEWEIGERD, versie, at, reden))
    mails.refused(row)
    return row


@transaction.atomic
def reconsider(*, voorstel: Activiteitvoorstel, versie: int) -> Activiteitvoorstel:
    """Look at it again. Raises VoorstelGewijzigd."""
    return _save(_step(voorstel, Status.NIEUW, versie, None, ""))


@transaction.atomic
def withdraw(*, voorstel: Activiteitvoorstel, at: datetime) -> Activiteitvoorstel:
    """Whoever proposed it takes it back: who they are goes at once. Its meeting is for staff to call off."""
    row = _locked(voorstel)
    if row.status != Status.INGETROKKEN:
        row.status = Status.INGETROKKEN
        with historiek.reason("Trok het voorstel in"):
            _wipe(row, at)
    return row


@transaction.atomic
def delete_unconfirmed(*, pks: Collection[int]) -> dict[str, int]:
    """Delete proposals whose address was never confirmed."""
    rows = Activiteitvoorstel.objects.filter(pk__in=pks, status=Status.AANGEMELD)
    berichten.forget_all(about=Activiteitvoorstel, keys=list(rows.values_list("pk", flat=True)))
    return {"voorstellen": rows.delete()[1].get("samenleven.Activiteitvoorstel", 0)}


@transaction.atomic
def forget(*, pks: Collection[int], at: datetime) -> dict[str, int]:
    """Wipe who proposed it; the proposal stays."""
    rows = list(Activiteitvoorstel.objects.select_for_update(of=("self",)).filter(pk__in=pks, gewist_op=None))
    for row in rows:
        _wipe(row, at)
    return {"voorstellen": len(rows)}


def _wipe(row: Activiteitvoorstel, at: datetime) -> None:
    berichten.forget_all(about=Activiteitvoorstel, keys=[row.pk])
    row.naam = row.email = row.telefoon = row.organisatie = ""
    row.gewist_op = at
    _save(row)


def _step(voorstel: Activiteitvoorstel, to: Status, versie: int, at: datetime | None, reden: str) -> Activiteitvoorstel:
    row = _locked(voorstel)
    if row.versie != versie or row.is_gewist or not allowed(row.status, to):
        raise VoorstelGewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.status, row.beslist_op, row.reden = to, at, reden
    return row


def _save(row: Activiteitvoorstel) -> Activiteitvoorstel:
    row.versie += 1
    row.save()
    return row


def _locked(row: Activiteitvoorstel) -> Activiteitvoorstel:
    return (
        Activiteitvoorstel.objects.select_for_update(of=("self",)).select_related("wijk", "bijeenkomst").get(pk=row.pk)
    )
