"""Every number of the dashboard is the length, or the sum, of the list it opens; and the report of a quarter."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kern.documenten.tests.pdfs import Gelezen
from meldingen.tests import factories
from wijken import actions
from wijken.actions import Gevraagd
from wijken.models import (
    Actie,
    Actieplan,
    Actievoorstel,
    Behoefte,
    Beleidsdoelstelling,
    Bijeenkomst,
    Buurtwerkthema,
    Contactmoment,
    Meerjarenplan,
    Mijlpaal,
    Partner,
    PlanActie,
    Planbedrag,
)
from wijken.queries import dashboard

pytestmark = pytest.mark.django_db
MONEY = {"actie_budget", "overeenkomst_bedrag"}


@pytest.fixture
def cast(db):
    return factories.cast()


@pytest.fixture
def today():
    return timezone.localdate()


def visit(person):
    client = Client()
    client.force_login(person)
    return client


def _need(cast, wijk, status):
    ended = None if status == "concept" else timezone.now()
    Behoefte.objects.create(
        wijk=wijk, titel="Behoefte", status=status, gemaakt_op=timezone.now(), besloten_op=ended, reden="Daarom."
    )


def _proposal(cast, wijk, today):
    Actievoorstel.objects.create(
        wijk=wijk,
        titel="Voorstel",
        voorstel="Dit.",
        status="overleg",
        advies_tegen=today + timedelta(days=5),
        gemaakt_op=timezone.now(),
        gemaakt_door=cast.wijkmanager,
    )


def _action(cast, wijk, today, also=(), days=5, budget=None):
    row = Actie.objects.create(
        wijk=wijk,
        titel="Actie",
        tekst="Dit.",
        status="gaand",
        start=today - timedelta(days=50),
        budget=budget,
        eigenaar=cast.wijkmanager,
        gemaakt_op=timezone.now(),
    )
    row.ook_in.set(also)
    Mijlpaal.objects.create(actie=row, titel="Stap", uiterlijk=today + timedelta(days=days))
    return row


def _agreement(cast, wijken, today, days):
    partner, _made = Partner.objects.get_or_create(naam="Buurthuis", soort=Partner.Soort.WELZIJN)
    row = actions.draft_agreement(
        partner=partner,
        titel="Buurtwerk",
        van=today - timedelta(days=100),
        tot=today + timedelta(days=days),
        bedrag=Decimal("12000"),
        wijken=wijken,
        themas=[Buurtwerkthema.ONTMOETING],
        resultaten=[Gevraagd(Buurtwerkthema.ONTMOETING, "Open momenten", 40, "momenten")],
        door=cast.beheerder,
        at=timezone.now(),
    )
    return actions.start_agreement(overeenkomst=row, versie=row.versie)


def _meeting(cast, wijken, status, present=None, days=-2):
    begin = timezone.now() + timedelta(days=days)
    row = Bijeenkomst.objects.create(
        soort="wijkvergadering",
        titel="Vergadering",
        begin=begin,
        einde=begin + timedelta(hours=2),
        team=cast.wijkteam,
        status=status,
        aanwezigen=present,
        aangekondigd_op=timezone.now(),
        gewijzigd_op=timezone.now(),
        toelichting="Daarom.",
    )
    row.wijken.set(wijken)


def _moment(wijk, today, people, days=-1):
    day = today + timedelta(days=days)
    Contactmoment.objects.create(
        soort="buurtbabbel", wijk=wijk, datum=day, aantal_mensen=people, gemaakt_op=timezone.now()
    )


def _fill(cast, today, seed, count):
    dice = random.Random(seed)
    both = [cast.wijk, cast.andere_wijk]
    for _turn in range(count):
        wijk, other = dice.sample(both, 2)
        also = [other] if dice.random() < 0.4 else []
        _need(cast, wijk, dice.choice(["concept", "bevestigd", "verworpen"]))
        _proposal(cast, wijk, today)
        _action(cast, wijk, today, also, days=dice.choice([-3, 5]), budget=dice.choice([None, 1500, 250]))
        _agreement(cast, [wijk, *also], today, dice.choice([20, 90, 91, 300]))
        _meeting(cast, [wijk, *also], dice.choice(["gehouden", "afgesloten", "afgelast"]), dice.choice([None, 12]))
        _moment(wijk, today, dice.randint(1, 9), days=dice.choice([-1, 3]))
    _meeting(cast, [], "afgesloten", 40)


def _number_of_list(client, cell):
    """What the list behind a number says: its length, or the sum that stands above it."""
    found = client.get(cell.url)
    assert found.status_code == 200, cell.url
    match cell.kolom.code:
        case "actie_budget" | "overeenkomst_bedrag":
            return found.context["som"]
        case "aanwezigen":
            return found.context["aanwezigen"]
        case "gesproken":
            return found.context["mensen"]
        case "behoefte_concept" | "behoefte_bevestigd":
            assert found.context["meer"] is None
            return len(found.context["rijen"])
    return found.context["pagina"].paginator.count


@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_is_the_length_or_the_sum_of_the_list_it_opens(cast, today, seed):
    _fill(cast, today, seed, 5)
    for person in (cast.beheerder, cast.lezer, cast.wijkmanager, cast.collega, cast.buurttoezichter):
        client = visit(person)
        for part in dashboard.DELEN:
            context = client.get(reverse("wijken:dashboard"), {"deel": part}).context
            for row in [*context["rijen"], context["totaal"]]:
                for cell in row.cellen:
                    where = (person.naam, cell.kolom.code, row.wijk)
                    assert _number_of_list(client, cell) == cell.waarde, where
        for cell in context["groot"]:
            assert _number_of_list(client, cell) == cell.waarde, (person.naam, cell.kolom.code)


def test_the_numbers_are_what_was_put_in(cast, today):
    _need(cast, cast.wijk, "concept")
    _proposal(cast, cast.wijk, today)
    _action(cast, cast.wijk, today, [cast.andere_wijk], days=-1, budget=1500)
    _action(cast, cast.wijk, today, days=5)
    _agreement(cast, [cast.wijk], today, 30)
    found = dashboard.count(
        cast.beheerder, None, [cast.wijk, cast.andere_wijk], date(today.year, 1, 1), date(today.year, 12, 31), today
    )
    whole = {code: values[None] for code, values in found.n.items()}
    assert whole["behoefte_concept"] == whole["voorstel_wacht"] == whole["overeenkomst_eindigt"] == 1
    assert (whole["actie_achter"], whole["actie_opplan"], whole["actie_budget"]) == (1, 1, 1500)
    assert found.n["actie_achter"][cast.andere_wijk.pk] == 1
    assert found.n["actie_opplan"][cast.andere_wijk.pk] == 0


def test_the_money_of_the_plan_stands_beside_it_or_the_page_says_there_is_none(cast, today):
    client = visit(cast.beheerder)
    html = client.get(reverse("wijken:dashboard"), {"deel": "geld"}).content.decode()
    assert "is er geen meerjarenplan ingelezen" in html
    plan = Meerjarenplan.objects.create(naam="Plan", van=today.year, tot=today.year + 5)
    objective = Beleidsdoelstelling.objects.create(plan=plan, code="BD-01", naam="Doel")
    part = Actieplan.objects.create(beleidsdoelstelling=objective, code="AP-01.01", naam="Plan")
    action = PlanActie.objects.create(actieplan=part, code="A-01.01.01", naam="Actie")
    Planbedrag.objects.create(actie=action, jaar=today.year, soort="exploitatie", budget=9000, gerealiseerd=4500)
    Planbedrag.objects.create(actie=action, jaar=today.year + 1, soort="exploitatie", budget=1)
    response = client.get(reverse("wijken:dashboard"), {"deel": "geld"})
    assert "€\u00a09.000 begroot, €\u00a04.500 uitgegeven" in response.content.decode()
    assert client.get(response.context["plangeld"].url).status_code == 200


def test_a_year_or_part_that_makes_no_sense_is_this_year_and_the_work(cast, today):
    context = visit(cast.lezer).get(reverse("wijken:dashboard"), {"deel": "x", "jaar": "99999999999"}).context
    assert (context["jaar"], context["deel"]) == (today.year, "werk")


@pytest.mark.parametrize("count", [1, 3])
def test_the_dashboard_costs_the_same_for_one_and_for_three(cast, today, count, django_assert_num_queries):
    _fill(cast, today, 3, count)
    client = visit(cast.beheerder)
    for part, queries in (("werk", 10), ("bereik", 10), ("geld", 11)):
        with django_assert_num_queries(queries):
            client.get(reverse("wijken:dashboard"), {"deel": part})


def test_quarters_begin_and_end_where_they_should():
    assert dashboard.quarter_days(2026, 1) == (date(2026, 1, 1), date(2026, 3, 31))
    assert dashboard.quarter_days(2026, 4) == (date(2026, 10, 1), date(2026, 12, 31))
    assert dashboard.last_quarter(date(2026, 2, 1)) == (2025, 4)
    assert dashboard.last_quarter(date(2026, 11, 25)) == (2026, 3)


def test_the_quarterly_report_is_tagged_and_counts_what_happened_in_it(cast, today):
    quarter = (today.month - 1) // 3 + 1
    row = _action(cast, cast.wijk, today, [cast.andere_wijk])
    point = row.mijlpalen.get()
    actions.move_milestone(mijlpaal=point, status="gehaald", op=today)
    actions.end_action(
        actie=row,
        status="afgerond",
        uitkomst="De glasbol staat er.",
        door=cast.wijkmanager,
        at=timezone.now(),
        versie=row.versie,
    )
    _need(cast, cast.andere_wijk, "concept")
    answer = visit(cast.lezer).get(reverse("wijken:quarter_pdf"), {"jaar": today.year, "kwartaal": quarter})
    assert "kwartaalverslag" in answer["Content-Disposition"]
    paper = Gelezen(answer.content)
    paper.keur()
    assert paper.titel == f"Kwartaalverslag wijkwerking, kwartaal {quarter} van {today.year}"
    assert paper.koppen_van_tabellen[0][:3] == ["Wijk", "Behoeften gemaakt", "Voorstellen beslist"]
    assert "De glasbol staat er." in paper.tekst
    assert "Alles samen 1 0 1 1 0 0 0 0" in paper.tekst
    other = visit(cast.collega).get(reverse("wijken:quarter_pdf"), {"jaar": today.year, "kwartaal": quarter})
    assert "Waterschei-Noord 0" not in Gelezen(other.content).tekst


@pytest.mark.parametrize("asked", [{"jaar": "2199"}, {"kwartaal": "5"}, {"jaar": "x"}, {"kwartaal": ""}])
def test_a_quarter_that_is_no_quarter_is_not_there(cast, asked):
    assert visit(cast.lezer).get(reverse("wijken:quarter_pdf"), asked).status_code == 404
