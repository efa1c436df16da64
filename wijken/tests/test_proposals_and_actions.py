"""Proposals with the opinions of others, and actions whose progress follows from their milestones."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.herinneringen.models import Aan
from kern.prive import link_token
from kern.termijnen import load_calendar
from meldingen.tests import factories
from wijken import actions, mails, reminders
from wijken.models import Actie, Actievoorstel, Advies, Partner
from wijken.queries import acties

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return factories.cast()


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.wijkmanager)
    return client


@pytest.fixture
def partner(db):
    return Partner.objects.create(naam="Buurtwerk", soort=Partner.Soort.WELZIJN, email="brug@partner.example")


def propose(cast, **fields):
    known = {"wijk": cast.wijk, "titel": "Een glasbol", "voorstel": "Op de hoek.", "door": cast.wijkmanager}
    return actions.make_proposal(**known, at=timezone.now(), **fields)


def ask(cast, partner, days=5):
    day = timezone.localdate() + timedelta(days=days)
    return actions.consult(
        voorstel=propose(cast), partners=[partner], teams=[cast.ander_team], tegen=day, at=timezone.now()
    )


def make_action(cast, **fields):
    today = timezone.localdate()
    known = {"titel": "Glasbol", "tekst": "Er komt er een.", "eigenaar": cast.wijkmanager, "start": today}
    row = actions.make_action(wijk=cast.wijk, door=cast.wijkmanager, at=timezone.now(), **{**known, **fields})
    return actions.start_action(actie=row, versie=1)


def test_asking_shows_the_mails_first_and_asks_each_once(manager, cast, partner):
    row = propose(cast)
    where = reverse("wijken:proposal_consult", args=[row.pk])
    data = {"versie": row.versie, "partners": [partner.pk], "teams": [], "tegen": timezone.localdate().isoformat()}
    assert "Kies minstens één partner" in manager.post(where, {**data, "partners": []}).content.decode()
    assert "Er gaat een mail met een link naar Buurtwerk" in manager.post(where, data).content.decode()
    assert not Bericht.objects.filter(soort="advies_gevraagd").exists()
    for _ in range(2):  # the second press is told that somebody was first
        manager.post(where, {**data, "zeker": "ja"})
    assert Bericht.objects.filter(soort="advies_gevraagd").count() == 1
    assert "Meningen: 0/1 gegeven" in manager.get(row.get_absolute_url()).content.decode()


def test_a_partner_answers_by_link_changes_its_mind_and_is_too_late_after_the_decision(client, cast, partner):
    row = ask(cast, partner)
    advies = row.adviezen.get(partner=partner)
    where = reverse("wijken:advice_partner", args=[link_token(advies.sleutel, mails.ADVICE_SALT)])
    data = {"standpunt": "mits", "naam": "Jan", "tekst": " "}
    assert "Zeg waarom" in client.post(where, data).content.decode()
    client.post(where, {**data, "tekst": "Met een hek."})
    client.post(where, {**data, "standpunt": "akkoord"})
    advies.refresh_from_db()
    assert (advies.standpunt, advies.naam) == ("akkoord", "Jan")
    row.refresh_from_db()
    actions.decide(
        voorstel=row, status="aanvaard", reden="Goed.", door=cast.wijkmanager, at=timezone.now(), versie=row.versie
    )
    client.post(where, {**data, "standpunt": "geen"})
    advies.refresh_from_db()
    assert advies.standpunt == "akkoord"
    assert "Goed." in client.get(where).content.decode()
    assert client.get(reverse("wijken:advice_partner", args=["verkeerd"])).status_code == 404


def test_a_late_opinion_counts_and_is_called_late(manager, cast, partner):
    row = ask(cast, partner, days=-2)
    advies = row.adviezen.get(partner=partner)
    assert "te laat, nog niet gegeven" in manager.get(row.get_absolute_url()).content.decode()
    actions.give_advice(advies=advies, standpunt="akkoord", tekst="", naam="Jan", at=timezone.now())
    page = manager.get(row.get_absolute_url()).content.decode()
    assert "na de gevraagde dag" in page
    assert "Meningen: 1/2 gegeven" in page


def test_a_service_of_another_wijk_sees_what_it_is_asked_about_and_answers_for_itself_alone(client, cast, partner):
    row = ask(cast, partner)
    own, other = row.adviezen.get(team=cast.ander_team), row.adviezen.get(partner=partner)
    client.force_login(cast.collega)
    assert client.get(row.get_absolute_url()).status_code == 200
    for advies, status in ((own, 302), (other, 404)):
        where = reverse("wijken:proposal_advice", args=[row.pk, advies.pk])
        assert client.post(where, {f"advies-{advies.pk}-standpunt": "akkoord"}).status_code == status
    assert client.get(reverse("wijken:proposal_decide", args=[row.pk])).status_code == 404
    own.refresh_from_db()
    assert own.gegeven_door == cast.collega


def test_what_comes_back_after_rework_asks_everybody_anew_and_keeps_what_was_said(cast, partner):
    row = ask(cast, partner)
    advies = row.adviezen.get(partner=partner)
    actions.give_advice(advies=advies, standpunt="niet", tekst="Nee", naam="Jan", at=timezone.now())
    with pytest.raises(actions.Gewijzigd):
        actions.take_back_proposal(voorstel=row, reden="Herwerken", versie=row.versie - 1)
    row = actions.take_back_proposal(voorstel=row, reden="Herwerken", versie=row.versie)
    with pytest.raises(actions.StapKanNiet):
        actions.give_advice(advies=advies, standpunt="akkoord", tekst="", naam="Jan", at=timezone.now())
    later = timezone.now() + timedelta(days=1)
    actions.consult(voorstel=row, partners=[], teams=[], tegen=timezone.localdate(later), at=later)
    assert Bericht.objects.filter(soort="advies_gevraagd").count() == 2
    assert Advies.objects.get(pk=advies.pk).tekst == "Nee"


def test_partners_are_reminded_by_mail_and_colleagues_by_the_ladder(cast, partner):
    row = ask(cast, partner, days=0)
    today = timezone.localdate()
    advies = row.adviezen.get(partner=partner)
    due = [actions.remind_adviser(advies=advies, today=today, calendar=load_calendar()) for _ in range(2)]
    assert due == [True, False]
    [item] = reminders.werking.opinions_due(today, today + timedelta(days=9))
    assert list(item.ontvangers[Aan.VERANTWOORDELIJKE]) == [cast.collega.pk]
    [item] = reminders.werking.decisions_due(today, today + timedelta(days=20))
    assert (item.url, item.due_on > today) == (row.get_absolute_url(), True)


def test_progress_follows_from_the_milestones_in_words(cast):
    row, today = make_action(cast), timezone.localdate()
    assert acties.progress(Actie.objects.with_progress(today).get(), today).woorden == "nog geen mijlpalen"
    points = [
        actions.add_milestone(actie=row, titel=str(days), uiterlijk=today + timedelta(days=days)) for days in (-1, 3, 9)
    ]
    how = acties.progress(Actie.objects.with_progress(today).get(), today)
    assert (how.stand, how.woorden, how.achter) == ("achter op plan", "0 van 3 mijlpalen gehaald", True)
    assert (list(Actie.objects.behind(today)), list(Actie.objects.on_plan(today))) == ([row], [])
    actions.move_milestone(mijlpaal=points[0], status="gehaald", op=today)
    actions.move_milestone(mijlpaal=points[1], status="vervallen", op=today, reden="Niet nodig")
    how = acties.progress(Actie.objects.with_progress(today).get(), today, acties.milestones_of(row))
    assert (how.stand, how.woorden, how.procent) == ("op plan", "1 van 2 mijlpalen gehaald", 50)
    assert list(Actie.objects.on_plan(today)) == [row]
    [item] = reminders.werking.milestones_due(today, today + timedelta(days=10))
    assert list(item.ontvangers[Aan.VERANTWOORDELIJKE]) == [cast.wijkmanager.pk]


def test_an_action_ends_only_when_its_milestones_are_done_and_then_stands_still(cast):
    row = make_action(cast)
    point = actions.add_milestone(actie=row, titel="Klaar", uiterlijk=timezone.localdate())
    row.refresh_from_db()
    end = {"actie": row, "door": cast.wijkmanager, "at": timezone.now()}
    with pytest.raises(actions.StapKanNiet, match="mijlpalen"):
        actions.end_action(**end, status="afgerond", uitkomst="Klaar", versie=row.versie)
    with pytest.raises(actions.Gewijzigd):
        actions.end_action(**end, status="stopgezet", uitkomst="Stop", versie=row.versie - 1)
    actions.end_action(**end, status="stopgezet", uitkomst="Stop", versie=row.versie)
    for change in (
        lambda: actions.move_milestone(mijlpaal=point, status="gehaald", op=timezone.localdate()),
        lambda: actions.add_milestone(actie=row, titel="Nog een", uiterlijk=timezone.localdate()),
    ):
        with pytest.raises(actions.StapKanNiet):
            change()


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_for_one_and_for_three(manager, cast, partner, count, django_assert_max_num_queries):
    for _ in range(count):
        ask(cast, partner)
        actions.add_milestone(actie=make_action(cast), titel="Klaar", uiterlijk=timezone.localdate())
    for name in ("proposals", "actions"):
        with django_assert_max_num_queries(12) as seen:
            assert len(manager.get(reverse(f"wijken:{name}")).context["pagina"]) == count
        assert len(seen) == {"proposals": 7, "actions": 8}[name]


def test_an_action_comes_only_of_a_proposal_that_was_accepted(manager, cast):
    row = propose(cast)
    page = manager.get(reverse("wijken:action_new"), {"voorstel": row.pk})
    assert "Voert het voorstel" not in page.content.decode()
    with pytest.raises(actions.StapKanNiet):
        make_action(cast, voorstel=row)
    assert Actievoorstel.objects.count() == 1
