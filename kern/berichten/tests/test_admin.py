import re

import pytest
from django.utils import timezone

from kern.berichten import actions
from kern.berichten.models import Bericht, MailTekst
from kern.gebruikers.models import Gebruiker

from .conftest import CONTEXT

pytestmark = pytest.mark.django_db
Status = Bericht.Status
LIST = "/beheer/berichten/mailtekst/"
TEXT = "/beheer/berichten/mailtekst/tekst/proef/nl/"


@pytest.fixture
def beheerder(client, django_user_model):
    person = django_user_model.objects.create_superuser("baas@genk.test", naam="Baas")
    client.force_login(person)
    return person


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_list_shows_every_kind_in_every_language(client, beheerder, django_assert_max_num_queries):
    MailTekst.objects.create(soort="proef", taal="fr", onderwerp="Salut", tekst="x")
    with django_assert_max_num_queries(8):
        page = text(client.get(LIST, {"q": "proef"}))
    assert "standaard<span" in page
    assert "aangepast<span" in page
    assert "nog geen vertaling<span" in page
    assert "Geen enkele mail heet zo." in text(client.get(LIST, {"q": "zzz"}))


def test_a_text_is_shown_changed_and_put_back(client, beheerder):
    assert "Dit is de standaardtekst." in text(client.get(TEXT))
    assert client.post(TEXT, {"onderwerp": "Hallo {naam}", "tekst": "Zie {link}"}).status_code == 302
    saved = MailTekst.objects.get(soort="proef")
    assert (saved.taal, saved.onderwerp) == ("nl", "Hallo {naam}")
    assert client.get(f"{LIST}{saved.pk}/change/").url == TEXT
    assert "Hallo {naam}" in text(client.get(TEXT))
    client.post(TEXT, {"standaard": "1"})
    assert not MailTekst.objects.exists()


def test_a_wrong_placeholder_is_explained_and_not_saved(client, beheerder):
    page = text(client.post(TEXT, {"onderwerp": "Hallo {naamm}", "tekst": "Zie {link"}))
    assert "Het invulveld {naamm} bestaat niet. Je kan gebruiken: {link}, {naam}, {toelichting}." in page
    assert "Er staat een accolade alleen." in page
    assert not MailTekst.objects.exists()


def test_a_preview_shows_words_that_are_not_saved_and_may_do_nothing(client, beheerder):
    answer = client.post(f"{TEXT}voorbeeld/", {"onderwerp": "Hallo {naam}", "tekst": "Nieuw <b>woord</b>"})
    assert "Hallo [naam]" in text(answer)
    assert "Nieuw &lt;b&gt;woord&lt;/b&gt;" in text(answer)
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    assert "bestaat niet" in text(client.post(f"{TEXT}voorbeeld/", {"onderwerp": "{x}", "tekst": "y"}))
    assert not MailTekst.objects.exists()


def test_a_test_mail_goes_to_who_asks(client, beheerder):
    client.post(TEXT, {"onderwerp": "Proef {naam}", "tekst": "Tekst", "testmail": "1"})
    bericht = Bericht.objects.get()
    assert (bericht.aan, bericht.onderwerp) == ("baas@genk.test", "Proef [naam]")
    assert not MailTekst.objects.exists()


def test_an_unknown_kind_or_language_is_not_there(client, beheerder):
    assert client.get(f"{LIST}tekst/zzz/nl/").status_code == 404
    assert client.get(f"{LIST}tekst/proef/de/").status_code == 404


def test_staff_without_the_admin_see_no_texts(client, django_user_model):
    client.force_login(Gebruiker.objects.create_user("an@genk.test", naam="An"))
    assert client.get(TEXT).status_code in (302, 403, 404)


def test_mails_are_searched_sent_again_and_put_aside(client, beheerder):
    for number in range(3):
        actions.enqueue(sleutel=f"k{number}", soort="proef", aan=f"x{number}@example.org", context=CONTEXT)
    Bericht.objects.filter(sleutel__in=["k0", "k1"]).update(status=Status.MISLUKT)
    failed = list(Bericht.objects.in_trouble().values_list("pk", flat=True))
    url = "/beheer/berichten/bericht/"
    assert "x1@example.org" in text(client.get(url, {"q": "x1@example.org"}))
    assert "mislukt" in text(client.get(f"{url}{failed[0]}/change/"))
    client.post(url, {"action": "mark_handled", "_selected_action": failed[:1]})
    assert Bericht.objects.in_trouble().count() == 1
    client.post(url, {"action": "send_again", "_selected_action": failed[1:]})
    again = Bericht.objects.get(opnieuw_door=beheerder)
    assert (again.status, Bericht.objects.in_trouble().count()) == (Status.WACHT, 0)


def test_what_was_sent_over_a_year_ago_is_wiped_and_its_key_stays():
    actions.enqueue(sleutel="oud", soort="proef", aan="x@example.org", context=CONTEXT)
    Bericht.objects.update(status=Status.VERZONDEN, aangemaakt_op=timezone.now() - actions.compose.KEEP * 1.01)
    assert actions.wipe_old(timezone.now()) == {"gewist": 1}
    assert Bericht.objects.get().aan == ""
    assert actions.enqueue(sleutel="oud", soort="proef", aan="x@example.org", context=CONTEXT) is None
