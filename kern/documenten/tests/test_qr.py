import xml.etree.ElementTree as ET

import pypdfium2
import pytest
import zxingcpp

from kern.documenten import pdf, qr

ADDRESS = 'https://wijk.genk.example/volg/KRP-4TX/?a=1&b=<"é">'


def scanned(code: qr.Qr) -> str:
    made = pdf.render("kern/documenten/tests/proef.typ", {"qr": code}, titel="QR")
    (found,) = zxingcpp.read_barcodes(pypdfium2.PdfDocument(made)[0].render(scale=3).to_pil())
    return found.text


def drawing(text: str | bytes) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 (our own words)


def test_a_phone_reads_the_address_from_paper():
    assert scanned(qr.beeld(ADDRESS)) == ADDRESS


def test_the_file_and_the_code_in_a_page_draw_the_same_squares_as_the_one_on_paper():
    paper = drawing(qr.beeld(ADDRESS).beeld.svg)
    file = drawing(qr.svg(ADDRESS))
    inline = drawing(qr.inline(ADDRESS))
    dark = [[path.get("d") for path in tree.iter() if path.get("stroke")] for tree in (paper, file, inline)]
    assert dark[0]
    assert dark[0] == dark[1] == dark[2]


def test_a_code_in_a_page_has_a_name_and_no_style_of_its_own():
    page = qr.inline(ADDRESS)
    tree = drawing(page)
    assert tree.get("role") == "img"
    assert tree.get("aria-label") == f"QR-code voor {ADDRESS}"
    assert drawing(qr.inline(ADDRESS, label="Volg <deze> melding")).get("aria-label") == "Volg <deze> melding"
    assert all("style" not in element.attrib and "class" not in element.attrib for element in tree[0].iter())


@pytest.mark.parametrize("text", ["", "x" * 901])
def test_nothing_and_too_much_are_refused(text):
    for make in (qr.svg, qr.inline, qr.beeld):
        with pytest.raises(ValueError, match="1 to 900 characters"):
            make(text)


def test_the_answer_is_an_svg_that_may_be_kept():
    response = qr.svg_response(ADDRESS)
    assert response["Content-Type"] == "image/svg+xml"
    assert "max-age" in response["Cache-Control"]
    assert response.content.startswith(b"<?xml")
