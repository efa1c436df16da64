"""How many people live in each wijk: read in from a file, and taken out again."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kern.documenten.werkblad import csv_bytes
from kern.inlezen import actions as inlezen
from kern.inlezen import registry as kinds
from meldingen.tests import factories
from wijken.models import Wijk

NOW = timezone.now()


@pytest.fixture
def cast(db):
    return factories.cast()


@pytest.fixture
def begin(cast):
    def begin(text):
        return inlezen.begin(
            soort="inwoners",
            doel="",
            eigenaar=cast.beheerder,
            bestand=SimpleUploadedFile("inwoners.csv", text.encode()),
            reden="",
            sleutel=uuid.uuid4(),
            at=NOW,
        )

    return begin


def known():
    return dict(Wijk.objects.filter(inwoners__isnull=False).values_list("naam", "inwoners"))


def test_a_file_of_inhabitants_is_shown_before_it_is_kept(cast, begin):
    inlezing = begin(
        f"Wijk;Inwoners;Bron\n{cast.wijk.naam};2.150;rijksregister\n{cast.andere_wijk.code};900;rijksregister\n"
    )
    assert known() == {}
    inlezen.confirm(inlezing=inlezing, at=NOW)
    assert known() == {cast.wijk.naam: 2150, cast.andere_wijk.naam: 900}
    cast.wijk.refresh_from_db()
    assert cast.wijk.inwoners_bron == "rijksregister"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Nergens;100;rijksregister", "deze wijk kennen we niet"),
        ("Genk;68000;rijksregister", "dit gaat over de hele stad"),
        ("{wijk};100;rijksregister\n{wijk};200;rijksregister", "staat ook op rij 3"),
        ("{wijk};100;", "zeg wie telde"),
        ("{wijk};veel;rijksregister", "geen"),
        ("{wijk};0;rijksregister", "1"),
    ],
)
def test_a_wrong_row_is_told_with_its_number_and_nothing_of_the_file_is_kept(cast, begin, row, words):
    text = "Wijk;Inwoners;Bron\n{ander};900;rijksregister\n" + row
    inlezing = begin(text.format(wijk=cast.wijk.naam, ander=cast.andere_wijk.naam))
    assert inlezing.uitslag["fouten"] == 1
    assert words in str(inlezing.uitslag["lijst"])
    with pytest.raises(ValueError, match="kan zo niet ingelezen worden"):
        inlezen.confirm(inlezing=inlezing, at=NOW)
    assert known() == {}


def test_the_file_that_is_taken_out_reads_in_without_a_change(cast, begin):
    Wijk.objects.filter(pk=cast.wijk.pk).update(inwoners=2150, inwoners_bron="rijksregister")
    soort = kinds.get("inwoners")
    head = [veld.label for veld in soort.velden("", ())]
    inlezing = begin(b"".join(csv_bytes(head, soort.uitvoer(""))).decode())
    assert (inlezing.uitslag["gelijk"], inlezing.uitslag["gewijzigd"], inlezing.uitslag["fouten"]) == (2, 0, 0)


def test_an_empty_number_is_not_known_and_has_no_source(cast, begin):
    Wijk.objects.filter(pk=cast.wijk.pk).update(inwoners=2150, inwoners_bron="rijksregister")
    inlezen.confirm(inlezing=begin(f"Wijk;Inwoners\n{cast.wijk.naam};\n"), at=NOW)
    cast.wijk.refresh_from_db()
    assert (cast.wijk.inwoners, cast.wijk.inwoners_bron) == (None, "")


def test_only_a_beheerder_reads_them_in_and_finds_the_way_on_the_map_of_silence(cast, client):
    path = reverse("inlezen:upload", args=["inwoners"])
    for person, status in ((cast.beheerder, 200), (cast.wijkmanager, 404)):
        client.force_login(person)
        assert client.get(path).status_code == status
        assert (path in client.get(reverse("wijken:silence")).content.decode()) == (status == 200)
