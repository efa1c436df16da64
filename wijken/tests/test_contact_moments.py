"""Contact moments: quick entry, what was heard becomes something, and who wants to hear more."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kern.berichten.models import Bericht
from kern.bewaring.models import Bewaarregel
from kern.prive import link_token
from meldingen.models import Melding
from meldingen.tests import factories
from meldingen.tests.factories import MeldingFactory, SubcategorieFactory
from wijken import actions, reminders
from wijken.models import Behoefte, Contactmoment, Draad, Gehoord, Opdehoogte, Straat, Thema
from wijken.queries import contactmomenten
from wijken.queries.knopen import INFORMED_SALT

pytestmark = pytest.mark.django_db
MAIL = "buur@voorbeeld.example"


@pytest.fixture
def cast(db):
    return factories.cast()


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.wijkmanager)
    return client


def make(cast, *heard, days=0, **fields):
    known = {"soort": "blokgesprek", "datum": timezone.localdate() + timedelta(days=days), "aantal_mensen": 4, **fields}
    return actions.note_moment(
        inzending=uuid.uuid4(),
        **{"wijk": cast.wijk, "gehoord": heard, "door": cast.wijkmanager, "at": timezone.now(), **known},
    )[0]


def form(cast, **fields):
    return {
        "inzending": uuid.uuid4(),
        "soort": "huisbezoek",
        "wijk": cast.wijk.pk,
        "datum": timezone.localdate().isoformat(),
        "aantal_mensen": 2,
        "gehoord": ["Het is donker.", "", " De bus komt te weinig. "],
        **fields,
    }


def test_a_moment_is_written_down_once_with_what_was_heard_and_where(manager, cast):
    Straat.objects.create(naam="Hennepstraat", zoeknaam="hennepstraat", plaats=factories.CENTRE, wijk=cast.wijk)
    data = form(cast, adres="Hennepstraat", themas=[Thema.objects.get_or_create(naam="netheid")[0].pk])
    for _ in range(2):  # the second tap on one button
        assert manager.post(reverse("wijken:moment_new"), data).status_code == 302
    row = Contactmoment.objects.get()
    assert [item.tekst for item in row.gehoord.all()] == ["Het is donker.", "De bus komt te weinig."]
    assert (row.plaats, list(row.begeleiders.all())) == (factories.CENTRE, [cast.wijkmanager])


def test_the_list_of_what_was_heard_grows_without_losing_a_word(manager, cast):
    page = manager.post(reverse("wijken:moment_new"), form(cast, meer="ja")).content.decode()
    assert page.count('name="gehoord"') == 5
    assert "De bus komt te weinig." in page
    assert "Er klopt iets niet" not in page
    assert not Contactmoment.objects.exists()


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(manager, cast):
    page = manager.post(reverse("wijken:moment_new"), form(cast, soort="", datum="morgen")).content.decode()
    assert "Kies wat voor moment het was." in page
    assert "Typ een datum" in page
    assert "Het is donker." in page


def test_each_thing_becomes_a_need_a_report_or_a_note(manager, cast):
    kind = SubcategorieFactory(naam="Straatlamp stuk")
    row = make(cast, "Het is donker.", "De lamp is stuk.", "Mooi weer.")
    dark, lamp, weather = row.gehoord.all()
    for item, data in (
        (dark, {"wat": "behoefte"}),
        (lamp, {"wat": "melding", "soort": kind.pk}),
        (weather, {"wat": "nota"}),
    ):
        for _ in range(2):  # a second press makes no second one
            manager.post(reverse("wijken:moment_heard", args=[row.pk, item.pk]), data)
    need, report = Behoefte.objects.get(), Melding.objects.get()
    assert (need.titel, need.herkomst, need.gemaakt_door) == ("Het is donker.", "contact", cast.wijkmanager)
    assert (report.categorie, report.omschrijving, report.wijk) == (kind, "De lamp is stuk.", cast.wijk)
    assert [item.werd for item in row.gehoord.all()] == ["behoefte", "melding", "nota"]
    assert {(link.van, link.naar) for link in Draad.objects.all()} == {(dark, need), (lamp, report)}
    assert not Bericht.objects.filter(soort="melding_ontvangen").exists()
    page = manager.get(row.get_absolute_url()).content.decode()
    assert need.get_absolute_url() in page
    assert reverse("meldingen:detail", args=[report.pk]) in page


def test_what_was_heard_again_is_counted_with_the_need_there_is(manager, cast):
    first, second = make(cast, "Het is donker."), make(cast, "Zo donker!")
    need = actions.make_need_of(gehoord=first.gehoord.get(), door=cast.wijkmanager, at=timezone.now())
    where = reverse("wijken:moment_heard", args=[second.pk, second.gehoord.get().pk])
    manager.post(where, {"wat": "behoefte", "behoefte": need.pk})
    assert Draad.objects.into(need).count() == 2
    assert Behoefte.objects.count() == 1


def test_a_moment_of_another_wijk_is_not_there_and_a_reader_writes_nothing(client, cast):
    row = make(cast, "Het is donker.")
    for person, seen, writes in ((cast.collega, 404, 404), (cast.lezer, 200, 404), (cast.buurttoezichter, 200, 200)):
        client.force_login(person)
        assert client.get(row.get_absolute_url()).status_code == seen
        assert client.get(reverse("wijken:moment_edit", args=[row.pk])).status_code == writes


def test_two_people_who_change_a_moment_do_not_overwrite_each_other(manager, cast):
    row = make(cast, "Het is donker.")
    where = reverse("wijken:moment_edit", args=[row.pk])
    assert manager.post(where, form(cast, versie=1, aantal_mensen=9, gehoord=["En koud."])).status_code == 302
    late = manager.post(where, form(cast, versie=1, aantal_mensen=3))
    assert "Iemand anders was je voor" in late.content.decode()
    row.refresh_from_db()
    assert (row.aantal_mensen, row.gehoord.count()) == (9, 2)


def test_somebody_asks_to_be_kept_informed_gets_a_mail_and_can_stop(manager, client, cast):
    row = make(cast, "Het is donker.")
    where = reverse("wijken:moment_inform", args=[row.pk])
    assert "Vink aan dat de bewoner dit vraagt" in manager.post(where, {"email": MAIL, "taal": "fr"}).content.decode()
    assert not Opdehoogte.objects.exists()
    for _ in range(2):
        manager.post(where, {"email": MAIL.upper(), "naam": "Buur", "taal": "fr", "toestemming": "on"})
    person = Opdehoogte.objects.get()
    assert person.toestemming_versie
    mail = Bericht.objects.get(aan=MAIL)
    link = reverse("wijken:informed", args=[link_token(person.sleutel, INFORMED_SALT)])
    assert link in mail.tekst
    client.logout()
    assert client.get(link).status_code == 200
    person.refresh_from_db()
    assert person.email == MAIL
    for _ in range(2):
        assert client.post(link, follow=True).status_code == 200
    person.refresh_from_db()
    assert (person.naam, person.email, bool(person.ingetrokken_op)) == ("", "", True)
    assert Bericht.objects.get(pk=mail.pk).aan == ""
    assert client.get(reverse("wijken:informed", args=["verkeerd"])).status_code == 404


def test_history_and_lists_hold_no_names_of_residents(manager, cast):
    row = make(cast, "Het is donker.")
    actions.keep_informed(moment=row, email=MAIL, naam="Mevrouw Buur", taal="nl", at=timezone.now())
    for address in ("moments", "moment_history"):
        args = [row.pk] if address == "moment_history" else []
        assert "Mevrouw Buur" not in manager.get(reverse(f"wijken:{address}", args=args)).content.decode()


def test_who_is_to_be_informed_is_forgotten_after_the_time_of_the_rule(cast):
    old, new = make(cast, days=-800), make(cast, days=-10)
    for moment in (old, new):
        actions.keep_informed(moment=moment, email=MAIL, naam="Buur", taal="nl", at=timezone.now())
    rule = Bewaarregel.objects.get(soort="opdehoogte")
    found = contactmomenten.long_ago(rule, [], timezone.now())
    assert [row.contactmoment for row in found] == [old]
    assert MAIL not in " ".join(contactmomenten.name_informed([row.pk for row in found]).values())
    actions.forget_informed([row.pk for row in found], timezone.now())
    assert [row.email for row in Opdehoogte.objects.order_by("pk")] == ["", MAIL]


def test_the_next_wijkteam_is_asked_for_six_weeks_later_until_it_is_planned(cast):
    today = timezone.localdate()
    make(cast, soort="wijkteam", days=-40)
    [item] = reminders.werking.wijkteams_due(today, today + timedelta(days=10))
    assert item.due_on == today + timedelta(days=2)
    assert list(item.ontvangers["verantwoordelijke"]) == [cast.wijkmanager.pk]
    assert f"soort=wijkteam&wijk={cast.wijk.pk}" in item.url
    make(cast, soort="wijkteam", days=3)
    assert list(reminders.werking.wijkteams_due(today, today + timedelta(days=10))) == []


def test_the_filters_stand_in_the_address_and_the_file_has_the_same_rows(manager, cast):
    make(cast, "Het is donker.", soort="huisbezoek")
    make(cast, "=1+1", "Nog iets.", soort="buurtbabbel")
    page = manager.get(reverse("wijken:moments"), {"soort": "buurtbabbel"})
    assert [row.soort for row in page.context["pagina"]] == ["buurtbabbel"]
    assert "Verwijder filter" in page.content.decode()
    assert len(manager.get(reverse("wijken:moments"), {"q": "donker"}).context["pagina"]) == 1
    assert len(manager.get(reverse("wijken:moments"), {"open": "on"}).context["pagina"]) == 2
    table = (
        manager.get(reverse("wijken:moments"), {"soort": "buurtbabbel", "vorm": "csv"}).getvalue().decode("utf-8-sig")
    )
    assert [line.split(";")[-2:] for line in table.splitlines()[1:]] == [
        ["'=1+1", "nog te bekijken"],
        ["Nog iets.", "nog te bekijken"],
    ]
    book = load_workbook(BytesIO(manager.get(reverse("wijken:moments"), {"vorm": "xlsx"}).getvalue()))
    assert book.active.max_row == 4


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_moments_costs_the_same_for_one_and_for_three(manager, cast, count, django_assert_num_queries):
    for _ in range(count):
        make(cast, "Het is donker.")
    with django_assert_num_queries(9):
        assert len(manager.get(reverse("wijken:moments")).context["pagina"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_moment_costs_the_same_for_one_thing_heard_and_for_three(manager, cast, count, django_assert_num_queries):
    row = make(cast, *["Het is donker."] * count)
    for item in row.gehoord.all():
        actions.make_need_of(gehoord=item, door=cast.wijkmanager, at=timezone.now())
    with django_assert_num_queries(11):
        assert manager.get(row.get_absolute_url()).status_code == 200


def test_an_empty_list_says_what_to_do_first(manager):
    assert "Schrijf het eerste op" in manager.get(reverse("wijken:moments")).content.decode()


def test_a_report_of_what_was_heard_shows_where_it_comes_from(manager, cast):
    row = make(cast, "De lamp is stuk.")
    kind = SubcategorieFactory()
    report = actions.make_report_of(gehoord=row.gehoord.get(), soort=kind.pk, door=cast.wijkmanager, at=timezone.now())
    page = manager.get(reverse("meldingen:detail", args=[report.pk])).content.decode()
    assert "De rode draad" in page
    assert Gehoord.objects.get().get_absolute_url() in page
    plain = MeldingFactory(wijk=cast.wijk, team=cast.wijkteam)
    assert "De rode draad" not in manager.get(reverse("meldingen:detail", args=[plain.pk])).content.decode()
