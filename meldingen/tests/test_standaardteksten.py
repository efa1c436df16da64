"""Standard texts: put in by a colleague, sent in the language of the reporter with the Dutch below."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from kern.berichten.models import Bericht
from kern.gebruikers.models import Rol
from kern.vertaling import Meertalig
from meldingen import actions
from meldingen.mails import standaard
from meldingen.models import Gebeurtenis, Standaardtekst
from meldingen.tests import factories
from meldingen.tests.factories import MelderFactory, MeldingFactory, StandaardtekstFactory, SubcategorieFactory

LIST = reverse("meldingen:text_list")
ADD = reverse("meldingen:text_add")
MARK_FR = "Rédigé en néerlandais"


@pytest.fixture
def melding(cast):
    categorie = SubcategorieFactory(naam="Sluikstort", naam_fr="Dépôt sauvage", naam_en="Fly-tipping")
    melding = MeldingFactory(categorie=categorie, wijk=cast.wijk, team=cast.wijkteam, taal="fr")
    MelderFactory(melding=melding)
    return melding


@pytest.fixture
def tekst(db):
    return StandaardtekstFactory(
        stap="sluit",
        tekst="We ruimden het op: {categorie}, {plaats}.",
        tekst_fr="Nous avons nettoyé : {categorie}, {plaats}.",
    )


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.wijkmanager)
    return client


def do(client, melding, stap, **data):
    melding.refresh_from_db()
    url = reverse("meldingen:step", args=[melding.pk, stap])
    headers = {"HX-Request": "true"} if data.pop("htmx", None) else {}
    return client.post(url, {"versie": melding.versie, **data}, headers=headers)


def filled(answer, name="toelichting"):
    return answer.context["form"][name].value(), answer.context["form"]["standaardtekst"].value()


def test_a_text_is_offered_by_step_and_category(cast, melding):
    right = StandaardtekstFactory(naam="b", stap="sluit", categorie=melding.categorie)
    main = StandaardtekstFactory(naam="a", stap="sluit", categorie=melding.categorie.hoofdcategorie)
    first = StandaardtekstFactory(naam="c", stap="sluit", volgorde=1)
    StandaardtekstFactory(stap="sluit", categorie=SubcategorieFactory())
    StandaardtekstFactory(stap="sluit", is_actief=False)
    StandaardtekstFactory(stap="plan")
    assert list(Standaardtekst.objects.offered("sluit", melding)) == [first, main, right]


def test_it_is_put_in_on_the_server_below_what_was_typed(manager, melding, tekst):
    offered = do(manager, melding, "sluit", teksten="ja", toelichting="Dag An,", sluitreden="opgelost")
    assert tekst.naam in offered.content.decode()
    assert filled(offered)[0] == "Dag An,"
    put_in = do(manager, melding, "sluit", vul_in="ja", tekst=tekst.pk, toelichting="Dag An,")
    words, chosen = filled(put_in)
    assert words == "Dag An,\n\nWe ruimden het op: Sluikstort, Hennepstraat, Waterschei-Noord."
    assert chosen == str(tekst.pk)
    assert "in het Frans" in put_in.content.decode()


def test_with_a_script_only_the_text_is_swapped(manager, melding, tekst):
    part = do(manager, melding, "sluit", vul_in="ja", tekst=tekst.pk, toelichting="", htmx=True).content.decode()
    assert "<html" not in part
    assert 'hx-swap-oob="true"' in part
    assert "We ruimden het op: Sluikstort" in part
    assert 'type="file"' not in part
    assert "checked" not in part
    Standaardtekst.objects.update(sluitreden="opgelost")
    part = do(manager, melding, "sluit", vul_in="ja", tekst=tekst.pk, toelichting="", htmx=True).content.decode()
    assert 'value="opgelost" id="id_sluitreden_0" checked' in part


def test_a_french_reporter_gets_the_french_text_and_the_dutch_below(manager, melding, tekst):
    words, chosen = filled(do(manager, melding, "sluit", vul_in="ja", tekst=tekst.pk))
    answer = do(
        manager, melding, "sluit", sluitreden="opgelost", toelichting=f"{words}\n\nTot gauw!", standaardtekst=chosen
    )
    assert answer.status_code == 302
    mail = Bericht.objects.get()
    french, dutch = mail.tekst.split("De Nederlandse tekst is de geldige tekst:")
    assert "Nous avons nettoyé : Dépôt sauvage, Hennepstraat, Waterschei-Noord." in french
    assert "We ruimden" not in french
    assert french.index("Nous avons") < french.index(MARK_FR) < french.index("Tot gauw!")
    assert "We ruimden het op: Sluikstort, Hennepstraat, Waterschei-Noord.\n\nTot gauw!" in dutch
    assert MARK_FR not in dutch
    assert (
        Gebeurtenis.objects.get().tekst == "We ruimden het op: Sluikstort, Hennepstraat, Waterschei-Noord.\n\nTot gauw!"
    )
    tekst.refresh_from_db()
    assert tekst.aantal_gebruikt == 1
    assert tekst.laatst_gebruikt_op is not None


def test_a_changed_text_goes_as_typed_and_counts_as_not_used(manager, melding, tekst):
    _words, chosen = filled(do(manager, melding, "sluit", vul_in="ja", tekst=tekst.pk))
    do(manager, melding, "sluit", sluitreden="opgelost", toelichting="Iets heel anders.", standaardtekst=chosen)
    french = Bericht.objects.get().tekst.split("De Nederlandse tekst")[0]
    assert "Nous avons" not in french
    assert french.index(MARK_FR) < french.index("Iets heel anders.")
    tekst.refresh_from_db()
    assert tekst.aantal_gebruikt == 0


def test_the_preview_shows_the_mail_that_goes(manager, melding, tekst):
    words, chosen = filled(do(manager, melding, "sluit", vul_in="ja", tekst=tekst.pk))
    page = do(
        manager, melding, "sluit", voorbeeld="ja", sluitreden="opgelost", toelichting=words, standaardtekst=chosen
    ).content.decode()
    assert "Nous avons nettoyé" in page
    assert not Bericht.objects.exists()
    tekst.refresh_from_db()
    assert tekst.aantal_gebruikt == 0


def test_the_day_of_the_step_is_filled_in_when_it_is_sent(manager, melding):
    plan = StandaardtekstFactory(stap="plan", tekst="We komen op {datum}.", tekst_fr="Nous venons le {datum}.")
    words, chosen = filled(do(manager, melding, "plan", vul_in="ja", tekst=plan.pk))
    assert words == "We komen op {datum}."
    day = timezone.localdate() + timedelta(days=5)
    do(manager, melding, "plan", gepland_op=day, toelichting=words, standaardtekst=chosen)
    mail = Bericht.objects.get().tekst
    assert f"Nous venons le {standaard.in_words(day, 'fr')}." in mail
    assert f"We komen op {standaard.in_words(day, 'nl')}." in mail
    assert "{datum}" not in mail
    assert "{datum}" not in Gebeurtenis.objects.get().tekst


def test_every_step_that_writes_offers_its_texts(manager, melding):
    fields = {
        "start": "toelichting",
        "plan": "toelichting",
        "vraag": "vraag",
        "sluit": "toelichting",
        "belofte": "reden",
    }
    assert set(fields) == set(Standaardtekst.Stap.values)
    for stap, name in fields.items():
        row = StandaardtekstFactory(stap=stap, tekst=f"Tekst van {stap}.")
        assert filled(do(manager, melding, stap, vul_in="ja", tekst=row.pk), name) == (
            f"Tekst van {stap}.",
            str(row.pk),
        )


def test_a_text_of_another_step_or_category_is_not_put_in(manager, melding):
    other = StandaardtekstFactory(stap="plan")
    elsewhere = StandaardtekstFactory(stap="sluit", categorie=SubcategorieFactory())
    for row in (other, elsewhere):
        assert not filled(do(manager, melding, "sluit", vul_in="ja", tekst=row.pk))[0]


def test_a_question_and_a_promise_go_in_french_too(cast, melding):
    at = timezone.now()
    words = Meertalig("Waar is het?", {"fr": "C’est où ?"})
    actions.move_promise(
        melding=melding,
        oplossing_uiterlijk=timezone.localdate() + timedelta(days=60),
        reden=Meertalig("Te veel werk.", {"fr": "Trop de travail."}),
        door=cast.wijkmanager,
        at=at,
    )
    actions.ask(melding=melding, vraag=words, door=cast.wijkmanager, at=at)
    promise, question = Bericht.objects.order_by("pk")
    assert "Trop de travail." in promise.tekst
    assert "C’est où ?" in question.tekst
    assert "Waar is het?" in question.tekst


def test_a_dutch_reporter_sees_no_marks(cast, melding):
    melding.taal = "nl"
    melding.save()
    actions.start(melding=melding, door=cast.wijkmanager, at=timezone.now(), toelichting="Ik kom kijken.")
    mail = Bericht.objects.get()
    assert "Ik kom kijken." in mail.tekst
    assert "geschreven" not in mail.tekst


def test_the_house_number_stays_out_because_followers_read_it_too(melding, tekst):
    assert "Hennepstraat 1" not in standaard.fill(tekst, melding, date(2026, 6, 1), keep_day=False)


word = st.text("abc ", min_size=1, max_size=8)


@given(
    st.lists(word, max_size=3),
    st.lists(st.sampled_from(["Vast een.", "Vast twee."]), max_size=2, unique=True),
    st.data(),
)
@settings(max_examples=100, deadline=None)
def test_no_word_is_lost_or_said_twice(typed, used, data):
    """Whatever is around and between the texts, each language has every piece once, in its order."""
    from meldingen.models import Categorie, Melding

    melding = Melding(pk=1, categorie=Categorie(naam="x"), oplossing_uiterlijk=date(2026, 6, 1), adres="Laan 1")
    rows = [
        Standaardtekst(pk=1, naam="1", stap="start", tekst="Vast een.", tekst_fr="Fixe un."),
        Standaardtekst(pk=2, naam="2", stap="start", tekst="Vast twee."),
    ]
    pieces = data.draw(st.permutations([*typed, *used]))
    whole = "\n\n".join(pieces)
    words, found = standaard.in_all_languages(whole, rows, melding, date(2026, 6, 1), None)
    assert str(words) == whole
    assert set(found) == {row.pk for row in rows if row.tekst in used}
    french = words.voor("fr")
    expected = " ".join("Fixe un." if piece == "Vast een." else piece for piece in pieces).split()
    mark = standaard.marked_dutch("", "fr").split()
    left = " ".join(french.split())
    for _ in range(len(pieces) + 1):
        left = left.replace(" ".join(mark) + " ", "")
    assert left.split() == expected


# The pages.


def fields(**changed):
    return {
        "naam": "Opgeruimd",
        "stap": "sluit",
        "tekst": "Weg: {plaats}.",
        "volgorde": 5,
        "is_actief": "on",
        **changed,
    }


@pytest.fixture
def leader(client, cast):
    client.force_login(factories.member(cast.toezicht, Rol.TEAMLEIDER))
    return client


def test_a_text_is_written_seen_on_an_example_and_stored(leader):
    page = leader.post(ADD, fields(tekst_fr="Parti : {plaats}.", voorbeeld="ja")).content.decode()
    assert "Weg: Europalaan." in page
    assert "Parti : Europalaan." in page
    assert not Standaardtekst.objects.exists()
    assert leader.post(ADD, fields(tekst_fr="Parti : {plaats}.")).url == LIST
    tekst = Standaardtekst.objects.get()
    assert tekst.tekst_fr == "Parti : {plaats}."
    listed = leader.get(LIST).content.decode()
    assert "Opgeruimd" in listed
    assert "vertaling mist" in listed
    leader.post(reverse("meldingen:text_edit", args=[tekst.pk]), fields(naam="Netjes"))
    assert Standaardtekst.objects.get().naam == "Netjes"
    leader.post(reverse("meldingen:text_remove", args=[tekst.pk]))
    assert not Standaardtekst.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"tekst": "Dag {naam},"}, "Het invulveld {naam} bestaat niet."),
        ({"tekst_fr": "Le {jour}"}, "Het invulveld {jour} bestaat niet."),
        ({"tekst": "Een losse { hier"}, "accolade alleen"),
        ({"stap": "plan", "sluitreden": "opgelost"}, "hoort alleen bij de stap"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_in_words(leader, wrong, words):
    page = leader.post(ADD, fields(**wrong)).content.decode()
    assert words in page
    assert not Standaardtekst.objects.exists()


def test_a_reason_of_closing_belongs_to_closing_in_the_database_too(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        StandaardtekstFactory(stap="plan", sluitreden="opgelost")


def test_the_words_are_kept_in_the_history_and_the_counts_are_not(cast, tekst):
    tekst.tekst = "Anders."
    actions.texts.save(tekst=tekst, door=cast.beheerder)
    actions.texts.used(teksten=[tekst.pk], at=timezone.now())
    assert [row.tekst for row in tekst.historiek.order_by("pgh_id")][-1] == "Anders."
    assert tekst.historiek.count() == 2


def test_only_who_leads_writes_texts(client, cast, tekst):
    for write in (
        lambda: actions.texts.save(tekst=tekst, door=cast.wijkmanager),
        lambda: actions.texts.remove(tekst=tekst, door=cast.wijkmanager),
    ):
        with pytest.raises(PermissionError):
            write()
    client.force_login(cast.wijkmanager)
    assert client.get(LIST).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_texts(leader, count, django_assert_num_queries):
    for _ in range(count):
        StandaardtekstFactory(categorie=SubcategorieFactory())
    with django_assert_num_queries(4):
        leader.get(LIST)
