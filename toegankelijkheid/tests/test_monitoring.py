"""The monitoring table: who decides what, the steps, the priority, the sheet and many at once."""

from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kern.beelden.tests.photos import jpeg
from kern.berichten.models import Bericht
from kern.herinneringen.models import Aan
from kern.termijnen import add_working_days
from meldingen.models import Melder, Volger
from meldingen.tests.factories import CategorieFactory, GebruikerFactory, MeldingFactory
from toegankelijkheid.actions import knelpunten as actions
from toegankelijkheid.actions.prioriteit import propose, propose_all
from toegankelijkheid.models import (
    Bewonersvraag,
    Knelpunt,
    KnelpuntBeeld,
    Monitoringregels,
    Voorziening,
    Voorzieningsoort,
)
from toegankelijkheid.queries import monitoring
from toegankelijkheid.queries.screening import own_zones
from toegankelijkheid.reminders import monitoring as reminders
from toegankelijkheid.rules import monitoring as rules
from toegankelijkheid.rules.monitoring import Regels
from toegankelijkheid.rules.woorden import Haalbaarheid, Prioriteit
from toegankelijkheid.states import CLOSED, STEPS, Knelpuntstatus
from wijken.models import Draad, Team
from wijken.queries import reach
from wijken.tests.conftest import join, make_team

from .factories import CENTRE, CriteriumFactory, KnelpuntFactory, ObjectFactory

pytestmark = pytest.mark.django_db
S = Knelpuntstatus
NAME = "toegankelijkheid:{}".format


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def works(cast):
    """A service that answers for a knelpunt outside its wijken, and somebody in it."""
    person = GebruikerFactory(rollen=["behandelaar"])
    team = make_team("Wegen", Team.Soort.BUURTWERKPLAATS, [])
    join(team, person)
    return team, person


@pytest.fixture
def knelpunt(cast):
    return KnelpuntFactory(wijk=cast.wijk, zone=cast.zone, plaats=CENTRE, ernst=3)


def at_status(row, status, **fields):
    """The row in a status, past the trigger by the shortest allowed way."""
    from .test_states import ways, write_bottleneck

    for step in ways(STEPS, S.VASTGESTELD)[status]:
        write_bottleneck(row.pk, step)
    approved = {} if status == S.NIET_UITVOEREN else {"niet_goedgekeurd_op": None}
    Knelpunt.objects.filter(pk=row.pk).update(**approved | fields)
    row.refresh_from_db()
    return row


def take(row, naar, door, **more):
    return actions.step(knelpunt=row, naar=naar, door=door, at=timezone.now(), versie=None, **more)


# Rights.


@pytest.mark.parametrize(
    "rol", ["beheerder", "toegankelijkheidscoördinator", "lezer", "behandelaar", "wijkmanager", None]
)
@pytest.mark.parametrize("answers", ["team", "person", ""])
def test_the_lists_and_the_predicates_agree_on_who_sees_and_who_works(cast, rol, answers):
    user = GebruikerFactory(rollen=[rol] if rol else [])
    team = make_team("Wegen", Team.Soort.BUURTWERKPLAATS, [])
    join(team, user)
    row = KnelpuntFactory(
        dienst=team if answers == "team" else None, verantwoordelijke=user if answers == "person" else None
    )
    bereik = reach(user, timezone.localdate())
    own = {"dienst_id": row.dienst_id, "verantwoordelijke_id": row.verantwoordelijke_id}
    sees = rules.may_see(user, bereik, wijk_id=None, zone_id=None, eigen_zones=own_zones(user, bereik), **own)
    works = rules.may_work_on(user, bereik, **own)
    assert (row in Knelpunt.objects.visible_to(user, bereik)) == sees
    assert (row in Knelpunt.objects.workable_by(user, bereik)) == works
    manages = rol in ("beheerder", "toegankelijkheidscoördinator")
    assert sees == (manages or rol == "lezer" or bool(rol and answers))
    assert works == (manages or bool(answers and rol and rol != "lezer"))


def test_a_service_plans_and_carries_out_its_own_and_decides_on_nothing_else(cast, works, knelpunt):
    team, person = works
    client = client_of(person)
    plan = reverse(NAME("finding_plan"), args=[knelpunt.pk])
    assert client.get(plan).status_code == 404
    at_status(knelpunt, S.AANVAARD, dienst=team)
    page = client.get(plan).content.decode()
    assert 'name="planning"' in page
    assert 'name="prioriteit"' not in page
    assert 'name="dienst"' not in page
    step = reverse(NAME("finding_step"), args=[knelpunt.pk, "gepland"])
    year = timezone.localdate().year
    client.post(step, {"versie": knelpunt.versie, "planning": "KT", "planjaar": year})
    knelpunt.refresh_from_db()
    assert (knelpunt.status, knelpunt.uiterlijk) == (S.GEPLAND, date(year, 12, 31))
    refuse = reverse(NAME("finding_step"), args=[knelpunt.pk, "aanvaard"])
    client.post(refuse, {"versie": knelpunt.versie, "reden": "omdat"})
    knelpunt.refresh_from_db()
    assert knelpunt.status == S.GEPLAND


# The steps.


def test_the_actions_take_every_step_of_the_table_and_no_other(cast, knelpunt):
    year = timezone.localdate().year
    full = {
        "haalbaarheid": 3, "planning": "KT", "planjaar": year, "doorverwezen_naar": "AWV",
        "uitgevoerd_op": timezone.localdate(), "verantwoordelijke": cast.coordinator,
    }  # fmt: skip
    for van in S:
        for naar in S:
            row = at_status(KnelpuntFactory(), van, **full)
            if naar not in STEPS[van]:
                with pytest.raises(actions.StapMagNiet):
                    take(row, naar, cast.coordinator, reden="omdat")
                continue
            row = take(row, naar, cast.coordinator, reden="omdat")
            if naar == S.NIET_UITVOEREN:
                assert (row.status, row.waits_for_approval) == (van, True)
                row = actions.answer_refusal(
                    knelpunt=row, akkoord=True, door=cast.beheerder, at=timezone.now(), versie=None
                )
            assert row.status == naar
            assert row.is_open == (naar not in CLOSED)


@pytest.mark.parametrize(
    ("van", "naar", "words"),
    [
        (S.VASTGESTELD, S.BEOORDEELD, "hoe haalbaar"),
        (S.BEOORDEELD, S.DOORVERWEZEN, "naar wie"),
        (S.BEOORDEELD, S.NIET_UITVOEREN, "waarom"),
        (S.AANVAARD, S.GEPLAND, "welke termijn"),
        (S.IN_UITVOERING, S.UITGEVOERD, "wanneer"),
        (S.UITGEVOERD, S.HEROPEND, "waarom"),
        (S.UITGEVOERD, S.GECONTROLEERD, "ter plaatse"),
        (S.VASTGESTELD, S.VERVALLEN, "waarom"),
    ],
)
def test_a_step_says_what_it_lacks(cast, van, naar, words):
    row = at_status(KnelpuntFactory(), van)
    with pytest.raises(actions.StapMagNiet, match=words):
        take(row, naar, cast.coordinator)


def test_the_likeliest_step_is_offered_first_and_is_in_the_table(cast):
    for van, naar in rules.LIKELY.items():
        assert rules.offered(cast.coordinator, van, works=True, measured=False)[0] == naar


def test_not_to_act_takes_a_reason_and_a_second_person(cast, knelpunt):
    at_status(knelpunt, S.BEOORDEELD)
    client, other = client_of(cast.coordinator), client_of(cast.beheerder)
    step = reverse(NAME("finding_step"), args=[knelpunt.pk, "niet_uitvoeren"])
    assert "Zeg waarom." in client.post(step, {"versie": knelpunt.versie, "reden": " "}).content.decode()
    client.post(step, {"versie": knelpunt.versie, "reden": "Beschermde gevel."})
    knelpunt.refresh_from_db()
    assert (knelpunt.status, knelpunt.waits_for_approval) == (S.BEOORDEELD, True)
    answer = reverse(NAME("finding_refusal"), args=[knelpunt.pk])
    said = client.post(answer, {"versie": knelpunt.versie, "akkoord": "ja"}, follow=True).content.decode()
    assert "Iemand anders moet akkoord gaan" in said
    assert client_of(cast.wijkmanager).post(answer, {"versie": knelpunt.versie, "akkoord": "ja"}).status_code == 404
    other.post(answer, {"versie": knelpunt.versie, "akkoord": "ja"})
    knelpunt.refresh_from_db()
    assert (knelpunt.status, knelpunt.statusreden) == (S.NIET_UITVOEREN, "Beschermde gevel.")
    assert (knelpunt.niet_voorgesteld_door, knelpunt.niet_goedgekeurd_door) == (cast.coordinator, cast.beheerder)


def test_the_database_refuses_not_to_act_without_two_people(cast, knelpunt):
    at_status(knelpunt, S.BEOORDEELD)
    rows = Knelpunt.objects.filter(pk=knelpunt.pk)
    with pytest.raises(IntegrityError, match="knelpunt_refusal_approved"), transaction.atomic():
        rows.update(status=S.NIET_UITVOEREN, statusreden="omdat")
    with pytest.raises(IntegrityError, match="knelpunt_refusal_by_two"), transaction.atomic():
        rows.update(niet_voorgesteld_door=cast.beheerder, niet_goedgekeurd_door=cast.beheerder)


def test_a_proposal_not_to_act_can_be_refused_with_a_reason_and_taken_back(cast, knelpunt):
    at_status(knelpunt, S.BEOORDEELD)
    for door, reden, fails in (
        (cast.beheerder, "", True),
        (cast.beheerder, "Toch doen.", False),
        (cast.coordinator, "", False),
    ):
        row = take(knelpunt, S.NIET_UITVOEREN, cast.coordinator, reden="Te duur.")
        answer = {"knelpunt": row, "akkoord": False, "door": door, "at": timezone.now(), "versie": None, "reden": reden}
        if fails:
            with pytest.raises(actions.StapMagNiet, match="waarom je niet akkoord"):
                actions.answer_refusal(**answer)
        else:
            row = actions.answer_refusal(**answer)
            assert (row.status, row.niet_reden, row.waits_for_approval) == (S.BEOORDEELD, "", False)


def test_what_was_measured_is_checked_by_measuring_alone(cast, criteria_row):
    page = client_of(cast.coordinator).get(criteria_row.get_absolute_url()).content.decode()
    assert "Meet" in page
    assert reverse(NAME("finding_step"), args=[criteria_row.pk, "gecontroleerd"]) not in page
    with pytest.raises(actions.StapMagNiet, match="meet het opnieuw"):
        take(criteria_row, S.GECONTROLEERD, cast.coordinator, reden="gezien")


@pytest.fixture
def criteria_row(cast):
    obj = ObjectFactory(wijk=cast.wijk, zone=cast.zone)
    row = KnelpuntFactory(object=obj, criterium=CriteriumFactory(), wijk=cast.wijk)
    return at_status(row, S.UITGEVOERD, uitgevoerd_op=timezone.localdate())


def test_who_comes_second_loses_nothing_and_changes_nothing(cast, knelpunt):
    client = client_of(cast.coordinator)
    plan = reverse(NAME("finding_plan"), args=[knelpunt.pk])
    actions.change(knelpunt=knelpunt, fields={"budgetlijn": "B-1"}, at=timezone.now(), versie=None)
    page = client.post(plan, {"versie": knelpunt.versie, "budgetlijn": "B-2", "wegbeheerder": "stad"}).content.decode()
    assert "Iemand anders wijzigde dit intussen" in page
    assert 'value="B-2"' in page
    knelpunt.refresh_from_db()
    assert knelpunt.budgetlijn == "B-1"


# The priority.


def facility(gewicht_soort="school", plaats=CENTRE):
    return Voorziening.objects.create(
        naam="Gesticht", soort=Voorzieningsoort.objects.get(code=gewicht_soort), plaats=plaats
    )


@pytest.mark.parametrize(
    ("metres", "weight"), [(0, 3), (50, 3), (51, 1), (150, 1), (151, 0)]
)  # a school weighs 3 within 50 m, half of that (rounded down) up to 150 m
def test_a_facility_weighs_by_its_distance(metres, weight):
    assert rules.facility_weight(3, 50, metres) == weight


@pytest.mark.parametrize(
    ("ernst", "gewicht", "bewoners", "punten", "prioriteit"),
    [
        (1, 0, 0, 1, "laag"),
        (3, 0, 0, 3, "laag"),
        (4, 0, 0, 4, "middel"),
        (3, 2, 0, 9, "middel"),
        (3, 2, 1, 10, "hoog"),
        (2, 1, 99, 9, "middel"),
        (4, 4, 0, 20, "hoog"),
    ],
)
def test_the_priority_is_severity_times_place_and_residents(ernst, gewicht, bewoners, punten, prioriteit):
    regels = Regels()
    assert rules.score(ernst, gewicht, bewoners, regels) == punten
    assert rules.priority_of(punten, regels) == prioriteit
    assert rules.formula(ernst, gewicht, bewoners, regels).endswith(f"= {punten} punten: {prioriteit}")


@pytest.mark.parametrize(
    ("year", "term"), [(0, "KT"), (1, "KT"), (2, "MLT"), (3, "MLT"), (4, "LT"), (6, "LT"), (7, None)]
)
def test_a_year_lies_in_its_term(year, term):
    assert rules.term_of(2026 + year, 2026, Regels()) == term
    wrong = rules.wrong_year("KT", 2026 + year, 2026, Regels())
    assert bool(wrong) == (term != "KT")


def test_every_priority_and_feasibility_has_an_advice():
    assert set(rules.ADVICE) == {(p.value, h.value) for p in Prioriteit for h in Haalbaarheid}
    assert rules.advise("hoog", 4).planning == "KT"
    assert rules.advise("hoog", 1).planning == "LT"
    assert rules.advise("laag", None) is None


def test_a_facility_beside_it_raises_the_priority_and_the_page_says_why(cast, knelpunt):
    propose(numbers=[knelpunt.pk], at=timezone.now())
    knelpunt.refresh_from_db()
    assert (knelpunt.prioriteit, knelpunt.rang) == ("laag", 3)
    facility()
    assert propose(numbers=[knelpunt.pk], at=timezone.now()) == 1
    assert propose(numbers=[knelpunt.pk], at=timezone.now()) == 0
    knelpunt.refresh_from_db()
    assert (knelpunt.prioriteit, knelpunt.rang, knelpunt.locatiegewicht) == ("hoog", 12, 3)
    page = client_of(cast.coordinator).get(knelpunt.get_absolute_url()).content.decode()
    assert "ernst 3 × (1 + 3 voor de plaats) + 0 bewoners = 12 punten: hoog" in page
    assert "Gesticht (school) op 0 m: 3" in page


def test_a_priority_chosen_by_hand_stays_and_sorts_where_it_belongs(cast, knelpunt):
    client = client_of(cast.coordinator)
    plan = reverse(NAME("finding_plan"), args=[knelpunt.pk])
    data = {"versie": knelpunt.versie, "wegbeheerder": "stad", "prioriteit": "hoog"}
    assert "Wie van de formule afwijkt, zegt waarom." in client.post(plan, data).content.decode()
    client.post(plan, data | {"prioriteit_reden": "Er is een schoolroute."})
    propose_all(timezone.now())
    knelpunt.refresh_from_db()
    assert (knelpunt.prioriteit, knelpunt.rang) == ("hoog", 10)
    client.post(plan, {"versie": knelpunt.versie, "wegbeheerder": "stad"})
    knelpunt.refresh_from_db()
    assert (knelpunt.prioriteit, knelpunt.rang, knelpunt.prioriteit_reden) == ("laag", 3, "")


def test_the_coordinator_sets_the_numbers_and_every_priority_follows(cast, knelpunt):
    page = reverse(NAME("monitoring_rules_edit"))
    numbers = {
        "middel_vanaf": 2, "hoog_vanaf": 3, "bewoners_hoogstens": 5, "bewoners_maanden": 6,
        "kt_jaren": 2, "mlt_jaren": 4, "lt_jaren": 8,
    }  # fmt: skip
    assert client_of(cast.wijkmanager).post(page, numbers).status_code == 404
    client = client_of(cast.coordinator)
    assert "begint boven" in client.post(page, numbers | {"hoog_vanaf": 2}).content.decode()
    client.post(page, numbers)
    knelpunt.refresh_from_db()
    assert (knelpunt.prioriteit, Monitoringregels.objects.get().kt_jaren) == ("hoog", 2)


# Reports and residents.


@pytest.fixture
def report(cast):
    """Makes a report about accessibility at a place in the wijk."""

    def make(metres=0.0, email="", **more):
        place = CENTRE._replace(lat=CENTRE.lat + metres / 111_195)
        category = CategorieFactory._meta.model.objects.filter(code="toegankelijkheid").first()
        category = category or CategorieFactory(code="toegankelijkheid")
        melding = MeldingFactory(categorie=category, plaats=place, wijk=cast.wijk, **more)
        if email:
            Melder.objects.update_or_create(melding=melding, defaults={"email": email})
        return melding

    return make


def test_a_report_within_fifteen_metres_proposes_the_link_and_raises_the_priority(cast, knelpunt, report):
    near, far = report(14, email="an@example.org"), report(16)
    client = client_of(cast.beheerder)
    page = reverse(NAME("monitoring_report"), args=[near.pk])
    assert knelpunt.ref in client.get(page).content.decode()
    assert knelpunt.ref not in client.get(reverse(NAME("monitoring_report"), args=[far.pk])).content.decode()
    client.get(page)
    assert not Draad.objects.exists()
    client.post(page, {"knelpunt": knelpunt.pk})
    client.post(page, {"knelpunt": knelpunt.pk})
    knelpunt.refresh_from_db()
    assert (Draad.objects.count(), knelpunt.bewoners, knelpunt.rang, knelpunt.prioriteit) == (1, 1, 4, "middel")
    detail = client.get(knelpunt.get_absolute_url()).content.decode()
    assert "1 bewoner in 6 maanden" in detail
    assert reverse("meldingen:detail", args=[near.pk]) in detail


def test_one_resident_counts_once_and_an_old_report_no_longer(cast, knelpunt, report):
    now = timezone.now()
    rows = [
        report(email="an@example.org"),
        report(email="AN@example.org"),
        report(),
        report(ontvangen_op=now - timedelta(days=200)),
    ]
    Volger.objects.create(melding=rows[0], email="bo@example.org")
    for row in rows:
        actions.link(knelpunt=knelpunt, melding=row, door=cast.coordinator, at=now)
    knelpunt.refresh_from_db()
    assert knelpunt.bewoners == 3  # An, Bo and one without an address
    propose_all(now + timedelta(days=190))
    knelpunt.refresh_from_db()
    assert knelpunt.bewoners == 0


def test_reports_are_found_whatever_kind_of_thing_was_looked_up_first(cast, knelpunt, report):
    melding = report()
    actions.link(knelpunt=knelpunt, melding=melding, door=cast.coordinator, at=timezone.now())
    for first in (Knelpunt, type(melding)):
        ContentType.objects.clear_cache()
        ContentType.objects.get_for_model(first)
        assert monitoring.reports_of([knelpunt.pk]) == {knelpunt.pk: {melding.pk}}
        assert monitoring.tied_to_report(melding.pk) == [knelpunt.pk]


def test_a_report_becomes_a_knelpunt_in_one_step_and_only_once(cast, report):
    melding = report(omschrijving="Bel mij, An Peeters, op 0470 12 34 56")
    client = client_of(cast.beheerder)
    page = reverse(NAME("monitoring_report"), args=[melding.pk])
    form = client.get(page).context["form"].initial
    for _ in range(2):
        client.post(page, {"maak": "ja", "onderwerp": "looproute", **form})
    row = Knelpunt.objects.get()
    assert (row.wijk, row.zone, row.plaats, row.bewoners) == (cast.wijk, cast.zone, CENTRE, 1)
    assert "Peeters" not in row.titel + row.omschrijving
    assert Draad.objects.get().naar == row


def test_only_a_report_about_accessibility_shows_the_panel(cast, report):
    other = MeldingFactory(plaats=CENTRE, wijk=cast.wijk)
    client = client_of(cast.beheerder)
    assert 'id="paneel-knelpunten"' in client.get(reverse("meldingen:detail", args=[report().pk])).content.decode()
    assert 'id="paneel-knelpunten"' not in client.get(reverse("meldingen:detail", args=[other.pk])).content.decode()


def test_what_is_carried_out_asks_each_resident_once_and_opening_the_link_answers_nothing(cast, knelpunt, report):
    now = timezone.now()
    for row in (report(email="an@example.org"), report(email="an@example.org")):
        actions.link(knelpunt=knelpunt, melding=row, door=cast.coordinator, at=now)
    at_status(knelpunt, S.IN_UITVOERING)
    today = timezone.localdate()
    take(knelpunt, S.UITGEVOERD, cast.coordinator, fields={"uitgevoerd_op": today})
    mail = Bericht.objects.get(soort="knelpunt_opgelost")
    vraag = Bewonersvraag.objects.get()
    assert mail.aan == "an@example.org"
    assert "an@example.org" not in f"{vraag.sleutel} {mail.sleutel}"
    link = next(word for word in mail.tekst.split() if "/opgelost/" in word)
    path = link[link.index("/toegankelijk/") :]
    client = Client()
    assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200
    vraag.refresh_from_db()
    assert vraag.antwoord == ""
    assert client.post(path, {"antwoord": "niet"}, follow=True).status_code == 200
    vraag.refresh_from_db()
    assert (vraag.antwoord, vraag.beantwoord_op is not None) == ("niet", True)
    page = client_of(cast.coordinator).get(knelpunt.get_absolute_url()).content.decode()
    assert "1 bewoner zegt dat het niet opgelost is" in page
    listed = client_of(cast.coordinator).get(reverse(NAME("monitoring")), {"let_op": "niet"}).content.decode()
    assert knelpunt.titel in listed
    assert client.get(path[:-3] + "xx/").status_code == 404
    # Opened again and solved on the same day: the same question, so no second mail.
    knelpunt.refresh_from_db()
    take(knelpunt, S.HEROPEND, cast.coordinator, reden="Ligt los.")
    take(
        knelpunt,
        S.GEPLAND,
        cast.coordinator,
        fields={"planning": "KT", "planjaar": today.year, "verantwoordelijke": cast.coordinator},
    )
    take(knelpunt, S.UITGEVOERD, cast.coordinator, fields={"uitgevoerd_op": today})
    assert Bericht.objects.filter(soort="knelpunt_opgelost").count() == 1


# The list, the sheet and many at once.


def test_the_filters_stand_in_the_address_and_find_what_they_say(cast, works):
    team, _person = works
    today = timezone.localdate()
    late = at_status(
        KnelpuntFactory(titel="Laat"), S.GEPLAND, uiterlijk=today - timedelta(days=1), planning="KT", dienst=team
    )
    KnelpuntFactory(titel="Anders", ernst=4, wijk=cast.wijk, groepen=["blind"], adres="Kerkstraat 1")
    at_status(KnelpuntFactory(titel="Klaar"), S.GECONTROLEERD)
    client = client_of(cast.coordinator)

    def found(**query):
        page = client.get(reverse(NAME("monitoring")), query)
        return {row.titel for row, _late in page.context["rijen"]}

    assert found() == {"Laat", "Anders"}
    assert found(status="alle") == {"Laat", "Anders", "Klaar"}
    assert found(status="klaar") == {"Klaar"}
    assert found(let_op="laat") == found(planning="KT") == found(dienst=team.pk) == {"Laat"}
    assert found(let_op="nieuw") == found(ernst=4) == found(groep="blind") == found(q="kerkstraat") == {"Anders"}
    assert found(wijk=cast.wijk.pk) == found(wie="niemand") == {"Anders"}
    assert found(q=late.ref) == {"Laat"}
    assert found(planning="onzin", wijk="999") == {"Laat", "Anders"}


def sheet_data(*rows, **values):
    data = {"rij": [row.pk for row in rows]}
    for row in rows:
        data |= {f"r{row.pk}-versie": row.versie} | {
            f"r{row.pk}-{k}": v for k, v in values.get(f"r{row.pk}", {}).items()
        }
    return data


def test_the_sheet_writes_all_that_changed_or_nothing(cast, knelpunt):
    other = KnelpuntFactory()
    client, url = client_of(cast.coordinator), reverse(NAME("monitoring_sheet"))
    page = client.get(url).content.decode()
    assert f'name="r{knelpunt.pk}-planning"' in page
    year = timezone.localdate().year
    wrong = sheet_data(
        knelpunt, other,
        **{f"r{knelpunt.pk}": {"planjaar": year}, f"r{other.pk}": {"planning": "KT", "planjaar": year + 5}},
    )  # fmt: skip
    said = client.post(url, wrong).content.decode()
    assert "lange termijn (LT)" in said
    assert f'value="{year + 5}"' in said
    knelpunt.refresh_from_db()
    assert knelpunt.planjaar is None
    right = sheet_data(
        knelpunt, other,
        **{f"r{knelpunt.pk}": {"planjaar": year}, f"r{other.pk}": {"planning": "LT", "planjaar": year + 5}},
    )  # fmt: skip
    assert client.post(url, right).status_code == 302
    knelpunt.refresh_from_db()
    other.refresh_from_db()
    assert (knelpunt.planning, knelpunt.planjaar, other.planning, other.planjaar) == ("KT", year, "LT", year + 5)


def test_the_sheet_says_what_somebody_else_changed_and_keeps_what_was_typed(cast, knelpunt):
    client, url = client_of(cast.coordinator), reverse(NAME("monitoring_sheet"))
    data = sheet_data(knelpunt, **{f"r{knelpunt.pk}": {"haalbaarheid": 3}})
    actions.change(knelpunt=knelpunt, fields={"planning": "KT"}, at=timezone.now(), versie=None)
    said = client.post(url, data)
    assert "Iemand anders wijzigde" in said.content.decode()
    knelpunt.refresh_from_db()
    assert knelpunt.haalbaarheid is None
    assert f'name="r{knelpunt.pk}-versie" value="{knelpunt.versie}"' in said.content.decode()


def test_saving_the_sheet_again_keeps_what_somebody_else_planned(cast, knelpunt, works):
    client, url = client_of(cast.coordinator), reverse(NAME("monitoring_sheet"))
    team, _person = works
    year = timezone.localdate().year
    seen = on_screen(client.get(url), knelpunt)
    day = date(year, 12, 31)
    planned = {"planning": "KT", "planjaar": year, "dienst": team, "uiterlijk": day}
    actions.change(knelpunt=knelpunt, fields=planned, at=timezone.now(), versie=None)
    said = client.post(url, {"rij": [knelpunt.pk], **seen, f"r{knelpunt.pk}-haalbaarheid": "4"})
    again = on_screen(said, knelpunt)
    assert again[f"r{knelpunt.pk}-haalbaarheid"] == "4"
    assert again[f"r{knelpunt.pk}-planning"] == "KT"
    client.post(url, {"rij": [knelpunt.pk], **again})
    knelpunt.refresh_from_db()
    assert (knelpunt.haalbaarheid, knelpunt.planning, knelpunt.planjaar) == (4, "KT", year)
    assert (knelpunt.dienst, knelpunt.uiterlijk) == (team, day)


def on_screen(answer, row):
    """What a browser would send back of the line of this knelpunt."""
    (form,) = [form for form in answer.context["forms"] if form.row == row]
    fields = {}
    for veld in form:
        value = veld.value()
        fields[veld.html_name] = "" if value is None else str(value)
        if veld.field.show_hidden_initial:
            sent = form.data.get(veld.html_initial_name, veld.initial)
            fields[veld.html_initial_name] = "" if sent is None else str(sent)
    return fields


def test_the_page_tells_the_measured_value_and_how_far_off_it_is(cast, knelpunt):
    Knelpunt.objects.filter(pk=knelpunt.pk).update(gemeten=35, afwijking=-25, eenheid="cm")
    page = client_of(cast.coordinator).get(knelpunt.get_absolute_url()).content.decode()
    assert "35 cm" in page
    assert "afwijking: -25 cm" in page


def test_a_proposal_not_to_act_ends_when_something_else_is_decided(cast, knelpunt):
    at_status(knelpunt, S.BEOORDEELD)
    take(knelpunt, S.NIET_UITVOEREN, cast.coordinator, reden="Te duur.")
    row = take(knelpunt, S.AANVAARD, cast.coordinator)
    assert (row.status, row.waits_for_approval, row.niet_reden) == (S.AANVAARD, False, "")


def test_the_sheet_holds_only_what_one_may_plan(cast, works, knelpunt):
    team, person = works
    own = KnelpuntFactory(dienst=team, titel="Van ons")
    client, url = client_of(person), reverse(NAME("monitoring_sheet"))
    assert {form.row for form in client.get(url).context["forms"]} == {own}
    client.post(
        url, sheet_data(own, knelpunt, **{f"r{own.pk}": {"haalbaarheid": 4}, f"r{knelpunt.pk}": {"haalbaarheid": 4}})
    )
    own.refresh_from_db()
    knelpunt.refresh_from_db()
    assert (own.haalbaarheid, own.dienst, knelpunt.haalbaarheid) == (4, team, None)


def test_the_sheet_asks_why_when_it_does_not_go_smoothly(cast, knelpunt):
    client, url = client_of(cast.coordinator), reverse(NAME("monitoring_sheet"))
    said = client.post(url, sheet_data(knelpunt, **{f"r{knelpunt.pk}": {"haalbaarheid": 2}}))
    assert "Zeg waarom het niet vlot gaat." in said.content.decode()
    knelpunt.refresh_from_db()
    assert knelpunt.haalbaarheid is None
    right = {f"r{knelpunt.pk}": {"haalbaarheid": 2, "haalbaarheidsreden": "eigendom"}}
    assert client.post(url, sheet_data(knelpunt, **right)).status_code == 302
    knelpunt.refresh_from_db()
    assert (knelpunt.haalbaarheid, knelpunt.haalbaarheidsreden) == (2, "eigendom")


def test_who_answers_for_one_in_person_gets_the_sheet_without_a_team(cast, knelpunt):
    person = GebruikerFactory(rollen=["behandelaar"])
    url, sheet = reverse(NAME("monitoring")), reverse(NAME("monitoring_sheet"))
    assert sheet not in client_of(person).get(url).content.decode()
    Knelpunt.objects.filter(pk=knelpunt.pk).update(verantwoordelijke=person)
    page = client_of(person).get(url).content.decode()
    assert sheet in page
    assert f'name="rij" value="{knelpunt.pk}"' in page


def test_many_at_once_leave_a_row_alone_whose_year_and_term_would_not_fit(cast, knelpunt):
    year = timezone.localdate().year
    later = KnelpuntFactory(planning="LT", planjaar=year + 6)
    client, url = client_of(cast.coordinator), reverse(NAME("monitoring_many"))
    asked = {"rij": [knelpunt.pk, later.pk], f"v{knelpunt.pk}": knelpunt.versie, f"v{later.pk}": later.versie}
    asked |= {"planning": "KT"}
    assert f"{year + 6} valt in de lange termijn (LT)" in client.post(url, asked | {"kijk": "ja"}).content.decode()
    client.post(url, asked | {"doe": "ja"})
    later.refresh_from_db()
    knelpunt.refresh_from_db()
    assert (later.planning, knelpunt.planning) == ("LT", "KT")


def test_many_at_once_ask_why_when_it_does_not_go_smoothly(cast, knelpunt):
    client, url = client_of(cast.coordinator), reverse(NAME("monitoring_many"))
    asked = {"rij": [knelpunt.pk], f"v{knelpunt.pk}": knelpunt.versie, "haalbaarheid": 1, "doe": "ja"}
    assert "Zeg waarom het niet vlot gaat." in client.post(url, asked).content.decode()
    client.post(url, asked | {"haalbaarheidsreden": "budget"})
    knelpunt.refresh_from_db()
    assert (knelpunt.haalbaarheid, knelpunt.haalbaarheidsreden) == (1, "budget")


def test_many_at_once_are_looked_at_before_they_change(cast, knelpunt):
    ready = at_status(KnelpuntFactory(), S.BEOORDEELD)
    client, url = client_of(cast.coordinator), reverse(NAME("monitoring_many"))
    chosen = {"rij": [knelpunt.pk, ready.pk], f"v{knelpunt.pk}": knelpunt.versie, f"v{ready.pk}": ready.versie}
    asked = chosen | {"stap": "aanvaard"}
    page = client.post(url, asked | {"kijk": "ja"}).content.decode()
    assert "kan dit niet naar" in page
    assert "status: beoordeeld → aanvaard" in page
    ready.refresh_from_db()
    assert ready.status == S.BEOORDEELD
    client.post(url, asked | {"doe": "ja"})
    ready.refresh_from_db()
    knelpunt.refresh_from_db()
    assert (ready.status, knelpunt.status) == (S.AANVAARD, S.VASTGESTELD)
    # Looked at, and then somebody else was first.
    actions.change(knelpunt=ready, fields={"budgetlijn": "B"}, at=timezone.now(), versie=None)
    client.post(url, chosen | {"planning": "KT", "planjaar": timezone.localdate().year, "doe": "ja"})
    ready.refresh_from_db()
    knelpunt.refresh_from_db()
    assert (ready.planning, knelpunt.planning) == ("", "KT")


def test_photos_from_after_the_work_come_with_what_is_on_them(cast, knelpunt):
    at_status(knelpunt, S.IN_UITVOERING)
    client, url = client_of(cast.coordinator), reverse(NAME("finding_step"), args=[knelpunt.pk, "uitgevoerd"])
    photo = SimpleUploadedFile("na.jpg", jpeg(320, 240), "image/jpeg")
    data = {"versie": knelpunt.versie, "uitgevoerd_op": timezone.localdate().isoformat(), "fotos": [photo]}
    assert "te zien" in client.post(url, data).content.decode()
    photo = SimpleUploadedFile("na.jpg", jpeg(320, 240), "image/jpeg")
    client.post(url, data | {"fotos": [photo], "alt": "De boordsteen is vlak."})
    row = KnelpuntBeeld.objects.get()
    assert (row.moment, row.beeld.alt_tekst) == ("na", "De boordsteen is vlak.")
    shown = reverse(NAME("finding_photo"), args=[knelpunt.pk, row.pk, "klein"])
    assert client.get(shown).status_code in (200, 202)
    assert client_of(cast.collega).get(shown).status_code == 404


def test_the_history_tells_who_did_what_and_why(cast, knelpunt):
    client = client_of(cast.coordinator)
    client.post(
        reverse(NAME("finding_step"), args=[knelpunt.pk, "vervallen"]),
        {"versie": knelpunt.versie, "reden": "De straat is heraangelegd."},
    )
    page = client.get(reverse(NAME("finding_history"), args=[knelpunt.pk])).content.decode()
    assert "De straat is heraangelegd." in page
    assert cast.coordinator.naam in page


# Terms.


def test_what_is_due_reaches_who_answers_for_it(cast, works):
    team, person = works
    leader = GebruikerFactory(rollen=["teamleider"])
    join(team, leader, is_leider=True)
    today = timezone.localdate()
    own = at_status(KnelpuntFactory(), S.GEPLAND, uiterlijk=today, verantwoordelijke=person, dienst=team)
    of_team = at_status(KnelpuntFactory(), S.GEPLAND, uiterlijk=today, dienst=team)
    nobody = at_status(KnelpuntFactory(), S.AANVAARD, uiterlijk=today)
    at_status(KnelpuntFactory(), S.GEPLAND, uiterlijk=today + timedelta(days=400), dienst=team)
    done = at_status(KnelpuntFactory(), S.UITGEVOERD, uitgevoerd_op=add_working_days(today, -25), uiterlijk=today)
    waits = at_status(
        KnelpuntFactory(), S.BEOORDEELD, niet_voorgesteld_op=add_working_days(today, -15),
        niet_voorgesteld_door=cast.coordinator,
    )  # fmt: skip
    KnelpuntFactory(vastgesteld_op=add_working_days(today, -60))
    found = {item.sleutel: item.ontvangers for item in reminders.open_items(today, today)}
    assert set(found) == {
        str(own.pk), str(of_team.pk), str(nobody.pk), f"controle-{done.pk}", f"akkoord-{waits.pk}", "beoordelen",
    }  # fmt: skip
    first = {key: people.get(Aan.VERANTWOORDELIJKE) for key, people in found.items()}
    assert first[str(own.pk)] == [person.pk]
    assert first[str(of_team.pk)] == [leader.pk]
    assert first[str(nobody.pk)] == first["beoordelen"] == [cast.coordinator.pk]
    assert first[f"akkoord-{waits.pk}"] is None


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("monitoring", 8), ("monitoring_file", 4), ("monitoring_sheet", 7), ("monitoring_rules", 4)]
)
def test_a_page_costs_the_same_for_one_and_for_three(cast, django_assert_num_queries, name, queries, count):
    for number in range(count):
        team = make_team(f"Dienst {number}", Team.Soort.BUURTWERKPLAATS, [])
        KnelpuntFactory(
            wijk=cast.wijk, zone=cast.zone, dienst=team, verantwoordelijke=GebruikerFactory(rollen=["lezer"])
        )
    client = client_of(cast.coordinator)
    client.get(reverse(NAME(name)))
    with django_assert_num_queries(queries):
        response = client.get(reverse(NAME(name)))
        b"".join(response) if response.streaming else response.content


def test_a_knelpunt_that_was_only_seen_is_written_down_once_with_its_place_and_photo(cast):
    client, url = client_of(cast.screener), reverse(NAME("monitoring_new"))
    data = {"titel": "Losse tegels", "onderwerp": "looproute", "ernst": 3, "omschrijving": "Drie tegels liggen los."}
    wrong = client.post(url, data)
    assert "Zeg waar het is" in wrong.content.decode()
    assert "Drie tegels liggen los." in wrong.content.decode()
    sent = data | {
        "inzending": wrong.context["inzending"],
        "plaats": f"{CENTRE.lat}, {CENTRE.lon}",
        "alt": "De tegels",
    }
    for _twice in range(2):
        photo = SimpleUploadedFile("tegels.jpg", jpeg(40, 30), "image/jpeg")
        client.post(url, sent | {"fotos": photo, "groepen": ["rolstoel"]})
    row = Knelpunt.objects.get()
    assert (row.titel, row.wijk, row.zone, row.plaats, row.groepen) == (
        "Losse tegels", cast.wijk, cast.zone, CENTRE, ["rolstoel"],
    )  # fmt: skip
    assert row.prioriteit
    assert row.beelden.get().beeld.alt_tekst == "De tegels"
    assert client_of(cast.lezer).get(url).status_code == 404
