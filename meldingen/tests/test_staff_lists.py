import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.gebruikers.models import Rol, Vervanging
from meldingen.models.categorie import Prioriteit
from meldingen.queries import keyset
from meldingen.states import Status
from meldingen.tests.factories import CENTRE, MeldingFactory, SubcategorieFactory, member
from wijken.models import Wijk

LIST = reverse("meldingen:staff_list")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def page(client):
    def get(user, **query):
        client.force_login(user)
        return client.get(LIST, query)

    return get


def numbers(answer):
    return [row.pk for row in answer.context["pagina"].rows]


def in_wijk(cast, **fields):
    return MeldingFactory(wijk=cast.wijk, team=cast.wijkteam, **fields)


@pytest.mark.parametrize("path", ["/werk/", LIST, reverse("meldingen:staff_map"), reverse("meldingen:staff_print")])
def test_a_staff_page_asks_for_a_log_in_and_is_not_there_without_a_role(client, cast, path):
    assert client.get(path).status_code == 302
    client.force_login(member(None))
    assert client.get(path).status_code == 404
    client.force_login(cast.lezer)
    assert client.get(path).status_code == 200


def test_each_list_holds_its_own_reports(cast, page, today):
    me = cast.wijkmanager
    mine = in_wijk(cast, behandelaar=me, status=Status.IN_BEHANDELING)
    late = in_wijk(cast, volgende_termijn=today - timedelta(days=1))
    other_team = MeldingFactory(wijk=cast.wijk, team=cast.toezicht)
    closed = in_wijk(cast, behandelaar=me, status=Status.AFGESLOTEN)
    MeldingFactory(wijk=cast.andere_wijk, team=cast.ander_team)
    assert set(numbers(page(me, lijst="mijn"))) == {mine.pk}
    assert set(numbers(page(me, lijst="team"))) == {mine.pk, late.pk}
    assert set(numbers(page(me, lijst="wijk"))) == {mine.pk, late.pk, other_team.pk}
    assert set(numbers(page(me, lijst="zonder"))) == {late.pk, other_team.pk}
    assert set(numbers(page(me, lijst="laat"))) == {late.pk}
    assert set(numbers(page(me))) == {mine.pk, late.pk, other_team.pk, closed.pk}


def test_late_reports_come_first_and_say_so_in_words(cast, page, today):
    later = in_wijk(cast, volgende_termijn=today + timedelta(days=9))
    late = in_wijk(cast, volgende_termijn=today - timedelta(days=3))
    waiting = in_wijk(cast, status=Status.WACHT_OP_MELDER)
    answer = page(cast.wijkmanager, lijst="team")
    assert numbers(answer) == [late.pk, later.pk, waiting.pk]
    text = answer.content.decode()
    assert text.count("is-laat") == 1
    assert "te laat</span>" in text
    assert "klok staat stil" in text


def test_a_deputy_sees_the_list_of_the_absent_colleague_with_the_name(cast, page, today):
    melding = MeldingFactory(behandelaar=cast.collega, team=cast.ander_team, status=Status.IN_BEHANDELING)
    assert numbers(page(cast.wijkmanager, lijst="mijn")) == []
    Vervanging.objects.create(afwezige=cast.collega, vervanger=cast.wijkmanager, van=today, tot=today)
    answer = page(cast.wijkmanager, lijst="mijn")
    assert numbers(answer) == [melding.pk]
    assert "voor Saar Sledderlo" in answer.content.decode()


def test_filters_stand_in_the_url_and_each_pill_takes_one_away(cast, page):
    me = cast.wijkmanager
    kind = SubcategorieFactory()
    hit = in_wijk(cast, categorie=kind, prioriteit=Prioriteit.HOOG)
    in_wijk(cast, categorie=kind)
    in_wijk(cast)
    query = {"lijst": "team", "categorie": str(kind.hoofdcategorie_id), "prioriteit": "hoog"}
    answer = page(me, **query)
    assert numbers(answer) == [hit.pk]
    pills = {str(pil.naam): pil.href for pil in answer.context["pillen"]}
    assert set(pills) == {"Categorie", "Prioriteit"}
    assert "prioriteit" not in pills["Prioriteit"]
    assert f"categorie={kind.hoofdcategorie_id}" in pills["Prioriteit"]


@pytest.mark.parametrize("field", ["wijk", "team", "behandelaar"])
def test_each_field_that_can_be_empty_has_a_none(cast, page, field):
    values = {"wijk": cast.wijk, "team": cast.wijkteam, "behandelaar": cast.wijkmanager}
    full = MeldingFactory(**values)
    empty = MeldingFactory(**(values | {field: None}))
    assert numbers(page(cast.beheerder, **{field: "geen"})) == [empty.pk]
    both = page(cast.beheerder, **{field: ["geen", str(values[field].pk)]})
    assert set(numbers(both)) == {full.pk, empty.pk}


def test_the_term_and_the_days_of_receipt_can_be_chosen(cast, page, today):
    late = in_wijk(cast, volgende_termijn=today - timedelta(days=1))
    now = in_wijk(cast, volgende_termijn=today, ontvangen_op=timezone.now() - timedelta(days=10))
    none = in_wijk(cast, status=Status.WACHT_OP_MELDER)
    me = cast.wijkmanager
    assert numbers(page(me, termijn="laat")) == [late.pk]
    assert numbers(page(me, termijn="vandaag")) == [now.pk]
    assert now.pk in numbers(page(me, termijn="week"))
    assert numbers(page(me, termijn="geen")) == [none.pk]
    day = today - timedelta(days=10)
    assert numbers(page(me, van=day, tot=day)) == [now.pk]
    assert now.pk not in numbers(page(me, van=today - timedelta(days=1)))


def test_nonsense_in_the_url_is_ignored(cast, page):
    melding = in_wijk(cast)
    nonsense = {
        "lijst": "x",
        "status": "x",
        "wijk": "9999999",
        "van": "gisteren",
        "na": "x~y",
        "volgorde": "x",
        "regel": "x",
    }
    answer = page(cast.wijkmanager, **nonsense)
    assert answer.status_code == 200
    assert numbers(answer) == [melding.pk]


@pytest.mark.parametrize("order", list(keyset.ORDERS))
def test_walking_the_pages_forward_and_back_meets_every_report_once(cast, today, order):
    from meldingen.models import Melding

    for n in range(7):
        in_wijk(
            cast,
            volgende_termijn=None if n == 3 else today + timedelta(days=n // 2),
            ontvangen_op=timezone.now() - timedelta(days=n // 3),
        )
    rows, way = Melding.objects.all(), keyset.ORDERS[order]
    expected = [row.pk for row in way.sorted(rows)]
    seen, na, pages = [], "", []
    while True:
        found = keyset.page(rows, way, na=na, size=3)
        pages.append(found)
        seen += [row.pk for row in found.rows]
        na = found.volgende
        if not na:
            break
    assert seen == expected
    back = keyset.page(rows, way, voor=pages[-1].vorige, size=3)
    assert [row.pk for row in back.rows] == [row.pk for row in pages[-2].rows]
    assert pages[0].vorige == ""


def test_a_count_stops_at_its_limit(cast):
    from meldingen.models import Melding

    MeldingFactory.create_batch(3)
    assert keyset.capped_count(Melding.objects.all(), 2) == 3
    assert keyset.count_words(3, 2) == "2+"
    assert keyset.count_words(1204, 10_000) == "1.204"
    assert keyset.count_words(1001) == "1.000+"


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_eight_queries_whatever_its_length(cast, client, count, django_assert_num_queries):
    for _ in range(count):
        in_wijk(cast, behandelaar=cast.wijkmanager, status=Status.IN_BEHANDELING)
    client.force_login(cast.wijkmanager)
    with django_assert_num_queries(8):
        assert client.get(LIST, {"lijst": "mijn"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_start_page_costs_seven_queries_whatever_there_is_to_do(cast, client, count, django_assert_num_queries):
    for _ in range(count):
        in_wijk(cast)
    client.force_login(cast.wijkmanager)
    with django_assert_num_queries(7):
        answer = client.get(reverse("meldingen:work"))
    assert answer.content.decode().count('class="cijfer') == 6  # the row of figures and five of them


def test_the_map_gathers_what_lies_together_and_the_list_beside_it_has_the_rest(cast, client):
    here = [in_wijk(cast) for _ in range(3)]
    apart = in_wijk(cast, plaats=type(CENTRE)(CENTRE.lon + 0.003, CENTRE.lat))
    in_wijk(cast, plaats=None)
    hidden = MeldingFactory(wijk=cast.andere_wijk, team=cast.ander_team)
    client.force_login(cast.wijkmanager)
    box = {"kader": "5.490,50.955,5.520,50.975", "zoom": "17"}
    features = client.get(reverse("meldingen:staff_points"), box).json()["features"]
    assert sorted(row["properties"].get("aantal", 1) for row in features) == [1, 3]
    assert any(str(apart.pk) in row["properties"]["naam"] for row in features)
    assert not any(str(hidden.pk) in row["properties"]["naam"] for row in features)
    page = client.get(reverse("meldingen:staff_map")).content.decode()
    assert "4 van 5 meldingen staan op de kaart" in page
    assert str(here[0].pk) in page


def test_a_reader_sees_every_report_that_is_not_sensitive(cast, page):
    kind = SubcategorieFactory(is_gevoelig=True)
    plain, secret = in_wijk(cast), in_wijk(cast, categorie=kind)
    assert numbers(page(cast.lezer)) == [plain.pk]
    assert set(numbers(page(cast.wijkmanager))) == {plain.pk, secret.pk}
    assert numbers(page(member(cast.toezicht, Rol.BUURTTOEZICHTER))) == [plain.pk]


@pytest.mark.parametrize(
    "query",
    ["q=a%00b&regel=tekst", "q=a%40b%00&regel=mail", "q=%00", "van=0001-01-01&tot=9999-12-31", "na=%00", "terug=%00"],
)
def test_a_strange_question_never_breaks_a_list(cast, client, query):
    client.force_login(cast.wijkmanager)
    assert client.get(f"{reverse('meldingen:staff_list')}?{query}").status_code == 200


def test_a_filter_shows_what_is_chosen_now_and_what_can_be_chosen_now(page, cast):
    def boxes(**query):
        html = page(cast.wijkmanager, lijst="alle", **query).content.decode()
        found = re.findall(r'<input type="checkbox" name="wijk" value="([^"]+)" id="[^"]+"( checked)?> ([^<]+)<', html)
        return {value: (bool(checked), name) for value, checked, name in found}

    pk = str(cast.wijk.pk)
    assert boxes()[pk] == (False, cast.wijk.naam)
    assert boxes(wijk=pk)[pk] == (True, cast.wijk.naam)
    assert boxes()[pk] == (False, cast.wijk.naam)
    Wijk.objects.filter(pk=pk).update(naam="Nieuw & <anders>")
    assert boxes()[pk] == (False, "Nieuw &amp; &lt;anders&gt;")
    Wijk.objects.create(code="Z9", naam="Zeer nieuw", slug="zeer-nieuw", centrum=CENTRE)
    assert "Zeer nieuw" in [name for _checked, name in boxes().values()]
