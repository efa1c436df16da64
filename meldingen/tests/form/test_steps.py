import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kern.geo.lambert import format_coordinates
from meldingen.models import Melding
from meldingen.tests import factories
from meldingen.tests.form.conftest import text, where
from wijken.models import Straat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patient")]


def value(answer, field):
    return answer.context["form"][field].value()


@pytest.fixture
def streets(cast):
    Straat.objects.create(naam="Hennepstraat", zoeknaam="hennepstraat", plaats=factories.CENTRE, wijk=cast.wijk)
    Straat.objects.create(naam="Hasseltweg", zoeknaam="hasseltweg", plaats=factories.CENTRE, wijk=cast.wijk)


@pytest.mark.parametrize("path", ["wat", "vragen", "in-de-buurt", "foto", "contact", "samenvatting", ""])
def test_a_later_step_leads_to_the_first_one_that_is_not_finished(visitor, path):
    assert where(visitor.client.get(f"/meldingen/nieuw/{path}{'/' if path else ''}")) == "waar"
    visitor.waar()
    if path not in ("wat",):
        assert where(visitor.client.get(f"/meldingen/nieuw/{path}{'/' if path else ''}")) == "wat"


def test_opening_the_form_stores_nothing(visitor):
    visitor.get("waar")
    assert "sessionid" not in visitor.client.cookies


# waar


def test_an_address_is_found_by_a_search_without_javascript(visitor, streets):
    stempel = visitor.opens()
    assert (
        where(visitor.post("waar", {"stempel": stempel, "plaats_adres": "hennepstraat 12", "plaats_zoek": "ja"}))
        == "waar"
    )
    page = text(visitor.get("waar"))
    assert "Hennepstraat 12: dit is in Waterschei-Noord." in page
    typed = visitor.draft["getypt"]["waar"]
    assert where(visitor.post("waar", {**typed})) == "wat"
    assert visitor.draft["klaar"]["waar"]["adres"] == "Hennepstraat 12"


def test_several_addresses_are_a_list_to_choose_from(visitor, streets):
    answer = visitor.waar(punt=None, plaats_adres="h")
    assert answer.status_code == 200
    answer = visitor.waar(punt=None, plaats_adres="he", in_woorden="aan de bank")
    assert where(answer) == "wat"
    Straat.objects.create(naam="Hennepweg", zoeknaam="hennepweg", plaats=factories.CENTRE)
    answer = visitor.waar(punt=None, plaats_adres="hennep")
    assert 'type="radio" name="plaats_keuze"' in text(answer)
    chosen = format_coordinates(factories.CENTRE)
    assert where(visitor.waar(punt=None, plaats_adres="hennep", plaats_keuze=chosen)) == "wat"
    assert visitor.draft["klaar"]["waar"]["punt"] == pytest.approx(list(factories.CENTRE), abs=1e-5)


def test_a_pin_gets_the_nearest_street(visitor, streets):
    visitor.waar()
    assert visitor.draft["klaar"]["waar"]["adres"] in ("nabij Hennepstraat", "nabij Hasseltweg")


def test_an_unknown_address_with_words_is_enough(visitor):
    assert where(visitor.waar(punt=None, plaats_adres="Onbekendelaan 3", in_woorden="naast de kerk")) == "wat"
    assert visitor.draft["klaar"]["waar"] == {
        "punt": None,
        "adres": "Onbekendelaan 3",
        "in_woorden": "naast de kerk",
        "wijk": None,
        "wijk_naam": "",
    }


def test_words_with_a_chosen_wijk_go_to_that_wijk(visitor, cast):
    visitor.waar(punt=None, in_woorden="naast de kerk", wijk=str(cast.wijk.pk))
    assert visitor.draft["klaar"]["waar"]["wijk"] == cast.wijk.pk


def test_a_place_outside_the_city_gets_a_clear_message_and_is_kept(visitor):
    answer = visitor.waar(punt=factories.OUTSIDE, in_woorden="bij de brug")
    page = text(answer)
    assert "Deze plaats ligt niet in Genk." in page
    assert "<title>Fout:" in page
    assert "bij de brug" in page
    assert format_coordinates(factories.OUTSIDE) in page
    assert format_coordinates(factories.OUTSIDE) in text(visitor.get("waar"))


def test_before_there_are_outlines_every_place_is_in_the_city(client, no_limits, db):
    from meldingen.tests.form.conftest import Visitor

    assert where(Visitor(client).waar()) == "wat"


def test_nothing_at_all_is_not_a_place(visitor):
    answer = visitor.waar(punt=None)
    assert "Zeg waar het is" in text(answer)
    assert 'href="#id_plaats"' in text(answer)


# wat


def test_a_category_is_found_by_a_synonym_without_javascript(visitor, zwerfvuil):
    visitor.waar()
    answer = visitor.post(
        "wat", {"zoek": "KACAK cöp", "zoeken": "ja", "omschrijving": "half geschreven", "categorie": ""}
    )
    assert where(answer) == "wat"
    page = text(visitor.get("wat"))
    assert "1 keuze past bij “KACAK cöp”" in page
    assert "past bij “kaçak”" in page
    assert "half geschreven" in page


def test_the_search_answers_a_script_with_the_list_alone(visitor, zwerfvuil, sluikstort):
    visitor.waar()
    answer = visitor.client.get(
        "/meldingen/nieuw/wat/", {"zoek": "matras", "categorie": zwerfvuil.pk}, headers={"hx-request": "true"}
    )
    page = text(answer)
    assert page.startswith("<fieldset")
    assert "Sluikstort" in page
    assert page.count("checked") == 1  # the one that was chosen before stays


def test_i_do_not_know_is_always_offered(visitor, zwerfvuil):
    anders = factories.CategorieFactory(code="anders", naam="Iets anders")
    weet_niet = factories.SubcategorieFactory(naam="Ik weet het niet", is_onbekend=True, hoofdcategorie=anders)
    visitor.waar()
    for zoek in ("", "rommel", "bestaat niet"):
        visitor.post("wat", {"zoek": zoek, "zoeken": "ja"})
        assert "Ik weet het niet" in text(visitor.get("wat")).split("</fieldset>")[0]
    assert where(visitor.wat(weet_niet)) == "foto"


def test_names_are_shown_in_the_language_of_the_visitor(visitor, zwerfvuil):
    visitor.waar()
    visitor.client.cookies["django_language"] = "fr"
    assert "Déchets sauvages" in text(visitor.get("wat"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"omschrijving": "Er ligt iets."}, "Kies waarover het gaat"),
        ({"categorie": "PK"}, "Vertel in een paar woorden"),
        ({"categorie": "PK", "omschrijving": "x" * 4001}, "4000"),
        ({"categorie": "999999", "omschrijving": "x"}, "Deze keuze bestaat niet meer"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(visitor, zwerfvuil, data, message):
    visitor.waar()
    data = {name: str(zwerfvuil.pk) if v == "PK" else v for name, v in data.items()}
    answer = visitor.post("wat", data)
    assert message in text(answer)
    assert "<title>Fout:" in text(answer)
    again = visitor.get("wat")
    assert (value(again, "omschrijving") or "") == data.get("omschrijving", "")
    assert where(visitor.get("foto")) == "wat"


def test_personal_data_in_the_text_are_named_once_and_may_stay(visitor, zwerfvuil):
    visitor.waar()
    story = "Bel mij op 0479 12 34 56, het is de auto 1-ABC-123."
    page = text(visitor.wat(zwerfvuil, story))
    assert 'een telefoonnummer: <strong translate="no">0479 12 34 56</strong>' in page
    assert "een nummerplaat" in page
    assert "Ga toch verder" in page
    assert where(visitor.wat(zwerfvuil, story)) == "foto"
    visitor.fotos()
    visitor.contact()
    visitor.sends()
    assert Melding.objects.get().let_op_gegevens


def test_another_kind_of_personal_data_is_named_again(visitor, zwerfvuil):
    visitor.waar()
    assert visitor.wat(zwerfvuil, "Bel 0479 12 34 56.").status_code == 200
    assert visitor.wat(zwerfvuil, "Bel 0479 12 34 56 of mail an@voorbeeld.be.").status_code == 200


def test_a_category_for_another_organisation_ends_on_its_page_and_keeps_the_text(visitor, zwerfvuil):
    lamp = factories.SubcategorieFactory(naam="Straatlamp stuk", hoofdcategorie=zwerfvuil.hoofdcategorie)
    page = factories.stop(lamp, code="fluvius")
    visitor.waar()
    assert where(visitor.wat(lamp, "")) == f"stop/{page.code}"
    shown = text(visitor.client.get("/meldingen/nieuw/stop/fluvius/"))
    assert 'href="tel:078353500"' in shown
    assert "www.fluvius.be" in shown
    assert 'href="/meldingen/nieuw/wat/"' in shown
    assert where(visitor.get("foto")) == "wat"
    assert visitor.get("wat").context["form"].chosen == lamp


# vragen


def test_a_question_that_an_answer_brings_up_is_asked_next(visitor, sluikstort):
    hoeveel, gevaar, wat = sluikstort.vragen.all()
    visitor.waar()
    visitor.wat(sluikstort)
    assert "Wat is er gevaarlijk?" not in text(visitor.get("vragen"))
    getoond = f"{hoeveel.pk},{gevaar.pk}"
    assert where(visitor.post("vragen", {f"vraag_{gevaar.pk}": "ja", "getoond": getoond})) == "vragen"
    page = visitor.get("vragen")
    assert "Wat is er gevaarlijk?" in text(page)
    assert "Fout:" not in text(page)
    answers = {f"vraag_{gevaar.pk}": "ja", "getoond": f"{getoond},{wat.pk}"}
    assert "Beantwoord deze vraag." in text(visitor.post("vragen", answers))
    assert where(visitor.post("vragen", {**answers, f"vraag_{wat.pk}": "asbest"})) == "foto"


def test_a_script_gets_the_questions_that_fit_and_the_answers_are_kept(visitor, sluikstort):
    hoeveel, gevaar, wat = sluikstort.vragen.all()
    visitor.waar()
    visitor.wat(sluikstort)
    data = {f"vraag_{hoeveel.pk}": "3", f"vraag_{gevaar.pk}": "ja"}
    page = text(visitor.post("vragen", data, headers={"hx-request": "true"}))
    assert page.startswith('<div id="vragen"')
    assert f'name="vraag_{wat.pk}"' in page
    assert 'value="3"' in text(visitor.get("vragen"))


def test_an_answer_that_does_not_count_any_more_is_not_sent(visitor, sluikstort):
    hoeveel, gevaar, wat = sluikstort.vragen.all()
    visitor.waar()
    visitor.wat(sluikstort)
    everything = {f"vraag_{gevaar.pk}": "nee", f"vraag_{wat.pk}": "asbest", "getoond": f"{gevaar.pk},{hoeveel.pk}"}
    visitor.post("vragen", everything)
    assert visitor.draft["klaar"]["vragen"]["antwoorden"] == {str(gevaar.pk): "nee"}


@pytest.mark.parametrize(
    ("soort", "typed", "stored"),
    [
        ("getal", "2,50", "2,5"),
        ("getal", "twee", None),
        ("datum", "2026-07-23", "23/07/2026"),
        ("datum", "23/7/2026", "23/07/2026"),
        ("datum", "gisteren", None),
        ("keuze", "Groot", "Groot"),
        ("keuze", "Reusachtig", None),
        ("ja_nee", "ja", "ja"),
        ("tekst", " olie ", "olie"),
    ],
)
def test_each_kind_of_answer_is_checked(visitor, zwerfvuil, soort, typed, stored):
    vraag = factories.VraagFactory(
        categorie=zwerfvuil, soort=soort, is_verplicht=True, keuzes="Klein | Petit | Small\nGroot | Grand | Large"
    )
    visitor.waar()
    visitor.wat(zwerfvuil)
    answer = visitor.post("vragen", {f"vraag_{vraag.pk}": typed, "getoond": str(vraag.pk)})
    if stored is None:
        assert 'class="veld__fout"' in text(answer)
    else:
        assert where(answer) == "foto"
        assert visitor.draft["klaar"]["vragen"]["antwoorden"] == {str(vraag.pk): stored}


def test_choices_are_shown_in_the_language_of_the_visitor_and_stored_in_dutch(visitor, zwerfvuil):
    factories.VraagFactory(
        categorie=zwerfvuil, soort="keuze", keuzes="Klein | Petit | Small\nGroot", tekst_fr="Taille ?"
    )
    visitor.waar()
    visitor.wat(zwerfvuil)
    visitor.client.cookies["django_language"] = "fr"
    page = text(visitor.get("vragen"))
    assert "Taille ?" in page
    assert 'value="Klein"' in page
    assert "Petit" in page
    assert "Groot" in page


def test_an_answer_can_end_on_a_stop_page_with_a_way_back(visitor, zwerfvuil):
    page = factories.StoppaginaFactory(code="gewestweg")
    vraag = factories.VraagFactory(
        categorie=zwerfvuil, soort="ja_nee", is_verplicht=True, stoppagina=page, stop_bij_antwoord="Ja"
    )
    visitor.waar()
    visitor.wat(zwerfvuil)
    answers = {f"vraag_{vraag.pk}": "ja", "getoond": str(vraag.pk)}
    assert where(visitor.post("vragen", answers)) == "stop/gewestweg"
    assert 'href="/meldingen/nieuw/vragen/"' in text(visitor.client.get("/meldingen/nieuw/stop/gewestweg/"))
    assert where(visitor.get("foto")) == "vragen"
    assert where(visitor.post("vragen", {**answers, f"vraag_{vraag.pk}": "nee"})) == "foto"


# contact


def test_nobody_has_to_say_who_they_are(visitor, zwerfvuil):
    assert where(visitor.until_summary(zwerfvuil)) == "samenvatting"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"email": "an@voorbeeld"}, "Dit e-mailadres klopt niet"),
        ({"telefoon": "bel me"}, "Dit telefoonnummer klopt niet"),
    ],
)
def test_a_wrong_address_or_number_is_named_and_kept(visitor, zwerfvuil, data, message):
    page = text(visitor.until_summary(zwerfvuil, **data))
    assert message in page
    assert next(iter(data.values())) in text(visitor.get("contact"))


def test_a_slip_in_the_mail_address_is_hinted_at_and_does_not_stop_anybody(visitor, zwerfvuil):
    assert where(visitor.until_summary(zwerfvuil, email="an@gmial.com")) == "samenvatting"
    assert "an@gmail.com" in text(visitor.get("samenvatting"))
    visitor.sends()
    assert Melding.objects.get().melder.email == "an@gmial.com"


# the draft


def test_a_changed_category_keeps_everything_that_still_fits(visitor, zwerfvuil, sluikstort):
    visitor.until_summary(zwerfvuil, naam="An")
    assert where(visitor.wat(sluikstort, "Toch een matras.")) == "vragen"
    hoeveel, gevaar, _wat = sluikstort.vragen.all()
    answer = visitor.post("vragen", {f"vraag_{gevaar.pk}": "nee", "getoond": f"{hoeveel.pk},{gevaar.pk}"})
    assert where(answer) == "samenvatting"
    page = text(visitor.get("samenvatting"))
    assert "Toch een matras." in page
    assert "An" in page


def test_a_step_that_was_made_wrong_must_be_mended_before_sending(visitor, zwerfvuil):
    visitor.until_summary(zwerfvuil)
    visitor.wat(zwerfvuil, "")
    assert where(visitor.get("samenvatting")) == "wat"


def test_what_is_posted_after_the_session_was_lost_is_still_there_later(visitor, zwerfvuil):
    assert where(visitor.contact(naam="An Janssens", email="an@voorbeeld.example")) == "waar"
    assert "Wat je net invulde, is bewaard." in text(visitor.get("waar"))
    visitor.waar()
    visitor.wat(zwerfvuil)
    visitor.fotos()
    assert value(visitor.get("contact"), "naam") == "An Janssens"


def test_the_form_goes_on_where_it_was(visitor, zwerfvuil):
    visitor.waar()
    visitor.wat(zwerfvuil)
    assert where(visitor.client.get("/meldingen/nieuw/")) == "foto"
    assert "We hebben bewaard wat je al had ingevuld." in text(visitor.get("foto"))


def test_beginning_anew_asks_first_and_then_forgets_everything(visitor, zwerfvuil):
    visitor.until_summary(zwerfvuil)
    assert "Opnieuw beginnen?" in text(visitor.client.get("/meldingen/nieuw/opnieuw/"))
    assert visitor.draft
    assert where(visitor.client.post("/meldingen/nieuw/opnieuw/")) == "waar"
    assert visitor.draft is None


def test_a_link_can_fill_in_the_category_and_the_wijk(visitor, zwerfvuil, cast):
    visitor.client.get("/meldingen/nieuw/", {"categorie": "zwerfvuil", "wijk": cast.wijk.slug})
    assert value(visitor.get("waar"), "wijk") == str(cast.wijk.pk)
    visitor.waar()
    assert visitor.get("wat").context["form"].chosen == zwerfvuil


def test_nobody_sees_the_draft_of_another(visitor, zwerfvuil):
    visitor.until_summary(zwerfvuil)
    assert where(Client().get("/meldingen/nieuw/samenvatting/")) == "waar"


def test_a_step_is_never_kept_by_the_browser(visitor):
    assert "no-store" in visitor.get("waar")["Cache-Control"]


def test_four_thousand_signs_fit_however_a_browser_ends_its_lines(visitor, zwerfvuil):
    visitor.waar()
    assert where(visitor.wat(zwerfvuil, ("a" * 99 + "\r\n") * 39 + "a" * 100)) == "foto"


@pytest.mark.parametrize("step", ["waar", "wat", "vragen", "contact"])
def test_what_is_wrong_is_said_on_a_page_that_the_back_button_can_return_to(visitor, sluikstort, step):
    visitor.waar()
    visitor.wat(sluikstort)
    hoeveel, gevaar, _wat = sluikstort.vragen.order_by("pk")
    visitor.post("vragen", {f"vraag_{gevaar.pk}": "nee", "getoond": f"{hoeveel.pk},{gevaar.pk}"})
    visitor.fotos()
    wrong = {
        "waar": {"plaats_adres": "Meir 1"},
        "vragen": {"getoond": f"{hoeveel.pk},{gevaar.pk}"},
        "contact": {"email": "jan@"},
    }.get(step, {})
    url = reverse(f"meldingen:new_{step}")
    assert visitor.client.post(url, wrong).url == url
    for _twice in range(2):
        assert "Er klopt iets niet" in text(visitor.client.get(url))


def test_a_refused_photo_is_named_once(visitor, zwerfvuil):
    visitor.waar()
    visitor.wat(zwerfvuil)
    url = reverse("meldingen:new_foto")
    data = {"fotos": [SimpleUploadedFile("brief.pdf", b"%PDF", content_type="image/jpeg")]}
    assert visitor.client.post(url, data).url == url
    assert "brief.pdf" in text(visitor.client.get(url))
    assert "brief.pdf" not in text(visitor.client.get(url))
