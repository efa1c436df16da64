"""Long lists as a file, and the ones that go out by themselves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from kern.documenten import werkblad
from kern.herinneringen.registry import LichteTaak, register_light
from kern.opdrachten.actions import Voortgang
from kern.opdrachten.models import Opdracht
from kern.opdrachten.registry import Onmogelijk, Soort, register
from kern.termijnen import is_working_day, load_calendar, local_date
from wijken.queries import reach, reaches

from .. import kolommen
from ..actions import inzage
from ..actions import uitvoer as actions
from ..models import Uitvoer, Uitvoerplan, Vorm
from ..queries import uitvoer, weergaven
from ..rules import handles, last_occasion, may_use_view
from ..views.staff.selection import select

FROM_HOUR = 6


def run(opdracht: Opdracht, voortgang: Voortgang) -> Mapping[str, Any]:
    """Make the file of a list, with what its owner may see at this moment; then mail them where it is."""
    asked, user, at = opdracht.invoer, opdracht.eigenaar, voortgang.nu()
    if not user.is_active or not user.rollen:
        raise Onmogelijk("Je account heeft geen rol meer.")
    on = local_date(at)
    chosen = select(QueryDict(asked["query"]), user, reach(user, on), on)
    if chosen.is_vaag:
        raise Onmogelijk("Deze zoekopdracht mag je niet meer doen.")
    tabel = uitvoer.table(
        chosen.rows,
        chosen.order,
        on,
        codes=kolommen.valid(asked["kolommen"]) or kolommen.GEWOON,
        everything=asked["alle"],
        contact=asked["contact"] and handles(user),
    )
    inzage.read_many(meldingen=uitvoer.sensitive(chosen.rows), door=user, at=at)
    voortgang.begin(chosen.rows.order_by().count())
    count = 0

    def counted() -> Iterator[list[werkblad.Cel]]:
        nonlocal count
        for count, row in enumerate(tabel.rijen, 1):
            if count % uitvoer.CHUNK == 0:
                voortgang.stap(uitvoer.CHUNK)
            yield row

    vorm = Vorm(asked["vorm"])
    with voortgang.bestand(uitvoer.file_name(vorm, at), uitvoer.TYPES[vorm]) as file:
        if vorm == Vorm.CSV:
            for piece in werkblad.csv_bytes(tabel.kop, counted()):
                file.write(piece)
        else:
            with werkblad.xlsx_file(tabel.kop, counted(), title=uitvoer.TITLE) as made:
                shutil.copyfileobj(made, file)
    actions.finish(uitvoer=Uitvoer.objects.get(pk=asked["uitvoer"]), opdracht=opdracht, aantal=count)
    return {"meldingen": count}


def start_planned(at: datetime) -> Mapping[str, int]:
    """Let the scheduled exports of today begin, each once per occasion; those of a day that was missed too.

    Who lost their roles or may no longer see the view gets nothing.
    """
    on = local_date(at)
    if timezone.localtime(at).hour < FROM_HOUR:
        return {}
    calendar = load_calendar()
    due = []
    for plan in weergaven.plans():
        day = last_occasion(plan.ritme, plan.dag, on, lambda day: is_working_day(day, calendar))
        if day >= local_date(plan.gemaakt_op):
            due.append((plan, f"plan:{plan.pk}:{day.isoformat()}"))
    known = set(Uitvoer.objects.filter(sleutel__in=[key for _, key in due]).values_list("sleutel", flat=True))
    waiting = [(plan, key) for plan, key in due if key not in known]
    reach_of = reaches({plan.eigenaar_id for plan, _ in waiting}, on)
    started = 0
    for plan, key in waiting:
        if plan.eigenaar.rollen and may_use_view(plan.eigenaar, reach_of[plan.eigenaar_id], plan.weergave):
            _start(plan, key, reach_of[plan.eigenaar_id], at)
            started += 1
    return {"gestart": started}


@transaction.atomic
def _start(plan: Uitvoerplan, key: str, bereik: Any, at: datetime) -> None:
    chosen = select(QueryDict(plan.weergave.filters), plan.eigenaar, bereik, local_date(at))
    codes = weergaven.columns_of(plan.eigenaar, plan.weergave) or kolommen.GEWOON
    row = actions.write_down(
        door=plan.eigenaar,
        at=at,
        wat=f"{plan.weergave.naam} ({chosen.in_words})",
        filters=plan.weergave.filters,
        vorm=plan.vorm,
        kolommen=codes,
        met_contact=False,
        wijze=Uitvoer.Wijze.GEPLAND,
        plan=plan,
        sleutel=key,
    )
    question = {"query": plan.weergave.filters, "kolommen": list(codes), "alle": plan.alle_kolommen}
    actions.start_large(uitvoer=row, door=plan.eigenaar, at=at, vraag={**question, "contact": False, "vorm": plan.vorm})


def register_all() -> None:
    """Make the long job and the round known; called once, when the app is ready."""
    register(Soort(actions.SOORT, "Lijst als bestand", run))
    register_light(LichteTaak("uitvoer: geplande lijsten", start_planned))
