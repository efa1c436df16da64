"""Meetings and who comes to them: steps, places in order, the waiting list, what everybody hears, and what is kept."""

from __future__ import annotations

import threading
import uuid
from datetime import datetime, timedelta
from itertools import pairwise, product

import pytest
from django.db import InternalError, connection, connections, transaction
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.bewaring import actions as bewaring
from kern.bewaring.models import Bewaarregel
from kern.gebruikers.models import Gebruiker, Rol
from kern.herinneringen.models import Aan
from kern.termijnen import local_date
from wijken import actions, queries, reminders, rules, soorten
from wijken.actions import Noden
from wijken.models import Behoefte, Besluit, Bijeenkomst, Draad, Inschrijving
from wijken.states.bijeenkomst import PLAATS_STEPS, STEPS, Plaats, Status, allowed

from .conftest import join, make_person, make_team

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, tzinfo=timezone.get_default_timezone())
BEGIN = NOW + timedelta(days=20)


def hours(number):
    return timedelta(hours=number)


@pytest.fixture
def plan(stad):
    def make(*, announced=True, wijken=None, **fields):
        fields = {
            "soort": "wijkvergadering",
            "titel": "Wat doen we met het plein",
            "begin": BEGIN,
            "einde": fields.get("begin", BEGIN) + hours(2),
            "locatie": "Buurthuis",
            "team": stad.management_west,
            **fields,
        }
        row = actions.plan_meeting(door=stad.wijkmanager, at=NOW, wijken=wijken or [stad.west], **fields)
        return actions.announce_meeting(bijeenkomst=row, versie=row.versie, at=NOW) if announced else row

    return make


def come(row, email="an@voorbeeld.example", *, at=NOW, **fields):
    fields = {"inzending": uuid.uuid4(), "naam": "An", **fields}
    return actions.register(bijeenkomst=row, email=email, at=at, **fields)[0]


def mails(soort="", **filters):
    rows = Bericht.objects.filter(**filters).order_by("pk")
    return list(rows.filter(soort=soort) if soort else rows.exclude(soort=""))


def fresh(row):
    return type(row).objects.get(pk=row.pk)


# Steps.


@pytest.mark.parametrize(("van", "naar"), sorted(product(Status, Status)))
def test_the_database_lets_a_meeting_go_where_the_table_says_and_nowhere_else(stad, van, naar):
    row = Bijeenkomst.objects.create(
        titel="Plein",
        begin=BEGIN,
        einde=BEGIN + hours(2),
        team=stad.management_west,
        status=van,
        aangekondigd_op=NOW,
        toelichting="Ziek",
        gewijzigd_op=NOW,
    )
    rows = Bijeenkomst.objects.filter(pk=row.pk)
    if van == naar or allowed(van, naar):
        assert rows.update(status=naar) == 1
    else:
        with pytest.raises(InternalError, match="transition"), transaction.atomic():
            rows.update(status=naar)
    assert STEPS.keys() == set(Status)


@pytest.mark.parametrize(("van", "naar"), sorted(product(Plaats, Plaats)))
def test_the_database_lets_a_place_change_as_the_table_says_and_never_back(plan, van, naar):
    cancelled = {status: NOW if status == Plaats.GEANNULEERD else None for status in Plaats}
    row = Inschrijving.objects.create(
        bijeenkomst=plan(), status=van, ingeschreven_op=NOW, bevestigd_op=NOW, geannuleerd_op=cancelled[van]
    )
    rows = Inschrijving.objects.filter(pk=row.pk)
    if van == naar or naar in PLAATS_STEPS[van]:
        assert rows.update(status=naar, geannuleerd_op=cancelled[naar]) == 1
    else:
        with pytest.raises(InternalError, match="transition"), transaction.atomic():
            rows.update(status=naar, geannuleerd_op=cancelled[naar])


def test_a_meeting_goes_from_draft_to_rounded_off_and_back_to_mend_it(plan):
    row = plan(announced=False)
    row = actions.announce_meeting(bijeenkomst=row, versie=row.versie, at=NOW)
    with pytest.raises(actions.BijeenkomstGewijzigd):
        actions.record_meeting(bijeenkomst=row, versie=row.versie, at=NOW, aanwezigen=3)
    later = BEGIN + hours(3)
    assert actions.hold_due(at=later) == 1
    assert actions.hold_due(at=later) == 0
    row = fresh(row)
    with pytest.raises(ValueError, match="hoeveel mensen"):
        actions.record_meeting(bijeenkomst=row, versie=row.versie, at=later, sluit_af=True)
    row = actions.record_meeting(bijeenkomst=row, versie=row.versie, at=later, aanwezigen=3, sluit_af=True)
    assert fresh(row).status == Status.AFGESLOTEN
    assert fresh(actions.reopen_meeting(bijeenkomst=row, versie=row.versie)).status == Status.GEHOUDEN


def test_a_meeting_whose_day_is_over_is_not_announced(plan):
    row = plan(announced=False)
    with pytest.raises(ValueError, match="voorbij"):
        actions.announce_meeting(bijeenkomst=row, versie=row.versie, at=BEGIN)


def test_who_opened_the_page_before_a_change_changes_nothing(plan):
    row = plan()
    actions.edit_meeting(bijeenkomst=row, versie=row.versie, titel="Anders", at=NOW)
    with pytest.raises(actions.BijeenkomstGewijzigd):
        actions.edit_meeting(bijeenkomst=row, versie=row.versie, titel="Nog anders", at=NOW)
    assert fresh(row).titel == "Anders"


def test_a_draft_can_be_thrown_away_and_what_was_announced_cannot(plan):
    draft, row = plan(announced=False), plan()
    actions.drop_meeting(bijeenkomst=draft, versie=draft.versie)
    with pytest.raises(actions.BijeenkomstGewijzigd):
        actions.drop_meeting(bijeenkomst=row, versie=row.versie)
    assert list(Bijeenkomst.objects.all()) == [row]


# Places and the waiting list.


def test_places_are_given_in_order_and_then_turns_on_the_waiting_list(plan):
    row = plan(capaciteit=4, gereserveerd=1)
    first, second, third = (come(row, f"w{n}@voorbeeld.example", aantal=count) for n, count in enumerate((2, 2, 1)))
    assert [first.status, second.status, third.status] == ["bevestigd", "wachtlijst", "wachtlijst"]
    assert [queries.bijeenkomsten.turn(one) for one in (second, third)] == [1, 2]
    assert [mail.soort for mail in mails()] == [
        "inschrijving_bevestigd",
        "inschrijving_wachtlijst",
        "inschrijving_wachtlijst",
    ]


def test_nobody_passes_the_family_that_waits_first(plan):
    row = plan(capaciteit=4)
    one = come(row, "een@voorbeeld.example", aantal=1)
    come(row, "drie@voorbeeld.example", aantal=3)
    family = come(row, "gezin@voorbeeld.example", aantal=3)
    single = come(row, "alleen@voorbeeld.example")
    actions.cancel_registration(inschrijving=one, at=NOW)
    assert [fresh(family).status, fresh(single).status] == ["wachtlijst", "wachtlijst"]
    actions.change_registration(inschrijving=family, aantal=1, noden=Noden(), at=NOW)
    assert [fresh(family).status, fresh(single).status] == ["bevestigd", "wachtlijst"]
    assert [mail.aan for mail in mails("inschrijving_plaats")] == ["gezin@voorbeeld.example"]


def test_more_places_go_to_who_waits_in_order_with_one_mail_each(plan):
    row = plan(capaciteit=1)
    come(row)
    waiting = [come(row, f"w{n}@voorbeeld.example") for n in range(3)]
    assert actions.set_capacity(bijeenkomst=row, capaciteit=3, gereserveerd=0, at=NOW) == 2
    assert [fresh(one).status for one in waiting] == ["bevestigd", "bevestigd", "wachtlijst"]
    assert actions.set_capacity(bijeenkomst=row, capaciteit=None, gereserveerd=0, at=NOW) == 1
    assert len(mails("inschrijving_plaats")) == 3


def test_with_fewer_places_nobody_loses_theirs(plan):
    row = plan(capaciteit=3)
    three = [come(row, f"w{n}@voorbeeld.example") for n in range(3)]
    assert actions.set_capacity(bijeenkomst=row, capaciteit=1, gereserveerd=0, at=NOW) == 0
    assert {fresh(one).status for one in three} == {"bevestigd"}
    assert come(row, "laat@voorbeeld.example").status == "wachtlijst"
    actions.cancel_registration(inschrijving=three[0], at=NOW)
    assert Inschrijving.objects.waiting().count() == 1  # two people on one place: still nobody comes in


def test_one_form_sent_twice_is_one_registration_and_one_mail(plan):
    row, form = plan(), uuid.uuid4()
    assert come(row, inzending=form) == come(row, inzending=form)
    assert (Inschrijving.objects.count(), len(mails())) == (1, 1)


def test_one_address_registers_once_however_it_is_written_and_again_after_cancelling(plan):
    row = plan()
    first = come(row, "An@voorbeeld.example")
    with pytest.raises(actions.AlIngeschreven) as known:
        come(row, "an@VOORBEELD.example")
    assert known.value.inschrijving == first
    actions.cancel_registration(inschrijving=first, at=NOW)
    assert come(row, "an@voorbeeld.example").status == "bevestigd"


def test_registering_is_closed_before_it_opens_after_it_closes_and_when_it_is_called_off(plan):
    row = plan(inschrijven_vanaf=NOW + hours(1), inschrijven_tot=NOW + hours(2))
    for moment in (NOW, NOW + hours(2)):
        with pytest.raises(actions.InschrijvenKanNiet):
            come(row, at=moment)
    assert come(row, at=NOW + hours(1))
    actions.call_off_meeting(bijeenkomst=row, versie=row.versie, reden="Storm", at=NOW + hours(1))
    with pytest.raises(actions.InschrijvenKanNiet):
        come(row, "b@voorbeeld.example", at=NOW + hours(1))


def test_a_colleague_registers_somebody_without_an_address_also_when_residents_no_longer_can(plan, stad):
    row = plan(inschrijven_tot=NOW)
    one = come(row, "", telefoon="089 00 00 00", door=stad.wijkmanager)
    two = come(row, "", telefoon="089 00 00 01", door=stad.wijkmanager)
    assert {one.status, two.status} == {"bevestigd"}
    assert mails() == []


def test_more_people_than_are_left_is_refused_with_how_many_still_can(plan):
    row = plan(capaciteit=4)
    one = come(row, aantal=2)
    come(row, "b@voorbeeld.example")
    with pytest.raises(actions.TeWeinigPlaatsen) as full:
        actions.change_registration(inschrijving=one, aantal=4, noden=Noden(), at=NOW)
    assert full.value.vrij == 1
    changed = actions.change_registration(inschrijving=one, aantal=3, noden=Noden(kinderen="3 en 6 jaar"), at=NOW)
    assert (changed.aantal, changed.kinderen) == (3, "3 en 6 jaar")


def test_cancelling_twice_or_after_the_begin_changes_nothing(plan):
    row = plan()
    one, two = come(row), come(row, "b@voorbeeld.example")
    for _ in range(2):
        actions.cancel_registration(inschrijving=one, at=NOW)
    assert len(mails("inschrijving_geannuleerd")) == 1
    with pytest.raises(actions.InschrijvenKanNiet):
        actions.cancel_registration(inschrijving=two, at=BEGIN)
    assert fresh(two).status == "bevestigd"


@pytest.mark.django_db(transaction=True)
def test_people_who_register_and_cancel_at_the_same_time_never_get_more_places_than_there_are(plan):
    row = plan(capaciteit=5)
    early = [come(row, f"vroeg{n}@voorbeeld.example") for n in range(5)]
    gate = threading.Barrier(20)

    def at_once(number):
        try:
            gate.wait(20)
            if number < 5:
                actions.cancel_registration(inschrijving=early[number], at=NOW)
            else:
                come(row, f"laat{number}@voorbeeld.example")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=at_once, args=[n]) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    standing = list(Inschrijving.objects.standing().order_by("pk"))
    assert len(standing) == 15
    assert [one.status for one in standing] == ["bevestigd"] * 5 + ["wachtlijst"] * 10
    told = [mail.sleutel for mail in mails()]
    assert len(told) == len(set(told))


# What changes, and who hears it.


def test_moving_mails_everybody_once_with_the_next_number_and_moves_the_end_of_registering_along(plan):
    row = plan(capaciteit=1, inschrijven_tot=BEGIN - hours(24))
    one, two = come(row), come(row, "b@voorbeeld.example", taal="fr")
    gone = come(row, "c@voorbeeld.example")
    actions.cancel_registration(inschrijving=gone, at=NOW)
    later = BEGIN + timedelta(days=7)
    moved = actions.move_meeting(
        bijeenkomst=row, versie=row.versie, begin=later, einde=later + hours(2), toelichting="De zaal is bezet", at=NOW
    )
    assert (moved.status, moved.volgnummer, moved.verplaatst_van) == ("aangekondigd", 1, BEGIN)
    assert moved.inschrijven_tot == later - hours(24)
    told = mails("bijeenkomst_verplaatst")
    assert [mail.aan for mail in told] == [one.email, two.email]
    assert "zondag 29 maart 2026 van 9.00 tot 11.00 uur" in told[0].tekst  # as on the clock, which went forward
    assert "Eerst was het: zondag 22 maart 2026 van 9.00 tot 11.00 uur" in told[0].tekst
    assert "Déplacé" in told[1].onderwerp
    with pytest.raises(actions.BijeenkomstGewijzigd):
        actions.move_meeting(
            bijeenkomst=row, versie=row.versie, begin=later, einde=later + hours(3), toelichting="", at=NOW
        )
    assert len(mails("bijeenkomst_verplaatst")) == 2


def test_moving_to_where_it_is_or_to_the_past_is_refused(plan):
    row = plan()
    for begin in (BEGIN, NOW - hours(1)):
        with pytest.raises(ValueError, match=r"verandert niets|voorbij"):
            actions.move_meeting(
                bijeenkomst=row, versie=row.versie, begin=begin, einde=begin + hours(2), toelichting="", at=NOW
            )


def test_the_day_of_an_announced_meeting_does_not_change_silently(plan):
    row = plan()
    with pytest.raises(ValueError, match="verplaats"):
        actions.edit_meeting(bijeenkomst=row, versie=row.versie, begin=BEGIN + hours(1), at=NOW)


def test_calling_off_mails_who_would_come_and_who_waits_once_with_the_reason(plan):
    row = plan(capaciteit=1)
    come(row)
    come(row, "b@voorbeeld.example")
    off = actions.call_off_meeting(bijeenkomst=row, versie=row.versie, reden="De zaal staat onder water", at=NOW)
    assert (off.status, off.volgnummer) == ("afgelast", 1)
    told = mails("bijeenkomst_afgelast")
    assert len(told) == 2
    assert all("De zaal staat onder water" in mail.tekst for mail in told)
    with pytest.raises(ValueError, match="reden"):
        actions.call_off_meeting(bijeenkomst=plan(), versie=2, reden=" ", at=NOW)


def test_the_reminder_goes_out_once_in_the_last_48_hours_to_who_has_a_place(plan):
    row = plan(capaciteit=1)
    one = come(row)
    come(row, "wacht@voorbeeld.example")
    assert actions.remind_due(at=BEGIN - hours(49)) == 0
    assert actions.remind_due(at=BEGIN - hours(48)) == 1
    assert actions.remind_due(at=BEGIN - hours(47)) == 0
    assert [mail.aan for mail in mails("bijeenkomst_herinnering")] == [one.email]
    assert actions.remind_due(at=BEGIN + hours(1)) == 0


def test_no_reminder_of_what_moved_later_was_called_off_or_was_cancelled(plan):
    moved, off, cancelled = plan(), plan(titel="Tweede"), plan(titel="Derde")
    rows = [come(row) for row in (moved, off, cancelled)]
    later = BEGIN + timedelta(days=7)
    actions.move_meeting(
        bijeenkomst=moved, versie=moved.versie, begin=later, einde=later + hours(2), toelichting="", at=NOW
    )
    actions.call_off_meeting(bijeenkomst=off, versie=off.versie, reden="Ziek", at=NOW)
    actions.cancel_registration(inschrijving=rows[2], at=NOW)
    assert actions.remind_due(at=BEGIN - hours(24)) == 0
    assert actions.remind_due(at=later - hours(24)) == 1


def test_a_reminder_that_waits_is_taken_back_when_the_meeting_moves_and_sent_again_for_the_new_day(plan):
    row = plan()
    come(row)
    actions.remind_due(at=BEGIN - hours(40))
    later = BEGIN + timedelta(days=7)
    actions.move_meeting(
        bijeenkomst=row,
        versie=row.versie,
        begin=later,
        einde=later + hours(2),
        toelichting="",
        at=BEGIN - hours(39),
    )
    assert mails("bijeenkomst_herinnering") == []
    assert actions.remind_due(at=later - hours(40)) == 1
    assert len(mails("bijeenkomst_herinnering")) == 1


def test_who_registers_in_the_last_48_hours_is_not_reminded_of_it(plan):
    row = plan()
    come(row, at=BEGIN - hours(20))
    assert actions.remind_due(at=BEGIN - hours(19)) == 0


def test_a_meeting_that_was_held_asks_its_organiser_to_round_it_off(plan, stad):
    row = plan()
    organiser = make_person("Organisator")
    row.organisatoren.add(organiser)
    actions.hold_due(at=BEGIN + hours(3))
    day = local_date(BEGIN) + timedelta(days=20)
    (item,) = reminders.bijeenkomsten.open_items(day, day)
    assert item.ontvangers[Aan.VERANTWOORDELIJKE] == [organiser.pk]
    assert item.ontvangers[Aan.WIJKMANAGER] == [stad.wijkmanager.pk] or Aan.WIJKMANAGER in item.ontvangers
    row = fresh(row)
    actions.record_meeting(bijeenkomst=row, versie=row.versie, at=BEGIN + hours(3), aanwezigen=0, sluit_af=True)
    assert list(reminders.bijeenkomsten.open_items(day, day)) == []


# Afterwards.


def test_a_copy_is_a_draft_of_the_same_for_the_same_people_and_nobody_is_registered(plan, stad):
    row = plan(capaciteit=20, tolktalen=["tr"])
    row.organisatoren.add(stad.wijkmanager)
    come(row)
    copy = actions.copy_meeting(bijeenkomst=row, begin=BEGIN + timedelta(days=30), door=stad.wijkmanager, at=NOW)
    assert (copy.status, copy.capaciteit, copy.tolktalen, copy.einde - copy.begin) == ("concept", 20, ["tr"], hours(2))
    assert list(copy.wijken.all()) == [stad.west]
    assert list(copy.organisatoren.all()) == [stad.wijkmanager]
    assert copy.sleutel != row.sleutel
    assert not copy.inschrijvingen.exists()


def record(row, **fields):
    return actions.record_meeting(bijeenkomst=row, versie=fresh(row).versie, at=BEGIN + hours(3), **fields)


def test_a_decision_becomes_a_need_once_and_the_thread_knows_where_it_comes_from(plan, stad):
    row = plan()
    record(row, besluiten=[{"tekst": "Er komt een bank"}, {"tekst": "De heg wordt gesnoeid", "wie": "Dienst groen"}])
    bank, hedge = row.besluiten.order_by("nummer")
    at = BEGIN + hours(4)
    one = actions.need_of_decision(besluit=bank, wijk=stad.west, titel="Een bank", door=stad.wijkmanager, at=at)
    again = actions.need_of_decision(besluit=bank, wijk=stad.west, titel="Een bank", door=stad.wijkmanager, at=at)
    assert one == again
    assert (one.status, one.gemaakt_door) == (Behoefte.Status.CONCEPT, stad.wijkmanager)
    assert [piece.van for piece in Draad.objects.into(one)] == [bank]
    # What led to something stays when the minutes are mended; what did not may go.
    record(row, besluiten=[])
    assert list(Besluit.objects.all()) == [bank]
    assert hedge.pk not in set(Besluit.objects.values_list("pk", flat=True))


def test_the_mix_is_counted_together_and_small_groups_are_told_to_nobody(plan):
    row = plan()
    mix = {("leeftijd", "jonger dan 18"): 3, ("leeftijd", "18 tot 34"): 12, ("leeftijd", "35 tot 64"): 6}
    record(row, aanwezigen=21, mix=mix)
    shown = queries.bijeenkomsten.mix_of(fresh(row))["leeftijd"]
    # The 3 are not told; nor are the 6, or the 3 would be what is left of 21.
    assert [(group.groep, group.aantal) for group in shown] == [
        ("jonger dan 18", None),
        ("18 tot 34", 12),
        ("35 tot 64", None),
    ]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([5, 6], [5, 6]),
        ([4, 6], [None, None]),
        ([4, 6, 9], [None, None, 9]),
        ([4, 3, 9], [None, None, 9]),
        ([0, 7], [0, 7]),
        ([4], [None]),
        ([], []),
    ],
)
def test_fewer_than_five_are_not_told_and_cannot_be_worked_out(counts, shown):
    assert rules.shown_counts(counts) == shown


def test_who_came_is_wiped_a_month_after_with_every_mail_and_the_count_stays(plan):
    row = plan()
    one = come(
        row, "geheim@voorbeeld.example", naam="Lambrechts", aantal=3, noden=Noden(andere_nood="Lambrechts hoort slecht")
    )
    held = BEGIN + hours(2)
    assert Bewaarregel.objects.get(soort="inschrijving").na_dagen == 30
    for days in (22, 23, 29):
        bewaring.nightly(held + timedelta(days=days))
    assert fresh(one).naam == "Lambrechts"
    for days in (30, 31):
        bewaring.nightly(held + timedelta(days=days))
    gone = fresh(one)
    assert (gone.naam, gone.email, gone.andere_nood, gone.aantal, gone.status) == ("", "", "", 3, "bevestigd")
    assert gone.gewist_op
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('character varying', 'text', 'jsonb', 'tsvector')"
        )
        for table, column in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ~* %s',  # noqa: S608 (our own names)
                ["lambrechts|geheim@"],
            )
            assert cursor.fetchone()[0] == 0, f"{table}.{column}"


# Who may.


@pytest.mark.parametrize("rol", [*Rol, None])
@pytest.mark.parametrize("where", ["wijk", "team", "organiser", "elsewhere"])
def test_the_list_shows_what_the_rule_says(plan, stad, rol, where):
    row = plan()
    person = make_person("Iemand")
    if rol:
        from django.contrib.auth.models import Group

        person.groups.add(Group.objects.get_or_create(name=rol)[0])
    team = make_team("Ander team", "dienst", [stad.west] if where == "wijk" else [stad.oost])
    join(stad.management_west if where == "team" else team, person)
    if where == "organiser":
        row.organisatoren.add(person)
    person = Gebruiker.objects.get(pk=person.pk)
    reach = queries.reach(person, local_date(NOW))
    listed = Bijeenkomst.objects.visible_to(person, reach).filter(pk=row.pk).exists()
    assert listed == rules.may_see_meeting(person, reach, row)
    if rules.may_run_meeting(person, reach, row):
        assert listed


def test_a_reader_sees_a_meeting_and_does_not_run_it(plan, stad):
    from django.contrib.auth.models import Group

    row, person = plan(), make_person("Lezer")
    person.groups.add(Group.objects.get_or_create(name=Rol.LEZER)[0])
    person = Gebruiker.objects.get(pk=person.pk)
    reach = queries.reach(person, local_date(NOW))
    assert rules.may_see_meeting(person, reach, row)
    assert not rules.may_run_meeting(person, reach, row)


def test_a_kind_of_meeting_has_one_meaning():
    assert [code for code, _name in soorten.choices({"wijkmanager"})][:2] == ["wijkvergadering", "wijkwandeling"]
    with pytest.raises(ValueError, match="wijkvergadering"):
        soorten.register(soorten.Bijeenkomstsoort("wijkvergadering", "iets anders", "andere dingen"))
    assert all(a.volgorde <= b.volgorde for a, b in pairwise(soorten.all_kinds()))
