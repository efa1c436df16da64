"""Recommendations: what is drafted, the steps, who reads and answers, partners by a link, and what is reminded."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.herinneringen.models import Aan
from kern.termijnen import add_working_days
from meldingen.tests.factories import GebruikerFactory
from toegankelijkheid.actions import adviezen as actions
from toegankelijkheid.mails.adviezen import partner_path
from toegankelijkheid.models import Adviesregel, Dienstadvies, Knelpunt, Standaardoplossing
from toegankelijkheid.queries import adviezen as advices
from toegankelijkheid.reminders import adviezen as reminders
from toegankelijkheid.rules import advies as rules
from toegankelijkheid.states import ADVIES_STEPS, Adviesstatus
from wijken.models import Partner, Team
from wijken.queries import reach
from wijken.tests.conftest import join, make_team

from .factories import CriteriumFactory, KnelpuntFactory
from .test_monitoring import client_of

pytestmark = pytest.mark.django_db
NAME = "toegankelijkheid:{}".format
S = Adviesstatus


@pytest.fixture
def service(cast):
    """A service and somebody in it."""
    person = GebruikerFactory(rollen=["behandelaar"])
    team = make_team("Wegen", Team.Soort.BUURTWERKPLAATS, [])
    join(team, person)
    return team, person


@pytest.fixture
def partner(db):
    return Partner.objects.create(naam="De Lijn", soort="vervoer", email="ov@partner.example")


def drafted(cast, aan, rows=None):
    to = {"partner": aan} if isinstance(aan, Partner) else {"team": aan}
    row = Dienstadvies(titel="Boordstenen", opgesteld_door=cast.coordinator, **to)
    return actions.draft(advies=row, knelpunten=rows or [KnelpuntFactory(), KnelpuntFactory()], at=timezone.now())


def sent(cast, aan, rows=None):
    return actions.send(advies=drafted(cast, aan, rows), at=timezone.now(), versie=None)


@pytest.mark.parametrize(
    ("amount", "price", "euro"), [("2", 150, 300), ("1.5", 101, 152), ("0.01", 49, 0), ("3", None, None)]
)
def test_the_cost_is_quantity_times_unit_price(amount, price, euro):
    assert rules.cost(Decimal(amount), price) == euro


def test_a_line_is_drafted_from_what_solves_its_criterium_else_its_theme(cast, service):
    criterium = CriteriumFactory()
    mine = Standaardoplossing.objects.create(
        onderwerp="oversteekplaats", criterium=criterium, naam="Slijp", tekst="Slijp.", eenheid="m", prijs_laag=10,
        prijs_hoog=20, bron="Test",
    )  # fmt: skip
    own = KnelpuntFactory(oplossing="Zoals afgesproken.")
    row = drafted(cast, service[0], [KnelpuntFactory(criterium=criterium), KnelpuntFactory(), own])
    first, second, third = row.regels.order_by("pk")
    assert (first.oplossing, first.tekst, first.prijs_hoog, first.kost_hoog) == (mine, "Slijp.", 20, 20)
    assert second.oplossing.naam == "Oversteekplaats aanpassen"
    assert (third.tekst, third.prijs_laag) == ("Zoals afgesproken.", second.prijs_laag)


def test_a_price_list_that_changes_leaves_what_was_drafted(cast, service):
    row = drafted(cast, service[0])
    before = row.regels.first().prijs_laag
    Standaardoplossing.objects.update(prijs_laag=1)
    assert row.regels.first().prijs_laag == before


def test_the_database_knows_the_same_steps(cast, service):
    fields = {
        S.CONCEPT: {"verzonden_op": None, "antwoord_tegen": None},
        S.BEANTWOORD: {"antwoord": "niet", "antwoord_reden": "Nee", "beantwoord_op": timezone.now()},
        S.INGETROKKEN: {"intrekreden": "Dubbel"},
    }
    ways = {S.CONCEPT: [], S.VERZONDEN: [S.VERZONDEN], S.BEANTWOORD: [S.VERZONDEN, S.BEANTWOORD]}
    ways[S.INGETROKKEN] = [S.VERZONDEN, S.INGETROKKEN]
    today = timezone.localdate()

    def put(row, naar):
        more = {"verzonden_op": today, "antwoord_tegen": today, "antwoord": "", "beantwoord_op": None}
        Dienstadvies.objects.filter(pk=row.pk).update(status=naar, **more | fields.get(naar, {}))

    for van, targets in ADVIES_STEPS.items():
        for naar in S:
            if naar == van:
                continue
            row = drafted(cast, service[0])
            for step in ways[van]:
                put(row, step)
            if naar in targets:
                put(row, naar)
            else:
                with pytest.raises(InternalError, match="Invalid transition"), transaction.atomic():
                    put(row, naar)


def test_an_answer_always_has_a_reason_in_the_database_too(cast, service):
    row = sent(cast, service[0])
    with pytest.raises(actions.AdviesMagNiet):
        actions.answer(advies=row, antwoord="niet", reden=" ", regels={}, door=None, at=timezone.now())
    with pytest.raises(IntegrityError, match="advies_answered_why"), transaction.atomic():
        Dienstadvies.objects.filter(pk=row.pk).update(
            status=S.BEANTWOORD, antwoord="niet", beantwoord_op=timezone.now()
        )
    with pytest.raises(IntegrityError, match="adviesregel_answered_why"), transaction.atomic():
        Adviesregel.objects.filter(advies=row).update(antwoord="niet")


def test_sending_starts_the_term_and_mails_the_service_once(cast, service):
    team, person = service
    row = sent(cast, team)
    today = timezone.localdate()
    assert (row.verzonden_op, row.antwoord_tegen) == (today, add_working_days(today, 20))
    mail = Bericht.objects.get(soort="dienstadvies_dienst")
    assert mail.aan == person.email
    assert row.get_absolute_url() in mail.tekst
    with pytest.raises(actions.AdviesMagNiet):
        actions.send(advies=row, at=timezone.now(), versie=None)
    assert Bericht.objects.filter(soort="dienstadvies_dienst").count() == 1


def test_an_empty_one_is_not_sent(cast, service):
    row = drafted(cast, service[0])
    actions.write(advies=row, regels={}, weg=[line.pk for line in row.regels.all()])
    with pytest.raises(actions.AdviesMagNiet, match="geen knelpunt"):
        actions.send(advies=row, at=timezone.now(), versie=None)


def test_what_somebody_else_changed_first_is_not_written(cast, service):
    row = drafted(cast, service[0])
    actions.save(advies=row, versie=row.versie)
    with pytest.raises(actions.Gewijzigd):
        actions.send(advies=row, at=timezone.now(), versie=1)


def test_from_the_table_to_the_answer(cast, service):
    team, person = service
    one, other = KnelpuntFactory(dienst=team, titel="Hoge boord"), KnelpuntFactory(dienst=team, titel="Geen noppen")
    KnelpuntFactory(titel="Van een ander")
    client, choose = client_of(cast.coordinator), reverse(NAME("advice_choose"))
    table = client.get(reverse(NAME("monitoring")), {"dienst": team.pk}).content.decode()
    assert choose in table
    asked = {"alles": "ja", "terug": f"dienst={team.pk}"}
    page = client.post(choose, asked).content.decode()
    assert "van 2 knelpunten" in page
    assert f'<option value="{team.pk}" selected>' in page
    nobody = client.post(choose, asked | {"doe": "ja", "titel": "T"})
    assert "Kies een dienst of een partner." in nobody.content.decode()
    client.post(choose, asked | {"doe": "ja", "titel": "T", "team": team.pk, "werkdagen": 10})
    row = Dienstadvies.objects.get()
    assert set(row.regels.values_list("knelpunt__titel", flat=True)) == {"Hoge boord", "Geen noppen"}
    # The service does not see a concept; another quantity counts on.
    assert client_of(person).get(row.get_absolute_url()).status_code == 404
    line = row.regels.get(knelpunt=one)
    data = {"versie": row.versie}
    for each in row.regels.all():
        same = {name: getattr(each, name) for name in ("tekst", "hoeveelheid", "eenheid", "prijs_laag", "prijs_hoog")}
        data |= {f"r{each.pk}-{k}": v for k, v in (same | {"oplossing": each.oplossing_id}).items()}
    client.post(row.get_absolute_url(), data | {f"r{line.pk}-hoeveelheid": "2.5"})
    line.refresh_from_db()
    assert line.kost_laag == 7500
    assert "10.500 tot 24.500 euro" in client.get(row.get_absolute_url()).content.decode()
    row.refresh_from_db()
    client.post(reverse(NAME("advice_send"), args=[row.pk]), {"versie": row.versie})
    # The service answers: a whole, and other than that for one.
    served, answer = client_of(person), reverse(NAME("advice_answer"), args=[row.pk])
    assert answer in served.get(row.get_absolute_url()).content.decode()
    wrong = served.post(answer, {"antwoord": "overgenomen", "reden": "", f"r{line.pk}-antwoord": "niet"})
    assert wrong.content.decode().count("Zeg waarom.") >= 2
    served.post(
        answer,
        {
            "antwoord": "overgenomen", "reden": "In 2027.", f"r{line.pk}-antwoord": "niet",
            f"r{line.pk}-reden": "Privaat domein.",
        },
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.status, row.antwoord, row.beantwoord_door) == (S.BEANTWOORD, "overgenomen", person)
    said = dict(row.regels.values_list("knelpunt__titel", "antwoord"))
    assert said == {"Hoge boord": "niet", "Geen noppen": "overgenomen"}
    assert Bericht.objects.get(soort="dienstadvies_antwoord").aan == cast.coordinator.email
    assert "Privaat domein." in client.get(one.get_absolute_url()).content.decode()
    assert served.get(answer).status_code == 404
    assert person.naam in client.get(reverse(NAME("advice_history"), args=[row.pk])).content.decode()
    csv = client.get(reverse(NAME("advices_file")))
    assert "Privaat domein." in b"".join(csv.streaming_content).decode()
    assert other.adviesregels.get().reden == "In 2027."


def test_another_solution_brings_its_text_and_price_unless_somebody_typed_others(cast, service):
    row = drafted(cast, service[0], [KnelpuntFactory()])
    line = row.regels.get()
    new = Standaardoplossing.objects.create(
        onderwerp="oversteekplaats", naam="Anders", tekst="Anders.", eenheid="m2", prijs_laag=5, prijs_hoog=6, bron="B"
    )
    data = {"tekst": line.tekst, "hoeveelheid": 1, "eenheid": line.eenheid, "prijs_laag": 9, "prijs_hoog": 9}
    sent_data = {f"r{line.pk}-{k}": v for k, v in (data | {"oplossing": new.pk}).items()}
    client_of(cast.coordinator).post(row.get_absolute_url(), sent_data | {"versie": row.versie})
    line.refresh_from_db()
    assert (line.oplossing, line.tekst, line.eenheid, line.prijs_laag) == (new, "Anders.", "m2", 9)


def test_who_sees_and_answers_is_the_same_for_one_and_for_the_list(cast, service):
    team, person = service
    rows = [drafted(cast, team), sent(cast, team), sent(cast, make_team("Groen", Team.Soort.BUURTWERKPLAATS, []))]
    for user in (person, cast.coordinator, cast.lezer, cast.wijkmanager, cast.beheerder, cast.screener):
        mine = reach(user, timezone.localdate())
        seen = set(Dienstadvies.objects.visible_to(user, mine))
        assert seen == {r for r in rows if rules.may_see(user, mine, team_id=r.team_id, status=r.status)}
    answer = reverse(NAME("advice_answer"), args=[rows[1].pk])
    assert client_of(person).get(answer).status_code == client_of(cast.coordinator).get(answer).status_code == 200
    assert client_of(cast.lezer).get(answer).status_code == client_of(cast.wijkmanager).get(answer).status_code == 404


# Partners.


def test_a_partner_answers_by_the_link_and_opening_it_changes_nothing(cast, partner):
    row = sent(cast, partner)
    path = partner_path(row)
    mail = Bericht.objects.get(soort="dienstadvies_partner")
    assert (mail.aan, path in mail.tekst) == (partner.email, True)
    client = Client()
    page = client.get(path)
    assert page.status_code == 200
    assert page["Cache-Control"].count("no-store")
    row.refresh_from_db()
    assert row.waits
    assert "Kies een antwoord." in client.post(path, {"reden": "Ja"}).content.decode()
    assert client.post(path, {"antwoord": "gedeeltelijk", "reden": "Twee haltes"}).status_code == 302
    row.refresh_from_db()
    assert (row.antwoord, row.beantwoord_door) == ("gedeeltelijk", None)
    client.post(path, {"antwoord": "niet", "reden": "Nog eens"})
    row.refresh_from_db()
    assert row.antwoord_reden == "Twee haltes"
    assert "Twee haltes" in client.get(path).content.decode()


def test_a_link_that_is_wrong_old_or_taken_back_shows_nothing(cast, partner):
    row, concept = sent(cast, partner), drafted(cast, partner)
    assert Client().get(partner_path(row)[:-2] + "x/").status_code == 404
    assert Client().get(partner_path(concept)).status_code == 404
    actions.withdraw(advies=row, reden="Dubbel gevraagd", versie=None)
    gone = Client().get(partner_path(row))
    assert gone.status_code == 410
    assert "Boordstenen" not in gone.content.decode()
    assert Bericht.objects.filter(soort="dienstadvies_ingetrokken").count() == 1
    old = sent(cast, partner)
    Dienstadvies.objects.filter(pk=old.pk).update(antwoord_tegen=timezone.localdate() - timedelta(days=61))
    assert Client().get(partner_path(old)).status_code == 410


def test_a_partner_without_an_address_gets_nothing_sent(cast):
    row = drafted(cast, Partner.objects.create(naam="Stil", soort="andere"))
    with pytest.raises(actions.AdviesMagNiet, match="geen mailadres"):
        actions.send(advies=row, at=timezone.now(), versie=None)


def test_a_partner_is_reminded_once_per_step(cast, partner):
    row = sent(cast, partner)
    now = timezone.now()
    assert reminders.remind_partners(now) == {"herinnerd": 0}
    days = (row.antwoord_tegen - timezone.localdate()).days
    assert reminders.remind_partners(now + timedelta(days=days)) == {"herinnerd": 1}
    assert reminders.remind_partners(now + timedelta(days=days)) == {"herinnerd": 0}
    assert reminders.remind_partners(now + timedelta(days=days + 20)) == {"herinnerd": 1}


# Reminders and lists.


def test_the_service_is_reminded_and_of_a_partner_who_wrote_it(cast, service, partner, django_assert_num_queries):
    team, person = service
    mine, theirs = sent(cast, team), sent(cast, partner)
    drafted(cast, team)
    due = mine.antwoord_tegen
    with django_assert_num_queries(4):
        items = {item.sleutel: item for item in reminders.open_items(timezone.localdate(), due)}
    assert set(items) == {str(mine.pk), str(theirs.pk)}
    assert items[str(mine.pk)].ontvangers[Aan.VERANTWOORDELIJKE] == [person.pk]
    assert items[str(theirs.pk)].ontvangers[Aan.VERANTWOORDELIJKE] == [cast.coordinator.pk]
    assert not list(reminders.open_items(timezone.localdate(), due - timedelta(days=1)))


def test_the_filters_of_the_list(cast, service, partner):
    team, _person = service
    late = sent(cast, team, [KnelpuntFactory(onderwerp="halte", zone=cast.zone)])
    Dienstadvies.objects.filter(pk=late.pk).update(antwoord_tegen=timezone.localdate() - timedelta(days=1))
    other = drafted(cast, partner)

    def found(**query):
        page = client_of(cast.coordinator).get(reverse(NAME("advices")), query)
        return {row for row, _late in page.context["rijen"]}

    assert found() == found(status="onzin") == {late, other}
    assert found(status="laat") == found(team=team.pk) == found(onderwerp="halte") == found(zone=cast.zone.pk) == {late}
    assert found(partner=partner.pk) == found(status="concept") == found(q="lijn") == {other}
    assert found(antwoord="niet") == set()


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_with_one_and_with_three(cast, service, count, django_assert_num_queries):
    team, person = service
    rows = [sent(cast, team, [KnelpuntFactory() for _ in range(count)]) for _ in range(count)]
    client = client_of(person)
    with django_assert_num_queries(8):
        client.get(reverse(NAME("advices")))
    with django_assert_num_queries(7):
        client.get(rows[0].get_absolute_url())
    concept = drafted(cast, team, list(Knelpunt.objects.all()[:count]))
    boss = client_of(cast.coordinator)
    with django_assert_num_queries(8):
        boss.get(concept.get_absolute_url())
    assert len(advices.lines(concept)) == count
