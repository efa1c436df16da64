"""Every write on bruggenbouwers, from the nomination to the label, and being forgotten."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kern import historiek
from kern.beelden import actions as beelden
from kern.beelden.rules import Foto
from kern.gebruikers.models import Gebruiker
from kern.termijnen import local_date
from wijken.models import Wijk

from ..mails import bruggen as mails
from ..models import Bruggenbouwer, Steun, Toestemming, Waarvoor, new_code
from ..rules.bruggen import STEUN_NODIG, end_of_label, may_ask_renewal
from ..states.bruggenbouwer import LOOPT, ZOEKT_STEUN, Status, allowed
from . import vergeten
from .toestemming import give_consent, withdraw_consent


class NominatieGewijzigd(ValueError):
    """Somebody else was first, or the step does not follow on what is there now."""


@transaction.atomic
def nominate(
    *,
    inzending: UUID,
    naam: str,
    email: str,
    wijk: Wijk | None,
    waarom: str,
    werelden: str,
    door_naam: str,
    door_email: str,
    taal: str,
    at: datetime,
) -> Bruggenbouwer:
    """Keep a nomination and ask by mail whether this person agrees. Sent twice, it is one.

    Who is put forward already is not asked again: what the second one writes is support, once their address is
    confirmed. The page says the same either way: it tells nobody who is known. Whose label ended may be put forward
    anew.
    """
    if known := Bruggenbouwer.objects.filter(inzending=inzending).first():
        return known
    running = Bruggenbouwer.objects.filter(email__iexact=email, status__in=sorted(LOOPT))
    if known := running.exclude(status=Status.LABEL, geldig_tot__lt=local_date(at)).first():
        if known.status in ZOEKT_STEUN:
            support(bruggenbouwer=known, naam=door_naam, email=door_email, waarom=waarom[:1000], taal=taal, at=at)
        return known
    row, made = Bruggenbouwer.objects.get_or_create(
        inzending=inzending,
        defaults={
            "naam": naam,
            "email": email,
            "wijk": wijk,
            "waarom": waarom,
            "werelden": werelden,
            "door_naam": door_naam,
            "door_email": door_email,
            "taal": taal,
            "voorgedragen_op": at,
        },
    )
    if made:
        mails.ask_consent(row)
    return row


@transaction.atomic
def agree(*, bruggenbouwer: Bruggenbouwer, at: datetime) -> Bruggenbouwer:
    """Whoever was put forward says yes: to take part, and to be known by name once there is a label."""
    row = _locked(bruggenbouwer)
    if row.status == Status.VOORGEDRAGEN and not row.is_gewist:
        row.status, row.ingestemd_op = Status.INGESTEMD, at
        row.versie += 1
        row.save()
        give_consent(over=row, waarvoor=Waarvoor.NAAM, via=Toestemming.Via.FORMULIER, at=at)
        mails.seek_support(row)
        _count_support(row)
    return row


@transaction.atomic
def refuse(*, bruggenbouwer: Bruggenbouwer, at: datetime) -> Bruggenbouwer:
    """Whoever was put forward says no: everything about them goes at once."""
    row = _locked(bruggenbouwer)
    if row.status == Status.VOORGEDRAGEN:
        row.status = Status.GEWEIGERD
        with historiek.reason("Wilde niet voorgedragen worden"):
            vergeten.wipe(row, at)
    return row


@transaction.atomic
def support(
    *, bruggenbouwer: Bruggenbouwer, naam: str, email: str, waarom: str, taal: str, at: datetime
) -> Steun | None:
    """Keep that somebody supports a nomination and ask to confirm the address.

    None for who was put forward or did it, and when it is no longer asked. Who did it already gets the link again.
    """
    row = _locked(bruggenbouwer)
    own = {row.email.casefold(), row.door_email.casefold()}
    if row.status not in ZOEKT_STEUN or row.is_gewist or email.casefold() in own:
        return None
    given = row.steun.filter(email__iexact=email).first()
    if given is None:
        given = Steun.objects.create(bruggenbouwer=row, naam=naam, email=email, waarom=waarom, taal=taal, gegeven_op=at)
    if given.bevestigd_op is None:
        mails.confirm_support(given, at)
    return given


@transaction.atomic
def confirm_support(*, steun: Steun, at: datetime) -> Steun:
    """The address is theirs: now the support counts. A second click changes nothing."""
    row = _locked(steun.bruggenbouwer)
    given = Steun.objects.select_for_update().get(pk=steun.pk)
    if given.bevestigd_op is None:
        given.bevestigd_op = at
        given.save()
        _count_support(row)
    return given


@transaction.atomic
def tell_story(
    *, bruggenbouwer: Bruggenbouwer, verhaal: str, foto: Foto | None, foto_alt: str, beeld_mag: bool, at: datetime
) -> Bruggenbouwer:
    """Keep the story that somebody tells about themselves, and a photo with their consent.

    It is on the site once a colleague looked at it; a change waits again. A photo without consent is not kept
    (ValueError).
    """
    if foto and not beeld_mag:
        raise ValueError("een foto zonder toestemming bewaren we niet")
    row = _locked(bruggenbouwer)
    if row.is_gewist or row.ingestemd_op is None:
        raise NominatieGewijzigd("er is geen voordracht meer om iets bij te vertellen")
    changed = bool(foto) or row.verhaal != verhaal or row.foto_alt != foto_alt
    if foto:
        old = row.foto_id
        row.foto = beelden.store(foto, alt_tekst=foto_alt)
        _save(row)
        vergeten.remove_photo(old)
        give_consent(over=row, waarvoor=Waarvoor.BEELD, via=Toestemming.Via.FORMULIER, at=at)
    row.verhaal, row.foto_alt = verhaal, foto_alt if row.foto_id else ""
    if changed:
        row.verhaal_nagekeken = False
        _save(row)
    return row


@transaction.atomic
def show_story(*, bruggenbouwer: Bruggenbouwer, versie: int, shown: bool) -> Bruggenbouwer:
    """Put story and photo on the site, or take them off. Raises NominatieGewijzigd."""
    row = _locked(bruggenbouwer)
    if row.versie != versie or row.is_gewist:
        raise NominatieGewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.verhaal_nagekeken = shown
    return _save(row)


@transaction.atomic
def take_photo_back(*, bruggenbouwer: Bruggenbouwer, at: datetime) -> Bruggenbouwer:
    """Somebody takes the consent for the photo back: it is deleted."""
    for consent in Toestemming.objects.about(bruggenbouwer).valid().filter(waarvoor=Waarvoor.BEELD):
        withdraw_consent(toestemming=consent, at=at)
    return Bruggenbouwer.objects.get(pk=bruggenbouwer.pk)


@transaction.atomic
def withdraw(*, bruggenbouwer: Bruggenbouwer, at: datetime, door: Gebruiker | None = None) -> Bruggenbouwer:
    """Somebody takes back all they agreed to: name, story, photo, label and what others wrote go at once."""
    for consent in Toestemming.objects.about(bruggenbouwer).valid().order_by("waarvoor"):
        withdraw_consent(toestemming=consent, at=at, door=door)
    return Bruggenbouwer.objects.get(pk=bruggenbouwer.pk)


@transaction.atomic
def decide(*, bruggenbouwer: Bruggenbouwer, label: bool, reden: str, at: datetime, versie: int) -> Bruggenbouwer:
    """Write down what the jury decided, with its reason, and tell by mail. With the label comes a code to check it.

    Raises NominatieGewijzigd, also as long as the round is not closed; ValueError without a reason.
    """
    if not reden.strip():
        raise ValueError("zeg waarom de jury zo besliste")
    row = _locked(bruggenbouwer)
    to = Status.LABEL if label else Status.NIET_GEKOZEN
    if row.versie != versie or row.is_gewist or not allowed(row.status, to):
        raise NominatieGewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    if row.ronde is None or not row.ronde.is_gesloten:
        raise NominatieGewijzigd("sluit eerst de juryronde")
    row.status, row.jury_reden, row.beslist_op = to, reden, at
    if label:
        row.label_op = local_date(at)
        row.geldig_tot = end_of_label(row.label_op)
        row.code = row.code or new_code()
    _save(row)
    if label:
        mails.label(row)
    else:
        mails.not_chosen(row)
    return row


@transaction.atomic
def again(*, bruggenbouwer: Bruggenbouwer, versie: int) -> Bruggenbouwer:
    """Let a later round of the jury see it. Raises NominatieGewijzigd."""
    row = _locked(bruggenbouwer)
    if row.versie != versie or row.is_gewist or row.status != Status.NIET_GEKOZEN:
        raise NominatieGewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.status, row.ronde = Status.GESTEUND, None
    return _save(row)


@transaction.atomic
def ask_renewal(*, bruggenbouwer: Bruggenbouwer, at: datetime) -> Bruggenbouwer:
    """Whoever has the label would like to keep it. Outside its time nothing happens."""
    row = _locked(bruggenbouwer)
    if may_ask_renewal(row, local_date(at)):
        row.verlenging_gevraagd_op = at
        _save(row)
    return row


@transaction.atomic
def renew(*, bruggenbouwer: Bruggenbouwer, at: datetime, versie: int) -> Bruggenbouwer:
    """Let the label run on, from its end or from today when that has passed. Raises NominatieGewijzigd."""
    row = _locked(bruggenbouwer)
    if row.versie != versie or row.is_gewist or not row.heeft_label or row.geldig_tot is None:
        raise NominatieGewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.geldig_tot = end_of_label(max(row.geldig_tot, local_date(at)))
    row.verlenging_gevraagd_op = None
    _save(row)
    mails.renewed(row)
    return row


def remind_ending(*, today: date, last: date) -> int:
    """Ask who has a label that ends between these days whether they want to keep it, once for each end."""
    rows = Bruggenbouwer.objects.with_label(today).filter(geldig_tot__lte=last, verlenging_gevraagd_op=None)
    return sum(mails.ending(row) for row in rows.select_related("wijk"))


@transaction.atomic
def delete_unanswered(*, pks: Collection[int]) -> dict[str, int]:
    """Delete nominations to which nobody said yes."""
    rows = Bruggenbouwer.objects.filter(pk__in=pks, status=Status.VOORGEDRAGEN)
    keys = list(rows.values_list("pk", flat=True))
    vergeten.forget_mails(keys)
    return {"voordrachten": rows.filter(pk__in=keys).delete()[1].get("samenleven.Bruggenbouwer", 0)}


@transaction.atomic
def forget(*, pks: Collection[int], at: datetime) -> dict[str, int]:
    """Wipe who they were from nominations that are over."""
    rows = list(Bruggenbouwer.objects.select_for_update().filter(pk__in=pks, gewist_op=None))
    for row in rows:
        vergeten.wipe(row, at)
        Toestemming.objects.about(row).valid().update(ingetrokken_op=at)
    return {"bruggenbouwers": len(rows)}


def _count_support(row: Bruggenbouwer) -> None:
    enough = row.steun.filter(bevestigd_op__isnull=False).count() >= STEUN_NODIG
    if row.status == Status.INGESTEMD and enough:
        row.status = Status.GESTEUND
        _save(row)


def _save(row: Bruggenbouwer) -> Bruggenbouwer:
    row.versie += 1
    row.save()
    return row


def _locked(row: Bruggenbouwer) -> Bruggenbouwer:
    return Bruggenbouwer.objects.select_for_update(of=("self",)).select_related("ronde").get(pk=row.pk)
