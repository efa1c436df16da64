"""Invented rounds on foot: one that is over, one that goes on today and one for the next working day, for each crew."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from kern.gebruikers.models import Gebruiker
from kern.geo import haversine
from kern.termijnen import add_working_days, local_date
from wijken.models import Straat, Team, Teamlid

from ..actions import ronde as actions
from ..models import Gebeurtenis, Materiaal, Melding, Ronde, Startplaats
from ..models.melding import TERM
from ..states import OPEN, PAUSED
from .reports import in_working_hours

CREWS = (Team.Soort.BUURTWERKPLAATS, Team.Soort.BUURTTOEZICHT)
NOTE = "Demo: de plaatsen, de mensen en het werk zijn verzonnen."
USED = ("Vuilniszak", "Voegzand", "Betontegel 30 × 30", "Beugel en bouten")


def fill(now: datetime, dice: random.Random) -> None:
    """Starting places, and three rounds for each crew that has work."""
    materials = list(Materiaal.objects.filter(naam__in=USED))
    for team in Team.objects.filter(soort__in=CREWS, is_actief=True).order_by("naam"):
        person = _person(team)
        if person is None:
            continue
        start = _start(team)
        if start is None:
            continue
        rows = _work(team, before=now - timedelta(days=7))
        if len(rows) >= 3:
            _past(team, start, person, rows[:5], materials, now, dice)
        rows = _work(team, before=now - timedelta(hours=6))
        if len(rows) >= 3:
            _today(team, start, person, rows[:9], materials, now)
        rows = [row for row in _work(team, before=now - timedelta(hours=6)) if not row.rondestops.exists()]
        if rows:
            day = add_working_days(local_date(now), 1)
            _make(team, start, rows[:8], person, at=now - timedelta(hours=1), dag=day)


def _person(team: Team) -> Gebruiker | None:
    row = Teamlid.objects.filter(team=team, gebruiker__is_active=True).order_by("is_leider", "pk").first()
    return row.gebruiker if row else None


def _start(team: Team) -> Startplaats | None:
    street = Straat.objects.filter(wijk__teamwijken__team=team).order_by("wijk__naam", "pk").first()
    if street is None:
        return None
    naam = f"{team.naam}, {street.naam} 1 (demo)"
    return Startplaats.objects.get_or_create(naam=naam, defaults={"team": team, "plaats": street.plaats})[0]


def _work(team: Team, before: datetime) -> list[Melding]:
    """Open reports of the crew, quiet since then; the ones nearest to what is due first."""
    quiet = Gebeurtenis.objects.filter(melding=OuterRef("pk")).order_by("-op").values("op")[:1]
    rows = (
        Melding.objects.filter(
            team=team, status__in=sorted(OPEN - PAUSED), plaats__isnull=False, categorie__is_gevoelig=False
        )
        .filter(deeltaken_open=0)
        .annotate(laatst=Subquery(quiet))
        .filter(laatst__lt=before)
        .exclude(rondestops__status="open")
        .select_related("categorie", "wijk", "team")
        .order_by(TERM, "pk")
    )
    found = list(rows)
    # Near each other, as somebody on foot would choose: round the one that is due first.
    return sorted(found, key=lambda row: haversine(found[0].plaats, row.plaats))


def _make(
    team: Team, start: Startplaats, rows: list[Melding], person: Gebruiker, *, at: datetime, dag: object
) -> Ronde:
    return actions.make(
        team=team,
        wijk=rows[0].wijk if len({row.wijk_id for row in rows}) == 1 else None,
        dag=dag,  # type: ignore[arg-type]
        start_naam=start.naam,
        start_plaats=start.plaats,
        meldingen=rows,
        uitvoerder=person,
        door=person,
        at=at,
    )


def _past(
    team: Team,
    start: Startplaats,
    person: Gebruiker,
    rows: list[Melding],
    materials: list[Materiaal],
    now: datetime,
    dice: random.Random,
) -> None:
    """Last week: some solved, one not found, one for later, the rest not reached; with hours and material."""
    at = in_working_hours(now - timedelta(days=6))
    ronde = _make(team, start, rows, person, at=at, dag=local_date(at))
    stops = list(ronde.stops.select_related("melding"))
    for number, stop in enumerate(stops[:-1]):
        at += timedelta(minutes=dice.randint(15, 45))
        work = actions.Werk(
            minuten=dice.choice([10, 15, 20, 30]),
            materiaal=((dice.choice(materials), Decimal(dice.randint(1, 4))),) if materials else (),
        )
        if number == 1:
            words = "We zijn gaan kijken en zagen niets meer. Is het er nog? Laat het ons weten."
            actions.not_done(stop=stop, bevinding="weg", tekst=words, door=person, at=at, werk=work)
        elif number == 2:
            day = add_working_days(local_date(now), 4)
            words = "Er stond een auto over. We komen op deze dag terug."
            actions.not_done(stop=stop, bevinding="later", tekst=words, dag=day, door=person, at=at, werk=work)
        else:
            actions.done(
                stop=stop, toelichting="Onze ploeg was er en bracht het in orde.", door=person, at=at, werk=work
            )
    actions.write_work(ronde=ronde, werk=actions.Werk(minuten=35), opmerking=NOTE)
    actions.finish(ronde=ronde, at=at + timedelta(minutes=20))


def _today(
    team: Team, start: Startplaats, person: Gebruiker, rows: list[Melding], materials: list[Materiaal], now: datetime
) -> None:
    """This morning it began: the first stop is solved, a note stands with the second."""
    ronde = _make(team, start, rows, person, at=now - timedelta(hours=3), dag=local_date(now))
    first, second = list(ronde.stops.select_related("melding"))[:2]
    work = actions.Werk(minuten=25, materiaal=((materials[0], Decimal(2)),) if materials else ())
    words = "We zijn langs geweest en hebben dit opgelost. Bedankt dat je het meldde."
    actions.done(stop=first, toelichting=words, door=person, at=now - timedelta(hours=2), werk=work)
    actions.look(stop=second, tekst="Neem de lange ladder mee.", door=person, at=now - timedelta(hours=1))
    Ronde.objects.filter(pk=ronde.pk).update(opmerking=NOTE)
