import json
import uuid
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from kern.beelden import actions as beelden
from kern.beelden.tests.photos import jpeg, upload
from kern.berichten.models import Bericht
from meldingen import actions, mails
from meldingen.models import Gebeurtenis, Melder, MeldingBeeld
from meldingen.states import Sluitreden, Status
from meldingen.tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits")]
Soort = Gebeurtenis.Soort


def page(melding, name="status", **extra):
    return reverse(f"meldingen:{name}", kwargs={"code": melding.code, **extra})


@pytest.fixture
def melding(cast):
    return actions.submit(
        inzending=uuid.uuid4(),
        categorie=factories.SubcategorieFactory(naam="Zwerfvuil"),
        omschrijving="Blikjes in het gras",
        plaats=factories.CENTRE,
        adres="Hennepstraat 1",
        wijk=cast.wijk,
        naam="An Janssens",
        email=cast.bewoner,
        at=timezone.now(),
    )[0]


@pytest.fixture
def asked(melding, cast):
    return actions.ask(melding=melding, vraag="Welke kant van de straat?", door=cast.wijkmanager, at=timezone.now())


@pytest.fixture
def solved(melding, cast):
    return close(melding, cast)


def close(melding, cast, reason=Sluitreden.OPGELOST, at=None):
    return actions.close(
        melding=melding, sluitreden=reason, toelichting="Klaar!", door=cast.wijkmanager, at=at or timezone.now()
    )


def stored_photo():
    return beelden.store(upload(jpeg()))


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_a_code_typed_in_small_groups_opens_the_report(client, melding):
    typed = f" {melding.code[:5].lower()}-{melding.code[5:]} "
    assert client.get(reverse("meldingen:follow"), {"code": typed}).url == page(melding)


def test_a_code_in_the_address_is_brought_to_its_own_form(client, melding):
    answer = client.get(reverse("meldingen:status", args=[melding.code.lower()]))
    assert answer.url == page(melding)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("23456789AB", "We vinden geen melding"),
        ("0O23456789", "nooit een letter O of een nul"),
        ("2345", "tien letters en cijfers"),
        ("", "Typ de code"),
    ],
)
def test_a_wrong_code_gets_a_clear_answer(client, db, code, words):
    answer = client.get(reverse("meldingen:follow"), {"code": code})
    assert words in answer.content.decode()


def test_an_unknown_code_in_the_address_is_a_404_that_asks_again(client, db):
    answer = client.get(reverse("meldingen:status", args=["23456789AB"]))
    assert answer.status_code == 404
    assert 'name="code"' in answer.content.decode()


def test_after_too_many_wrong_codes_an_address_has_to_wait_even_with_a_right_one(client, melding):
    for _ in range(20):
        client.get(reverse("meldingen:status", args=["23456789AB"]))
    assert client.get(page(melding)).status_code == 429
    assert client.get(reverse("meldingen:follow"), {"code": melding.code}).status_code == 429
    other = Client(REMOTE_ADDR="192.0.2.9")
    assert other.get(page(melding)).status_code == 200


def test_right_codes_are_not_counted(client, melding):
    for _ in range(21):
        assert client.get(page(melding)).status_code == 200


def test_the_page_tells_status_promise_story_and_who_handles_it(client, melding, cast):
    actions.assign(melding=melding, team=cast.werkplaats, behandelaar=cast.werkman, at=timezone.now())
    text = client.get(page(melding)).content.decode()
    for words in (
        "Zwerfvuil",
        "Hennepstraat 1",
        "ontvangen",
        melding.code,
        cast.werkplaats.naam,
        "Blikjes in het gras",
    ):
        assert words in text
    assert cast.werkman.naam not in text


def test_words_that_somebody_wrote_say_in_which_language_they_are(client, solved):
    client.cookies["django_language"] = "fr"
    answer = client.get(page(solved)).content.decode()
    assert '<html lang="fr"' in answer
    assert '<div class="tekst" lang="nl"><p>Blikjes in het gras</p>' in answer
    assert '<div class="tijdlijn__meer" lang="nl"><p>Klaar!</p>' in answer
    assert '<p class="tijdlijn__wat">Nous avons reçu votre signalement</p>' in answer


def test_notes_of_staff_stay_inside(client, melding, cast):
    actions.note(melding=melding, tekst="GEHEIM", door=cast.wijkmanager, at=timezone.now())
    assert "GEHEIM" not in client.get(page(melding)).content.decode()
    assert "GEHEIM" not in client.get(page(melding, "status_data")).content.decode()


@pytest.mark.parametrize("name", ["status", "status_add", "status_withdraw", "status_forget", "status_data"])
def test_what_the_code_opens_stays_out_of_caches_and_search_engines(client, melding, name):
    answer = client.get(page(melding, name))
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"]
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_the_page_costs_the_same_with_one_and_with_three_lines(client, melding, cast, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get(page(melding))
    for number in range(2):
        actions.resident.add(melding=melding, tekst=f"Nog {number}", beelden=[stored_photo().pk], at=timezone.now())
    with django_assert_num_queries(4):
        client.get(page(melding))


def test_words_and_photos_are_added_once_however_often_they_are_sent(client, melding):
    for _ in range(2):
        answer = client.post(
            page(melding, "status_add"), {"tekst": "Ook glas", "beelden": [upload(jpeg())]}, follow=True
        )
    assert said(answer) == ["Dank je. We voegden dit toe aan je melding."]
    assert melding.gebeurtenissen.filter(soort=Soort.AANVULLING).count() == 1
    assert melding.beelden.filter(soort=MeldingBeeld.Soort.AANVULLING).count() == 1
    assert "Ook glas" in answer.content.decode()


def test_another_photo_without_words_is_no_second_click(client, melding):
    for width in (40, 50):
        client.post(page(melding, "status_add"), {"tekst": "", "beelden": [upload(jpeg(width))]})
    assert melding.beelden.count() == 2


def test_an_empty_addition_is_refused(client, melding):
    answer = client.post(page(melding, "status_add"), {"tekst": " "})
    assert "Schrijf iets of kies een foto." in answer.content.decode()
    assert not melding.gebeurtenissen.filter(soort=Soort.AANVULLING).exists()


def test_nothing_can_be_added_to_a_closed_report(client, solved):
    answer = client.post(page(solved, "status_add"), {"tekst": "Nog iets"}, follow=True)
    assert said(answer) == ["Dat kan nu niet: je melding is opgelost."]
    assert not solved.gebeurtenissen.filter(soort=Soort.AANVULLING).exists()


def test_changes_are_limited_per_report(client, melding):
    for number in range(21):
        answer = client.post(page(melding, "status_add"), {"tekst": f"Bericht {number}"}, follow=True)
    assert said(answer) == ["Je deed dit uur al veel met je melding. Probeer het over een uur opnieuw."]
    assert melding.gebeurtenissen.filter(soort=Soort.AANVULLING).count() == 20


def test_a_question_is_shown_and_its_answer_goes_back_to_the_handler_once(client, asked):
    assert "Welke kant van de straat?" in client.get(page(asked)).content.decode()
    for _ in range(2):
        answer = client.post(page(asked, "status_answer"), {"tekst": "Links"}, follow=True)
        assert said(answer) == ["Dank je. We hebben je antwoord en werken verder."]
    asked.refresh_from_db()
    assert asked.status == Status.IN_BEHANDELING
    assert asked.gebeurtenissen.filter(soort=Soort.ANTWOORD).count() == 1


def test_an_empty_answer_keeps_the_question_in_view(client, asked):
    text = client.post(page(asked, "status_answer"), {"tekst": ""}).content.decode()
    assert "Schrijf je antwoord." in text
    assert "Welke kant van de straat?" in text


def test_without_a_question_there_is_nothing_to_answer(client, melding):
    answer = client.post(page(melding, "status_answer"), {"tekst": "Links"}, follow=True)
    assert said(answer) == ["Dat kan nu niet: je melding is ontvangen."]


def test_withdrawing_asks_first_and_happens_once(client, melding):
    assert client.get(page(melding, "status_withdraw")).status_code == 200
    melding.refresh_from_db()
    assert melding.is_open
    for _ in range(2):
        answer = client.post(page(melding, "status_withdraw"), {"reden": ""}, follow=True)
        assert said(answer) == ["We hebben je melding ingetrokken. We doen er niets meer mee."]
    melding.refresh_from_db()
    assert melding.sluitreden == Sluitreden.INGETROKKEN
    assert melding.gebeurtenissen.filter(naar_status=Status.AFGESLOTEN).count() == 1


def test_a_solved_report_is_not_withdrawn(client, solved):
    answer = client.post(page(solved, "status_withdraw"), {}, follow=True)
    assert said(answer) == ["Dat kan nu niet: je melding is opgelost."]


def test_a_report_is_reopened_with_a_reason_once(client, solved):
    assert "Schrijf wat er" in client.post(page(solved, "status_reopen"), {"reden": ""}).content.decode()
    for _ in range(2):
        answer = client.post(page(solved, "status_reopen"), {"reden": "Er ligt weer vuil"}, follow=True)
        assert said(answer) == ["Je melding is weer open. We bekijken ze opnieuw."]
    solved.refresh_from_db()
    assert solved.status == Status.HEROPEND
    assert solved.gebeurtenissen.filter(naar_status=Status.HEROPEND).count() == 1


def test_after_thirty_days_a_report_no_longer_changes(client, solved):
    with travel(timezone.now() + timedelta(days=31), tick=False):
        text = client.get(page(solved)).content.decode()
        assert page(solved, "status_reopen") not in text
        assert "verandert niet meer" in text
        answer = client.post(page(solved, "status_reopen"), {"reden": "Toch niet"}, follow=True)
    assert said(answer) == ["Dat kan nu niet: je melding is opgelost."]
    solved.refresh_from_db()
    assert solved.status == Status.AFGESLOTEN


def test_vergeet_mij_asks_first_then_wipes_contact_and_mails_and_keeps_the_report(client, melding, cast):
    assert Bericht.objects.filter(aan=cast.bewoner).exists()
    client.get(page(melding, "status_forget"))
    assert Melder.objects.get(melding=melding).email == cast.bewoner
    for _ in range(2):
        answer = client.post(page(melding, "status_forget"), follow=True)
        assert said(answer) == ["We hebben je naam, mailadres en telefoonnummer gewist."]
    melder = Melder.objects.get(melding=melding)
    assert (melder.naam, melder.email, melder.telefoon) == ("", "", "")
    assert not Bericht.objects.filter(aan=cast.bewoner).exists()
    text = answer.content.decode()
    assert cast.bewoner not in text
    assert "Blikjes in het gras" in text


def test_mails_can_be_turned_off_and_on_again(client, melding, cast):
    answer = client.post(page(melding, "status_mails"), {"aan": "nee"}, follow=True)
    assert said(answer) == ["Je krijgt geen mails meer over deze melding."]
    before = Bericht.objects.count()
    actions.start(melding=melding, door=cast.wijkmanager, at=timezone.now())
    assert Bericht.objects.count() == before
    answer = client.post(page(melding, "status_mails"), {"aan": "ja"}, follow=True)
    assert said(answer) == ["Je krijgt weer mails over deze melding."]
    close(melding, cast)
    assert Bericht.objects.count() == before + 1


def test_my_data_come_as_json(client, melding, cast):
    actions.resident.add(melding=melding, tekst="Ook glas", at=timezone.now())
    answer = client.get(page(melding, "status_data"))
    assert answer["Content-Disposition"] == f'attachment; filename="melding-{melding.pk}.json"'
    data = json.loads(answer.content)
    assert data["contact"] == {"naam": "An Janssens", "email": cast.bewoner, "telefoon": "", "wil_bericht": True}
    assert data["melding"]["omschrijving"] == "Blikjes in het gras"
    assert [line["tekst"] for line in data["verhaal"]] == ["", "Ook glas"]
    assert melding.code in data["mails"][0]["tekst"]


def test_my_data_hold_no_mail_to_somebody_else(client, melding):
    actions.follow(melding=melding, sleutel=uuid.uuid4(), email="buur@voorbeeld.example", at=timezone.now())
    data = client.get(page(melding, "status_data")).json()
    assert len(data["mails"]) == 1
    assert "buur@voorbeeld.example" not in json.dumps(data)


def test_a_photo_opens_with_the_code_of_its_own_report_only(client, melding):
    beeld = stored_photo()
    MeldingBeeld.objects.create(melding=melding, beeld=beeld)
    other = factories.MeldingFactory()
    assert client.get(page(melding, "status_photo", beeld=beeld.pk, maat="klein")).status_code == 202
    assert client.get(page(other, "status_photo", beeld=beeld.pk, maat="klein")).status_code == 404
    assert client.get(page(melding, "status_photo", beeld=beeld.pk, maat="reuzegroot")).status_code == 404


def test_a_follower_sees_the_public_status_and_nothing_of_the_reporter(client, melding, cast):
    volger = actions.follow(melding=melding, sleutel=uuid.uuid4(), email="buur@voorbeeld.example", at=timezone.now())
    answer = client.get(reverse("meldingen:following", args=[volger.sleutel]))
    text = answer.content.decode()
    assert "ontvangen" in text
    for secret in (melding.code, cast.bewoner, "An Janssens", "Blikjes", "Hennepstraat 1"):
        assert secret not in text
    assert "noindex" in answer["X-Robots-Tag"]
    assert client.get(reverse("meldingen:following", args=[uuid.uuid4()])).status_code == 404


def test_stopping_asks_on_get_and_stops_on_post(client, melding):
    volger = actions.follow(melding=melding, sleutel=uuid.uuid4(), email="buur@voorbeeld.example", at=timezone.now())
    stop = reverse("meldingen:unfollow", args=[volger.sleutel])
    assert client.get(stop).status_code == 200
    volger.refresh_from_db()
    assert volger.email
    assert client.post(stop).status_code == 302
    volger.refresh_from_db()
    assert volger.email == ""


def test_a_mail_program_stops_the_mails_in_one_click_without_our_cookie(melding):
    volger = actions.follow(melding=melding, sleutel=uuid.uuid4(), email="buur@voorbeeld.example", at=timezone.now())
    head = Bericht.objects.get(aan="buur@voorbeeld.example").kopteksten
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = head["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    answer = Client(enforce_csrf_checks=True).post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 204
    volger.refresh_from_db()
    assert volger.email == ""


def test_the_link_to_my_reports_answers_the_same_for_every_address(client, melding, cast):
    answers = [
        client.post(reverse("meldingen:mine_request"), {"email": email})
        for email in (cast.bewoner, "x@voorbeeld.example")
    ]
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    assert list(Bericht.objects.filter(soort="mijn_meldingen").values_list("aan", flat=True)) == [cast.bewoner]


def test_asking_for_the_link_twice_mails_once(client, melding, cast):
    with travel(timezone.now(), tick=False):
        for _ in range(2):
            client.post(reverse("meldingen:mine_request"), {"email": cast.bewoner.upper()})
    assert Bericht.objects.filter(soort="mijn_meldingen").count() == 1


def test_a_mailbox_is_not_flooded_with_links_and_the_answer_stays_the_same(client, melding, cast):
    start = timezone.now().replace(hour=9)
    for minute in range(0, 60, 6):
        with travel(start + timedelta(minutes=minute), tick=False):
            answer = client.post(reverse("meldingen:mine_request"), {"email": cast.bewoner})
            assert answer.status_code == 302
    assert Bericht.objects.filter(soort="mijn_meldingen").count() == 4


def test_the_signed_link_lists_all_reports_of_the_address_and_of_no_other(
    client, melding, cast, django_assert_num_queries
):
    link = reverse("meldingen:mine", args=[signing.dumps(cast.bewoner, salt=mails.LINK_SALT)])
    other = factories.MelderFactory(email="iemand@voorbeeld.example").melding
    with django_assert_num_queries(1):
        client.get(link)
    more = [factories.MelderFactory(email=cast.bewoner.upper()).melding for _ in range(2)]
    with django_assert_num_queries(1):
        text = client.get(link).content.decode()
    assert all(page(row) in text for row in [melding, *more])
    assert page(other) not in text


def test_the_signed_link_stops_working_after_two_hours(client, melding, cast):
    link = reverse("meldingen:mine", args=[signing.dumps(cast.bewoner, salt=mails.LINK_SALT)])
    with travel(timezone.now() + timedelta(hours=2, seconds=5), tick=False):
        answer = client.get(link)
    assert answer.status_code == 410
    assert 'name="email"' in answer.content.decode()
    assert page(melding) not in answer.content.decode()
    assert client.get(reverse("meldingen:mine", args=["verzonnen"])).status_code == 410


def test_what_cannot_be_a_code_is_not_counted_as_a_guess(client, melding):
    for _ in range(21):
        client.get(reverse("meldingen:follow"), {"code": "vergeten"})
    assert client.get(page(melding)).status_code == 200
