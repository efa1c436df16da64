from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pgtrigger
import pytest
import time_machine
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kern.berichten.models import Bericht
from kern.bewaring.models import Bewaarregel, Wat
from kern.gebruikers.models import Rol
from kern.herinneringen.models import Aan
from kern.prive import link_token
from kern.verbinding import redis_client
from meldingen import actions as reports
from meldingen.states import Status
from meldingen.tests import factories
from wijken import actions, mails, reminders, rules
from wijken.actions import Bereikt, Gevraagd
from wijken.bewaring import netwerk as bewaring
from wijken.models import (
    Afspraak,
    Buurtwerkthema,
    Contactvraag,
    Halfjaarverslag,
    Partner,
    Partnerpersoon,
    Partnerrol,
    Samenwerkingsovereenkomst,
    Verslagregel,
)
from wijken.queries import netwerk, reach
from wijken.states.netwerk import (
    AFSPRAAK_STEPS,
    OVEREENKOMST_STEPS,
    VERSLAG_STEPS,
    Afspraakstatus,
    Overeenkomststatus,
    Verslagstatus,
)

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def no_limits():
    if names := list(redis_client().scan_iter("limiet:*")):
        redis_client().delete(*names)


@pytest.fixture
def clock(db):
    with time_machine.travel(timezone.make_aware(timezone.datetime(2026, 3, 2, 9, 0)), tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast(clock):
    return factories.cast()


@pytest.fixture
def now(clock):
    return timezone.now()


@pytest.fixture
def partner(cast):
    return Partner.objects.create(naam="Buurthuis", soort=Partner.Soort.WELZIJN, email="buurthuis@partner.example")


@pytest.fixture
def person(partner, cast, now):
    return actions.add_person(
        partner=partner, naam="Rita", functie="coördinator", email="rita@partner.example", wijken=[cast.wijk], at=now
    )


@pytest.fixture
def agree(partner, cast, now):
    def agree(**fields):
        return actions.agree(
            **{
                "wijk": cast.wijk,
                "wat": "Een zaal zoeken",
                "uiterlijk": TODAY + timedelta(days=10),
                "afgesproken_op": TODAY,
                "waar": "wijkteam",
                "partner": partner,
                "door": cast.wijkmanager,
                "at": now,
                **fields,
            }
        )

    return agree


@pytest.fixture
def draft(partner, cast, now):
    def draft(**fields):
        return actions.draft_agreement(
            **{
                "partner": partner,
                "titel": "Buurtwerk",
                "van": date(2026, 1, 1),
                "tot": date(2026, 12, 31),
                "bedrag": Decimal("12000"),
                "wijken": [cast.wijk],
                "themas": [Buurtwerkthema.ONTMOETING, Buurtwerkthema.VORMING],
                "resultaten": [
                    Gevraagd(Buurtwerkthema.ONTMOETING, "Open momenten", 40, "momenten"),
                    Gevraagd(Buurtwerkthema.VORMING, "Lessen"),
                ],
                "door": cast.wijkmanager,
                "at": now,
                **fields,
            }
        )

    return draft


@pytest.fixture
def running(draft):
    row = draft()
    return actions.start_agreement(overeenkomst=row, versie=row.versie)


@pytest.fixture
def manager(cast, client):
    client.force_login(cast.wijkmanager)
    return client


def url(name, *args):
    return reverse(f"wijken:{name}", args=args)


def page(client, name, *args, **query):
    return client.get(url(name, *args), query).content.decode()


def report_url(row):
    return url("partner_report", link_token(row.sleutel, mails.REPORT_SALT))


def task_url(row):
    return url("partner_task", link_token(row.sleutel, mails.TASK_SALT))


def fresh(row):
    return type(row).objects.get(pk=row.pk)


# People and roles of partners.


def test_a_contact_person_is_written_down_and_found_on_the_page_of_the_partner(manager, partner, cast):
    path = url("person_new", partner.pk)
    assert "Vul een naam in." in manager.post(path, {}).content.decode()
    assert "Dit telefoonnummer klopt niet" in manager.post(path, {"naam": "Rita", "telefoon": "x"}).content.decode()
    manager.post(path, {"naam": "Rita", "functie": "coördinator", "wijken": [cast.wijk.pk]})
    row = Partnerpersoon.objects.get()
    assert list(row.wijken.all()) == [cast.wijk]
    assert "Rita" in page(manager, "partner", partner.pk)
    manager.post(url("person", partner.pk, row.pk), {"naam": "Rita Demo"})
    assert fresh(row).naam == "Rita Demo"


def test_who_stopped_is_wiped_after_the_time_of_the_rule_and_their_work_stays(person, agree, partner, now):
    task = agree(persoon=person)
    actions.ask_person(persoon=person, at=now)
    rule = Bewaarregel.objects.get_or_create(
        soort="contactpersoon", wat=Wat.ANONIMISEER, defaults={"na_dagen": 180, "grond": "x"}
    )[0]
    later = now + timedelta(days=rule.na_dagen + 1)
    assert not bewaring.stopped(rule, [], later).exists()
    actions.stop_person(persoon=person, on=TODAY)
    assert not bewaring.stopped(rule, [], now + timedelta(days=rule.na_dagen - 1)).exists()
    assert list(bewaring.stopped(rule, [], later)) == [person]
    assert "Rita" not in bewaring.in_words([person.pk])[person.pk]
    assert actions.forget_persons([person.pk], later) == {"contactpersonen": 1}
    row = fresh(person)
    assert (row.naam, row.email, row.functie) == ("vroegere contactpersoon", "", "")
    assert not Contactvraag.objects.exists()
    assert fresh(task).persoon == person
    assert actions.forget_persons([person.pk], later) == {"contactpersonen": 0}


def test_the_history_keeps_no_personal_data_of_contact_persons(person):
    actions.change_person(
        persoon=person, naam="Anders", functie="x", email="anders@partner.example", telefoon="", wijken=[]
    )
    fields = {field.name for field in Partnerpersoon.historiek.rel.related_model._meta.get_fields()}
    assert not fields & {"naam", "functie", "email", "telefoon"}


def test_a_role_holds_once_at_a_time_and_ends(partner, cast, person):
    role = actions.give_role(partner=partner, wijk=cast.wijk, rol=Partnerrol.Rol.ONTMOETING, van=TODAY)
    with pytest.raises(ValueError, match="heeft deze partner daar al"):
        actions.give_role(partner=partner, wijk=cast.wijk, rol=Partnerrol.Rol.ONTMOETING, van=TODAY + timedelta(days=9))
    assert actions.end_role(rol=role, on=TODAY).tot == TODAY
    later = TODAY + timedelta(days=9)
    coming = actions.give_role(partner=partner, wijk=cast.wijk, rol=Partnerrol.Rol.ONTMOETING, van=later)
    assert actions.end_role(rol=coming, on=TODAY) is None  # it never began
    other = Partner.objects.create(naam="Ander", soort=Partner.Soort.WELZIJN)
    with pytest.raises(ValueError, match="andere partner"):
        actions.give_role(partner=other, wijk=cast.wijk, rol=Partnerrol.Rol.WELZIJN, van=TODAY, persoon=person)


def test_residents_read_who_works_in_their_wijk_without_names_of_people(partner, cast, person):
    actions.give_role(
        partner=partner,
        wijk=cast.wijk,
        rol=Partnerrol.Rol.ONTMOETING,
        van=TODAY,
        toelichting="Elke dag open.",
        persoon=person,
    )
    actions.give_role(
        partner=partner, wijk=cast.wijk, rol=Partnerrol.Rol.WELZIJN, van=TODAY, is_openbaar=False, toelichting="Intern"
    )
    text = page(Client(), "detail", cast.wijk.slug)
    assert "Wie werkt er mee in de wijk?" in text
    assert "Elke dag open." in text
    assert "Intern" not in text
    assert "Rita" not in text
    assert "Wie werkt er mee" not in page(Client(), "detail", cast.andere_wijk.slug)


# The yearly question, to people too.


def test_contact_persons_are_asked_once_a_year_and_one_click_confirms(person, partner, client, clock, now):
    Partner.objects.update(bevestigd_op=TODAY + timedelta(days=300))
    ask = reminders.partners.ask_contacts
    assert ask(now) == {"gevraagd": 0}  # written down just now
    later = now + timedelta(days=366)
    assert ask(later) == {"gevraagd": 1}
    assert ask(later) == {"gevraagd": 0}
    vraag = Contactvraag.objects.get()
    mail = Bericht.objects.get(soort="partner_contact_persoon")
    path = url("partner_contact", link_token(vraag.sleutel, mails.LINK_SALT))
    assert (mail.aan, path in mail.tekst) == ("rita@partner.example", True)
    clock.move_to(later)
    assert "Ben jij nog contactpersoon van Buurthuis?" in client.get(path).content.decode()
    client.post(path, {"klopt": "ja"})
    assert fresh(person).bevestigd_op == timezone.localdate()
    assert fresh(partner).bevestigd_op == TODAY + timedelta(days=300)


def test_what_a_contact_person_corrects_a_wijkmanager_takes_over(person, manager, partner, now):
    vraag = actions.ask_person(persoon=person, at=now)
    path = url("partner_contact", link_token(vraag.sleutel, mails.LINK_SALT))
    data = {"naam": "Rita", "functie": "directeur", "email": "nieuw@partner.example", "telefoon": "", "opmerking": ""}
    assert Client().post(path, data).status_code == 302
    assert fresh(person).functie == "coördinator"
    assert "directeur" in page(manager, "partner", partner.pk)
    manager.post(url("partner_settle", partner.pk), {"persoon": person.pk, "overnemen": "ja"})
    assert (fresh(person).functie, fresh(person).email) == ("directeur", "nieuw@partner.example")
    assert fresh(partner).email == "buurthuis@partner.example"


def test_a_question_to_the_partner_and_one_to_its_person_wait_side_by_side(person, partner, now):
    actions.ask_contact(partner=partner, at=now)
    actions.ask_person(persoon=person, at=now)
    actions.ask_person(persoon=person, at=now)
    assert Contactvraag.objects.filter(is_vervallen=False).count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Contactvraag.objects.create(partner=partner, persoon=person, gevraagd_op=now, uiterlijk=TODAY)


# Agreements and their reports.


@pytest.mark.parametrize(
    ("van", "tot", "halves"),
    [
        (
            date(2026, 1, 1),
            date(2026, 12, 31),
            [(date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 12, 31))],
        ),
        (date(2026, 6, 1), date(2026, 12, 31), [(date(2026, 6, 1), date(2026, 12, 31))]),  # a month joins what follows
        (date(2026, 1, 1), date(2026, 7, 20), [(date(2026, 1, 1), date(2026, 7, 20))]),
        (date(2026, 3, 1), date(2026, 3, 20), [(date(2026, 3, 1), date(2026, 3, 20))]),
    ],
)
def test_a_period_falls_in_half_years(van, tot, halves):
    assert rules.half_years(van, tot) == halves


def test_an_agreement_that_runs_plans_its_reports_and_asks_them_when_the_half_year_is_over(running, clock, now):
    first, second = running.verslagen.order_by("van")
    assert (first.status, first.uiterlijk) == (Verslagstatus.GEPLAND, date(2026, 7, 31))
    assert reminders.netwerk.follow_reports(now) == {"afgelopen": 0, "gevraagd": 0, "herinnerd": 0}
    summer = now + timedelta(days=125)
    assert reminders.netwerk.follow_reports(summer)["gevraagd"] == 1
    mail = Bericht.objects.get(soort="partner_verslag")
    assert (mail.aan, report_url(first) in mail.tekst) == ("buurthuis@partner.example", True)
    assert fresh(second).status == Verslagstatus.GEPLAND


def test_a_late_report_is_reminded_by_steps_each_once(running, now):
    first = running.verslagen.earliest("van")
    first = actions.ask_report(verslag=first, at=now)
    first.uiterlijk = TODAY + timedelta(days=140)
    first.save()
    days = (100, 126, 127, 140, 141, 148, 162, 170)
    counts = [actions.remind_reports(at=now + timedelta(days=number)) for number in days]
    assert counts == [0, 1, 0, 1, 0, 1, 1, 0]
    assert Bericht.objects.filter(soort="partner_verslag_herinnering").count() == 4


def test_the_partner_keeps_a_draft_that_nobody_reads_and_then_sends_it_in(running, manager, now, cast):
    first = running.verslagen.earliest("van")
    one, two = running.resultaten.all()
    actions.ask_report(verslag=first, at=now)
    visitor, path = Client(), report_url(first)
    assert "Open momenten" in visitor.get(path).content.decode()
    draft = {f"aantal_{one.pk}": "12", f"tekst_{one.pk}": "Half klaar.", "tekst": "Geheim klad.", "bewaar": "ja"}
    assert visitor.post(path, draft).status_code == 302
    assert "Half klaar." in visitor.get(path).content.decode()
    assert "Geheim klad." not in page(manager, "agreement", running.pk)
    wrong = visitor.post(path, {f"aantal_{one.pk}": "12", "verstuur": "ja"}).content.decode()
    assert "Schrijf hoe het ging." in wrong
    full = {f"aantal_{one.pk}": "12", f"tekst_{two.pk}": "Vijf lessen.", "tekst": "Het ging goed.", "verstuur": "ja"}
    assert visitor.post(path, full).status_code == 302
    assert fresh(first).status == Verslagstatus.INGEDIEND
    assert Bericht.objects.get(soort="staf_verslag").aan == cast.wijkmanager.email
    text = page(manager, "agreement", running.pk)
    assert "Het ging goed." in text
    assert "12 momenten" in text
    visitor.post(path, {**full, "tekst": "Later."})
    assert fresh(first).tekst == "Het ging goed."


def test_a_report_is_looked_at_or_sent_back_with_a_question(running, manager, now):
    first = running.verslagen.earliest("van")
    result = running.resultaten.first()
    actions.ask_report(verslag=first, at=now)
    actions.send_report(verslag=first, tekst="Kort.", regels=[Bereikt(result.pk, 3, "")], at=now)
    path = url("report_look", running.pk, first.pk)
    assert "Schrijf wat er nog ontbreekt." in manager.post(path, {"terug": "ja"}).content.decode()
    manager.post(path, {"terug": "ja", "vraag": "Hoeveel bewoners?"})
    assert "Hoeveel bewoners?" in Bericht.objects.get(soort="partner_verslag_terug").tekst
    assert "Hoeveel bewoners?" in Client().get(report_url(first)).content.decode()
    assert Verslagregel.objects.get().aantal == 3
    actions.send_report(verslag=first, tekst="Twintig.", regels=[], at=now)
    manager.post(path, {"aanvaard": "ja"})
    assert fresh(first).status == Verslagstatus.AANVAARD
    with pytest.raises(actions.VerslagDicht):
        actions.keep_report(verslag=first, tekst="Nog iets.", regels=[])


def test_an_agreement_ends_by_itself_can_run_on_and_its_end_is_told_in_time(running, now, cast):
    soon = list(reminders.netwerk.ending(TODAY, date(2026, 12, 31)))
    assert [item.due_on for item in soon] == [date(2026, 12, 31)]
    assert list(soon[0].ontvangers[Aan.VERANTWOORDELIJKE]) == [cast.wijkmanager.pk]
    assert actions.end_passed(today=date(2027, 1, 1)) == 1
    row = fresh(running)
    assert row.status == Overeenkomststatus.AFGELOPEN
    assert list(reminders.netwerk.ending(TODAY, date(2027, 12, 31))) == []
    with pytest.raises(ValueError, match="na het einde"):
        actions.renew_agreement(overeenkomst=row, tot=row.tot, versie=row.versie)
    row = actions.renew_agreement(overeenkomst=row, tot=date(2027, 6, 30), versie=row.versie)
    assert [report.tot for report in row.verslagen.order_by("van")] == [
        date(2026, 6, 30),
        date(2026, 12, 31),
        date(2027, 6, 30),
    ]


def test_stopping_asks_why_and_drops_the_reports_that_are_open(running, manager, now):
    first, second = running.verslagen.order_by("van")
    actions.ask_report(verslag=first, at=now)
    path = url("agreement_do", running.pk)
    assert "Schrijf waarom." in manager.post(path, {"stop": "ja", "versie": running.versie}).content.decode()
    manager.post(path, {"stop": "ja", "versie": running.versie, "reden": "De organisatie stopt."})
    assert fresh(running).status == Overeenkomststatus.STOPGEZET
    assert {fresh(first).status, fresh(second).status} == {Verslagstatus.VERVALLEN}
    assert "niets te doen" in Client().get(report_url(first)).content.decode()


def test_what_another_changed_first_is_not_overwritten(draft, manager):
    row = draft()
    actions.start_agreement(overeenkomst=row, versie=row.versie)
    answer = manager.post(url("agreement_do", row.pk), {"start": "ja", "versie": row.versie}, follow=True)
    assert "iemand anders was je voor" in answer.content.decode()


def test_an_agreement_is_written_and_changed_on_its_form_with_results(manager, partner, cast, person):
    data = {
        "partner": partner.pk,
        "titel": "Buurtwerk",
        "van": "2026-01-01",
        "tot": "2025-01-01",
        "bedrag": "1.250,50",
        "themas": ["vorming"],
        "wijken": [cast.wijk.pk],
        "thema_1": "vorming",
        "tekst_1": "Lessen",
        "doel_1": "20",
        "tekst_2": "Zonder thema",
    }
    text = manager.post(url("agreement_new"), data).content.decode()
    assert "Het einde ligt voor het begin." in text
    assert "Kies bij welk thema dit resultaat hoort." in text
    data |= {"tot": "2026-12-31", "tekst_2": ""}
    manager.post(url("agreement_new"), data)
    row = Samenwerkingsovereenkomst.objects.get()
    assert (row.bedrag, row.resultaten.get().doel, row.status) == (Decimal("1250.50"), 20, Overeenkomststatus.ONTWERP)
    result = row.resultaten.get()
    changed = {**data, "versie": row.versie, "pk_1": result.pk, "doel_1": "25", "thema_2": "vorming", "tekst_2": "Meer"}
    manager.post(url("agreement_edit", row.pk), changed)
    assert fresh(result).doel == 25
    assert row.resultaten.count() == 2
    elsewhere = manager.post(url("agreement_new"), {**data, "wijken": [cast.andere_wijk.pk]}).content.decode()
    assert "Kies minstens één wijk waar jij werkt." in elsewhere


def test_a_result_that_was_reported_on_cannot_be_left_out(running, now):
    first = running.verslagen.earliest("van")
    result = running.resultaten.first()
    actions.ask_report(verslag=first, at=now)
    actions.send_report(verslag=first, tekst="", regels=[Bereikt(result.pk, 3, "")], at=now)
    fields = {name: getattr(running, name) for name in ("titel", "van", "tot", "bedrag", "themas", "toelichting")}
    with pytest.raises(ValueError, match="al verslag gedaan"):
        actions.change_agreement(
            overeenkomst=running,
            versie=running.versie,
            wijken=running.wijken.all(),
            verantwoordelijke=None,
            persoon=None,
            resultaten=[],
            **fields,
        )


# Agreed tasks.


def test_a_task_is_of_one_partner_or_one_colleague(agree, cast, partner):
    with pytest.raises(ValueError, match="één partner of van één collega"):
        agree(collega=cast.werkman)
    with pytest.raises(ValueError, match="één partner of van één collega"):
        agree(partner=None)
    assert agree(partner=None, collega=cast.werkman).wie == cast.werkman.naam
    with pytest.raises(IntegrityError), transaction.atomic():
        Afspraak.objects.update(partner=partner)


def test_a_partner_is_reminded_softly_once_before_and_once_after(agree, person, now):
    task = agree(persoon=person)
    counts = [actions.remind_tasks(at=now + timedelta(days=days)) for days in (0, 8, 9, 10, 16, 30)]
    assert counts == [0, 1, 0, 0, 1, 0]
    mail = Bericht.objects.filter(soort="partner_afspraak").first()
    assert mail.aan == "rita@partner.example"
    assert task_url(task) in mail.tekst
    assert "Is het gelukt, wordt het later, of lukt het niet?" in mail.tekst


def test_a_colleague_hears_of_a_task_in_the_digest_and_the_wijkmanager_of_that_of_a_partner(agree, cast, partner):
    agree(partner=None, collega=cast.werkman)
    agree(wat="Affiches")
    one, two = reminders.netwerk.tasks(TODAY, TODAY + timedelta(days=20))
    assert list(one.ontvangers[Aan.VERANTWOORDELIJKE]) == [cast.werkman.pk]
    assert list(two.ontvangers[Aan.VERANTWOORDELIJKE]) == [cast.wijkmanager.pk]
    assert two.titel == "Afgesproken voor Waterschei-Noord: Affiches (Buurthuis)"


@pytest.mark.parametrize(
    ("data", "status", "says"),
    [
        ({"antwoord": "gedaan"}, Afspraakstatus.GEDAAN, "gedaan"),
        ({"antwoord": "niet", "woorden": "Geen zaal vrij."}, Afspraakstatus.NIET_GEDAAN, "Geen zaal vrij."),
        ({"antwoord": "later", "dag": "2026-03-20"}, Afspraakstatus.OPEN, "later"),
    ],
)
def test_a_partner_answers_by_the_link_and_who_made_the_task_is_told(agree, cast, data, status, says):
    task = agree()
    assert Client().get(task_url(task)).status_code == 200
    assert Client().post(task_url(task), data).status_code == 302
    row = fresh(task)
    assert row.status == status
    mail = Bericht.objects.get(soort="staf_afspraak")
    assert (mail.aan, says in mail.tekst) == (cast.wijkmanager.email, True)
    if status == Afspraakstatus.OPEN:
        assert (row.uiterlijk, row.keren_verzet) == (date(2026, 3, 20), 1)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({}, "Kies hoe het ermee staat."),
        ({"antwoord": "later"}, "Kies de dag waarop het wel lukt."),
        ({"antwoord": "later", "dag": "2026-03-01"}, "Kies een dag vanaf vandaag."),
        ({"antwoord": "niet"}, "Zeg in een paar woorden waarom het niet lukt."),
    ],
)
def test_what_a_partner_leaves_out_is_said_at_its_field(agree, data, complaint):
    task = agree()
    assert complaint in Client().post(task_url(task), data).content.decode()
    assert fresh(task).status == Afspraakstatus.OPEN
    Client().post(task_url(task), {"antwoord": "gedaan", "thuis": "robot"})
    assert fresh(task).status == Afspraakstatus.OPEN


def test_a_link_opens_nothing_of_another_and_ends_after_its_time(agree, running, clock):
    task = agree()
    wrong = url("partner_task", link_token(running.verslagen.first().sleutel, mails.TASK_SALT))
    assert Client().get(wrong).status_code == 404
    clock.move_to(timezone.now() + timedelta(days=10 + rules.TASK_LINK_DAYS + 1))
    assert Client().get(task_url(task)).status_code == 410


def test_the_pages_of_a_partner_are_in_its_language(agree, partner, draft, now):
    Partner.objects.update(taal="fr")
    row = draft()
    row = actions.start_agreement(overeenkomst=row, versie=row.versie)
    report = row.verslagen.earliest("van")
    actions.ask_report(verslag=report, at=now)
    assert "Rapport semestriel" in Client().get(report_url(report)).content.decode()
    assert "Ce que nous avons convenu" in Client().get(task_url(agree())).content.decode()


def test_staff_say_how_a_task_went_and_can_open_it_again(agree, manager, cast):
    task = agree()
    path = url("task_do", task.pk)
    refused = manager.post(path, {"niet": "ja", "versie": task.versie}).content.decode()
    assert "zeg in een paar woorden waarom" in refused
    manager.post(path, {"gedaan": "ja", "versie": task.versie, "afloop": "Zaal gevonden."})
    assert fresh(task).status == Afspraakstatus.GEDAAN
    manager.post(path, {"heropen": "ja", "versie": fresh(task).versie})
    assert fresh(task).status == Afspraakstatus.OPEN
    manager.post(path, {"verzet": "ja", "versie": fresh(task).versie, "uiterlijk": "2026-04-01"})
    assert fresh(task).uiterlijk == date(2026, 4, 1)
    stale = manager.post(path, {"gedaan": "ja", "versie": task.versie}).content.decode()
    assert "iemand anders was je voor" in stale
    assert "Naar een andere dag" in page(manager, "task_history", task.pk)


def test_a_task_is_written_down_on_its_form(manager, partner, cast, person):
    data = {
        "wijk": cast.wijk.pk,
        "wat": "Zaal",
        "persoon": person.pk,
        "uiterlijk": "2026-03-20",
        "afgesproken_op": "2026-03-02",
        "waar": "wijkteam",
    }
    both = manager.post(url("task_new"), {**data, "collega": cast.werkman.pk}).content.decode()
    assert "Kies een partner of een collega, niet allebei." in both
    manager.post(url("task_new"), data)
    row = Afspraak.objects.get()
    assert (row.partner, row.persoon, row.gemaakt_door) == (partner, person, cast.wijkmanager)
    manager.post(url("task_edit", row.pk), {**data, "wat": "Grote zaal", "versie": row.versie})
    assert fresh(row).wat == "Grote zaal"


# Steps in the database.


CASES = [
    *(
        (Samenwerkingsovereenkomst, OVEREENKOMST_STEPS, van, naar)
        for van in Overeenkomststatus
        for naar in Overeenkomststatus
    ),
    *((Halfjaarverslag, VERSLAG_STEPS, van, naar) for van in Verslagstatus for naar in Verslagstatus),
    *((Afspraak, AFSPRAAK_STEPS, van, naar) for van in Afspraakstatus for naar in Afspraakstatus),
]


@pytest.mark.parametrize(("model", "steps", "van", "naar"), CASES, ids=lambda value: getattr(value, "__name__", None))
def test_the_database_takes_the_steps_of_each_table_and_no_other(running, agree, now, model, steps, van, naar):
    agree()
    rows = model.objects.filter(pk=model.objects.first().pk)
    beside = {
        Samenwerkingsovereenkomst: {"reden": "x"},
        Halfjaarverslag: {"ingediend_op": now},
        Afspraak: {"afloop": "x"},
    }[model]

    def to(status):
        extra = {"afgerond_op": None if status == "open" else now} if model is Afspraak else {}
        return {"status": status, **beside, **extra}

    with pgtrigger.ignore(f"wijken.{model.__name__}:{model._meta.triggers[0].name}"):
        rows.update(**to(van))
    if naar in steps[van] or naar == van:
        assert rows.update(**to(naar)) == 1
    else:
        with pytest.raises(InternalError), transaction.atomic():
            rows.update(**to(naar))


# The network.


def test_the_network_shows_who_works_with_whom_on_what_and_links_to_it(manager, cast, partner, agree, running, now):
    actions.give_role(partner=partner, wijk=cast.wijk, rol=Partnerrol.Rol.ONTMOETING, van=TODAY)
    school = Partner.objects.create(naam="School", soort=Partner.Soort.ANDERE, email="s@partner.example")
    agree(samen_met=[school])
    agree(wat="Verslag rondsturen", partner=None, collega=cast.werkman)
    melding = factories.MeldingFactory(wijk=cast.wijk, team=cast.werkplaats, status=Status.IN_BEHANDELING)
    factories.MelderFactory(melding=melding)
    reports.partner.give(
        melding=melding, partner=school, tekst="Kijk", termijn=TODAY + timedelta(days=9), door=cast.wijkmanager, at=now
    )
    here = reach(cast.wijkmanager, TODAY)
    found = netwerk.network_of(cast.wijk, cast.wijkmanager, here, TODAY)
    ties = {(tie.een[2], tie.ander[2], tie.wat) for tie in found.banden}
    assert ties == {
        ("Wijkteam Waterschei", "Buurthuis", "ontmoetingsplek"),
        ("Wijkteam Waterschei", "Buurthuis", "Buurtwerk (ontmoeting, vorming)"),
        ("Buurthuis", "School", "Een zaal zoeken"),
        ("Wijkteam Waterschei", "Bart Werkplaats", "Verslag rondsturen"),
        ("Buurtwerkplaats Waterschei", "School", "1 melding"),
    }
    text = page(manager, "network", cast.wijk.slug)
    assert 'role="img"' in text
    assert text.count('class="netwerk__partner"') == 2
    assert running.get_absolute_url() in text
    assert netwerk.network_of(cast.wijk, cast.wijkmanager, here, TODAY) == found


def test_the_network_leaves_out_what_this_person_may_not_see(cast, agree, running):
    agree()
    here = reach(cast.collega, TODAY)
    assert netwerk.network_of(cast.wijk, cast.collega, here, TODAY).banden == []


# Lists, files and rights.


def test_the_lists_filter_by_what_stands_in_their_address(manager, partner, cast, running, agree):
    actions.give_role(partner=partner, wijk=cast.wijk, rol=Partnerrol.Rol.ONTMOETING, van=TODAY)
    agree()
    Partner.objects.create(naam="De Lijn", soort=Partner.Soort.VERVOER)
    shown = page(manager, "partners", wijk=cast.wijk.pk)
    assert "Buurthuis" in shown
    assert "De Lijn" not in shown
    assert "De Lijn" in page(manager, "partners", q="lijn")
    assert "Buurtwerk" in page(manager, "agreements", thema="vorming", jaar="2026", stand="lopend")
    assert "Geen overeenkomst past" in page(manager, "agreements", jaar="2020")
    assert "Een zaal zoeken" in page(manager, "tasks", partner=partner.pk, stand="open")
    assert "Geen afspraak past" in page(manager, "tasks", stand="laat")


def test_each_list_is_a_file_too(manager, running, agree, person, cast):
    agree(persoon=person)
    csv = b"".join(manager.get(url("tasks_export")).streaming_content).decode()
    assert "Een zaal zoeken;Buurthuis;" in csv
    assert "Rita" not in csv
    sheet = manager.get(url("agreements_export"), {"vorm": "xlsx"})
    book = load_workbook(BytesIO(b"".join(sheet.streaming_content)), read_only=True)
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[10] for row in rows] == ["Gevraagd", "Open momenten", "Lessen"]
    partners = b"".join(manager.get(url("partners_export")).streaming_content).decode()
    assert "Buurthuis;welzijn en samenleven" in partners


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_with_one_row_and_with_three(
    manager, draft, agree, cast, count, django_assert_num_queries
):
    for number in range(count):
        other = Partner.objects.create(naam=f"P{number}", soort=Partner.Soort.WELZIJN)
        actions.give_role(partner=other, wijk=cast.wijk, rol=Partnerrol.Rol.JEUGD, van=TODAY)
        draft(partner=other)
        agree(partner=other)
    with django_assert_num_queries(10):
        manager.get(url("partners"))
    with django_assert_num_queries(9):
        manager.get(url("agreements"))
    with django_assert_num_queries(8):
        manager.get(url("tasks"))
    with django_assert_num_queries(11):
        manager.get(url("network", cast.wijk.slug))


def test_what_is_not_yours_is_not_there(cast, client, running, agree, partner, person):
    task = agree()
    paths = [url("agreement", running.pk), url("task", task.pk)]
    for colleague, status in ((cast.wijkmanager, 200), (cast.lezer, 200), (cast.collega, 404), (cast.verdeler, 404)):
        client.force_login(colleague)
        assert [client.get(path).status_code for path in paths] == [status, status], colleague
    changes = [url("agreement_edit", running.pk), url("task_do", task.pk), url("person_new", partner.pk)]
    for colleague, status in ((cast.buurttoezichter, 404), (cast.lezer, 404)):
        client.force_login(colleague)
        assert [client.post(path).status_code for path in changes] == [status] * 3, colleague
    client.force_login(cast.lezer)
    assert "Rita" not in page(client, "partner", partner.pk)
    client.force_login(cast.collega)
    assert "Rita" not in page(client, "partner", partner.pk)


def test_the_lists_and_the_rules_for_one_agree(cast, running, agree, person, partner, draft):
    agree()
    agree(wijk=cast.andere_wijk, partner=None, collega=cast.werkman, door=cast.collega)
    draft(wijken=[cast.andere_wijk], verantwoordelijke=cast.wijkmanager)
    draft(wijken=[cast.andere_wijk])
    actions.add_person(partner=partner, naam="Elders", wijken=[cast.andere_wijk], at=timezone.now())
    actions.add_person(partner=partner, naam="Overal", at=timezone.now())
    people = [
        *(cast.wijkmanager, cast.buurttoezichter, cast.werkman, cast.collega, cast.verdeler, cast.lezer),
        *(cast.beheerder, factories.member(None, Rol.SAMENLEVINGSCOORDINATOR), factories.GebruikerFactory()),
    ]
    for user in people:
        here = reach(user, TODAY)
        for model, rule in (
            (Afspraak, lambda row, user=user, here=here: rules.may_see_task(user, here, row)),
            (
                Samenwerkingsovereenkomst,
                lambda row, user=user, here=here: rules.may_see_agreement(
                    user, here, row.verantwoordelijke_id, [wijk.pk for wijk in row.wijken.all()]
                ),
            ),
            (
                Partnerpersoon,
                lambda row, user=user, here=here: rules.may_see_contact_person(
                    user, here, [wijk.pk for wijk in row.wijken.all()]
                ),
            ),
        ):
            seen = set(model.objects.visible_to(user, here))
            assert seen == {row for row in model.objects.all() if rule(row)}, (user, model)
