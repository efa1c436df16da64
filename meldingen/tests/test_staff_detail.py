from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.beelden import actions as beelden
from kern.beelden.tests.photos import jpeg, upload
from kern.berichten.models import Bericht
from meldingen import actions
from meldingen.models import Gebeurtenis, Melding, MeldingBeeld
from meldingen.states import Status
from meldingen.tests.factories import MelderFactory, MeldingFactory, SubcategorieFactory


@pytest.fixture
def melding(cast):
    melding = MeldingFactory(wijk=cast.wijk, team=cast.wijkteam)
    MelderFactory(melding=melding)
    return melding


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.wijkmanager)
    return client


def detail(melding):
    return reverse("meldingen:detail", args=[melding.pk])


def do(client, melding, stap, *, versie=None, query="", **data):
    url = reverse("meldingen:step", args=[melding.pk, stap]) + query
    return client.post(url, {"versie": versie or Melding.objects.get(pk=melding.pk).versie, **data})


def test_the_page_shows_facts_reporter_story_and_steps(manager, melding, cast):
    actions.note(melding=melding, tekst="Morgen kijken", door=cast.collega, at=timezone.now())
    page = manager.get(detail(melding)).content.decode()
    for words in ("Er liggen blikjes", "An Janssens", "an@voorbeeld.example", "Morgen kijken", "Saar Sledderlo"):
        assert words in page
    for words in ("Neem in behandeling", "Plan in", "Sluit af", "Stel een vraag", "Niet voor ons", "Verzet de belofte"):
        assert words in page


def test_a_reader_sees_the_report_without_the_reporter_and_without_steps(client, melding, cast):
    client.force_login(cast.lezer)
    page = client.get(detail(melding)).content.decode()
    assert "Er liggen blikjes" in page
    assert "An Janssens" not in page
    assert melding.code not in page
    assert "Wat kun je nu doen" not in page
    assert do(client, melding, "notitie", tekst="x").status_code == 404
    assert not Gebeurtenis.objects.exists()


@pytest.mark.parametrize("stap", ["start", "plan", "sluit", "notitie", "openbaar", "bestaat-niet"])
def test_what_is_not_yours_and_what_is_not_there_answer_the_same(client, melding, cast, stap):
    client.force_login(cast.collega)
    assert client.get(detail(melding)).status_code == 404
    assert do(client, melding, stap).status_code == 404
    assert client.get(reverse("meldingen:detail", args=[melding.pk + 1])).status_code == 404
    assert Melding.objects.get().versie == melding.versie


def test_every_step_has_a_form_that_opens(manager, melding):
    answer = manager.get(detail(melding))
    for stap in answer.context["stappen"]:
        page = manager.get(detail(melding), {"stap": stap.code})
        assert page.context["stap"].code == stap.code
        assert str(stap.knop) in page.content.decode()
        part = manager.get(detail(melding), {"stap": stap.code}, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert str(stap.knop) in part


def test_taking_a_report_up_makes_it_mine_and_mails_the_resident(manager, melding, cast):
    answer = do(manager, melding, "start", toelichting="Ik kom kijken.")
    assert answer.status_code == 302
    melding.refresh_from_db()
    assert (melding.status, melding.behandelaar) == (Status.IN_BEHANDELING, cast.wijkmanager)
    mail = Bericht.objects.get()
    assert mail.aan == "an@voorbeeld.example"
    assert "Ik kom kijken." in mail.tekst
    assert "Ik kom kijken." in manager.get(detail(melding)).content.decode()


def test_a_day_later_than_promised_needs_a_reason(manager, melding):
    day = melding.oplossing_uiterlijk + timedelta(days=3)
    refused = do(manager, melding, "plan", gepland_op=day)
    assert "Zeg de melder waarom" in refused.content.decode()
    assert do(manager, melding, "plan", gepland_op=day, toelichting="De ploeg is ziek.").status_code == 302
    melding.refresh_from_db()
    assert (melding.status, melding.gepland_op) == (Status.INGEPLAND, day)


def test_a_day_that_is_over_is_refused_by_the_field(manager, melding):
    answer = do(manager, melding, "plan", gepland_op=timezone.localdate() - timedelta(days=1))
    assert "Kies een dag vanaf vandaag" in answer.content.decode()


def test_closing_keeps_the_photos_of_after_the_repair(manager, melding):
    answer = do(manager, melding, "sluit", sluitreden="opgelost", toelichting="Opgeruimd.", fotos=[upload(jpeg())])
    assert answer.status_code == 302
    assert Melding.objects.get().status == Status.AFGESLOTEN
    assert MeldingBeeld.objects.get().soort == MeldingBeeld.Soort.NA_HERSTEL


def test_the_preview_is_the_mail_itself_and_leaves_nothing_behind(manager, melding):
    data = {"sluitreden": "opgelost", "toelichting": "Alles is weg.", "voorbeeld": "ja"}
    before = Melding.objects.values().get()
    page = do(manager, melding, "sluit", **data)
    assert "Deze mail gaat naar an@voorbeeld.example" in page.content.decode()
    url = reverse("meldingen:step", args=[melding.pk, "sluit"])
    part = manager.post(url, {"versie": 1, **data}, headers={"HX-Request": "true"}).content.decode()
    assert "Alles is weg." in part
    assert "<html" not in part
    assert Melding.objects.values().get() == before
    assert not Bericht.objects.exists()
    assert not Gebeurtenis.objects.exists()


def test_the_preview_speaks_the_language_of_the_reporter(manager, cast):
    melding = MeldingFactory(wijk=cast.wijk, team=cast.wijkteam, taal="fr")
    MelderFactory(melding=melding)
    page = do(manager, melding, "start", voorbeeld="ja").content.decode()
    assert "in het Frans" in page
    assert 'lang="fr"' in page


def test_the_second_of_two_people_is_told_and_keeps_the_words(manager, melding, cast):
    actions.start(melding=melding, door=cast.beheerder, at=timezone.now(), versie=1)
    answer = do(manager, melding, "sluit", versie=1, sluitreden="opgelost", toelichting="Mijn lange uitleg")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bo Beheerder wijzigde deze melding" in page
    assert "Mijn lange uitleg" in page
    assert Melding.objects.get().status == Status.IN_BEHANDELING
    assert answer.context["form"]["versie"].value() == "2"
    assert do(manager, melding, "sluit", sluitreden="opgelost", toelichting="Mijn lange uitleg").status_code == 302


def test_who_comes_too_late_for_a_step_gets_the_words_back(manager, melding, cast):
    actions.close(
        melding=melding, sluitreden="opgelost", toelichting="Klaar", door=cast.beheerder, at=timezone.now(), versie=1
    )
    answer = do(manager, melding, "vraag", versie=1, vraag="Waar precies?")
    assert answer.status_code == 409
    assert "Waar precies?" in answer.content.decode()
    assert Melding.objects.get().status == Status.AFGESLOTEN


def test_a_call_counts_as_the_first_reaction(manager, melding):
    assert do(manager, melding, "contact", hoe="gebeld", tekst="An weet ervan.").status_code == 302
    melding.refresh_from_db()
    assert melding.gereageerd_op is not None
    assert melding.volgende_termijn == melding.oplossing_uiterlijk
    line = Gebeurtenis.objects.get()
    assert line.tekst == "Gebeld: An weet ervan."
    assert not line.voor_melder
    assert not Bericht.objects.exists()


def test_a_mentioned_colleague_gets_a_mail(manager, melding, cast):
    do(manager, melding, "notitie", tekst="Kijk jij mee?", genoemd=[cast.werkman.pk])
    assert Bericht.objects.get().aan == cast.werkman.email
    assert "@Bart Werkplaats" in manager.get(detail(melding)).content.decode()


def test_not_for_us_goes_back_to_triage_with_the_reason(manager, melding, cast):
    do(manager, melding, "niet-voor-ons", reden="Dit is van de provincie.")
    melding.refresh_from_db()
    assert (melding.team, melding.keren_doorgestuurd) == (cast.meldpunt, 1)


def test_moving_the_promise_shows_both_dates(manager, melding):
    first = melding.oplossing_beloofd
    do(manager, melding, "belofte", oplossing_uiterlijk=first + timedelta(days=7), reden="Materiaal ontbreekt.")
    page = manager.get(detail(melding)).content.decode()
    assert "eerst beloofd" in page
    assert "Materiaal ontbreekt." in page


def test_category_priority_and_place_can_be_corrected(manager, melding, cast):
    other = SubcategorieFactory(naam="Sluikstort")
    answer = do(
        manager,
        melding,
        "verbeter",
        categorie=other.pk,
        prioriteit="hoog",
        plaats="50.96700, 5.50300",
        reden="Beter zo.",
    )
    assert answer.status_code == 302
    melding.refresh_from_db()
    assert (melding.categorie, melding.prioriteit, melding.wijk) == (other, "hoog", cast.wijk)
    outside = do(
        manager, melding, "verbeter", categorie=other.pk, prioriteit="hoog", plaats="50.93000, 5.40000", reden=""
    )
    assert "ligt niet in Genk" in outside.content.decode()


def test_staff_choose_which_photos_everybody_may_see(manager, melding):
    photos = [MeldingBeeld.objects.create(melding=melding, beeld=beelden.store(upload(jpeg()))) for _ in range(2)]
    do(manager, melding, "openbaar", openbaar="on", openbare_tekst="Blikjes in het gras", beelden=[photos[1].pk])
    assert list(melding.beelden.values_list("openbaar", flat=True)) == [False, True]
    assert Melding.objects.get().openbaar


def test_a_buurttoezichter_can_not_release_a_report(client, melding, cast):
    client.force_login(cast.buurttoezichter)
    assert "openbaar" not in [row.code for row in client.get(detail(melding)).context["stappen"]]
    assert do(client, melding, "openbaar", openbaar="on", openbare_tekst="x").status_code == 404


def test_a_photo_is_for_who_may_see_the_report(client, melding, cast):
    photo = MeldingBeeld.objects.create(melding=melding, beeld=beelden.store(upload(jpeg())))
    url = reverse("meldingen:staff_photo", args=[melding.pk, photo.pk, "klein"])
    assert client.get(url).status_code == 302
    client.force_login(cast.wijkmanager)
    assert client.get(url).status_code == 202
    assert client.get(url.replace("klein", "reuze")).status_code == 404
    client.force_login(cast.collega)
    assert client.get(url).status_code == 404


def test_the_list_comes_back_with_the_report_before_and_after(manager, cast):
    first, second, third = (
        MeldingFactory(wijk=cast.wijk, team=cast.wijkteam, volgende_termijn=timezone.localdate() + timedelta(days=n))
        for n in range(3)
    )
    MelderFactory(melding=second)
    page = manager.get(reverse("meldingen:staff_list"), {"lijst": "team", "wijk": cast.wijk.pk})
    link = page.context["keuze"].link(page.context["pagina"].rows[1])
    opened = manager.get(link)
    assert opened.context["vorige"].startswith(detail(first))
    assert opened.context["volgende"].startswith(detail(third))
    query = "?" + link.partition("?")[2]
    closed = do(manager, second, "sluit", query=query, sluitreden="opgelost", toelichting="Klaar", volgende="ja")
    assert closed.url.startswith(detail(third))
    after = manager.get(link)
    assert after.context["vorige"].startswith(detail(first))
    assert "wijk=" in after.context["herkomst"].lijst_url


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_report_costs_eight_queries_whatever_happened(
    manager, melding, cast, count, django_assert_num_queries
):
    for n in range(count):
        actions.note(melding=melding, tekst=f"Notitie {n}", door=cast.collega, at=timezone.now(), genoemd=[cast.lezer])
    with django_assert_num_queries(8):
        assert manager.get(detail(melding)).status_code == 200


def test_the_history_tells_each_change_and_the_mails_with_a_button_to_send_again(manager, melding, cast):
    do(manager, melding, "start", toelichting="Ik kom kijken.")
    page = manager.get(reverse("meldingen:staff_history", args=[melding.pk])).content.decode()
    assert "Wim Wijkmanager" in page
    assert "in behandeling" in page
    assert "blikjes" not in page
    mail = Bericht.objects.get()
    assert reverse("meldingen:staff_mail", args=[melding.pk, mail.pk]) in page
    assert "Ik kom kijken." in manager.get(reverse("meldingen:staff_mail", args=[melding.pk, mail.pk])).content.decode()
    Bericht.objects.update(status=Bericht.Status.MISLUKT)
    again = manager.post(reverse("meldingen:staff_mail_again", args=[melding.pk, mail.pk]))
    assert again.url == reverse("meldingen:staff_history", args=[melding.pk])
    assert Bericht.objects.get(opnieuw_door=cast.wijkmanager).status == Bericht.Status.WACHT


def test_the_mails_are_for_who_handles_reports(client, melding, cast):
    actions.start(melding=melding, door=cast.wijkmanager, at=timezone.now(), toelichting="Ik kom kijken.")
    mail = Bericht.objects.get()
    for person, history_code in ((cast.lezer, 200), (cast.collega, 404)):
        client.force_login(person)
        page = client.get(reverse("meldingen:staff_history", args=[melding.pk]))
        assert page.status_code == history_code
        assert "an@voorbeeld.example" not in page.content.decode()
        assert client.get(reverse("meldingen:staff_mail", args=[melding.pk, mail.pk])).status_code == 404
        assert client.post(reverse("meldingen:staff_mail_again", args=[melding.pk, mail.pk])).status_code == 404


def test_what_was_typed_while_the_log_in_ended_is_back_after_logging_in_again(client, melding, cast):
    typed = {"gepland_op": "2030-01-07", "toelichting": "Met de kraan"}
    answer = do(client, melding, "plan", query="?terug=lijst%3Dmijn", **typed)
    assert answer.url.startswith(reverse("account_login"))
    client.force_login(cast.wijkmanager)
    step = parse_qs(urlsplit(answer.url).query)["next"][0]
    page = client.get(step, follow=True)
    assert page.context["herkomst"].selectie.lijst.code == "mijn"
    html = page.content.decode()
    assert "Met de kraan" in html
    assert 'value="2030-01-07"' in html
    assert "Je was uitgelogd" in html
    assert not Gebeurtenis.objects.filter(melding=melding, soort=Gebeurtenis.Soort.STAP).exists()
    assert "Met de kraan" not in client.get(detail(melding) + "?stap=plan").content.decode()


def test_what_somebody_typed_is_not_given_back_on_another_report(client, melding, cast):
    do(client, melding, "notitie", tekst="Alleen hier")
    client.force_login(cast.wijkmanager)
    other = MeldingFactory(wijk=cast.wijk, team=cast.wijkteam)
    assert "Alleen hier" not in client.get(detail(other) + "?stap=notitie").content.decode()
    assert "Alleen hier" in client.get(detail(melding) + "?stap=notitie").content.decode()


@pytest.mark.parametrize(
    ("stap", "messages"),
    [
        ("plan", ["Kies een dag."]),
        ("sluit", ["Kies hoe het afloopt.", "Schrijf wat de melder moet weten."]),
        ("vraag", ["Schrijf je vraag."]),
        ("niet-voor-ons", ["Schrijf waarom dit niet voor jullie is."]),
        ("notitie", ["Schrijf je notitie."]),
    ],
)
def test_what_is_missing_is_asked_in_plain_words(manager, melding, stap, messages):
    page = do(manager, melding, stap).content.decode()
    assert all(message in page for message in messages)
