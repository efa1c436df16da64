"""Every write on a round on foot. What is done to a report there goes through the same actions as anywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from kern import historiek
from kern.gebruikers.models import Gebruiker
from kern.geo import Punt
from kern.geo import ronde as walk
from wijken.models import Team, Wijk

from ..models import Materiaal, Melding, MeldingBeeld, Ronde, Rondestop, Verbruik
from ..rules import why_not_in_round
from ..states import STOP_STEPS, Sluitreden, Status, Stopstatus
from . import handle

Bevinding = Rondestop.Bevinding


@dataclass(frozen=True)
class Werk:
    """What a stop or a round took: minutes (None: not written down), and how much of which material."""

    minuten: int | None = None
    materiaal: tuple[tuple[Materiaal, Decimal], ...] = ()


NOTHING = Werk()


class StopAfgerond(ValueError):
    """Somebody wrote down already what came of this stop."""


@transaction.atomic
def make(
    *,
    team: Team,
    wijk: Wijk | None,
    dag: date,
    start_naam: str,
    start_plaats: Punt,
    meldingen: Iterable[Melding],
    door: Gebruiker,
    at: datetime,
    uitvoerder: Gebruiker | None = None,
    keert_terug: bool = True,
) -> Ronde:
    """Make a round past these reports, in a short order on foot.

    Raises ValueError without reports, for more than forty, and for one that cannot be a stop or is in an open round.
    """
    rows = list(meldingen)
    if not rows:
        raise ValueError("kies minstens één melding")
    _check(rows)
    route = walk.plan(start_plaats, [_place(row) for row in rows], back=keert_terug)
    ronde = Ronde.objects.create(
        team=team,
        wijk=wijk,
        dag=dag,
        uitvoerder=uitvoerder,
        start_naam=start_naam,
        start_plaats=start_plaats,
        keert_terug=keert_terug,
        gemaakt_op=at,
        gemaakt_door=door,
    )
    Rondestop.objects.bulk_create(
        Rondestop(ronde=ronde, melding=rows[place], volgorde=number, meter=metres)
        for number, (place, metres) in enumerate(zip(route.volgorde, route.meters, strict=True), 1)
    )
    return ronde


@transaction.atomic
def add(*, ronde: Ronde, melding: Melding) -> Rondestop:
    """Put a report at the end of the round. Raises ValueError when it cannot be a stop, or the round is full."""
    row, stops = _open(ronde)
    if any(stop.melding_id == melding.pk for stop in stops):
        raise ValueError(f"melding {melding.pk} staat al in deze ronde")
    if len(stops) >= walk.MAX_STOPS:
        raise ValueError(f"een ronde heeft hoogstens {walk.MAX_STOPS} stops")
    _check([melding])
    last = row.stops.aggregate(last=Max("volgorde"))["last"] or 0
    stop = Rondestop.objects.create(ronde=row, melding=melding, volgorde=last + 1)
    _measure(row)
    return stop


@transaction.atomic
def drop(*, stop: Rondestop) -> None:
    """Take a stop out of the round; the report stays as it is. Raises ValueError when something came of it."""
    row, _stops = _open(stop.ronde)
    found = row.stops.get(pk=stop.pk)
    if not found.is_open:
        raise StopAfgerond("deze stop is al afgerond")
    found.delete()
    _measure(row)


@transaction.atomic
def move(*, stop: Rondestop, omhoog: bool) -> None:
    """Let a stop change places with the one before it, or after it. At the end of the list nothing happens."""
    row, stops = _open(stop.ronde)
    at = next(number for number, found in enumerate(stops) if found.pk == stop.pk)
    other = at - 1 if omhoog else at + 1
    if 0 <= other < len(stops):
        stops[at], stops[other] = stops[other], stops[at]
        _write_order(stops)
        _measure(row)


@transaction.atomic
def shorten(*, ronde: Ronde) -> None:
    """Put what is still to do in a short order, from where the crew is: the last stop that is done, or the start."""
    row, stops = _open(ronde)
    done, left = [stop for stop in stops if not stop.is_open], [stop for stop in stops if stop.is_open]
    here = next((_place(stop.melding) for stop in reversed(done) if stop.melding.plaats), row.start_plaats)
    places = [_place(stop.melding) if stop.melding.plaats else here for stop in left]
    route = walk.plan(here, places, back=False)
    _write_order([*done, *(left[place] for place in route.volgorde)])
    _measure(row)


@transaction.atomic
def done(
    *,
    stop: Rondestop,
    toelichting: str,
    door: Gebruiker,
    at: datetime,
    versie: int | None = None,
    beelden: Iterable[UUID] = (),
    werk: Werk = NOTHING,
) -> Rondestop:
    """It is solved: the report closes as solved, with its mail, and the stop is done.

    Raises StopAfgerond, and what `handle.close` raises; then nothing changes.
    """
    row = _to_do(stop)
    melding = handle.close(
        melding=row.melding,
        sluitreden=Sluitreden.OPGELOST,
        toelichting=toelichting,
        door=door,
        at=at,
        versie=versie,
        beelden=beelden,
    )
    return _finish(row, Stopstatus.GEDAAN, melding, door=door, at=at, werk=werk)


@transaction.atomic
def not_done(
    *,
    stop: Rondestop,
    bevinding: str,
    tekst: str,
    door: Gebruiker,
    at: datetime,
    versie: int | None = None,
    dag: date | None = None,
    werk: Werk = NOTHING,
) -> Rondestop:
    """It could not be done, for a reason that decides the step of the report.

    Nothing to see closes it as not found; not knowing where asks the resident (without an address it goes back to the
    meldpunt, which may know how to reach them); not for us goes back to the meldpunt; another day (`dag`) plans it.
    Raises StopAfgerond, and what the step itself raises; then nothing changes.
    """
    row = _to_do(stop)
    step: dict[str, object] = {"melding": row.melding, "door": door, "at": at, "versie": versie}
    kind = Bevinding(bevinding)
    if not tekst.strip():
        raise ValueError("schrijf erbij wat er was")
    if kind is Bevinding.ONDUIDELIJK and not row.melding.melder_of_niemand.email:
        melding = handle.return_to_triage(reden=f"Ter plaatse niet duidelijk waar of wat: {tekst}", **step)  # type: ignore[arg-type]
    elif kind is Bevinding.ONDUIDELIJK:
        melding = handle.ask(vraag=tekst, **step)  # type: ignore[arg-type]
    elif kind is Bevinding.NIET_VOOR_ONS:
        melding = handle.return_to_triage(reden=tekst, **step)  # type: ignore[arg-type]
    elif kind is Bevinding.LATER:
        if dag is None:
            raise ValueError("kies de dag waarop het wel kan")
        melding = handle.plan(gepland_op=dag, toelichting=tekst, **step)  # type: ignore[arg-type]
    else:
        melding = handle.close(sluitreden=Sluitreden.NIET_GEVONDEN, toelichting=tekst, **step)  # type: ignore[arg-type]
    return _finish(row, Stopstatus.NIET_GELUKT, melding, door=door, at=at, werk=werk, bevinding=kind)


@transaction.atomic
def look(*, stop: Rondestop, tekst: str, door: Gebruiker, at: datetime, beelden: Sequence[UUID] = ()) -> None:
    """Write down what was seen, for colleagues: words, photos or both. The report and the stop stay as they are."""
    if not tekst.strip() and not beelden:
        raise ValueError("schrijf iets, of neem een foto")
    handle.note(melding=stop.melding, tekst=tekst.strip() or "Foto ter plaatse genomen.", door=door, at=at)
    MeldingBeeld.objects.bulk_create(
        MeldingBeeld(melding=stop.melding, beeld_id=pk, soort=MeldingBeeld.Soort.PLOEG) for pk in beelden
    )


@transaction.atomic
def write_work(*, ronde: Ronde, werk: Werk, opmerking: str) -> Ronde:
    """The hours and material of the round as a whole, beside what stands with its stops."""
    row = Ronde.objects.select_for_update().get(pk=ronde.pk)
    row.minuten, row.opmerking = werk.minuten, opmerking
    row.save()
    _use(row, None, werk)
    return row


@transaction.atomic
def finish(*, ronde: Ronde, at: datetime) -> Ronde:
    """The round is over; what was not reached is free for another round. A second time changes nothing."""
    row = Ronde.objects.select_for_update().get(pk=ronde.pk)
    if row.is_open:
        row.afgerond_op = at
        with historiek.reason("Ronde afgerond"):
            row.save()
            row.stops.filter(status=Stopstatus.OPEN).update(status=Stopstatus.OVERGESLAGEN, op=at)
    return row


@transaction.atomic
def reopen(*, ronde: Ronde) -> Ronde:
    """The round goes on after all, with what was skipped and is in no other open round."""
    row = Ronde.objects.select_for_update().get(pk=ronde.pk)
    if not row.is_open:
        row.afgerond_op = None
        with historiek.reason("Ronde weer geopend"):
            row.save()
            elsewhere = Rondestop.objects.filter(status=Stopstatus.OPEN, ronde__afgerond_op=None).values("melding")
            skipped = row.stops.filter(status=Stopstatus.OVERGESLAGEN).exclude(melding__in=elsewhere)
            skipped.update(status=Stopstatus.OPEN, op=None)
    return row


def step_taken_back(lijnen: Iterable[int]) -> None:
    """The step of a stop was taken back with the report: the stop is to do again. Its minutes and material stay."""
    with historiek.reason("Teruggedraaid"):
        Rondestop.objects.filter(lijn__in=list(lijnen)).update(
            status=Stopstatus.OPEN, bevinding="", op=None, door=None, lijn=None
        )


def _place(melding: Melding) -> Punt:
    if melding.plaats is None:
        raise ValueError(f"melding {melding.pk} heeft geen plaats op de kaart")
    place: Punt = melding.plaats
    return place


def _check(rows: Sequence[Melding]) -> None:
    for row in rows:
        if why := why_not_in_round(row):
            raise ValueError(why)
    busy = Rondestop.objects.filter(
        melding__in=[row.pk for row in rows], status=Stopstatus.OPEN, ronde__afgerond_op__isnull=True
    )
    if other := busy.select_related("ronde__team").first():
        day = f"{other.ronde.dag:%d/%m}"
        raise ValueError(f"melding {other.melding_id} staat al in een ronde van {other.ronde.team} op {day}")


def _open(ronde: Ronde) -> tuple[Ronde, list[Rondestop]]:
    """The round, locked, with its stops in order. Raises ValueError when it is over."""
    row = Ronde.objects.select_for_update(of=("self",)).get(pk=ronde.pk)
    if not row.is_open:
        raise ValueError("deze ronde is afgerond")
    return row, list(row.stops.select_related("melding"))


def _to_do(stop: Rondestop) -> Rondestop:
    """The stop, locked, to write what came of it: the report first, as everywhere, then the stop."""
    Melding.objects.select_for_update(of=("self",)).filter(pk=stop.melding_id).first()
    row = Rondestop.objects.select_for_update(of=("self",)).select_related("melding", "ronde").get(pk=stop.pk)
    if not row.is_open:
        raise StopAfgerond("deze stop is al afgerond")
    return row


def _finish(
    stop: Rondestop,
    status: Stopstatus,
    melding: Melding,
    *,
    door: Gebruiker,
    at: datetime,
    werk: Werk,
    bevinding: str = "",
) -> Rondestop:
    if status not in STOP_STEPS[Stopstatus(stop.status)]:
        raise StopAfgerond("deze stop is al afgerond")
    stop.status, stop.bevinding, stop.op, stop.door = status, bevinding, at, door
    stop.minuten = werk.minuten
    traced = melding.spoor.handeling if melding.spoor else None
    stop.lijn_id = traced.lijnen[-1] if traced else None
    stop.melding = melding
    with historiek.reason(Status(melding.status).label):
        stop.save()
    _use(stop.ronde, stop, werk)
    return stop


def _use(ronde: Ronde, stop: Rondestop | None, werk: Werk) -> None:
    """Write down the material in place of what stood there; the same material twice is added up."""
    Verbruik.objects.filter(ronde=ronde, stop=stop).delete()
    total: dict[int, Decimal] = {}
    for materiaal, aantal in werk.materiaal:
        total[materiaal.pk] = total.get(materiaal.pk, Decimal(0)) + aantal
    Verbruik.objects.bulk_create(
        Verbruik(ronde=ronde, stop=stop, materiaal_id=pk, aantal=aantal) for pk, aantal in total.items()
    )


def _write_order(stops: Sequence[Rondestop]) -> None:
    numbers: Mapping[int, int] = {stop.pk: number for number, stop in enumerate(stops, 1)}
    for stop in stops:
        stop.volgorde = numbers[stop.pk]
    Rondestop.objects.bulk_update(stops, ["volgorde"])


def _measure(ronde: Ronde) -> None:
    """Count the metres again and close the gaps in the numbers."""
    stops = list(ronde.stops.select_related("melding"))
    places: list[Punt] = []
    for stop in stops:  # a report whose place was taken away is walked past
        places.append(stop.melding.plaats or (places[-1] if places else ronde.start_plaats))
    route = walk.measure(ronde.start_plaats, places, back=ronde.keert_terug)
    for number, (stop, metres) in enumerate(zip(stops, route.meters, strict=True), 1):
        stop.volgorde, stop.meter = number, metres
    Rondestop.objects.bulk_update(stops, ["volgorde", "meter"])
