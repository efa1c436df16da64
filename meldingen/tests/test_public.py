import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.beelden import actions as beelden
from kern.beelden.tests.photos import jpeg, upload
from kern.berichten.models import Bericht
from kern.geo import Kader, Punt
from meldingen import actions, publiek
from meldingen.models import Melding, MeldingBeeld, Volger
from meldingen.queries import public, public_map
from meldingen.states import Sluitreden, Status
from meldingen.tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]
LIST = "meldingen:public_list"
GENK = "5.38,50.91,5.60,51.02"
SECRETS = {
    "naam": "Zeerprive Naam",
    "email": "geheim@voorbeeld.example",
    "telefoon": "0470 11 22 33",
    "omschrijving": "Mijn buurvrouw Maria gooit blikjes",
    "adres": "Hennepstraat 47 bus 3, 3600 Genk",
    "plaats_in_woorden": "achter het huis van tante Jeanne",
}


def released(**fields):
    return factories.MeldingFactory(
        openbaar=True, openbare_tekst="Er ligt zwerfvuil.", ontvangen_op=timezone.now() - timedelta(days=3), **fields
    )


def solved(days_ago=1, reason=Sluitreden.OPGELOST, **fields):
    closed = timezone.now() - timedelta(days=days_ago)
    return released(status=Status.AFGESLOTEN, sluitreden=reason, afgesloten_op=closed, **fields)


def detail(melding):
    return reverse("meldingen:public_detail", args=[melding.pk])


def places(client, **query):
    return client.get(reverse("meldingen:public_places"), {"kader": GENK, **query})


@pytest.fixture
def told(cast):
    """A released report whose reporter told more than everybody may know."""
    melding = actions.submit(
        inzending=uuid.uuid4(),
        categorie=factories.SubcategorieFactory(naam="Zwerfvuil"),
        plaats=Punt(5.5020371, 50.9660429),
        wijk=cast.wijk,
        at=timezone.now(),
        **SECRETS,
    )[0]
    melding = actions.release(
        melding=melding, openbaar=True, openbare_tekst="Er ligt zwerfvuil.", door=cast.wijkmanager, at=timezone.now()
    )
    actions.resident.add(melding=melding, tekst="Bel me op 0499 99 99 99", at=timezone.now())
    return actions.plan(
        melding=melding,
        gepland_op=timezone.localdate() + timedelta(days=2),
        door=cast.wijkmanager,
        at=timezone.now(),
        toelichting="Dag Zeerprive, we komen langs",
    )


@pytest.fixture
def pages(told, cast):
    """Every public answer in which the report can turn up."""
    volger = actions.follow(melding=told, sleutel=uuid.uuid4(), email="buur@voorbeeld.example", at=timezone.now())
    return [
        reverse("home"),
        reverse(LIST),
        detail(told),
        cast.wijk.get_absolute_url(),
        reverse("meldingen:public_places") + f"?kader={GENK}&zoom=18",
        reverse("meldingen:following", args=[volger.sleutel]),
        reverse("meldingen:unfollow", args=[volger.sleutel]),
    ]


def test_no_public_page_tells_anything_of_the_reporter(client, told, pages):
    secrets = [*SECRETS.values(), told.code, "Maria", "Jeanne", "straat 47", "0499", "Zeerprive", "5.50203", "50.96604"]
    secrets.append(str(told.inzending))
    for path in pages:
        answer = client.get(path)
        assert answer.status_code == 200, path
        text = answer.content.decode()
        assert [secret for secret in secrets if secret in text] == [], path


def test_the_public_pages_do_show_the_report(client, told, pages):
    texts = [client.get(path).content.decode() for path in pages[1:6]]
    assert all("Zwerfvuil" in text for text in texts)
    assert "ingepland op" in client.get(detail(told)).content.decode()


def test_people_of_the_city_are_not_named(client, told, pages, cast):
    for path in [detail(told), pages[5]]:
        assert cast.wijkmanager.naam not in client.get(path).content.decode()


@pytest.mark.parametrize(
    "make",
    [
        lambda: factories.MeldingFactory(openbare_tekst="Niet vrijgegeven"),
        lambda: released(categorie=factories.SubcategorieFactory(is_gevoelig=True)),
        lambda: solved(days_ago=30),
        lambda: solved(reason=Sluitreden.NIET_UITGEVOERD),
        lambda: solved(reason=Sluitreden.INGETROKKEN),
    ],
)
def test_what_everybody_may_not_see_is_nowhere(client, make):
    melding = make()
    assert not public.shown(timezone.localdate()).exists()
    assert client.get(detail(melding)).status_code == 404
    assert client.post(detail(melding), {"sleutel": uuid.uuid4()}).status_code == 404
    assert places(client).json()["features"] == []
    assert detail(melding) not in client.get(reverse(LIST)).content.decode()


def test_open_and_just_solved_reports_are_shown_and_counted(client):
    released(), released(), solved(days_ago=27)
    text = client.get(reverse(LIST)).content.decode()
    assert "2 open, 1 opgelost" in text


def test_the_list_narrows_by_wijk_main_category_and_status(client, cast):
    here, there = released(wijk=cast.wijk), released(wijk=cast.andere_wijk)
    done = solved(wijk=cast.wijk)

    def shown(**query):
        text = client.get(reverse(LIST), query).content.decode()
        return {row.pk for row in (here, there, done) if detail(row) in text}

    assert shown(wijk=cast.wijk.slug) == {here.pk, done.pk}
    assert shown(wijk=cast.wijk.slug, status="open") == {here.pk}
    assert shown(status="opgelost") == {done.pk}
    assert shown(categorie=there.categorie.hoofdcategorie.code) == {there.pk}
    assert shown(wijk="bestaat-niet", status="onzin") == {here.pk, there.pk, done.pk}


def test_each_filter_can_be_removed_by_itself(client, cast):
    pills = client.get(reverse(LIST), {"wijk": cast.wijk.slug, "status": "open", "page": 2}).context["pillen"]
    assert [(pill["naam"], pill["waarde"], pill["href"]) for pill in pills] == [
        ("Wijk", "Waterschei-Noord", "?status=open"),
        ("Status", "Open", f"?wijk={cast.wijk.slug}"),
    ]


def test_the_list_goes_by_pages_of_twenty(client):
    for _ in range(21):
        released()
    solved(days_ago=1)
    first = client.get(reverse(LIST))
    second = client.get(reverse(LIST), {"na": first.context["pagina"].volgende})
    seen = [[row.nummer for row in page.context["meldingen"]] for page in (first, second)]
    assert [len(numbers) for numbers in seen] == [20, 2]
    assert len({*seen[0], *seen[1]}) == 22
    assert second.context["pagina"].volgende == ""
    back = client.get(reverse(LIST), {"voor": second.context["pagina"].vorige})
    assert [row.nummer for row in back.context["meldingen"]] == seen[0]


def test_the_list_costs_the_same_with_one_and_with_three_reports(client, cast, django_assert_num_queries):
    released(wijk=cast.wijk, team=cast.wijkteam)
    with django_assert_num_queries(6):
        client.get(reverse(LIST))
    released(wijk=cast.wijk, team=cast.wijkteam), released(wijk=cast.andere_wijk, team=cast.ander_team)
    with django_assert_num_queries(6):
        client.get(reverse(LIST))


def test_the_map_costs_the_same_with_one_and_with_three_places(client, cast, django_assert_num_queries):
    released(wijk=cast.wijk)
    with django_assert_num_queries(3):
        places(client, zoom=18)
    released(plaats=Punt(5.55, 50.95)), released(plaats=Punt(5.45, 50.98))
    with django_assert_num_queries(3):
        assert len(places(client, zoom=18).json()["features"]) == 3


def test_a_public_page_costs_the_same_with_one_and_with_three_followers(client, told, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get(detail(told))
    for number in range(3):
        actions.follow(melding=told, sleutel=uuid.uuid4(), email=f"b{number}@voorbeeld.example", at=timezone.now())
    with django_assert_num_queries(3):
        assert "3 buren" in client.get(detail(told)).content.decode()


def test_only_released_photos_are_public(client, told, cast):
    rows = [
        MeldingBeeld.objects.create(melding=told, beeld=beelden.store(upload(jpeg(width))), openbaar=open_)
        for width, open_ in ((40, True), (50, False))
    ]
    urls = [reverse("meldingen:public_photo", args=[told.pk, row.beeld_id, "klein"]) for row in rows]
    assert [client.get(url).status_code for url in urls] == [202, 404]
    text = client.get(detail(told)).content.decode()
    assert [url in text for url in urls] == [True, False]
    told.refresh_from_db()
    actions.release(melding=told, openbaar=False, openbare_tekst="", door=cast.wijkmanager, at=timezone.now())
    assert client.get(urls[0]).status_code == 404


def test_somebody_with_the_same_problem_is_counted_once_and_mailed(client, told):
    sleutel = uuid.uuid4()
    for _ in range(2):
        data = {"email": "buur@voorbeeld.example", "sleutel": sleutel}
        answer = client.post(detail(told), data, follow=True)
    assert "Je volgt deze melding." in answer.content.decode()
    told.refresh_from_db()
    assert told.aantal_volgers == 1
    assert Bericht.objects.filter(soort="melding_gevolgd", aan="buur@voorbeeld.example").count() == 1


def test_following_with_the_address_of_another_does_not_open_their_page(client, told):
    theirs = actions.follow(melding=told, sleutel=uuid.uuid4(), email="buur@voorbeeld.example", at=timezone.now())
    data = {"email": "buur@voorbeeld.example", "sleutel": uuid.uuid4()}
    answer = client.post(detail(told), data, follow=True)
    assert str(theirs.sleutel) not in answer.content.decode()
    assert answer.redirect_chain == [(detail(told), 302)]


def test_following_without_an_address_only_counts(client, told):
    answer = client.post(detail(told), {"email": "", "sleutel": uuid.uuid4()}, follow=True)
    assert "We tellen je mee." in answer.content.decode()
    assert Volger.objects.get().email == ""


def test_a_solved_report_cannot_be_followed(client):
    melding = solved()
    client.post(detail(melding), {"email": "", "sleutel": uuid.uuid4()})
    assert not Volger.objects.exists()
    assert 'name="sleutel"' not in client.get(detail(melding)).content.decode()


def test_places_are_alone_when_near_and_one_number_from_afar(client):
    near, far = released(plaats=Punt(5.5020, 50.9660)), released(plaats=Punt(5.5060, 50.9680))
    close_by = places(client, zoom=18).json()["features"]
    assert {row["properties"]["url"] for row in close_by} == {detail(near), detail(far)}
    assert all(row["properties"]["aantal"] == 1 for row in close_by)
    (group,) = places(client, zoom=10).json()["features"]
    assert group["properties"]["aantal"] == 2
    assert group["geometry"]["coordinates"] == [5.504, 50.967]
    assert "url" not in group["properties"]


def test_the_map_holds_what_lies_in_its_box_and_passes_the_filters(client, cast):
    released(plaats=Punt(5.30, 50.93)), released(plaats=None, adres="Hennepstraat")
    here = released(wijk=cast.wijk)
    assert len(places(client).json()["features"]) == 1
    assert places(client, wijk=cast.andere_wijk.slug).json()["features"] == []
    (row,) = places(client, wijk=cast.wijk.slug, status="open").json()["features"]
    assert row["id"] == here.pk


def test_the_map_of_one_report_holds_that_report_alone(client):
    here = released()
    released()
    (row,) = places(client, nummer=here.pk).json()["features"]
    assert row["id"] == here.pk
    assert places(client, nummer=str(10**30)).json()["features"] == []
    assert f"nummer={here.pk}" in client.get(detail(here)).content.decode()


def test_the_map_never_gets_more_than_its_limit(monkeypatch):
    monkeypatch.setattr(public_map, "MAX_PLACES", 2)
    for step in range(3):
        released(plaats=Punt(5.42 + step / 20, 50.95))
    answer = public_map.places(public.Keuze(timezone.localdate()), Kader(5.38, 50.91, 5.60, 51.02), 18)
    assert len(answer["features"]) == 2
    assert answer["ingekort"] is True


def test_every_report_is_counted_in_exactly_one_place_at_any_zoom():
    for step in range(12):
        released(plaats=Punt(5.42 + step / 90, 50.95 + step / 700))
    keuze = public.Keuze(timezone.localdate())
    for zoom in (None, 8, 11, 12.5, 14, 16, 19):
        features = public_map.places(keuze, Kader(5.38, 50.91, 5.60, 51.02), zoom)["features"]
        assert sum(row["properties"]["aantal"] for row in features) == 12


def test_an_unchanged_map_is_not_sent_again(client):
    melding = released()
    etag = places(client)["ETag"]
    unchanged = client.get(reverse("meldingen:public_places"), {"kader": GENK}, headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    Melding.objects.filter(pk=melding.pk).update(status=Status.IN_BEHANDELING)
    assert places(client)["ETag"] != etag


@pytest.mark.parametrize("query", ["", "kader=1,2,3", "kader=a,b,c,d", "kader=9,50,3,51", "kader=nan,1,2,3"])
def test_a_wrong_box_is_told_in_plain_words(client, query):
    answer = client.get(reverse("meldingen:public_places") + f"?{query}")
    assert answer.status_code == 400
    assert "kader" in json.loads(answer.content)["fout"]


def test_a_wrong_zoom_is_refused(client):
    assert places(client, zoom="99").status_code == 400


def test_the_home_page_counts_what_was_solved_this_week(client, cast):
    shown, _hidden, _old = (
        solved(days_ago=2, wijk=cast.wijk),
        factories.MeldingFactory(status=Status.AFGESLOTEN),
        solved(days_ago=9),
    )
    factories.MeldingFactory(status=Status.AFGESLOTEN, sluitreden=Sluitreden.NIET_UITGEVOERD)
    running = released(wijk=cast.wijk)
    overview = public.overview(timezone.localdate())
    assert overview.opgelost == 2
    assert [row.nummer for row in overview.voorbeelden] == [shown.pk]
    assert [(wijk.naam, wijk.aantal_open) for wijk in overview.wijken] == [("Waterschei-Noord", 1)]
    text = client.get(reverse("home")).content.decode()
    assert detail(shown) in text
    assert detail(running) not in text


def test_the_home_page_costs_the_same_with_one_and_with_three(client, cast, django_assert_num_queries):
    released(wijk=cast.wijk), solved(wijk=cast.wijk)
    with django_assert_num_queries(5):
        client.get(reverse("home"))
    released(wijk=cast.andere_wijk), solved(wijk=cast.andere_wijk), solved()
    with django_assert_num_queries(5):
        client.get(reverse("home"))


def test_the_page_of_a_wijk_tells_what_runs_there(client, cast):
    here, there = released(wijk=cast.wijk), released(wijk=cast.andere_wijk)
    text = client.get(cast.wijk.get_absolute_url()).content.decode()
    assert "Er is 1 melding open." in text
    assert detail(here) in text
    assert detail(there) not in text
    assert f"{reverse(LIST)}?wijk={cast.wijk.slug}" in text


STATES = [(status, "") for status in Status if status != Status.AFGESLOTEN] + [(Status.AFGESLOTEN, Sluitreden.OPGELOST)]


@pytest.mark.parametrize(("status", "sluitreden"), STATES)
def test_every_page_says_the_same_status(client, status, sluitreden):
    closed = timezone.now() if sluitreden else None
    melding = released(status=status, sluitreden=sluitreden, afgesloten_op=closed)
    volger = factories.VolgerFactory(melding=melding)
    words = publiek.public_status(melding, on=timezone.localdate()).woord
    assert words in client.get(detail(melding)).content.decode()
    assert words in client.get(reverse(LIST)).content.decode()
    assert words in client.get(reverse("meldingen:following", args=[volger.sleutel])).content.decode()
    assert places(client, zoom=18).json()["features"][0]["properties"]["naam"].endswith(f": {words}")
    own = publiek.public_status(melding, on=timezone.localdate(), eigen=True).woord
    assert own in client.get(reverse("meldingen:status", args=[melding.code])).content.decode()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("?wijk=%00&categorie=%00&status=%00&page=-9", 200),
        ("?page=niets", 200),
        (f"openbaar/{10**30}/", 404),
        ("openbaar.geojson?kader=1e999,0,1,1", 400),
        ("openbaar.geojson?kader=-180,-90,180,90&zoom=0", 200),
        ("volg/?code=%00", 200),
        ("volg/%00/", 404),
        ("nieuw/?wijk=%00&categorie=%00", 302),
        ("volg/😀/", 404),
        ("mijn/%F0:a:b/", 410),
    ],
)
def test_a_strange_address_never_breaks_a_page(client, path, expected):
    assert client.get(reverse(LIST) + path).status_code == expected
