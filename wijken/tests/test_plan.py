"""The multi-year plan: read in, added up, exported again, and what is tied to it."""

import uuid
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from kern.documenten.werkblad import csv_bytes
from kern.gebruikers.models import Rol
from kern.historiek.queries import history_of
from kern.inlezen import actions as inlezen
from kern.inlezen import registry as kinds
from meldingen.tests import factories
from wijken import actions, plancode, queries, registry, rules
from wijken.inlezen import plan as files
from wijken.models import (
    Actieplan,
    Behoefte,
    Beleidsdoelstelling,
    Beleidsdomein,
    Doelstelling,
    Meerjarenplan,
    PlanActie,
    Planbedrag,
    Planlink,
)
from wijken.queries import reach

NOW = timezone.now()
TODAY = timezone.localdate()
MONEY = "Exploitatie budget 2026;Investering budget 2026;Exploitatie gerealiseerd 2026"
FILE = f"""Code;Naam;Prioritair;Status;Dienst;{MONEY}
BD-01;Stad van wijken;ja;;;;;
AP-01.01;Leefbare straten;nee;;;;;
A-01.01.01;Speelplekken;ja;in uitvoering;Dienst groen;1.000,00;25000;250,50
A-01.01.02;Banken;;;;500,25;;
"""


@pytest.fixture
def cast(db):
    return factories.cast()


@pytest.fixture
def plan(db):
    return Meerjarenplan.objects.create(naam="Plan 2026-2027", van=2026, tot=2027)


@pytest.fixture
def begin(cast, plan):
    def begin(text, name="plan.csv"):
        data = text if isinstance(text, bytes) else text.encode()
        return inlezen.begin(
            soort="meerjarenplan",
            doel=str(plan.pk),
            eigenaar=cast.beheerder,
            bestand=SimpleUploadedFile(name, data),
            reden="",
            sleutel=uuid.uuid4(),
            at=NOW,
        )

    return begin


@pytest.fixture
def filled(begin, plan):
    inlezen.confirm(inlezing=begin(FILE), at=NOW)
    return plan


@pytest.fixture
def behoefte(cast):
    return Behoefte.objects.create(wijk=cast.wijk, titel="Een bank", gemaakt_op=NOW)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("BD-02", ("BD", "BD-02", "")),
        ("ap 2.4", ("AP", "AP-02.04", "BD-02")),
        ("A-02.04.03", ("A", "A-02.04.03", "AP-02.04")),
        ("a02.4.113", ("A", "A-02.04.113", "AP-02.04")),
    ],
)
def test_a_code_says_its_level_and_what_is_above_it(typed, code):
    assert plancode.read(typed) == code


@pytest.mark.parametrize("typed", ["BD-02.01", "AP-02", "A-02.04", "X-01", "", "BD-"])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(ValueError, match="geen code van het plan"):
        plancode.read(typed)


def test_a_plan_is_read_in_with_what_is_under_what(filled):
    actie = PlanActie.objects.get(code="A-01.01.01")
    assert (actie.actieplan.code, actie.actieplan.beleidsdoelstelling.code) == ("AP-01.01", "BD-01")
    assert (actie.status, actie.dienst, actie.is_prioritair) == ("in_uitvoering", "Dienst groen", True)
    assert set(Planbedrag.objects.values_list("actie__code", "jaar", "soort", "budget", "gerealiseerd")) == {
        ("A-01.01.01", 2026, "exploitatie", Decimal("1000.00"), Decimal("250.50")),
        ("A-01.01.01", 2026, "investering", Decimal("25000.00"), None),
        ("A-01.01.02", 2026, "exploitatie", Decimal("500.25"), None),
    }


def test_totals_add_up_at_every_level(filled, django_assert_num_queries):
    with django_assert_num_queries(5):
        tree = queries.plan_tree(filled)
    for code in ("BD-01", "AP-01.01"):
        money = tree.find(code).geld
        assert (money.budget, money.totaal_gerealiseerd, money.procent) == (
            {2026: Decimal("26500.25")},
            Decimal("250.50"),
            1,
        )
    assert tree.geld.totaal_budget == sum(row.budget for row in Planbedrag.objects.all())
    assert tree.find("A-01.01.02").geld.procent == 0
    assert tree.find("A-09.09.09") is None


def test_what_is_exported_is_read_in_again_unchanged(filled, begin):
    head = [veld.label for veld in files.velden(str(filled.pk))]
    row = begin(b"".join(csv_bytes(head, files.uitvoer(str(filled.pk)))))
    assert (row.uitslag["gelijk"], row.uitslag["nieuw"], row.uitslag["gewijzigd"], row.uitslag["fouten"]) == (
        4,
        0,
        0,
        0,
    )


def test_the_template_can_be_read_in_as_it_is(plan, begin):
    head = [veld.label for veld in files.velden(str(plan.pk))]
    row = begin(b"".join(csv_bytes(head, files.voorbeelden(str(plan.pk)))))
    assert (row.uitslag["nieuw"], row.uitslag["fouten"]) == (3, 0), row.uitslag["lijst"]


def test_a_file_with_only_what_was_spent_changes_that_alone(filled, begin):
    row = begin("Code;Exploitatie gerealiseerd 2026;Exploitatie budget 2026\nA-01.01.02;100;\n")
    assert row.uitslag["rijen"] == [
        [
            2,
            "gewijzigd",
            "A-01.01.02 Banken",
            [["Exploitatie budget 2026", "500,25", ""], ["Exploitatie gerealiseerd 2026", "", "100,00"]],
        ]
    ]
    inlezen.confirm(inlezing=row, at=NOW)
    found = Planbedrag.objects.get(actie__code="A-01.01.02")
    assert (found.budget, found.gerealiseerd) == (None, Decimal("100.00"))
    inlezen.confirm(inlezing=begin("Code;Exploitatie gerealiseerd 2026\nA-01.01.02;\n"), at=NOW)
    assert not Planbedrag.objects.filter(actie__code="A-01.01.02").exists()
    assert PlanActie.objects.get(code="A-01.01.02").naam == "Banken"


def test_what_is_wrong_in_a_plan_is_told_by_row_and_column(filled, begin):
    row = begin(
        "Code;Naam;Status;Exploitatie budget 2026\n"
        "AP-02.01;Zonder doelstelling;;\n"
        "A-01.01.01;;;-5\n"
        "BD-01;Stad van wijken;gepland;100\n"
        "A-1.1.2;Banken;bijna;\n"
        "XX;Niets;;\n"
        "A-01.01.03;;;\n"
    )
    assert [(nr, kolom, tekst) for nr, kolom, _waarde, tekst in row.uitslag["lijst"]] == [
        (2, "Code", "BD-02 bestaat niet in dit plan en staat niet in dit bestand"),
        (3, "Exploitatie budget 2026", "dit moet minstens 0 zijn"),
        (4, "Status", "dit hoort bij een actie: laat het leeg bij een beleidsdoelstelling"),
        (4, "Exploitatie budget 2026", "bedragen staan bij de acties: laat het leeg bij een beleidsdoelstelling"),
        (5, "Status", "dit kennen we niet: kies gepland, in uitvoering, uitgevoerd, uitgesteld of stopgezet"),
        (6, "Code", "dit is geen code van het plan: schrijf BD-02, AP-02.04 of A-02.04.03"),
        (7, "Naam", "dit moet ingevuld zijn"),
    ]


def test_only_a_beheerder_reads_in_the_plan(cast):
    kind = kinds.get("meerjarenplan")
    assert [kind.mag(user) for user in (cast.beheerder, cast.wijkmanager, cast.lezer)] == [True, False, False]


def test_a_need_is_tied_to_an_action_and_the_history_says_why(filled, behoefte, cast):
    actie = PlanActie.objects.get(code="A-01.01.01")
    fields = {"van": behoefte, "plan": filled, "door": cast.wijkmanager, "at": NOW}
    link = actions.tie_to_plan(waarin=actie, mate="verweven", reden="De actie doet het plein", **fields)
    again = actions.tie_to_plan(waarin=actie, mate="volledig", reden="Nu met naam", **fields)
    assert link.pk == again.pk
    assert [regel.reden for regel in history_of(again)] == ["Nu met naam", "De actie doet het plein"]
    with pytest.raises(ValueError, match="zeg waarom"):
        actions.untie_from_plan(link=again, reden=" ")
    actions.untie_from_plan(link=again, reden="Vergissing")
    assert not Planlink.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reden": " "}, "zeg waarom"),
        ({"waarin": None}, "kies waarin"),
        ({"plan": "other"}, "ander plan"),
    ],
)
def test_a_tie_asks_where_and_why(filled, behoefte, cast, change, words):
    fields = {
        "van": behoefte,
        "plan": filled,
        "waarin": Actieplan.objects.get(),
        "mate": "gedeeltelijk",
        "reden": "Een stuk ervan",
        "door": cast.wijkmanager,
        "at": NOW,
    }
    if change.get("plan"):
        change = {"plan": Meerjarenplan.objects.create(naam="Oud", van=2020, tot=2025)}
    with pytest.raises(ValueError, match=words):
        actions.tie_to_plan(**(fields | change))
    assert not Planlink.objects.exists()
    assert actions.tie_to_plan(**fields).waarin == Actieplan.objects.get()


def test_the_database_keeps_a_tie_to_one_place_and_with_a_reason(filled, behoefte, cast):
    goal, ap = Beleidsdoelstelling.objects.get(), Actieplan.objects.get()
    link = actions.tie_to_plan(
        van=behoefte, plan=filled, waarin=ap, mate="volledig", reden="x", door=cast.wijkmanager, at=NOW
    )
    for wrong in ({"beleidsdoelstelling": goal}, {"actieplan": None}, {"reden": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Planlink.objects.filter(pk=link.pk).update(**wrong)
    Planlink.objects.filter(pk=link.pk).update(actieplan=None, mate="niet")


def test_what_is_tied_to_an_action_counts_for_all_above_it(filled, behoefte, cast):
    actions.tie_to_plan(
        van=behoefte,
        plan=filled,
        waarin=PlanActie.objects.get(code="A-01.01.01"),
        mate="volledig",
        reden="x",
        door=cast.wijkmanager,
        at=NOW,
    )
    tree = queries.plan_tree(filled)
    assert [tree.find(code).banden for code in ("BD-01", "AP-01.01", "A-01.01.01", "A-01.01.02")] == [1, 1, 1, 0]
    for code in ("BD-01", "AP-01.01", "A-01.01.01"):
        bonds = queries.bonds(queries.links_under(tree.find(code)), cast.wijkmanager, reach(cast.wijkmanager, TODAY))
        assert [band.knoop.titel for band in bonds] == ["Een bank"]
        hidden = queries.bonds(queries.links_under(tree.find(code)), cast.collega, reach(cast.collega, TODAY))
        assert [(band.knoop, band.soort) for band in hidden] == [(None, "behoefte")]


def test_who_may_not_see_a_need_reads_neither_its_title_nor_why(filled, behoefte, cast, client):
    actions.tie_to_plan(
        van=behoefte, plan=filled, waarin=None, mate="niet", reden="Geheime reden", door=cast.wijkmanager, at=NOW
    )
    for person, seen in ((cast.wijkmanager, True), (cast.collega, False)):
        client.force_login(person)
        html = client.get(filled.get_absolute_url()).content.decode()
        assert ("Een bank" in html, "Geheime reden" in html) == (seen, seen)


def test_the_page_of_a_need_ties_it_and_keeps_what_was_typed(filled, behoefte, cast, client):
    client.force_login(cast.wijkmanager)
    assert "Zeg waar het in het plan staat" in client.get(behoefte.get_absolute_url()).content.decode()
    address = reverse("wijken:plan_tie", args=["behoefte", behoefte.pk])
    html = client.post(address, {"mate": "volledig", "waarin": "", "reden": "Mijn reden"}).content.decode()
    assert "Kies waarin het opgenomen is" in html
    assert "Mijn reden" in html
    data = {"mate": "volledig", "waarin": "A-01.01.01", "reden": "Mijn reden"}
    html = client.post(address, data, follow=True).content.decode()
    assert "A-01.01.01 Speelplekken" in html
    assert "volledig opgenomen" in html
    link = Planlink.objects.get()
    client.post(reverse("wijken:plan_untie", args=[link.pk]), {"reden": "Toch niet"})
    assert not Planlink.objects.exists()


def test_who_may_not_see_a_need_cannot_tie_it_nor_take_it_back(filled, behoefte, cast, client):
    link = actions.tie_to_plan(
        van=behoefte, plan=filled, waarin=None, mate="niet", reden="x", door=cast.wijkmanager, at=NOW
    )
    addresses = [
        reverse("wijken:plan_tie", args=["behoefte", behoefte.pk]),
        reverse("wijken:plan_untie", args=[link.pk]),
    ]
    for person, code in ((cast.wijkmanager, 200), (cast.collega, 404), (cast.buurttoezichter, 404)):
        client.force_login(person)
        assert [client.get(address).status_code for address in addresses] == [code, code]
    client.force_login(cast.wijkmanager)
    assert client.get(reverse("wijken:plan_tie", args=["wijk", 1])).status_code == 404
    assert client.get(reverse("wijken:plan_tie", args=["behoefte", 999_999])).status_code == 404


@pytest.mark.parametrize("name", ["plan", "plan_item"])
def test_pages_of_the_plan_cost_the_same_for_one_action_and_for_three(
    filled, begin, cast, client, name, django_assert_max_num_queries
):
    client.force_login(cast.lezer)
    args = [filled.pk] + (["BD-01"] if name == "plan_item" else [])
    counts = []
    for more in ("", "A-01.01.03;Een\nA-01.01.04;Twee\nAP-01.02;Nog een\nBD-02;Meer\n"):
        if more:
            inlezen.confirm(inlezing=begin(f"Code;Naam\n{more}"), at=NOW)
        with django_assert_max_num_queries(12) as found:
            client.get(reverse(f"wijken:{name}", args=args))
        counts.append(len(found))
    assert counts[0] == counts[1]


# Goals and domains.


def test_the_goals_and_domains_of_the_programme_are_there_from_the_start(db):
    assert set(Beleidsdomein.objects.values_list("naam", flat=True)) == {"Wonen", "Welzijn", "Stadsprojecten"}
    assert Doelstelling.objects.filter(soort="programma").count() == 4
    assert Doelstelling.objects.filter(soort="ambitie").count() == 2


def test_a_goal_reports_what_is_tied_to_it_by_kind(filled, cast, client):
    goal = Doelstelling.objects.get(code="participatie")
    Beleidsdoelstelling.objects.get().doelstellingen.add(goal)
    rows = {
        line.rij.code: dict(zip([kind.model for kind in report.soorten], line.aantallen, strict=True))
        for report in [queries.goal_report(cast.lezer, reach(cast.lezer, TODAY))]
        for line in report.doelen
    }
    assert rows["participatie"][Beleidsdoelstelling] == 1
    assert rows["sociale-cohesie"][Beleidsdoelstelling] == 0
    client.force_login(cast.lezer)
    html = client.get(reverse("wijken:goal", args=["doel", "participatie"])).content.decode()
    assert "BD-01 Stad van wijken" in html
    assert client.get(reverse("wijken:goal", args=["domein", "wonen"])).status_code == 200
    assert client.get(reverse("wijken:goal", args=["wat", "wonen"])).status_code == 404


def test_a_kind_of_the_thread_with_goals_is_reported_without_being_registered(monkeypatch, db):
    monkeypatch.setattr(registry, "_registry", registry.Registry())
    assert registry.goal_kinds() == []
    registry.register_thread(registry.Draadsoort(Beleidsdoelstelling, "doelstellingen", lambda *_args: []))
    assert [kind.model for kind in registry.goal_kinds()] == [Beleidsdoelstelling]


def test_a_goal_that_stopped_is_told_only_while_something_hangs_on_it(filled, cast):
    goal = Doelstelling.objects.get(code="participatie")
    Doelstelling.objects.filter(pk=goal.pk).update(is_actief=False)
    here = reach(cast.lezer, TODAY)
    assert goal not in [line.rij for line in queries.goal_report(cast.lezer, here).doelen]
    Beleidsdoelstelling.objects.get().doelstellingen.add(goal)
    assert goal in [line.rij for line in queries.goal_report(cast.lezer, here).doelen]


def test_rules_of_the_plan(cast):
    assert [rules.may_tie_to_plan(user) for user in (cast.beheerder, cast.wijkmanager, cast.lezer)] == [
        True,
        True,
        False,
    ]
    assert rules.may_tie_to_plan(factories.member(None, Rol.SAMENLEVINGSCOORDINATOR))
