"""The action plan: the years within their budgets, versions that freeze, and who reads what."""

from datetime import date
from io import BytesIO

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kern.documenten.tests.pdfs import Gelezen
from toegankelijkheid.actions import actieplannen as actions
from toegankelijkheid.forms.velden import services
from toegankelijkheid.models import Actieplan, Knelpunt, Planregel
from toegankelijkheid.queries import actieplannen as plans
from toegankelijkheid.rules import actieplan as rules
from toegankelijkheid.rules.actieplan import Stand, Werk
from toegankelijkheid.states import PLAN_STEPS, Knelpuntstatus, Planstatus

from .factories import KnelpuntFactory
from .test_monitoring import at_status, client_of

pytestmark = pytest.mark.django_db
NAME = "toegankelijkheid:{}".format
YEAR = 2030


# The rules, without a database.


@pytest.mark.parametrize(
    ("work", "budgets", "expected"),
    [
        pytest.param([Werk(1, 5, 2, 600), Werk(2, 9, 2, 600)], {2030: 1000}, {1: 2031, 2: 2030}, id="urgent first"),
        pytest.param([Werk(1, 5, 1, 600), Werk(2, 5, 4, 600)], {2030: 1000}, {1: 2031, 2: 2030}, id="easy first"),
        pytest.param([Werk(1, 5, 2, 700), Werk(2, 5, 2, 300)], {2030: 900}, {1: 2031, 2: 2030}, id="cheap first"),
        pytest.param([Werk(1, 9, 2, 700), Werk(2, 5, 2, 300)], {2030: 1000}, {1: 2030, 2: 2030}, id="to the last euro"),
        pytest.param([Werk(1, 9, 2, 800), Werk(2, 5, 2, 300)], {2030: 1000}, {1: 2030, 2: 2031}, id="one too many"),
        pytest.param([Werk(1, 9, 2, None)], {2030: 0, 2031: 0}, {1: 2030}, id="no estimate takes no money"),
        pytest.param([Werk(1, 9, 2, 1)], {2030: 0, 2031: 0}, {1: None}, id="fits in no year"),
        pytest.param([Werk(1, 1, 1, 900, 2030, True), Werk(2, 9, 4, 200)], {2030: 1000}, {1: 2030, 2: 2031}, id="fast"),
        pytest.param([Werk(1, 1, 1, 9000, 2030, True)], {2030: 10}, {1: 2030}, id="what stands fast may be too much"),
        pytest.param([], {2030: 10}, {}, id="nothing"),
    ],
)
def test_the_years_are_filled_by_the_rule(work, budgets, expected):
    assert rules.divide(work, [2030, 2031], budgets) == expected


def test_two_versions_are_compared_line_by_line():
    old = {1: Stand(2030, 1, 2), 2: Stand(2030, 1, 2), 3: Stand(2030, 1, 2), 4: Stand(2030, 1, 2)}
    new = {2: Stand(2031, 1, 2), 3: Stand(2030, 1, 5), 4: Stand(2030, 1, 2), 5: Stand(None, None, None)}
    found = [(5, "nieuw"), (1, "weg"), (2, "verschoven"), (3, "kost")]
    assert [(row.knelpunt, row.soort) for row in rules.compare(old, new)] == found
    done = [(5, "nieuw"), (2, "verschoven"), (3, "kost"), (1, "klaar"), (4, "klaar")]
    assert [(row.knelpunt, row.soort) for row in rules.compare(old, new, {1, 4})] == done


@pytest.mark.parametrize(
    ("there", "new", "expected"),
    [
        pytest.param([], [Werk(1, 4, 1), Werk(2, 9, 1)], [2, 1], id="by urgency"),
        pytest.param([Werk(1, 4, 1), Werk(2, 9, 1)], [], [1, 2], id="an order made by hand stays"),
        pytest.param([Werk(1, 4, 1), Werk(2, 9, 1)], [Werk(3, 5, 1)], [3, 1, 2], id="before what is less urgent"),
        pytest.param([Werk(1, 9, 1)], [Werk(3, 9, 1), Werk(2, 2, 1)], [1, 3, 2], id="after what is as urgent"),
    ],
)
def test_a_newcomer_finds_its_place_in_a_year(there, new, expected):
    assert rules.in_order(there, new) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(100, 300, (100, 300)), (None, 300, (300, 300)), (100, None, (100, 100)), (0, 0, (0, 0)), (None, None, (0, 0))],
)
def test_one_estimate_counts_as_both(low, high, expected):
    som = rules.add(rules.Som(), "gepland", low, high)
    assert (som.laag, som.hoog) == expected


def test_progress_follows_from_every_status():
    assert {str(status): rules.progress(status) for status in Knelpuntstatus} == {
        "vastgesteld": "te doen",
        "beoordeeld": "te doen",
        "aanvaard": "te doen",
        "doorverwezen": "te doen",
        "niet_uitvoeren": "gebeurt niet",
        "gepland": "te doen",
        "in_uitvoering": "bezig",
        "uitgevoerd": "klaar",
        "gecontroleerd": "klaar",
        "heropend": "te doen",
        "vervallen": "gebeurt niet",
    }


# Versions.


def make_plan(cast, **fields):
    values = {"naam": "Plan", "van_jaar": YEAR, "tot_jaar": YEAR + 2, "eigenaar": cast.coordinator} | fields
    return actions.save(
        plan=Actieplan(**values), zones=[cast.zone], budgetten={YEAR: 1000, YEAR + 1: None}, at=timezone.now()
    )


@pytest.fixture
def plan(cast):
    """A concept of three years with two knelpunten, one of which was planned already."""
    made = make_plan(cast)
    rows = [
        KnelpuntFactory(wijk=cast.wijk, ernst=4, rang=16, kost_laag=400, kost_hoog=900),
        KnelpuntFactory(wijk=cast.wijk, ernst=2, rang=4, kost_hoog=300, planjaar=YEAR + 1),
    ]
    assert actions.add(plan=made, knelpunten=rows) == 2
    made.refresh_from_db()
    return made


def decide(plan, cast):
    actions.divide(plan=plan)
    return actions.decide(plan=plan, besluit="College", door=cast.coordinator, at=timezone.now(), versie=None)


def test_a_knelpunt_comes_in_once_with_its_estimate_and_the_year_it_had(plan):
    first, second = plans.lines(plan)
    assert (first.jaar, first.is_gekozen, first.kost_hoog) == (YEAR + 1, True, 300)
    assert (second.jaar, second.is_gekozen, second.kost_laag) == (None, False, 400)
    assert actions.add(plan=plan, knelpunten=[first.knelpunt, second.knelpunt]) == 0


def test_what_is_closed_stays_out(plan, cast):
    closed = at_status(KnelpuntFactory(wijk=cast.wijk), Knelpuntstatus.VERVALLEN, statusreden="weg")
    assert actions.add(plan=plan, knelpunten=[closed]) == 0


def test_dividing_keeps_what_was_chosen_by_hand(plan):
    assert actions.divide(plan=plan) == 1
    assert dict(plan.regels.values_list("knelpunt__rang", "jaar")) == {16: YEAR, 4: YEAR + 1}
    assert actions.divide(plan=plan) == 0


def test_dividing_leaves_alone_what_is_being_carried_out_and_the_order_made_by_hand(plan):
    low, high = plan.regels.order_by("knelpunt__rang")
    Planregel.objects.update(jaar=YEAR + 2, is_gekozen=False)
    for line in (low, high):
        at_status(line.knelpunt, Knelpuntstatus.IN_UITVOERING)
    actions.move(plan=plan, regel=high.pk, omhoog=False)  # the less urgent one comes first
    assert [line.pk for line in plans.lines(plan)] == [low.pk, high.pk]
    assert actions.divide(plan=plan) == 0
    assert [line.pk for line in plans.lines(plan)] == [low.pk, high.pk]
    assert set(plan.regels.values_list("jaar", flat=True)) == {YEAR + 2}


def test_a_line_changes_places_with_its_neighbour_and_stops_at_the_end(plan):
    actions.choose_years(plan=plan, jaren=dict.fromkeys(plan.regels.values_list("pk", flat=True), YEAR))
    first, second = plans.lines(plan)
    assert actions.move(plan=plan, regel=second.pk, omhoog=True)
    assert [row.pk for row in plans.lines(plan)] == [second.pk, first.pk]
    assert not actions.move(plan=plan, regel=second.pk, omhoog=True)


def test_a_year_outside_the_plan_is_refused_and_a_shorter_plan_loses_it(plan):
    line = plan.regels.first()
    with pytest.raises(actions.PlanStaatVast, match="loopt van 2030 tot 2032"):
        actions.choose_years(plan=plan, jaren={line.pk: YEAR + 3})
    actions.choose_years(plan=plan, jaren={line.pk: YEAR + 2})
    plan.refresh_from_db()
    plan.tot_jaar = YEAR + 1
    actions.save(plan=plan, zones=[], budgetten={}, at=timezone.now())
    line.refresh_from_db()
    assert line.jaar is None


def test_a_plan_with_a_line_without_year_cannot_be_decided(plan, cast):
    with pytest.raises(actions.PlanStaatVast, match="1 knelpunt heeft nog geen jaar"):
        actions.decide(plan=plan, besluit="", door=cast.coordinator, at=timezone.now(), versie=None)
    with pytest.raises(actions.PlanStaatVast, match="nog geen enkel knelpunt"):
        actions.decide(plan=make_plan(cast), besluit="", door=cast.coordinator, at=timezone.now(), versie=None)


def test_what_was_decided_says_for_ever_what_it_said(plan, cast):
    decided = decide(plan, cast)
    line = decided.regels.get(jaar=YEAR)
    words = line.knelpunt.titel
    Knelpunt.objects.filter(pk=line.knelpunt_id).update(titel="Anders")
    assert plans.telling(decided.regels.get(jaar=YEAR))["titel"] == words
    for change in (
        lambda: Planregel.objects.filter(pk=line.pk).update(jaar=YEAR + 2),
        lambda: Planregel.objects.filter(pk=line.pk).delete(),
        lambda: decided.budgetten.update(bedrag=5),
        lambda: decided.budgetten.create(jaar=YEAR + 2, bedrag=5),
        lambda: Actieplan.objects.filter(pk=decided.pk).update(naam="Anders"),
        lambda: Actieplan.objects.filter(pk=decided.pk).update(status=Planstatus.VERVANGEN, naam="Anders"),
    ):
        with pytest.raises(IntegrityError, match="was decided"), transaction.atomic():
            change()
    for write in (actions.divide, lambda plan: actions.add(plan=plan, knelpunten=[])):
        with pytest.raises(actions.PlanStaatVast, match="vastgesteld en verandert niet meer"):
            write(plan=decided)


def test_an_account_that_goes_leaves_the_decided_plan_standing(plan, cast):
    Planregel.objects.filter(plan=plan).update(verantwoordelijke=cast.collega)
    decided = decide(plan, cast)
    cast.collega.delete()
    cast.coordinator.delete()
    decided.refresh_from_db()
    assert decided.vastgesteld_door is None
    assert set(decided.regels.values_list("verantwoordelijke", flat=True)) == {None}


def test_deciding_plans_what_nobody_had_planned(plan, cast):
    this_year = timezone.localdate().year
    plan = actions.save(
        plan=Actieplan(naam="Nu", van_jaar=this_year, tot_jaar=this_year + 1), zones=[], budgetten={}, at=timezone.now()
    )
    own, other = KnelpuntFactory(ernst=3), KnelpuntFactory(planjaar=this_year + 4, planning="LT")
    actions.add(plan=plan, knelpunten=[own, other])
    decide(plan, cast)
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.planjaar, own.planning) == (this_year, "KT")
    assert (other.planjaar, other.planning) == (this_year + 4, "LT")


def test_the_next_version_leaves_out_what_ended_and_takes_the_place_of_the_last(plan, cast):
    decided = decide(plan, cast)
    done = decided.regels.get(jaar=YEAR).knelpunt
    at_status(done, Knelpuntstatus.VERVALLEN, statusreden="heraangelegd")
    new = actions.next_version(plan=decided, door=cast.coordinator, at=timezone.now())
    assert actions.next_version(plan=decided, door=cast.coordinator, at=timezone.now()) == new
    assert (new.nummer, new.slug, new.regels.get().jaar) == (2, decided.slug, YEAR + 1)
    assert [(kind, len(rows)) for kind, rows in plans.compared(decided, new)] == [("Niet meer in het plan", 1)]
    decide(new, cast)
    assert dict(Actieplan.objects.values_list("nummer", "status")) == {1: "vervangen", 2: "vastgesteld"}


@pytest.mark.parametrize("van", Planstatus)
@pytest.mark.parametrize("naar", Planstatus)
def test_the_database_lets_a_version_take_only_the_steps_of_the_table(cast, van, naar):
    row = make_plan(cast)
    for step in (Planstatus.VASTGESTELD, Planstatus.VERVANGEN)[: list(Planstatus).index(van)]:
        Actieplan.objects.filter(pk=row.pk).update(status=step, vastgesteld_op=date(2030, 1, 1))
    row.refresh_from_db()
    if van == naar:
        return
    change = {"status": naar, "vastgesteld_op": None if naar == Planstatus.CONCEPT else date(2030, 1, 1)}
    if naar in PLAN_STEPS[van]:
        assert Actieplan.objects.filter(pk=row.pk).update(**change) == 1
    else:
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            Actieplan.objects.filter(pk=row.pk).update(**change)


# The pages.


def test_a_whole_plan_is_made_on_the_pages(cast):
    client, rows = client_of(cast.coordinator), [KnelpuntFactory(wijk=cast.wijk, kost_hoog=500) for _ in range(3)]
    data = {"naam": "Straten", "van_jaar": YEAR, "tot_jaar": YEAR + 1, f"budget_{YEAR}": 600, f"budget_{YEAR + 1}": ""}
    client.post(reverse(NAME("action_plan_new")), data)
    plan = Actieplan.objects.get()
    assert list(plan.budgetten.values_list("jaar", "bedrag")) == [(YEAR, 600)]
    choice = reverse(NAME("action_plan_choose"))
    assert rows[0].titel in client.post(choice, {"rij": [rows[0].pk]}).content.decode()
    client.post(choice, {"rij": [rows[0].pk, rows[1].pk], "plan": plan.pk, "doe": "ja"})
    client.post(choice, {"alles": "ja", "terug": f"wijk={cast.wijk.pk}", "plan": plan.pk, "doe": "ja"})
    assert plan.regels.count() == 3
    client.post(reverse(NAME("action_plan_divide"), args=[plan.pk]), {"versie": Actieplan.objects.get().versie})
    assert sorted(plan.regels.values_list("jaar", flat=True)) == [YEAR, YEAR + 1, YEAR + 1]
    line = plan.regels.filter(jaar=YEAR).get()
    page = plan.get_absolute_url()
    sent = {
        "versie": Actieplan.objects.get().versie,
        "regel": line.pk,
        f"r{line.pk}-jaar": YEAR + 1,
        f"r{line.pk}-laag": 7,
    }
    assert "Hoog is minder dan laag" in client.post(page, sent | {f"r{line.pk}-hoog": 3}).content.decode()
    client.post(page, sent | {f"r{line.pk}-hoog": 9, "bewaar": "ja"})
    line.refresh_from_db()
    assert (line.jaar, line.kost_laag, line.kost_hoog, line.is_gekozen) == (YEAR + 1, 7, 9, True)
    late = client.post(page, sent | {f"r{line.pk}-hoog": 31}).content.decode()
    assert "Iemand anders was je voor" in late
    assert 'value="31"' in late
    line.refresh_from_db()
    assert line.kost_hoog == 9
    gone = {"versie": Actieplan.objects.get().versie, "regel": line.pk, "kies": line.pk, "eruit": "ja"}
    client.post(page, gone | {f"r{line.pk}-jaar": YEAR + 1})
    assert plan.regels.count() == 2
    decide_url = reverse(NAME("action_plan_decide"), args=[plan.pk])
    client.post(decide_url, {"versie": Actieplan.objects.get().versie, "besluit": "College van 3 maart"})
    public = Client().get(reverse(NAME("public_plan"), args=[plan.slug])).content.decode()
    assert rows[2].titel in public
    assert "College van 3 maart" in public


def test_what_was_typed_is_kept_whatever_button_is_pressed(plan, cast):
    client, page, line = client_of(cast.coordinator), plan.get_absolute_url(), plans.lines(plan)[0]
    team = services().first()
    sent = {"regel": line.pk, f"r{line.pk}-jaar": YEAR, f"r{line.pk}-laag": 5, f"r{line.pk}-hoog": 8}

    def post(**more):
        return client.post(page, sent | {"versie": Actieplan.objects.get().versie} | more).content.decode()

    assert "Vink eerst aan" in post(eruit="ja")
    assert "Kies wie het doet" in post(geef="ja", kies=line.pk)
    line.refresh_from_db()
    assert (line.kost_hoog, line.dienst) == (300, None)
    post(geef="ja", kies=line.pk, **{"wie-dienst": team.pk, "wie-verantwoordelijke": cast.collega.pk})
    line.refresh_from_db()
    assert (line.jaar, line.kost_hoog, line.dienst, line.verantwoordelijke) == (YEAR, 8, team, cast.collega)
    post(neer=line.pk, **{f"r{line.pk}-hoog": 9})
    line.refresh_from_db()
    assert line.kost_hoog == 9
    assert client_of(cast.lezer).post(page, sent).status_code == 404


def test_comparing_tells_what_was_carried_out_since(plan, cast):
    decided = decide(plan, cast)
    new = actions.next_version(plan=decided, door=cast.coordinator, at=timezone.now())
    done = decided.regels.get(jaar=YEAR).knelpunt
    at_status(done, Knelpuntstatus.UITGEVOERD, uitgevoerd_op=timezone.localdate())
    url = reverse(NAME("action_plan_compare"), args=[new.pk, decided.pk])
    page = client_of(cast.coordinator).get(url).content.decode()
    assert "Klaar sinds de vorige versie (1)" in page
    assert page.index("Klaar sinds") < page.index(done.titel)
    assert "Niet meer in het plan" not in page


def test_a_plan_says_where_it_holds(plan, cast):
    decided = decide(plan, cast)
    page = Client().get(reverse(NAME("public_plan"), args=[decided.slug])).content.decode()
    name = cast.zone.naam
    assert name in page
    assert "Voor de hele stad" not in page
    cast.zone.naam = "Anders"
    cast.zone.save()
    assert name in Client().get(reverse(NAME("public_plan"), args=[decided.slug])).content.decode()
    whole = make_plan(cast, naam="Overal")
    whole.zones.clear()
    actions.add(plan=whole, knelpunten=[KnelpuntFactory()])
    decide(whole, cast)
    assert "Voor de hele stad" in Client().get(reverse(NAME("public_plan"), args=[whole.slug])).content.decode()


def test_a_concept_is_for_who_sees_the_screening_and_a_name_is_never_public(plan, cast):
    Planregel.objects.update(verantwoordelijke=cast.collega)
    url = plan.get_absolute_url()
    assert client_of(cast.lezer).get(url).status_code == 200
    assert client_of(cast.wijkmanager).get(url).status_code == 404
    assert Client().get(reverse(NAME("public_plan"), args=[plan.slug])).status_code == 404
    decide(plan, cast)
    assert client_of(cast.wijkmanager).get(url).status_code == 200
    for name in ("public_plan", "public_plan_file"):
        found = Client().get(reverse(NAME(name), args=[plan.slug]))
        body = b"".join(found) if found.streaming else found.content
        assert cast.collega.naam not in body.decode()


def test_wrong_years_lose_nothing_that_was_typed(cast):
    data = {
        "naam": "Straten",
        "van_jaar": 2033,
        "tot_jaar": 2031,
        "budget_2031": "veel",
        "inleiding": "Zo gaan we te werk",
    }
    page = client_of(cast.coordinator).post(reverse(NAME("action_plan_new")), data).content.decode()
    assert "Draai ze om" in page
    assert "Zo gaan we te werk" in page
    assert "veel" in page
    assert not Actieplan.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_every_page_of_plans_asks_the_same_number_of_queries(cast, django_assert_num_queries, count):
    plan = make_plan(cast)
    actions.add(plan=plan, knelpunten=[KnelpuntFactory(wijk=cast.wijk) for _ in range(count)])
    client = client_of(cast.coordinator)
    for name, arguments, expected in (("action_plans", [], 4), ("action_plan", [plan.pk], 12)):
        client.get(reverse(NAME(name), args=arguments))
        with django_assert_num_queries(expected):
            client.get(reverse(NAME(name), args=arguments))
    decide(plan, cast)
    for name, arguments, expected in (("public_plans", [], 3), ("public_plan", [plan.slug], 5)):
        with django_assert_num_queries(expected):
            Client().get(reverse(NAME(name), args=arguments))


def test_the_plan_is_a_tagged_pdf_and_a_workbook(plan, cast):
    decided = decide(plan, cast)
    found = Gelezen(Client().get(reverse(NAME("public_plan_pdf"), args=[decided.slug])).content)
    found.keur()
    assert found.titel == "Actieplan Plan"
    assert decided.regels.first().titel in found.tekst
    answer = Client().get(reverse(NAME("public_plan_file"), args=[decided.slug]), {"vorm": "xlsx"})
    rows = list(load_workbook(BytesIO(b"".join(answer)), read_only=True).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("Jaar", "Volgorde", "Knelpunt", "Titel")
    assert [row[0] for row in rows[1:]] == [YEAR, YEAR + 1]
