import pytest
from django.utils import timezone

from meldingen import startgegevens
from meldingen.queries import form as queries
from meldingen.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    startgegevens.load()
    return queries.categories(timezone.localdate())


def codes(text, rows):
    return [treffer.categorie.code for treffer in queries.find_categories(text, rows)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("matras", "sluikstort"),
        ("Er ligt een oude matras op de stoep", "sluikstort"),
        ("GRAFFITI", "graffiti"),
        ("poep", "hondenpoep"),
        ("stoeptegel los", "losse-tegel"),
        ("poubelle", "volle-vuilnisbak"),
        ("cop", "zwerfvuil"),
        ("litter", "zwerfvuil"),
        ("grafitti", "graffiti"),
    ],
)
def test_the_best_category_comes_first(text, first, rows):
    assert codes(text, rows)[0] == first


@pytest.mark.parametrize("text", ["", "xx", "de het een", "qwertyuiop"])
def test_words_that_say_nothing_find_nothing(text, rows):
    assert codes(text, rows) == []


def test_i_do_not_know_is_no_search_result(rows):
    assert "weet-niet" not in codes("ik weet niet", rows)


def test_the_word_that_led_there_is_told_unless_it_is_in_the_name(rows):
    assert queries.find_categories("matras", rows)[0].woord == "matras"
    assert queries.find_categories("sluikstort", rows)[0].woord == ""


def test_closed_categories_and_those_of_a_closed_main_one_are_not_offered():
    today = timezone.localdate()
    kept = factories.SubcategorieFactory()
    factories.SubcategorieFactory(geldig_tot=factories.LONG_AGO)
    factories.SubcategorieFactory(hoofdcategorie__geldig_tot=factories.LONG_AGO)
    assert queries.categories(today) == [kept]
    assert queries.category(kept.pk, today) == kept


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_categories_costs_one_query(number, django_assert_num_queries):
    factories.SubcategorieFactory.create_batch(number)
    with django_assert_num_queries(1):
        groups = queries.groups(queries.categories(timezone.localdate()))
        assert [group.hoofd.naam for group in groups]
