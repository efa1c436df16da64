"""The agenda and the pages of meetings, for residents and for staff; and following a wijk."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from io import BytesIO

import icalendar
import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kern.berichten.models import Bericht
from kern.prive import link_token
from kern.verbinding import redis_client
from meldingen.tests import factories
from wijken import actions, mails, queries, registry
from wijken.forms import inschrijven as forms
from wijken.models import Behoefte, Bijeenkomst, Inschrijving, Wijkvolger, Wijkvolging

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits():
    yield
    if names := list(redis_client().scan_iter("limiet:*")):
        redis_client().delete(*names)


@pytest.fixture
def cast(db):
    return factories.cast()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def plan(cast, now):
    def make(*, announced=True, wijken=None, days=9, **fields):
        begin = fields.pop("begin", now + timedelta(days=days))
        fields = {
            "soort": "wijkvergadering",
            "titel": "Wat doen we met het plein",
            "begin": begin,
            "einde": begin + timedelta(hours=2),
            "locatie": "Buurthuis",
            "team": cast.wijkteam,
            "plaats": factories.CENTRE,
            **fields,
        }
        at = min(now, begin) - timedelta(days=1)
        row = actions.plan_meeting(
            door=cast.wijkmanager, at=at, wijken=[cast.wijk] if wijken is None else wijken, **fields
        )
        return actions.announce_meeting(bijeenkomst=row, versie=row.versie, at=at) if announced else row

    return make


@pytest.fixture
def staff(client, cast):
    client.force_login(cast.wijkmanager)
    return client


def stamp(seconds=60, number=None):
    """A form that was opened so long ago."""
    signer = signing.TimestampSigner(salt="wijken.inschrijven")
    made = signer.sign((number or uuid.uuid4()).hex)
    value, _moment, _signature = made.rsplit(":", 2)
    old = f"{value}:{signing.b62_encode(int(timezone.now().timestamp()) - seconds)}"
    return f"{old}:{signer.signature(old)}"


def typed(**more):
    fields = {"naam": "An Janssens", "email": "an@voorbeeld.example", "aantal": "2", "stempel": stamp(), "website": ""}
    return {**fields, **more}


def register(client, row, **more):
    return client.post(reverse("wijken:register", args=[row.pk]), typed(**more))


def token(row):
    return mails.bijeenkomsten.token_of(row)


# The public agenda.


def test_the_agenda_shows_what_comes_and_not_drafts_invitations_or_what_is_over(client, plan):
    plan(titel="Komt")
    plan(titel="Concept", announced=False)
    plan(titel="Besloten", is_openbaar=False)
    plan(titel="Geweest", days=-3)
    page = client.get("/agenda/").content.decode()
    assert "Komt" in page
    assert not any(word in page for word in ("Concept", "Besloten", "Geweest"))
    assert "Geweest" in client.get("/agenda/?voorbij=ja").content.decode()


def test_the_filters_of_the_agenda_stand_in_its_address(client, plan, cast):
    plan(titel="Vergadering hier")
    plan(titel="Wandeling daar", soort="wijkwandeling", wijken=[cast.andere_wijk])
    plan(titel="Voor iedereen", wijken=[], vorm="online", online_link="https://x.example/")
    for query, shown in {
        f"wijk={cast.wijk.slug}": {"Vergadering hier", "Voor iedereen"},
        "soort=wijkwandeling": {"Wandeling daar"},
        "vorm=online": {"Voor iedereen"},
        "soort=bestaat-niet": {"Vergadering hier", "Wandeling daar", "Voor iedereen"},
    }.items():
        page = client.get(f"/agenda/?{query}").content.decode()
        assert {t for t in ("Vergadering hier", "Wandeling daar", "Voor iedereen") if t in page} == shown, query
        feed = client.get(f"/agenda/feed.atom?{query}").content.decode()
        assert {t for t in ("Vergadering hier", "Wandeling daar", "Voor iedereen") if t in feed} == shown, query
        book = client.get(f"/agenda/agenda.ics?{query}").content.decode()
        assert {t for t in ("Vergadering hier", "Wandeling daar", "Voor iedereen") if t in book} == shown, query


@pytest.mark.parametrize(
    ("path", "wanted"),
    [("/agenda/", 3), ("/agenda/maand/", 3), ("/agenda/agenda.ics", 2), ("/agenda/feed.atom", 2)],
)
def test_the_agenda_costs_the_same_with_one_and_with_three(client, plan, django_assert_num_queries, path, wanted):
    plan()
    client.get(path)
    with django_assert_num_queries(wanted):
        assert client.get(path).status_code == 200
    plan(titel="Tweede", days=10)
    plan(titel="Derde", days=11, wijken=[])
    with django_assert_num_queries(wanted):
        assert client.get(path).status_code == 200


def test_the_month_shows_each_meeting_on_its_day_and_a_strange_month_is_this_one(client, plan):
    row = plan(begin=timezone.make_aware(datetime(2027, 1, 31, 23, 0)))
    page = client.get("/agenda/maand/?maand=2027-01")
    (day,) = [day for week in page.context["weken"] for day in week if day.bijeenkomsten]
    assert (day.datum.isoformat(), day.bijeenkomsten) == ("2027-01-31", [row])
    for text in ("9999-99", "x", "1999-01"):
        assert client.get(f"/agenda/maand/?maand={text}").context["eerste"] == timezone.localdate().replace(day=1)


def test_what_was_called_off_says_so_on_its_page_in_its_file_and_in_the_calendar(client, plan, now):
    row = plan()
    before = icalendar.Calendar.from_ical(client.get(f"/agenda/{row.pk}/agenda.ics").content).walk("VEVENT")[0]
    actions.call_off_meeting(bijeenkomst=row, versie=row.versie, reden="De zaal staat onder water", at=now)
    assert "De zaal staat onder water" in client.get(f"/agenda/{row.pk}/").content.decode()
    answer = client.get(f"/agenda/{row.pk}/agenda.ics")
    book = icalendar.Calendar.from_ical(answer.content)
    (event,) = book.walk("VEVENT")
    assert (book["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", before["SEQUENCE"] + 1)
    assert event["UID"] == before["UID"]
    (kept,) = icalendar.Calendar.from_ical(client.get("/agenda/agenda.ics").content).walk("VEVENT")
    assert kept["STATUS"] == "CANCELLED"


def test_a_moved_meeting_keeps_its_uid_and_gets_the_next_sequence_over_the_clock_change(client, plan, now):
    begin = timezone.make_aware(datetime(2027, 3, 27, 19, 30))
    row = plan(begin=begin)
    later = timezone.make_aware(datetime(2027, 3, 28, 19, 30))
    uid = icalendar.Calendar.from_ical(client.get(f"/agenda/{row.pk}/agenda.ics").content).walk("VEVENT")[0]["UID"]
    actions.move_meeting(
        bijeenkomst=row, versie=row.versie, begin=later, einde=later + timedelta(hours=2), toelichting="", at=now
    )
    book = icalendar.Calendar.from_ical(client.get(f"/agenda/{row.pk}/agenda.ics").content)
    (event,) = book.walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"]) == (uid, 1)
    assert event["DTSTART"].params["TZID"] == "Europe/Brussels"
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=2)  # summer time began that morning
    assert event["DTSTART"].dt == later


def test_a_meeting_on_invitation_opens_with_its_link_alone(client, plan):
    row = plan(is_openbaar=False)
    for path in ("", "inschrijven/", "agenda.ics"):
        assert client.get(f"/agenda/{row.pk}/{path}").status_code == 404
    link = mails.bijeenkomsten.invitation_path(row)
    assert client.get(link).status_code == 200
    wrong = link_token(uuid.uuid4(), mails.bijeenkomsten.INVITATION_SALT)
    assert client.get(f"/agenda/uitnodiging/{wrong}/").status_code == 404
    assert client.post(f"{link}inschrijven/", typed()).status_code == 302
    assert Inschrijving.objects.get().bijeenkomst == row
    draft = plan(is_openbaar=False, announced=False)
    assert client.get(mails.bijeenkomsten.invitation_path(draft)).status_code == 404


# Coming.


def test_somebody_registers_without_an_account_and_sees_what_they_told(client, plan):
    row = plan(capaciteit=30, tolktalen=["tr"], met_kinderopvang=True)
    page = client.get(f"/agenda/{row.pk}/inschrijven/").content.decode()
    assert "Er is een tolk voor: Türkçe." in page
    answer = register(client, row, tolktaal="tr", kinderen="3 jaar", rolstoel="on", andere_nood="Grote letters")
    made = Inschrijving.objects.get()
    assert answer.url == reverse("wijken:registration", args=[token(made)])
    own = client.get(answer.url)
    for words in ("Je bent ingeschreven", "An Janssens", "2 personen", "Türkçe", "3 jaar", "Grote letters"):
        assert words in own.content.decode()
    assert (own["Referrer-Policy"], own["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")
    mail = Bericht.objects.get()
    assert mail.aan == "an@voorbeeld.example"
    assert reverse("wijken:registration_cancel", args=[token(made)]) in mail.tekst
    assert "An Janssens" not in mail.tekst  # a name is free text: nobody is mailed what a stranger typed


def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(client, plan):
    row = plan(capaciteit=5)
    page = register(client, row, naam="", aantal="6", andere_nood="Grote letters").content.decode()
    assert "Vul je naam in" in page
    assert "Je kan hoogstens 5 personen inschrijven" in page
    assert "Grote letters" in page
    assert not Inschrijving.objects.exists()


@pytest.mark.parametrize("more", [{"website": "https://spam.example"}, {"stempel": ""}, {"stempel": "vals"}])
def test_a_robot_registers_nobody_and_a_person_who_was_too_quick_only_sends_again(client, plan, more):
    row = plan()
    page = register(client, row, **more)
    assert page.status_code == 200
    assert not Inschrijving.objects.exists()
    again = page.context["form"]["stempel"].value()
    number, at_work = forms.read_stamp(again)
    assert number
    assert not at_work  # counted from now
    assert "An Janssens" in page.content.decode()


def test_the_stamp_is_good_from_three_seconds_to_a_day():
    for seconds, good in ((1, False), (5, True), (3600, True), (25 * 3600, False)):
        number = uuid.uuid4()
        assert forms.read_stamp(stamp(seconds, number)) == (number, good)


def test_the_same_form_twice_makes_one_registration_and_leads_to_the_same_page(client, plan):
    row, form = plan(), stamp()
    assert register(client, row, stempel=form).url == register(client, row, stempel=form).url
    assert Inschrijving.objects.count() == 1


def test_a_second_registration_with_one_address_is_asked_kindly_and_mailed_its_link(client, plan):
    row = plan()
    register(client, row)
    page = register(client, row, naam="An nog eens", stempel=stamp())
    assert "Met dit e-mailadres is er al een inschrijving" in page.content.decode()
    assert "An nog eens" in page.content.decode()
    assert Inschrijving.objects.count() == 1
    assert Bericht.objects.filter(soort="inschrijving_link").count() == 1
    register(client, row, stempel=stamp())
    assert Bericht.objects.filter(soort="inschrijving_link").count() == 1


def test_one_connection_cannot_register_a_whole_street(client, plan, settings):
    settings.REGISTRATIONS_PER_ADDRESS = 3
    row = plan()
    answers = [register(client, row, email=f"n{n}@voorbeeld.example", stempel=stamp()).status_code for n in range(5)]
    assert answers == [302] * 3 + [429] * 2


def test_opening_the_links_of_the_mail_changes_nothing_and_the_button_does(client, plan):
    row = plan(capaciteit=1)
    register(client, row, aantal="1")
    register(client, row, aantal="1", email="b@voorbeeld.example", stempel=stamp())
    one, two = Inschrijving.objects.order_by("pk")
    for name in ("registration", "registration_change", "registration_cancel", "registration_ics"):
        assert client.get(reverse(f"wijken:{name}", args=[token(one)])).status_code == 200
    assert Inschrijving.objects.confirmed().get() == one
    assert "Je plaats in de rij" in client.get(reverse("wijken:registration", args=[token(two)])).content.decode()
    page = client.post(reverse("wijken:registration_cancel", args=[token(one)]), follow=True)
    assert "Je inschrijving is geannuleerd" in page.content.decode()
    assert Inschrijving.objects.confirmed().get() == two
    answer = client.get(reverse("wijken:registration_ics", args=[token(one)]))
    assert b"STATUS:CANCELLED" in answer.content


def test_somebody_changes_how_many_come_as_far_as_there_are_places(client, plan):
    row = plan(capaciteit=3)
    register(client, row)
    one = Inschrijving.objects.get()
    path = reverse("wijken:registration_change", args=[token(one)])
    register(client, row, email="b@voorbeeld.example", aantal="1", stempel=stamp())
    assert "Er zijn geen plaatsen meer vrij" in client.post(path, {"aantal": "3"}).content.decode()
    assert client.post(path, {"aantal": "1", "kinderen": "4"}).status_code == 302
    one.refresh_from_db()
    assert (one.aantal, one.kinderen) == (1, "4")


def test_the_link_to_take_part_online_is_for_who_has_a_place(client, plan):
    row = plan(vorm="online", online_link="https://vergadering.example/geheim", capaciteit=1)
    register(client, row, aantal="1")
    register(client, row, aantal="1", email="b@voorbeeld.example", stempel=stamp())
    one, two = Inschrijving.objects.order_by("pk")
    public = client.get(f"/agenda/{row.pk}/").content + client.get(f"/agenda/{row.pk}/agenda.ics").content
    assert b"geheim" not in public
    for name in ("registration", "registration_ics"):
        assert b"geheim" in client.get(reverse(f"wijken:{name}", args=[token(one)])).content.replace(b"\r\n ", b"")
        assert b"geheim" not in client.get(reverse(f"wijken:{name}", args=[token(two)])).content.replace(b"\r\n ", b"")
    assert ["geheim" in mail.tekst for mail in Bericht.objects.order_by("pk")] == [True, False]


def test_trying_links_stops_after_a_while(client):
    answers = {client.get(reverse("wijken:registration", args=[f"{'0' * 32}.x{n}"])).status_code for n in range(30)}
    assert answers == {404}
    assert client.get(reverse("wijken:registration", args=[f"{'0' * 32}.y"])).status_code == 429


# Staff.


def form_of(row, **more):
    begin = timezone.localtime(row.begin if row else timezone.now() + timedelta(days=30))
    fields = {
        "soort": "wijkvergadering",
        "titel": "Plein",
        "vorm": "ter_plaatse",
        "locatie": "Buurthuis",
        "begin": f"{begin:%Y-%m-%dT%H:%M}",
        "einde": f"{begin + timedelta(hours=2):%Y-%m-%dT%H:%M}",
        "met_inschrijving": "on",
        "is_openbaar": "on",
        "capaciteit": "20",
        "gereserveerd": "0",
        **more,
    }
    return fields | ({"versie": row.versie} if row else {})


def test_a_wijkmanager_plans_looks_and_announces(staff, cast):
    answer = staff.post(
        reverse("wijken:staff_meeting_new"),
        form_of(None, team=cast.wijkteam.pk, wijken=[cast.wijk.pk], tolktalen=["tr", "ar"]),
    )
    row = Bijeenkomst.objects.get()
    assert answer.url == reverse("wijken:staff_meeting", args=[row.pk])
    assert (row.status, row.capaciteit, row.tolktalen, list(row.wijken.all())) == (
        "concept",
        20,
        ["tr", "ar"],
        [cast.wijk],
    )
    assert staff.get(f"/agenda/{row.pk}/").status_code == 404
    assert "Zo zien bewoners deze pagina" in staff.get(f"/werk/bijeenkomsten/{row.pk}/voorbeeld/").content.decode()
    staff.post(f"/werk/bijeenkomsten/{row.pk}/kondig-aan/", {"versie": row.versie})
    assert staff.get(f"/agenda/{row.pk}/").status_code == 200


def test_what_does_not_fit_together_is_said_in_the_form(staff, cast):
    begin = timezone.localtime() + timedelta(days=3)
    fields = form_of(None, team=cast.wijkteam.pk, einde=f"{begin:%Y-%m-%dT%H:%M}", gereserveerd="20", locatie="")
    page = staff.post(reverse("wijken:staff_meeting_new"), fields).content.decode()
    for words in ("Het einde komt na het begin", "Hou minder plaatsen vrij", "Zeg waar het is"):
        assert words in page
    assert not Bijeenkomst.objects.exists()


def test_moving_shows_the_mail_first_and_sends_it_only_then(staff, plan, now):
    row = plan()
    actions.register(bijeenkomst=row, inzending=uuid.uuid4(), naam="An", email="an@voorbeeld.example", at=now)
    later = timezone.localtime(row.begin + timedelta(days=2)).replace(second=0, microsecond=0)
    fields = form_of(row, toelichting="De zaal is bezet", begin=f"{later:%Y-%m-%dT%H:%M}")
    fields["einde"] = f"{later + timedelta(hours=2):%Y-%m-%dT%H:%M}"
    fields["plaats"] = f"{row.plaats.lat}, {row.plaats.lon}"
    page = staff.post(f"/werk/bijeenkomsten/{row.pk}/verplaats/", fields).content.decode()
    assert "Verplaatst: Wat doen we met het plein" in page
    assert "De zaal is bezet" in page
    row.refresh_from_db()
    assert row.volgnummer == 0
    staff.post(f"/werk/bijeenkomsten/{row.pk}/verplaats/", {**fields, "verstuur": "ja"})
    row.refresh_from_db()
    assert (row.volgnummer, row.begin) == (1, later)
    assert Bericht.objects.filter(soort="bijeenkomst_verplaatst").count() == 1


def test_calling_off_shows_the_mail_first_and_wants_a_reason(staff, plan, now):
    row = plan()
    actions.register(bijeenkomst=row, inzending=uuid.uuid4(), naam="An", email="an@voorbeeld.example", at=now)
    path = f"/werk/bijeenkomsten/{row.pk}/gelast-af/"
    assert "Schrijf waarom" in staff.post(path, {"versie": row.versie, "reden": ""}).content.decode()
    page = staff.post(path, {"versie": row.versie, "reden": "Storm"}).content.decode()
    assert "Gaat niet door: Wat doen we met het plein" in page
    assert Bijeenkomst.objects.get().is_aangekondigd
    staff.post(path, {"versie": row.versie, "reden": "Storm", "verstuur": "ja"})
    assert Bijeenkomst.objects.get().is_afgelast


def test_the_list_for_the_door_has_who_comes_with_needs_counted_on_paper_and_in_a_workbook(staff, plan, now):
    row = plan(capaciteit=3)
    for name, count, needs in (("=Els", 2, actions.Noden(tolktaal="tr")), ("Bo", 1, actions.Noden(kinderen="3 jaar"))):
        actions.register(
            bijeenkomst=row,
            inzending=uuid.uuid4(),
            naam=name,
            email=f"{count}@voorbeeld.example",
            aantal=count,
            noden=needs,
            at=now,
        )
    page = staff.get(f"/werk/bijeenkomsten/{row.pk}/deurlijst/").content.decode()
    for words in ("3 personen", "Türkçe", "3 jaar", "Bo"):
        assert words in page
    answer = staff.get(f"/werk/bijeenkomsten/{row.pk}/deurlijst.xlsx")
    assert answer["Cache-Control"] == "private, no-store"
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert [line[:3] for line in rows[1:]] == [("'=Els", 2, "Türkçe"), ("Bo", 1, None)]


def test_a_meeting_is_rounded_off_with_counts_minutes_and_decisions_that_become_a_need(staff, plan, cast):
    row = plan(days=-2)
    fields = {
        "versie": row.versie,
        "aanwezigen": "24",
        "verslag": "Iedereen wil een bank.",
        "verslag_openbaar": "on",
        "kosten": "86,50",
        "evaluatie_score": "4",
        "mix-leeftijd_0": "3",
        "mix-leeftijd_1": "21",
        "besluit-TOTAL_FORMS": "2",
        "besluit-INITIAL_FORMS": "0",
        "besluit-0-tekst": "Er komt een bank",
        "besluit-0-wie": "Dienst groen",
        "sluit_af": "ja",
    }
    assert staff.post(f"/werk/bijeenkomsten/{row.pk}/rond-af/", fields).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.aanwezigen, str(row.kosten), row.evaluatie_score) == ("afgesloten", 24, "86.50", 4)
    public = staff.get(f"/agenda/{row.pk}/").content.decode()
    for words in ("Er waren 24 mensen", "Iedereen wil een bank.", "Er komt een bank", "te weinig om te tonen"):
        assert words in public
    assert "86" not in public
    (decision,) = row.besluiten.all()
    path = f"/werk/bijeenkomsten/{row.pk}/besluit/{decision.pk}/behoefte/"
    made = staff.post(path, {"wijk": cast.wijk.pk, "titel": "Een bank in de schaduw"})
    need = Behoefte.objects.get()
    assert made.url == need.get_absolute_url()
    assert "Er komt een bank" in staff.get(made.url).content.decode()
    assert need.titel in staff.get(f"/werk/bijeenkomsten/{row.pk}/").content.decode()


def test_the_list_of_staff_costs_the_same_with_one_and_with_three(staff, plan, django_assert_num_queries):
    plan()
    staff.get("/werk/bijeenkomsten/")
    with django_assert_num_queries(7):
        staff.get("/werk/bijeenkomsten/")
    plan(titel="Tweede")
    plan(titel="Derde", announced=False)
    with django_assert_num_queries(7):
        staff.get("/werk/bijeenkomsten/")


def test_the_page_of_a_meeting_costs_the_same_with_one_and_with_three_people(
    staff, plan, now, django_assert_num_queries
):
    row = plan()

    def come(number):
        actions.register(
            bijeenkomst=row, inzending=uuid.uuid4(), naam="An", email=f"{number}@voorbeeld.example", at=now
        )

    come(1)
    staff.get(f"/werk/bijeenkomsten/{row.pk}/")
    with django_assert_num_queries(10):
        staff.get(f"/werk/bijeenkomsten/{row.pk}/")
    come(2)
    come(3)
    with django_assert_num_queries(10):
        staff.get(f"/werk/bijeenkomsten/{row.pk}/")


def test_the_list_goes_out_as_csv_and_xlsx_with_its_filters(staff, plan):
    plan(titel="Deze")
    plan(titel="Niet deze", announced=False)
    answer = staff.get("/werk/bijeenkomsten/lijst.csv?status=aangekondigd")
    text = b"".join(answer).decode()
    assert "Deze" in text
    assert "Niet deze" not in text
    book = load_workbook(BytesIO(staff.get("/werk/bijeenkomsten/lijst.xlsx").content)).active
    assert book.max_row == 3


def test_the_shared_agenda_has_meetings_and_planned_reports_and_what_other_rooms_add(
    staff, cast, plan, now, monkeypatch
):
    plan(titel="Vergadering")
    factories.MeldingFactory(
        wijk=cast.wijk, team=cast.wijkteam, status="ingepland", gepland_op=timezone.localdate() + timedelta(days=2)
    )
    page = staff.get("/werk/agenda/").content.decode()
    assert "Vergadering" in page
    assert "Geplande melding" in page
    monkeypatch.setattr(registry, "_agenda", dict(registry._agenda))
    line = registry.Agendaregel(now, now + timedelta(hours=1), "Huisbezoek", "/werk/", "contactmoment")
    registry.register_agenda(registry.Agendabron("contact", "contactmomenten", lambda *_args: [line]))
    assert "Huisbezoek" in staff.get("/werk/agenda/").content.decode()
    page = staff.get("/werk/agenda/?soort=contact").content.decode()
    assert "Huisbezoek" in page
    assert "Vergadering" not in page
    assert "Vergadering" not in staff.get(f"/werk/agenda/?wijk={cast.andere_wijk.slug}").content.decode()


# Following a wijk.


def follow(client, wijk, email="an@voorbeeld.example"):
    return client.post(reverse("wijken:follow", args=[wijk.slug]), {"email": email, "stempel": stamp(), "website": ""})


def test_following_counts_only_once_it_is_confirmed_from_the_own_mail_box(client, cast):
    page = follow(client, cast.wijk)
    assert "Kijk in je mailbox" in page.content.decode()
    row = Wijkvolging.objects.get()
    path = reverse("wijken:follow_confirm", args=[link_token(row.sleutel, mails.volgen.FOLLOW_SALT)])
    assert path in Bericht.objects.get().tekst
    client.get(path)
    assert Wijkvolging.objects.get().bevestigd_op is None  # opening the link is not enough
    client.post(path)
    assert Wijkvolging.objects.get().bevestigd_op
    follow(client, cast.wijk, "AN@voorbeeld.example")
    assert (Wijkvolger.objects.count(), Bericht.objects.count()) == (1, 1)


def confirmed(wijk, email="an@voorbeeld.example", taal="nl", at=None):
    at = at or timezone.now() - timedelta(days=30)
    actions.ask_to_follow(wijk=wijk, email=email, taal=taal, at=at)
    row = Wijkvolging.objects.get(volger__email__iexact=email, wijk=wijk)
    return actions.confirm_follow(volging=row, at=at).volger


THURSDAY = timezone.make_aware(datetime(2026, 3, 5, 8, 5))


def test_the_weekly_mail_goes_out_once_and_only_when_there_is_something(plan, cast):
    follower = confirmed(cast.wijk, at=THURSDAY - timedelta(days=3))
    confirmed(cast.andere_wijk, "b@voorbeeld.example", at=THURSDAY - timedelta(days=3))
    row = plan(begin=THURSDAY + timedelta(days=6), announced=False)
    assert actions.send_weekly(at=THURSDAY) == 0
    actions.announce_meeting(bijeenkomst=row, versie=row.versie, at=THURSDAY)
    for hours in (0, 1, 30):
        actions.send_weekly(at=THURSDAY + timedelta(hours=hours))
    assert not Bericht.objects.filter(soort="wijk_week").exists()  # this week's was made up before it was announced
    assert actions.send_weekly(at=THURSDAY + timedelta(days=7)) == 0  # the meeting is over by then
    second = plan(begin=THURSDAY + timedelta(days=16))
    assert actions.send_weekly(at=THURSDAY + timedelta(days=14)) == 1
    assert actions.send_weekly(at=THURSDAY + timedelta(days=15)) == 0
    mail = Bericht.objects.get(soort="wijk_week")
    assert mail.aan == follower.email
    assert second.titel in mail.tekst
    assert f"/agenda/{second.pk}/" in mail.tekst
    assert mail.kopteksten["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_weekly_mail_tells_what_other_rooms_add_in_the_language_of_the_reader(cast, plan):
    confirmed(cast.wijk, taal="fr", at=THURSDAY - timedelta(days=3))
    for number in range(2):
        factories.MeldingFactory(
            wijk=cast.wijk,
            team=cast.wijkteam,
            status="afgesloten",
            sluitreden="opgelost",
            afgesloten_op=THURSDAY - timedelta(days=1 + number),
        )
    assert actions.send_weekly(at=THURSDAY) == 1
    mail = Bericht.objects.get(soort="wijk_week")
    assert "2 signalements ont été résolus" in mail.tekst
    assert "2 meldingen zijn opgelost" in mail.tekst  # the Dutch text below it


def test_a_mail_program_stops_the_mails_with_one_click_and_the_address_is_gone(client, cast, plan):
    confirmed(cast.wijk, at=THURSDAY - timedelta(days=3))
    plan(begin=THURSDAY + timedelta(days=6))
    actions.send_weekly(at=THURSDAY)
    mail = Bericht.objects.get(soort="wijk_week")
    path = "/" + mail.kopteksten["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    client.handler.enforce_csrf_checks = True
    client.get(path)
    assert Wijkvolger.objects.count() == 1
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert not Wijkvolger.objects.exists()
    assert not Bericht.objects.filter(aan="an@voorbeeld.example").exists()
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 204


def test_one_of_two_wijken_is_left_and_the_other_stays(client, cast):
    follower = confirmed(cast.wijk)
    confirmed(cast.andere_wijk)
    path = reverse("wijken:following", args=[link_token(follower.sleutel, mails.volgen.FOLLOWER_SALT)])
    assert cast.andere_wijk.naam in client.get(path).content.decode()
    client.post(path, {"wijk": cast.wijk.slug})
    assert [row.wijk for row in Wijkvolging.objects.all()] == [cast.andere_wijk]


def test_who_never_confirms_is_gone_after_two_weeks(cast, now):
    from kern.bewaring import actions as bewaring

    actions.ask_to_follow(wijk=cast.wijk, email="nooit@voorbeeld.example", taal="nl", at=now)
    confirmed(cast.wijk, "wel@voorbeeld.example")
    for days in (7, 8, 14, 15):
        bewaring.nightly(now + timedelta(days=days))
    assert [row.email for row in Wijkvolger.objects.all()] == ["wel@voorbeeld.example"]
    assert not Bericht.objects.filter(aan="nooit@voorbeeld.example").exists()


def test_the_page_of_a_wijk_shows_what_comes_there_and_how_to_follow(client, cast, plan):
    plan(titel="Hier")
    plan(titel="Daar", wijken=[cast.andere_wijk])
    page = client.get(cast.wijk.get_absolute_url()).content.decode()
    assert "Hier" in page
    assert "Daar" not in page
    assert reverse("wijken:follow", args=[cast.wijk.slug]) in page


def test_the_edition_of_a_week_is_the_last_thursday_at_eight():
    day = timezone.make_aware(datetime(2026, 3, 5, 7, 59))
    assert queries.volgen.edition(day).dag.isoformat() == "2026-02-26"
    assert queries.volgen.edition(day + timedelta(minutes=1)).dag.isoformat() == "2026-03-05"
    assert queries.volgen.edition(day + timedelta(days=6)).dag.isoformat() == "2026-03-05"
