"""Who gets a report by the routing rules, on arrival and after a correction."""

import uuid
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol, Vervanging
from meldingen import actions
from meldingen.models import Gebeurtenis, Melding, Routeregel
from meldingen.queries import routes
from meldingen.queries.routes import wijziging
from meldingen.states import Status
from meldingen.tests import factories
from meldingen.tests.factories import MeldingFactory, RouteregelFactory, SubcategorieFactory, TeamFactory, VraagFactory
from wijken.models import Stadsdeel
from wijken.queries import team_for, teams_by_wijk

MONDAY = datetime(2026, 6, 1, 9, 30, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture
def categorie(cast):
    return SubcategorieFactory(naam="Sluikstort")


def submit(categorie, cast, at=MONDAY, **fields):
    fields = {"omschrijving": "Een matras", "wijk": cast.wijk, "plaats": factories.CENTRE, **fields}
    melding, _made = actions.submit(inzending=uuid.uuid4(), categorie=categorie, at=at, **fields)
    return melding


def test_without_a_rule_the_category_says_who_gets_it(cast, categorie):
    melding = submit(categorie, cast)
    assert (melding.team, melding.route, melding.status) == (cast.wijkteam, None, Status.NIEUW)


def test_the_first_rule_that_fits_decides(cast, categorie):
    RouteregelFactory(naam="Andere", categorie=SubcategorieFactory(), team=cast.meldpunt)
    rule = RouteregelFactory(naam="Sluikstort", categorie=categorie, team=cast.werkplaats)
    RouteregelFactory(naam="Rest", team=cast.toezicht)
    melding = submit(categorie, cast)
    assert (melding.team, melding.route, melding.behandelaar) == (cast.werkplaats, rule, None)
    assert not melding.is_met_hand_toegewezen


@pytest.mark.parametrize(
    ("condition", "fits", "fits_not"),
    [
        ({"bron": "telefoon"}, {"bron": "telefoon"}, {"bron": "balie"}),
        ({"prioriteit": "hoog"}, {"prioriteit": "hoog"}, {"prioriteit": "normaal"}),
        ({"weekdagen": [1, 2]}, {"at": MONDAY}, {"at": MONDAY + timedelta(days=2)}),
        ({"van_uur": time(22), "tot_uur": time(6)}, {"at": MONDAY.replace(hour=23)}, {"at": MONDAY}),
        ({"geldig_van": MONDAY.date()}, {"at": MONDAY}, {"at": MONDAY - timedelta(days=1)}),
        ({"geldig_tot": MONDAY.date()}, {"at": MONDAY}, {"at": MONDAY + timedelta(days=1)}),
    ],
)
def test_each_condition_decides(cast, categorie, condition, fits, fits_not):
    RouteregelFactory(team=cast.werkplaats, **condition)
    assert submit(categorie, cast, **fits).team == cast.werkplaats
    assert submit(categorie, cast, **fits_not).team == cast.wijkteam


def test_a_rule_for_a_main_category_takes_all_below_it(cast, categorie):
    RouteregelFactory(categorie=categorie.hoofdcategorie, team=cast.werkplaats)
    assert submit(categorie, cast).team == cast.werkplaats
    assert submit(SubcategorieFactory(), cast).team == cast.wijkteam


def test_a_rule_for_a_wijk_or_a_stadsdeel(cast, categorie):
    noord = Stadsdeel.objects.create(naam="Noord")
    cast.wijk.stadsdeel = noord
    cast.wijk.save()
    rule = RouteregelFactory(stadsdeel=noord, team=cast.werkplaats)
    assert submit(categorie, cast).route == rule
    assert submit(categorie, cast, wijk=cast.andere_wijk).route is None
    Routeregel.objects.update(stadsdeel=None, wijk=cast.andere_wijk)
    assert submit(categorie, cast).route is None
    assert submit(categorie, cast, wijk=cast.andere_wijk).route == rule


def test_a_rule_for_an_answer(cast, categorie):
    vraag = VraagFactory(categorie=categorie, soort="ja_nee")
    RouteregelFactory(vraag=vraag, antwoord="Ja", team=cast.werkplaats)
    assert submit(categorie, cast, antwoorden={vraag: "ja"}).team == cast.werkplaats
    assert submit(categorie, cast, antwoorden={vraag: "nee"}).team == cast.wijkteam
    assert submit(categorie, cast).team == cast.wijkteam


def test_an_inactive_team_is_passed_over(cast, categorie):
    RouteregelFactory(team=TeamFactory(is_actief=False))
    assert submit(categorie, cast).team == cast.wijkteam


def test_a_rule_for_a_person_assigns_and_tells_her(cast, categorie):
    rule = RouteregelFactory(persoon=cast.werkman, team=None)
    melding = submit(categorie, cast)
    assert (melding.behandelaar, melding.team, melding.route) == (cast.werkman, cast.werkplaats, rule)
    assert melding.status == Status.TOEGEWEZEN
    assert not melding.is_met_hand_toegewezen
    assert Bericht.objects.get().aan == cast.werkman.email
    assert [line.soort for line in melding.gebeurtenissen.all()] == ["ontvangen", "toewijzing"]
    assert "Volgens de routeregels" in melding.gebeurtenissen.last().tekst


def test_an_absent_person_gives_it_to_who_stands_in(cast, categorie):
    RouteregelFactory(persoon=cast.werkman, team=None)
    Vervanging.objects.create(
        afwezige=cast.werkman, vervanger=cast.buurttoezichter, van=MONDAY.date(), tot=MONDAY.date()
    )
    assert submit(categorie, cast).behandelaar == cast.buurttoezichter
    assert submit(categorie, cast, at=MONDAY + timedelta(days=1)).behandelaar == cast.werkman


def test_who_stands_in_without_the_role_does_not_get_it(cast, categorie):
    RouteregelFactory(persoon=cast.werkman, team=None)
    Vervanging.objects.create(afwezige=cast.werkman, vervanger=cast.lezer, van=MONDAY.date(), tot=MONDAY.date())
    assert submit(categorie, cast).behandelaar == cast.werkman


@pytest.mark.parametrize("broken", ["inactive", "no role"])
def test_who_cannot_have_it_is_passed_over_and_flagged(cast, categorie, broken):
    person = cast.werkman if broken == "inactive" else cast.lezer
    person.is_active = broken != "inactive"
    person.save()
    RouteregelFactory(persoon=person, team=None)
    RouteregelFactory(team=cast.toezicht)
    assert submit(categorie, cast).team == cast.toezicht
    flags = routes.overview(MONDAY.date())[0].vlaggen
    assert [flag.nooit for flag in flags] == [False]
    assert person.naam in flags[0].tekst


@pytest.mark.parametrize("count", [0, 1, 12])
def test_a_rule_costs_no_query_more_and_a_person_three(cast, categorie, count):
    for _ in range(count):
        RouteregelFactory(bron="balie", team=cast.werkplaats)

    def cost():
        submit(categorie, cast, email="an@voorbeeld.example")  # the first fills the memory of this process
        with CaptureQueriesContext(connection) as queries:
            submit(categorie, cast, email="an@voorbeeld.example")
        return len([row for row in queries if "SAVEPOINT" not in row["sql"]])

    assert cost() == 5
    RouteregelFactory(team=cast.werkplaats)
    assert cost() == 5
    Routeregel.objects.exclude(bron="balie").update(team=None, persoon=cast.werkman)
    assert cost() == 8


def test_a_corrected_category_takes_an_unassigned_report_to_the_new_team(cast, categorie):
    RouteregelFactory(categorie=categorie, team=cast.werkplaats)
    melding = submit(SubcategorieFactory(), cast)
    after = actions.correct(melding=melding, door=cast.verdeler, at=MONDAY, categorie=categorie)
    assert (after.team, after.is_met_hand_toegewezen, after.status) == (cast.werkplaats, False, Status.NIEUW)
    assert Gebeurtenis.objects.filter(melding=melding, soort="toewijzing", tekst__contains="routeregels").count() == 1


def test_a_corrected_place_takes_it_to_the_team_there(cast, categorie):
    melding = submit(categorie, cast)
    after = actions.correct(
        melding=melding, door=cast.verdeler, at=MONDAY, plaats=cast.andere_wijk.centrum, wijk=cast.andere_wijk
    )
    assert after.team == cast.ander_team


def test_what_a_person_assigned_stays_where_it_is(cast, categorie):
    RouteregelFactory(categorie=categorie, team=cast.werkplaats)
    melding = submit(SubcategorieFactory(), cast)
    actions.assign(melding=melding, team=cast.toezicht, door=cast.verdeler, at=MONDAY)
    after = actions.correct(melding=melding, door=cast.verdeler, at=MONDAY, categorie=categorie)
    assert after.team == cast.toezicht
    assert after.is_met_hand_toegewezen


def test_what_somebody_took_up_stays_with_her(cast, categorie):
    RouteregelFactory(categorie=categorie, team=cast.werkplaats)
    melding = submit(SubcategorieFactory(), cast)
    actions.start(melding=melding, door=cast.wijkmanager, at=MONDAY)
    after = actions.correct(melding=melding, door=cast.verdeler, at=MONDAY, categorie=categorie)
    assert (after.team, after.behandelaar) == (cast.wijkteam, cast.wijkmanager)


def test_what_a_team_sent_back_does_not_return_to_it_by_itself(cast, categorie):
    RouteregelFactory(categorie=categorie, team=cast.werkplaats)
    melding = submit(categorie, cast)
    actions.return_to_triage(melding=melding, reden="Te groot", door=cast.werkman, at=MONDAY)
    after = actions.correct(melding=melding, door=cast.verdeler, at=MONDAY, prioriteit="hoog")
    assert (after.team, after.route) == (cast.meldpunt, None)


def test_one_click_follows_the_rules_and_is_an_assignment_by_hand(cast, categorie):
    rule = RouteregelFactory(categorie=categorie, team=cast.werkplaats)
    melding = submit(SubcategorieFactory(), cast)
    actions.assign(melding=melding, team=cast.toezicht, door=cast.verdeler, at=MONDAY)
    actions.correct(melding=melding, door=cast.verdeler, at=MONDAY, categorie=categorie)
    after = actions.assign_by_rules(melding=melding, door=cast.verdeler, at=MONDAY)
    assert (after.team, after.route, after.is_met_hand_toegewezen) == (cast.werkplaats, rule, True)
    with pytest.raises(ValueError, match="niemand anders"):
        actions.assign_by_rules(melding=melding, door=cast.verdeler, at=MONDAY)


def test_the_history_tells_who_changed_a_rule_and_why(cast):
    rule = actions.routes.save(regel=Routeregel(naam="Nieuw", team=cast.werkplaats), door=cast.beheerder)
    rule.naam = "Beter"
    actions.routes.save(regel=rule, door=cast.beheerder, reden="Duidelijker")
    events = rule.historiek.order_by("pgh_id")
    assert [row.naam for row in events] == ["Nieuw", "Beter"]
    assert events[1].pgh_context["reden"] == "Duidelijker"


@pytest.mark.parametrize("who", ["wijkmanager", "lezer", "teamleider"])
def test_only_an_administrator_changes_rules(cast, who):
    person = factories.member(cast.toezicht, Rol.TEAMLEIDER) if who == "teamleider" else getattr(cast, who)
    rule = RouteregelFactory(team=cast.werkplaats)
    for write in (
        lambda: actions.routes.save(regel=rule, door=person),
        lambda: actions.routes.move(regel=rule, omhoog=True, door=person),
        lambda: actions.routes.remove(regel=rule, door=person),
    ):
        with pytest.raises(PermissionError):
            write()
    assert Routeregel.objects.get() == rule


def test_a_rule_changes_places_and_never_shares_one(cast):
    a, b, c = (RouteregelFactory(naam=naam, team=cast.werkplaats) for naam in "abc")
    assert actions.routes.move(regel=c, omhoog=True, door=cast.beheerder)
    assert not actions.routes.move(regel=a, omhoog=True, door=cast.beheerder)
    assert [row.naam for row in Routeregel.objects.all()] == ["a", "c", "b"]
    assert sorted(Routeregel.objects.values_list("volgorde", flat=True)) == [1, 2, 3]
    assert b.pk


def test_a_rule_that_gave_reports_is_switched_off_and_not_deleted(cast, categorie):
    rule = RouteregelFactory(team=cast.werkplaats)
    unused = RouteregelFactory(team=cast.werkplaats)
    submit(categorie, cast)
    with pytest.raises(ValueError, match="zet hem uit"):
        actions.routes.remove(regel=rule, door=cast.beheerder)
    actions.routes.remove(regel=unused, door=cast.beheerder)
    assert Routeregel.objects.get() == rule


@pytest.mark.parametrize(
    "wrong",
    [
        {"team": None},
        {"antwoord": "ja"},
        {"van_uur": time(8)},
        {"van_uur": time(8), "tot_uur": time(8)},
        {"geldig_van": MONDAY.date(), "geldig_tot": MONDAY.date() - timedelta(days=1)},
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_by_the_database(cast, wrong):
    fields = {"naam": "Fout", "team": cast.werkplaats, **wrong}
    with pytest.raises(ValidationError):
        actions.routes.save(regel=Routeregel(**fields), door=cast.beheerder)
    with pytest.raises(IntegrityError), transaction.atomic():
        Routeregel.objects.create(volgorde=99, **fields)


def test_a_team_and_a_person_at_once_is_refused(cast):
    both = Routeregel(naam="Allebei", team=cast.werkplaats, persoon=cast.werkman)
    with pytest.raises(ValidationError, match="niet allebei"):
        actions.routes.save(regel=both, door=cast.beheerder)
    both.volgorde = 1
    with pytest.raises(IntegrityError), transaction.atomic():
        both.save()


def flags():
    return {rij.row.naam: [flag.tekst for flag in rij.vlaggen] for rij in routes.overview(MONDAY.date())}


def test_rules_that_can_never_fire_say_why(cast, categorie):
    vraag = VraagFactory(categorie=SubcategorieFactory(naam="Zwerfvuil"), soort="ja_nee")
    over = SubcategorieFactory(geldig_tot=MONDAY.date() - timedelta(days=1))
    for naam, fields in {
        "goed": {"categorie": categorie},
        "verborgen": {"categorie": categorie, "bron": "balie"},
        "voorbij": {"bron": "mail", "geldig_tot": MONDAY.date() - timedelta(days=1)},
        "oude categorie": {"categorie": over},
        "leeg stadsdeel": {"stadsdeel": Stadsdeel.objects.create(naam="Nergens")},
        "vreemde vraag": {"categorie": SubcategorieFactory(), "vraag": vraag, "antwoord": "ja"},
        "onmogelijk antwoord": {"vraag": vraag, "antwoord": "misschien"},
        "dood team": {"bron": "straat", "team": TeamFactory(is_actief=False)},
    }.items():
        RouteregelFactory(naam=naam, **{"team": cast.werkplaats, **fields})
    found = flags()
    assert found["goed"] == []
    assert "gaat al naar een regel die eerst komt: “goed”" in found["verborgen"][0]
    assert "voorbij" in found["voorbij"][0]
    assert "niemand nog kiezen" in found["oude categorie"][0]
    assert "geen enkele wijk" in found["leeg stadsdeel"][0]
    assert "past nooit samen" in found["vreemde vraag"][0]
    assert "niet bij de keuzes" in found["onmogelijk antwoord"][0]
    assert "niet meer actief" in found["dood team"][0]


def test_the_effect_counts_who_would_have_got_what(cast, categorie):
    other = SubcategorieFactory()
    for at in (MONDAY - timedelta(days=3), MONDAY - timedelta(days=80), MONDAY - timedelta(days=100)):
        MeldingFactory(categorie=categorie, wijk=cast.wijk, team=cast.toezicht, ontvangen_op=at)
    MeldingFactory(categorie=other, wijk=cast.wijk, ontvangen_op=MONDAY - timedelta(days=2))
    RouteregelFactory(categorie=other, team=cast.werkplaats)
    before = [rij.regel for rij in routes.overview(MONDAY.date())]
    RouteregelFactory(categorie=categorie, persoon=cast.buurttoezichter, team=None)
    after = [rij.regel for rij in routes.overview(MONDAY.date())]
    change = routes.effect(before, after, MONDAY)
    assert [(row.van, row.naar, row.aantal) for row in change.verschuivingen] == [
        (cast.wijkteam.naam, cast.buurttoezichter.naam, 2)
    ]
    assert (change.bekeken, change.is_alles) == (3, True)
    assert routes.effect(before, before, MONDAY).aantal == 0


def test_a_rule_for_later_counts_as_begun_when_it_is_the_one_that_changes(cast, categorie):
    MeldingFactory(categorie=categorie, wijk=cast.wijk, ontvangen_op=MONDAY - timedelta(days=3))
    later = RouteregelFactory(team=cast.toezicht, geldig_van=MONDAY.date() + timedelta(days=9))
    before = [rij.regel for rij in routes.overview(MONDAY.date())]
    assert routes.effect([], before, MONDAY).aantal == 1
    RouteregelFactory(team=cast.werkplaats)
    after = [rij.regel for rij in routes.overview(MONDAY.date())]
    moved = routes.effect(before, after, MONDAY).verschuivingen
    assert [row.naar for row in moved] == [cast.werkplaats.naam]
    assert later.pk


def test_the_effect_looks_at_no_more_than_the_newest(cast, categorie, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(wijziging, "SAMPLE", 2)
    for days in range(4):
        MeldingFactory(categorie=categorie, wijk=cast.wijk, ontvangen_op=MONDAY - timedelta(days=days))
    RouteregelFactory(team=cast.werkplaats)
    after = [rij.regel for rij in routes.overview(MONDAY.date())]
    with django_assert_max_num_queries(7):
        change = routes.effect([], after, MONDAY)
    assert (change.aantal, change.bekeken, change.is_alles) == (2, 2, False)


def test_the_effect_and_the_sending_give_a_report_to_the_same_team(cast):
    """The default of many reports at once is that of one report at a time."""
    on = timezone.localdate()
    by_wijk = teams_by_wijk(on)
    for soort in ("wijkmanagement", "buurttoezicht", "buurtwerkplaats", "dienst", "meldpunt"):
        for wijk in (cast.wijk, cast.andere_wijk, None):
            at_once = (by_wijk.get((soort, wijk.pk)) if wijk else None) or by_wijk.get((soort, None))
            one = team_for(soort, wijk, on)
            assert at_once == (one.pk if one else None), (soort, wijk)


def test_trying_a_report_names_each_condition(cast, categorie):
    RouteregelFactory(naam="Balie", categorie=categorie, bron="balie", team=cast.werkplaats)
    RouteregelFactory(naam="Alles", team=cast.toezicht)
    RouteregelFactory(naam="Ook alles", team=cast.meldpunt)
    melding = submit(categorie, cast, bron="telefoon")
    tried = routes.try_out(
        routes.overview(MONDAY.date()),
        routes.facts_of(melding),
        MONDAY.date(),
        {"categorie": categorie.naam, "wijk": cast.wijk.naam},
    )
    assert [row.neemt for row in tried] == [False, True, False]
    assert [(row.naam, row.past) for row in tried[0].voorwaarden] == [("Categorie", True), ("Bron", False)]
    assert (tried[0].voorwaarden[1].gegeven, tried[0].voorwaarden[1].gevraagd) == ("telefoon", "balie")
    assert tried[0].waarom == "Past niet."
    assert "“Alles” komt eerst" in tried[2].waarom
    assert Melding.objects.get(pk=melding.pk).route.naam == "Alles"


@pytest.mark.parametrize(
    ("change", "team"),
    [
        ("UPDATE meldingen_routeregel SET team_id = {toezicht}", "toezicht"),
        ("UPDATE meldingen_routeregel SET is_actief = false", "wijkteam"),
        ("UPDATE wijken_team SET is_actief = false WHERE id = {werkplaats}", "wijkteam"),
    ],
)
def test_a_rule_that_raw_sql_changed_holds_for_the_next_report(cast, categorie, change, team):
    RouteregelFactory(categorie=categorie, team=cast.werkplaats)
    assert submit(categorie, cast).team == cast.werkplaats
    assert submit(categorie, cast).team == cast.werkplaats
    with connection.cursor() as cursor:
        cursor.execute(change.format(toezicht=cast.toezicht.pk, werkplaats=cast.werkplaats.pk))
    assert submit(categorie, cast).team == getattr(cast, team)


def test_a_person_who_lost_the_role_gets_nothing_from_memory(cast, categorie):
    RouteregelFactory(categorie=categorie, team=None, persoon=cast.collega)
    assert submit(categorie, cast).behandelaar == cast.collega
    cast.collega.groups.clear()
    assert submit(categorie, cast).behandelaar is None
