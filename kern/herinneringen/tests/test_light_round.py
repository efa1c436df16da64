from datetime import date, timedelta

import pytest

from kern.gezondheid.models import Taak, Taakuitvoering
from kern.herinneringen import actions, registry
from kern.herinneringen.models import Herinnering
from kern.herinneringen.registry import LichteTaak

from .conftest import moment

pytestmark = pytest.mark.django_db

THURSDAY = date(2026, 7, 23)


@pytest.fixture
def job(things, monkeypatch):
    """Registers a small job that remembers when it ran."""

    def make(code, *, daily=False, error=None):
        ran = []

        def run(at):
            ran.append(at)
            if error:
                raise error
            return {"gedaan": len(ran), "niets": 0}

        monkeypatch.setitem(registry.lichte_taken, code, LichteTaak(code, run, daily))
        return ran

    return make


def light(day=THURSDAY, clock="07:00"):
    return actions.light_round(at=moment(day, clock))


def test_the_small_jobs_run_each_time(job):
    ran = job("foto's")
    assert light().aantallen == {"foto's": {"gedaan": 1}}
    light(clock="07:05")
    assert len(ran) == 2


def test_a_daily_job_runs_once_a_day(job):
    ran = job("opruimen", daily=True)
    for minute in range(0, 60, 5):
        light(clock=f"06:{minute:02}")
    assert len(ran) == 1
    light(THURSDAY + timedelta(days=1))
    assert len(ran) == 2


def test_a_job_that_fails_leaves_the_others_alone_and_is_seen(job):
    job("stuk", error=OSError("schijf vol"))
    ran = job("goed")
    run = light()
    assert len(ran) == 1
    assert (run.status, run.fout) == (Taakuitvoering.Status.MISLUKT, "stuk: OSError: schijf vol")


def test_a_missed_morning_round_is_made_up_for_once(things, person):
    things.add(THURSDAY, verantwoordelijke=person("Wim"))
    light(clock="07:25")
    assert not Herinnering.objects.exists()
    light(clock="07:35")
    light(clock="07:40")
    assert Taakuitvoering.objects.filter(taak=Taak.OCHTENDRONDE).count() == 1
    assert Herinnering.objects.count() == 2


def test_no_morning_round_is_made_up_for_on_a_free_day(things):
    light(date(2026, 7, 21), "10:00")
    assert not Taakuitvoering.objects.filter(taak=Taak.OCHTENDRONDE).exists()


def test_a_failed_morning_round_is_tried_again(things, person):
    Taakuitvoering.objects.create(
        taak=Taak.OCHTENDRONDE, status=Taakuitvoering.Status.MISLUKT, gestart_op=moment(THURSDAY)
    )
    light(clock="07:35")
    assert Taakuitvoering.objects.succeeded(Taak.OCHTENDRONDE).count() == 1


def test_while_another_worker_is_busy_this_one_steps_aside(job, other_session):
    ran = job("goed")
    with other_session(Taak.LICHTE_RONDE):
        assert light() is None
    assert ran == []
