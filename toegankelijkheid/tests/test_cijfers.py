"""The figures of the screening: each number is the length of its list, and what nobody looked at is never good."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toegankelijkheid.models import Campagne, Screeningsobject, Woonzorgzone
from toegankelijkheid.queries import cijfers, rondes
from toegankelijkheid.queries.cijfers import NUMBERS, Vraag
from toegankelijkheid.rules.oordeel import overall
from toegankelijkheid.rules.woorden import Onderwerp, Oordeel
from toegankelijkheid.states import Campagnestatus

from .factories import (
    CampagneFactory,
    CriteriumFactory,
    MetingFactory,
    ObjectFactory,
    OpnameFactory,
    ZoneFactory,
    level,
)

pytestmark = pytest.mark.django_db
O = Oordeel  # noqa: E741
VERDICTS = [O.VOLDOET, O.AANDACHTSPUNT, O.VOLDOET_NIET, O.ONVOLLEDIG, O.NIET_MEETBAAR, O.GEEN_NORM]


def visited(obj, found, *, campagne=None, days=0, current=True):
    """A visit that found these verdicts, one per criterium: (criterium, verdict, severity)."""
    moment = timezone.now() - timedelta(days=days)
    opname = OpnameFactory(object=obj, campagne=campagne, gemeten_op=moment)
    for criterium, oordeel, ernst in found:
        ernst = ernst if oordeel in (O.VOLDOET_NIET, O.AANDACHTSPUNT) else None
        value = {"waarde": None, "niet_meetbaar": "auto"} if oordeel == O.NIET_MEETBAAR else {}
        MetingFactory(
            opname=opname, object=obj, criterium=criterium, oordeel=oordeel, ernst=ernst, is_actueel=current,
            groepen=criterium.groepen if oordeel == O.VOLDOET_NIET else [],
            hercontrole_op=timezone.localdate() - timedelta(days=1) if days > 500 else None, **value,
        )  # fmt: skip
    if current:
        rows = list(obj.metingen.current())
        Screeningsobject.objects.filter(pk=obj.pk).update(
            gescreend_op=timezone.localdate(moment),
            oordeel=overall(m.oordeel for m in rows),
            ernst=max((m.ernst for m in rows if m.ernst), default=None),
            hercontrole_op=min((m.hercontrole_op for m in rows if m.hercontrole_op), default=None),
        )
    return opname


@pytest.fixture
def criteria(normenboek):
    return [
        CriteriumFactory(groepen=["rolstoel", "ouderen"]),
        CriteriumFactory(groepen=["blind"]),
        CriteriumFactory(groepen=[]),
    ]


def everything():
    return Screeningsobject.objects.all()


found_at = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(VERDICTS), st.integers(1, 4)), min_size=1, max_size=3,
    unique_by=lambda row: row[0],
)  # fmt: skip
an_object = st.tuples(
    st.sampled_from(["a", "b", ""]),
    st.sampled_from(list(Onderwerp)[:3]),
    st.none() | found_at,
    st.sampled_from([0, 900]),
)


@given(st.lists(an_object, max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_number_is_the_length_of_its_list_for_any_screening(criteria, rows):
    Screeningsobject.objects.filter(metingen=None).delete()
    for obj in everything():
        obj.metingen.all().delete()
        obj.opnames.all().delete()
    everything().delete()
    Woonzorgzone.objects.all().delete()
    zones = {slug: ZoneFactory(slug=slug) for slug in ("a", "b")}
    for slug, onderwerp, found, days in rows:
        obj = ObjectFactory(zone=zones.get(slug), onderwerp=onderwerp)
        if found is not None:
            visited(obj, [(criteria[index], oordeel, ernst) for index, oordeel, ernst in found], days=days)
    on = timezone.localdate()
    for groep in ("", "rolstoel", "blind"):
        for per in ("zone", "onderwerp", "groep"):
            vraag = Vraag(per, groep=groep)
            table = cijfers.table(everything(), vraag, on, zones.values())
            if per != "groep":
                together = cijfers.total(everything(), vraag, on)
                assert {n: sum(row.n[n] for row in table) for n in NUMBERS} == together.n
            for row in table:
                asked = replace(vraag, **{per: row.sleutel})
                assert row.n == {n: cijfers.listed(everything(), asked, n, on).count() for n in NUMBERS}
                assert row.n["gescreend"] + row.n["niet_gescreend"] == row.n["objecten"]
                assert row.n["haalt"] + row.n["haalt_niet"] == row.n["beoordeeld"] <= row.n["gescreend"]
                assert row.n["beoordeeld"] + row.n["onbeslist"] == row.n["gescreend"]
                assert row.n["blokkeert"] <= row.n["haalt_niet"]


def test_what_nobody_looked_at_lowers_the_coverage_and_leaves_the_share_alone(criteria):
    one = ObjectFactory()
    visited(one, [(criteria[0], O.VOLDOET, None)])
    on = timezone.localdate()
    assert (cijfers.total(everything(), Vraag(), on).dekking, cijfers.total(everything(), Vraag(), on).aandeel) == (
        100,
        100,
    )
    for _ in range(2):
        ObjectFactory()
    row = cijfers.total(everything(), Vraag(), on)
    assert (row.dekking, row.aandeel, row.n["niet_gescreend"]) == (33, 100, 2)
    ObjectFactory(is_actief=False)
    assert cijfers.total(everything(), Vraag(), on).n["objecten"] == 3
    Screeningsobject.objects.update(gescreend_op=None, oordeel=O.NIET_GESCREEND)
    row = cijfers.total(everything(), Vraag(), on)
    assert (row.dekking, row.aandeel, row.midden) == (0, None, None)


def test_a_percentage_is_never_rounded_up():
    assert (cijfers.percent(999, 1000), cijfers.percent(1000, 1000), cijfers.percent(0, 3)) == (99, 100, 0)
    assert cijfers.percent(0, 0) is None


def test_a_group_is_told_by_the_criteria_that_concern_it(criteria):
    obj = ObjectFactory()
    visited(obj, [(criteria[0], O.VOLDOET_NIET, 4), (criteria[1], O.VOLDOET, None)])
    on = timezone.localdate()
    by_group = {row.sleutel: row for row in cijfers.groups(everything(), Vraag("groep"), on)}
    assert (by_group["rolstoel"].aandeel, by_group["rolstoel"].n["blokkeert"]) == (0, 1)
    assert (by_group["blind"].aandeel, by_group["blind"].n["blokkeert"]) == (100, 0)
    # Nothing that concerns deaf people was measured: not screened, and not good.
    assert (by_group["doof"].dekking, by_group["doof"].aandeel) == (0, None)


def test_a_round_is_told_beside_the_one_before_by_what_both_judged(criteria, cast):
    first = CampagneFactory(zone=cast.zone, van=timezone.localdate() - timedelta(days=900), naam="Eerst")
    second = CampagneFactory(zone=cast.zone, naam="Later")
    outcomes = [
        (O.VOLDOET_NIET, O.VOLDOET),
        (O.VOLDOET, O.VOLDOET_NIET),
        (O.VOLDOET, O.AANDACHTSPUNT),
        (None, O.VOLDOET),
        (O.NIET_MEETBAAR, O.VOLDOET),
    ]
    for before, after in outcomes:
        obj = ObjectFactory(zone=cast.zone, wijk=cast.wijk)
        if before:
            visited(obj, [(criteria[0], before, 4)], campagne=first, days=900, current=False)
        visited(obj, [(criteria[0], after, 2)], campagne=second)
    ObjectFactory(zone=cast.zone)
    rows = rondes.rounds(everything(), Vraag("ronde"), Campagne.objects.select_related("zone"))
    assert [row.campagne for row in rows] == [first, second]
    assert rows[0].n == {"bezocht": 4, "beoordeeld": 3, "haalt": 2, "haalt_niet": 1, "blokkeert": 1, "vergeleken": 0,
                         "beter": 0, "slechter": 0}  # fmt: skip
    assert rows[1].n == {"bezocht": 5, "beoordeeld": 5, "haalt": 4, "haalt_niet": 1, "blokkeert": 0, "vergeleken": 3,
                         "beter": 1, "slechter": 1}  # fmt: skip
    assert [(row.dekking, row.aandeel) for row in rows] == [(66, 66), (83, 80)]
    for row in rows:
        for name, number in row.n.items():
            assert rondes.listed(everything(), Vraag("ronde"), name, row.campagne).count() == number
    blind = rondes.rounds(everything(), Vraag("ronde", groep="blind"), Campagne.objects.select_related("zone"))
    assert [row.n["beoordeeld"] for row in blind] == [0, 0]


def test_the_last_value_in_a_round_counts(criteria, cast):
    obj = ObjectFactory(zone=cast.zone)
    visited(obj, [(criteria[0], O.VOLDOET_NIET, 4)], campagne=cast.campagne, days=3, current=False)
    visited(obj, [(criteria[0], O.VOLDOET, None)], campagne=cast.campagne)
    (row,) = rondes.rounds(everything(), Vraag("ronde"), Campagne.objects.select_related("zone"))
    assert (row.n["bezocht"], row.n["haalt"], row.n["haalt_niet"]) == (1, 1, 0)


@pytest.fixture
def screened(cast, criteria):
    """A place where nobody can pass, one that is good, and one that nobody looked at."""
    stuck, good, unknown = (
        ObjectFactory(wijk=cast.wijk, zone=cast.zone, naam=f"{naam} <&>") for naam in ("Trap", "Plein", "Pad")
    )
    visited(stuck, [(criteria[0], O.VOLDOET_NIET, 4)], campagne=cast.campagne)
    visited(good, [(criteria[0], O.VOLDOET, None)], campagne=cast.campagne)
    return stuck, good, unknown


def test_staff_reads_shares_with_coverage_and_what_blocks_beside_them(cast, screened, client):
    client.force_login(cast.coordinator)
    page = client.get(reverse("toegankelijkheid:figures")).content.decode()
    for words in ("66\u00a0%", "50\u00a0%", "2 van 3 objecten", "Waar iemand niet door kan", "Trap &lt;&amp;&gt;"):
        assert words in page.replace("&nbsp;", "\u00a0")
    behind = client.get(reverse("toegankelijkheid:figures_list") + f"?getal=niet_gescreend&zone={cast.zone.slug}")
    assert "Pad &lt;&amp;&gt;" in behind.content.decode()
    assert "Plein" not in behind.content.decode()
    for per in ("zone", "onderwerp", "niveau", "groep", "ronde", "onzin"):
        found = client.get(reverse("toegankelijkheid:figures"), {"per": per, "zone": "bestaat-niet"})
        assert found.status_code == 200
    for asked in ("getal=onzin", "getal=bezocht", "getal=haalt&ronde=999999999999", "getal=haalt&ronde=0"):
        assert client.get(reverse("toegankelijkheid:figures_list") + f"?{asked}").status_code == 404
    round_list = client.get(reverse("toegankelijkheid:figures_list") + f"?getal=haalt&ronde={cast.campagne.pk}")
    assert "1 object<" in round_list.content.decode()


def test_who_sees_less_counts_less(cast, screened, client):
    url = reverse("toegankelijkheid:figures")
    client.force_login(cast.wijkmanager)
    assert client.get(url).context["groot"].n["objecten"] == 3
    client.force_login(cast.collega)
    assert client.get(url).context["groot"].n["objecten"] == 0
    assert "Niets geteld" in client.get(url).content.decode()
    hidden = reverse("toegankelijkheid:figures_list") + f"?getal=haalt&ronde={cast.campagne.pk}"
    assert client.get(hidden).status_code == 404


@pytest.mark.parametrize("per", ["zone", "onderwerp", "niveau", "groep", "ronde"])
def test_the_file_has_the_rows_of_the_page(cast, screened, client, per):
    client.force_login(cast.coordinator)
    page = client.get(reverse("toegankelijkheid:figures"), {"per": per})
    answer = client.get(reverse("toegankelijkheid:figures_file"), {"per": per})
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    shown = [[r.naam, *(str(g.waarde) for g in r.getallen)] for r in page.context["regels"]]
    assert [[line[0], *line[3:-1]] for line in lines[1:]] == shown
    assert shown
    book = client.get(reverse("toegankelijkheid:figures_file"), {"per": per, "vorm": "xlsx"})
    assert b"".join(book.streaming_content).startswith(b"PK")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("asked", "queries"),
    [("per=zone", 8), ("per=niveau", 9), ("per=groep", 9), ("per=ronde", 10), ("per=zone&groep=rolstoel", 8)],
)
def test_the_figures_cost_the_same_for_one_row_and_for_three(
    cast, criteria, client, django_assert_num_queries, count, asked, queries
):
    for n in range(count):
        zone = ZoneFactory(wijken=[cast.wijk])
        campagne = CampagneFactory(zone=zone, status=Campagnestatus.GEPLAND)
        obj = ObjectFactory(wijk=cast.wijk, zone=zone, onderwerp=list(Onderwerp)[n], niveau=level())
        visited(obj, [(criteria[0], O.VOLDOET_NIET, 4), (criteria[1], O.VOLDOET, None)], campagne=campagne)
    client.force_login(cast.coordinator)
    client.get(reverse("toegankelijkheid:norms"))
    with django_assert_num_queries(queries):
        client.get(reverse("toegankelijkheid:figures") + f"?{asked}")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_behind_a_number_costs_the_same_for_one_row_and_for_three(
    cast, client, django_assert_num_queries, count
):
    for _ in range(count):
        ObjectFactory(wijk=cast.wijk, zone=cast.zone)
    client.force_login(cast.coordinator)
    client.get(reverse("toegankelijkheid:norms"))
    with django_assert_num_queries(6):
        client.get(reverse("toegankelijkheid:figures_list"))
