"""The red thread: walked both ways, and told once to everybody when it ends."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kern.berichten.models import Bericht
from kern.gebruikers.models import Gebruiker
from meldingen import actions as meldingen
from meldingen.models import Melding, Volger
from meldingen.tests import factories
from meldingen.tests.factories import MelderFactory, MeldingFactory, SubcategorieFactory
from wijken import actions, queries, rules
from wijken.models import Actie, Actievoorstel, Behoefte, Draad, Partner
from wijken.queries import Bereik, reach
from wijken.queries.afloop import outcome

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
OUTCOME = "draad_afloop"


@pytest.fixture
def cast(db):
    return factories.cast()


@pytest.fixture
def reports(cast):
    rows = MeldingFactory.create_batch(3, wijk=cast.wijk, team=cast.wijkteam, adres="Hennepstraat 1")
    for number, row in enumerate(rows):
        MelderFactory(melding=row, email=f"buur{number}@voorbeeld.example")
    return rows


def make_need(cast, sources=(), **fields):
    need = actions.make_need(
        wijk=cast.wijk,
        titel="Een proper plein",
        toelichting="",
        bronnen=sources,
        door=cast.wijkmanager,
        at=timezone.now(),
        **fields,
    )
    return actions.confirm_need(behoefte=need, door=cast.wijkmanager, at=timezone.now(), versie=1)


def make_proposal(cast, *needs, accepted=True, partners=()):
    row = actions.make_proposal(
        wijk=cast.wijk,
        behoeften=needs,
        titel="Een glasbol",
        voorstel="Op de hoek.",
        door=cast.wijkmanager,
        at=timezone.now(),
    )
    if accepted:
        row = actions.consult(voorstel=row, partners=partners, teams=[cast.toezicht], tegen=DAY, at=timezone.now())
        row = decide(cast, row, "aanvaard")
    return row


def decide(cast, row, status, **fields):
    row.refresh_from_db()
    return actions.decide(
        voorstel=row,
        status=status,
        reden="Daarom.",
        door=cast.wijkmanager,
        at=timezone.now(),
        versie=row.versie,
        **fields,
    )


def make_action(cast, source=None, **fields):
    row = actions.make_action(
        wijk=cast.wijk,
        voorstel=source,
        titel="De glasbol komt",
        tekst="Op de hoek komt een glasbol.",
        eigenaar=cast.wijkmanager,
        start=DAY,
        door=cast.wijkmanager,
        at=timezone.now(),
        **fields,
    )
    return actions.start_action(actie=row, versie=1)


def end(cast, row, status="afgerond", uitkomst="De glasbol staat er."):
    row.refresh_from_db()
    return actions.end_action(
        actie=row, status=status, uitkomst=uitkomst, door=cast.wijkmanager, at=timezone.now(), versie=row.versie
    )


def told():
    return sorted(mail.aan.lower() for mail in Bericht.objects.filter(soort=OUTCOME))


def test_a_thread_is_the_same_list_from_every_page_of_it(cast, reports):
    need = make_need(cast, reports)
    proposal = make_proposal(cast, need)
    action = make_action(cast, proposal)
    here = reach(cast.wijkmanager, timezone.localdate())
    names = ["meldingen", "behoefte", "actievoorstel", "actie"]
    for number, thing in enumerate((need, proposal, action), 1):
        stops = queries.thread_of(thing, cast.wijkmanager, here)
        assert [stop.naam for stop in stops] == names
        assert [stop.is_hier for stop in stops] == [place == number for place in range(4)]
        assert [stop.aantal for stop in stops] == [3, 1, 1, 1]
    of_report = queries.thread_of(reports[0], cast.wijkmanager, here)
    assert [stop.naam for stop in of_report] == ["melding", "behoefte", "actievoorstel", "actie"]
    assert queries.thread_of(MeldingFactory(wijk=cast.wijk), cast.wijkmanager, here) == []


def test_what_one_may_not_see_is_counted_and_not_shown(cast, reports):
    secret = MeldingFactory(
        categorie=SubcategorieFactory(is_gevoelig=True), wijk=cast.wijk, team=cast.ander_team, omschrijving="Geheim"
    )
    need = make_need(cast, [*reports, secret])
    [first, *_rest] = queries.thread_of(need, cast.wijkmanager, reach(cast.wijkmanager, timezone.localdate()))
    assert (len(first.knopen), first.verborgen, first.aantal) == (3, 1, 4)
    elsewhere = make_action(cast)
    actions.tie(van=[need], naar=elsewhere, at=timezone.now())
    stops = queries.thread_of(elsewhere, cast.collega, reach(cast.collega, timezone.localdate()))
    assert [(len(stop.knopen), stop.verborgen) for stop in stops] == [(1, 3), (0, 1), (0, 1)]


def test_a_circle_ends_by_itself(cast):
    first, second = make_need(cast), make_need(cast)
    actions.tie(van=[first], naar=second, at=timezone.now())
    actions.tie(van=[second], naar=first, at=timezone.now())
    stops = queries.thread_of(first, cast.wijkmanager, reach(cast.wijkmanager, timezone.localdate()))
    assert [(stop.is_hier, stop.aantal) for stop in stops] == [(False, 1), (True, 1)]
    assert outcome(first).mensen == {}


@pytest.mark.parametrize("count", [1, 3])
def test_a_thread_costs_the_same_however_many_things_are_in_it(cast, reports, count, django_assert_num_queries):
    need = make_need(cast, reports[:count])
    here = reach(cast.wijkmanager, timezone.localdate())
    queries.thread_of(need, cast.wijkmanager, here)
    with django_assert_num_queries(4):
        queries.thread_of(need, cast.wijkmanager, here)


def test_everybody_hears_once_when_the_action_ends_also_by_two_paths(cast, reports):
    first, second = make_need(cast, reports[:2]), make_need(cast, reports[1:])
    MelderFactory(melding=MeldingFactory(wijk=cast.wijk), email="ander@voorbeeld.example")
    actions.tie(van=[reports[0]], naar=second, at=timezone.now())
    meldingen.follow(
        melding=reports[0], sleutel=reports[0].inzending, at=timezone.now(), email="BUUR1@voorbeeld.example"
    )
    action = make_action(cast, make_proposal(cast, first, second))
    assert told() == []
    end(cast, action)
    assert told() == ["buur0@voorbeeld.example", "buur1@voorbeeld.example", "buur2@voorbeeld.example"]
    mail = Bericht.objects.get(soort=OUTCOME, aan__iexact="buur1@voorbeeld.example")
    assert len(re.findall(r"- melding \d+", mail.tekst)) == 2
    assert "De glasbol staat er." in mail.tekst
    assert reverse("wijken:action_public", args=[cast.wijk.slug, action.pk]) in mail.tekst


def test_who_wants_no_mail_or_left_hears_nothing(cast, reports):
    reports[0].melder.wil_bericht = False
    reports[0].melder.save()
    stopped = meldingen.follow(
        melding=reports[1], sleutel=reports[1].inzending, at=timezone.now(), email="weg@voorbeeld.example"
    )
    Volger.objects.filter(pk=stopped.pk).update(email="")
    end(cast, make_action(cast, make_proposal(cast, make_need(cast, reports[:2]))))
    assert told() == ["buur1@voorbeeld.example"]


def test_nobody_hears_while_something_else_of_it_still_goes_on(cast, reports):
    need, other = make_need(cast, reports[:2]), make_need(cast, reports[1:])
    source = make_proposal(cast, need)
    first, second = make_action(cast, source), make_action(cast, source)
    assert outcome(first).wachten == 2
    end(cast, first)
    assert told() == []
    end(cast, second, "stopgezet")
    assert told() == ["buur0@voorbeeld.example"]  # the other report is in a need of which nothing came yet
    actions.reject_need(
        behoefte=other,
        reden="Nee",
        uitkomst="Dat kan niet.",
        door=cast.wijkmanager,
        at=timezone.now(),
        versie=Behoefte.objects.get(pk=other.pk).versie,
    )
    assert told() == [f"buur{number}@voorbeeld.example" for number in range(3)]


def test_a_draft_that_the_portal_proposed_by_itself_holds_nothing_up_and_its_refusal_is_told_to_nobody(cast, reports):
    draft, _new = actions.propose_need(
        wijk=cast.wijk,
        kenmerk="melding:x",
        plaats=factories.CENTRE,
        metres=60,
        titel="Komt terug",
        toelichting="",
        bronnen=reports,
        at=timezone.now(),
    )
    assert queries.public_steps(reports[0]) == []
    end(cast, make_action(cast, make_proposal(cast, make_need(cast, reports))))
    assert len(told()) == 3
    actions.reject_need(behoefte=draft, reden="Nee", door=cast.wijkmanager, at=timezone.now(), versie=1)
    assert len(told()) == 3


def test_a_refused_proposal_ends_the_thread_and_asks_for_words(cast, reports):
    row = make_proposal(cast, make_need(cast, reports), accepted=False)
    with pytest.raises(ValueError, match="bewoners"):
        decide(cast, row, "afgewezen")
    assert told() == []
    decide(cast, row, "afgewezen", uitkomst="Te duur.")
    assert len(told()) == 3
    assert "Te duur." in Bericht.objects.filter(soort=OUTCOME)[0].tekst


def test_the_mail_is_in_the_language_of_the_reader_with_the_dutch_below(cast):
    report = MeldingFactory(wijk=cast.wijk, taal="fr")
    MelderFactory(melding=report, email="fr@voorbeeld.example")
    end(cast, make_action(cast, make_proposal(cast, make_need(cast, [report]))))
    mail = Bericht.objects.get(soort=OUTCOME)
    assert mail.taal == "fr"
    assert mail.onderwerp.startswith("Ce qu’il est advenu")
    assert (
        mail.tekst.index("Vous nous avez signalé")
        < mail.tekst.index("De Nederlandse tekst")
        < mail.tekst.rindex("- melding")
    )


def test_partners_who_took_part_hear_it_too_and_a_refused_one_only_the_decision(cast, reports):
    partner = Partner.objects.create(naam="Buurtwerk", soort=Partner.Soort.WELZIJN, email="brug@partner.example")
    row = make_proposal(cast, make_need(cast, reports[:1]), accepted=False)
    row = actions.consult(voorstel=row, partners=[partner], teams=[], tegen=DAY, at=timezone.now())
    advies = row.adviezen.get()
    actions.give_advice(advies=advies, standpunt="akkoord", tekst="", naam="Jan", at=timezone.now())
    assert "brug@partner.example" not in outcome(row).mensen
    row = decide(cast, row, "aanvaard")
    action = make_action(cast, row)
    actions.add_partner(actie=action, partner=partner, rol="helpt")
    end(cast, action)
    assert told() == ["brug@partner.example", "buur0@voorbeeld.example"]
    assert Bericht.objects.filter(soort="advies_beslist", aan="brug@partner.example").count() == 1


def test_who_is_forgotten_is_forgotten_in_these_mails_too(cast, reports):
    end(cast, make_action(cast, make_proposal(cast, make_need(cast, reports[:1]))))
    meldingen.resident.forget(melding=reports[0], at=timezone.now())
    assert [mail.aan for mail in Bericht.objects.filter(soort=OUTCOME)] == [""]


@pytest.mark.parametrize("count", [1, 3])
def test_whom_to_tell_costs_the_same_for_one_report_as_for_three(cast, reports, count):
    action = make_action(cast, make_proposal(cast, make_need(cast, reports[:count])))
    outcome(action)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert len(outcome(action).mensen) == count
    assert len(seen) == 9


def test_the_follow_page_and_the_page_of_the_wijk_say_what_came_of_it(client, cast, reports):
    need = make_need(cast, reports)
    page = client.get(reverse("meldingen:status", args=[reports[0].code])).content.decode()
    assert "Dit is iets wat Waterschei-Noord nodig heeft" in page
    action = make_action(cast, make_proposal(cast, need))
    point = actions.add_milestone(actie=action, titel="Glasbol besteld", uiterlijk=timezone.localdate())
    public = reverse("wijken:action_public", args=[cast.wijk.slug, action.pk])
    for address in (reverse("meldingen:status", args=[reports[0].code]), cast.wijk.get_absolute_url()):
        assert public in client.get(address).content.decode()
    page = client.get(public).content.decode()
    assert "0 van 1 mijlpaal gehaald" in page
    assert "Glasbol besteld" in page
    actions.move_milestone(mijlpaal=point, status="gehaald", op=timezone.localdate())
    end(cast, action)
    for address in (public, cast.wijk.get_absolute_url(), reverse("meldingen:status", args=[reports[0].code])):
        assert "De glasbol staat er." in client.get(address).content.decode()


def test_an_action_that_is_not_public_is_nowhere_to_be_found(client, cast, reports):
    action = make_action(cast, make_proposal(cast, make_need(cast, reports)), is_openbaar=False)
    assert client.get(reverse("wijken:action_public", args=[cast.wijk.slug, action.pk])).status_code == 404
    assert "De glasbol komt" not in client.get(cast.wijk.get_absolute_url()).content.decode()
    end(cast, action)
    mail = Bericht.objects.filter(soort=OUTCOME)[0]
    assert "De glasbol komt" not in mail.tekst
    assert f"/acties/{action.pk}/" not in mail.tekst


def test_a_need_of_these_fourteen_reports(client, cast):
    rows = MeldingFactory.create_batch(
        14, wijk=cast.wijk, team=cast.wijkteam, categorie=SubcategorieFactory(naam="Zwerfvuil"), adres="Hennepstraat 1"
    )
    client.force_login(cast.wijkmanager)
    answer = client.post(
        reverse("meldingen:bulk_new") + "?lijst=alle", {"bereik": "alles", "actie": "behoefte"}, follow=True
    )
    page = answer.content.decode()
    assert "deze 14 meldingen" in page
    assert 'value="Zwerfvuil: Hennepstraat"' in page
    where = answer.redirect_chain[-1][0]
    fields = {"titel": "Altijd zwerfvuil", "wijk": cast.wijk.pk, "toelichting": "Elke week."}
    assert "Geef de behoefte een titel" in client.post(where, {**fields, "titel": " "}).content.decode()
    for _ in range(2):  # the second click on one button
        assert client.post(where, fields).status_code == 302
    need = Behoefte.objects.get()
    assert Draad.objects.into(need).count() == 14
    assert (need.gemaakt_door, need.herkomst, need.plaats) == (cast.wijkmanager, "meldingen", factories.CENTRE)
    more = MeldingFactory(wijk=cast.wijk, team=cast.wijkteam)
    answer = client.post(
        reverse("meldingen:bulk_new"),
        {"bereik": "kies", "kies": [more.pk, rows[0].pk], "actie": "behoefte"},
        follow=True,
    )
    assert client.post(answer.redirect_chain[-1][0], {"behoefte": need.pk}).status_code == 302
    assert Draad.objects.into(need).count() == 15
    assert Behoefte.objects.count() == 1


def test_a_need_is_made_only_where_one_works(client, cast):
    MeldingFactory(wijk=cast.wijk, team=cast.ander_team)
    client.force_login(cast.collega)
    answer = client.post(reverse("meldingen:bulk_new"), {"bereik": "alles", "actie": "behoefte"}, follow=True)
    assert "geen in een wijk waar jij werkt" in answer.content.decode()
    assert not Behoefte.objects.exists()


def test_a_source_is_added_by_its_number_when_one_may_see_it(client, cast, reports):
    need = make_need(cast)
    hidden = MeldingFactory(wijk=cast.andere_wijk, team=cast.ander_team)
    client.force_login(cast.wijkmanager)
    where = reverse("wijken:need_source", args=[need.pk])
    page = client.post(where, {"soort": "meldingen.melding", "nummer": hidden.pk}).content.decode()
    assert "bestaat niet, of je mag het niet zien" in page
    client.post(where, {"soort": "meldingen.melding", "nummer": reports[0].pk})
    assert [row.van for row in Draad.objects.into(need)] == [reports[0]]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_lists_show_exactly_what_may_be_seen_one_by_one(cast, data):
    if not Actie.objects.exists():
        for wijk in (cast.wijk, cast.andere_wijk):
            here = factories.Cast(**{**cast.__dict__, "wijk": wijk})
            make_action(here, make_proposal(here, make_need(here)), ook_in=[cast.andere_wijk])
    person = data.draw(
        st.sampled_from([cast.wijkmanager, cast.collega, cast.lezer, cast.beheerder, cast.buurttoezichter])
    )
    person = Gebruiker.objects.get(pk=person.pk)
    person.is_active = data.draw(st.booleans())
    far = data.draw(
        st.one_of(
            st.just(reach(person, timezone.localdate())),
            st.builds(Bereik, *[st.just(frozenset())] * 3, st.just(frozenset({cast.wijk.pk})), st.just(False)),
        )
    )
    shown = set(Actie.objects.visible_to(person, far))
    assert shown == {
        row
        for row in Actie.objects.all()
        if rules.may_see_action(person, far, row, [row.wijk_id, *row.ook_in.values_list("pk", flat=True)])
    }
    shown = set(Actievoorstel.objects.visible_to(person, far))
    assert shown == {
        row
        for row in Actievoorstel.objects.all()
        if rules.may_see_proposal(person, far, row, list(row.adviezen.values_list("team", flat=True)))
    }
    assert Melding.objects.count() == 0
