from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kern.beelden.models import Beeld
from kern.berichten.models import Bericht
from meldingen.models import Melding
from meldingen.tests import factories
from meldingen.tests.form.conftest import Visitor, age, picture, text, where

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]


@pytest.fixture
def ready(visitor, sluikstort, cast):
    """A visitor with a mail address, two photos and three answers, one click from the end."""
    factories.TermijnFactory()
    hoeveel, gevaar, wat = sluikstort.vragen.all()
    visitor.waar()
    visitor.wat(sluikstort)
    answers = {f"vraag_{hoeveel.pk}": "2", f"vraag_{gevaar.pk}": "ja", f"vraag_{wat.pk}": "asbest"}
    visitor.post("vragen", {**answers, "getoond": f"{hoeveel.pk},{gevaar.pk},{wat.pk}"})
    visitor.fotos(picture("a.jpg"), picture("b.jpg", "red"))
    visitor.contact(email=cast.bewoner)
    return visitor


def test_sending_a_report_costs_twelve_queries(ready):
    inzending = ready.inzending()
    ContentType.objects.get_for_model(Melding)  # every process looks this up once
    with CaptureQueriesContext(connection) as queries:
        ready.post("samenvatting", {"inzending": inzending})
    asked = [row["sql"] for row in queries if "SAVEPOINT" not in row["sql"]]
    assert Melding.objects.get().beelden.count() == 2
    assert Bericht.objects.count() == 1
    assert len(asked) == 12, "\n".join(asked)


def test_sending_twice_makes_one_report_and_shows_the_same_page(ready):
    inzending = ready.inzending()
    first = ready.post("samenvatting", {"inzending": inzending})
    second = ready.post("samenvatting", {"inzending": inzending})
    ready.client.get(first.url)
    third = ready.post("samenvatting", {"inzending": inzending})
    assert first.url == second.url == third.url
    assert (Melding.objects.count(), Bericht.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_report(ready):
    inzending = str(ready.inzending())
    barrier = Barrier(2)

    def click(_number):
        client = Client()
        client.cookies = ready.client.cookies
        barrier.wait()
        try:
            return client.post("/meldingen/nieuw/samenvatting/", {"inzending": inzending}).url
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        urls = set(pool.map(click, range(2)))
    assert len(urls) == 1
    assert (Melding.objects.count(), Bericht.objects.count()) == (1, 1)


def test_going_back_after_sending_leads_to_the_same_page(ready):
    thanks = ready.sends().url
    ready.client.get(thanks)
    assert ready.get("samenvatting").url == thanks


def test_when_the_answer_was_lost_the_report_can_be_sent_again(ready):
    """The connection broke before the thank-you page: the draft is still there, and so is its report."""
    first = ready.sends().url
    assert ready.sends().url == first
    assert Melding.objects.count() == 1


def test_after_sending_a_new_report_can_be_made(ready, zwerfvuil):
    ready.client.get(ready.sends().url)
    assert ready.until_summary(zwerfvuil).url.endswith("samenvatting/")
    ready.client.get(ready.sends().url)
    assert Melding.objects.count() == 2


def test_the_thank_you_page_is_for_the_sender_alone(ready, db):
    thanks = ready.sends().url
    code = Melding.objects.get().code
    assert Client().get(thanks).url == f"/meldingen/volg/{code}/"


def test_the_printed_page_has_a_square_to_scan(ready):
    thanks = ready.sends().url
    assert f'src="{thanks}qr.svg"' in text(ready.client.get(thanks))
    answer = ready.client.get(f"{thanks}qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<?xml")
    assert b"style" not in answer.content


def test_without_a_mail_address_the_code_is_all_there_is(visitor, zwerfvuil):
    visitor.until_summary(zwerfvuil)
    page = text(visitor.client.get(visitor.sends().url))
    assert Melding.objects.get().code in page
    assert "Schrijf de code op" in page
    assert not Bericht.objects.exists()


def test_the_report_keeps_the_language_of_the_reporter(visitor, zwerfvuil):
    visitor.until_summary(zwerfvuil)
    visitor.client.cookies["django_language"] = "fr"
    visitor.sends()
    assert Melding.objects.get().taal == "fr"


def test_a_category_without_questions_and_a_place_in_words_come_to_the_meldpunt(visitor, zwerfvuil, cast):
    visitor.waar(punt=None, in_woorden="aan de schoolpoort")
    visitor.wat(zwerfvuil)
    visitor.fotos()
    visitor.contact()
    visitor.sends()
    melding = Melding.objects.get()
    assert (melding.plaats, melding.plaats_in_woorden, melding.team) == (None, "aan de schoolpoort", cast.meldpunt)


def test_a_robot_that_fills_in_the_hidden_field_is_held_up_and_loses_nothing(visitor, zwerfvuil):
    visitor.until_summary(zwerfvuil)
    answer = visitor.sends(website="https://spam.example")
    assert "Kijk je melding nog even na" in text(answer)
    assert "<title>Fout:" in text(answer)
    assert not Melding.objects.exists()
    visitor.sends()
    assert Melding.objects.count() == 1


def test_nobody_fills_in_the_form_within_three_seconds(visitor, zwerfvuil, monkeypatch):
    monkeypatch.setattr("meldingen.forms.draft.MIN_SECONDS", 3)
    visitor.until_summary(zwerfvuil)
    assert "Kijk je melding nog even na" in text(visitor.sends())
    age(visitor, 4)
    assert "bedankt" in where(visitor.sends())


def test_a_form_of_yesterday_asks_to_be_read_again(visitor, zwerfvuil):
    visitor.until_summary(zwerfvuil)
    age(visitor, 24 * 3600 + 5)
    assert "Kijk je melding nog even na" in text(visitor.sends())
    assert "bedankt" in where(visitor.sends())


@pytest.mark.parametrize("stempel", ["", "formulier:vals:stempel"])
def test_a_forged_moment_does_not_count(visitor, zwerfvuil, stempel):
    visitor.until_summary(zwerfvuil)
    session = visitor.client.session
    session["melding"] = {**session["melding"], "stempel": stempel}
    session.save()
    assert "Kijk je melding nog even na" in text(visitor.sends())


def test_a_button_of_a_form_that_was_begun_anew_sends_nothing(visitor, zwerfvuil):
    visitor.until_summary(zwerfvuil)
    old = visitor.inzending()
    visitor.client.post("/meldingen/nieuw/opnieuw/")
    visitor.until_summary(zwerfvuil)
    answer = visitor.post("samenvatting", {"inzending": old})
    assert answer.status_code == 200
    assert not Melding.objects.exists()


def test_too_many_reports_of_one_address_are_refused_kindly(visitor, zwerfvuil, settings):
    settings.REPORTS_PER_ADDRESS = 1
    visitor.until_summary(zwerfvuil)
    visitor.client.get(visitor.sends().url)
    visitor.until_summary(zwerfvuil)
    answer = visitor.sends()
    assert answer.status_code == 429
    assert settings.CITY_PHONE in text(answer)
    assert "Er liggen blikjes" in text(visitor.get("samenvatting"))
    assert Melding.objects.count() == 1


def test_too_many_reports_with_one_mail_address_are_refused(visitor, zwerfvuil, settings):
    settings.REPORTS_PER_MAIL = 1
    other = Visitor(Client(REMOTE_ADDR="203.0.113.9"))
    for someone, status in ((visitor, 302), (other, 429)):
        someone.until_summary(zwerfvuil, email="an@voorbeeld.example")
        assert someone.sends().status_code == status


@pytest.mark.django_db(transaction=True)
def test_a_photo_that_was_thrown_away_meanwhile_does_not_break_the_sending(ready):
    inzending = ready.inzending()
    Beeld.objects.order_by("pk").first().delete()
    answer = ready.post("samenvatting", {"inzending": inzending})
    assert where(answer) == "samenvatting"
    assert "Kijk je melding nog even na" in text(ready.get("samenvatting"))
    ready.sends()
    assert Melding.objects.get().beelden.count() == 1


def test_a_question_that_was_removed_meanwhile_does_not_break_the_sending(ready, sluikstort):
    inzending = ready.inzending()
    sluikstort.vragen.get(code="hoeveel").delete()
    assert where(ready.post("samenvatting", {"inzending": inzending})) == "vragen"


def test_a_category_that_was_closed_meanwhile_is_chosen_again(visitor, zwerfvuil):
    visitor.until_summary(zwerfvuil)
    inzending = visitor.inzending()
    zwerfvuil.geldig_tot = factories.LONG_AGO
    zwerfvuil.save()
    assert where(visitor.post("samenvatting", {"inzending": inzending})) == "wat"
    assert "Er liggen blikjes" in text(visitor.get("wat"))


def test_what_changed_in_another_window_is_shown_before_it_is_sent(ready):
    page = ready.get("samenvatting").context["form"]
    seen = {name: page[name].value() for name in ("inzending", "gezien")}
    ready.contact(naam="Iemand anders")
    assert where(ready.post("samenvatting", seen)) == "samenvatting"
    assert "veranderde in een ander venster" in text(ready.get("samenvatting"))
    assert not Melding.objects.exists()
    seen["gezien"] = ready.get("samenvatting").context["form"]["gezien"].value()
    assert where(ready.post("samenvatting", seen)).startswith("bedankt/")


def test_sending_again_costs_six_queries(visitor, zwerfvuil, patient):
    for _time in range(2):  # the first fills the memory of this process
        visitor.until_summary(zwerfvuil, email="an@voorbeeld.example")
        inzending = visitor.inzending()
        with CaptureQueriesContext(connection) as queries:
            answer = visitor.post("samenvatting", {"inzending": inzending})
        asked = [row["sql"] for row in queries if "SAVEPOINT" not in row["sql"]]
        assert visitor.client.get(answer.url).status_code == 200
    assert len(asked) == 6, "\n".join(asked)  # session, what holds, report, reporter, story, mail
