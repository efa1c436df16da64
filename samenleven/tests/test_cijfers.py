"""Figures and the yearly report: every number has its list, small ones do not show, and the report can be read."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.documenten.tests.pdfs import Gelezen
from samenleven.actions import aanbevelingen as recommend
from samenleven.models import Aanbeveling, Domein, Gesprek, Signaal
from samenleven.queries import cijfers
from samenleven.rules.klein import hide_in_table
from samenleven.states.aanbeveling import Antwoord
from samenleven.states.gesprek import Status

TODAY = timezone.localdate


def held(traject, wijk, personen=12, datum=None, taal="nl"):
    at = timezone.now()
    return Gesprek.objects.create(
        traject=traject, titel="Buren", datum=datum or TODAY(), wijk=wijk, taal=taal, gemaakt_op=at,
        status=Status.NAGEKEKEN, ingevoerd_op=at, nagekeken_op=at, aanwezigen=personen,
    )  # fmt: skip


def said(gesprek, domein, times):
    first = gesprek.signalen.count()
    for number in range(first + 1, first + times + 1):
        Signaal.objects.create(gesprek=gesprek, nummer=number, soort="struikelblok", tekst="De bus", domein=domein)


def recommendation(traject, domein, asked):
    return recommend.save_recommendation(
        row=Aanbeveling(traject=traject, nummer=1),
        fields={
            "titel": "Een bank", "tekst": "Zet een bank.", "domein": domein, "horizon": "lang",
            "gericht_aan": "College",
            "voorgesteld_op": asked, "is_openbaar": True,
        },
        at=timezone.now(),
    )  # fmt: skip


def test_no_hidden_cell_follows_from_what_the_table_shows():
    numbers = random.Random(11)
    for _time in range(250):
        width = numbers.randint(1, 6)
        cells = [
            [numbers.choice([0, 0, 1, 2, 4, 5, 6, 9, 30]) for _k in range(width)] for _r in range(numbers.randint(1, 7))
        ]
        shown = hide_in_table(cells)
        for row, line in zip(cells, shown, strict=False):
            assert all(seen == count or seen is None for count, seen in zip(row, line, strict=False))
            assert not any(seen is not None and 0 < seen < 5 for seen in line)
        assert _nothing_follows(shown), cells


def test_the_check_of_hidden_cells_finds_one_that_follows():
    assert not _nothing_follows([[None, 6, 9], [5, 5, 10], [8, 11, 19]])
    assert _nothing_follows([[None, None, 9], [None, None, 10], [8, 11, 19]])


def _nothing_follows(shown):
    """Whether no hidden cell has only one possible value, by linear algebra over the rows and columns with totals."""
    place = {}
    for r, row in enumerate(shown):
        place.update({(r, k): len(place) + n for n, k in enumerate([k for k, cell in enumerate(row) if cell is None])})
    lines = [[(r, k) for k in range(len(shown[0]))] for r in range(len(shown))]
    lines += [[(r, k) for r in range(len(shown))] for k in range(len(shown[0]))]
    left, found = [], []
    for *parts, total in lines:
        row = [0.0] * len(place)
        for spot in parts:
            if spot in place:
                row[place[spot]] = 1.0
        if total in place:
            row[place[total]] = -1.0
        left.append(row)
    for column in range(len(place)):
        pivot = next((row for row in left if abs(row[column]) > 1e-9), None)
        if pivot is None:
            continue
        left.remove(pivot)
        pivot = [part / pivot[column] for part in pivot]
        left, found = ([_minus(row, pivot, column) for row in rows] for rows in (left, found))
        found.append(pivot)
    return not any(sum(1 for part in row if part) == 1 for row in found)


def _minus(row, pivot, column):
    return [0.0 if abs(new := part - row[column] * by) < 1e-9 else new for part, by in zip(row, pivot, strict=True)]


def test_signals_of_less_than_five_do_not_show_and_the_totals_do_not_tell(traject, cast, thema):
    domein, other = thema.domein, Domein.objects.exclude(pk=thema.domein_id).first()
    here, there = held(traject, cast.wijk), held(traject, cast.andere_wijk)
    said(here, domein, 3)
    said(here, other, 7)
    said(there, domein, 9)
    said(there, other, 6)
    table = cijfers.signals(traject)
    numbers = [[cell.waarde for cell in cells] for _naam, cells in table.rijen]
    assert 3 not in [n for row in numbers for n in row]
    assert _nothing_follows(numbers)
    assert table.rijen[-1][0] == "Samen"


@pytest.mark.parametrize("jaar", [None, 2011])
def test_every_number_of_staff_is_the_length_of_its_list(traject, cast, thema, client, coordinator, jaar):
    said(held(traject, cast.wijk, taal="tr"), thema.domein, 6)
    held(traject, cast.wijk, datum=date(2011, 5, 4))
    held(traject, None, datum=date(2011, 6, 4))
    Gesprek.objects.create(traject=traject, titel="Later", datum=TODAY(), wijk=cast.wijk, gemaakt_op=timezone.now())
    recommendation(traject, thema.domein, date(2011, 1, 3))
    client.force_login(coordinator)
    page = client.get(reverse("samenleven:cijfers_werk"), {"traject": traject.slug, "jaar": jaar or ""})
    tables = {table.code: table for table, _drawing in page.context["tabellen"]}
    followed = 0
    for code, table in tables.items():
        for naam, cells in table.rijen:
            for head, cell in zip(table.kop[1:], cells, strict=True):
                if not cell.href or (head == "Mensen" and code in {"wijken", "talen"}):
                    continue
                address = urlsplit(cell.href)
                answer = client.get(f"{address.path}?{address.query}")
                assert answer.context["pagina"].paginator.count == cell.waarde, (code, naam, head)
                followed += 1
    assert followed >= (4 if jaar else 5)
    for name in ("gehouden", "gepland"):
        cell = page.context["getallen"][name]
        assert client.get(cell.href).context["pagina"].paginator.count == cell.waarde


def test_the_answers_of_past_years_come_from_the_history(traject, thema):
    year = TODAY().year
    row = recommendation(traject, thema.domein, date(year - 3, 2, 1))
    for antwoord, op in ((Antwoord.NIET, date(year - 2, 3, 1)), (Antwoord.OVERGENOMEN, date(year - 1, 3, 1))):
        row.antwoord, row.antwoord_op, row.antwoord_reden = antwoord, op, "Omdat."
        row.save()
    table = cijfers.answers_over_time(traject, Aanbeveling.objects.all(), TODAY())
    codes = [code.value for code in Antwoord]
    states = [codes[[cell.waarde for cell in cells[:-1]].index(1)] for _naam, cells in table.rijen]
    assert states == ["wacht", "niet", "overgenomen", "overgenomen"]
    assert [cells[-1].waarde for _naam, cells in table.rijen] == [1, 1, 1, 1]


def test_everybody_reads_the_figures_without_links_and_only_of_public_trajects(client, traject, cast, thema):
    gesprek = held(traject, cast.wijk)
    said(gesprek, thema.domein, 6)
    page = client.get(reverse("samenleven:cijfers"), {"traject": traject.slug})
    assert page.status_code == 200
    assert cast.wijk.naam in page.text
    assert "/werk/" not in page.text[page.text.index("<main") : page.text.index("</main")]
    traject.is_openbaar = False
    traject.save()
    assert f'value="{traject.slug}"' not in client.get(reverse("samenleven:cijfers")).text


def test_a_wijkmanager_reads_the_figures_without_links_to_lists_that_show_less(client, cast, traject, thema):
    held(traject, cast.wijk)
    client.force_login(cast.wijkmanager)
    page = client.get(reverse("samenleven:cijfers_werk"), {"traject": traject.slug})
    assert page.status_code == 200
    assert not any(cell.href for table, _d in page.context["tabellen"] for _n, cells in table.rijen for cell in cells)


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_a_table_comes_as_a_file(client, traject, cast, vorm):
    held(traject, cast.wijk, personen=17)
    answer = client.get(
        reverse("samenleven:cijfers_uitvoer"), {"traject": traject.slug, "tabel": "wijken", "vorm": vorm}
    )
    content = b"".join(answer.streaming_content)
    assert content[:2] == b"PK" if vorm == "xlsx" else f"{cast.wijk.naam};17;1" in content.decode("utf-8-sig")
    assert client.get(reverse("samenleven:cijfers_uitvoer"), {"tabel": "onzin"}).status_code == 404


def test_the_yearly_report_is_a_tagged_document_with_table_headers(client, traject, cast, thema):
    said(held(traject, cast.wijk, personen=23), thema.domein, 6)
    jaar = TODAY().year
    book = Gelezen(client.get(reverse("samenleven:jaarverslag", args=[jaar])).content)
    text = re.sub(r"\s+", " ", book.tekst)
    assert f"jaarverslag {jaar}" in text
    assert book.is_tagged
    assert book.is_ua
    assert book.taal == "nl-BE"
    assert cast.wijk.naam in text
    assert "23" in text
    assert client.get(reverse("samenleven:jaarverslag", args=[jaar + 1])).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_figures_cost_the_same_whatever_there_is(
    client, coordinator, traject, cast, thema, many, django_assert_num_queries
):
    for number in range(many):
        said(held(traject, cast.wijk, datum=TODAY() - timedelta(days=number)), thema.domein, 6)
    client.force_login(coordinator)
    client.get(reverse("samenleven:cijfers_werk"))
    with django_assert_num_queries(20):
        client.get(reverse("samenleven:cijfers_werk"), {"traject": traject.slug})
