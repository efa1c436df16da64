from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kern.beelden import actions as beelden
from kern.beelden.tests.photos import jpeg, upload
from kern.gebruikers.models import Gebruiker, Rol
from kern.herinneringen.models import Aan, Herinnering
from kern.termijnen import add_working_days, load_calendar
from meldingen.models import MeldingBeeld
from meldingen.tests import factories
from meldingen.tests.factories import CENTRE, MeldingFactory, SubcategorieFactory
from wijken import actions, reminders, rules
from wijken.models import Behoefte, Draad
from wijken.queries import Bereik, reach


@pytest.fixture
def cast(db):
    return factories.cast()


@pytest.fixture
def reports(cast):
    return MeldingFactory.create_batch(3, wijk=cast.wijk, team=cast.wijkteam)


def propose(wijk, reports=(), at=None, **fields):
    fields = {
        "kenmerk": "melding:zwerfvuil",
        "plaats": CENTRE,
        "metres": 60,
        "titel": "Vuil",
        "toelichting": "",
        **fields,
    }
    return actions.propose_need(wijk=wijk, bronnen=reports, at=at or timezone.now(), **fields)[0]


@pytest.fixture
def need(cast, reports):
    return propose(cast.wijk, reports)


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.wijkmanager)
    return client


def url(name, need):
    return reverse(f"wijken:{name}", args=[need.pk])


def test_a_need_shows_what_it_comes_from_with_photos_and_places(manager, need, reports):
    photo = beelden.store(upload(jpeg(64, 48)))
    foto = MeldingBeeld.objects.create(melding=reports[0], beeld=photo)
    page = manager.get(url("need", need)).content.decode()
    for report in reports:
        assert reverse("meldingen:detail", args=[report.pk]) in page
    assert reverse("meldingen:staff_photo", args=[reports[0].pk, foto.pk, "klein"]) in page
    assert len(manager.get(url("need_places", need)).json()["features"]) == 3


def test_reports_that_somebody_may_not_see_are_counted_and_nothing_more(client, cast, need):
    secret = MeldingFactory(
        categorie=SubcategorieFactory(is_gevoelig=True), wijk=cast.wijk, team=cast.ander_team, omschrijving="Geheim"
    )
    actions.tie(van=[secret], naar=need, at=timezone.now())
    client.force_login(cast.buurttoezichter)
    page = client.get(url("need", need)).content.decode()
    assert "En nog 1 die jij niet mag zien" in page
    assert "Geheim" not in page
    assert len(client.get(url("need_places", need)).json()["features"]) == 3


def test_a_need_of_another_wijk_is_not_there_and_only_its_manager_decides(client, cast, need):
    data = {"versie": need.versie, "reden": "Nee", "titel": "Anders"}
    for person, seen in ((cast.collega, 404), (cast.buurttoezichter, 200), (cast.lezer, 200)):
        client.force_login(person)
        assert client.get(url("need", need)).status_code == seen
        for verb in ("edit", "confirm", "reject"):
            assert client.post(url(f"need_{verb}", need), data).status_code == 404
    assert Behoefte.objects.get().versie == need.versie


def test_the_manager_edits_and_confirms(manager, need, cast):
    assert (
        "Geef de behoefte een titel"
        in manager.post(url("need_edit", need), {"versie": 1, "titel": ""}).content.decode()
    )
    manager.post(url("need_edit", need), {"versie": 1, "titel": "Vaste glasbol", "toelichting": "Met plan."})
    assert manager.post(url("need_confirm", need), {"versie": 2}).status_code == 302
    need.refresh_from_db()
    assert (need.titel, need.status, need.besloten_door) == ("Vaste glasbol", "bevestigd", cast.wijkmanager)
    for status, count in (("concept", 0), ("bevestigd", 1), ("onzin", 0)):
        assert len(manager.get(reverse("wijken:needs"), {"status": status}).context["rijen"]) == count


def test_rejecting_asks_why_and_the_second_of_two_people_is_told(manager, need, cast):
    assert "reden" in manager.post(url("need_reject", need), {"versie": 1, "reden": " "}).context["beslissing"].errors
    actions.edit_need(behoefte=need, titel="Intussen", toelichting="", versie=1)
    late = manager.post(url("need_reject", need), {"versie": 1, "reden": "Nee"})
    assert "Iemand anders was je voor" in late.content.decode()
    assert manager.post(url("need_edit", need), {"versie": 1, "titel": "Mijn"}).status_code == 409
    assert manager.post(url("need_reject", need), {"versie": 2, "reden": "Werken."}).status_code == 302
    assert Behoefte.objects.get().reden == "Werken."
    assert manager.post(url("need_confirm", need), {"versie": 3}).status_code == 200
    assert Behoefte.objects.get().status == "verworpen"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_seven_queries_whatever_is_in_it(manager, cast, reports, count, django_assert_num_queries):
    for number in range(count):
        propose(cast.wijk, reports, kenmerk=f"melding:{number}")
    with django_assert_num_queries(7):
        assert len(manager.get(reverse("wijken:needs")).context["rijen"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_need_costs_nineteen_queries_whatever_leads_to_it(manager, cast, reports, count, django_assert_num_queries):
    need = propose(cast.wijk, reports[:count])
    with django_assert_num_queries(19):
        assert manager.get(url("need", need)).status_code == 200


def test_the_thread_ties_two_things_once_and_never_a_thing_to_itself(need, reports, cast):
    assert Draad.objects.into(need).count() == Draad.objects.out_of(reports[0]).count() * 3 == 3
    assert actions.tie(van=reports, naar=need, at=timezone.now(), door=cast.wijkmanager) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Draad.objects.create(van=need, naar=need, sinds=timezone.now())


def test_its_manager_hears_of_a_draft_the_morning_after_and_when_a_decision_is_due(need, cast):
    day = timezone.localdate(need.gemaakt_op)
    due = add_working_days(day, rules.DECIDE_WORKING_DAYS, load_calendar())
    assert list(reminders.needs.open_items(day, day)) == []
    [item] = reminders.needs.open_items(day, due)
    assert item.due_on == due
    assert item.url == url("need", need)
    assert list(item.ontvangers[Aan.VERANTWOORDELIJKE]) == [cast.wijkmanager.pk]
    assert not Herinnering.objects.exists()


def test_drafts_follow_the_outlines(need, cast):
    from wijken.models import WijkRing

    WijkRing.objects.filter(wijk=cast.wijk).update(wijk=cast.andere_wijk)
    assert actions.reassign_needs() == 1
    assert Behoefte.objects.get().wijk == cast.andere_wijk
    WijkRing.objects.all().delete()
    assert actions.reassign_needs() == 0


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_list_of_needs_shows_exactly_those_that_may_be_seen_one_by_one(cast, data):
    if not Behoefte.objects.exists():
        for wijk in (cast.wijk, cast.andere_wijk):
            propose(wijk, kenmerk=wijk.code, at=timezone.now() - timedelta(days=1))
    person = data.draw(
        st.sampled_from([cast.wijkmanager, cast.collega, cast.lezer, cast.beheerder, cast.verdeler, cast.werkman])
    )
    person = Gebruiker.objects.get(pk=person.pk)
    person.is_active = data.draw(st.booleans())
    far = data.draw(
        st.one_of(
            st.just(reach(person, timezone.localdate())),
            st.builds(Bereik, *[st.just(frozenset())] * 3, st.just(frozenset({cast.wijk.pk})), st.just(False)),
        )
    )
    listed = set(Behoefte.objects.visible_to(person, far))
    assert listed == {row for row in Behoefte.objects.all() if rules.may_see_need(person, far, row)}
    decides = {row for row in listed if rules.may_decide(person, far, row)}
    assert decides <= listed
    assert not decides or person.rollen & {Rol.BEHEERDER, Rol.WIJKMANAGER}
