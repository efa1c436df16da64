import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.geo import Punt
from meldingen import rules
from meldingen.models import Dubbelvoorstel, GeenDubbel, Melding, Voorstelrij
from meldingen.queries import dubbels
from meldingen.queries.staff import visible
from meldingen.states import Status
from meldingen.tests.factories import CENTRE, OUTSIDE, MelderFactory, MeldingFactory, SubcategorieFactory
from wijken.queries import reach

METRE = 1 / 111_195


def at(metres):
    """A place so many metres north of the centre."""
    return Punt(CENTRE.lon, CENTRE.lat + metres * METRE)


@pytest.fixture
def categorie(db):
    return SubcategorieFactory(naam="Zwerfvuil")


@pytest.fixture
def make(cast, categorie):
    def make(email="", telefoon="", **fields):
        fields = {"categorie": categorie, "wijk": cast.wijk, "team": cast.wijkteam, "adres": "", **fields}
        melding = MeldingFactory(**fields)
        MelderFactory(melding=melding, email=email, telefoon=telefoon, naam="")
        return melding

    return make


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.wijkmanager)
    return client


def panel(client, melding, **query):
    return client.get(reverse("meldingen:duplicates", args=[melding.pk]), query)


def shown(answer):
    return {groep.code: [buur.melding.pk for buur in groep.buren] for groep in answer.context["paneel"].groepen}


def merging(*meldingen, **query):
    rest = "".join(f"&{key}={value}" for key, value in query.items())
    return reverse("meldingen:merge") + "?" + "&".join(f"m={row.pk}" for row in meldingen) + rest


def test_the_panel_shows_what_is_near_with_the_same_category_first(manager, make):
    mine = make(plaats=at(0))
    other = make(plaats=at(5), categorie=SubcategorieFactory())
    near, far = make(plaats=at(40)), make(plaats=at(90))
    old = make(plaats=at(1), status=Status.AFGESLOTEN, ontvangen_op=timezone.now() - timedelta(weeks=20))
    assert shown(panel(manager, mine)) == {"nabij": [near.pk, other.pk]}
    assert shown(panel(manager, mine, straal=100, weken=26)) == {"nabij": [old.pk, near.pk, far.pk, other.pk]}
    assert shown(panel(manager, mine, straal="alles", weken="-1")) == {"nabij": [near.pk, other.pk]}


def test_the_panel_shows_who_reported_more_and_what_was_reported_at_the_address(manager, make):
    mine = make(email="An@x.example", telefoon="+32 470 12 34 56", plaats=OUTSIDE, adres="Hennepstraat 1")
    by_mail, by_phone = make(email="an@X.example"), make(telefoon="0470/12.34.56")
    address = make(adres="hennepstraat 1")
    make(adres="Hennepstraat 11")
    assert shown(panel(manager, mine)) == {"nabij": [], "melder": [by_phone.pk, by_mail.pk], "adres": [address.pk]}


def test_a_reader_sees_nothing_of_who_reported_and_nobody_sees_what_is_not_theirs(client, make, cast):
    secret = SubcategorieFactory(is_gevoelig=True)
    mine = make(email="an@x.example")
    make(email="an@x.example", plaats=OUTSIDE, adres="Weg 1")
    hidden = [
        make(categorie=secret, team=cast.ander_team, wijk=cast.andere_wijk),
        make(team=cast.ander_team, wijk=cast.andere_wijk, email="an@x.example"),
    ]
    client.force_login(cast.lezer)
    assert "melder" not in shown(panel(client, mine))
    client.force_login(cast.wijkmanager)
    seen = {pk for pks in shown(panel(client, mine, straal=250)).values() for pk in pks}
    assert not seen & {row.pk for row in hidden}
    client.force_login(cast.collega)
    assert panel(client, mine).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_panel_costs_nine_queries_whatever_it_finds(manager, make, count, django_assert_num_queries):
    mine = make(email="an@x.example", adres="Weg 1")
    for _ in range(count):
        make(email="an@x.example", adres="Weg 1")
    with django_assert_num_queries(9):
        assert panel(manager, mine).status_code == 200


def test_each_reason_is_found_by_an_index(make, cast):
    mine = make(email="an@x.example", telefoon="0470123456", adres="Weg 1")
    seen = visible(cast.wijkmanager, reach(cast.wijkmanager, timezone.localdate()))
    statements = []

    def look(run, sql, params, many, context):
        statements.append((sql, params))
        return run(sql, params, many, context)

    with connection.execute_wrapper(look):
        dubbels.panel(mine, seen, at=timezone.now(), straal=50, weken=12, contact=True)
    with connection.cursor() as cursor:
        # On a handful of rows the planner would read them all; the question is whether it has another way.
        cursor.execute("SET LOCAL enable_seqscan = off")
        plans = []
        for sql, params in statements:
            cursor.execute(f"EXPLAIN {sql}", params)
            plans.append("\n".join(row[0] for row in cursor.fetchall()))
    assert len(plans) >= 3
    assert not [plan for plan in plans if re.search(r"Seq Scan on (meldingen_melding|meldingen_melder)\b", plan)]


def test_the_page_of_a_report_asks_for_its_panel_and_links_to_it_without_javascript(manager, make):
    mine = make()
    url = reverse("meldingen:duplicates", args=[mine.pk])
    page = manager.get(reverse("meldingen:detail", args=[mine.pk])).content.decode()
    assert f'hx-get="{url}"' in page
    assert f'href="{url}"' in page
    part = manager.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "<html" in manager.get(url).content.decode()


def test_several_are_merged_at_once_after_a_look_at_what_happens(manager, make):
    rows = [make(email=f"{letter}@x.example") for letter in "abc"]
    page = manager.get(merging(*rows))
    assert [len(row["mails"]) for row in page.context["gevolgen"]] == [1, 1]
    assert not Bericht.objects.exists()
    data = {f"versie_{row.pk}": row.versie for row in rows} | {"hoofd": rows[1].pk, "toelichting": "Samen."}
    looked = manager.post(merging(*rows), {**data, "voorbeeld": "ja"})
    assert looked.context["hoofd"] == rows[1]
    assert "Samen." in looked.content.decode()
    assert not Melding.objects.filter(hoofdmelding__isnull=False).exists()
    done = manager.post(merging(*rows), data)
    assert done.url == reverse("meldingen:detail", args=[rows[1].pk])
    assert set(Melding.objects.filter(hoofdmelding=rows[1])) == {rows[0], rows[2]}
    panel_page = panel(manager, rows[1]).content.decode()
    assert "Gaan hierin verder" in panel_page


def test_nothing_is_merged_when_one_of_them_changed_meanwhile_or_cannot_go_along(manager, make):
    rows = [make(), make(), make()]
    data = {f"versie_{row.pk}": row.versie for row in rows} | {"hoofd": rows[0].pk, "toelichting": "Samen."}
    Melding.objects.filter(pk=rows[2].pk).update(versie=7)
    assert manager.post(merging(*rows), data).status_code == 409
    Melding.objects.filter(pk=rows[2].pk).update(
        versie=1, status=Status.AFGESLOTEN, sluitreden="opgelost", afgesloten_op=timezone.now()
    )
    refused = manager.post(merging(*rows), data)
    assert "is al afgesloten" in refused.content.decode()
    assert not Melding.objects.filter(hoofdmelding__isnull=False).exists()


def test_one_report_is_no_merge_and_a_report_of_others_is_not_there(client, manager, make, cast):
    mine, theirs = make(), make(team=cast.ander_team, wijk=cast.andere_wijk)
    assert manager.get(merging(mine)).status_code == 302
    assert manager.get(merging()).status_code == 302
    assert manager.get(merging(mine, theirs)).status_code == 404
    client.force_login(cast.lezer)
    assert client.get(merging(mine, make())).status_code == 404


def test_the_step_merges_by_number_and_the_other_step_takes_it_back(manager, make, cast):
    main, second, third = make(), make(email="b@x.example"), make()
    hidden = make(team=cast.ander_team, wijk=cast.andere_wijk)

    def do(row, stap, **data):
        url = reverse("meldingen:step", args=[row.pk, stap])
        return manager.post(url, {"versie": Melding.objects.get(pk=row.pk).versie, **data})

    assert "Vul het nummer in" in do(second, "voeg-samen", toelichting="x").content.decode()
    for nummer in (hidden.pk, 999_999, second.pk):
        assert do(second, "voeg-samen", hoofdmelding=nummer, toelichting="x").status_code == 200
    assert do(second, "voeg-samen", hoofdmelding=main.pk, toelichting="x").status_code == 302
    # The number of what is merged already leads to its main.
    assert do(third, "voeg-samen", hoofdmelding=second.pk, toelichting="x").status_code == 302
    assert set(Melding.objects.filter(hoofdmelding=main)) == {second, third}
    page = manager.get(reverse("meldingen:detail", args=[second.pk]))
    codes = [stap.code for stap in page.context["stappen"]]
    assert "maak-los" in codes
    assert "heropen" not in codes
    assert f"gaat verder in melding {main.pk}" in page.content.decode()
    assert do(second, "maak-los", reden="Toch niet.").status_code == 302
    assert Melding.objects.get(pk=second.pk).status == Status.NIEUW


def test_the_public_sees_the_main_alone(client, make, cast):
    main, second = (make(openbaar=True, openbare_tekst="Vuil") for _ in range(2))
    client.force_login(cast.wijkmanager)
    client.post(
        reverse("meldingen:step", args=[second.pk, "voeg-samen"]),
        {"versie": 1, "hoofdmelding": main.pk, "toelichting": "x"},
    )
    client.logout()
    assert [card.nummer for card in client.get(reverse("meldingen:public_list")).context["meldingen"]] == [main.pk]
    moved = client.get(reverse("meldingen:public_detail", args=[second.pk]))
    assert moved.url == reverse("meldingen:public_detail", args=[main.pk])


@pytest.fixture
def proposal(categorie):
    def proposal(*meldingen):
        row = Dubbelvoorstel.objects.create(categorie=categorie, gevonden_op=timezone.now())
        Voorstelrij.objects.bulk_create(Voorstelrij(voorstel=row, melding=melding) for melding in meldingen)
        return row

    return proposal


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_six_queries_whatever_is_in_it(manager, make, proposal, count, django_assert_num_queries):
    for _ in range(count):
        proposal(make(), make())
    with django_assert_num_queries(6):
        answer = manager.get(reverse("meldingen:proposals"))
    assert len(answer.context["voorstellen"]) == count


def test_the_queue_shows_each_person_what_they_may_see_of_it(client, make, proposal, cast):
    mine = [make(), make()]
    theirs = {"team": cast.ander_team, "wijk": cast.andere_wijk}
    other = [make(**theirs), make(**theirs)]
    first, _second, _half = proposal(*mine), proposal(*other), proposal(make(), make(**theirs))
    closed = proposal(make(), make(status=Status.AFGESLOTEN))
    url = reverse("meldingen:proposals")
    client.force_login(cast.wijkmanager)
    [row] = client.get(url).context["voorstellen"]
    assert (row.pk, row.meldingen) == (first.pk, mine)
    for refused in (closed, _second, _half):
        assert client.post(reverse("meldingen:proposal_different", args=[refused.pk])).status_code == 404
    client.force_login(cast.lezer)
    assert client.get(url).status_code == 404
    assert client.post(reverse("meldingen:proposal_different", args=[first.pk])).status_code == 404
    assert not GeenDubbel.objects.exists()


def test_not_the_same_is_remembered_and_an_empty_queue_says_so(manager, make, proposal):
    rows = [make(), make(), make()]
    row = proposal(*rows)
    assert manager.post(reverse("meldingen:proposal_different", args=[row.pk])).status_code == 302
    assert GeenDubbel.objects.count() == 3
    row.refresh_from_db()
    assert row.gesloten_op is not None
    assert "Niets dat dubbel lijkt" in manager.get(reverse("meldingen:proposals")).content.decode()


def test_words_in_common_are_a_hint():
    assert rules.word_overlap(["Blikjes in het gras", "Er liggen BLIKJES op het gras"]) > 0.6
    assert rules.word_overlap(["Blikjes in het gras", "Een losse tegel"]) == 0
    assert rules.word_overlap(["", "iets"]) == rules.word_overlap([]) == 0
