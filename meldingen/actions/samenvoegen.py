"""Two reports of the same thing become one, and what was merged becomes two again.

What moves to the main report keeps its `herkomst`: the report that it came from. Taking a merge back moves what has
that report as its origin, wherever it is by then, so it does not matter what happened to the main report meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Lower

from kern import historiek
from kern.gebruikers.models import Gebruiker

from .. import mails
from ..models import (
    Dubbelvoorstel,
    Gebeurtenis,
    GeenDubbel,
    Melding,
    MeldingBeeld,
    Pauze,
    Samenvoeging,
    Volger,
    Voorstelrij,
)
from ..models.melding import MeldingQuerySet
from ..rules import RETURNS_TO, may_separate, why_not_merge
from ..states import Sluitreden, Status
from . import handle, klok
from .lock import Gewijzigd, StapNietMogelijk, write

Soort = Gebeurtenis.Soort


@transaction.atomic
def merge(
    *,
    melding: Melding,
    hoofdmelding: Melding,
    toelichting: str,
    door: Gebruiker,
    at: datetime,
    versie: int | None = None,
) -> Melding:
    """Close the report as a duplicate of the main one, which takes over its reporter, followers and photos.

    The reporter becomes a follower of the main report; an address that hears of it already stays where it is, so that
    nobody is counted or mailed twice. The clocks of the main report do not move. What was merged into this report
    before goes along. Raises ValueError when they cannot go together (`rules.why_not_merge`), and for a main report
    that is merged itself.
    """
    row, main = _lock_both(melding, hoofdmelding, versie)
    if why := why_not_merge(row, main):
        raise ValueError(why)
    samenvoeging = Samenvoeging(
        melding=row,
        hoofdmelding=main,
        op=at,
        door=door,
        status_vooraf=row.status,
        gepland_vooraf=row.gepland_op,
        gereageerd_vooraf=row.gereageerd_op,
        uiterlijk_vooraf=row.oplossing_uiterlijk,
        pauze_vooraf=row.pauzes.filter(tot=None).first(),
    )
    samenvoeging.save()
    with historiek.reason(f"Samengevoegd met melding {main.pk}"):
        Melding.objects.filter(hoofdmelding=row).update(hoofdmelding=main)
    handle.close(
        melding=row, sluitreden=Sluitreden.DUBBEL, toelichting=toelichting, door=door, at=at, hoofdmelding=main
    )
    followers, photos = _move_along(row, main)
    main.aantal_volgers += followers
    write(main, soort=Soort.SAMENGEVOEGD, at=at, door=door, tekst=_what_came(row, followers, photos))
    _note(row, Soort.SAMENGEVOEGD, f"Gaat verder in melding {main.pk}.", at=at, door=door)
    row.refresh_from_db()
    return row


@transaction.atomic
def merge_all(
    *,
    meldingen: Iterable[Melding],
    hoofdmelding: Melding,
    toelichting: str,
    door: Gebruiker,
    at: datetime,
    versies: Mapping[int, int],
) -> list[Melding]:
    """Merge several reports into one main report, all or none; `versies` has the version of each that was on screen."""
    return [
        merge(
            melding=melding,
            hoofdmelding=hoofdmelding,
            toelichting=toelichting,
            door=door,
            at=at,
            versie=versies.get(melding.pk),
        )
        for melding in meldingen
    ]


@transaction.atomic
def reject_proposal(*, voorstel: Dubbelvoorstel, meldingen: Iterable[Melding], door: Gebruiker, at: datetime) -> None:
    """Somebody says that these reports of a proposal are not the same: they are never proposed together again.

    What is left of the proposal stays open as long as it holds two reports.
    """
    row = Dubbelvoorstel.objects.select_for_update().get(pk=voorstel.pk)
    remember_different([melding.pk for melding in meldingen], at=at, door=door)
    rows = Voorstelrij.objects.filter(voorstel=row, is_open=True)
    rows.filter(melding__in=[melding.pk for melding in meldingen]).update(is_open=False)
    if rows.count() < 2:
        rows.update(is_open=False)
        Dubbelvoorstel.objects.filter(pk=row.pk, gesloten_op=None).update(gesloten_op=at)


@transaction.atomic
def separate(
    *, melding: Melding, reden: str, at: datetime, door: Gebruiker | None = None, versie: int | None = None
) -> Melding:
    """Take a merge back within 30 days: the report gets back all that had moved, and stands as it stood.

    By its reporter (no `door`) it is open for triage again, with its dates counted anew, and the two are remembered as
    not the same. Who handles it, and who handles the main report, hears of it. Raises ValueError after 30 days, and
    StapNietMogelijk when it is not merged (any more).
    """
    row = _lock_family(melding)
    if versie is not None and row.versie != versie:
        raise Gewijzigd(row)
    main = row.hoofdmelding
    if main is None:
        raise StapNietMogelijk(row.status, Status.HEROPEND)
    if not may_separate(row, at):
        raise ValueError("na 30 dagen kan een samenvoeging niet meer terug")
    samenvoeging = row.samenvoegingen.current().select_related("pauze_vooraf", "hoofdmelding").get()
    below = _merged_into(row)
    _move_back(row, below)
    van = row.status
    _reopen(row, samenvoeging, at, triage=door is None)
    line = write(
        row,
        soort=Soort.LOSGEMAAKT,
        at=at,
        door=door,
        van_status=van,
        naar_status=row.status,
        tekst=reden,
        voor_melder=True,
    )
    with historiek.reason(f"Losgemaakt van melding {main.pk}"):
        Melding.objects.filter(pk__in=below).update(hoofdmelding=row)
    samenvoeging.ongedaan_op, samenvoeging.ongedaan_door = at, door
    samenvoeging.save(update_fields=["ongedaan_op", "ongedaan_door"])
    row.refresh_from_db(fields=["aantal_volgers"])
    mails.reopened(row, line)
    for other in {samenvoeging.hoofdmelding, main}:
        told = _note(other, Soort.LOSGEMAAKT, f"Melding {row.pk} staat weer apart.", at=at, door=door)
        if other == main:
            mails.resident_wrote(other, told)
    if door is None:
        remember_different([row.pk, main.pk], at=at)
    return row


def remember_different(meldingen: list[int], *, at: datetime, door: Gebruiker | None = None) -> None:
    """Write down that each two of these reports are not the same."""
    order = sorted(set(meldingen))
    pairs = [
        GeenDubbel(eerste_id=low, tweede_id=high, op=at, door=door)
        for place, low in enumerate(order)
        for high in order[place + 1 :]
    ]
    GeenDubbel.objects.bulk_create(pairs, ignore_conflicts=True)


def _lock_both(melding: Melding, hoofdmelding: Melding, versie: int | None) -> tuple[Melding, Melding]:
    """Both reports, and what was merged into the first, locked in the order of their numbers."""
    pks = {melding.pk, hoofdmelding.pk}
    found = {row.pk: row for row in _locked(Q(pk__in=pks) | Q(hoofdmelding=melding.pk))}
    row, main = found[melding.pk], found[hoofdmelding.pk]
    if versie is not None and row.versie != versie:
        raise Gewijzigd(row)
    if main.hoofdmelding_id:
        raise ValueError(f"melding {main.pk} hoort zelf bij melding {main.hoofdmelding_id}")
    return row, main


def _lock_family(melding: Melding) -> Melding:
    """The report; it, its main, and all that share that main are locked, in the order of their numbers.

    Raises Gewijzigd when it got another main while waiting for the locks.
    """
    main = Melding.objects.filter(pk=melding.pk).values_list("hoofdmelding", flat=True).first()
    family = Q(pk=melding.pk) | (Q(pk=main) | Q(hoofdmelding=main) if main else Q())
    list(_locked(family).values_list("pk", flat=True))
    rows = Melding.objects.select_related("categorie", "melder", "wijk", "hoofdmelding__categorie")
    row = rows.get(pk=melding.pk)
    if row.hoofdmelding_id not in (main, None):
        raise Gewijzigd(row)
    return row


def _locked(which: Q) -> MeldingQuerySet:
    rows = Melding.objects.select_for_update(of=("self",)).filter(which)
    return rows.select_related("categorie", "melder", "wijk").order_by("pk")


def _move_along(row: Melding, main: Melding) -> tuple[int, int]:
    """Move followers and photos to the main report, and let the reporter follow it; how many of each."""
    reporter, other = row.melder_of_niemand, main.melder_of_niemand
    known = {other.email.lower()} | set(main.volgers.annotate(klein=Lower("email")).values_list("klein", flat=True))
    known.discard("")
    moving = row.volgers.annotate(klein=Lower("email")).exclude(klein__in=known).values_list("pk", "klein")
    keys = dict(moving)
    followers = Volger.objects.filter(pk__in=keys)
    own = followers.filter(herkomst=None).update(melding=main, herkomst=row)
    moved = own + followers.exclude(melding=main).update(melding=main)
    Melding.objects.filter(pk=row.pk).update(aantal_volgers=F("aantal_volgers") - moved)
    address = reporter.email.lower()
    if not address or address not in known | set(keys.values()):
        email = reporter.email if reporter.wil_bericht else ""
        Volger.objects.create(melding=main, herkomst=row, is_melder=True, email=email, taal=row.taal)
        moved += 1
    photos = MeldingBeeld.objects.filter(melding=row)
    shown = photos.filter(herkomst=None).update(melding=main, herkomst=row)
    shown += photos.update(melding=main)
    return moved, shown


def _move_back(row: Melding, below: list[int]) -> None:
    """Bring back what came from this report, and what had come along from the reports that were merged into it."""
    main = row.hoofdmelding_id
    reporter = Volger.objects.filter(herkomst=row, is_melder=True)
    own = Volger.objects.filter(herkomst=row, is_melder=False)
    along = Volger.objects.filter(herkomst__in=below, melding=main)
    leaving = Counter([*(own | along | reporter).values_list("melding_id", flat=True)])
    returning = own.count() + along.count()
    reporter.delete()
    own.update(melding=row, herkomst=None)
    along.update(melding=row)
    for place, count in leaving.items():
        Melding.objects.filter(pk=place).update(aantal_volgers=F("aantal_volgers") - count)
    Melding.objects.filter(pk=row.pk).update(aantal_volgers=F("aantal_volgers") + returning)
    row.aantal_volgers = Melding.objects.values_list("aantal_volgers", flat=True).get(pk=row.pk)
    MeldingBeeld.objects.filter(herkomst=row).update(melding=row, herkomst=None)
    MeldingBeeld.objects.filter(herkomst__in=below, melding=main).update(melding=row)


def _merged_into(row: Melding) -> list[int]:
    """The reports that came along with this one, by the way they went, at any depth."""
    found: list[int] = []
    frontier = [row.pk]
    while frontier:
        current = Samenvoeging.objects.current().filter(hoofdmelding__in=frontier)
        frontier = list(current.values_list("melding_id", flat=True))
        found += frontier
    return found


def _reopen(row: Melding, samenvoeging: Samenvoeging, at: datetime, *, triage: bool) -> None:
    """Set the report as it stood. Every way out of “closed” leads through “reopened”, which is saved on the way."""
    row.status, row.hoofdmelding = Status.HEROPEND, None
    row.sluitreden, row.afgesloten_op = "", None
    row.gereageerd_op = samenvoeging.gereageerd_vooraf
    if triage:
        klok.restart(row, at)
        return
    if samenvoeging.status_vooraf not in RETURNS_TO:
        return
    row.oplossing_uiterlijk = samenvoeging.uiterlijk_vooraf
    with historiek.reason("Losgemaakt"):
        row.save()
    row.status, row.gepland_op = samenvoeging.status_vooraf, samenvoeging.gepland_vooraf
    if pauze := samenvoeging.pauze_vooraf:
        Pauze.objects.filter(pk=pauze.pk).update(tot=None)


def _what_came(row: Melding, followers: int, photos: int) -> str:
    """For colleagues: which report came along, and with what."""
    parts = ["1 volger" if followers == 1 else f"{followers} volgers"] if followers else []
    parts += ["1 foto" if photos == 1 else f"{photos} foto’s"] if photos else []
    return f"Melding {row.pk} hoort nu hierbij{', met ' if parts else ''}{' en '.join(parts)}."


def _note(melding: Melding, soort: str, tekst: str, *, at: datetime, door: Gebruiker | None) -> Gebeurtenis:
    return Gebeurtenis.objects.create(melding=melding, soort=soort, op=at, door=door, tekst=tekst)
