"""The pages of the routing rules: reading, trying, and what a change would do before it is stored."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.gebruikers.models import Rol
from meldingen.models import Melding, Routeregel
from meldingen.tests import factories
from meldingen.tests.factories import (
    MelderFactory,
    MeldingFactory,
    RouteregelFactory,
    SubcategorieFactory,
    TeamFactory,
    VraagFactory,
)

LIST = reverse("meldingen:route_list")
ADD = reverse("meldingen:route_add")
TRY = reverse("meldingen:route_try")


@pytest.fixture
def categorie(cast):
    return SubcategorieFactory(naam="Sluikstort")


@pytest.fixture
def admin(client, cast):
    client.force_login(cast.beheerder)
    return client


@pytest.fixture
def reports(cast, categorie):
    """Two of the last 90 days, one of long ago."""
    days = (1, 60, 120)
    return [
        MeldingFactory(categorie=categorie, wijk=cast.wijk, ontvangen_op=timezone.now() - timedelta(days=day))
        for day in days
    ]


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()).replace(" :", ":")


def seen(answer):
    return answer.context["gezien"]


def change(rule):
    return reverse("meldingen:route_edit", args=[rule.pk])


def fields(**changed):
    return {"naam": "Sluikstort", "is_actief": "on", **changed}


def test_the_effect_is_shown_before_a_new_rule_is_stored(admin, cast, categorie, reports):
    data = fields(categorie=categorie.pk, team=cast.werkplaats.pk)
    preview = admin.post(ADD, data)
    assert not Routeregel.objects.exists()
    assert f"zouden er 2 ergens anders terechtkomen: Van Naar Meldingen {cast.wijkteam}" in text(preview)
    assert cast.werkplaats.naam in text(preview)
    assert "Bekeken: alle 2 meldingen" in text(preview)
    stored = admin.post(ADD, {**data, "bevestig": "ja", "gezien": seen(preview), "reden": "Voor de ploeg"})
    assert stored.url == LIST
    rule = Routeregel.objects.get()
    assert (rule.categorie, rule.team) == (categorie, cast.werkplaats)
    assert "zouden 2 meldingen elders terechtkomen" in text(admin.get(LIST))
    assert "Voor de ploeg" in text(admin.get(change(rule)))


def test_a_yes_to_another_effect_is_asked_again(admin, cast, categorie):
    data = fields(categorie=categorie.pk, team=cast.werkplaats.pk)
    stamp = seen(admin.post(ADD, data))
    other = admin.post(ADD, {**data, "team": cast.toezicht.pk, "bevestig": "ja", "gezien": stamp})
    assert "Er is iets veranderd sinds je het effect bekeek" in text(other)
    RouteregelFactory(team=cast.werkplaats)
    meanwhile = admin.post(ADD, {**data, "bevestig": "ja", "gezien": stamp})
    assert "Er is iets veranderd" in text(meanwhile)
    assert Routeregel.objects.count() == 1


def test_a_rule_that_would_hide_another_is_named(admin, cast, categorie):
    RouteregelFactory(naam="Smal", categorie=categorie, bron="balie", team=cast.toezicht)
    broad = RouteregelFactory(naam="Breed", team=cast.werkplaats)
    Routeregel.objects.filter(pk=broad.pk).update(volgorde=99)
    page = admin.post(reverse("meldingen:route_move", args=[broad.pk]), {"richting": "omhoog"})
    assert page.status_code == 302
    rule = Routeregel.objects.get(naam="Smal")
    assert "geldt nooit" in text(admin.get(LIST))
    assert rule.volgorde > Routeregel.objects.get(naam="Breed").volgorde


def test_moving_asks_only_when_reports_would_go_elsewhere(admin, cast, categorie, reports):
    first = RouteregelFactory(naam="Een", categorie=categorie, team=cast.toezicht)
    second = RouteregelFactory(naam="Twee", categorie=categorie, team=cast.werkplaats)
    url = reverse("meldingen:route_move", args=[second.pk])
    asked = admin.post(url, {"richting": "omhoog"})
    assert "zouden er 2 ergens anders" in text(asked)
    assert "“Een”" in text(asked)  # which would never fire any more
    assert [row.naam for row in Routeregel.objects.all()] == ["Een", "Twee"]
    admin.post(url, {"richting": "omhoog", "bevestig": "ja", "gezien": seen(asked)})
    assert [row.naam for row in Routeregel.objects.all()] == ["Twee", "Een"]
    assert first.pk


def test_moving_goes_past_rules_that_are_off(admin, cast, categorie):
    RouteregelFactory(naam="a", team=cast.werkplaats, bron="balie")
    RouteregelFactory(naam="uit", team=cast.werkplaats, is_actief=False)
    c = RouteregelFactory(naam="c", team=cast.werkplaats, bron="mail")
    admin.post(reverse("meldingen:route_move", args=[c.pk]), {"richting": "omhoog"})
    assert [row.naam for row in Routeregel.objects.all()] == ["c", "a", "uit"]


def test_deleting_shows_the_effect_and_asks(admin, cast, categorie, reports):
    rule = RouteregelFactory(categorie=categorie, team=cast.werkplaats)
    url = reverse("meldingen:route_remove", args=[rule.pk])
    asked = admin.post(url)
    assert "zouden er 2 ergens anders" in text(asked)
    admin.post(url, {"bevestig": "ja", "gezien": seen(asked)})
    assert not Routeregel.objects.exists()


def test_a_rule_that_gave_reports_is_not_deleted_by_the_page(admin, cast, categorie):
    rule = RouteregelFactory(team=cast.werkplaats)
    MeldingFactory(categorie=categorie, route=rule)
    assert "Zet hem uit in plaats van hem te wissen" in text(admin.get(change(rule)))
    url = reverse("meldingen:route_remove", args=[rule.pk])
    after = admin.post(url, {"bevestig": "ja", "gezien": seen(admin.post(url))}, follow=True)
    assert "zet hem uit in plaats van hem te wissen" in text(after)
    assert Routeregel.objects.exists()


def test_wrong_rules_are_refused_in_words(admin, cast, categorie):
    vraag = VraagFactory(categorie=categorie, soort="keuze", keuzes="Klein\nGroot")
    other = SubcategorieFactory()
    for data, words in (
        ({}, "Kies een team of een persoon, niet allebei."),
        ({"team": cast.werkplaats.pk, "persoon": cast.werkman.pk}, "niet allebei"),
        ({"team": cast.werkplaats.pk, "vraag": vraag.pk, "antwoord": "Reuzegroot"}, "niet bij de keuzes"),
        (
            {"team": cast.werkplaats.pk, "vraag": vraag.pk, "antwoord": "Klein", "categorie": other.pk},
            "past nooit samen",
        ),
        ({"team": cast.werkplaats.pk, "van_uur": "08:00"}, "Vul allebei de uren in"),
    ):
        page = admin.post(ADD, fields(**data))
        assert words in text(page), data
        assert not Routeregel.objects.exists()


def test_a_rule_for_somebody_who_left_can_be_opened_and_mended(admin, cast):
    rule = RouteregelFactory(naam="Weg", team=TeamFactory(naam="Oud team", is_actief=False))
    page = admin.get(change(rule))
    assert "Oud team" in text(page)
    assert "leidt naar niemand" in text(admin.get(LIST))
    data = fields(naam="Weg", team=cast.werkplaats.pk)
    admin.post(change(rule), {**data, "bevestig": "ja", "gezien": seen(admin.post(change(rule), data))})
    assert Routeregel.objects.get().team == cast.werkplaats


def test_trying_a_report_that_might_come_shows_each_condition(admin, cast, categorie):
    RouteregelFactory(naam="Nacht", categorie=categorie, van_uur="22:00", tot_uur="06:00", team=cast.toezicht)
    RouteregelFactory(naam="Rest", team=cast.werkplaats)
    data = {"categorie": categorie.pk, "wijk": cast.wijk.pk, "bron": "telefoon", "prioriteit": "normaal"}
    day = text(admin.get(TRY, {**data, "dag": "2026-06-01", "uur": "12:00"}))
    assert f"Deze melding gaat naar {cast.werkplaats}" in day
    assert "past niet: 12.00 uur, moet zijn: van 22.00 tot 06.00 uur" in day
    night = text(admin.get(TRY, {**data, "dag": "2026-06-01", "uur": "23:30"}))
    assert f"Deze melding gaat naar {cast.toezicht}" in night
    assert "“Nacht” komt eerst" in night


def test_trying_asks_the_questions_that_rules_speak_of(admin, cast, categorie):
    vraag = VraagFactory(categorie=categorie, tekst="Is het asbest?", soort="ja_nee")
    RouteregelFactory(vraag=vraag, antwoord="ja", team=cast.toezicht)
    data = {"categorie": categorie.pk, "wijk": cast.wijk.pk}
    assert cast.wijkteam.naam in text(admin.get(TRY, data)).split("Deze melding gaat naar ")[1][:60]
    with_answer = text(admin.get(TRY, {**data, f"antwoord_{vraag.pk}": "ja"}))
    assert f"Deze melding gaat naar {cast.toezicht}" in with_answer


def test_trying_a_real_report_changes_nothing_and_keeps_to_what_one_may_see(client, cast, categorie):
    leader = factories.member(cast.toezicht, Rol.TEAMLEIDER, is_leider=True)
    client.force_login(leader)
    RouteregelFactory(team=cast.werkplaats)
    mine = MeldingFactory(categorie=categorie, wijk=cast.wijk, team=cast.toezicht, is_met_hand_toegewezen=True)
    secret = MeldingFactory(categorie=SubcategorieFactory(is_gevoelig=True), wijk=cast.wijk, team=cast.ander_team)
    page = text(client.get(TRY, {"nummer": mine.pk}))
    assert f"Deze melding gaat naar {cast.werkplaats}" in page
    assert "met de hand toe" in page
    for number in (secret.pk, secret.pk + 100):
        assert "Deze melding is er niet, of je mag ze niet zien." in text(client.get(TRY, {"nummer": number}))
    assert Melding.objects.get(pk=mine.pk).team == cast.toezicht


def test_a_team_leader_reads_and_tries_but_writes_nothing(client, cast):
    rule = RouteregelFactory(team=cast.werkplaats)
    client.force_login(factories.member(cast.toezicht, Rol.TEAMLEIDER))
    page = client.get(LIST)
    assert rule.naam in text(page)
    assert change(rule) not in page.content.decode()
    assert client.get(change(rule)).status_code == 404
    assert client.get(TRY).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_and_the_trial_cost_the_same_for_any_number_of_rules(
    admin, cast, categorie, count, django_assert_num_queries
):
    for _ in range(count):
        RouteregelFactory(categorie=categorie, team=cast.werkplaats)
        RouteregelFactory(persoon=cast.werkman, team=None, bron="balie")
    with django_assert_num_queries(6):
        admin.get(LIST)
    with django_assert_num_queries(11):
        admin.get(TRY, {"categorie": categorie.pk, "wijk": cast.wijk.pk})


# On the page of a report.


def reported(**about):
    return MelderFactory(melding=MeldingFactory(**about)).melding


def do(client, melding, **data):
    url = reverse("meldingen:step", args=[melding.pk, "verbeter"])
    melding.refresh_from_db()
    return client.post(
        url, {"versie": melding.versie, "prioriteit": melding.prioriteit, "reden": "", **data}, follow=True
    )


def test_after_a_correction_the_page_proposes_and_one_click_assigns(client, cast, categorie):
    RouteregelFactory(categorie=categorie, team=cast.werkplaats)
    melding = reported(wijk=cast.wijk, team=cast.wijkteam, behandelaar=cast.wijkmanager, status="in_behandeling")
    client.force_login(cast.wijkmanager)
    page = do(client, melding, categorie=categorie.pk)
    assert f"Volgens de regels hoort deze melding nu bij {cast.werkplaats}" in text(page)
    melding.refresh_from_db()
    assert melding.team == cast.wijkteam
    after = client.post(reverse("meldingen:staff_route", args=[melding.pk]), follow=True)
    melding.refresh_from_db()
    assert (melding.team, melding.behandelaar, melding.is_met_hand_toegewezen) == (cast.werkplaats, None, True)
    assert f"is nu bij {cast.werkplaats}" in text(after)
    assert "routeregel “" in text(after)
    again = client.post(reverse("meldingen:staff_route", args=[melding.pk]), follow=True)
    assert "aan niemand anders" in text(again)


def test_what_nobody_took_up_goes_by_itself_and_the_page_says_so(client, cast, categorie):
    RouteregelFactory(categorie=categorie, team=cast.werkplaats)
    melding = reported(wijk=cast.wijk, team=cast.wijkteam)
    client.force_login(cast.wijkmanager)
    page = do(client, melding, categorie=categorie.pk)
    assert f"Volgens de routeregels is ze nu bij {cast.werkplaats}" in text(page)
    assert "hoort deze melding nu bij" not in text(page)
    melding.refresh_from_db()
    assert melding.team == cast.werkplaats


def test_a_report_that_left_sight_leads_back_to_the_list(client, cast, categorie):
    RouteregelFactory(categorie=categorie, team=cast.ander_team)
    melding = reported(wijk=None, team=cast.wijkteam)
    client.force_login(cast.wijkmanager)
    page = do(client, melding, categorie=categorie.pk)
    assert "je ziet ze niet meer" in text(page)
    assert page.redirect_chain[-1][0].startswith(reverse("meldingen:staff_list"))


def test_following_the_rules_is_for_who_handles_the_report(client, cast, categorie):
    RouteregelFactory(team=cast.werkplaats)
    melding = MeldingFactory(categorie=categorie, wijk=cast.wijk, team=cast.wijkteam)
    for person in (cast.lezer, cast.collega):
        client.force_login(person)
        assert client.post(reverse("meldingen:staff_route", args=[melding.pk])).status_code == 404
    melding.refresh_from_db()
    assert melding.team == cast.wijkteam
