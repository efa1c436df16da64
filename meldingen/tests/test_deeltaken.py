from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, InternalError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kern.berichten.models import Bericht
from kern.gebruikers.models import Gebruiker, Rol
from kern.herinneringen.models import Aan
from meldingen import actions, rules
from meldingen.actions import deeltaak as parts
from meldingen.models import Deeltaak, Gebeurtenis, Melding
from meldingen.queries import deeltaken as queries
from meldingen.queries import partners as partner_queries
from meldingen.reminders import deeltaken as reminders
from meldingen.states import Deelstatus, Sluitreden, Status
from meldingen.tests.factories import (
    LONG_AGO,
    GebruikerFactory,
    MelderFactory,
    MeldingFactory,
    SubcategorieFactory,
    TeamFactory,
    member,
)
from wijken.models import Teamlid
from wijken.queries import reach

LIST = reverse("meldingen:deeltaken")


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def melding(cast):
    melding = MeldingFactory(
        wijk=cast.wijk, team=cast.wijkteam, behandelaar=cast.wijkmanager, status=Status.IN_BEHANDELING
    )
    MelderFactory(melding=melding)
    return melding


@pytest.fixture
def hand_out(cast, now, today):
    def give(melding, *teams, titel="Zet een hek", days=5, **fields):
        due = today + timedelta(days=days)
        return parts.hand_out(
            melding=melding,
            titel=titel,
            teams=teams or [cast.werkplaats],
            uiterlijk=due,
            door=cast.wijkmanager,
            at=now,
            **fields,
        )

    return give


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def sees(person, melding):
    return Melding.objects.visible_to(person, reach(person, timezone.localdate())).filter(pk=melding.pk).exists()


def test_each_team_gets_a_sub_task_and_the_report_counts_them(cast, melding, hand_out):
    one, two = hand_out(melding, cast.werkplaats, cast.ander_team)
    assert (one.volgorde, two.volgorde) == (1, 2)
    row = fresh(melding)
    assert (row.deeltaken_open, row.deeltaken_aantal) == (2, 2)
    assert set(row.deeltaakteams) == {cast.werkplaats.pk, cast.ander_team.pk}
    line = row.gebeurtenissen.get(soort=Gebeurtenis.Soort.DEELTAAK)
    assert line.tekst == "Zet een hek: voor Buurtwerkplaats Waterschei, Wijkteam Sledderlo"
    assert not line.voor_melder


def test_the_team_of_a_sub_task_sees_the_report_until_the_sub_task_is_dropped(cast, melding, hand_out, now):
    assert not sees(cast.collega, melding)
    (task,) = hand_out(melding, cast.ander_team)
    assert sees(cast.collega, melding)
    parts.finish(deeltaak=task, door=cast.collega, at=now)
    assert sees(cast.collega, melding)
    parts.put_back(deeltaak=task, reden="Toch niet", door=cast.collega, at=now)
    parts.drop(deeltaak=task, reden="Niet nodig", door=cast.wijkmanager, at=now)
    assert not sees(cast.collega, melding)


def test_of_a_sensitive_report_the_team_sees_the_sub_task_alone(cast, client, hand_out):
    secret = MeldingFactory(
        wijk=cast.wijk,
        team=cast.wijkteam,
        behandelaar=cast.wijkmanager,
        status=Status.IN_BEHANDELING,
        categorie=SubcategorieFactory(naam="Geheime zaak", is_gevoelig=True),
    )
    (task,) = hand_out(secret, cast.ander_team)
    assert not sees(cast.collega, secret)
    client.force_login(cast.collega)
    page = client.get(reverse("meldingen:deeltaak", args=[task.pk])).content.decode()
    lijst = client.get(LIST, {"lijst": "team"}).content.decode()
    assert "Zet een hek" in page
    assert "Zet een hek" in lijst
    assert "Geheime zaak" not in page + lijst
    assert "je ziet alleen de deeltaak" in page


def test_a_report_closes_only_when_every_part_is_done_or_dropped_with_a_reason(cast, melding, hand_out, now):
    one, two = hand_out(melding, cast.werkplaats, cast.toezicht)

    def close(**fields):
        return actions.close(
            melding=melding,
            sluitreden=Sluitreden.OPGELOST,
            toelichting="Klaar.",
            door=cast.wijkmanager,
            at=now,
            **fields,
        )

    with pytest.raises(
        actions.DeeltakenOpen, match=r"Zet een hek \(Buurtwerkplaats Waterschei\); Zet een hek \(Buurttoez"
    ):
        close()
    parts.finish(deeltaak=one, door=cast.werkman, at=now, afloop="Hek staat er")
    with pytest.raises(actions.DeeltakenOpen):
        close()
    close(deeltaken_vervallen="Het hek volstaat")
    assert fresh(melding).status == Status.AFGESLOTEN
    assert (fresh(one).status, fresh(two).status) == (Deelstatus.KLAAR, Deelstatus.VERVALLEN)
    assert fresh(two).afloop == "Het hek volstaat"


def test_no_script_can_close_a_report_with_open_parts_nor_open_a_part_of_a_closed_one(melding, hand_out, now):
    (task,) = hand_out(melding)
    closing = {"status": Status.AFGESLOTEN, "sluitreden": "opgelost", "afgesloten_op": now}
    for lie in ({}, {"deeltaken_open": 0, "deeltaakteams": []}):
        with pytest.raises(IntegrityError, match="melding_closed_has_no_open_subtask"), transaction.atomic():
            Melding.objects.filter(pk=melding.pk).update(**closing, **lie)
    Deeltaak.objects.filter(pk=task.pk).update(status=Deelstatus.KLAAR, afgerond_op=now)
    Melding.objects.filter(pk=melding.pk).update(**closing)
    with pytest.raises(IntegrityError, match="melding_closed_has_no_open_subtask"), transaction.atomic():
        Deeltaak.objects.filter(pk=task.pk).update(status=Deelstatus.OPEN, afgerond_op=None)


def test_a_part_takes_only_the_steps_of_its_table(hand_out, melding, now):
    (task,) = hand_out(melding)
    Deeltaak.objects.filter(pk=task.pk).update(status=Deelstatus.KLAAR, afgerond_op=now)
    with pytest.raises(InternalError, match="transition"), transaction.atomic():
        Deeltaak.objects.filter(pk=task.pk).update(status=Deelstatus.VERVALLEN, afloop="x")


def test_a_stale_copy_of_the_report_cannot_spoil_the_counts(melding, hand_out):
    stale = fresh(melding)
    hand_out(melding)
    stale.save()
    assert fresh(melding).deeltaken_open == 1


def test_parts_of_a_withdrawn_report_lapse_by_themselves(cast, melding, hand_out, now):
    (task,) = hand_out(melding)
    actions.resident.withdraw(melding=melding, at=now)
    assert (fresh(task).status, fresh(task).afloop) == (Deelstatus.VERVALLEN, "Ingetrokken door de melder.")
    assert fresh(melding).sluitreden == Sluitreden.INGETROKKEN


def test_a_part_with_a_person_mails_that_person_and_the_last_one_done_the_handler(cast, melding, hand_out, now):
    one, two = hand_out(melding, cast.werkplaats, cast.toezicht, behandelaar=cast.werkman)
    assert (one.behandelaar, two.behandelaar) == (cast.werkman, None)
    mail = Bericht.objects.get(soort="staf_deeltaak")
    assert mail.aan == "bart@genk.example"
    assert reverse("meldingen:deeltaak", args=[one.pk]) in mail.tekst
    parts.finish(deeltaak=one, door=cast.werkman, at=now)
    assert not Bericht.objects.filter(soort="staf_deeltaken_klaar").exists()
    parts.start(deeltaak=two, door=cast.buurttoezichter, at=now)
    assert fresh(two).behandelaar == cast.buurttoezichter
    parts.finish(deeltaak=two, door=cast.buurttoezichter, at=now)
    assert Bericht.objects.get(soort="staf_deeltaken_klaar").aan == "wim@genk.example"


def test_a_person_of_another_team_gets_no_part(cast, melding, hand_out):
    with pytest.raises(ValueError, match="werkt niet in het team"):
        hand_out(melding, cast.werkplaats, behandelaar=cast.collega)


def test_a_step_that_makes_no_sense_is_refused(cast, melding, hand_out, now):
    (task,) = hand_out(melding)
    with pytest.raises(ValueError, match="met een reden"):
        parts.drop(deeltaak=task, reden=" ", door=cast.wijkmanager, at=now)
    parts.finish(deeltaak=task, door=cast.werkman, at=now)
    with pytest.raises(ValueError, match="kan niet naar bezig"):
        parts.start(deeltaak=task, door=cast.werkman, at=now)


@pytest.fixture
def city(db):
    teams = TeamFactory.create_batch(3)
    people = GebruikerFactory.create_batch(3)
    now = timezone.now()
    number = 0
    for secret in (False, True):
        for team in (None, *teams):
            for part in teams:
                melding = MeldingFactory(
                    categorie=SubcategorieFactory(is_gevoelig=secret),
                    team=team,
                    behandelaar=(None, *people)[number % 4],
                )
                status = list(Deelstatus)[number % 4]
                done = status in (Deelstatus.KLAAR, Deelstatus.VERVALLEN)
                Deeltaak.objects.create(
                    melding=melding,
                    titel="Deel",
                    team=part,
                    behandelaar=(None, *people)[(number // 2) % 4],
                    uiterlijk=now.date(),
                    status=status,
                    afloop="x" if done else "",
                    afgerond_op=now if done else None,
                    gemaakt_op=now,
                )
                number += 1
    return teams, people


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_the_lists_and_the_rules_agree_on_who_sees_a_report_or_a_part(city, data):
    teams, people = city
    me, on = people[0], timezone.localdate()
    me.is_active = data.draw(st.integers(0, 9)) > 0
    me.save()
    Teamlid.objects.all().delete()
    roles = data.draw(st.sets(st.sampled_from(list(Rol)), max_size=2))
    me.groups.set(Group.objects.get_or_create(name=role)[0] for role in roles)
    for team in data.draw(st.sets(st.sampled_from(teams), max_size=2)):
        Teamlid.objects.create(team=team, gebruiker=me, van=LONG_AGO)
    user = Gebruiker.objects.get(pk=me.pk)
    far = reach(user, on)
    meldingen = Melding.objects.select_related("categorie")
    seen = sorted(row.pk for row in meldingen if rules.may_see(user, far, row))
    assert sorted(Melding.objects.visible_to(user, far).values_list("pk", flat=True)) == seen
    tasks = Deeltaak.objects.select_related("melding__categorie")
    seen = sorted(row.pk for row in tasks if rules.may_see_sub_task(user, far, row))
    assert sorted(Deeltaak.objects.visible_to(user, far).values_list("pk", flat=True)) == seen


def test_the_list_shows_mine_and_my_team_late_first(cast, client, melding, hand_out, now, today):
    (late,) = hand_out(melding, titel="Laat")
    Deeltaak.objects.filter(pk=late.pk).update(uiterlijk=today - timedelta(days=2))
    (later,) = hand_out(melding, titel="Later", days=9)
    (mine,) = hand_out(melding, titel="Mijn", days=1, behandelaar=cast.werkman)
    hand_out(melding, cast.toezicht)
    client.force_login(cast.werkman)
    team = client.get(LIST, {"lijst": "team"})
    assert [row.pk for row in team.context["pagina"].rows] == [late.pk, mine.pk, later.pk]
    assert team.content.decode().count("is-laat") == 1
    assert [row.pk for row in client.get(LIST).context["pagina"].rows] == [mine.pk]
    client.force_login(cast.wijkmanager)
    answer = client.get(LIST, {"lijst": "uitgezet"})
    assert [tab["aantal"] for tab in answer.context["tabs"]] == ["0", "0", "4", "", ""]


def test_the_list_is_paged_by_where_it_ended(cast, client, melding, hand_out, monkeypatch):
    for number in range(53):
        hand_out(melding, titel=f"Deel {number}")
    client.force_login(cast.werkman)
    first = client.get(LIST, {"lijst": "team"}).context["pagina"]
    second = client.get(LIST, {"lijst": "team", "na": first.volgende}).context["pagina"]
    assert (len(first.rows), len(second.rows)) == (50, 3)
    assert {row.pk for row in first.rows}.isdisjoint(row.pk for row in second.rows)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_seven_queries_whatever_its_length(
    cast, client, melding, hand_out, count, django_assert_num_queries
):
    for _ in range(count):
        hand_out(melding)
    client.force_login(cast.werkman)
    with django_assert_num_queries(7):
        client.get(LIST, {"lijst": "team"})


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_report_with_parts_costs_one_query_more(
    cast, client, melding, hand_out, count, django_assert_num_queries
):
    for _ in range(count):
        hand_out(melding)
    client.force_login(cast.wijkmanager)
    with django_assert_num_queries(9):
        page = client.get(reverse("meldingen:detail", args=[melding.pk])).content.decode()
    assert page.count("deeltaken__wat") == count


def test_somebody_of_the_team_works_on_a_part_on_its_page(cast, client, melding, hand_out):
    (task,) = hand_out(melding)
    client.force_login(cast.werkman)

    def do(stap, **data):
        return client.post(reverse("meldingen:deeltaak_step", args=[task.pk, stap]), data, follow=True)

    assert "Je bent ermee bezig." in do("start").content.decode()
    assert "Schrijf waarom." in do("vervalt").content.decode()
    assert "De deeltaak is klaar." in do("klaar", afloop="Hek staat").content.decode()
    assert (fresh(task).status, fresh(task).afloop) == (Deelstatus.KLAAR, "Hek staat")
    assert "Iemand was je voor" in do("klaar").content.decode()


def test_a_part_can_go_to_another_person_only_within_its_team(cast, client, melding, hand_out, today):
    (task,) = hand_out(melding)
    client.force_login(cast.werkman)
    url = reverse("meldingen:deeltaak_step", args=[task.pk, "wijzig"])
    data = {"team": cast.werkplaats.pk, "behandelaar": cast.collega.pk, "uiterlijk": today}
    assert "werkt niet in Buurtwerkplaats" in client.post(url, data).content.decode()
    assert client.post(url, {**data, "behandelaar": cast.werkman.pk}).status_code == 302
    assert fresh(task).behandelaar == cast.werkman


def test_what_is_not_yours_is_not_there(cast, client, melding, hand_out):
    (task,) = hand_out(melding)
    client.force_login(cast.collega)
    assert client.get(reverse("meldingen:deeltaak", args=[task.pk])).status_code == 404
    assert client.post(reverse("meldingen:deeltaak_step", args=[task.pk, "klaar"])).status_code == 404
    client.force_login(cast.lezer)
    page = client.get(reverse("meldingen:deeltaak", args=[task.pk]))
    assert "Wat kun je nu doen" not in page.content.decode()
    assert client.post(reverse("meldingen:deeltaak_step", args=[task.pk, "klaar"])).status_code == 404


def test_the_close_form_names_what_is_open_and_asks_why_it_lapses(cast, client, melding, hand_out):
    hand_out(melding)
    client.force_login(cast.wijkmanager)
    page = client.get(reverse("meldingen:detail", args=[melding.pk]), {"stap": "sluit"}).content.decode()
    assert "Nog open: Zet een hek (Buurtwerkplaats Waterschei)." in page
    url = reverse("meldingen:step", args=[melding.pk, "sluit"])
    data = {"versie": fresh(melding).versie, "sluitreden": "opgelost", "toelichting": "Klaar"}
    assert "zeg hier waarom ze vervallen" in client.post(url, data).content.decode()
    assert client.post(url, {**data, "deeltaken_vervallen": "Niet nodig"}).status_code == 302
    assert fresh(melding).status == Status.AFGESLOTEN


def test_the_form_gives_each_ticked_team_a_part(cast, client, melding, today):
    client.force_login(cast.wijkmanager)
    url = reverse("meldingen:step", args=[melding.pk, "deeltaken"])
    data = {"versie": melding.versie, "titel": "Kijk na", "teams": [cast.werkplaats.pk, cast.toezicht.pk]}
    answer = client.post(url, {**data, "uiterlijk": today})
    assert answer.status_code == 302
    assert set(melding.deeltaken.values_list("team", flat=True)) == {cast.werkplaats.pk, cast.toezicht.pk}


def test_the_digest_names_who_works_on_it(cast, melding, hand_out, today):
    leader = member(cast.werkplaats, Rol.TEAMLEIDER, is_leider=True)
    (task,) = hand_out(melding, behandelaar=cast.werkman)
    (item,) = reminders.open_items(today, today + timedelta(days=30))
    assert item.sleutel == str(task.pk)
    assert item.ontvangers[Aan.VERANTWOORDELIJKE] == [cast.werkman.pk]
    assert item.ontvangers[Aan.TEAMLEIDER] == [leader.pk]
    assert list(reminders.open_items(today, today)) == []


def test_every_list_and_page_reads_its_rows_by_an_index(cast, melding, hand_out, today):
    """With sequential scans priced out, one that is left is one that no index could spare."""
    hand_out(melding)
    user, far = cast.werkman, reach(cast.werkman, today)
    asked = [lijst.order.sorted(queries.rows_of(lijst, user, far))[:51] for lijst in queries.LISTS.values()]
    asked += [
        partner_queries.BY_DUE.sorted(partner_queries.at_partners(user, far))[:51],
        Melding.objects.visible_to(user, far),
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plans = [rows.explain() for rows in asked]
    assert [plan for plan in plans if "Seq Scan on meldingen" in plan] == []
