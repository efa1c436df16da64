import pytest
from django.urls import reverse

from meldingen import startgegevens
from meldingen.models import Categorie, Melding, Stoppagina, Termijn, Vraag
from meldingen.tests.factories import MeldingFactory

MODELS = ["categorie", "vraag", "stoppagina", "termijn", "melding"]


@pytest.fixture
def admin(client, cast):
    startgegevens.load()
    client.force_login(cast.beheerder)
    return client


def changelist(name):
    return reverse(f"admin:meldingen_{name}_changelist")


@pytest.mark.parametrize("name", MODELS)
def test_only_an_administrator_gets_in(client, cast, name):
    for person in (cast.wijkmanager, cast.lezer):
        client.force_login(person)
        assert client.get(changelist(name)).status_code in (302, 403)
    client.force_login(cast.beheerder)
    assert client.get(changelist(name)).status_code == 200


@pytest.mark.parametrize("name", MODELS)
def test_each_list_can_be_searched_and_each_row_opened(admin, cast, name):
    MeldingFactory()
    models = {"categorie": Categorie, "vraag": Vraag, "stoppagina": Stoppagina, "termijn": Termijn, "melding": Melding}
    assert admin.get(changelist(name), {"q": "stoep"}).status_code == 200
    row = models[name].objects.first()
    assert admin.get(reverse(f"admin:meldingen_{name}_change", args=[row.pk])).status_code == 200


def test_categories_stand_in_the_order_of_the_tree(admin):
    rows = list(admin.get(changelist("categorie")).context["cl"].result_list)
    main = None
    for row in rows:
        if row.hoofdcategorie_id is None:
            main = row.pk
        else:
            assert row.hoofdcategorie_id == main
    assert len(rows) == Categorie.objects.count()


def test_a_missing_translation_can_be_found(admin):
    Categorie.objects.filter(code="zwerfvuil").update(naam_fr="")
    answer = admin.get(changelist("categorie"), {"vertaling": "mist"})
    assert [row.code for row in answer.context["cl"].result_list] == ["zwerfvuil"]
    assert "Frans" in answer.content.decode()
    assert not admin.get(changelist("vraag"), {"vertaling": "mist"}).context["cl"].result_list


def test_a_category_that_is_used_can_not_be_deleted(admin):
    used = MeldingFactory().categorie
    assert admin.post(reverse("admin:meldingen_categorie_delete", args=[used.pk]), {"post": "yes"}).status_code == 403
    assert Categorie.objects.filter(pk=used.pk).exists()


def test_the_last_word_of_the_terms_stays(admin):
    default = Termijn.objects.get(categorie=None, prioriteit="")
    assert admin.get(reverse("admin:meldingen_termijn_delete", args=[default.pk])).status_code == 403


def test_a_report_is_shown_with_a_link_and_can_not_be_changed(admin):
    melding = MeldingFactory()
    url = reverse("admin:meldingen_melding_change", args=[melding.pk])
    page = admin.get(url).content.decode()
    assert reverse("meldingen:detail", args=[melding.pk]) in admin.get(changelist("melding")).content.decode()
    assert 'name="_save"' not in page
    assert admin.post(url, {"status": "afgesloten"}).status_code == 403
    assert admin.get(reverse("admin:meldingen_melding_add")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_categories_costs_the_same_whatever_its_length(admin, count, django_assert_max_num_queries):
    Categorie.objects.filter(hoofdcategorie__isnull=False).exclude(
        pk__in=Categorie.objects.sub().values_list("pk")[:count]
    ).delete()
    with django_assert_max_num_queries(14):
        assert admin.get(changelist("categorie")).status_code == 200
