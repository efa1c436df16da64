"""What staff do with a report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kern.gebruikers.models import Gebruiker
from kern.geo import Punt
from kern.termijnen import add_working_days, load_calendar, local_date, working_days_between
from wijken.models import Team, Wijk
from wijken.queries import reach, team_for

from .. import mails, publiek
from ..models import Categorie, Gebeurtenis, Melding, MeldingBeeld, Pauze
from ..rules import is_first_reaction, may_see
from ..states import PAUSED, Sluitreden, Status
from . import klok, routing
from .afronden import drop_open
from .lock import beside, given_to, locked, move, write
from .terugname import withdraw_task

Soort = Gebeurtenis.Soort


@transaction.atomic
def assign(
    *,
    melding: Melding,
    team: Team | None,
    at: datetime,
    behandelaar: Gebruiker | None = None,
    door: Gebruiker | None = None,
    versie: int | None = None,
    toelichting: str = "",
    meld: bool = True,
) -> Melding:
    """Give the report to a team or a person, who is told. A new or reopened report becomes assigned.

    What a person (`door`) assigned, the routing rules leave alone from then on. Without `meld` the caller tells
    the colleague, of many reports at once.
    """
    row = locked(melding, versie, herroepbaar=True)
    van = row.status
    row.team, row.behandelaar, row.route = team, behandelaar, None
    row.is_met_hand_toegewezen = row.is_met_hand_toegewezen or door is not None
    if row.status in (Status.NIEUW, Status.HEROPEND):
        move(row, Status.TOEGEWEZEN)
    line = write(
        row,
        soort=Soort.TOEWIJZING,
        at=at,
        door=door,
        van_status=van,
        naar_status=row.status,
        tekst=f"{given_to(team, behandelaar)}\n{toelichting}".strip(),
    )
    if meld and behandelaar and behandelaar != door:
        mails.assigned(row, behandelaar, line)
    return row


@transaction.atomic
def return_to_triage(
    *, melding: Melding, reden: str, door: Gebruiker, at: datetime, versie: int | None = None
) -> Melding:
    """“Niet voor ons”: the report goes back to the meldpunt with a reason; its clocks keep running."""
    row = locked(melding, versie, herroepbaar=True)
    van = move(row, Status.NIEUW) if row.status != Status.NIEUW else row.status
    row.team = team_for(Team.Soort.MELDPUNT, None, local_date(at))
    row.behandelaar = row.route = None
    row.is_met_hand_toegewezen = True
    row.keren_doorgestuurd += 1
    write(row, soort=Soort.NIET_VOOR_ONS, at=at, door=door, van_status=van, naar_status=row.status, tekst=reden)
    return row


@transaction.atomic
def start(
    *, melding: Melding, door: Gebruiker, at: datetime, versie: int | None = None, toelichting: str = ""
) -> Melding:
    """Somebody starts to work on the report; without a handler it becomes theirs."""
    row = locked(melding, versie, herroepbaar=True)
    van = _step(row, Status.IN_BEHANDELING, at)
    row.behandelaar = row.behandelaar or door
    row.gepland_op = None
    line = _story(row, van, at=at, door=door, tekst=toelichting)
    mails.started(row, line)
    return row


@transaction.atomic
def plan(
    *,
    melding: Melding,
    gepland_op: date,
    door: Gebruiker,
    at: datetime,
    versie: int | None = None,
    toelichting: str = "",
) -> Melding:
    """Set the day on which the work is done, or another day; the resident is told.

    A day after the promised one moves the promise too, and then needs `toelichting` as its reason.
    Raises ValueError for a day in the past or a late one without a reason.
    """
    row = locked(melding, versie, herroepbaar=True)
    if gepland_op < local_date(at):
        raise ValueError("de geplande datum ligt in het verleden")
    if gepland_op > row.oplossing_uiterlijk:
        if not toelichting.strip():
            raise ValueError("een datum na de belofte heeft een reden nodig")
        klok.replace_promise(row, gepland_op, at)
    van = row.status if row.status == Status.INGEPLAND else _step(row, Status.INGEPLAND, at)
    row.gepland_op = gepland_op
    line = _story(row, van, at=at, door=door, tekst=toelichting, datum=gepland_op)
    mails.planned(row, line)
    return row


@transaction.atomic
def ask(*, melding: Melding, vraag: str, door: Gebruiker, at: datetime, versie: int | None = None) -> Melding:
    """Ask the resident something. The clock of the solution stands still until there is an answer.

    Raises ValueError when there is no address to ask it at.
    """
    row = locked(melding, versie, herroepbaar=True)
    if not row.melder_of_niemand.email:
        raise ValueError("van deze melder is geen e-mailadres bekend")
    van = _step(row, Status.WACHT_OP_MELDER, at)
    row.behandelaar = row.behandelaar or door
    term = klok.term_of(row.categorie, row.prioriteit)
    today, calendar = local_date(at), load_calendar()
    pauze = Pauze.objects.create(
        melding=row,
        van=today,
        herinner_op=add_working_days(today, term.antwoord_werkdagen // 2, calendar),
        terug_op=add_working_days(today, term.antwoord_werkdagen, calendar),
    )
    beside(row, pauze_begonnen=pauze.pk)
    line = _story(row, van, at=at, door=door, tekst=vraag, soort=Soort.VRAAG)
    mails.question(row, line)
    return row


@transaction.atomic
def close(
    *,
    melding: Melding,
    sluitreden: str,
    toelichting: str,
    door: Gebruiker | None,
    at: datetime,
    versie: int | None = None,
    beelden: Iterable[UUID] = (),
    hoofdmelding: Melding | None = None,
    partnerfotos: Iterable[int] = (),
    deeltaken_vervallen: str = "",
) -> Melding:
    """Close the report for a reason, with words for the resident and photos of how it looks now.

    `hoofdmelding` is the report that it is merged into; `samenvoegen.merge` moves what goes along.
    `partnerfotos` are photos of a partner that the resident may see too. `deeltaken_vervallen` says why the sub-tasks
    that are still open lapse; those of a report that is taken back lapse by themselves.
    Raises ValueError without a reason or words, and DeeltakenOpen.
    """
    row = locked(melding, versie, herroepbaar=hoofdmelding is None)
    if sluitreden not in Sluitreden.values or not toelichting.strip():
        raise ValueError("afsluiten vraagt een reden en een toelichting")
    withdrawn = publiek.WITHDRAWN if sluitreden == Sluitreden.INGETROKKEN else ""
    dropped = drop_open(row, at=at, reden=deeltaken_vervallen.strip() or withdrawn)
    van = _step(row, Status.AFGESLOTEN, at)
    row.sluitreden, row.afgesloten_op, row.gepland_op = sluitreden, at, None
    row.hoofdmelding = hoofdmelding
    photos = MeldingBeeld.objects.bulk_create(
        MeldingBeeld(melding=row, beeld_id=pk, soort=MeldingBeeld.Soort.NA_HERSTEL) for pk in beelden
    )
    beside(row, fotos=[photo.pk for photo in photos])
    if chosen := list(partnerfotos):
        theirs = row.beelden.filter(soort=MeldingBeeld.Soort.PARTNER)
        theirs.filter(pk__in=chosen).update(soort=MeldingBeeld.Soort.NA_HERSTEL)
    for task in dropped:
        words = f"{task.titel}: vervallen ({task.team})\n{deeltaken_vervallen.strip() or withdrawn}"
        Gebeurtenis.objects.create(melding=row, soort=Soort.DEELTAAK, op=at, door=door, tekst=words)
    line = _story(row, van, at=at, door=door, tekst=toelichting, sluitreden=sluitreden)
    if hoofdmelding:
        mails.merged(row, line, hoofdmelding)
    else:
        mails.closed(row, line)
    return row


@transaction.atomic
def reopen(
    *, melding: Melding, reden: str, at: datetime, door: Gebruiker | None = None, versie: int | None = None
) -> Melding:
    """Open a closed report again, by staff or by the resident; the solution is counted anew.

    Raises ValueError for a merged report: that one is taken out of its main (`samenvoegen.separate`).
    """
    row = locked(melding, versie, herroepbaar=True)
    if row.hoofdmelding_id:
        raise ValueError(f"deze melding hoort bij melding {row.hoofdmelding_id}")
    van = move(row, Status.HEROPEND)
    row.sluitreden, row.afgesloten_op = "", None
    row.keren_heropend += 1
    klok.restart(row, at)
    line = _story(row, van, at=at, door=door, tekst=reden)
    mails.reopened(row, line)
    return row


@transaction.atomic
def move_promise(
    *, melding: Melding, oplossing_uiterlijk: date, reden: str, door: Gebruiker, at: datetime, versie: int | None = None
) -> Melding:
    """Promise another date. It is logged with its reason and the resident is told; the first promise stays.

    Raises ValueError without a reason, for a date in the past, and for a closed report.
    """
    row = locked(melding, versie, herroepbaar=True)
    if not reden.strip():
        raise ValueError("een nieuwe datum heeft een reden nodig")
    if oplossing_uiterlijk < local_date(at) or not row.is_open:
        raise ValueError("kies een datum vanaf vandaag, voor een open melding")
    klok.replace_promise(row, oplossing_uiterlijk, at)
    _promise_moved(row, reden, at=at, door=door)
    return row


@transaction.atomic
def correct(
    *,
    melding: Melding,
    door: Gebruiker,
    at: datetime,
    versie: int | None = None,
    reden: str = "",
    categorie: Categorie | None = None,
    prioriteit: str | None = None,
    plaats: Punt | None = None,
    adres: str | None = None,
    wijk: Wijk | None = None,
) -> Melding:
    """Correct the category, the priority or the place. What is None stays as it is.

    Another category or priority counts both dates again from receipt; when the solution moves, the resident
    is told. A place comes with its wijk. What nobody assigned or took up goes to whom the routing rules say now.
    """
    row = locked(melding, versie, herroepbaar=True)
    changes = []
    if categorie is not None and categorie != row.categorie:
        changes.append(f"categorie: {row.categorie} → {categorie}")
        row.categorie = categorie
    if prioriteit is not None and prioriteit != row.prioriteit:
        row.prioriteit = prioriteit
        changes.append(f"prioriteit: {row.get_prioriteit_display()}")
    recounts = bool(changes)
    if plaats is not None:
        row.plaats, row.wijk = plaats, wijk
        changes.append(f"plaats: {adres or 'verplaatst op de kaart'}")
    if adres is not None:
        row.adres = adres
    if not changes and adres is None:
        return row
    moved = klok.recount(row, at) if recounts and row.is_open else False
    write(row, soort=Soort.GEGEVENS, at=at, door=door, tekst="\n".join([*changes, reden]).strip())
    if moved:
        _promise_moved(row, reden, at=at, door=door)
    if changes:
        routing.apply(row, at)
    return row


@transaction.atomic
def note(
    *, melding: Melding, tekst: str, door: Gebruiker, at: datetime, genoemd: Iterable[Gebruiker] = ()
) -> Gebeurtenis:
    """Write a note for colleagues; the resident never sees it. Whoever is mentioned is told.

    Raises ValueError when one of them may not see the report: the mail tells what and where it is.
    """
    genoemd, today = list(genoemd), local_date(at)
    if not all(may_see(colleague, reach(colleague, today), melding) for colleague in genoemd):
        raise ValueError("een genoemde collega mag deze melding niet zien")
    line = Gebeurtenis.objects.create(melding=melding, soort=Soort.NOTITIE, op=at, door=door, tekst=tekst)
    for colleague in genoemd:
        line.genoemd.add(colleague)
        mails.mentioned(melding, colleague, line)
    return line


@transaction.atomic
def contact(
    *, melding: Melding, hoe: str, tekst: str, door: Gebruiker, at: datetime, versie: int | None = None
) -> Melding:
    """Write down that somebody spoke with the resident outside the portal; it counts as the first reaction.

    `hoe` is “gebeld”, “gesproken” or “geschreven”. Raises ValueError for a closed report.
    """
    row = locked(melding, versie, herroepbaar=True)
    if not row.is_open:
        raise ValueError("deze melding is afgesloten")
    row.gereageerd_op = row.gereageerd_op or at
    write(row, soort=Soort.CONTACT, at=at, door=door, tekst=f"{hoe.capitalize()}: {tekst}")
    return row


@transaction.atomic
def release(
    *,
    melding: Melding,
    openbaar: bool,
    openbare_tekst: str,
    door: Gebruiker,
    at: datetime,
    versie: int | None = None,
    beelden: Iterable[int] = (),
) -> Melding:
    """Show the report with its public text and the chosen photos on the public map, or hide it again.

    Raises ValueError for a sensitive category or an empty public text.
    """
    row = locked(melding, versie, herroepbaar=True)
    if openbaar and (row.categorie.is_gevoelig or not openbare_tekst.strip()):
        raise ValueError("deze melding kan zo niet openbaar worden")
    row.openbaar, row.openbare_tekst = openbaar, openbare_tekst
    chosen = set(beelden) if openbaar else set()
    changed = {}
    for beeld in MeldingBeeld.objects.filter(melding=row):
        if beeld.openbaar != (beeld.pk in chosen):
            changed[str(beeld.pk)] = beeld.openbaar
            beeld.openbaar = beeld.pk in chosen
            beeld.save(update_fields=["openbaar"])
    beside(row, fotos_openbaar=changed)
    write(row, soort=Soort.OPENBAAR, at=at, door=door, tekst="openbaar gemaakt" if openbaar else "verborgen")
    return row


def _step(melding: Melding, naar: Status, at: datetime) -> str:
    """Move to the status; ends an open pause and stops the clock of the first reaction where that holds.

    A report that was with a partner is taken back, and the partner hears it.
    """
    van = move(melding, naar)
    if van == Status.BIJ_PARTNER:
        withdraw_task(melding, at=at, reden=publiek.CLOSED if naar == Status.AFGESLOTEN else publiek.TAKEN_OVER)
    if van in PAUSED:
        end_pause(melding, at)
    if melding.gereageerd_op is None and is_first_reaction(naar):
        melding.gereageerd_op = at
    return van


def end_pause(melding: Melding, at: datetime) -> None:
    """The clock runs again: the solution moves by the working days it stood still."""
    pauze = melding.pauzes.get(tot=None)
    pauze.tot = local_date(at)
    pauze.save(update_fields=["tot"])
    beside(melding, pauze_geeindigd=pauze.pk)
    calendar = load_calendar()
    days = working_days_between(pauze.van, pauze.tot, calendar)
    melding.oplossing_uiterlijk = add_working_days(melding.oplossing_uiterlijk, days, calendar)


def _story(
    melding: Melding,
    van: str,
    *,
    at: datetime,
    door: Gebruiker | None,
    tekst: str,
    soort: str = Soort.STAP,
    **line: object,
) -> Gebeurtenis:
    return write(
        melding,
        soort=soort,
        at=at,
        door=door,
        van_status=van,
        naar_status=melding.status,
        tekst=tekst,
        voor_melder=True,
        **line,
    )


def _promise_moved(melding: Melding, reden: str, *, at: datetime, door: Gebruiker | None) -> None:
    line = write(
        melding,
        soort=Soort.BELOFTE,
        at=at,
        door=door,
        tekst=reden,
        datum=melding.oplossing_uiterlijk,
        voor_melder=True,
    )
    mails.promise_moved(melding, line)
