from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kern.gezondheid.registry import Stand
from kern.opdrachten import actions, health
from kern.opdrachten.models import Opdracht
from kern.opdrachten.registry import Onmogelijk
from kern.opdrachten.storage import file_storage

Status = Opdracht.Status
NOW = timezone.now()


def ask(eigenaar, **extra):
    return actions.start(soort="proef", eigenaar=eigenaar, invoer={"n": 3}, at=NOW, **extra)


def test_a_job_runs_once_and_tells_what_came_of_it(eigenaar, soort):
    def work(opdracht, voortgang):
        voortgang.begin(opdracht.invoer["n"])
        for _row in range(opdracht.invoer["n"]):
            voortgang.stap()
        return {"rijen": 3}

    soort(work)
    opdracht = ask(eigenaar)
    assert (opdracht.titel, opdracht.status) == ("Proefopdracht", Status.WACHT)
    assert actions.run(pk=opdracht.pk, at=NOW) == Status.KLAAR
    assert actions.run(pk=opdracht.pk, at=NOW) is None
    opdracht.refresh_from_db()
    assert (opdracht.gedaan, opdracht.totaal, opdracht.resultaat, opdracht.pogingen) == (3, 3, {"rijen": 3}, 1)
    assert opdracht.klaar_op >= NOW


def test_one_form_makes_one_job(eigenaar, soort):
    soort(lambda opdracht, voortgang: None)
    assert ask(eigenaar, sleutel="formulier-1") == ask(eigenaar, sleutel="formulier-1")
    assert ask(eigenaar) != ask(eigenaar)


def test_nobody_can_ask_for_a_job_that_does_not_exist(eigenaar):
    with pytest.raises(KeyError):
        ask(eigenaar)


def test_the_worker_is_woken_after_the_commit_only(eigenaar, soort, django_capture_on_commit_callbacks):
    soort(lambda opdracht, voortgang: None)
    with django_capture_on_commit_callbacks() as callbacks:
        ask(eigenaar)
    assert len(callbacks) == 1


def test_a_job_that_cannot_be_done_says_why_and_one_that_breaks_hides_how(eigenaar, soort):
    def refuse(opdracht, voortgang):
        raise Onmogelijk("Er zijn geen meldingen meer.")

    soort(refuse)
    opdracht = ask(eigenaar)
    assert actions.run(pk=opdracht.pk, at=NOW) == Status.MISLUKT
    opdracht.refresh_from_db()
    assert opdracht.fout == "Er zijn geen meldingen meer."

    def broken(opdracht, voortgang):
        raise RuntimeError("an@voorbeeld.example")

    soort(broken)
    opdracht = ask(eigenaar)
    assert actions.run(pk=opdracht.pk, at=NOW) == Status.MISLUKT
    opdracht.refresh_from_db()
    assert opdracht.fout == actions.ERROR_WORDS


def test_a_killed_worker_is_noticed_and_the_job_taken_up_where_it_was(eigenaar, soort):
    calls = []

    def work(opdracht, voortgang):
        calls.append(dict(voortgang.resultaat))
        voortgang.resultaat["tot"] = 2
        voortgang.begin(3, 2)
        if len(calls) == 1:
            raise KeyboardInterrupt  # as a kill: nothing of ours catches it
        return {}

    soort(work)
    opdracht = ask(eigenaar)
    with pytest.raises(KeyboardInterrupt):
        actions.run(pk=opdracht.pk, at=NOW)
    assert actions.sweep(at=NOW + timedelta(minutes=4)) == {"opnieuw": 0, "mislukt": 0}
    assert health.jobs(NOW + timedelta(minutes=20))[0].stand == Stand.LET_OP
    assert actions.sweep(at=NOW + timedelta(minutes=6)) == {"opnieuw": 1, "mislukt": 0}
    assert actions.run(pk=opdracht.pk, at=NOW + timedelta(minutes=7)) == Status.KLAAR
    assert calls == [{}, {"tot": 2}]
    assert health.jobs(NOW + timedelta(minutes=20))[0].stand == Stand.GOED


@pytest.mark.parametrize(("hervatbaar", "pogingen"), [(False, 1), (True, 3)])
def test_what_cannot_be_taken_up_again_is_given_up_in_words(eigenaar, soort, hervatbaar, pogingen):
    soort(lambda opdracht, voortgang: None, hervatbaar=hervatbaar)
    opdracht = ask(eigenaar)
    Opdracht.objects.filter(pk=opdracht.pk).update(status=Status.BEZIG, hartslag=NOW, pogingen=pogingen)
    assert actions.sweep(at=NOW + timedelta(minutes=6)) == {"opnieuw": 0, "mislukt": 1}
    opdracht.refresh_from_db()
    assert (opdracht.status, opdracht.fout) == (Status.MISLUKT, actions.LOST_WORDS)


def test_a_worker_that_comes_back_too_late_leaves_the_job_alone(eigenaar, soort):
    def work(opdracht, voortgang):
        Opdracht.objects.filter(pk=opdracht.pk).update(pogingen=2, resultaat={"van": "de andere"})
        voortgang.resultaat["van"] = "mij"
        voortgang.begin(3)

    soort(work)
    opdracht = ask(eigenaar)
    actions.run(pk=opdracht.pk, at=NOW)
    opdracht.refresh_from_db()
    assert (opdracht.status, opdracht.resultaat) == (Status.BEZIG, {"van": "de andere"})


def test_a_job_stops_at_once_when_it_waits_and_at_its_next_word_when_it_runs(eigenaar, soort):
    seen = []

    def work(opdracht, voortgang):
        voortgang.begin(2)
        seen.append(1)
        actions.stop(opdracht=opdracht, at=NOW)
        voortgang.begin(2, 1)
        seen.append(2)

    soort(work)
    waiting, running = ask(eigenaar), ask(eigenaar)
    assert actions.stop(opdracht=waiting, at=NOW).status == Status.GESTOPT
    assert actions.run(pk=waiting.pk, at=NOW) is None
    assert actions.run(pk=running.pk, at=NOW) == Status.GESTOPT
    assert seen == [1]


def test_a_file_belongs_to_the_job_and_goes_with_it_after_thirty_days(eigenaar, soort):
    def work(opdracht, voortgang):
        with voortgang.bestand("lijst van mij.csv", "text/csv") as file:
            file.write(b"a;b\n")

    soort(work)
    opdracht = ask(eigenaar)
    actions.run(pk=opdracht.pk, at=NOW)
    opdracht.refresh_from_db()
    with opdracht.bestand.open() as file:
        assert file.read() == b"a;b\n"
    assert (opdracht.bestandsnaam, opdracht.bestandstype) == ("lijst van mij.csv", "text/csv")
    name = opdracht.bestand.name
    assert actions.wipe_old(NOW + timedelta(days=29)) == {"gewist": 0}
    assert actions.wipe_old(NOW + timedelta(days=31)) == {"gewist": 1}
    assert not file_storage().exists(name)


def test_of_a_job_that_breaks_no_file_stays(eigenaar, soort):
    names = []

    def work(opdracht, voortgang):
        with voortgang.bestand("lijst.csv") as file:
            names.append(file.name)
            raise RuntimeError

    soort(work)
    opdracht = ask(eigenaar)
    actions.run(pk=opdracht.pk, at=NOW)
    opdracht.refresh_from_db()
    assert not opdracht.bestand
    assert not file_storage().exists(names[0])


def test_what_waits_or_runs_is_never_wiped(eigenaar, soort):
    soort(lambda opdracht, voortgang: None)
    ask(eigenaar)
    assert actions.wipe_old(NOW + timedelta(days=300)) == {"gewist": 0}


def test_the_database_refuses_an_end_without_a_moment(eigenaar, soort):
    soort(lambda opdracht, voortgang: None)
    opdracht = ask(eigenaar)
    with pytest.raises(IntegrityError, match="opdracht_ended_has_moment"), transaction.atomic():
        Opdracht.objects.filter(pk=opdracht.pk).update(status=Status.KLAAR)


def test_jobs_that_wait_for_half_an_hour_are_seen(eigenaar, soort):
    soort(lambda opdracht, voortgang: None)
    ask(eigenaar)
    assert health.jobs(NOW + timedelta(minutes=29))[0].stand == Stand.GOED
    (line,) = health.jobs(NOW + timedelta(minutes=31))
    assert (line.stand, line.uitleg) == (Stand.LET_OP, "1 opdracht wacht al meer dan een half uur.")
