"""Every write on wijken, streets and the contacts of partners."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, F, Model, Value
from django.db.models.functions import Cast, Concat
from django.utils.text import slugify

from kern import historiek
from kern.gebruikers.models import Gebruiker
from kern.geo import Punt
from kern.geo.fields import within
from kern.geo.rings import contains
from kern.termijnen import add_working_days, local_date

from . import mails, queries, registry
from .imports import ImportRefused, Omtrek, Straatregel
from .models import Behoefte, Contactvraag, Draad, Partner, Straat, Wijk, WijkRing
from .queries import moved
from .rules import CONTACT_WORKING_DAYS, PROPOSE_AGAIN_DAYS, zoeknaam


@dataclass(frozen=True)
class Resultaat:
    """What an import did. `verplaatst` tells per kind of thing how many got another wijk."""

    nieuw: int
    gewijzigd: int
    zonder_omtrek: tuple[str, ...] = ()
    verplaatst: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def import_outlines(*, omtrekken: Sequence[Omtrek], benaderend: bool = False) -> Resultaat:
    """Replace the outlines of the wijken by code; add the wijken that are new.

    Teams, texts and addresses of existing wijken stay. A wijk that is not in the file keeps her outline and is named in
    the result. Afterwards everything with a place looks up its wijk again, in the same transaction.
    ImportRefused when a name is taken by a wijk with another code.
    """
    existing = {wijk.code: wijk for wijk in Wijk.objects.select_for_update()}
    coming = {omtrek.code for omtrek in omtrekken}
    taken = {wijk.naam: wijk.code for wijk in existing.values() if wijk.code not in coming}
    problems = [
        f"Wijk {number} ({omtrek.naam}): de naam hoort al bij {taken[omtrek.naam]}, en die staat niet in het bestand."
        for number, omtrek in enumerate(omtrekken, 1)
        if omtrek.naam in taken
    ]
    if problems:
        raise ImportRefused(problems)
    _make_room_for_names(existing, omtrekken)
    slugs = {wijk.slug for wijk in existing.values()}
    wijken: list[tuple[Wijk, Omtrek]] = []
    for omtrek in omtrekken:
        wijk = existing.get(omtrek.code) or Wijk(code=omtrek.code, slug=_free_slug(omtrek.naam, slugs))
        wijk.naam, wijk.centrum = omtrek.naam, omtrek.middelpunt
        wijk.oppervlakte_km2, wijk.omtrek_is_benaderend = omtrek.oppervlakte_km2, benaderend
        wijk.save()
        wijken.append((wijk, omtrek))
    WijkRing.objects.filter(wijk__in=[wijk for wijk, _ in wijken]).delete()
    WijkRing.objects.bulk_create(
        WijkRing(wijk=wijk, ring=ring, is_gat=is_gat) for wijk, omtrek in wijken for ring, is_gat in omtrek.ringen
    )
    return Resultaat(
        nieuw=len(coming - set(existing)),
        gewijzigd=len(coming & set(existing)),
        zonder_omtrek=tuple(sorted(wijk.naam for code, wijk in existing.items() if code not in coming)),
        verplaatst=reassign_places(),
    )


@transaction.atomic
def import_streets(*, straten: Iterable[Straatregel]) -> Resultaat:
    """Add streets and move those whose place changed, by name and wijk; the demo's made-up streets make way.

    One name in two wijken is two streets; twice in one wijk, the last row counts.
    """
    Straat.objects.filter(is_fictief=True).delete()
    wijk_of = WijkFinder()
    existing = {(s.naam, s.wijk_id): s for s in Straat.objects.select_for_update()}
    new: dict[tuple[str, int | None], Straat] = {}
    changed: dict[tuple[str, int | None], Straat] = {}
    for row in straten:
        key = (row.naam, wijk_of(row.plaats))
        if street := existing.get(key):
            if street.plaats != row.plaats:
                street.plaats = row.plaats
                changed[key] = street
        else:
            new[key] = Straat(naam=row.naam, zoeknaam=zoeknaam(row.naam), plaats=row.plaats, wijk_id=key[1])
    Straat.objects.bulk_create(new.values(), batch_size=1000)
    Straat.objects.bulk_update(changed.values(), ["plaats"], batch_size=500)
    return Resultaat(nieuw=len(new), gewijzigd=len(changed))


@transaction.atomic
def place_street(*, straat: Straat) -> Straat:
    """Save one street, with its name as it is searched and the wijk it lies in."""
    straat.zoeknaam = zoeknaam(straat.naam)
    straat.wijk = Wijk.objects.containing(straat.plaats).first()
    straat.save()
    return straat


def reassign_places() -> dict[str, int]:
    """Look up the wijk of all that has a place; how many got another one, per kind."""
    return {row.naam: row.reassign() for row in registry.places()}


@transaction.atomic
def reassign_streets() -> int:
    """Look up the wijk of each street; how many got another one."""
    wijk_of = WijkFinder()
    seen: set[tuple[str, int | None]] = set()
    moved: list[Straat] = []
    double: list[int] = []
    for street in Straat.objects.select_for_update().order_by("pk"):
        wijk = wijk_of(street.plaats)
        if (street.naam, wijk) in seen:
            double.append(street.pk)
            continue
        seen.add((street.naam, wijk))
        if wijk != street.wijk_id:
            street.wijk_id = wijk
            moved.append(street)
    Straat.objects.filter(pk__in=double).delete()
    # Through no wijk first: within one statement two streets of the same name may trade places.
    Straat.objects.filter(pk__in=[street.pk for street in moved]).update(wijk=None, naam=_own_name())
    Straat.objects.bulk_update(moved, ["wijk", "naam"], batch_size=500)
    return len(moved)


class BehoefteGewijzigd(ValueError):
    """Somebody else changed or decided on the need since the page was opened."""


@transaction.atomic
def tie(
    *,
    van: Iterable[Model],
    naar: Model,
    at: datetime,
    soort: str = Draad.Soort.BRON,
    door: Gebruiker | None = None,
) -> int:
    """Add pieces of the red thread from these things to one other; what was tied already stays. How many are new."""
    to = ContentType.objects.get_for_model(naar)
    before = Draad.objects.into(naar).count()
    Draad.objects.bulk_create(
        (
            Draad(
                soort=soort,
                van_type=ContentType.objects.get_for_model(thing),
                van_id=thing.pk,
                naar_type=to,
                naar_id=naar.pk,
                sinds=at,
                door=door,
            )
            for thing in van
        ),
        ignore_conflicts=True,
    )
    return Draad.objects.into(naar).count() - before


@transaction.atomic
def propose_need(
    *,
    wijk: Wijk,
    kenmerk: str,
    plaats: Punt,
    metres: float,
    titel: str,
    toelichting: str,
    bronnen: Iterable[Model],
    at: datetime,
) -> tuple[Behoefte | None, bool]:
    """Draft a need of a place from what keeps coming back there; the draft, and whether it is a new one.

    One draft for one `kenmerk` and place: while it waits, what comes in is tied to it. A need that somebody decided on
    is not proposed again for twelve months, and then the answer is None.
    """
    known = within(Behoefte.objects.select_for_update().filter(kenmerk=kenmerk), plaats, metres)
    found = list(known)
    draft = next((row for row in found if row.is_concept), None)
    since = at - timedelta(days=PROPOSE_AGAIN_DAYS)
    if draft is None and any(row.besloten_op and row.besloten_op > since for row in found):
        return None, False
    if new := draft is None:
        draft = Behoefte.objects.create(
            wijk=wijk,
            titel=titel,
            toelichting=toelichting,
            herkomst=Behoefte.Herkomst.MELDINGEN,
            kenmerk=kenmerk,
            plaats=plaats,
            gemaakt_op=at,
        )
    tie(van=bronnen, naar=draft, at=at)
    return draft, new


@transaction.atomic
def edit_need(*, behoefte: Behoefte, titel: str, toelichting: str, versie: int) -> Behoefte:
    """Change the words of a draft. Raises BehoefteGewijzigd."""
    row = _draft(behoefte, versie)
    row.titel, row.toelichting = titel, toelichting
    row.save()
    return row


@transaction.atomic
def confirm_need(*, behoefte: Behoefte, door: Gebruiker, at: datetime, versie: int, reden: str = "") -> Behoefte:
    """The wijkmanager says that the wijk needs this. Raises BehoefteGewijzigd."""
    return _decide(_draft(behoefte, versie), Behoefte.Status.BEVESTIGD, reden, door=door, at=at)


@transaction.atomic
def reject_need(*, behoefte: Behoefte, reden: str, door: Gebruiker, at: datetime, versie: int) -> Behoefte:
    """The wijkmanager says that this is no need, and why. Raises BehoefteGewijzigd, and ValueError without a reason."""
    if not reden.strip():
        raise ValueError("verwerpen vraagt een reden")
    return _decide(_draft(behoefte, versie), Behoefte.Status.VERWORPEN, reden, door=door, at=at)


def _decide(row: Behoefte, status: str, reden: str, *, door: Gebruiker, at: datetime) -> Behoefte:
    row.status, row.reden = status, reden
    row.besloten_op, row.besloten_door = at, door
    with historiek.reason(f"{row.get_status_display().capitalize()}{': ' if reden else ''}{reden}"):
        row.save()
    return row


def _draft(behoefte: Behoefte, versie: int) -> Behoefte:
    """The draft, locked, as it was on screen; with its next version."""
    row = Behoefte.objects.select_for_update().get(pk=behoefte.pk)
    if row.versie != versie or not row.is_concept:
        raise BehoefteGewijzigd("iemand anders was je voor: kijk na wat er nu staat")
    row.versie += 1
    return row


@transaction.atomic
def reassign_needs() -> int:
    """Give each draft with a place the wijk it now lies in; outside every wijk it stays as it is. How many moved."""
    count = 0
    with historiek.reason("Nieuwe omtrekken van de wijken"):
        for wijk, needs in moved(Behoefte.objects.filter(status=Behoefte.Status.CONCEPT)).items():
            if wijk is not None:
                count += Behoefte.objects.filter(pk__in=needs).update(wijk=wijk)
    return count


class WijkFinder:
    """Finds the wijk of many places with one query for all outlines."""

    def __init__(self) -> None:
        self._rings: dict[int, list[tuple[Any, bool]]] = {}
        rows = WijkRing.objects.order_by("wijk__code", "pk").values_list("wijk_id", "ring", "is_gat")
        for wijk, ring, is_gat in rows:
            self._rings.setdefault(wijk, []).append((ring, is_gat))

    def __call__(self, punt: Punt) -> int | None:
        """The primary key of the wijk that holds the place; None outside the city."""
        for wijk, rows in self._rings.items():
            inside = [is_gat for ring, is_gat in rows if contains(ring, punt)]
            if inside and not any(inside):
                return wijk
        return None


@transaction.atomic
def ask_contact(*, partner: Partner, at: datetime) -> Contactvraag:
    """Mail the partner whether its contact data still hold; an older question that waits is replaced.

    Raises ValueError for a partner without an address.
    """
    row = Partner.objects.select_for_update().get(pk=partner.pk)
    if not row.email:
        raise ValueError("deze partner heeft geen e-mailadres")
    row.contactvragen.filter(antwoord__isnull=True).update(is_vervallen=True)
    vraag = Contactvraag.objects.create(
        partner=row, gevraagd_op=at, uiterlijk=add_working_days(local_date(at), CONTACT_WORKING_DAYS)
    )
    mails.contact_question(vraag)
    return vraag


def ask_due_contacts(*, at: datetime) -> int:
    """Ask every active partner that is due today; how many. Twice on a day asks once."""
    due = queries.contacts_due(at)
    for partner in due:
        ask_contact(partner=partner, at=at)
    return len(due)


@transaction.atomic
def confirm_contact(*, vraag: Contactvraag, at: datetime) -> Contactvraag:
    """The partner says that all still holds. A second click, or one after a correction, changes nothing."""
    row = _open_question(vraag)
    if row.antwoord is None:
        row.antwoord, row.beantwoord_op = Contactvraag.Antwoord.KLOPT, at
        row.save()
        _confirmed(row.partner, at, "De partner bevestigde het contact")
    return row


@transaction.atomic
def correct_contact(
    *, vraag: Contactvraag, at: datetime, email: str, telefoon: str, website: str, opmerking: str
) -> Contactvraag:
    """The partner says what changed. It is a proposal: a link that was passed on must not redirect the city's mails.

    A second click changes nothing.
    """
    row = _open_question(vraag)
    if row.antwoord is None:
        row.antwoord, row.beantwoord_op = Contactvraag.Antwoord.ANDERS, at
        row.email, row.telefoon, row.website, row.opmerking = email, telefoon, website, opmerking
        row.save()
    return row


@transaction.atomic
def settle_contact(*, vraag: Contactvraag, overnemen: bool, door: Gebruiker, at: datetime) -> Contactvraag:
    """Take over what the partner proposed, or put it aside; either way the contact counts as looked at.

    Raises ValueError when there is no proposal, or when it was settled before.
    """
    row = _open_question(vraag)
    if row.antwoord != Contactvraag.Antwoord.ANDERS or row.verwerkt_op:
        raise ValueError("er is geen voorstel dat nog wacht")
    row.verwerkt_op, row.verwerkt_door = at, door
    row.save()
    if overnemen:
        row.partner.email = row.email or row.partner.email
        row.partner.telefoon = row.telefoon or row.partner.telefoon
        row.partner.website = row.website or row.partner.website
    _confirmed(row.partner, at, "Voorstel van de partner overgenomen" if overnemen else "Voorstel nagekeken")
    return row


def _open_question(vraag: Contactvraag) -> Contactvraag:
    return Contactvraag.objects.select_for_update().select_related("partner").get(pk=vraag.pk)


def _confirmed(partner: Partner, at: datetime, why: str) -> None:
    partner.bevestigd_op = local_date(at)
    with historiek.reason(why):
        partner.save()


def _own_name() -> Concat:
    return Concat(Value("#"), Cast(F("pk"), CharField()))


def _make_room_for_names(existing: dict[str, Wijk], omtrekken: Sequence[Omtrek]) -> None:
    """Names are unique and two wijken may trade theirs: give the changing ones their code first."""
    for omtrek in omtrekken:
        wijk = existing.get(omtrek.code)
        if wijk and wijk.naam != omtrek.naam:
            Wijk.objects.filter(pk=wijk.pk).update(naam=f"#{wijk.code}")


def _free_slug(naam: str, taken: set[str]) -> str:
    base = slug = slugify(naam)[:70] or "wijk"
    number = 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    taken.add(slug)
    return slug
