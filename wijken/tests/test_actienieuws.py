"""What the weekly mail of a wijk tells of its actions."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from kern.berichten.models import Bericht
from meldingen.tests import factories
from wijken import actions
from wijken.models import Actie, Mijlpaal, Wijkvolging
from wijken.queries import actienieuws


@pytest.fixture
def cast(db):
    return factories.cast()


@pytest.fixture
def make(cast):
    def make(**fields):
        return Actie.objects.create(
            **{
                "titel": "Groene speelplek",
                "tekst": "We maken de speelplek groen.",
                "wijk": cast.wijk,
                "eigenaar": cast.wijkmanager,
                "start": timezone.localdate(),
                "gemaakt_op": timezone.now(),
                "gemaakt_door": cast.wijkmanager,
                **fields,
            }
        )

    return make


def news(since=-7, until=7):
    now = timezone.now()
    found = actienieuws.by_wijk(now + timedelta(days=since), now + timedelta(days=until))
    return {wijk: [line for line, _url in lines] for wijk, lines in found.items()}


def test_an_action_is_told_once_as_it_stands_in_each_of_its_wijken(cast, make):
    row = make()
    row.ook_in.add(cast.andere_wijk)
    assert news() == {wijk.pk: ["Binnenkort: Groene speelplek"] for wijk in (cast.wijk, cast.andere_wijk)}
    row.status = "gaand"
    row.save()
    assert news() == {wijk.pk: ["Dit loopt nu: Groene speelplek"] for wijk in (cast.wijk, cast.andere_wijk)}
    row.titel = "Een groene speelplek"
    row.save()
    assert news(since=7, until=14) == {}  # next week has nothing new


def test_each_line_leads_to_the_page_in_the_wijk_of_the_reader(cast, make, client):
    make().ook_in.add(cast.andere_wijk)
    now = timezone.now()
    found = actienieuws.by_wijk(now - timedelta(days=1), now + timedelta(days=1))
    for wijk in (cast.wijk, cast.andere_wijk):
        ((_line, url),) = found[wijk.pk]
        assert f"/{wijk.slug}/" in url
        assert client.get(url).status_code == 200


def test_a_milestone_is_told_when_it_is_written_down_also_with_an_earlier_day(cast, make):
    row = make(status="gaand")
    point = Mijlpaal.objects.create(actie=row, titel="Bomen geplant", uiterlijk=timezone.localdate())
    point.status, point.gehaald_op = "gehaald", timezone.localdate() - timedelta(days=40)
    point.save()
    assert "Bomen geplant is gehaald (Groene speelplek)" in news()[cast.wijk.pk]
    assert news(since=1, until=8) == {}


def test_what_residents_may_not_read_is_told_from_when_they_may(make, cast):
    row = make(is_openbaar=False, status="gaand")
    Mijlpaal.objects.create(
        actie=row, titel="Klaar", uiterlijk=timezone.localdate(), status="gehaald", gehaald_op=timezone.localdate()
    )
    assert news() == {}
    row.is_openbaar = True
    row.save()
    assert "Dit loopt nu: Groene speelplek" in news()[cast.wijk.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_the_news_costs_the_same_for_one_action_and_for_three(make, cast, count, django_assert_num_queries):
    for _turn in range(count):
        row = make(status="gaand")
        row.ook_in.add(cast.andere_wijk)
        day = timezone.localdate()
        Mijlpaal.objects.create(actie=row, titel="Klaar", uiterlijk=day, status="gehaald", gehaald_op=day)
    with django_assert_num_queries(4):
        assert len(news()[cast.wijk.pk]) == 2 * count


def test_a_follower_reads_it_in_the_weekly_mail_in_their_language(cast, make):
    now = timezone.now()
    actions.ask_to_follow(wijk=cast.wijk, email="an@voorbeeld.example", taal="fr", at=now - timedelta(days=9))
    actions.confirm_follow(volging=Wijkvolging.objects.get(), at=now - timedelta(days=9))
    make(status="gaand")
    with translation.override("fr"):
        (line,) = news()[cast.wijk.pk]
    assert line.startswith("En cours")
    assert actions.send_weekly(at=now + timedelta(days=7)) == 1
    assert line in Bericht.objects.get(soort="wijk_week").tekst
