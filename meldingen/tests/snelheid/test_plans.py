"""No list, map or page of a report reads a large table from end to end, and none takes more than twelve queries.

Times are no test: they live in `manage.py meet`.
"""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from kern.geo import Kader
from meldingen.meten.metingen import pages
from meldingen.meten.vullen import big_models
from meldingen.meten.wereld import Wereld
from meldingen.models import Kaartvak, Melding
from meldingen.queries import dubbels
from meldingen.queries import form as form_queries

# The reports are written once for them: they stay in one process.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("snelheid")]
MAX_QUERIES = 12
BIG = {model._meta.db_table for model in big_models()}
PAGES = [meting for meting in pages() if meting.max_queries]
FEW = 100
READS = re.compile(r"\(?(SELECT|WITH)\b")


class Questions:
    """What a page asks of the database, as text with its parameters."""

    def __init__(self):
        self.asked = []

    def __call__(self, execute, sql, params, many, context):
        self.asked.append((sql, params))
        return execute(sql, params, many, context)

    def read_from_end_to_end(self):
        """The large tables that a plan reads as a whole, each with the question.

        Of what belongs to few of the reports (photos, pauses) there are some pages only, even here: reading them all
        may be the quickest, and whether it is differs with the version and the dice. There must be another way then.
        """
        found = []
        with connection.cursor() as cursor:
            for sql, params in self.asked:
                if READS.match(sql):
                    whole = read_whole(plan_of(cursor, sql, params))
                    if whole and whole <= few_pages(cursor):
                        cursor.execute("SET LOCAL enable_seqscan = off")
                        whole = read_whole(plan_of(cursor, sql, params), by_index=True)
                        cursor.execute("SET LOCAL enable_seqscan = on")
                    found += [(table, sql) for table in whole]
        return found


def plan_of(cursor, sql, params):
    cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
    plan = cursor.fetchone()[0]
    return (plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]


def read_whole(node, by_index=False, limited=False):
    """The large tables in a plan that are read from end to end; with `by_index` also those that an index reads so.

    That is one without a condition, unless the list is full before its end.
    """
    limited = limited or node["Node Type"] == "Limit"
    narrowed = limited or "Index Cond" in node or "Recheck Cond" in node
    whole = node["Node Type"] == "Seq Scan" or (by_index and not narrowed)
    found = {node["Relation Name"]} if whole and node.get("Relation Name") in BIG else set()
    return found.union(*(read_whole(child, by_index, limited) for child in node.get("Plans", ())))


def few_pages(cursor):
    """The large tables that are small here."""
    cursor.execute("SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relpages < %s", [list(BIG), FEW])
    return {name for (name,) in cursor.fetchall()}


@pytest.fixture(scope="module")
def world(filled, django_db_blocker):
    with django_db_blocker.unblock():
        found = Wereld(timezone.now())
        assert found.keys  # made now: what a test makes is undone after it
        return found


@pytest.fixture
def questions(filled_db):
    kept = Questions()
    with connection.execute_wrapper(kept):
        yield kept


def test_the_reports_are_as_believable_as_the_benchmark_needs(filled_db):
    rows = Melding.objects.all()
    assert rows.count() == filled_db
    assert rows.late(timezone.localdate()).count() == filled_db // 10
    assert rows.open().count() == filled_db // 5
    assert set(rows.values_list("status", flat=True).distinct()) >= {
        "nieuw",
        "ingepland",
        "wacht_op_melder",
        "afgesloten",
    }
    assert rows.public().exists()
    assert rows.filter(categorie__is_gevoelig=True).exists()
    assert Kaartvak.objects.filter(niveau__in=(0, 13)).exists()


@pytest.mark.parametrize("meting", PAGES, ids=lambda meting: f"{meting.naam} [{meting.wie}]")
def test_no_page_reads_a_large_table_or_asks_more_than_twelve_questions(meting, world, visit, questions):
    asked = meting.ask(world)
    questions.asked.clear()
    client = visit({"beheerder": "beheerder", "wijkmanager": "wijkmanager-centrum"}.get(meting.wie, ""))
    if asked[0].session:
        client.cookies["sessionid"] = asked[0].session
    questions.asked.clear()
    answer = client.get(asked[0].path, headers=asked[0].headers)
    assert answer.status_code in meting.good
    assert len(questions.asked) <= MAX_QUERIES
    assert questions.read_from_end_to_end() == []


@pytest.mark.parametrize("login", ["meldpunt", "buurttoezichter", "groen", "lezer", "teamleider"])
@pytest.mark.parametrize("name", ["work", "staff_list", "staff_map", "staff_points"])
def test_every_role_has_lists_and_maps_without_reading_all(login, name, visit, questions):
    client = visit(login)
    questions.asked.clear()
    assert client.get(reverse(f"meldingen:{name}")).status_code == 200
    assert len(questions.asked) <= MAX_QUERIES
    assert questions.read_from_end_to_end() == []


def test_open311_reads_its_own_index(filled_db):
    # On a handful of rows any index is as cheap: that is why this is asked of many.
    rows = Melding.objects.in_open311().filter(ontvangen_op__gte=timezone.now() - timedelta(days=90))
    assert "melding_open311" in rows.order_by("-ontvangen_op", "-pk")[:1000].explain()


def test_what_is_near_is_found_by_its_place(questions):
    melding = (
        Melding.objects.open().filter(plaats__isnull=False).select_related("categorie", "melder").order_by("-pk")[7]
    )
    questions.asked.clear()
    form_queries.nearby(melding.plaats, melding.categorie, timezone.localdate())
    dubbels.panel(melding, Melding.objects.all(), at=timezone.now(), straal=100, weken=26, contact=True)
    assert questions.read_from_end_to_end() == []


def test_the_cells_of_the_map_are_read_by_their_place(questions):
    from meldingen.queries.places import Raster, kept_cells

    questions.asked.clear()
    kept_cells(Kaartvak.objects.all(), Raster.over(Kader(5.50, 50.96, 5.51, 50.97), 17))
    assert questions.read_from_end_to_end() == []
