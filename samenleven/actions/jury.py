"""Every write on the rounds of the jury: who reads what, without names, and what they think."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from kern.berichten import actions as berichten

from ..mails import bruggen as mails
from ..models import Bruggenbouwer, Jurylid, Juryoordeel, Juryronde
from ..rules.bruggen import blind
from ..states.bruggenbouwer import Rondestatus, Status, ronde_allowed
from .bruggenbouwers import NominatieGewijzigd

Lid = tuple[str, str]
"""Name and mail address of a member of the jury."""


@transaction.atomic
def save_round(
    *,
    ronde: Juryronde,
    naam: str,
    lezen_tot: date,
    leden: Collection[Lid],
    kandidaten: Collection[Bruggenbouwer],
    versie: int,
    at: datetime,
) -> Juryronde:
    """Prepare a round: who reads, and which nominations. The text without names is proposed for a colleague to check.

    Raises NominatieGewijzigd when the round was opened or changed meanwhile.
    """
    if ronde.pk:
        ronde = _locked(ronde, versie)
        if not ronde.is_concept:
            raise NominatieGewijzigd("de jury leest al: aan deze ronde verandert niets meer")
    else:
        ronde.gemaakt_op = at
    ronde.naam, ronde.lezen_tot = naam, lezen_tot
    ronde.save()
    keep = {email.casefold() for _naam, email in leden}
    for lid in ronde.juryleden.all():
        if lid.email.casefold() not in keep:
            lid.delete()
    known = {lid.email.casefold(): lid for lid in ronde.juryleden.all()}
    for name, email in leden:
        lid = known.get(email.casefold()) or Jurylid(ronde=ronde, email=email)
        lid.naam = name
        lid.save()
    _choose(ronde, {row.pk for row in kandidaten})
    return ronde


def _choose(ronde: Juryronde, chosen: set[int]) -> None:
    rows = Bruggenbouwer.objects.select_for_update(of=("self",)).filter(gewist_op=None)
    for row in rows.filter(ronde=ronde, status=Status.BIJ_DE_JURY).exclude(pk__in=chosen):
        row.status, row.ronde = Status.GESTEUND, None
        row.versie += 1
        row.save()
    for row in rows.filter(pk__in=chosen, status=Status.GESTEUND).prefetch_related("steun"):
        row.status, row.ronde = Status.BIJ_DE_JURY, ronde
        row.leestekst = row.leestekst or reading_text(row)
        row.versie += 1
        row.save()


def reading_text(row: Bruggenbouwer) -> str:
    """What the jury reads of a nomination: why, which worlds met, and what supporters say, without their names."""
    given = [steun for steun in row.steun.all() if steun.bevestigd_op]
    names = [row.naam, row.door_naam, *(steun.naam for steun in given)]
    parts = [row.waarom]
    if row.werelden:
        parts.append(f"Welke werelden elkaar ontmoetten: {row.werelden}")
    parts += [f"Iemand die steunt, zegt: {steun.waarom}" for steun in given if steun.waarom]
    return blind("\n\n".join(parts), names)


@transaction.atomic
def write_reading_text(*, bruggenbouwer: Bruggenbouwer, leestekst: str, versie: int) -> Bruggenbouwer:
    """Mend what the jury will read, as long as it does not read yet. Raises NominatieGewijzigd."""
    row = Bruggenbouwer.objects.select_for_update(of=("self",)).select_related("ronde").get(pk=bruggenbouwer.pk)
    if row.versie != versie or row.status != Status.BIJ_DE_JURY or row.ronde is None or not row.ronde.is_concept:
        raise NominatieGewijzigd("iemand anders was je voor, of de jury leest al")
    row.leestekst = leestekst
    row.versie += 1
    row.save()
    return row


@transaction.atomic
def open_round(*, ronde: Juryronde, versie: int) -> Juryronde:
    """Mail every member of the jury the link to read. Raises NominatieGewijzigd; ValueError when nobody or nothing is
    to be read."""
    row = _step(ronde, Rondestatus.OPEN, versie)
    leden = list(row.juryleden.all())
    if not leden or not row.kandidaten.filter(status=Status.BIJ_DE_JURY).exists():
        raise ValueError("kies eerst juryleden en voordrachten")
    row.save()
    for lid in leden:
        mails.ask_jury(lid, row.versie)
    return row


@transaction.atomic
def close_round(*, ronde: Juryronde, versie: int) -> Juryronde:
    """Nobody of the jury writes any more; now it can be decided. Raises NominatieGewijzigd."""
    row = _step(ronde, Rondestatus.GESLOTEN, versie)
    row.save()
    return row


@transaction.atomic
def judge(*, jurylid: Jurylid, bruggenbouwer: Bruggenbouwer, keuze: str, reden: str, at: datetime) -> Juryoordeel:
    """Write down what a member of the jury thinks; as long as the round is open they may change it.

    Raises NominatieGewijzigd when the round is closed, or the nomination is not in it (any more).
    """
    ronde = Juryronde.objects.select_for_update().get(pk=jurylid.ronde_id)
    inside = Bruggenbouwer.objects.filter(pk=bruggenbouwer.pk, ronde=ronde, status=Status.BIJ_DE_JURY).exists()
    if not ronde.is_open or not inside:
        raise NominatieGewijzigd("deze ronde is gesloten")
    row, _made = Juryoordeel.objects.update_or_create(
        jurylid=jurylid, bruggenbouwer=bruggenbouwer, defaults={"keuze": keuze, "reden": reden, "op": at}
    )
    return row


@transaction.atomic
def forget_jurors(*, pks: Collection[int]) -> dict[str, int]:
    """Delete who read in a round, what they wrote and the mails to them; the reason of the jury stays."""
    rows = Jurylid.objects.filter(pk__in=pks)
    keys = list(rows.values_list("pk", flat=True))
    berichten.forget_all(about=Jurylid, keys=keys)
    return {"juryleden": rows.filter(pk__in=keys).delete()[1].get("samenleven.Jurylid", 0)}


def _step(ronde: Juryronde, to: Rondestatus, versie: int) -> Juryronde:
    row = _locked(ronde, versie)
    if not ronde_allowed(row.status, to):
        raise NominatieGewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.status = to
    return row


def _locked(ronde: Juryronde, versie: int) -> Juryronde:
    row = Juryronde.objects.select_for_update().get(pk=ronde.pk)
    if row.versie != versie:
        raise NominatieGewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.versie += 1
    return row
