"""A conversation from its plan to what everybody may read, and the quote that is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.berichten.models import Bericht
from kern.bewaring.models import Bewaarregel
from kern.bewaring.queries import over
from kern.documenten.tests.pdfs import Gelezen
from samenleven import mails
from samenleven.actions import gesprekken as actions
from samenleven.actions.uitdagers import Gewijzigd
from samenleven.bewaring.gesprekken import SOORTEN
from samenleven.models import Citaat, Gesprek, Profielgroep, Profieltelling, Signaal, Toestemming
from samenleven.queries import bereik
from samenleven.states.gesprek import Status

pytestmark = pytest.mark.usefixtures("no_limits")


def sheet_of(gesprek):
    return reverse("samenleven:blad", args=[mails.blad_token(gesprek)])


def filled(thema, **changes):
    """A sheet as a host fills it in."""
    return {
        "aanwezigen": "12",
        "datum": (timezone.localdate() - timedelta(days=1)).isoformat(),
        "signaal-aantal": "3",
        "citaat-aantal": "1",
        "signaal-0-tekst": "We kennen de buren niet.",
        "signaal-0-soort": "struikelblok",
        "signaal-0-thema": str(thema.pk),
        "citaat-1-tekst": "Dat bankje deed meer dan tien vergaderingen.",
        "citaat-1-akkoord": "on",
        "verstuur": "ja",
        **changes,
    }


@pytest.fixture
def entered(client, gesprek, thema):
    client.post(sheet_of(gesprek), filled(thema))
    gesprek.refresh_from_db()
    return gesprek


def judge(client, gesprek, **changes):
    """Look the sheet over as staff: all of it is fit for everybody."""
    data = {"versie": gesprek.versie, "klaar": "ja"}
    for row in gesprek.signalen.all():
        key = f"signaal-{row.nummer}"
        data |= {f"{key}-tekst": row.tekst, f"{key}-soort": row.soort, f"{key}-thema": row.thema_id or ""}
        data |= {f"{key}-openbaar": "on"}
    for row in gesprek.citaten.with_consent():
        data |= {f"citaat-{row.nummer}-tekst": row.tekst, f"citaat-{row.nummer}-openbaar": "on"}
    return client.post(reverse("samenleven:gesprek", args=[gesprek.pk]), data | changes)


@pytest.fixture
def checked(client, entered, coordinator):
    client.force_login(coordinator)
    judge(client, entered)
    client.logout()
    entered.refresh_from_db()
    return entered


def test_a_planned_conversation_mails_its_host_the_link_once(client, cast, coordinator, traject, uitdager):
    client.force_login(coordinator)
    data = {
        "traject": traject.pk,
        "titel": "Buren",
        "datum": "2030-01-04",
        "methode": "tafel",
        "taal": "tr",
        "wijk": cast.wijk.pk,
        "uitdagers": [uitdager.pk],
    }
    client.post(reverse("samenleven:gesprek_nieuw"), data)
    row = Gesprek.objects.get()
    client.post(reverse("samenleven:gesprek_bewerk", args=[row.pk]), data | {"plaats": "school", "versie": row.versie})
    row.refresh_from_db()
    assert row.plaats == "school"
    mail = Bericht.objects.get(soort="gesprek_blad")
    assert sheet_of(row) in mail.tekst


def test_a_host_without_account_sends_the_sheet_and_staff_still_have_to_look(entered, thema):
    assert entered.status == Status.INGEVOERD
    assert entered.aanwezigen == 12
    signaal = entered.signalen.get()
    assert (signaal.soort, signaal.thema, signaal.domein) == (Signaal.Soort.STRUIKELBLOK, thema, thema.domein)
    assert not Signaal.objects.public().exists()
    assert not Citaat.objects.public().exists()
    assert Citaat.objects.with_consent().get().toestemmingen.get().tekst.versie == 1


def test_a_second_click_enters_nothing_twice(client, entered, thema):
    answer = client.post(sheet_of(entered), filled(thema, aanwezigen="99"), follow=True)
    assert "aangekomen" in answer.content.decode()
    entered.refresh_from_db()
    assert (entered.aanwezigen, Signaal.objects.count(), Citaat.objects.count()) == (12, 1, 1)
    assert Bericht.objects.filter(soort="gesprek_ingevoerd").count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"citaat-1-akkoord": ""}, "Zonder toestemming bewaren we dit citaat niet"),
        ({"signaal-0-soort": ""}, "Kies wat het is"),
        ({"aanwezigen": ""}, "Vul in hoeveel mensen er waren"),
        ({"datum": "2090-01-01"}, "Deze dag moet nog komen"),
    ],
)
def test_a_sheet_that_is_not_right_says_why_and_keeps_what_was_typed(client, gesprek, thema, changes, words):
    answer = client.post(sheet_of(gesprek), filled(thema, **changes))
    page = answer.content.decode()
    assert words in page
    assert "Dat bankje deed meer" in page
    gesprek.refresh_from_db()
    assert gesprek.status == Status.GEPLAND
    assert "Dat bankje deed meer" in client.get(sheet_of(gesprek)).content.decode(), "kept, for another day"


def test_a_draft_is_kept_and_the_form_grows_without_javascript(client, gesprek, thema):
    client.post(sheet_of(gesprek), filled(thema, meer="signaal", verstuur=""))
    page = client.get(sheet_of(gesprek)).content.decode()
    assert "We kennen de buren niet." in page
    assert "signaal-4-tekst" in page
    assert "signaal-5-tekst" not in page
    gesprek.refresh_from_db()
    client.post(sheet_of(gesprek), filled(thema))
    gesprek.refresh_from_db()
    assert gesprek.concept == {}


def test_nobody_gets_in_with_a_link_that_was_not_made_here_and_may_not_try_for_ever(client, gesprek):
    good = sheet_of(gesprek)
    assert client.get(good).status_code == 200
    answers = [client.get(good[:-3] + "xx/").status_code for _ in range(21)]
    assert answers[:20] == [404] * 20
    assert answers[20] == 429


def test_more_people_cannot_be_counted_than_were_there(client, gesprek, thema):
    groep = Profielgroep.objects.filter(kenmerk__code="gender").first()
    page = client.post(sheet_of(gesprek), filled(thema, **{f"profiel-{groep.pk}": "13"})).content.decode()
    assert "meer mensen dan er waren" in page
    client.post(sheet_of(gesprek), filled(thema, **{f"profiel-{groep.pk}": "12"}))
    assert Profieltelling.objects.get().aantal == 12


def test_staff_decide_what_everybody_may_read(client, checked):
    assert checked.status == Status.NAGEKEKEN
    page = client.get(reverse("samenleven:stemmen")).content.decode()
    assert "We kennen de buren niet." in page
    assert "Dat bankje deed meer" in page


def test_staff_send_a_sheet_back_with_a_question_and_the_host_finds_what_was_entered(client, entered, coordinator):
    client.force_login(coordinator)
    address = reverse("samenleven:gesprek_stap", args=[entered.pk, "terug"])
    assert (
        "zeg wat er ontbreekt" in client.post(address, {"versie": entered.versie, "tekst": ""}).content.decode().lower()
    )
    client.post(address, {"versie": entered.versie, "tekst": "Hoeveel kinderen waren er?"})
    page = client.get(sheet_of(entered)).content.decode()
    assert "Hoeveel kinderen waren er?" in page
    assert "We kennen de buren niet." in page
    assert Bericht.objects.filter(soort="gesprek_vraag").count() == 1


def test_two_colleagues_look_at_once_and_the_second_is_told(client, entered, coordinator):
    client.force_login(coordinator)
    stale = entered.versie
    judge(client, entered)
    answer = judge(client, entered, versie=stale)
    assert "Iemand anders was je voor" in answer.content.decode()
    with pytest.raises(Gewijzigd):
        actions.reopen(gesprek=entered, versie=stale)


def test_a_sheet_that_is_looked_at_again_is_off_the_site_until_then(client, checked, coordinator):
    actions.reopen(gesprek=checked, versie=checked.versie)
    assert "Dat bankje" not in client.get(reverse("samenleven:stemmen")).content.decode()


def test_with_the_code_of_the_strip_a_quote_is_gone_at_once_and_its_words_are_wiped(client, checked):
    code = checked.citaatcode(1)
    address = reverse("samenleven:citaat_weg")
    shown = client.post(address, {"code": f" {code[:5].upper()} {code[5:]} "}).content.decode()
    assert "Dat bankje deed meer" in shown
    assert Citaat.objects.public().exists(), "to look is not to take back"
    client.post(address, {"code": code, "zeker": "ja"})
    assert not Citaat.objects.public().exists()
    assert Citaat.objects.get().tekst == ""
    row = Toestemming.objects.get()
    assert row.ingetrokken_op
    assert row.ingetrokken_door is None
    assert "Dat bankje" not in client.get(reverse("samenleven:stemmen"), {"q": "bankje"}).content.decode()
    kept = Citaat.historiek.rel.related_model.objects.values_list()
    assert "bankje" not in str(list(kept))


def test_a_wrong_code_says_so_and_guessing_ends(client, checked):
    address = reverse("samenleven:citaat_weg")
    answers = [client.post(address, {"code": f"aaaaaaaa{n:02d}", "zeker": "ja"}).status_code for n in range(21)]
    assert answers == [200] * 20 + [429]
    assert Citaat.objects.public().exists()


def test_a_quote_that_was_taken_back_stays_away_when_the_sheet_is_sent_again(client, entered, thema, coordinator):
    client.post(reverse("samenleven:citaat_weg"), {"code": entered.citaatcode(1), "zeker": "ja"})
    actions.send_back(gesprek=entered, opmerking="Nog iets?", at=timezone.now(), versie=entered.versie)
    client.post(sheet_of(entered), filled(thema))
    assert Citaat.objects.get().tekst == ""
    assert not Citaat.objects.with_consent().exists()


def test_staff_take_a_quote_back_for_somebody(client, checked, coordinator):
    client.force_login(coordinator)
    client.post(reverse("samenleven:gesprek_citaat", args=[checked.pk, 1]))
    assert Toestemming.objects.get().ingetrokken_door == coordinator
    assert not Citaat.objects.with_consent().exists()


def test_the_printed_sheet_is_tagged_and_has_number_code_and_strips(client, gesprek):
    answer = client.get(reverse("samenleven:blad_pdf", args=[mails.blad_token(gesprek)]))
    book = Gelezen(answer.content)
    book.keur()
    assert gesprek.nummer in book.tekst
    assert all(gesprek.citaatcode(n) in book.tekst for n in range(1, 7))
    assert len({gesprek.citaatcode(n) for n in range(1, 7)}) == 6


def test_reach_counts_people_against_the_goal_and_proposes_where_to_go(client, checked, cast, traject, coordinator):
    traject.fasen.create(nummer=1, naam="Ronde", van=traject.van, doel_personen=100)
    stand = bereik.standing(traject)
    assert (stand.personen, stand.doel, stand.nog) == (12, 100, 88)
    found = bereik.proposals(traject, timezone.localdate())
    assert [row.wijk for row in found] == [cast.andere_wijk, cast.wijk]
    assert [row.tekort for row in found] == [50, 38]
    Gesprek.objects.create(
        traject=traject,
        titel="Komt",
        datum=timezone.localdate() + timedelta(days=7),
        wijk=cast.andere_wijk,
        gemaakt_op=timezone.now(),
    )
    assert [row.wijk for row in bereik.proposals(traject, timezone.localdate())] == [cast.wijk]
    client.force_login(coordinator)
    page = client.get(reverse("samenleven:bereik"), {"traject": traject.slug}).content.decode()
    assert "Waterschei-Noord" in page


def test_a_group_that_is_rare_beside_its_share_in_the_city_is_missing(checked, traject):
    for code, count in (("be", 60), ("tr", 8), ("it", 12), ("ma", 5), ("elders", 15)):
        groep = Profielgroep.objects.get(kenmerk__code="herkomst", code=code)
        Profieltelling.objects.create(gesprek=checked, groep=groep, aantal=count)
    (origin,) = [deel for deel in bereik.profile(traject) if deel.naam == "herkomst"]
    assert origin.totaal == 100
    assert origin.ontbreken == ["Turkije"]


@pytest.mark.parametrize("name", ["gesprekken", "signalen", "uitdagers", "vormingen", "edities_werk"])
@pytest.mark.parametrize("extra", [0, 2])
def test_a_list_costs_the_same_with_one_row_and_with_three(
    client, checked, coordinator, traject, uitdager, cast, name, extra, django_assert_num_queries
):
    from samenleven.actions import edities
    from samenleven.models import Uitdager, Vorming
    from samenleven.states.uitdager import Status as Stand

    at = timezone.now()
    for _n in range(1 + extra):
        edities.start_edition(traject=traject, titel="Krant", inleiding="", at=at)
        Vorming.objects.create(traject=traject, titel="V", begin=at, einde=at + timedelta(hours=1), locatie="Zaal")
    for n in range(extra):
        row = Gesprek.objects.create(traject=traject, titel="Nog", datum=at.date(), wijk=cast.wijk, gemaakt_op=at)
        Signaal.objects.create(gesprek=row, nummer=1, soort="sleutel", tekst=f"Regel {n}")
        Uitdager.objects.create(
            traject=traject, naam=f"U{n}", status=Stand.ACTIEF, aangemeld_op=at, bevestigd_op=at, begonnen_op=at
        )
    client.force_login(coordinator)
    expected = {"gesprekken": 7, "signalen": 9, "uitdagers": 11, "vormingen": 5, "edities_werk": 4}
    with django_assert_num_queries(expected[name]):
        assert client.get(reverse(f"samenleven:{name}")).status_code == 200


@pytest.mark.parametrize("vorm", ["csv", "xlsx"])
def test_lists_go_out_as_a_file_with_only_what_somebody_may_see(client, checked, cast, vorm):
    for user, there in ((cast.wijkmanager, True), (cast.collega, False)):
        client.force_login(user)
        for name in ("gesprekken_uitvoer", "signalen_uitvoer", "uitdagers_uitvoer"):
            answer = client.get(reverse(f"samenleven:{name}"), {"vorm": vorm})
            content = b"".join(answer.streaming_content)
            if vorm == "csv":
                assert (content.count(b"\r\n") == 2) == there


def test_old_sheets_lose_their_free_answers_and_keep_what_everybody_may_read(checked):
    rule = Bewaarregel.objects.get(soort="gespreksblad")
    Gesprek.objects.update(vandaag="Vrij verteld.", ingevoerd_op=timezone.now() - timedelta(days=2000))
    keys = list(over(rule, timezone.now()).values_list("pk", flat=True))
    assert keys == [checked.pk]
    SOORTEN[2].uitvoering[rule.wat](keys, timezone.now())
    checked.refresh_from_db()
    assert checked.vandaag == ""
    assert Signaal.objects.public().exists()
    assert not over(rule, timezone.now()).exists()
