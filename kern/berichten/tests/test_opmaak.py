from kern.berichten.opmaak import Blok, Stuk, blocks

PORTAL = "https://wijk.genk.be"


def test_an_address_alone_on_a_line_is_a_button_named_by_the_line_above():
    assert blocks("Dag\n\nVolg het:\nhttps://wijk.genk.be/x", portal=PORTAL) == [
        Blok("alinea", ((Stuk("Dag"),),)),
        Blok("knop", ((Stuk("Volg het", "https://wijk.genk.be/x"),),)),
    ]


def test_bullets_are_a_list_and_an_address_below_one_makes_it_a_link():
    text = "Te laat (2)\n- Put in de weg\n  https://wijk.genk.be/1\n- Paaltje om"
    assert blocks(text, portal=PORTAL) == [
        Blok("alinea", ((Stuk("Te laat (2)"),),)),
        Blok("lijst", ((Stuk("Put in de weg", "https://wijk.genk.be/1"),), (Stuk("Paaltje om"),))),
    ]


def test_an_address_in_a_sentence_is_a_link_without_the_full_stop():
    [block] = blocks("Kijk op https://wijk.genk.be/x. Tot dan.", portal=PORTAL)
    assert block.regels == (
        (Stuk("Kijk op "), Stuk("https://wijk.genk.be/x", "https://wijk.genk.be/x"), Stuk(". Tot dan.")),
    )


def test_an_address_elsewhere_gets_no_link_even_when_it_begins_like_ours():
    for address in (
        "https://wijk.genk.be.kwaad.example/x",
        "https://kwaad.example/",
        "http://wijk.genk.be@kwaad.example",
    ):
        assert [piece.url for block in blocks(address, portal=PORTAL) for line in block.regels for piece in line] == [
            ""
        ]
