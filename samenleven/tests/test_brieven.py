"""The half-year letter: prepared once, frozen when it is sent, one mail to each address in its language."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.documenten.tests.pdfs import Gelezen
from samenleven.actions import aanbevelingen
from samenleven.actions import brieven as actions
from samenleven.models import Aanbeveling, Aanbevelingsnieuws, Aanbevelingsvolger, Denktafel, Halfjaarbrief
from samenleven.queries import brieven as queries
from wijken.actions.versie import Gewijzigd, StapKanNiet

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2027, 1, 4, 9))


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def recommend(traject, thema, nummer=1, **fields):
    tafel, _made = Denktafel.objects.get_or_create(traject=traject, naam="Tafel", domein=thema.domein)
    values = {
        "titel": f"Bank {nummer}", "tekst": "Zet er een.", "domein": thema.domein, "denktafel": tafel,
        "horizon": "lang", "gericht_aan": "College", "voorgesteld_op": date(2026, 9, 1), "is_openbaar": True,
    }  # fmt: skip
    return aanbevelingen.save_recommendation(
        row=Aanbeveling(traject=traject, nummer=nummer), fields=values | fields, at=NOW
    )


@pytest.fixture
def row(traject, thema):
    made = recommend(traject, thema)
    for day, kind, given in ((date(2026, 6, 30), "nota", ""), (date(2026, 11, 3), "antwoord", "overgenomen")):
        at = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
        Aanbevelingsnieuws.objects.create(aanbeveling=made, op=at, tekst="x", soort=kind, gegeven=given, gemeld_op=NOW)
    return made


@pytest.fixture
def brief(row):
    return actions.prepare(at=NOW)


def follow(row, email, taal="nl", **fields):
    values = {"aanbeveling": row, "gevraagd_op": NOW, "bevestigd_op": NOW} | fields
    return Aanbevelingsvolger.objects.create(email=email, taal=taal, **values)


def sent(brief, coordinator):
    return actions.send(brief=brief, door=coordinator, at=NOW, versie=brief.versie)


@pytest.mark.parametrize(
    ("day", "begin"),
    [
        (date(2027, 1, 1), date(2026, 7, 1)),
        (date(2027, 6, 30), date(2026, 7, 1)),
        (date(2027, 7, 1), date(2027, 1, 1)),
        (date(2027, 12, 31), date(2027, 1, 1)),
    ],
)
def test_the_letter_is_about_the_half_year_that_is_over(day, begin):
    assert queries.half_year_before(day) == begin


def test_it_is_prepared_once_and_not_while_nothing_is_public(traject, thema):
    assert actions.prepare(at=NOW) is None
    recommend(traject, thema)
    assert actions.prepare(at=NOW).vanaf == date(2026, 7, 1)
    assert actions.prepare(at=NOW) is None


def test_it_tells_what_changed_in_the_half_year_and_what_is_late(row, brief):
    row.mijlpalen.create(titel="Eerste bank", tegen=date(2026, 12, 1))
    (line,) = queries.told(queries.content(brief, date(2027, 1, 4)))
    assert (line.naam, line.nieuws, line.te_laat) == (
        "1. Bank 1", ["De stad antwoordt: overgenomen."], ["Eerste bank"],
    )  # fmt: skip


def test_each_address_gets_one_mail_in_its_language_however_much_it_follows(row, brief, coordinator, traject, thema):
    other = recommend(traject, thema, 2)
    follow(row, "an@voorbeeld.example")
    follow(other, "AN@voorbeeld.example")
    follow(row, "fr@voorbeeld.example", "fr")
    follow(row, "nog-niet@voorbeeld.example", bevestigd_op=None)
    sent(brief, coordinator)
    assert actions.deliver(at=NOW) == 2
    assert actions.deliver(at=NOW) == 0
    mails = {mail.aan.lower(): mail for mail in Bericht.objects.filter(soort="halfjaarbrief")}
    assert set(mails) == {"an@voorbeeld.example", "fr@voorbeeld.example"}
    assert "De stad antwoordt: overgenomen." in mails["an@voorbeeld.example"].tekst
    assert "La Ville" in mails["fr@voorbeeld.example"].tekst
    assert Halfjaarbrief.objects.get().is_rond


def test_a_long_list_goes_out_in_pieces_and_to_nobody_twice(row, brief, coordinator, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    for number in range(5):
        follow(row, f"v{number}@voorbeeld.example")
    sent(brief, coordinator)
    assert [actions.deliver(at=NOW) for _turn in range(4)] == [2, 2, 1, 0]
    assert Bericht.objects.filter(soort="halfjaarbrief").count() == 5


def test_once_sent_it_says_for_ever_what_it_said(row, brief, coordinator):
    sent(brief, coordinator)
    Aanbeveling.objects.update(titel="Anders")
    page = Client().get(reverse("samenleven:brief", args=[2026, 2])).content.decode()
    assert "Bank 1" in page
    assert "Anders" not in page
    brief.refresh_from_db()
    with pytest.raises(StapKanNiet):
        actions.introduce(brief=brief, inleiding="Later", versie=brief.versie)
    for change in (
        lambda: Halfjaarbrief.objects.update(inleiding="Later"),
        lambda: Halfjaarbrief.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="was sent"), transaction.atomic():
            change()


def test_staff_look_it_over_write_the_words_on_top_and_send_it(row, brief, coordinator, cast):
    client, page = client_of(coordinator), reverse("samenleven:brief_werk", args=[brief.pk])
    public = reverse("samenleven:brief", args=[2026, 2])
    assert "De stad antwoordt: overgenomen." in client.get(page).content.decode()
    assert Client().get(public).status_code == 404
    act = reverse("samenleven:brief_doe", args=[brief.pk])
    client.post(act, {"inleiding": "Dag allemaal", "versie": brief.versie})
    old = client.post(act, {"inleiding": "Te laat", "versie": brief.versie, "verstuur": "ja"}, follow=True)
    assert "iemand anders was je voor" in old.content.decode().lower()
    brief.refresh_from_db()
    client.post(act, {"inleiding": "Dag allemaal", "versie": brief.versie, "verstuur": "ja"})
    assert "Dag allemaal" in Client().get(public).content.decode()
    assert client_of(cast.wijkmanager).get(page).status_code == 404
    with pytest.raises(Gewijzigd):
        actions.send(brief=brief, door=coordinator, at=NOW, versie=1)


def test_it_is_a_tagged_pdf(row, brief, coordinator):
    sent(brief, coordinator)
    found = Gelezen(Client().get(reverse("samenleven:brief_pdf", args=[2026, 2])).content)
    found.keur()
    assert "1. Bank 1" in found.tekst


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_for_one_and_for_three(
    row, brief, coordinator, traject, thema, django_assert_num_queries, count
):
    for number in range(2, count + 1):
        recommend(traject, thema, number)
        Halfjaarbrief.objects.create(vanaf=date(2026 - number, 1, 1), gemaakt_op=NOW - timedelta(days=400))
    client = client_of(coordinator)
    for name, arguments, expected in (("brieven_werk", [], 4), ("brief_werk", [brief.pk], 10)):
        url = reverse(f"samenleven:{name}", args=arguments)
        client.get(url)
        with django_assert_num_queries(expected):
            client.get(url)
    sent(brief, coordinator)
    with django_assert_num_queries(1):
        Client().get(reverse("samenleven:brief", args=[2026, 2]))
