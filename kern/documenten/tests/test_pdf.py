import io
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kern.documenten import beelden, pdf, qr
from kern.documenten.beelden import Beeld
from kern.documenten.tests.pdfs import Gelezen
from kern.geo.tekening import Tekening
from kern.grafiek.tekenen import Lijnen, Reeks, Staaf, Staven

PROEF, KRANT, OORKONDE = (f"kern/documenten/tests/{name}.typ" for name in ("proef", "krant", "oorkonde"))
PAGE = "https://wijk.genk.example/wijken/winterslag/"
MOMENT = datetime(2026, 7, 23, 22, 30, tzinfo=UTC)  # the 24th in Genk
MOTIEF = Tekening(400, 300, {1: "M10 10l380 50l-100 200l-200 -50z"})
MAANDEN = Lijnen(
    "m", "Meldingen per maand", "Wat er kwam.", ["jan", "feb"], [Reeks("nieuw", [1, None]), Reeks("op & <af>", [2, 3])]
)
WIJKEN = Staven("w", "Per wijk", "Wat open staat.", [Staaf("Winterslag", 12), Staaf("Kolderbos", 30)])


def read(data=None, template=PROEF, **options) -> Gelezen:
    return Gelezen(pdf.render(template, data or {}, **{"titel": "Fiche Winterslag", "op": MOMENT, **options}))


def photo(**options) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (3000, 1000), "green").save(content, "WEBP", **options)
    return content.getvalue()


def test_a_document_is_tagged_and_has_a_title_a_language_and_an_address():
    book = read({"ondertitel": "Eén blad"}, adres=PAGE)
    book.keur()
    assert (book.titel, book.taal, book.bladen, book.maten) == ("Fiche Winterslag", "nl-BE", 1, [(210, 297)])
    assert book.koppen == [(1, "Fiche Winterslag")]
    assert "Stand op 24 juli 2026." in book.tekst
    assert PAGE in book.tekst
    assert "1 / 1" in book.tekst
    assert "Voorbeeld:" not in book.tekst


def test_a_document_of_the_demo_says_so_on_every_page(settings):
    settings.DEMO = True
    pages = read({"teksten": ["regel\n\n" * 120]}).per_blad
    assert len(pages) > 1
    assert all("Voorbeeld: mensen en teksten zijn verzonnen." in page for page in pages)
    bare = read({"naam": "Ayşe", "motief": None, "qr": qr.beeld(PAGE), "code": "A"}, OORKONDE)
    assert "Voorbeeld:" in bare.tekst


def test_lists_facts_and_tables_are_what_they_look_like():
    book = read(
        {
            "feiten": [
                ["Wijkmanager", "An Voorbeeld"],
                ["Sinds", date(2026, 7, 23)],
                ["Prijs", Decimal("2.50")],
                ["Leeg", None],
                ["Open", True],
            ],
            "lijst": ["één", "twee"],
            "tabel": {"kop": ["Straat", "Aantal"], "rijen": [["Weg", 3], ["Laan", 1.5]], "bijschrift": "Alle straten"},
        }
    )
    book.keur()
    assert book.koppen_van_tabellen == [["Straat", "Aantal"]]
    assert len(book.blokken("TD")) == 4
    assert len(book.blokken("L")) == 4  # facts, list, numbers, things to tick
    for words in ("23 juli 2026", "2,50", "1,5", "–", "ja", "Alle straten"):
        assert words in book.tekst


def test_a_long_table_goes_on_with_its_headings_on_the_next_page():
    book = read({"tabel": {"kop": ["Straat", "Aantal"], "rijen": [[f"Weg {i}", i] for i in range(90)]}})
    assert book.bladen > 1
    assert all("Straat" in page for page in book.per_blad)
    assert book.koppen_van_tabellen == [["Straat", "Aantal"]]


def test_a_table_without_rows_says_so_in_words():
    book = read({"tabel": {"kop": ["Straat"], "rijen": []}})
    assert "Er staat nog niets in deze tabel." in book.tekst
    assert book.koppen_van_tabellen == []


def test_a_chart_brings_its_words_and_its_numbers():
    book = read({"grafieken": [beelden.grafiek(MAANDEN), beelden.grafiek(WIJKEN)]})
    book.keur()
    assert book.alternatieven == ["Meldingen per maand. Wat er kwam.", "Per wijk. Wat open staat."]
    assert book.koppen_van_tabellen == [["Periode", "nieuw", "op & <af>"], ["Naam", "Aantal"]]
    assert [book.woorden(cell) for cell in book.blokken("TD")][:6] == ["jan", "1", "2", "feb", "–", "3"]


def test_an_ornament_is_not_read_aloud_and_a_photo_is():
    book = read({"motief": beelden.motief(MOTIEF), "foto": beelden.foto(photo(), "Het plein")})
    book.keur()
    assert book.alternatieven == ["Het plein"]
    assert read({"motief": beelden.motief(MOTIEF, "Omtrek van Winterslag")}).alternatieven == ["Omtrek van Winterslag"]
    assert beelden.motief(None) is None


def test_a_photo_is_made_smaller_and_loses_its_metadata():
    content = photo(exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0GEHEIM")
    assert b"GEHEIM" in content
    made = pdf.render(PROEF, {"foto": beelden.foto(content, "Groen")}, titel="Foto")
    assert b"GEHEIM" not in made
    picture = next(pypdfium2.PdfDocument(made)[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
    assert picture.get_px_size() == (1600, 533)
    assert len(made) < 60_000


@pytest.mark.parametrize(("content", "alt"), [(b"geen foto", "x"), (b"", "x"), (photo(), " ")])
def test_what_is_no_described_picture_is_refused(content, alt):
    with pytest.raises(ValueError, match=r"picture|alternative"):
        beelden.foto(content, alt)


def test_a_picture_without_words_that_is_no_ornament_cannot_be_built(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
    (tmp_path / "kaal.typ").write_text(f'#set document(title: "x")\n#image(bytes("{drawing}"))')
    with pytest.raises(pdf.BouwFout, match="missing alt text"):
        pdf.render("kaal.typ", {}, titel="Kaal")
    assert pdf.render("kaal.typ", {}, titel="Kaal", standaard=False).startswith(b"%PDF")


NASTY = (
    '#eval("1+1") *vet* _schuin_ $x^2$ @ref <b>b</b> \\ `code` // comment /* c */ '
    '~ -- "dubbel" \'enkel\' #import "x" ] [ { }'
)


def test_no_character_of_the_data_is_ever_markup():
    book = read(
        {
            "ondertitel": NASTY,
            "teksten": [NASTY],
            "feiten": [[NASTY, NASTY]],
            "lijst": [NASTY],
            "tabel": {"kop": ["Wat", NASTY], "rijen": [[NASTY, ""]]},
        },
        titel=f"Titel {NASTY}",
        adres=PAGE,
    )
    book.keur()
    assert book.titel == f"Titel {NASTY}"
    bare = "".join(NASTY.split())
    assert "".join(book.tekst.split()).count(bare) >= 9
    assert book.koppen_van_tabellen[0][1] == NASTY


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=60), title=st.text(min_size=1, max_size=20).filter(str.strip))
def test_a_document_is_built_of_any_characters(text, title):
    read(
        {"teksten": [text], "tabel": {"kop": ["Wat"], "rijen": [[text]]}, "feiten": [[text, text]]}, titel=f"T {title}"
    )


def test_turkish_letters_and_emoji_come_out_as_they_are():
    words = "Çiğdem ışığı İstanbul'da gördü, şöyle büyük: ĞÜŞİÖÇ ğüşıöç €"
    book = read({"teksten": [words + " 😀 👍", {"tekst": "Merhaba", "taal": "tr"}]})
    assert words in book.tekst
    assert "😀" in book.tekst
    assert "[…]" not in book.tekst
    assert "NotoEmoji-Regular" in book.lettertypes
    assert "tr-BE" in book.talen


def test_arabic_is_written_from_right_to_left_in_a_font_that_has_it():
    arabic = "مرحبا 12"
    book = read({"teksten": [arabic]}, titel="مرحبا", taal="ar")
    assert (book.taal, book.titel) == ("ar-BE", "مرحبا")
    assert "NotoSansArabic-Regular" in book.lettertypes
    assert "[…]" not in book.tekst
    page = pypdfium2.PdfDocument(pdf.render(PROEF, {"teksten": [arabic]}, titel="x"))[0]
    words = page.get_textpage()
    starts = [
        words.get_charbox(index)[0]
        for index in range(words.count_chars())
        if "\u0600" <= words.get_text_range(index, 1) <= "\u06ff"
    ]
    assert min(starts) > page.get_width() / 2


def test_what_no_font_has_is_marked_and_the_document_says_so(caplog):
    book = read({"teksten": ["Dag 漢字 en ᚠ", "漢"]}, titel="Groet 漢")
    book.keur()
    assert "Dag […] en […]" in book.tekst
    assert "Waar […] staat, zijn er tekens die we niet op papier krijgen." in book.tekst
    assert "U+6F22" in caplog.text
    assert "Waar […] staat" not in read({"teksten": ["Dag […]"]}).tekst


def test_control_characters_and_halves_of_characters_are_dropped():
    assert "abcd\\u0007" in read({"teksten": ["a\x00\x07b\x1b\ud800c\ufeffd\\u0007"]}).tekst


def test_the_words_of_the_house_follow_the_language():
    book = read({"tabel": {"kop": ["Rue"], "rijen": []}, "feiten": [["Date", date(2026, 7, 23)]]}, taal="fr")
    assert book.taal == "fr-BE"
    assert "23 juillet 2026" in book.tekst
    assert "Situation au 24 juillet 2026." in book.tekst


def test_a_newspaper_folds_with_its_last_page_beside_its_first():
    pages = [{"kop": f"Bladzijde {name}", "tekst": "Tekst " * 200} for name in ("een", "twee", "drie", "vier")]
    book = read({"bladen": pages}, KRANT, titel="De Genksenaar")
    book.keur()
    assert book.maten == [(420, 297)] * 2
    outside, inside = book.per_blad
    assert "een" in outside
    assert "vier" in outside
    assert "twee" in inside
    assert "drie" in inside


def test_a_newspaper_page_that_does_not_fit_is_named():
    short, long = {"kop": "Blad", "tekst": "Tekst"}, {"kop": "Te lang", "tekst": "regel\n\n" * 200}
    pages = [short, short, long, short]
    with pytest.raises(pdf.BouwFout, match=r"page 3 is \d+ mm long and 269 mm fit"):
        read({"bladen": pages}, KRANT)


def test_a_certificate_lies_on_its_side_and_its_code_can_be_scanned():
    made = pdf.render(
        OORKONDE,
        {"naam": "Ayşe Voorbeeld", "motief": beelden.motief(MOTIEF), "qr": qr.beeld(PAGE), "code": "ABC-123"},
        titel="100% Genks",
    )
    book = Gelezen(made)
    book.keur()
    assert book.maten == [(297, 210)]
    assert "Ayşe Voorbeeld" in book.tekst
    page = pypdfium2.PdfDocument(made)[0].render(scale=2).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [PAGE]


@pytest.mark.parametrize(
    ("template", "data", "titel", "reason"),
    [
        ("kern/documenten/tests/bestaat-niet.typ", {}, "x", "there is no such file"),
        (PROEF, {}, " ", "it has no title"),
        (PROEF, {"teksten": [object()]}, "x", "a object is no data for a document"),
        (PROEF, {"teksten": [b"x"]}, "x", "a bytes is no data for a document"),
        (PROEF, {"tabel": {"kop": ["a", "b"], "rijen": [["een"]]}}, "x", "row 1 has 1 cells under 2 headings"),
        (PROEF, {"foto": Beeld("<svg", "stuk")}, "x", "failed to parse SVG"),
        (KRANT, {"bladen": []}, "x", "array index out of bounds"),
    ],
)
def test_what_cannot_be_built_says_why_and_in_which_template(template, data, titel, reason):
    with pytest.raises(pdf.BouwFout) as raised:
        pdf.render(template, data, titel=titel)
    assert reason in str(raised.value)
    assert str(raised.value).startswith(template)


def test_a_template_that_typst_finds_odd_is_an_error_in_tests(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "vreemd.typ").write_text('#set document(title: "x")\n#set text(font: "Comic Zonder")\ntekst')
    with pytest.raises(pdf.BouwWaarschuwing, match="unknown font family"):
        pdf.render("vreemd.typ", {}, titel="Vreemd")


def test_a_page_of_text_and_a_table_takes_well_under_a_tenth_of_a_second():
    def once(mark: str) -> float:
        began = time.perf_counter()
        read_not = pdf.render(
            PROEF,
            {
                "teksten": [f"{mark} tekst " * 100],
                "tabel": {"kop": ["a", "b"], "rijen": [[mark, i] for i in range(20)]},
            },
            titel="Snel",
        )
        assert read_not
        return time.perf_counter() - began

    once("warm")
    assert min(once(f"keer {number}") for number in range(5)) < 0.1


def test_the_answer_names_the_file_and_is_no_public_copy():
    response = pdf.pdf_response(b"%PDF-", "Fiche Winterslag, juli '26")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="fiche-winterslag-juli-26.pdf"'
    assert response["Cache-Control"] == "private, no-cache"
    assert (
        pdf.pdf_response(b"", "fiche.pdf", download=True)["Content-Disposition"] == 'attachment; filename="fiche.pdf"'
    )
    assert pdf.pdf_response(b"", "مرحبا")["Content-Disposition"] == 'inline; filename="document.pdf"'
