import pytest
from django.db import InternalError, connection, transaction
from django.template.loader import render_to_string
from django.test import RequestFactory

from kern import historiek
from kern.berichten.models import MailTekst
from kern.gebruikers.models import Gebruiker
from kern.historiek import context, queries
from kern.historiek.tracking import event_model

pytestmark = pytest.mark.django_db
Rows = event_model(MailTekst)


@pytest.fixture
def tekst():
    return MailTekst.objects.create(soort="proef", taal="nl", onderwerp="Dag", tekst="Eerste tekst")


@pytest.fixture
def an():
    return Gebruiker.objects.create_user("an@genk.test", naam="An Peeters")


def labels() -> list[str]:
    return list(Rows.objects.order_by("pgh_id").values_list("pgh_label", flat=True))


def test_the_database_sees_every_way_to_write(tekst):
    MailTekst.objects.filter(pk=tekst.pk).update(onderwerp="Hallo")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE berichten_mailtekst SET tekst = 'Tweede' WHERE id = %s", [tekst.pk])
    MailTekst.objects.bulk_create([MailTekst(soort="ander", onderwerp="a", tekst="b")])
    MailTekst.objects.filter(pk=tekst.pk).delete()
    assert labels() == ["insert", "update", "update", "insert", "delete"]


def test_saving_without_a_change_leaves_no_row(tekst):
    tekst.save()
    assert labels() == ["insert"]


@pytest.mark.parametrize("statement", ["UPDATE {} SET onderwerp = 'x'", "DELETE FROM {}"])
def test_history_cannot_be_changed_or_removed(tekst, statement):
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        connection.cursor().execute(statement.format(Rows._meta.db_table))
    assert labels() == ["insert"]


def test_the_story_is_told_in_words_with_who_and_why(tekst, an):
    with historiek.acting(door=an), historiek.reason("Duidelijker voor de melder"):
        tekst.taal, tekst.onderwerp = "fr", "Bonjour"
        tekst.save()
    last, first = queries.history_of(tekst)
    assert (last.wat, last.door, last.reden) == (
        "Tekst van een mail gewijzigd",
        "An Peeters",
        "Duidelijker voor de melder",
    )
    assert [(change.veld, change.van, change.naar) for change in last.wijzigingen] == [
        ("taal", "Nederlands", "Frans"),
        ("onderwerp", "Dag", "Bonjour"),
    ]
    assert (first.wat, first.door, first.reden) == ("Tekst van een mail gemaakt", "het portaal", "")


def test_a_reason_holds_for_its_own_block_only(tekst):
    with historiek.acting(taak="ochtendronde"):
        with historiek.reason("Tikfout"):
            MailTekst.objects.update(onderwerp="Een")
        MailTekst.objects.update(onderwerp="Twee")
    MailTekst.objects.update(onderwerp="Drie")
    lines = [(line.wijzigingen[0].naar, line.door, line.reden) for line in queries.history_of(tekst)[:3]]
    assert lines == [
        ("Drie", "het portaal", ""),
        ("Twee", "ochtendronde", ""),
        ("Een", "ochtendronde", "Tikfout"),
    ]


def test_the_history_of_something_removed_stays(tekst):
    pk = tekst.pk
    tekst.delete()
    tekst.pk = pk
    assert [line.wat for line in queries.history_of(tekst)] == [
        "Tekst van een mail verwijderd",
        "Tekst van een mail gemaakt",
    ]


def test_related_things_tell_along(tekst):
    other = MailTekst.objects.create(soort="ander", onderwerp="x", tekst="y")
    assert len(queries.history_of(tekst, also=[MailTekst.objects.filter(pk=other.pk)])) == 2


@pytest.mark.parametrize("changes", [1, 3])
def test_the_number_of_changes_makes_no_difference_to_the_queries(tekst, an, changes, django_assert_num_queries):
    with historiek.acting(door=an):
        for number in range(changes):
            MailTekst.objects.update(onderwerp=str(number))
    with django_assert_num_queries(2):
        assert len(queries.history_of(tekst)) == changes + 1


def test_a_model_without_history_is_a_mistake(an):
    with pytest.raises(LookupError):
        queries.history_of(an)


def test_a_change_from_a_page_knows_account_page_and_request_and_costs_no_query(
    tekst, an, client, django_assert_num_queries
):
    def view(request):
        with django_assert_num_queries(1):
            MailTekst.objects.update(onderwerp="Van de site")

    request = RequestFactory().post("/melding/GEHEIM/")
    request.user = an
    request.resolver_match = type("Match", (), {"route": "melding/<str:code>/"})
    context.middleware(view)(request)
    row = Rows.objects.latest("pgh_id")
    assert row.pgh_context == {"door": an.pk, "pagina": "melding/<str:code>/", "verzoek": ""}
    assert "GEHEIM" not in str(row.pgh_context)


def test_a_request_through_the_whole_portal_is_in_the_history(client):
    boss = Gebruiker.objects.create_superuser("baas@genk.test", naam="De baas")
    client.force_login(boss)
    answer = client.post(
        "/beheer/berichten/mailtekst/tekst/herinneringen/nl/", {"onderwerp": "Nieuw", "tekst": "Tekst", "bewaar": "1"}
    )
    assert answer.status_code == 302, answer.content.decode()
    line = queries.history_of(MailTekst.objects.get())[0]
    assert line.door == "De baas"
    assert line.verzoek


def test_the_component_shows_the_story(tekst):
    MailTekst.objects.update(onderwerp="<b>Hallo</b>")
    html = render_to_string("onderdelen/historiek.html", {"regels": queries.history_of(tekst)})
    assert "Tekst van een mail gewijzigd" in html
    assert "&lt;b&gt;Hallo&lt;/b&gt;" in html
    assert "door het portaal" in html
