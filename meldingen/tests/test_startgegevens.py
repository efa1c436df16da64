import pytest

from meldingen import startgegevens
from meldingen.models import Categorie, Stoppagina, Vraag


@pytest.mark.django_db
def test_the_starting_categories_are_complete_and_loading_twice_changes_nothing():
    count = startgegevens.load()
    assert Categorie.objects.count() == count
    Categorie.objects.filter(code="zwerfvuil").update(naam="Rommel")
    startgegevens.load()
    assert Categorie.objects.count() == count
    assert Categorie.objects.get(code="zwerfvuil").naam == "Rommel"


@pytest.mark.django_db
def test_each_starting_text_has_its_translations_and_passes_its_own_checks():
    startgegevens.load()
    for row in Categorie.objects.all():
        row.full_clean(exclude=["hoofdcategorie"])
        assert row.naam_fr, row
        assert row.naam_en, row
        assert bool(row.uitleg) == bool(row.uitleg_fr) == bool(row.uitleg_en), row
    for stop in Stoppagina.objects.all():
        stop.full_clean()
        assert stop.titel_fr, stop
        assert stop.tekst_en, stop
    for vraag in Vraag.objects.all():
        vraag.full_clean()
        assert vraag.tekst_fr, vraag
        assert vraag.tekst_en, vraag
