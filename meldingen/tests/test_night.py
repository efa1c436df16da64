"""What the portal finds by itself at night."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from kern.geo import Punt
from kern.gezondheid.models import Taakuitvoering
from meldingen import actions
from meldingen.actions import voorstellen
from meldingen.models import Dubbelvoorstel, GeenDubbel, Voorstelrij
from meldingen.queries import terugkeer
from meldingen.reminders import dubbels
from meldingen.states import Sluitreden, Status
from meldingen.tests.factories import CENTRE, MelderFactory, MeldingFactory, SubcategorieFactory
from wijken import actions as wijken
from wijken.models import Behoefte, Draad

METRE = 1 / 111_195


def place(metres):
    return Punt(CENTRE.lon, CENTRE.lat + metres * METRE)


@pytest.fixture
def categorie(db):
    return SubcategorieFactory(naam="Sluikstort", code="sluikstort")


@pytest.fixture
def make(cast, categorie):
    def make(metres=0.0, days=0.0, **fields):
        fields = {"categorie": categorie, "wijk": cast.wijk, "team": cast.wijkteam, **fields}
        melding = MeldingFactory(
            plaats=place(metres), ontvangen_op=timezone.now() - timedelta(days=days, minutes=1), **fields
        )
        MelderFactory(melding=melding, email="", naam="")
        return melding

    return make


def groups():
    rows = Voorstelrij.objects.filter(is_open=True, voorstel__gesloten_op=None).order_by("melding_id")
    found = {}
    for row in rows:
        found.setdefault(row.voorstel_id, []).append(row.melding_id)
    return sorted(found.values())


def night(at=None, ran=True):
    at = at or timezone.now()
    counts = dubbels.propose_duplicates(at), dubbels.propose_needs(at)
    if ran:
        for code in (dubbels.DUPLICATES, dubbels.AGAIN):
            Taakuitvoering.objects.create(taak=code, status=Taakuitvoering.Status.GELUKT, gestart_op=at)
    return counts


def test_what_is_the_same_kind_close_by_and_of_this_month_is_proposed_together(make):
    first, second = make(), make(39)
    make(41 + 39)
    make(1, categorie=SubcategorieFactory())
    make(2, days=31)
    make(3, status=Status.AFGESLOTEN)
    night()
    assert groups() == [[first.pk, second.pk]]


def test_of_a_sensitive_kind_nothing_is_proposed(make, categorie):
    categorie.is_gevoelig = True
    categorie.save()
    for _ in range(3):
        make()
    night()
    assert not Dubbelvoorstel.objects.exists()
    assert not Behoefte.objects.exists()


def test_a_proposal_grows_and_two_become_one_when_something_lies_between(make):
    ends = [make(0), make(10), make(60), make(70)]
    night()
    assert len(groups()) == 2
    between = make(35)
    night(timezone.now() + timedelta(minutes=1))
    assert groups() == [sorted(row.pk for row in [*ends, between])]
    night(timezone.now() + timedelta(minutes=2))
    assert len(groups()) == 1


def test_a_street_full_of_reports_becomes_proposals_that_can_be_judged(make):
    for number in range(30):
        make(number * 20)
    night()
    assert sum(map(len, groups())) == 30
    assert max(map(len, groups())) <= voorstellen.MOST_IN_ONE


def test_what_somebody_said_is_different_never_comes_together_again_not_even_by_a_third(make, cast):
    first, second = make(0), make(10)
    night()
    row = Dubbelvoorstel.objects.get()
    actions.reject_proposal(voorstel=row, meldingen=[first, second], door=cast.wijkmanager, at=timezone.now())
    third = make(5)
    night(timezone.now() + timedelta(minutes=1))
    [group] = groups()
    assert len(group) == 2
    assert third.pk in group
    assert GeenDubbel.objects.count() == 1


def test_a_proposal_ends_when_fewer_than_two_are_open(make, cast):
    first, second = make(), make()
    night()
    actions.merge(melding=first, hoofdmelding=second, toelichting="x", door=cast.wijkmanager, at=timezone.now())
    night(timezone.now() + timedelta(hours=2))
    assert groups() == []
    assert Dubbelvoorstel.objects.get().gesloten_op is not None


def test_the_night_looks_only_at_what_is_new_since_it_last_went_well(make):
    make(days=3)
    make(days=3)
    Taakuitvoering.objects.create(
        taak=dubbels.DUPLICATES, status=Taakuitvoering.Status.GELUKT, gestart_op=timezone.now() - timedelta(days=1)
    )
    assert dubbels.propose_duplicates(timezone.now())["voorstellen"] == 0
    make(days=0.5)
    assert dubbels.propose_duplicates(timezone.now())["voorstellen"] == 1
    assert len(groups()[0]) == 3


@pytest.mark.parametrize("which", ["new_pairs", "kept_coming"])
def test_the_night_finds_what_is_near_by_the_index_of_places(make, which):
    for _ in range(3):
        make()
    now = timezone.now()
    with connection.cursor() as cursor:
        # On a handful of rows the planner would read them all; the question is whether it has another way.
        cursor.execute("SET LOCAL enable_seqscan = off")
        statements = []

        def look(run, sql, params, many, context):
            statements.append((sql, params))
            return run(sql, params, many, context)

        with connection.execute_wrapper(look):
            getattr(terugkeer, which)(now - timedelta(days=1), now)
        sql, parameters = statements[-1]
        cursor.execute(f"EXPLAIN {sql}", parameters)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Scan" in plan
    assert "Seq Scan on meldingen_melding" not in plan


def test_three_times_in_a_year_makes_one_draft_with_its_reports(make, cast):
    rows = [make(0, days=200, status=Status.AFGESLOTEN), make(10, days=100), make(20)]
    make(60)
    make(5, days=400)
    make(5, days=3, categorie=SubcategorieFactory())
    night()
    need = Behoefte.objects.get()
    assert (need.wijk, need.status, need.kenmerk) == (cast.wijk, "concept", "melding:sluikstort")
    assert "Sluikstort komt terug" in need.titel
    assert set(Draad.objects.into(need).values_list("van_id", flat=True)) == {row.pk for row in rows}


def test_merged_doubles_and_withdrawn_reports_do_not_count(make, cast):
    first, second = make(), make()
    actions.merge(melding=second, hoofdmelding=first, toelichting="x", door=cast.wijkmanager, at=timezone.now())
    make(status=Status.AFGESLOTEN, sluitreden=Sluitreden.INGETROKKEN)
    make(1)
    night()
    assert not Behoefte.objects.exists()


def test_a_draft_grows_and_is_not_made_twice(make):
    for number in range(3):
        make(number)
    night()
    need = Behoefte.objects.get()
    make(25)
    counts = night(timezone.now() + timedelta(minutes=1))[1]
    assert counts["nieuw"] == 0
    assert Behoefte.objects.get() == need
    assert Draad.objects.into(need).count() == 4


@pytest.mark.parametrize(("decided", "again"), [(30, False), (364, False), (366, True)])
def test_what_was_rejected_is_not_proposed_again_for_a_year(make, cast, decided, again):
    for number in range(3):
        make(number)
    night()
    need = Behoefte.objects.get()
    moment = timezone.now() - timedelta(days=decided)
    wijken.reject_need(behoefte=need, reden="Werken bezig.", door=cast.wijkmanager, at=moment, versie=need.versie)
    make(4)
    night(timezone.now() + timedelta(minutes=1))
    assert Behoefte.objects.exclude(pk=need.pk).exists() == again


def test_the_work_of_the_night_is_known_to_the_rounds():
    from kern.herinneringen.registry import lichte_taken

    assert lichte_taken[dubbels.DUPLICATES].daily
    assert lichte_taken[dubbels.AGAIN].daily
